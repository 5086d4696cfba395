"""How alike two texts are: runs of words, shared exactly. A copy keeps its runs whatever its outlet adds.

Texts that may be alike are found by marks: of every ``WINDOW`` runs in a row the one with the smallest hash, so that
any passage longer than a window that two texts share gives them a mark in common, wherever it stands in either.
Word runs are hashed with CRC-32 and marks with BLAKE2, which are the same on every machine and in every run.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import deque
from hashlib import blake2b
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from .provenance import Shared

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from .record import Report

RUN = 4  # words in a run
LIMIT = 100_000  # characters that are compared; no article is longer
FEW = 12  # below this many runs a text is too short for anything but near equality
MARK = 8  # words in a mark
WINDOW, LEAST, SHARE = 40, 4, 8  # runs to a mark: at most, at least, and the share of a short text
ALIKE, CONTAINED, SHORT = 0.6, 0.45, 0.85
BRIEF, CLOSE = 30, 0.75  # below so many shared runs, what must be shared of the shorter text
FEWEST = 0.15  # of the marks of the shorter: what copies share at least
BEGINS, LEADS = 0.25, 0.75  # of the longer text: where the shorter begins in it, if it is not merely quoted
PASSAGE = 40  # words shared in a row, but for changes, that are no turn of phrase
GAP = 8  # runs in a row that may differ within a passage
MOST = 8  # passages kept of two texts, longest first
_WORD = re.compile(r"\w[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f]*")  # accents may be signs of their own


class Text(NamedTuple):
    """A report's article made ready to compare: where each word stands in the report's text, the hashed runs in order,
    the marks with the run each begins at, and the outlet in small letters ("" if not known)."""

    report: str
    spans: tuple[tuple[int, int], ...]
    runs: tuple[int, ...]
    marks: dict[int, int]
    outlet: str


class Sketch(NamedTuple):
    """What is kept of a text to tell whether it is worth fetching."""

    marks: Collection[int]
    outlet: str


class Likeness(NamedTuple):
    """How alike two texts are. ``whole`` says that one is a copy of the other, in whole or for the most part; ``alike``
    is the share of the runs of both that they share, ``contained`` of the runs of the shorter. Passages are in order."""

    whole: bool
    alike: float
    contained: float
    passages: tuple[Shared, ...]


def article(report: Report) -> str:
    """The report's text without what was left out of the article."""
    return "\n".join(report.text[start:end] for start, end in kept(report))


def kept(report: Report) -> Iterator[tuple[int, int]]:
    """The stretches of the report's text that are of the article, some of them empty."""
    at = 0
    for part in report.left_out:
        yield at, part.start
        at = part.end
    yield at, len(report.text)


def text(report: Report) -> Text:
    """The article of ``report`` made ready to compare; of a very long one the first ``LIMIT`` characters."""
    spans = [
        found.span()
        for start, end in kept(report)
        for found in _WORD.finditer(report.text, start, min(end, LIMIT))
    ]
    words = [_folded(report.text[start:end]) for start, end in spans]
    said = " ".join(words).encode()
    begins = [
        0,
        *accumulate(len(word.encode()) + 1 for word in words),
    ]  # of each word in ``said``, and of one more
    last = max(0, len(words) - RUN)
    runs = tuple(crc32(_said(said, begins, at, RUN)) for at in range(last + 1)) if words else ()
    return Text(
        report.id,
        tuple(spans),
        runs,
        _marks(said, begins, runs),
        (report.outlet or "").casefold().replace("\0", ""),
    )


def _said(said: bytes, begins: Sequence[int], at: int, count: int) -> bytes:
    """So many words from that one on, as far as there are any."""
    return said[begins[at] : begins[min(at + count, len(begins) - 1)] - 1]


def _folded(word: str) -> str:
    """In small letters and, where it has accents, without them: encodings and typists differ."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _marks(said: bytes, begins: Sequence[int], runs: Sequence[int]) -> dict[int, int]:
    """Numbers of 63 bits, chosen by what a text says and not by where it says it, and the first run of each.

    Of a short text more are chosen, and among them all that a longer one would give: a smaller window keeps them.
    """
    size = max(LEAST, min(WINDOW, len(runs) // SHARE))
    smallest: deque[int] = deque()
    chosen = set()
    last = max(0, len(begins) - 1 - MARK)  # where the last mark of full length begins
    for at, run in enumerate(runs[: last + 1]):
        while smallest and runs[smallest[-1]] >= run:
            smallest.pop()
        smallest.append(at)
        if smallest[0] <= at - size:
            smallest.popleft()
        if at >= size - 1 or at == last:
            chosen.add(smallest[0])
    found: dict[int, int] = {}
    for at in sorted(chosen):
        hashed = blake2b(_said(said, begins, at, MARK), digest_size=8).digest()
        found.setdefault(int.from_bytes(hashed, "big") >> 1, at)
    return found


def likeness(one: Text, other: Text) -> Likeness | None:
    """How alike two texts are; ``None`` if neither is a copy and they share no passage.

    It is the same from either side. Passages within one outlet are passed over, since they are its standing lines.
    """
    if not near(one, other):
        return None
    if not _many(one, other) and not any(
        _around(one, other, mark) for mark in one.marks if mark in other.marks
    ):
        return None  # a turn of phrase: most texts that are met are told apart here
    if len(one.runs) > len(other.runs) or (len(one.runs) == len(other.runs) and one.runs > other.runs):
        found = likeness(other, one)
        return found and found._replace(passages=turned(found.passages))
    ours, theirs = set(one.runs), set(other.runs)
    both = ours & theirs
    if not both:
        return None
    alike = len(both) / len(ours | theirs)
    contained = len(both) / min(len(ours), len(theirs))
    if min(len(ours), len(theirs)) < FEW:
        return Likeness(True, alike, contained, ()) if alike >= SHORT else None
    needed = CONTAINED if len(both) >= BRIEF else CLOSE
    whole = alike >= ALIKE or (contained >= needed and _begins(other, both, max(BEGINS, LEADS * alike)))
    if not whole and one.outlet == other.outlet != "":
        return None
    parts = _passages(one, other, both)
    return Likeness(whole, alike, contained, parts) if whole or parts else None


def near(one: Sketch | Text, other: Sketch | Text) -> bool:
    """Whether two texts may be alike, by their marks and outlets alone: where not, there is no need to fetch them."""
    if one.outlet == other.outlet != "":
        return _many(one, other)
    return any(mark in other.marks for mark in one.marks)


def _many(one: Sketch | Text, other: Sketch | Text) -> bool:
    """Whether they share as many marks as copies do."""
    shared = sum(mark in other.marks for mark in one.marks)
    return shared >= max(1.0, FEWEST * min(len(one.marks), len(other.marks)))


def turned(passages: Iterable[Shared]) -> tuple[Shared, ...]:
    """The same passages as the other text has them, in its order."""
    found = (
        Shared(
            start=part.other_start,
            end=part.other_end,
            other_start=part.start,
            other_end=part.end,
            words=part.words,
        )
        for part in passages
    )
    return tuple(sorted(found, key=_place))


def _place(part: Shared) -> tuple[int, int, int, int]:
    return part.start, part.end, part.other_start, part.other_end


def _around(one: Text, other: Text, mark: int) -> bool:
    """Whether enough is shared around a mark for a passage."""
    here, there, far = one.marks[mark], other.marks[mark], PASSAGE + GAP
    ours = one.runs[max(0, here - far) : here + far]
    return len(set(ours).intersection(other.runs[max(0, there - far) : there + far])) > PASSAGE - RUN


def _begins(longer: Text, both: set[int], within: float) -> bool:
    """Whether what is shared begins within that part of the longer text: an article is cut from its end, its lead is
    rewritten, and what stands further down is quoted.

    A tenth of what is shared is passed over, as it may be turns of phrase that stand anywhere.
    """
    places = [at for at, run in enumerate(longer.runs) if run in both]
    return places[len(places) // 10] <= max(len(longer.runs) * within, PASSAGE)


def _passages(one: Text, other: Text, both: set[int]) -> tuple[Shared, ...]:
    """The longest passages that both have, in the order of ``one``; a few changed words do not end a passage."""
    if one.runs == other.runs:
        whole = [0, len(one.runs) - 1, 0, len(one.runs) - 1, len(one.runs)]
        return (_passage(one, other, whole),) if len(one.spans) >= PASSAGE else ()
    places: dict[int, list[int]] = {}
    for at, run in enumerate(other.runs):
        if run in both:
            places.setdefault(run, []).append(at)
    found: list[list[int]] = []  # first and last run in one, first and last in other, how many runs
    for here, run in enumerate(one.runs):
        if run not in both:
            continue
        last = found[-1] if found else None
        there = places[run]
        after = bisect_right(there, last[3]) if last else 0
        if last and here - last[1] <= GAP and after < len(there) and there[after] - last[3] <= GAP:
            last[1], last[3], last[4] = here, there[after], last[4] + 1
        else:
            found.append([here, here, there[0], there[0], 1])
    long = sorted((part for part in found if part[4] + RUN - 1 >= PASSAGE), key=lambda part: (-part[4], part))
    return tuple(sorted((_passage(one, other, part) for part in long[:MOST]), key=_place))


def _passage(one: Text, other: Text, part: list[int]) -> Shared:
    first, last, other_first, other_last, runs = part
    return Shared(
        start=one.spans[first][0],
        end=one.spans[last + RUN - 1][1],
        other_start=other.spans[other_first][0],
        other_end=other.spans[other_last + RUN - 1][1],
        words=runs + RUN - 1,
    )
