"""The reason codes of weighing, each with the sentence that explains it. docs/methods.md lists them all."""

from __future__ import annotations

# What became of one claim in a toll.
COUNTED: dict[str, str] = {
    "sets_best": "The best figure rests on it.",
    "sets_low": "The low figure rests on it.",
    "sets_high": "The high figure rests on it.",
    "within": "It lies within the range and sets none of its figures.",
}
LEFT_OUT: dict[str, str] = {
    "rejected": "A person rejected it.",
    "proposed": "The reader is not sure that the text says so, and no person has accepted it.",
    "denies_figure": "It denies a figure; a denial is shown and lowers nothing by itself.",
    "doubts_figure": "It doubts a figure and gives none that could be weighed.",
    "part_of_whole": "It counts a part of a larger whole; parts are never taken for the whole nor added to it.",
    "narrower_scope": "The same source gives a larger figure for all; this one counts some of them.",
    "later_died": "The one it counts as wounded is told elsewhere to have died, and is among the dead.",
    "all_died": "It counts persons shot or hit, and its report tells that as many died.",
    "some_of_all": "It counts persons told by name, kinship, age, sex or calling, civilians or fighters alone, or some “of the dead”; others count more people in all.",
    "attacker_apart": "It counts attackers, who are a category of their own.",
    "not_civilian": "It counts fighters, alone or among others; this method counts civilians.",
    "superseded": "The same source later gave another figure.",
    "earlier_edition": "It stood in an earlier edition of its page; a later one tells of the event and counts instead.",
    "background_unattributed": "A look back in an outlet's own voice; reports of the event itself give figures.",
}

# What is said of a toll as a whole.
TOLL: dict[str, str] = {
    "not_reported": "No report gives a figure. That is not zero.",
    "nothing_admissible": "Claims were made, but none gives a figure for the whole.",
    "only_figure": "There is one figure.",
    "counts_bodies": "Best is the latest figure of an independent source that counts bodies or verifies.",
    "most_origins": "Best is the figure that most independent origins give.",
    "rising": "Best is the latest exact figure: the toll rose as time went on.",
    "most_texts": "No named sources settle it; best is the figure that most origins give, outlets' own voices among them.",
    "lowest": "Best is the lowest of the remaining figures.",
    "all_agree": "All figures in force are one.",
    "lowest_reported": "The lowest figure reported is taken.",
    "range_only": "This method gives a smallest and a largest figure and chooses none in between.",
    "majority": "Best is the figure that more than half of the origins give.",
    "most_votes": "Best is the figure that more origins give than any other.",
    "interested_party_only": "Only the side said to have done it reports these deaths, as its own success: low and best are 0.",
    "one_side_only": "Every figure comes from one interested side.",
    "unattributed_only": "No figure has a named source.",
    "hedged_only": "Every figure is hedged.",
    "vague_only": "No figure is exact; the number stands for a vague word.",
    "vague_words": "A vague word was not allowed to set low or best beside an exact figure.",
    "casualties_only": "Only killed and wounded together were counted: none to all of them may have been killed.",
    "casualties_words": "A count of killed and wounded together was not allowed to set low or best.",
    "open_high": "The largest figure is a lower bound: the true number may be higher.",
    "open_low": "Only an upper bound was given.",
    "added_in_one_statement": "Separate groups named in one statement were added.",
    "named_persons": "Persons named one by one in one report were counted.",
    "attackers_added": "The attackers' dead of the same report were added, as this method counts them.",
    "attackers_taken_out": "A figure that by its words counts an attacker among the dead was taken without that one.",
    "dead_taken_out": "A count of persons shot or hit was taken without those who died by the same report.",
    "none_died": "Persons shot or hit were taken for wounded, as no report tells of a death.",
    "floor_told": "A report that quotes a lower figure gives a larger one in its own voice; the lower one sets nothing.",
    "outside_headline": "Its grade keeps the incident out of this method's headline sum; it is shown apart.",
    "named_floor": "Low is not below the number of named dead accepted by review.",
    "conceded_floor": "Low is not below what the accused side concedes.",
    "parts_exceed_total": "The parts one source gives add up to more than its whole.",
    "parts_below_total": "The parts one source gives add up to less than its whole; the rest is unknown.",
    "toll_denied": "The figure is denied by someone.",
    "earlier_superseded": "Earlier figures of the same source were replaced by later ones.",
    "background_only": "The figures come from later looks back, not from reports of the event itself.",
    "zero_stated": "Someone says that there were none.",
    "no_longer_told": "A figure stands in the last edition of a page that told of the event; the page tells of it no more.",
    "reviewed": "A person corrected or rejected figures.",
}

# Which rule of G1 gave the grade.
GRADE: dict[str, str] = {
    "graded_by_review": "A person graded it; what the rules suggest stands beside it.",
    "discounted_by_review": "A person found that those killed were combatants.",
    "confirmed_accepted": "A party accepts responsibility.",
    "contested_claims": "More than one party claims it.",
    "contested_rivals": "More than one party is accused.",
    "contested_denied": "The accused denies it, and it is one side's word against another's.",
    "contested_occurrence": "Whether it happened is disputed.",
    "fair_two_origins": "Two or more independent origins report it and a party is named.",
    "weak_no_party": "Independent origins report it, but no party is named.",
    "weak_one_origin": "Independent origins are not established.",
}

# Why a report, or somebody who speaks, goes back to an origin.
TIES: dict[str, str] = {
    "quotes": "The report names the speaker of the origin as saying so.",
    "cites": "The report cites another outlet, which counts only if its own report is not at hand.",
    "own_voice": "The outlet says so itself and names no source; that confirms nothing.",
    "copied_text": "The text is a copy of another report's.",
    "shared_passage": "The words stand in a passage that another report has too and had first.",
    "same_page": "The two are editions of one page.",
    "credits_agency": "The text is credited to the agency.",
    "same_outlet": "The text is of the same outlet.",
    "same_institution": "The two speak for one institution: one origin for numbers.",
    "echoes": "The outlet repeats in its own voice what a named origin says in the same report.",
}

CODES: dict[str, str] = COUNTED | LEFT_OUT | TOLL | GRADE | TIES
