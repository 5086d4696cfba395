"""Numbers and words beside harm that count nobody harmed: an age, a rate, a channel's number, "no reports of casualties", those who shot."""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.extract.model import listed

_WORD = rf"(?:{listed.NUMBER_WORD}|hundreds)"
NUMERAL = rf"(?:(?:more than |over |at least |about |nearly )?(?:\d[\d,.]*|{_WORD}))"
NUMBERED = re.compile(NUMERAL)
UNKNOWN = re.compile(
    r"\b(?:not (?:\w+ )?(?:clear|known)|unclear|unknown) (?:if|whether)\b(?:(?!, but\b)[^.;])*$"
)
# "There are no reports of casualties", "had not reported any casualties": nobody counts.
NO_WORD_OF = re.compile(
    r"\b(?:no|without) (?:\w+ )?(?:reports?|word|news|information|details?|mention|indication)(?: \w+)? (?:of|on|about|as to)(?: any)? $"
    r"|(?:\bnot|n['’]t|\bnever|\byet to|\bwithout)(?: \w+)? (?:report|mention|giv|provid|specif|disclos)\w*(?: any)? $"
)
NO_NUMBER = re.compile(
    rf"(?:any |no )?(?:(?!{_WORD}\b|the\b)[a-z]+ )?(?:casualt(?:y|ies)|deaths?|injur(?:y|ies)|fatalit(?:y|ies))\b"
)
FIGURE = re.compile(r" (?:figures?|counts?|toll|estimates?)\b")
SENTENCED = re.compile(
    rf"{NUMERAL} (?:(?:people|persons|men|women|others) )?death (?:sentences?|threats?|certificates?|warrants?|penalties)\b|{NUMERAL} (?:[\w-]+ ){{1,2}}(?:(?:is|are|was|were) )?on death row\b"
)
AVERAGE = re.compile(r"\baverage of (?:about |some |around |at least |nearly )?$")
RATE = re.compile(
    r"(?: (?!and\b|at\b|in\b|on\b|that\b|who\b|which\b)[\w-]+){0,2}?(?: (?:is|are|was|were|being|has been|have been|had been|get|gets))?"
    r"(?: (?:die|dies|died|dying|killed|wounded|injured|hurt|shot|murdered|kidnapped|abducted|arrested|detained|disappear\w*))?"
    r" (?:(?:per|each|every) (?:day|night|week|month|year|hour|minute)\b(?! of\b)"
    r"|a (?:day|week|month|year)(?=\s*(?:[,.;]|$|(?:in|on|so|to)\b)))"
)
AGES = re.compile(r"\b(?:aged|ages|in age)(?: from| between)? (?:\d{1,2}(?:,| and| to| or|-|, and) ?)*$")
YEARS = re.compile(r"\d{1,2}(?:,? (?:and|to|or) \d{1,2})?(?: years)? (?:of age|years old)\b")
# "Example, 25, was injured", "two men, 19 and 20, who were"; not "in Kenema, 12, ..."
BEHIND_NAME = re.compile(
    r"(?<!\bin )(?<!\bon )(?<!\bat )(?<!\bnear )\b(?!killed|wounded|injured|hurt|dead|died|detained)[^\W\d]{2,}\.?, $"
)
AGED = re.compile(r"\d{1,2}(?:, (?:was|is|has|had)\b| and \d{1,2}\b(?=,|\s+who\b))")
LABELLED = re.compile(r"\b(?:channel|route|division|flight|pages?|no\.) $")
CALLED = re.compile(r"\b(?:call|dial)\w* $")
EMERGENCY = re.compile(r"(?:911|999|112)\b")
PERSONS = re.compile(
    r"[\d,]+ (?:[\w-]+ )?(?:people|men|women|children|bodies|(?!(?:is|was|has|does|comes|goes)\b)\w+s)\b"
)
PARENT = re.compile(r"\b(?:mother|father|mom|mum|dad|grandmother|grandfather) of $")
CHILDREN = re.compile(rf"{NUMERAL},? (?:was|is|has|had|died)\b")
_HURT = r"(?:wound\w*|injur\w*|hurt|burn\w*|buried|missing|victims?)"
SAFE = re.compile(
    rf"{NUMERAL}(?: (?!(?:and|but|who|{_HURT})\b)[\w-]+){{0,3}}? (?:survived|(?:was|were) (?:rescued|saved))\b(?!(?: with)?[^.;]{{0,40}}\b(?:{_HURT}|gunshot|bullet))"
)
PULLED = re.compile(r"\b(?:pulled|dragged|dug|found|rescued|brought)(?: out)? $")
ALIVE = re.compile(rf"{NUMERAL}(?: (?!{_HURT}\b)[\w-]+){{0,2}}? (?:out )?alive\b")
# "Two men shot and killed a clerk", "Imre Example, 47, killed his two sons": those who did it. "The boy shot himself" is hurt.
_AUX = (
    r"(?:and|who|whom|which|that|were|was|are|is|be|been|being|get|got|gets|people|persons|victims?|others|dead|of|in|at|on|near|by|to|from"
    r"|said|says|when|while|after|before|as|if)"
)
_TIME = (
    r"(?:day|night|week|month|year|hour|minute|moment|decade|block|few|mile|kilomet\w*|met(?:er|re)s?|second|third|single|dozen|number|total"
    r"|couple|estimated|short|first|way|fortnight|long)"
)
SHOT_THEM = re.compile(
    rf"(?:(?!{_AUX}\b)[\w'’.-]+ ){{0,4}}?(?!{_AUX}\b)[\w'’.-]+(?:, \d{{1,2}},)? (?:fatally |accidentally |allegedly )?(?:shot and (?:\w+ly )?(?:killed|injured|wounded)|shot|stabbed|killed|gunned down)"
    rf" (?:(?:an?|his|her|their) (?!{_TIME}\b)|former\b|\d{{1,2}} ?- ?year)"
)
NOT_HELD = re.compile(
    r" (?:was|were|is|are|has|have|had) (?:not|never) (?:been )?(?:arrested|detained|held|jailed|abducted|kidnapped|captured)\b"
)
# "Killed Sample's two sons": not Sample.
KIN = re.compile(
    r"(?:['’]s|['’](?=\s)|(?<=['’]s)) (?:[\w-]+ ){0,2}?(?:sons?|daughters?|brothers?|sisters?|wife|husband|mother|father|parents|child|children|friends?|family"
    r"|nephews?|nieces?|cousins?|girlfriend|boyfriend|relatives?|bodyguards?|driver)\b"
)
HARMING = re.compile(
    r"\b(?:kill|wound|injur|hurt|sho[ot]t?|stabb?|murder|abduct|kidnap|arrest|detain|captur|beat|execut)\w*\b[^.;:\"”]*$"
)
# Of an arrest that is only sought, and a murder that was only attempted, nobody is held or dead.
SOUGHT = re.compile(
    r"(?:\bwarrants?(?: (?:has|have|had|was|were))?(?: been)?(?: issued)?(?: out)? for"
    r"|\b(?:information|reward|tips?)(?: (?:that|which|would|will|could|can|may|might)){0,2} lead(?:s|ing)? to"
    r"|\b(?:order|seek|demand|request|urg)(?:s|ed|ing)?|\bsought|\bcall(?:s|ed|ing)? for)"
    r" (?:the |his |her |their )?arrests? of (?:[\w-]+ ){0,2}$"
)
HELD = re.compile(r"\b(?:detained|custody|captured|arrested|held|jailed)\b")
WARRANT = re.compile(r"[\w'’-]* ?arrest warrants?\b")
ATTEMPTED = re.compile(
    r"\b(?:attempted|attempt at) (?:murders?|killings?|assassinations?|homicides?) of (?:[\w-]+ ){0,2}$"
)
WANTED = re.compile(
    r"\b(?:call(?:s|ed|ing)? for|demand(?:s|ed|ing)?|threaten(?:s|ed|ing)?(?: with)?|advocat(?:e|es|ed|ing)|urg(?:e|es|ed|ing))"
    r" (?:the )?(?:murder|killing|assassination|death|execution) of (?:[\w.-]+ ){0,2}$"
)
PUNISHED = re.compile(r"[^.;,]{0,40}?,? (?:(?:to|should|must) be|be|and (?:later )?killed)\b")
# "No survivors"; "the survivors are Example and Sample".
SURVIVORS = re.compile(r"(?:no )?survivors?\b")
SURVIVING = re.compile(
    rf"\bthe (?:(?!of\b)[\w-]+ )?survivors(?: (?!and\b|or\b)[\w-]+){{0,6}}? (?:is|are|was|were|include[ds]?|identified as|named as):? {listed.LIST}$"
)
# Who had to flee, and who die every year.
FLED = re.compile(
    rf"{NUMERAL}(?: million| thousand)?(?: (?!and\b|or\b|who\b|{_HURT})[\w-]+){{0,2}}? (?:flee|fled|(?:(?:have|has|had|were|was|are|been|being|to|forced|left|made) ){{1,4}}(?:leave|flee|fled|displaced|homeless|uprooted))\b(?! people)"
    r"(?![^.;]{0,70}\b(?:kill|wound|injur|gunshot|arrest|captur|died|dead|shot|detain|abduct|kidnap|burn|hospital|massacr|drown|hit\b))"
)
YEARLY = re.compile(
    rf"{NUMERAL}(?: [\w,-]+){{0,3}}? dies?\b[^.;,]{{0,60}}? (?:every|each|per) (?:day|week|month|year)\b"
)
_MONTH = rf"(?:{'|'.join(vocabulary.load('dates')['months'])})"
# "41 attacks in September and 57 in August": attacks, of which the second number is one too.
ELLIPSIS = re.compile(
    rf"{NUMERAL} (?:(?:reported )?(?:in|during) (?:(?:the )?(?:previous|last) |{_MONTH}\b|(?:19|20)\d\d\b)|the (?:previous|year before|month before)\b)(?![^.;]{{0,40}}\b(?:lost|killed|died|dead|wounded)\b)"
)
OCCASIONS = re.compile(
    rf"{NUMERAL} (?:[\w-]+ ){{0,2}}(?:cases?|attacks?|robber(?:y|ies)|actions?|incidents?|crimes?|thefts?|assaults?|accidents?|violations?|complaints?)"
    r"(?: (?:(?:were|was|have been) )?(?:reported|recorded|registered))? (?:(?:in|during|for) )?(?:(?:last|this|the previous) \w+|(?:the )?(?:month of )?\w+(?: \d{4})?)?,?"
    r" (?:and|against|from|to|compared (?:with|to)|while there were) (?:(?:only|just|some|about) )?$"
)
# An arrest for what is no violence.
NO_VIOLENCE = re.compile(
    r"\b(?:for|charges? of|suspicion of|accused of|suspected of|charged with|possessing|possession of|carrying|by) (?:(?!(?:and|after|who|that|protest\w*|report\w*)\b)[\w'’-]+ ){0,4}?"
    r"(?:brib\w+|corruption|graft|anti-graft|anti-corruption|fraud|embezzl\w+|forged|forgery|counterfeit\w*|tax evasion|money laundering)\b"
)
VIOLENCE = re.compile(
    r"\b(?:kill|murder|attack|bomb|sho[ot]|explos|guerrilla|rebel|terror|militan|militia|kidnap|abduct|clash|riot|assault|weapon|arms\b|armed|gun|wound|injur|dead\b"
    r"|death|violen|stab|coup|junta|insurg|assassin|ambush|ammunition|bandit|traffick|hostage|raid|protest|demonstrat|march|rally|soldier|troops|army|opposition)"
)
THINGS = re.compile(
    rf"{NUMERAL} (?:(?!(?:in|near|by|at|from|of|on)\b)[\w-]+ )?(?:gunshots|shots|bullets|(?:bullet|gunshot) wounds|pylons|ambulances|vehicles|cars|houses|homes|buildings|articles)\b(?! (?:of|victims?)\b)"
)
# "Raped a girl", "the rape of 20 women": a crime, and no death or wound that is told. "Raped and killed two" are dead.
RAPED_BEFORE = re.compile(
    rf"\b(?:rap(?:es?|ed|ing)|rapes? of|molest\w*) (?:(?:an?|the|his|her|their|another|{NUMERAL}) )*(?:(?!(?:and|or|but|then|in|by)\b)[\w-]+ ){{0,2}}$"
)
RAPED = re.compile(
    r"(?: (?!(?:and|or|but)\b)[\w-]+){0,3}? (?:was|were|been|being) (?:\w+ )?(?:gang[- ]?)?raped\b"
    r"(?!,? (?:and|then|before|or)(?: then| later| being)* (?:was |were )?(?!(?:an?|the|his|her|one|two|three|four|five|six|ten)\b)[a-z]+\b)"
)
AND_KILLED = re.compile(
    r"[^.;]{0,60}?\b(?:and|then|before|,)\s*(?:\w+ly )?[a-z]+(?:ed|ing|ot|ung|ew) (?:all of |both of )?(?:them|her|him)\b"
)
HELD_NOUN = re.compile(r"\b(?:hostages?|captives?|prisoners?|detainees?|abductees?)\b")
# "A single shot 223", "a 12-gauge shotgun", "45-caliber": firearms.
CALIBRE = re.compile(r"\.?\d+(?:[ -](?:calib\w+|cal\b|gauge|mm\b|millimet)|mm\b)")
SINGLE_SHOT = re.compile(r"\b(?:single|double)[ -](?:shot|barrel\w*) $")
BORE = re.compile(r"\.?\d+(?=\s*(?:[.,;)]|$|rifle|pistol|shotgun|revolver))")


def counts_nobody(low: str, start: int, end: int, about: str) -> bool:
    """Whether what is marked as a count at [start, end) of a sentence in lower case counts nobody harmed; ``about`` is its kind."""
    before, rest = low[max(0, start - 80) : start], low[start:]
    if UNKNOWN.search(low, 0, start) or _no_word_of(low, start, end) or AVERAGE.search(before):
        return True
    if KIN.match(low, end) or NOT_HELD.match(low, end) or (about != "casualties" and RATE.match(low, end)):
        return True
    if NUMBERED.match(rest) and (_of_another(before, rest) or _of_occasions(low, start)):
        return True
    if SURVIVORS.match(rest) or _survived(low, start, end) or YEARLY.match(rest):
        return True
    if rest[:1].isdigit() and _label(before, rest):
        return True
    if _raped(low, start, end):
        return True
    if about == "detained":
        return _sought(low, start, end) or (
            NO_VIOLENCE.search(low) is not None and VIOLENCE.search(low) is None
        )
    if about == "killed" and (
        ATTEMPTED.search(before) or (WANTED.search(before) and not PUNISHED.match(low, end))
    ):
        return True
    if SHOT_THEM.match(rest) and HARMING.search(low, max(0, start - 200), start) is None:
        return True
    return about not in ("abducted", "missing") and _lived(before, rest)


def _no_word_of(low: str, start: int, end: int) -> bool:
    """Whether casualties are named of which there is no report, or no figure."""
    nothing = NO_NUMBER.match(low, start)
    if nothing is None or end > nothing.end():
        return False
    return NO_WORD_OF.search(low, max(0, start - 80), start) is not None or FIGURE.match(low, end) is not None


def _of_another(before: str, rest: str) -> bool:
    """Whether a number is that of things, sentences or ages, or of a parent's children, who are not harmed."""
    if AGES.search(before) or THINGS.match(rest) or SENTENCED.match(rest) or FLED.match(rest):
        return True
    return PARENT.search(before) is not None and CHILDREN.match(rest) is not None


def _of_occasions(low: str, start: int) -> bool:
    """Whether a number without a noun is, like one before it, of attacks or cases and not of persons."""
    return ELLIPSIS.match(low, start) is not None and OCCASIONS.search(low, 0, start) is not None


def _label(before: str, rest: str) -> bool:
    """Whether a numeral is an age, or the number of something."""
    if rest[0] == "0" and rest[1:2].isdigit():
        return True  # "012016": a day that ran into a year
    aged = BEHIND_NAME.search(before) is not None and AGED.match(rest) is not None
    if aged or YEARS.match(rest) or (CALLED.search(before) and EMERGENCY.match(rest)):
        return True
    if CALIBRE.match(rest) or (SINGLE_SHOT.search(before) and BORE.match(rest)):
        return True
    return LABELLED.search(before) is not None and PERSONS.match(rest) is None


def _survived(low: str, start: int, end: int) -> bool:
    """Whether those counted stand in a list of survivors who are not said to be hurt."""
    return (
        SURVIVING.search(low, max(0, start - listed.LONGEST), start) is not None
        and listed.HARM.search(low, start, end + listed.NEAR) is None
    )


def _raped(low: str, start: int, end: int) -> bool:
    """Whether those counted were raped, and are not said to have been killed or hurt besides."""
    if "rap" not in low or HELD_NOUN.search(low, start, end + 12) or AND_KILLED.match(low, end):
        return False
    return (
        RAPED_BEFORE.search(low, max(0, start - 80), start) is not None or RAPED.match(low, end) is not None
    )


def _sought(low: str, start: int, end: int) -> bool:
    """Whether somebody's arrest is only ordered or wanted."""
    if HELD.search(low, end):
        return False
    return SOUGHT.search(low, max(0, start - 90), start) is not None or WARRANT.match(low, end) is not None


def _lived(before: str, rest: str) -> bool:
    """Whether those counted are said to have lived, and of no wound."""
    return SAFE.match(rest) is not None or (
        PULLED.search(before) is not None and ALIVE.match(rest) is not None
    )
