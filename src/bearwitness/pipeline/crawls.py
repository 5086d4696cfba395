"""The web archives of a list into a ledger, one after the other, each read as it comes from a folder or the web.

A run may be killed at any moment. What was kept stays; the same command goes on at the record it was at, or near it.
An archive that cannot be had or read to its end is a problem, and the rest go on; the same command tries it again.
"""

from __future__ import annotations

import secrets
from collections import deque
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from bearwitness.collect import LIMIT
from bearwitness.collect.item import without_data
from bearwitness.collect.opening import opened
from bearwitness.collect.paths import Place, listed, place
from bearwitness.record import Problem, canonical, digest
from bearwitness.store import Runs, now, stamp

from .adding import add_items

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bearwitness.collect import Item
    from bearwitness.collect.packed import Marks
    from bearwitness.store import Clock, Ledger

    from .ahead import Ahead
    from .deriving import Progress
    from .fetching import Fetching

AT_ONCE = 64
"""Pages that are kept before it is noted how far the run has come."""
FORGOTTEN = timedelta(days=30)
"""After so long the same command begins anew, rather than going on where it was broken off."""
NOTED = 100


class Crawled(msgspec.Struct, frozen=True):
    """What came of a list: how many archives were read to their end, how many could not be, and how many had been read
    before the run was broken off; pages new to the ledger and known to it; the first problems, and how many came behind."""

    read: int
    failed: int
    done: int
    new: int
    known: int
    problems: tuple[Problem, ...]
    more: int
    resumed: bool


class _State(msgspec.Struct):
    """How far a run is: the archive it is at, the byte it goes on from there, and where to go on in those that failed."""

    at: int = 0
    offset: int = 0
    failed: dict[str, int] = {}


def archives(file: Path) -> list[str]:
    """The lines of a list of web archives (see ``collect.paths``); ``InputError`` where it cannot be read."""
    return listed(file)


def crawl(
    ledger: Ledger,
    lines: Sequence[str],
    base: str,
    given: Mapping[str, str],
    how: Fetching | None = None,
    progress: Progress | None = None,
    *,
    clock: Clock = now,
    limit: int = LIMIT,
    ahead: Ahead | None = None,
) -> Crawled:
    """Keep the pages of the web archives that ``lines`` name, relative to ``base`` (see ``collect.paths``), with what the
    operator says of them. Of ``how`` the agent, the hosts allowed and the limits count, the time limit for each piece;
    archives in folders need none. What comes is read ``ahead`` by other processes, as far as they get."""
    runs = Runs(ledger.folder)
    told = digest(canonical(["archives", list(lines), base, dict(given)]))
    first = f"{stamp(clock)}-{secrets.token_hex(4)} {{}}"
    begun, resumed = runs.begin(told, first, (clock() - FORGOTTEN).isoformat())
    state = msgspec.json.decode(begun.partition(" ")[2], type=_State)

    def note() -> None:
        runs.note(told, f"{stamp(clock)}-{secrets.token_hex(4)} {msgspec.json.encode(state).decode()}")

    run = _Run(ledger, given, how, clock, limit, ahead)
    done, read = state.at - len(state.failed), 0
    for name, offset in list(state.failed.items()):
        if run.archive(place(lines[int(name)], base), offset, partial(state.failed.__setitem__, name)):
            del state.failed[name]
            read += 1
        note()
    while state.at < len(lines):

        def came(offset: int) -> None:
            state.offset = offset
            note()

        if progress:
            progress("archives", state.at, len(lines))
        if run.archive(place(lines[state.at], base), state.offset, came):
            read += 1
        else:
            state.failed[str(state.at)] = state.offset
        state.at, state.offset = state.at + 1, 0
        note()
    if not state.failed:
        runs.finish(told)
    return Crawled(
        read=read,
        failed=len(state.failed),
        done=done,
        new=run.new,
        known=run.known,
        problems=tuple(run.problems),
        more=run.more,
        resumed=resumed,
    )


class _Lost(Exception):
    """Why an archive cannot be had."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


class _Run:
    """Keeps the pages of one archive after another."""

    def __init__(
        self,
        ledger: Ledger,
        given: Mapping[str, str],
        how: Fetching | None,
        clock: Clock,
        limit: int,
        ahead: Ahead | None,
    ) -> None:
        self.new = self.known = self.more = 0
        self.problems: list[Problem] = []
        self._ledger, self._given, self._how, self._clock, self._limit = ledger, given, how, clock, limit
        self._ahead = ahead

    def archive(self, found: Place, offset: int, came: Callable[[int], None]) -> bool:
        """Keep the pages of an archive from a byte of it on; whether it was read to its end. ``came`` is told from which
        byte to go on, whenever pages were kept."""
        try:
            file = self._opened(found, offset)
        except _Lost as lost:
            self._keep([without_data(found.source, lost.problem.code, lost.problem.sentence)])
            return False
        marks: Marks = deque()
        whole = True
        with file:
            items = opened(
                file,
                found.source,
                found.where.rpartition("/")[2],
                self._limit,
                named=True,
                marks=marks,
                exchanges=True,
            )
            while chunk := list(islice(items, AT_ONCE)):
                self._keep(chunk)
                broken = (one for item in chunk if item.source == found.source for one in item.problems)
                whole = whole and all(problem.code != "unreadable" for problem in broken)
                places = [item.place for item in chunk if item.place is not None]
                if places and (at := _packed(places[-1], marks)) is not None:
                    came(offset + at)
        return whole

    def _opened(self, found: Place, offset: int) -> BinaryIO:
        """The file of an archive, from a byte of it on. Raises ``_Lost``."""
        if found.fault:
            raise _lost(found, "bad_name", f"{found.line[:200]} {found.fault}; it was not opened.")
        if not found.remote:
            try:
                if not Path(found.where).is_file():
                    raise _lost(found, "unreadable", f"{found.source} is not there, or is no file.")
                file = Path(found.where).open("rb")  # noqa: SIM115 -- whoever asked closes it
                file.seek(offset)
            except OSError as error:
                raise _lost(
                    found, "unreadable", f"{found.source} could not be read: {error.strerror}."
                ) from None
            return file
        from bearwitness.collect import web

        from .fetching import Fetching

        how = self._how or Fetching()
        manners = web.Manners(agent=how.agent, allow_hosts=how.allow_hosts)
        try:
            return cast("BinaryIO", web.Remote(web.normal(found.where), manners, how.limits, at=offset))
        except web.Failed as failed:
            raise _Lost(failed.problem) from None

    def _keep(self, items: list[Item]) -> None:
        added = add_items(self._ledger, items, self._given, clock=self._clock, ahead=self._ahead)
        self.new += added.new
        self.known += added.known
        room = NOTED - len(self.problems)
        self.problems.extend(added.problems[:room])
        self.more += max(0, len(added.problems) - room)


def _lost(found: Place, code: str, sentence: str) -> _Lost:
    return _Lost(Problem(code=code, where=found.source, sentence=sentence))


def _packed(place: int, marks: Marks) -> int | None:
    """The byte of the file at which the record at that place among the unpacked bytes begins; none where it is in the
    middle of what is packed. Marks before it are forgotten."""
    if not marks:
        return place  # the file is not packed
    while len(marks) > 1 and marks[1][0] <= place:
        marks.popleft()
    return marks[0][1] if marks[0][0] == place else None
