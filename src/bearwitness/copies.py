"""Which reports are copies of each other, found at a cost that does not grow with the number of reports.

Every report stands in the list of each of its marks (see ``likeness``), in the order of ids. It is compared with the
``REACH`` reports before and after it in each of its lists, and with no others: a line that stands in a million reports
costs no more than one that stands in twenty. So which two are compared follows from the reports alone and not from the
order in which they came. Where a newcomer moves two apart in a list, what rested on that list alone is let go.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from . import likeness
from .provenance import Copy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from .provenance import Shared
    from .record import Report

REACH = 8
RULE = "copies/1"
"""Name and version of the rules of finding copies; it changes when the same reports would give others."""

Pair = tuple[int, int]
"""Two reports by their keys, the smaller first."""
Around = tuple[tuple[int, ...], tuple[int, ...]]
"""The reports before and after a place in a list, at most ``REACH`` of either, the nearest first."""


def key(report: str) -> int:
    """Sixty bits of a report's id, by which lists are ordered: shorter to keep than the id."""
    return int(report[1:16], 16)


class Lists(Protocol):
    """Where lists and copies are kept: in memory, or in a ledger."""

    def around(self, marks: Collection[int], key: int, reach: int) -> list[Around]:
        """The neighbours that ``key`` would have in the list of each of ``marks``."""
        ...

    def enter(self, marks: Collection[int], outlet: str, key: int) -> None:
        """Put ``key`` into those lists, and keep both for ``sketches``."""
        ...

    def sketches(self, keys: Collection[int]) -> Iterable[tuple[int, Collection[int], str]]:
        """The marks and the outlet of each of those reports."""
        ...

    def loosen(self, pairs: Mapping[Pair, int]) -> None:
        """Take off as many supports of those pairs; a copy without support is let go."""
        ...

    def keep(self, copies: Iterable[tuple[Copy, int]]) -> None:
        """Keep copies with the number of lists that support each."""
        ...


def enter(
    lists: Lists, text: likeness.Text, texts: Callable[[Collection[int]], Iterable[likeness.Text]]
) -> list[Copy]:
    """Enter a report that is not there yet, and give its copies. ``texts`` gives those of other reports by their keys."""
    own = key(text.report)
    met: Counter[int] = Counter()
    parted: Counter[Pair] = Counter()
    for before, after in lists.around(text.marks, own, REACH):
        met.update(before)
        met.update(after)
        for at, one in enumerate(before):
            if REACH - 1 - at < len(after):
                parted[one, after[REACH - 1 - at]] += 1
    lists.enter(text.marks, text.outlet, own)
    lists.loosen(parted)
    sketches = ((other, likeness.Sketch(marks, outlet)) for other, marks, outlet in lists.sketches(met))
    worth = [other for other, sketch in sketches if likeness.near(text, sketch)]
    found = ((compared(text, other), met[key(other.report)]) for other in texts(worth))
    kept = [(copy, support) for copy, support in found if copy is not None]
    lists.keep(kept)
    return [copy for copy, _ in kept]


def compared(one: likeness.Text, other: likeness.Text) -> Copy | None:
    """What two reports share, if it is more than independent ones do."""
    if one.report > other.report:
        one, other = other, one
    found = likeness.likeness(one, other)
    if found is None:
        return None
    return Copy(
        first=one.report,
        second=other.report,
        whole=found.whole,
        alike=round(found.alike, 4),
        contained=round(found.contained, 4),
        passages=found.passages,
    )


class Memory:
    """Lists and copies in memory."""

    def __init__(self) -> None:
        self._lists: dict[int, list[int]] = {}
        self._sketches: dict[int, tuple[Collection[int], str]] = {}
        self._kept: dict[Pair, tuple[Copy, int]] = {}

    def around(self, marks: Collection[int], key: int, reach: int) -> list[Around]:
        """The neighbours that ``key`` would have in the list of each of ``marks``."""
        found = []
        for mark in marks:
            held = self._lists.get(mark, ())
            at = bisect_left(held, key)
            found.append((tuple(held[max(0, at - reach) : at])[::-1], tuple(held[at : at + reach])))
        return found

    def enter(self, marks: Collection[int], outlet: str, key: int) -> None:
        """Put ``key`` into those lists, and keep both for ``sketches``."""
        self._sketches[key] = frozenset(marks), outlet
        for mark in marks:
            held = self._lists.setdefault(mark, [])
            held.insert(bisect_left(held, key), key)

    def sketches(self, keys: Collection[int]) -> Iterable[tuple[int, Collection[int], str]]:
        """The marks and the outlet of each of those reports."""
        return [(key, *self._sketches[key]) for key in keys]

    def loosen(self, pairs: Mapping[Pair, int]) -> None:
        """Take off as many supports of those pairs; a copy without support is let go."""
        for pair in pairs.keys() & self._kept.keys():
            copy, support = self._kept.pop(pair)
            if support > pairs[pair]:
                self._kept[pair] = copy, support - pairs[pair]

    def keep(self, copies: Iterable[tuple[Copy, int]]) -> None:
        """Keep copies with the number of lists that support each."""
        self._kept.update(((key(copy.first), key(copy.second)), (copy, support)) for copy, support in copies)

    def kept(self) -> list[tuple[Copy, int]]:
        """All copies with their supports, in the order of their reports."""
        return [self._kept[pair] for pair in sorted(self._kept)]


class Copies(NamedTuple):
    """What stages reckon with: by report id, the head of the group of copies it is in (one that has no copy is not
    there), and the passages it shares with others, as it has them, each with the other's id."""

    heads: Mapping[str, str]
    passages: Mapping[str, list[tuple[str, Shared]]]


def gathered(copies: Iterable[Copy]) -> Copies:
    """Copies of copies are of one group; its head is the smallest id."""
    heads: dict[str, str] = {}
    passages: dict[str, list[tuple[str, Shared]]] = {}

    def find(report: str) -> str:
        while heads.get(report, report) != report:
            heads[report] = heads.get(heads[report], heads[report])
            report = heads[report]
        return report

    for copy in copies:
        for part in copy.passages:
            passages.setdefault(copy.first, []).append((copy.second, part))
        for part in likeness.turned(copy.passages):
            passages.setdefault(copy.second, []).append((copy.first, part))
        if copy.whole:
            head, other = sorted((find(copy.first), find(copy.second)))
            heads[head] = heads[other] = head
            heads.setdefault(copy.first, head)
            heads.setdefault(copy.second, head)
    return Copies({report: find(report) for report in sorted(heads)}, passages)


def among(reports: Iterable[Report]) -> Copies:
    """The copies among a few reports at hand, found as in a ledger of them alone."""
    texts = {key(report.id): likeness.text(report) for report in reports}
    lists = Memory()
    for text in texts.values():
        enter(lists, text, lambda keys: [texts[other] for other in sorted(keys)])
    return gathered(copy for copy, _ in lists.kept())
