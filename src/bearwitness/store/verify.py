"""Looking for the first thing that is wrong in a ledger, without changing a byte of it.

Everything is recomputed: the seal, every entry's hash and the chain, every id from what its record says, every
report's text digest, the span law for every claim and mention, every capture file's digest, the database's own
structure, and (given what the pipeline derives) every row of the views.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, cast

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from ..errors import DamagedLedger, LedgerError
from ..record import Assessment, Capture, Incident, Record, Report, digest
from . import blocks, copies, current, database, journal, schema, views
from . import seal as seals
from .captures import Captures
from .copies import Lists
from .custody import Custody, Following, Gives, Proves
from .door import SpanLaw, files_of, names
from .files import sha256_file
from .form import check_format, look
from .kinds import GENESIS, Entry, body_of, chain_hash, decode_body, parent_of, reader_of
from .lock import NAME as LOCK
from .lock import Lock
from .looks import NAME as VIEWS
from .looks import Looks
from .runs import NAME as RUNS
from .seal import Seal

Progress = Callable[[str, int, int | None], None]
"""Called with what is being checked, how many are done, and of how many (``None`` if not known)."""
Derive = Callable[[], tuple[Iterable[Incident], Iterable[Assessment]]]
"""Derives incidents and assessments from the journal, as for ``Ledger.replace_views``."""

Enter = Callable[[Lists, Iterable[Report], Callable[[Iterable[int]], Iterable[Report]]], None]
"""Enters reports into empty lists, given what finds reports by key; what then stands there is what must stand."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_COPY = "Restore the ledger from a copy."
_REBUILD = (
    "The journal and the captures are sound: `bearwitness rebuild` mends this and seals the ledger again."
)
_UNREADABLE = (SQLAlchemyError, LedgerError, TypeError, ValueError, OverflowError)
_KNOWN = {
    database.NAME,
    database.LOG,
    database.SHARED,
    seals.NAME,
    blocks.NAME,
    LOCK,
    "captures",
    RUNS,
    VIEWS,
}
_BEGUN = (
    f"{database.NAME}.new",
    seals.TEMPORARY,
    f"{RUNS}.new",
)  # leftovers of a stopped run, which the next writer clears


class Wrong(Exception):
    """Something that does not add up; the text is a sentence with what and where."""


@dataclass(frozen=True)
class Verification:
    """What was looked at, and the first thing that is wrong (a sentence with what, where and what to do)."""

    entries: int
    captures: int
    first_wrong: str | None
    notes: tuple[str, ...] = ()
    custody: Custody = field(default_factory=Custody)

    @property
    def sound(self) -> bool:
        """Whether nothing wrong was found."""
        return self.first_wrong is None


def verify(
    folder: Path,
    progress: Progress | None = None,
    derive: Derive | None = None,
    enter: Enter | None = None,
    *,
    by: str = "",
    gives: Gives | None = None,
    proves: Proves | None = None,
) -> Verification:
    """Look for the first thing that is wrong in the ledger in ``folder``.

    Damage is reported, never raised; ``LedgerError`` if there is no ledger or a newer version wrote it. While
    it runs no other process can write; if one is writing already, what is there so far is checked, without the
    seal. ``derive`` gives what the views must hold, ``enter`` the copies; without them only the seal vouches for those.
    ``by`` names the versions of the rules that ``derive`` follows: views made by others are not compared.
    ``gives`` and ``proves`` check exchanges and time stamps (see ``custody``).
    """
    look(folder)
    lock = Lock.share(folder)
    try:
        following = Following(Captures(folder), gives, proves)
        return _Check(folder, progress or _silent, following, writing=lock is None, by=by).run(derive, enter)
    finally:
        if lock is not None:
            lock.release()


def _silent(what: str, done: int, total: int | None) -> None:
    """Progress that nobody asked for."""


class _Check:
    """One verification on its way."""

    def __init__(
        self, folder: Path, progress: Progress, following: Following, *, writing: bool, by: str
    ) -> None:
        self.folder = folder
        self.progress = progress
        self.following = following
        self.writing = writing
        self.by = by
        self.entries = 0
        self.files = 0
        self.notes: list[str] = []

    def run(self, derive: Derive | None, enter: Enter | None) -> Verification:
        """All checks, the most telling first: journal, captures, then database structure, views and seal."""
        seal, doubt = self._look_at_seal()
        self._look_at_names()
        wrong = self._contents(seal, derive, enter, doubt)
        if wrong is None and doubt:
            wrong = f"{doubt}. {_REBUILD}"
        wrong = wrong or self._looks() or self._blocks(seal)
        return Verification(self.entries, self.files, wrong, tuple(self.notes), self.following.found())

    def _look_at_seal(self) -> tuple[Seal | None, str | None]:
        self.progress("seal", 0, None)
        if self.writing:
            self.notes.append(
                "The ledger is being written to now: what is there was checked, without the seal."
            )
            return None, None
        seal, doubt = seals.examine(self.folder)
        lock = self.folder / LOCK
        if doubt is None and lock.exists() and lock.stat().st_size:
            doubt = f"{lock} should be empty and is not"
        return seal, doubt

    def _blocks(self, seal: Seal | None) -> str | None:
        """What is wrong with the digests of blocks, if they are kept beside a closed seal."""
        if self.writing or seal is None or seal.state == "open" or not seal.tree:
            return None
        fault = blocks.fault(self.folder, seal.tree)
        return f"{fault}." if fault else None

    def _looks(self) -> str | None:
        """What is wrong with the list of looks, if one is kept."""
        try:
            for _ in Looks(self.folder).all():
                pass
        except DamagedLedger as error:
            return str(error)
        return None

    def _look_at_names(self) -> None:
        for child in sorted(self.folder.iterdir()):
            if child.name not in _KNOWN and not child.name.startswith(_BEGUN):
                self.notes.append(f"{child} is not part of the ledger and was not looked at.")

    def _contents(
        self, seal: Seal | None, derive: Derive | None, enter: Enter | None, doubt: str | None
    ) -> str | None:
        try:
            self._open_and_check(seal, derive, enter)
        except Wrong as wrong:
            return str(wrong)
        except _UNREADABLE as error:
            if doubt is None and not isinstance(error, SQLAlchemyError | DamagedLedger):
                raise  # nothing says that bytes were damaged: a newer version's ledger, or a bug
            return f"{doubt or self.folder / database.NAME}; it cannot be read on ({_first_line(error)}). {_COPY}"
        return None

    def _open_and_check(self, seal: Seal | None, derive: Derive | None, enter: Enter | None) -> None:
        quiet = not self.writing and (seal is None or seal.state == "closed")  # so nobody changes the file
        opened = database.still(self.folder) if quiet else database.reader(self.folder)
        try:
            check_format(opened)
            with opened.reading() as connection:
                self._journal(connection, seal)
                self._captures(journal.counts(connection).get("capture", 0))
                self._stamps(connection)
                self._structure(connection)
                if self._views_are_due(connection):
                    self._copies(connection, enter, opened.reading)
                    self._views(derive, connection, opened.reading)
        finally:
            opened.close()

    def _journal(self, connection: Connection, seal: Seal | None) -> None:
        captures = Captures(self.folder)
        total, _ = journal.head(connection)
        for line, record in entries_checked(connection):
            self.entries = line.seq
            _present(captures, line, record)
            self._follow(line, record)
            if line.seq % 200 == 0:
                self.progress("journal", line.seq, total)
        self.progress("journal", self.entries, total)
        if seal is None:
            return
        if fault := journal.fault_against(connection, seal.entries, seal.head):
            raise Wrong(f"In {self.folder / database.NAME}, {fault}. {_COPY}")
        newer = self.entries - seal.entries
        if seal.state == "closed" and newer:
            raise Wrong(f"The journal has {newer} entries that came after the ledger was sealed. {_COPY}")
        if seal.state == "open":
            since = "1 entry is" if newer == 1 else f"{newer} entries are"
            self.notes.append(
                f"The ledger was not sealed since the last unclean stop: {since} newer than the seal. "
                "The chain and the digests vouch for them; the next command that writes seals again."
            )

    def _captures(self, total: int) -> None:
        captures = Captures(self.folder)
        if left := captures.unfinished():
            self.notes.append(
                f"{left} unfinished capture files of a stopped run will be cleared by the next writer."
            )
        for path in captures.files():
            if not captures.is_named(path):
                self.notes.append(f"{path} is not a capture file and was not looked at.")
                continue
            if sha256_file(path)[0] != path.name:
                raise Wrong(
                    f"The capture file {path} has been altered: its bytes do not have the SHA-256 of its name. "
                    "Restore it from a copy of the ledger."
                )
            self.files += 1
            if self.files % 50 == 0:
                self.progress("captures", self.files, total)
        self.progress("captures", self.files, total)

    def _follow(self, line: Entry, record: Record) -> None:
        try:
            fault = self.following.take(line, record)
        except DamagedLedger as error:
            raise Wrong(str(error)) from error
        if fault:
            raise Wrong(f"Entry {line.seq} of the journal ({line.kind} {line.id}) {fault}. {_COPY}")

    def _stamps(self, connection: Connection) -> None:
        self.progress("time stamps", 0, None)
        if fault := self.following.stamps(connection):
            raise Wrong(f"{fault}. {_COPY}")
        if self.following.unread:
            self.notes.append(f"Not every exchange was checked. {self.following.unread}")
        if self.following.unproven:
            self.notes.append(f"OpenTimestamps proofs were not checked. {self.following.unproven}")
        if self.following.missing:
            self.notes.append(
                f"The answers of time-stamp authorities were not checked. {self.following.missing}"
            )

    def _structure(self, connection: Connection) -> None:
        self.progress("database", 0, None)
        if connection.dialect.name != "sqlite":
            return
        found: Any = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if found != "ok":
            raise Wrong(f"{self.folder / database.NAME} is not whole as a database ({found}). {_REBUILD}")

    def _views_are_due(self, connection: Connection) -> bool:
        """Whether what is derived must be what the journal and these rules give; a note says why it need not be."""
        state, ground = views.state(connection), journal.ground(connection)
        if state is None:
            if ground[0]:
                self.notes.append("No views were derived yet: run `bearwitness update`.")
        elif state[0] != ground:
            self.notes.append("The views are older than the journal: run `bearwitness update`.")
        elif state[1] != self.by:
            self.notes.append("Other versions of the rules derived the views: run `bearwitness update`.")
        else:
            return True
        return False

    def _copies(self, connection: Connection, enter: Enter | None, reading: current.Connect) -> None:
        """Enter all reports again, into tables of a file of its own, and compare row by row: memory stays flat."""
        if enter is None:
            return
        with tempfile.TemporaryDirectory(prefix="bearwitness-") as folder:
            beside = database.writer(Path(folder))
            try:
                with beside.writing() as other:
                    schema.metadata.create_all(other, tables=(*schema.COPIES, schema.stirred))
                    reports = cast(Iterator[Report], current.stream(reading, current.reports()))
                    enter(Lists(other), reports, lambda keys: copies.by_keys(connection, keys))
                    for table in schema.COPIES:
                        there, wanted = (views.rows(one, (table,)) for one in (connection, other))
                        for number, (row, right) in enumerate(zip_longest(there, wanted), 1):
                            if row != right:
                                raise Wrong(
                                    f"Row {number:,} of the {table.name} table is not what the reports give. {_REBUILD}"
                                )
            finally:
                beside.close()

    def _views(self, derive: Derive | None, connection: Connection, reading: current.Connect) -> None:
        if derive is None:
            return
        expected = dict(map(_keyed, views.lines(*derive(), current.readings(reading))))
        for number, (key, sha) in enumerate(map(_keyed, views.rows(connection)), 1):
            if number % 500 == 0:
                self.progress("views", number, len(expected))
            if expected.pop(key, None) != sha:
                raise Wrong(
                    f"The row {' '.join(key)} of the views is not what the journal derives. {_REBUILD}"
                )
        if expected:
            raise Wrong(f"The row {' '.join(min(expected))} is missing from the views. {_REBUILD}")
        if fault := views.count_fault(connection):
            raise Wrong(f"In the views {fault}. {_REBUILD}")


def _keyed(line: views.Line) -> tuple[tuple[str, ...], str]:
    table, row = line
    key = (table.name, *(str(row[column.name]) for column in table.primary_key.columns))
    return key, digest(views.line_text(table, row).encode())


def _first_line(error: BaseException) -> str:
    lines = str(error).splitlines()
    return f"{lines[0][:150]}…" if lines and len(lines[0]) > 150 else (lines or [type(error).__name__])[0]


def _present(captures: Captures, line: Entry, record: Record) -> None:
    """``Wrong`` unless every file that ``record`` rests on is there and as long as it should be."""
    of = record.source if isinstance(record, Capture) else f"{line.kind} {line.id}"
    for sha256, expected in files_of(record):
        path = captures.path(sha256)
        if not path.is_file():
            raise Wrong(f"The capture file {path} of entry {line.seq} ({of}) is missing. {_COPY}")
        if (size := path.stat().st_size) != expected:
            raise Wrong(
                f"The capture file {path} of entry {line.seq} ({of}) has {size:,} bytes where "
                f"{expected:,} were received. Restore it from a copy of the ledger."
            )


def entries_checked(connection: Connection) -> Iterator[tuple[Entry, Record]]:
    """Every entry of the journal in order, with its record, after checking all that follows from it.

    Raises ``Wrong`` at the first entry that is not sound, ``LedgerError`` for a kind of a newer version.
    """
    law = SpanLaw(lambda id: _report(connection, id))
    query = schema.entry.select()
    after, previous, limit = 0, GENESIS, 8
    while page := journal.page(connection, query, after, limit):
        built_on: set[str] = set()
        records: list[Record] = []
        for line in page:
            record = _sound(line, after + 1, previous)
            after, previous = line.seq, line.hash
            built_on.update(names(record))
            records.append(record)
        there = {id for _, id in journal.present(connection, built_on)}
        for line, record in zip(page, records, strict=True):
            _consistent(line, record, there, law)
            yield line, record
        limit = journal.next_limit(page)


def _sound(line: Entry, seq: int, previous: str) -> Record:
    """The record of an entry that stands where it should and says what it said when it was appended."""
    if line.seq != seq:
        raise Wrong(f"Entry {seq} of the journal is missing; after entry {seq - 1} comes {line.seq}. {_COPY}")
    where = f"Entry {seq} of the journal ({line.kind} {line.id})"
    if chain_hash(line) != line.hash:
        raise Wrong(f"{where} has been altered: it does not match its hash. {_COPY}")
    if line.previous != previous:
        raise Wrong(f"{where} does not follow from entry {seq - 1}: the chain is broken. {_COPY}")
    try:
        record = decode_body(line.kind, line.body)
    except msgspec.MsgspecError as error:
        raise Wrong(f"{where} cannot be read: {error}. {_COPY}") from error
    if not line.id == record.id == record.identity():
        raise Wrong(f"{where} has an id that does not follow from what it says. {_COPY}")
    same = (body_of(record), parent_of(record), reader_of(record)) == (line.body, line.parent, line.reader)
    if not same or not _INSTANT.fullmatch(line.recorded_at):
        raise Wrong(f"{where} has columns that do not follow from its record. {_COPY}")
    return record


def _consistent(line: Entry, record: Record, there: set[str], law: SpanLaw) -> None:
    where = f"Entry {line.seq} of the journal ({line.kind} {line.id})"
    absent = [id for id in names(record) if id not in there]
    if absent:
        raise Wrong(f"{where} builds on {absent[0]}, which is not in the journal. {_COPY}")
    if fault := law.fault(record):
        raise Wrong(f"{where} breaks the span law: {fault}. {_COPY}")


def _report(connection: Connection, id: str) -> Report | None:
    found = journal.get_many(connection, [id]).get(id)
    return found if isinstance(found, Report) else None
