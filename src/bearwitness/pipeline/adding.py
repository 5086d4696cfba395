"""From files to captures in a ledger: what lies at some paths is kept, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import msgspec

from bearwitness.collect import LIMIT, collect
from bearwitness.record import Capture, Problem
from bearwitness.store import now, stamp
from bearwitness.visit import Hearsay, Sighting, page_at

from .hearing import hearsay, keep_hearsay
from .reading import capture_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bearwitness.collect import Item
    from bearwitness.store import Clock, Ledger

    from .ahead import Ahead
    from .deriving import Progress

BATCH = 64
BATCH_BYTES = 8 * 1024 * 1024
NOT_KEPT = frozenset({"skipped"})
"""Problems of items that are not evidence: they are told to the operator and not journalled."""


class Added(msgspec.Struct, frozen=True):
    """What ``add`` did: files new to the ledger, files it had, and what was wrong with some.

    ``again`` is how many pages out of archives it had, but not as met at that time; each is journalled as a sighting.
    ``pages`` is how many of the new ones are pages out of web archives, and ``exchanges`` how many requests and answers came
    new with them.
    """

    new: int
    known: int
    problems: tuple[Problem, ...]
    again: int = 0
    pages: int = 0
    exchanges: int = 0


def add(
    ledger: Ledger,
    paths: Iterable[str | Path],
    given: Mapping[str, str],
    progress: Progress | None = None,
    *,
    stdin: BinaryIO | None = None,
    limit: int = LIMIT,
    columns: Mapping[str, str] | None = None,
    clock: Clock = now,
    ahead: Ahead | None = None,
) -> Added:
    """Keep what lies at ``paths``, byte for byte, with what the operator says of it (see ``given`` and ``columns``).

    It is read ``ahead`` by other processes, as far as they get. Raises ``InputError`` before anything is kept if a path or a column is missing.
    """
    found = collect(paths, stdin=stdin, limit=limit, columns=columns, exchanges=True)
    return add_items(ledger, found, given, progress, clock=clock, ahead=ahead)


def add_items(
    ledger: Ledger,
    items: Iterable[Item],
    given: Mapping[str, str],
    progress: Progress | None = None,
    *,
    clock: Clock = now,
    ahead: Ahead | None = None,
) -> Added:
    """Keep ``items`` as they come. What is said of them must have been checked (see ``given``)."""
    batch = _Batch(ledger, ahead)
    seen = 0
    problems: list[Problem] = []
    for item in items:
        if item.repeats:
            batch.flush()
            if repeated := _repeated(ledger, item):
                batch.again += ledger.append([repeated])
                batch.take_hearsay(hearsay(item, None))
                seen += 1
                continue
        problems.extend(item.problems)
        if (
            item.exchanges and not item.data and not item.problems
        ):  # a web archive tells of an answer that gave no page
            batch.take_hearsay(hearsay(item, None))
            continue
        if item.problems and not item.data and all(problem.code in NOT_KEPT for problem in item.problems):
            continue
        batch.take(item, capture_of(item, given, stamp(clock)))
        seen += 1
        if progress:
            progress("keeping", seen, None)
    batch.flush()
    return Added(
        new=batch.new,
        known=seen - batch.new,
        problems=tuple(problems),
        again=batch.again,
        pages=batch.pages,
        exchanges=batch.exchanges,
    )


class _Batch:
    """What waits to be kept together."""

    def __init__(self, ledger: Ledger, ahead: Ahead | None) -> None:
        self.new = self.again = self.pages = self.exchanges = 0
        self._ledger = ledger
        self._ahead = ahead
        self._data: list[bytes] = []
        self._captures: list[Capture] = []
        self._met: list[Sighting] = []
        self._told: list[tuple[Hearsay, bytes]] = []
        self._weight = 0

    def take(self, item: Item, capture: Capture) -> None:
        """Take in an item, of which that is the capture."""
        self._data.append(item.data)
        self._captures.append(capture)
        if item.captured_at:
            self._met.append(Sighting(capture=capture.id, at=item.captured_at))
        self._weight += len(item.data)
        self.take_hearsay(hearsay(item, capture))

    def take_hearsay(self, told: list[tuple[Hearsay, bytes]]) -> None:
        """Take in what a web archive says."""
        self._told += told
        self._weight += sum(len(record) for _, record in told)
        if len(self._captures) + len(self._told) >= BATCH or self._weight > BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Keep all that waits."""
        self._ledger.put_many(self._data)
        there = self._ledger.get_many(capture.id for capture in self._captures)
        fresh = {capture.id: capture for capture in self._captures if capture.id not in there}
        self.new += self._ledger.append(fresh.values())
        self.pages += sum("#http" in capture.source for capture in fresh.values())
        kept = {**there, **fresh}
        times = {id: one.captured_at for id, one in kept.items() if isinstance(one, Capture)}
        self.again += self._ledger.append(one for one in self._met if one.at != times[one.capture])
        self.exchanges += keep_hearsay(self._ledger, self._told)
        if self._ahead is not None:
            data = {capture.id: one for capture, one in zip(self._captures, self._data, strict=True)}
            self._ahead.take([(data[id], capture) for id, capture in fresh.items()])
        self._data, self._captures, self._met, self._told, self._weight = [], [], [], [], 0


def _repeated(ledger: Ledger, item: Item) -> Sighting | None:
    """The sighting that an item without bytes is, if the capture that it repeats is there."""
    page = page_at(item.source)
    for capture in ledger.captures_of(page) if page and item.captured_at else ():
        if capture.size and capture.captured_at == item.repeats:
            return Sighting(capture=capture.id, at=item.captured_at)
    return None
