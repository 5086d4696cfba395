"""What the site of an incident is called: the fullest words for it that its reports have.

The reader marks a site by a word or two and may leave some out ("station" of "the old police station", "story residential building"
of "a nine-story residential building"). Around them the text says the rest.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .. import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..record import Mention, Report

_BEFORE = 60  # characters before a site in which its other words are looked for
_WORDS = r"(?:[\w’'-]+ )"
_NAMED = re.compile(r"(?<![\w.’'-])(?:[A-Z][\w’'-]+ ){1,3}$")
_ARTICLE = re.compile(
    rf"(?<![\w-])(?:a|an|the|its|their|one|two|three|four|five|several) ((?:{_WORDS}){{1,3}})$", re.IGNORECASE
)
_TOKEN = re.compile(r"[\w’'-]+-$")
_NO_PART = re.compile(
    r"(?<![\w-])(?:a|an|and|at|by|for|from|had|has|have|hit|hits|in|into|is|its|near|of|on|or|struck|that|the|their|then|to|was|were|"
    r"which|while|who|with|\w+(?<!-)(?:ed|ing|ly))(?![\w-])",
    re.IGNORECASE,
)


def site(told: Iterable[Mention], reports: Mapping[str, Report]) -> str | None:
    """The words for the site that most mentions have or leave some of out; of equal ones the first."""
    found = [_whole(mention, reports) for mention in told if mention.site]
    if not found:
        return None
    words = [one.casefold().split() for one in found]
    support = [sum(_within(other, one) for other in words) for one in words]
    return found[support.index(max(support))]


def _within(part: list[str], whole: list[str]) -> bool:
    """Whether some words stand in others as they are, side by side."""
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _whole(mention: Mention, reports: Mapping[str, Report]) -> str:
    """The site of a mention with what its report says of it around those words, where they stand nearest."""
    said = mention.site or ""
    report = reports.get(mention.report)
    text = report.text if report is not None else ""
    places = [match.start() for match in re.finditer(re.escape(said), text)]
    if not places:
        return said
    start = min(places, key=lambda at: (abs(at - mention.start), at))
    end = start + len(said)
    before = text[max(0, start - _BEFORE) : start]
    if cut := _TOKEN.search(before):
        start -= len(cut[0])
        before = before[: cut.start()]
    if said[:1].isupper() and (named := _NAMED.search(before)):
        start -= len(named[0])
    elif (more := _ARTICLE.search(before)) and not _NO_PART.search(more[1]):
        start -= len(more[1])
    if said.casefold().split()[-1] not in _nouns() and (after := re.match(r" (\w+)", text[end:])):
        end += len(after[0]) if after[1].casefold() in _nouns() else 0
    return text[start:end]


@cache
def _nouns() -> frozenset[str]:
    """The words for buildings and places that sites end with."""
    return frozenset(str(name).split()[-1] for name in vocabulary.load("deeds")["sites"]["words"])
