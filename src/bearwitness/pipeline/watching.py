"""Watching sources of the web: round after round, each source when its turn has come, until stopped.

Nothing is remembered between rounds but what the journal says: when a source was visited last, how often it was
quiet or failed, what its feed named. So a watch may be killed at any moment and begun anew, also with another list.
The ledger is open only during a round; in between others may write to it.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import msgspec

from bearwitness.collect import web
from bearwitness.errors import LockedLedger
from bearwitness.record import Problem
from bearwitness.store import Ledger, now, stamp

from .fetching import Fetched, Fetching, fetch
from .schedule import LOOKED_AT, Pace, due
from .work import Updated, update

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from bearwitness.visit import Visit

    from .deriving import Progress
    from .frontier import Job

LEAST_EVERY = 60.0
"""The shortest pause between visits of one source that may be asked for, in seconds."""
TOGETHER = 0.05
"""Sources that are due within this part of their shortest pause are visited in one round."""
LONGEST_SLEEP = 60.0
BUSY = 5.0
"""Seconds between two looks at a ledger that somebody else is writing to."""


class Time(Protocol):
    """What a watch knows of time: which it is, and how to let some pass."""

    def __call__(self) -> datetime:
        """The instant, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Return after so long."""
        ...


class _RealTime:
    def __call__(self) -> datetime:
        return now()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class Source(msgspec.Struct, frozen=True):
    """An address to watch, and the shortest pause between its visits in seconds, where it has one of its own."""

    address: str
    every: float | None = None


class Watching(msgspec.Struct, frozen=True, kw_only=True):
    """How to watch. Pages that a feed names are visited again, as long as it names them, after ``revisit`` seconds at
    the earliest; ``None``: never, once they came."""

    pace: Pace = Pace()
    revisit: float | None = 86_400.0
    rounds: int | None = None
    update: bool = True
    processes: int = 1


class Round(msgspec.Struct, frozen=True):
    """One round: when it began, what was fetched and read, and when the next source is due (RFC 3339, UTC)."""

    number: int
    at: str
    fetched: Fetched
    updated: Updated | None
    next: str


class Watched(msgspec.Struct, frozen=True):
    """What a watch did. ``outcomes`` counts every visit of all rounds once, ``sources`` every source once, by its last
    visit (``unvisited`` if it has none, ``refused`` if it is no address). ``broken_off``: it was stopped in a round."""

    rounds: int
    outcomes: dict[str, int]
    sources: dict[str, int]
    problems: tuple[Problem, ...]
    broken_off: bool
    next: str


def watch(
    folder: Path,
    sources: Sequence[Source],
    given: Mapping[str, str],
    how: Fetching,
    watching: Watching,
    tell: Callable[[Round], None],
    progress: Progress | None = None,
    *,
    time: Time | None = None,
    chance: Callable[[], float] = random.random,
) -> Watched:
    """Watch ``sources`` into the ledger in ``folder`` until ``watching.rounds`` are done or the user interrupts.

    ``given`` is what the operator says of what comes; ``tell`` is called after each round.
    """
    return _Watch(folder, sources, given, how, watching, progress, time or _RealTime(), chance).run(tell)


class _Watch:
    """A watch on its way."""

    def __init__(
        self,
        folder: Path,
        sources: Sequence[Source],
        given: Mapping[str, str],
        how: Fetching,
        watching: Watching,
        progress: Progress | None,
        time: Time,
        chance: Callable[[], float],
    ) -> None:
        self._folder = folder
        self._given = given
        self._how = how
        self._watching = watching
        self._progress = progress
        self._time = time
        self._chance = chance
        self._problems: list[Problem] = []
        self._paces: dict[str, Pace] = {}
        for source in sources:
            self._take(source)
        self._due: dict[str, datetime] = {}
        self._outcomes: Counter[str] = Counter()
        self._rounds = 0

    def _take(self, source: Source) -> None:
        try:
            address = web.normal(source.address)
        except web.Failed as failed:
            self._problems.append(failed.problem)
            return
        pace = self._watching.pace
        self._paces[address] = msgspec.structs.replace(pace, every=source.every or pace.every)

    def run(self, tell: Callable[[Round], None]) -> Watched:
        """Round after round."""
        in_round = False
        try:
            while self._paces and (self._watching.rounds is None or self._rounds < self._watching.rounds):
                if self._rounds:
                    self._wait()
                in_round = True
                done = self._round()
                in_round = False
                tell(done)
        except KeyboardInterrupt:
            return self._watched(broken_off=in_round)
        return self._watched(broken_off=False)

    def _wait(self) -> None:
        """Until a source is due, looking at the clock now and then: a machine may sleep too."""
        while (left := (min(self._due.values()) - self._time()).total_seconds()) > 0:
            self._time.sleep(min(left, LONGEST_SLEEP))

    def _round(self) -> Round:
        """Visit what is due, and in the first round look into the feeds that are not: a watch that was killed may not
        have visited all that they name."""
        with self._opened() as ledger:
            began = self._time()
            if not self._due:
                for address in self._paces:
                    self._plan(ledger, address)
                asked = list(self._paces)
            else:
                asked = [address for address in self._paces if not self._later(address, began)]
            resting = frozenset(address for address in asked if self._later(address, began))
            fetched = fetch(
                ledger, asked, self._given, self._how, self._progress,
                clock=self._time, resting=resting, resume=False,
                again=lambda last, job: self._again(ledger, last, job),
            )  # fmt: skip
            came = any(fetched.outcomes.get(outcome) for outcome in ("new", "changed"))
            updated = None
            if self._watching.update and (came or not self._rounds):
                updated = update(ledger, self._progress, processes=self._watching.processes)
            for address in asked:
                self._plan(ledger, address)
        self._rounds += 1
        self._outcomes.update(fetched.outcomes)
        return Round(self._rounds, _instant(began), fetched, updated, self._next())

    def _later(self, address: str, at: datetime) -> bool:
        slack = timedelta(seconds=self._paces[address].every * TOGETHER)
        return self._due[address] > at + slack

    def _plan(self, ledger: Ledger, address: str) -> None:
        """Note when an address is due next."""
        visits = ledger.recent_visits(address, LOOKED_AT)
        self._due[address] = due(visits, self._paces[address], self._time(), self._chance)

    def _again(self, ledger: Ledger, last: Visit, job: Job) -> bool:
        """Whether an address that a feed names is visited again, now that its last visit was ``last``."""
        every = self._watching.pace.every if last.again else self._watching.revisit
        if every is None or (job.of != "feed" and not last.again):
            return False
        pace = msgspec.structs.replace(self._watching.pace, every=every)
        visits = ledger.recent_visits(last.address, LOOKED_AT)
        return due(visits, pace, self._time(), self._chance) <= self._time()

    def _opened(self) -> Ledger:
        """The ledger, as soon as nobody else is writing to it."""
        waited = 0
        while True:
            try:
                return Ledger.open(self._folder, clock=self._time)
            except LockedLedger:
                waited += 1
                if self._progress:
                    self._progress("waiting for the ledger", waited, None)
                self._time.sleep(BUSY)

    def _next(self) -> str:
        return _instant(min(self._due.values())) if self._due else ""

    def _watched(self, *, broken_off: bool) -> Watched:
        with Ledger.open(self._folder, read_only=True) as ledger:
            last = ledger.last_visits(self._paces)
        found: Counter[str] = Counter(
            last[address].outcome if address in last else "unvisited" for address in self._paces
        )
        found["refused"] = len(self._problems)
        return Watched(
            rounds=self._rounds,
            outcomes={key: count for key, count in self._outcomes.items() if count},
            sources={key: count for key, count in found.items() if count},
            problems=tuple(self._problems),
            broken_off=broken_off,
            next=self._next(),
        )


def _instant(at: datetime) -> str:
    return stamp(lambda: at)
