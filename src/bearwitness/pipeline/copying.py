"""Copies in a ledger: every report entered once, at a cost that does not grow with the ledger."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from bearwitness import copies, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from bearwitness.provenance import Copy
    from bearwitness.record import Report
    from bearwitness.store import Ledger

    from .deriving import Progress

BATCH = 64
REMEMBERED = 512
"""Texts made ready to compare that are held in memory; what is copied comes close together."""


class Texts:
    """The texts of reports by key, read from a ledger and made ready; the last few stay in memory."""

    def __init__(self, fetch: Callable[[Collection[int]], Iterable[Report]]) -> None:
        self._fetch = fetch
        self._recent: OrderedDict[int, likeness.Text] = OrderedDict()

    def take(self, report: Report) -> likeness.Text:
        """The text of a report that is at hand."""
        ready = likeness.text(report)
        self._recent[copies.key(report.id)] = ready
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return ready

    def __call__(self, keys: Collection[int]) -> list[likeness.Text]:
        """The texts of those keys, in order."""
        found = {key: self._recent[key] for key in keys if key in self._recent}
        for report in self._fetch([key for key in keys if key not in found]):
            found[copies.key(report.id)] = self.take(report)
        return [found[key] for key in sorted(found)]


def enter_all(
    lists: copies.Lists, reports: Iterable[Report], fetch: Callable[[Collection[int]], Iterable[Report]]
) -> None:
    """Enter ``reports`` into empty lists; ``fetch`` gives any of them by key."""
    texts = Texts(fetch)
    for report in reports:
        copies.enter(lists, texts.take(report), texts)


def find_copies(ledger: Ledger, progress: Progress | None = None) -> int:
    """Enter the reports that were not entered yet; all of them, if the rules are new or a report took another's place.

    How many of those are copies of another. What is broken off goes on with the next report.
    """
    ledger.drop_copies(unless=copies.RULE)
    texts, done, copied = Texts(ledger.reports_by_keys), 0, 0
    for batch in _batches(ledger.unentered()):
        with ledger.entering(batch[-1].id, by=copies.RULE) as lists:
            for report in batch:
                copied += any(copy.whole for copy in copies.enter(lists, texts.take(report), texts))
        done += len(batch)
        if progress:
            progress("comparing", done, None)
    return copied


def copies_around(ledger: Ledger, reports: Iterable[str]) -> list[Copy]:
    """The copies in the groups that ``reports`` are in, as far as whole texts hang together, in order."""
    found: dict[tuple[str, str], Copy] = {}
    met = set(reports)
    more = set(met)
    while more:
        new = ledger.copies_of(more)
        found |= {(copy.first, copy.second): copy for copy in new}
        more = {report for copy in new if copy.whole for report in (copy.first, copy.second)} - met
        met |= more
    return [found[pair] for pair in sorted(found)]


def _batches(reports: Iterator[Report]) -> Iterator[list[Report]]:
    batch: list[Report] = []
    for report in reports:
        batch.append(report)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
