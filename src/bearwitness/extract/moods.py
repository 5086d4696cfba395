"""What is asked, supposed, called untrue, or said with less than full weight; all of it from one sentence in lower case.

"Did a bomb kill 30 people?" says of nobody that he died, "Who killed the four teachers?" that four did. "It would have killed 30
had it gone off" and "they vowed to kill 30" tell of no dead; "may have killed 30" does, with a hedge.
"""

from __future__ import annotations

import re
from typing import NamedTuple

STOP = re.compile(r"[.!?](?=[\s\"”')\]]|$)|[;:\"“”«»\[\]]|--|—")
LONGEST = 300  # characters from where a clause begins to what is looked at
MANY = re.compile(r"\bhow (?:many|much)\b(?: \w+){0,5}")
# Behind such a word stands what is taken for granted; "if" and "whether" ask.
GRANTED = re.compile(
    r"\b(?:wh(?:o|om|ose|at|y|ich|en|ere)|how|whats|after|before|because|since|until|while|despite|though|although)\b"
    r"|\b(?<!think )(?<!believe )(?<!true )(?<!say )(?<!said )(?<!claim )(?<!confirm )(?<!deny )(?<!possible )(?<!sure )that\b(?! (?:attack|is|was)\b)"
)
ASKING = re.compile(r"\b(?:if|whether)\b")
NUMBER = r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds|thousands)"
KNOWN = re.compile(
    rf"\b(?:the|these|those|all|both|his|her|their|its|our|your)\s+(?:(?:\w+\s+)?(?:{NUMBER}|victims?|bodies)|dead|wounded|injured)\b"
    r"|\b(?:deaths?|killings?|murders?|assassinations?|massacres?|executions?|abductions?|kidnappings?)\b"
)


HARM = r"(?:kill|murder|assassinate|execute|behead|injure|wound|maim|hurt|shoot|massacre|abduct|kidnap|hang|slay|slaughter)"
HARMING = r"(?:kill|murder|assassinat|execut|behead|injur|wound|maim|hurt|shoot|massacr|abduct|kidnapp|hang|slay|slaughter)ing"
HARMED = r"(?:killed|murdered|executed|injured|wounded|hurt|shot|dead|died|drowned|perished|lost|missing|abducted|kidnapped|taken)"
FEW = r"(?: (?!(?:and|but|who|that|when|where|while|in|on|by|as|before|after)\b)[\w-]+)"
WANTED = re.compile(
    r"\b(?:want|plan|vow|threat|intend|fail|tri|try|attempt|offer|aim|plott|hop|wish|prepar|promis|refus|ready|conspir|pledg|swor)\w*"
    rf"(?: [\w-]+){{0,5}}? to (?:(?!the |an? )\w+ )?{HARM}{FEW}{{0,6}}$"
    rf"|\b(?:vow|threat|swor|pledg)\w*(?: [\w-]+){{0,6}}? by {HARMING}{FEW}{{0,4}}$"
    rf"|\b(?:reward|bounty|prize)(?: [\w-]+){{0,4}}? for {HARMING}{FEW}{{0,4}}$"
)
WOULD = re.compile(r"\bwould(?:n't|n’t| not)?(?: \w+)? have\b")
IF = re.compile(r"\b(?:if|unless)\b")
IMAGINED = re.compile(
    r"^\W*(?:imagine|suppose)\b|\bdream(?:ed|t|s)\b|\bsimulat\w+ |\b(?:hop|pray)(?:e|es|ed|s|ing) (?:that )?(?:no ?one|nobody|none)\b|\b(?:no one|nobody) (?:believes|thinks|claims|says)\b|\bmock (?:attack|raid|ambush)|\b(?:novel|film|movie|play|series) (?:opens|begins|ends)\b"
)
UNTRUE_THAT = re.compile(
    r"(?:\b(?:not|never)|n't|n’t) (?:\w+ )?true (?:that|to say)\b|\b(?:untrue|false|a lie|nonsense) (?:that|to say)\b"
    r"|\b(?:contrary to|no truth in)(?: \w+){0,4} (?:reports?|claims?|rumou?rs|allegations?) (?:that|of)\b"
)
NOT_KILLED = re.compile(
    rf"[\w-]+{FEW}{{0,4}} (?:was|were|has been|have been|had been) (?:not|never) (?:been )?(?:killed|murdered|executed|shot)\b"
)
RATE = re.compile(r"\bevery (?:\w+ )?(?:second|minute|hour|day|week|month|year)s?\b")
NOW = re.compile(rf"[^,]{{0,40}}\b(?:is|are|gets?) (?:\w+ )?{HARMED}\b|[^,]{{0,40}}\bdies?\b")
SAID_OF = re.compile(
    r"\b(?:rumou?rs?|reports?|claims?|allegations?|posts?|news|stories|story) (?:that|of|about)\b"
)
IS_FALSE = re.compile(
    r"\b(?:is|are|was|were|as) (?:\w+ )?(?:not true|false|untrue|baseless|unfounded|groundless|fake|fabricat\w+|invented|lies|a lie|nonsense)\b"
)
WEAK = re.compile(
    rf"\b(?:may|might)(?: \w+)? have (?:been )?(?:\w+ )?{HARMED}\b|\b(?:may|might) be dead\b"
    rf"|\b(?:believed|feared|thought|presumed|assumed|rumou?red) (?:to have (?:been )?|to be |have )?(?:\w+ )?{HARMED}\b|\bseems? to have (?:died|been killed)\b"
    r"|\b(?:reportedly|purportedly|supposedly|unofficially|possibly)\b|\bapparently (?=\d|no |one |two |three |four |five |six |shot |killed )"
    r"|\b(?:is|are|was|were|been) reported (?:to (?:have|be)|killed|dead|wounded|injured|hurt)\b|\bit (?:is|was|has been) (?:\w+ )?reported\b"
    r"|\b(?:initial|unconfirmed|first|early) (?:reports?|estimates?) (?:of|say|said|suggest\w*|indicat\w+|put)\b|\breports suggest\w*\b"
    r"|\b(?:police|authorities|investigators|officials|detectives) (?:\w+ )?(?:believe|think|suspect|fear)(?:s|ing)?\b"
)


class Clause(NamedTuple):
    """The words from one stop to the next around something, where that stands in them, and the stop behind."""

    low: str
    start: int
    end: int
    stop: str


def clause(low: str, start: int, end: int) -> Clause:
    """The clause around characters [start, end) of a sentence, as far as ``LONGEST`` to either side."""
    least = max(0, start - LONGEST)
    near = low[least : end + LONGEST].replace("\n", " ")
    start, end = start - least, end - least
    begin = max((m.end() for m in STOP.finditer(near, 0, start)), default=0)
    stop = STOP.search(near, end)
    inner = near[begin : stop.start() if stop else None]
    return Clause(inner, start - begin, end - begin, stop[0] if stop else "")


def asked(low: str, start: int, end: int, *, count: bool) -> bool:
    """Whether characters [start, end) of a sentence in lower case are only asked, not said. A ``count`` is said all the same where
    the words for those counted take it for granted ("the four teachers", "the death of two")."""
    here = clause(low, start, end)
    if here.stop != "?" or here.start >= LONGEST:
        return False
    many = MANY.search(here.low) if count else None
    if many is not None and many.end() > here.start:
        return True
    granted = list(GRANTED.finditer(here.low, 0, here.start))
    if granted and not ASKING.search(here.low, granted[-1].end(), here.start):
        return False
    return not (count and KNOWN.search(here.low, max(0, here.start - 20), here.end))


def unreal(low: str, start: int, end: int, *, count: bool) -> bool:
    """Whether nobody says that what stands at [start, end) has happened: it is asked or supposed."""
    return asked(low, start, end, count=count) or supposed(low, start, end, count=count)


def supposed(low: str, start: int, end: int, *, count: bool) -> bool:
    """Whether what stands at [start, end) is only imagined, or would be so if something else were; a ``count`` also where harm is
    only wanted, threatened or tried, or where it is a rate."""
    here = clause(low, start, end)
    upto = here.low[: here.end]
    if IMAGINED.search(upto) or (count and WANTED.search(upto)):
        return True
    if count and RATE.search(here.low, 0, here.start) and NOW.match(here.low, here.start):
        return True
    if WOULD.search(here.low, max(0, here.start - 40), here.end + 30):
        return True
    condition = IF.search(here.low, 0, here.start)
    return (
        condition is not None
        and "," not in here.low[condition.start() : here.start]
        and WOULD.search(here.low, here.end) is not None
    )


def untrue(low: str, start: int, end: int) -> bool:
    """Whether a count at [start, end) is called untrue: "it is not true that 30 died", "reports that 30 died were false", "30 were
    not killed"."""
    here = clause(low, start, end)
    if UNTRUE_THAT.search(here.low, 0, here.start) or NOT_KILLED.match(here.low, here.start):
        return True
    return bool(SAID_OF.search(here.low, 0, here.start) and IS_FALSE.search(here.low, here.end))


def weakened(low: str, start: int, end: int) -> bool:
    """Whether a count at [start, end) is said with a hedge that its speaker puts to it."""
    here = clause(low, start, end)
    return WEAK.search(here.low, max(0, here.start - 50), here.end + 30) is not None
