"""The number that a marked phrase states: "at least 12 people", "a boy", "dozens", a name, "no one"."""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness.extract import numbers
from bearwitness.extract.events import ORDINALS
from bearwitness.extract.lines import Line
from bearwitness.extract.model import listed
from bearwitness.extract.people import Persons
from bearwitness.extract.tokens import NONPERSONS, PLURAL, SINGULAR, Token
from bearwitness.extract.tolls import BEASTS, UNHURT
from bearwitness.record import About, Group, NumberKind

NOBODY = re.compile(r"\b(?:no|none|nobody|no-one|zero|without)\b")
ARTICLE = re.compile(
    r"(?:(?:the|an?|one|another|his|her|their|its|our|my|this|that|some|these|those|all|both|other) )+", re.I
)
MANY = re.compile(
    r"\b(?:people|personnel|troops|police|children|women|men|dead|wounded|injured|victims|casualties|others)$"
)
AGE = re.compile(r"\w\.?, $|\b(?:early|mid|late)[- ]$|\baged? $")  # "another man, 24", "in her early 20s"
SPAN = re.compile(r" (?:years?|months?|weeks?|days?|hours?|minutes?)\b")  # "killing a farmer six years ago"
# "One second", "three deaths in homes", "the third in two weeks": what is left may still count persons.
THINGS = NONPERSONS - frozenset("second third quarter half separate per time cases incidents homes".split())
VERBS = "BHEGSDLVm"
NAME = re.compile("W+")  # its tags
REST = re.compile(r" (?:in|of|at|from|on|who|to|by|with)\b.*")  # what stands after the noun
_DONE = (
    r"(?:suffer(?:ing)?|sustain(?:ing)?|caus(?:e|ing)|kill(?:ing)?|hurt(?:ing)?|injur(?:e|ing)|wound(?:ing)?)"
)
NONE_OF = re.compile(
    rf"\bnone of(?: the)? $|(?:\bnot|n['’]t|\bwithout) {_DONE} any (?:human )?$|\bwithout any (?:human )?$"
)
# "Did not cause injuries", "neither Example nor his wife was hurt".
NO_HARM = re.compile(rf"(?:\bnot|n['’]t|\bwithout) {_DONE} $")
HARM = re.compile(r"(?:injur(?:y|ies)|casualt(?:y|ies)|deaths?|fatalit(?:y|ies)|victims)\b")
NEITHER_NOR = re.compile(r"neither [\w' -]+ nor\b")
# "the fourth child to be shot", "the third journalist killed": so many by now. "The third victim was killed" is one.
ORDINAL = re.compile(
    rf"(?:(?:the|her|his|their|its|at least) )*(?P<n>{'|'.join(ORDINALS)}|\d{{1,4}}(?:st|nd|rd|th)) (?!time\b)(?:(?!was\b|were\b|is\b|are\b|had\b|has\b|who\b)[\w'’-]+ ){{1,7}}?"
    r"(?:(?:to be|to have been) )?(?:shot|killed|murdered|slain|assassinated|kidnapped|to die|wounded|injured|arrested)\b"
)
# "20 rebels killed and wounded", "killing or wounding 20": as many of both together.
_JOIN = r"(?:,? (?:and|or) | ?/ ?)"
_DONE_BOTH = rf"(?:(?:killed|dead)(?:{_JOIN}| )(?:injured|wounded)|(?:injured|wounded){_JOIN}(?:killed|dead))"
_DOING_BOTH = (
    rf"(?:killing{_JOIN}(?:injuring|wounding)|killed{_JOIN}(?:injured|wounded)|kill{_JOIN}(?:injure|wound))"
)
_CLAUSE_ENDS = r"(?=\s*(?:[,.;:)\]\"]|$|(?:in|on|at|by|when|after|during|as|near|of|since|while|across|from|this|last|today|yesterday)\b))"
BOTH_AFTER = re.compile(
    rf"(?: [^\W\d]+){{0,2}}? (?:(?:were|was|have been|had been|been|reported|either) )*{_DONE_BOTH}\b{_CLAUSE_ENDS}"
)
BOTH_BEFORE = re.compile(
    rf"(?<!were )(?<!was )(?<!been )\b{_DOING_BOTH} (?:(?:the|some|about|at least|an estimated|over|more than) )*$"
)
# "35 casualties, including an officer": he may be dead or hurt.
INCLUDING = re.compile(r"\b(?:includ\w+|of wh(?:om|ich))\b")
OTHERWISE = re.compile(
    r"\b(?:kill|dead|died|dying|wound|injur|but\b|abduct|kidnap|captur|detain|arrest|missing)"
)
NOT_ONE = re.compile(r"\bnot (?:even )?$")  # "not one person", "not a single soldier"
ONE = re.compile(r"(?:one|a single)\b(?! but)")
PARENT = re.compile(
    r"\b(?:mother|father|mum|mom|dad|parent|grandmother|grandfather|widow|widower)s?[ -]of[ -]$"
)
# "The toll rose by 12 to 45", "from 33 to 45": 45.
CHANGED = re.compile(
    r"\b(?:rose|risen|rises|rising|climb\w*|increas\w*|jump\w*|grew|grown|went up|goes up|up|fell|fallen|dropp\w*|revised|lowered|cut)\b[^.;,]{0,30}?\b(?:by|from) (?:[a-z]+ )?$"
)
BEAST = re.compile(
    r"(?:the |an? |his |her |their )?(?:\w+ )?(?:dog|cat|horse|cow|bear|deer|wolf|goat|donkey|camel|bird|animal|pet|puppy|bull)"
)
NEITHER = re.compile(r"\b(?:neither|nor) (?:(?:the|his|her|their) )?$")
WAS_HURT = re.compile(r"[^,;.\d]{0,60}?\b(?:was|were) (?:hurt|injured|harmed|wounded|killed)\b")
_ABOUT = r"(?:(?:the|at least|more than|over|about|around|some|up to|an estimated|as many as|another) )*"
RIGHT_BEFORE = re.compile(
    rf"\b(?<!attempted )(?<!attempt at )(?<!without )(?<!not )(?:(?P<hurt>wounding|injuring)|killing|(?:deaths?|killings?|murders?|massacre|assassination) of) {_ABOUT}$"
)
RIGHT_AFTER = re.compile(
    r"(?: (?:who )?(?:were|was|have been|had been|has been) (?:also )?)(?:(?P<hurt>wounded|injured|hurt)|killed)\b(?! (?:and|or)\b)"
    r"| ?[-—–]+ ?(?:(?P<hurt_so>wounded|injured|hurt)|killed)(?=\s*(?:[.,;]|$))"
    r"| who (?:(?:have|had|has) )?died\b"
)
# "Shot THREE GUARDS to death", "stabbed HIS WIFE and son to death".
KILLING = re.compile(
    r"\b(?:shot|shooting|stabb(?:ed|ing)|beat|beaten|beating|hack(?:ed|ing)|burn(?:ed|t|ing)|ston(?:ed|ing)|clubb(?:ed|ing)|crush(?:ed|ing)) $"
)
TO_DEATH = re.compile(
    r" (?:and (?:[\w'’-]+ ){1,4}?(?=to death))?(?:to death\b|fatally\b|dead(?=\s*(?:[.,;:]|$|(?:in|on|at|and|after|before|by|during|near|outside|inside|while|as|when|with|from|last|this|early|late|\w+day)\b)))"
)
# "Claimed ONE MAN'S LIFE", "cost THREE LIVES".
LIFE = re.compile(r"['’]s? (?:life|lives)\b|^\w+ lives\b")
TAKING = re.compile(r"\b(?:claim|cost|t(?:ook|ake|aking|aken))\w*(?: the)? $")
# "Killed: 4. Missing: 2": a list of a field note.
_LABELS: dict[str, About] = {
    "killed": "killed", "dead": "killed", "deaths": "killed", "fatalities": "killed", "died": "killed",
    "injured": "injured", "wounded": "injured", "injuries": "injured", "hurt": "injured", "missing": "missing",
    "abducted": "abducted", "kidnapped": "abducted", "detained": "detained", "arrested": "detained",
}  # fmt: skip
LABEL = re.compile(
    rf"(?:^|[.;,(|/] ?)(?:[a-z]+ )?(?P<label>{'|'.join(_LABELS)}) ?(?::|=| [-–—]) ?(?:(?:at least|about|some|up to|[~≥>]) ?)?"
)
DEAD = re.compile(r"\b(?:dead|killed|injured|wounded|burnt|burned|drowned)\b")


# "At least 12 dead and 55 wounded": at least 55 too. "And another 55", "and exactly 55" are counts by themselves.
_HARMED = r"(?:killed|dead|died|wounded|injured|hurt)"
ALSO_AT_LEAST = re.compile(
    rf"\bat least (?!of\b)[\w,]+(?: (?!of\b|by\b)[\w-]+){{0,2}}?(?: (?:was|were|have been|had been|has been|have|had))? {_HARMED} and $"
)
BARE = re.compile(
    rf"[\w,]+(?: (?!of\b|among\b)[\w-]+){{0,2}}?(?: (?:was|were|have been|had been|others))? {_HARMED}\b"
)
QUALIFIED = ("another", "exactly", "only", "just", "a further", "the ", "others")


class Counted(NamedTuple):
    """A number of persons (``None``: an open end), the words that say whom (characters of the sentence)."""

    low: int | None
    high: int | None
    kind: NumberKind
    whom: tuple[int, int] | None
    group: Group | None
    stated: bool = False  # whether a number is written


def counted(line: Line, start: int, end: int) -> Counted | None:
    """The number in characters ``start`` to ``end`` of a sentence; ``None`` if they state none."""
    persons = _persons(line, start, end)
    low = line.low[start:end]
    beast = any(start < one.start <= end + 1 and one.low in BEASTS for one in line.tokens)
    if beast and (DEAD.search(low) or ARTICLE.fullmatch(low + " ")):
        return None  # "4,000 dead trees", "killed A horse"
    before = line.low[: start + 4 if low.split()[:1] == ["any"] else start]
    if NOT_ONE.search(before) and ONE.match(low):
        return Counted(0, 0, "exact", _noun(line, start, end), None, True)
    neither = NEITHER.search(before) is not None and WAS_HURT.match(line.low[start:]) is not None
    if (
        neither
        or NEITHER_NOR.match(low)
        or NONE_OF.search(before)
        or (NO_HARM.search(before) and HARM.match(low))
    ):
        return Counted(0, 0, "exact", _noun(line, start, end), None, True)
    ordinal = ORDINAL.match(line.low, start)
    if ordinal is not None:
        n = ORDINALS.get(ordinal["n"]) or int(re.sub(r"\D", "", ordinal["n"]))
        return Counted(n, n, "exact", _noun(line, ordinal.end("n"), end), None, True)
    if low.startswith("both "):
        return Counted(2, 2, "exact", _noun(line, start + 5, end), persons.group if persons else None)
    quantity = next(
        (
            q
            for q in _quantities(line)
            if q.start < end
            and start < q.end
            and not AGE.search(line.low[start : q.start])
            and not SPAN.match(line.low, q.end)
            and not _thing(line, q.end)
            and not PARENT.search(line.low[: q.start])
        ),
        None,
    )
    if quantity is not None and quantity.high is not None and CHANGED.search(line.low[: quantity.start]):
        return Counted(
            quantity.high,
            quantity.high,
            "exact",
            _noun(line, quantity.end, max(end, quantity.end)),
            None,
            True,
        )
    if (
        persons is not None
        and persons.kind in "NM0z"
        and (quantity is None or _inside(line, persons, quantity))
    ):
        return Counted(
            persons.low,
            persons.high,
            persons.number_kind,
            persons.whom,
            persons.group,
            quantity is not None and persons.whole is None,
        )
    if quantity is not None:
        whom = _noun(line, quantity.end, max(end, quantity.end)) or (persons.whom if persons else None)
        return Counted(
            quantity.low, quantity.high, quantity.kind, whom, persons.group if persons else None, True
        )
    if NOBODY.match(low):
        return Counted(0, 0, "exact", _noun(line, start, end), None)
    if BEAST.fullmatch(low):
        return None
    if persons is not None and persons.kind in "FJ" and persons.low is not None:
        return Counted(persons.low, persons.high, persons.number_kind, persons.whom, persons.group)
    return _bare(line, start, end)


def at_least(line: Line, start: int, number: Counted) -> Counted:
    """The number that begins at ``start``, open above where an "at least" before the count beside it holds for both."""
    exact = number.kind == "exact" and number.low == number.high and (number.low or 0) > 1
    if not exact or line.low.startswith(QUALIFIED, start) or BARE.match(line.low, start) is None:
        return number
    beside = ALSO_AT_LEAST.search(line.low[max(0, start - 80) : start])
    return number._replace(high=None, kind="at_least") if beside is not None else number


def unhurt(line: Line, end: int) -> bool:
    """Whether the words behind a person say that he was not hurt."""
    return UNHURT.match(line.low[end:].lstrip(" ,")) is not None


def dead_or_hurt(line: Line, start: int, end: int) -> bool:
    """Whether what is counted in characters ``start`` to ``end`` is the dead and the hurt together."""
    before, after = line.low[:start], line.low[end:]
    first, casualties, told = before[-140:].rpartition("casualties")
    listed = bool(casualties) and not first.endswith("no ") and INCLUDING.search(told) is not None
    listed = listed and OTHERWISE.search(told) is None
    inside = BOTH_AFTER.match(" " + line.low[start:end] + after)
    return listed or any(
        found is not None for found in (BOTH_AFTER.match(after), inside, BOTH_BEFORE.search(before))
    )


def to_death(line: Line, start: int, end: int) -> int | None:
    """Where "to death" ends behind those counted in characters ``start`` to ``end``, if they were "shot to death" or the like."""
    found = TO_DEATH.match(line.low, end) if KILLING.search(line.low, 0, start) else None
    return found.end() if found is not None else None


def told_kind(line: Line, start: int, end: int) -> About | None:
    """The kind of harm that the words right beside a count name: "wounding FOUR SOLDIERS", "the death of TWO MEN",
    "Missing: 2", "the wounded are AN OFFICER and A CLERK"."""
    labels = [found for found in LABEL.finditer(line.low) if start <= found.end() <= end]
    if labels:
        return _LABELS[labels[0]["label"]]
    before = RIGHT_BEFORE.search(line.low[:start])
    if before is not None:
        return "injured" if before["hurt"] else "killed"
    after = RIGHT_AFTER.match(line.low[end:])
    if after is not None:
        return "injured" if after["hurt"] or after["hurt_so"] else "killed"
    if LIFE.search(line.low[start : end + 8]) and TAKING.search(line.low[:start]):
        return "killed"
    return listed.kind(line.low, start, end)


def _thing(line: Line, end: int) -> bool:
    """Whether the word behind a number is of a thing ("53 clashes"), not of a person."""
    after = [t for t in line.tokens if t.start >= end][:2]
    if not after or after[0].low not in THINGS:
        return False
    of_persons = after[1:] and (after[1].tag in "pP" or after[1].low.endswith(("ers", "ors", "men")))
    return not of_persons  # "two tank commanders"


def _quantities(line: Line) -> list[numbers.Quantity]:
    return [t.quantity for t in line.tokens if t.quantity is not None]


def _inside(line: Line, persons: Persons, quantity: numbers.Quantity) -> bool:
    tokens = line.tokens[persons.first : persons.last]
    return tokens[0].start <= quantity.start and quantity.end <= tokens[-1].end


def _persons(line: Line, start: int, end: int) -> Persons | None:
    """The phrase of persons that shares most words with the marked ones, a name being one."""
    best, most = None, 0
    for item in line.chunked.items:
        if isinstance(item, Persons):
            tokens = line.tokens[item.first : item.last]
            inside = [t for t in tokens if t.start < end and start < t.end]
            tags = "".join(t.tag for t in inside)
            shared = len(NAME.sub("W", tags))
            if shared > most:
                best, most = item, shared
    return best


def _noun(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """The words after a number: whom it counts."""
    inside = [t for t in line.tokens if start <= t.start and t.end <= end and t.tag not in "o,;"]
    inside = [t for t in inside if t.low not in ("the", "a", "an", "no", "of", "other", "more")] or inside
    return (inside[0].start, inside[-1].end) if inside else None


def _bare(line: Line, start: int, end: int) -> Counted:
    """One person by an article, a trade or a name; some of them by a plural."""
    article = ARTICLE.match(line.low, start, end)
    first = article.end() if article and article.end() < end else start
    words = [t for t in line.tokens if t.start < end and first < t.end]
    verb = next((k for k, t in enumerate(words) if k and t.tag in VERBS), len(words))
    words = words[:verb]  # "he was taken" is of him
    while len(words) > 1 and words[-1].tag in "&o":
        words = words[:-1]
    whom = (first, min(end, words[-1].end)) if words else (first, end)
    if _plural(words, line.low[first : whom[1]], line.sentence.text.isupper()):
        return Counted(2, None, "vague", whom, None)
    return Counted(1, 1, "exact", whom, None)


def _plural(words: list[Token], low: str, capitals: bool) -> bool:
    """Whether the words name more than one; in text all in capitals only those the vocabulary knows."""
    if not words:
        return False
    owned = next((k for k, t in enumerate(words) if k and t.low in ("'s", "’s", "'", "’")), None)
    if (
        owned is not None
    ):  # "the boy's father" is one, "the mayor's bodyguards" and "the rebels' leader" are not
        parts = [words[:owned], words[owned + 1 :]]
        return any(_plural(part, " ".join(t.low for t in part), capitals) for part in parts)
    low = REST.sub("", low)
    if any(t.low in PLURAL and t.low not in SINGULAR for t in words) or MANY.search(low):
        return True
    last = words[-1]
    name = last.text[:1].isupper()
    return not name and not capitals and last.low.endswith("s") and not last.low.endswith(("ss", "us", "is"))
