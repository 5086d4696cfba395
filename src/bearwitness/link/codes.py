"""The reason codes of linking, each with the sentence that explains it."""

from __future__ import annotations

# Why two mentions can be one event. {…} is filled in where the two share something that can be named.
FOR: dict[str, str] = {
    "judged_same": "A person judged them to be one event.",
    "same_day": "Both give the same day.",
    "dates_meet": "The dates they give overlap.",
    "year_unknown": "Day and month agree; the year is unknown, and both were published within days of each other.",
    "year_untold": "Day and month agree; the year is unknown and so is when one of them was published.",
    "publication_window": "One gives no date but was published within days of the other's date.",
    "no_date": "Neither date can be compared.",
    "next_day": "The days are next to each other, but the reader was not sure of one of them.",
    "other_day": "The days differ, but the reader was not sure of one of them.",
    "far_day": "The days lie more than a month apart, but the reader was not sure of one of them.",
    "later_report": "One gives no date and was published more than three days after the other's date.",
    "same_place": "Both name the same place.",
    "near_place": "The places lie within what the coarser of the two can tell apart.",
    "same_words": "Both write the place in the same words; it was found for one of them at most.",
    "country_only": "Both give no more than the country.",
    "no_place": "The places cannot be compared.",
    "other_place": "The places differ, but the reader was not sure of one of them.",
    "other_country": "The places are in different countries, but the reader was not sure of one of them.",
    "copied_text": "One report's text is a copy of the other's, and the words, a figure or the target of the event agree.",
    "same_person": "Both name the same person among those harmed.",
    "same_persons": "Both name the same persons among those harmed.",
    "same_name": "The same name of several words stands beside both.",
    "same_names": "The same names of several words stand beside both.",
    "same_words_told": "Many of the telling words beside one stand beside the other.",
    "few_words_told": "A few telling words stand beside both.",
    "most_words_told": "At least half of the telling words beside one stand beside the other.",
    "same_statement": "Both quote the same speaker with the same figure.",
    "small_statement": "Both have one speaker with one figure, but the figure is small or the speaker only a kind of speaker.",
    "same_target": "Both describe the same site or target.",
    "common_target": "The words for the site or target agree in part, or are common ones.",
    "same_weapon": "Both name the same kind of weapon.",
    "common_weapon": "Both name the same common kind of weapon.",
    "same_means": "Both describe the same means.",
    "same_actor": "Both name the same actor.",
    "denied_deed": "On one day in one place and by like means, one accuses a party of it and the other has that party's denial.",
    "same_toll": "Both give the same killed and the same injured.",
    "same_figure": "Both give one same figure, which alone would not suffice.",
    "near_toll": "The figures could be one toll revised.",
    "same_wording": "Both use the same telling words for the event.",
    "same_kind": "Both are of one kind.",
    "same_order": "The event stands at the same point of both copies.",
}

# Why they are held apart.
AGAINST: dict[str, str] = {
    "judged_different": "A person judged them to be different events.",
    "judged_unsure": "A person looked and was not sure; the rules alone decide.",
    "same_report": "One report tells both as events of their own.",
    "different_days": "They happened on different days.",
    "different_country": "They happened in different countries.",
    "different_place": "The places are too far apart to be one.",
    "foiled_or_not": "One was foiled, the other happened.",
    "total_or_single": "One is a running total over many events, the other a single event.",
    "different_kinds": "Their kinds do not go together.",
    "different_series": "The text counts them as different ones of a series.",
    "publication_far": "Day and month agree, but the reports were published too far apart to mean one year.",
    "too_coarse": "One place is known far less exactly than the other.",
    "date_unknown": "The dates cannot be compared.",
    "place_unknown": "The places cannot be compared.",
    "too_doubtful": "Date or place could only agree if the reader read one of them wrongly, and no name says that it did.",
    "too_little": "Something agrees, but all that agrees together is not enough.",
    "nothing_distinguishing": "Place and date agree, but nothing else shows that they are one event.",
    "through_others": "The events they belong to hold mentions that cannot be one event.",
    "different_actors": "They name different actors (which counts against, but alone separates nothing).",
    "different_persons": "They name different persons among those harmed (which counts against, but alone separates nothing).",
    "different_sites": "They describe different sites (which counts against, but alone separates nothing).",
    "two_sites": "They are at sites of two kinds or names, which like numbers, means or actors do not make one.",
}

CODES: dict[str, str] = FOR | AGAINST


def sentence(codes: tuple[str, ...]) -> str:
    """One running text for ``codes``, in their order."""
    return " ".join(CODES[code] for code in codes)
