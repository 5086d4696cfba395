"""Making, opening and closing a ledger's folder: lock, seal, database, leftovers of a killed run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ..errors import DamagedLedger, LedgerError
from . import blocks, database, journal, links, schema
from . import seal as seals
from .captures import FOLDER as CAPTURES
from .captures import Captures
from .database import Database
from .files import sync_folder
from .form import check_format, check_length, look
from .lock import NAME as LOCK
from .lock import Lock
from .mend import new_file
from .seal import Seal

Clock = Callable[[], datetime]
_NEW = database.NAME + ".new"
_BEGUN = {CAPTURES, LOCK, seals.NAME, seals.TEMPORARY}


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def stamp(clock: Clock) -> str:
    """The clock's time as RFC 3339 in UTC, to the second."""
    return clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def create(path: Path, clock: Clock) -> None:
    """Make an empty, sealed ledger. A creation that was killed half way can be run again."""
    if (path / database.NAME).exists():
        raise LedgerError(f"There is a ledger in {path} already. Use it, or name another folder.")
    if path.exists() and not path.is_dir():
        raise LedgerError(f"{path} is a file; a ledger is a folder. Name a folder that is new or empty.")
    try:
        path.mkdir(parents=True, exist_ok=True)
        names = {child.name for child in path.iterdir() if not child.name.startswith(_NEW)}
        strangers = sorted(names - _BEGUN)
        if strangers:
            raise LedgerError(
                f"The folder {path} is not empty (it holds {strangers[0]}). Name a folder that is new or empty."
            )
        lock = Lock.write(path)
    except OSError as error:
        raise LedgerError(f"No ledger can be made in {path}: {error.strerror}.") from error
    try:
        Captures(path).create()
        _drop_new(path)
        fresh = database.writer(path, _NEW)
        with fresh.writing() as connection:
            schema.create(connection, stamp(clock))
            entries, head = journal.head(connection)
        whole = database.checkpoint(fresh)
        fresh.close()
        if not whole:
            raise LedgerError(f"No ledger can be made in {path}: the disk may be full.")
        seals.write(path, seals.take(path, entries, head, stamp(clock), name=_NEW))
        (path / _NEW).rename(path / database.NAME)
        sync_folder(path)
    except OSError as error:
        raise LedgerError(f"No ledger can be made in {path}: {error.strerror}.") from error
    finally:
        lock.release()


def _drop_new(path: Path) -> None:
    for file in path.glob(f"{_NEW}*"):
        file.unlink()


class Folder:
    """An opened ledger folder. ``lock`` is ``None`` for a reader."""

    def __init__(self, path: Path, lock: Lock | None, clock: Clock = now) -> None:
        self.path = path
        self.lock = lock
        self.closed = False
        self._clock = clock
        self._sealed: Seal | None = None
        self._watch: blocks.Watch | None = None
        self._database: Database | None = None

    @property
    def database(self) -> Database:
        """The connections; a reader's are made when first asked for."""
        if self._database is None:
            self._database = database.reader(self.path)
        return self._database

    @classmethod
    def for_reading(cls, path: Path) -> Folder:
        """Open without a lock and without changing anything."""
        look(path)
        folder = cls(path, None)
        try:
            check_format(folder.database)
        except BaseException:
            folder.close()
            raise
        return folder

    @classmethod
    def for_writing(cls, path: Path, clock: Clock, *, mend: bool) -> Folder:
        """Take the lock, check the seal, clear leftovers, mark the seal as open, connect."""
        look(path)
        folder = cls(path, Lock.write(path), clock)
        try:
            folder._start(mend)
        except BaseException:
            folder._put_away()
            raise
        return folder

    def _start(self, mend: bool) -> None:
        seal, fault = seals.examine(self.path, closely=False)
        if seal is None or fault:
            if not mend:
                raise DamagedLedger(
                    f"{fault}. Nothing was changed. Run `bearwitness verify` to see what is damaged; if the "
                    "journal is sound, `bearwitness rebuild` mends the rest."
                )
            _drop_new(self.path)
            entries, head = new_file(self.path, seal, _NEW)
            seal = seals.take(self.path, entries, head, stamp(self._clock))
        check_format(self.database)
        check_length(self.database, seal)
        self.pause()
        _drop_new(self.path)
        Captures(self.path).clear()
        self._sealed = seal
        self._watch = blocks.Watch(self.path, seal.tree if seal.state == "closed" else "")
        seals.write(self.path, msgspec.structs.replace(seal, state="open"))
        self._database = database.writer(self.path, watch=self._watch.look)
        with self._database.writing() as connection:
            links.prepare(connection)

    def pause(self) -> None:
        """Close a reader's connections; they are made again when asked for."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def close(self) -> None:
        """Close; a writer empties the log and writes the seal."""
        if self.closed:
            return
        try:
            if self.lock is not None:
                self._finish()
        finally:
            self._put_away()

    def _finish(self) -> None:
        assert self._sealed is not None
        assert self._watch is not None
        with self.database.reading() as connection:
            entries, head = journal.head(connection)
        emptied = database.checkpoint(self.database)
        self.pause()
        if not emptied:
            return  # a reader of another process stands in the way; the seal stays open and the next writer closes it
        if self._sealed.sha256 and self._sealed.state == "closed" and not self._watch.wrote:
            seals.write(self.path, self._sealed)
            return
        seal = seals.of(self._watch.seal(), entries, head, stamp(self._clock))
        same = (seal.tree, seal.entries) == (self._sealed.tree, self._sealed.entries)
        seals.write(self.path, msgspec.structs.replace(self._sealed, state="closed") if same else seal)
        if self._watch.altered:
            raise DamagedLedger(
                f"Something else than bearwitness altered {self.path / database.NAME} since it was sealed at "
                f"{self._sealed.sealed_at}. What was appended is kept. Run `bearwitness verify` to see what is "
                "damaged; if the journal is sound, `bearwitness rebuild` mends the rest."
            )

    def _put_away(self) -> None:
        self.pause()
        if self._watch is not None:
            self._watch.close()
        if self.lock is not None:
            self.lock.release()
        self.closed = True
