"""What differs between two editions of a page: sentences that went and came, and claims that went, came or changed.

Both are bounded in time for texts of any size and kind: sentences that stand once in either text hold the two
together, and only what lies between them is compared in full, if it is not too long for that.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from bearwitness import likeness, parties
from bearwitness.identity import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bearwitness.record import Claim, Report

_SENTENCE = re.compile(r"(?<=[.!?…])['\"”’)]*[ \t]+(?=['\"“‘(]?[^\W\d_a-zß-ÿ])|\n+")
_FULL, _ALTOGETHER = 10_000, 500_000
"""Pairs of sentences that are compared in full between two that hold the texts together, and in all."""


class Difference(Value, frozen=True, kw_only=True):
    """Sentences that went and those that came in their place; either may be empty."""

    removed: tuple[str, ...]
    added: tuple[str, ...]


class Between(NamedTuple):
    """What became of the claims of the earlier of two editions. ``changed`` holds ids of claims, earlier and later."""

    stands: frozenset[str]
    changed: dict[str, str]
    vanished: tuple[str, ...]
    new: tuple[str, ...]


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` with their white space made even."""
    return [words for part in _SENTENCE.split(text) if (words := " ".join(part.split()))]


def differences(before: Report, after: Report) -> list[Difference]:
    """Where the articles of two reports differ, in the order of the text; what is no part of the article is passed over."""
    one, other = sentences(likeness.article(before)), sentences(likeness.article(after))
    found: list[Difference] = []
    left = _ALTOGETHER
    for a, b, c, d in _gaps(one, other):
        pairs = (b - a) * (d - c)
        full = pairs <= min(_FULL, left)
        left -= pairs if full else 0
        for removed, added in _compared(one[a:b], other[c:d], full=full):
            found.append(Difference(removed=tuple(removed), added=tuple(added)))
    return found


def _gaps(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between the sentences that hold two texts together: where they begin and end in either."""
    once = {words for words, count in Counter(other).items() if count == 1}
    once &= {words for words, count in Counter(one).items() if count == 1}
    place = {words: at for at, words in enumerate(other) if words in once}
    shared = [(at, place[words]) for at, words in enumerate(one) if words in once]
    a = c = 0
    for b, d in [*_rising(shared), (len(one), len(other))]:
        if a < b or c < d:
            yield a, b, c, d
        a, c = b + 1, d + 1


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of ``pairs`` (in order of the first number) in which the second numbers rise too."""
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(holders[length - 1] if length else -1)
        ends[length : length + 1] = [second]
        holders[length : length + 1] = [at]
    run, at = [], holders[-1] if holders else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _compared(
    one: Sequence[str], other: Sequence[str], *, full: bool
) -> Iterator[tuple[list[str], list[str]]]:
    """How two stretches differ, in full; or else which sentences one has and the other has not."""
    if not full:
        ours, theirs = Counter(one), Counter(other)
        removed, added = list((ours - theirs).elements()), list((theirs - ours).elements())
        if removed or added:
            yield removed, added
        return
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what != "equal":
            yield list(one[a:b]), list(other[c:d])


def between(before: Report, claims: Sequence[Claim], after: Report, later: Sequence[Claim]) -> Between:
    """What became of ``claims``, read from ``before``, in ``after``, from which ``later`` were read.

    A claim stands if an equal one was read again, or if its sentence stands there word for word, whatever was read
    from it. What is left is changed where the same speaker now says another thing of the same kind.
    """
    told = [claim for claim in claims if not claim.proposed]
    free = {claim.id: claim for claim in later if not claim.proposed}
    stands = set(_paired(told, free, _says))
    kept = set(sentences(after.text))
    around = _around(before.text, [claim for claim in told if claim.id not in stands])
    stands |= {claim for claim, sentence in around.items() if sentence in kept}
    left = [claim for claim in told if claim.id not in stands]
    changed = _paired(left, free, _of)
    old = set(sentences(before.text))
    new = tuple(
        claim for claim, words in _around(after.text, list(free.values())).items() if words not in old
    )
    vanished = tuple(claim.id for claim in left if claim.id not in changed)
    return Between(frozenset(stands), changed, vanished, new)


def _paired(
    claims: Sequence[Claim], free: dict[str, Claim], key: Callable[[Claim], tuple[object, ...]]
) -> dict[str, str]:
    """Each of ``claims`` with the next of ``free`` that has the same key, which is then free no more."""
    waiting: dict[tuple[object, ...], deque[str]] = {}
    for claim in free.values():
        waiting.setdefault(key(claim), deque()).append(claim.id)
    found = {}
    for claim in claims:
        if held := waiting.get(key(claim)):
            found[claim.id] = held.popleft()
            del free[found[claim.id]]
    return found


def _says(claim: Claim) -> tuple[object, ...]:
    """What a claim says and who says it, apart from the words."""
    value = parties.fold(claim.value or "")
    return (*_of(claim), claim.low, claim.high, value, claim.hedged, parties.fold(claim.whom or ""))


def _of(claim: Claim) -> tuple[object, ...]:
    """What a claim is about and who makes it."""
    speaker = parties.institution(claim.speaker) if claim.speaker else None
    return claim.about, claim.stance, claim.part_of, claim.group == "attacker", speaker


def _around(text: str, claims: Sequence[Claim]) -> dict[str, str]:
    """The sentence that each of ``claims`` stands in."""
    bounds = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)] if claims else []
    found = {}
    for claim in claims:
        at = bisect_left(bounds, claim.start + 1)
        end = bisect_left(bounds, claim.end)
        found[claim.id] = " ".join(text[bounds[at - 1] : bounds[min(end, len(bounds) - 1)]].split())
    return found
