"""How alike two texts are: runs of words, shared exactly. A copy keeps its runs whatever its outlet adds.

Word runs are hashed with CRC-32, which is the same on every machine and in every run.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from .record import Report

RUN = 4  # words in a run
LIMIT = 100_000  # characters that are compared; no article is longer
FEW = 12  # below this many runs a text is too short for anything but near equality
MANY, NEIGHBOURS, MANY_MARKS = 60, 12, 12
JACCARD, CONTAINED, SHORT = 0.5, 0.75, 0.85
_WORD = re.compile(r"\w+")


def article(report: Report) -> str:
    """The report's text without what was left out of the article."""
    if not report.left_out:
        return report.text
    kept, at = [], 0
    for part in report.left_out:
        kept.append(report.text[at : part.start])
        at = part.end
    return "\n".join([*kept, report.text[at:]])


def runs(text: str) -> frozenset[int]:
    """The hashed runs of ``RUN`` words of the first ``LIMIT`` characters of ``text``, case and punctuation aside."""
    words = _WORD.findall(text[:LIMIT].casefold())
    if len(words) < RUN:
        return frozenset({crc32(" ".join(words).encode())}) if words else frozenset()
    return frozenset(crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1))


def copied(one: frozenset[int], other: Collection[int]) -> bool:
    """Whether one text is a copy of the other, in whole or for the most part; both are runs without repeats."""
    if not one or not other:
        return False
    shared = len(one.intersection(other))
    fewer = min(len(one), len(other))
    jaccard = shared / (len(one) + len(other) - shared)
    if fewer < FEW:
        return jaccard >= SHORT
    return jaccard >= JACCARD or shared / fewer >= CONTAINED


def copies(texts: Iterable[tuple[str, frozenset[int]]]) -> Iterator[tuple[str, str]]:
    """Pairs of keys (smaller first) whose runs are copies of each other; of many copies, enough to chain them.

    Only texts that share one of their marks are compared. A run found in very many texts is a standing line
    of an outlet, which is passed over, or belongs to a much-copied text: one most of whose marks are as
    common, for which its neighbours suffice. So the cost grows with the number of copies, not with the square
    of the number of texts. Runs are held in four bytes each; a set of numbers in Python takes twenty times that.
    """
    packed = {key: array("I", sorted(hashes)) for key, hashes in texts}
    marks = {key: _marks(packed[key]) for key in sorted(packed)}
    by_mark = _shared(marks)
    common = {mark for mark, keys in by_mark.items() if len(keys) > MANY}
    spread = {
        key for key, chosen in marks.items() if 2 * sum(mark in common for mark in chosen) > len(chosen)
    }
    for mark in common:
        by_mark[mark] = [key for key in by_mark[mark] if key in spread]
    for one, chosen in marks.items():
        met: Counter[str] = Counter()
        for mark in chosen:
            keys = by_mark.get(mark, [])
            at = bisect_left(keys, one)
            if keys[at : at + 1] == [one]:
                met.update(keys[at + 1 : at + 1 + (NEIGHBOURS if mark in common else MANY)])
        ours = frozenset(packed[one]) if met else frozenset()
        for other in sorted(met):
            # Copies share many marks; a single one in common is a turn of phrase, unless there are few.
            enough = 1 if min(len(chosen), len(marks[other])) < MANY_MARKS else 2
            if met[other] >= enough and copied(ours, packed[other]):
                yield one, other


def _shared(marks: Mapping[str, Iterable[int]]) -> dict[int, list[str]]:
    """The keys of every mark that more than one text has. Most marks are of one text alone and take no room."""
    every = array("I")
    for chosen in marks.values():
        every.extend(chosen)
    twice = {one for one, other in pairwise(sorted(every)) if one == other}
    found: dict[int, list[str]] = {}
    for key, chosen in marks.items():
        for mark in chosen:
            if mark in twice:
                found.setdefault(mark, []).append(key)
    return found


def _marks(run: array[int]) -> array[int]:
    """One hash in eight, chosen by value, and always the four smallest, of hashes in order."""
    return run[:4] + array("I", (value for value in run[4:] if value % 8 == 0))
