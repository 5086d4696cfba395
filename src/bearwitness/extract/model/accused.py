"""Which event a denial is of, that of which the denier, or somebody of his country, is accused; and which deeds the rules are sure of.

The network groups a denial with what stands near it, which in a report with accusations of two sides is often the other side's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bearwitness.extract.actors import Deed
from bearwitness.extract.drafts import Draft, key
from bearwitness.extract.lines import Line
from bearwitness.extract.model.events import Told
from bearwitness.gazetteer import Gazetteer

AIMED = re.compile(
    r" (?:was|were|had been|have been)(?: [\w-]+){0,2}? (?:aimed|fired|launched|dropped) (?:at|on|against|towards?)\b"
)

NEAR = 45  # characters on either side of a culprit
# Without such a word nothing is denied, and who has not claimed an attack does not deny it.
NEGATES = re.compile(
    r"\b(?:not|no|none|nobody|nothing|never|neither|nor|without|cannot|innocen\w+|false\w*|untrue|lies?|absurd|wrong|instead|accident)\b"
    r"|n't\b|n’t\b|\b(?:den(?:y|ies|ied|ying|ials?)|reject|refut|dismiss|disput|disavow|disclaim|baseless|unfounded|groundless|fabricat|contradict)"
)
ACCUSES = re.compile(r"(?: (?:has|have|had|also))* (?:accus|blam)(?:ed|es|e|ing)\b(?! (?:of|for|by)\b)")
# who prevents an attack carries out none
PREVENTS = re.compile(r"(?: (?:has|have|had|also))* (?:prevent|foil|thwart|intercept|avert)(?:s|ed|ing)?\b")
# what somebody always or never does is no deed: "fires only at legitimate targets"
HABIT = re.compile(
    r" (?:(?:only|never|always) (?:fires?|shoots?|targets?|strikes?|attacks?|hits?|bombs?|shells?)"
    r"|(?:fires?|shoots?|targets?|strikes?|attacks?|hits?|bombs?|shells?) (?:only|exclusively|solely))\b"
)
CLAIMS = re.compile(r"\bclaim(?:s|ed|ing)? (?:credit|responsibility)\b")


def where(told: Iterable[Told], home: Told, draft: Draft, gazetteer: Gazetteer) -> Told:
    """``home``; but what the denier's own side accuses others of is not what it denies to have done: then the first event that is
    laid on somebody of the denier's name or country."""
    if draft.about != "perpetrator" or draft.stance != "denies":
        return home
    who = _parties(draft.value, gazetteer)

    def laid(event: Told) -> bool:
        return any(who & _parties(one.value, gazetteer) for one in _culprits(event))

    accuses = (one.speaker for one in _culprits(home))
    if laid(home) or not any(speaker and who & _parties(speaker.name, gazetteer) for speaker in accuses):
        return home
    return next((event for event in told if laid(event)), home)


def _culprits(event: Told) -> Iterator[Draft]:
    """On whom the event is laid."""
    return (
        one
        for one in event.drafts
        if one.about == "perpetrator" and one.stance == "asserts" and not one.proposed
    )


def negated(low: str, value: tuple[int, int]) -> bool:
    """Whether a sentence, in lower case, may deny that those at ``value`` did it: there is a word of negation near them, and
    nobody claims responsibility."""
    near = low[max(0, value[0] - NEAR) : value[1] + NEAR]
    return NEGATES.search(near) is not None and CLAIMS.search(low) is None


def does_none(low: str, end: int, ruled: bool) -> bool:
    """Whether those whose name ends at ``end`` of a sentence in lower case accuse others, prevent a deed or are told of by habit;
    ``ruled``: whether the rules find them to be culprits."""
    if HABIT.match(low, end) or PREVENTS.match(low, end):
        return True
    return not ruled and ACCUSES.match(low, end) is not None


def undone(said: Draft | Deed) -> bool:
    """Whether it says that the event did not happen."""
    return said.about == "occurred" and said.stance == "denies"


def _parties(words: str | None, gazetteer: Gazetteer) -> set[str]:
    """A name, and the countries in it."""
    names = (words or "").split()
    countries = {gazetteer.country(name) for name in names if name[:1].isupper()}
    return {name for name in (key(words), *countries) if name}


def owned(deed: Deed) -> bool:
    """Whether the deed's culprit claims it for himself."""
    return deed.about == "perpetrator" and deed.value is not None and deed.speaker == deed.value


def aimed(line: Line, deed: Deed) -> bool:
    """Whether a weapon is said to be aimed or fired at something, which needs no network to be one."""
    return deed.about == "weapon" and AIMED.match(line.low, deed.end) is not None
