"""Engines for the ledger's SQLite file, and plain words for what SQLite refuses.

Only the writer's engine may change the file. A reader takes the gentlest way that works: it never writes a
page back, also where a killed writer left a write-ahead log.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from ..errors import DamagedLedger, LedgerError

NAME = "ledger.sqlite"
LOG = NAME + "-wal"
SHARED = NAME + "-shm"
_LONG = 4_000_000  # bytes of the log from which on it is written back into the file between two transactions
_HELD = 32_000  # kilobytes of the file that a writer holds in memory: what is written in no order is then written less often
_PATIENCE = 30.0  # seconds to wait for another connection before "database is locked"


class Database:
    """An engine with what has to be put away after it."""

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        copy: tempfile.TemporaryDirectory[str] | None = None,
        watch: Callable[[], None] | None = None,
    ) -> None:
        self.engine = engine
        self.folder = folder
        self.watch = watch
        self._copy = copy

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger."""
        with explained(self.folder), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction: all is kept at the end, or nothing if an error leaves the block."""
        with (
            explained(self.folder),
            self.engine.connect() as connection,
            connection.execution_options(writing=True).begin(),
        ):
            yield connection
        if self.watch is not None:
            log = self.folder / LOG
            if log.exists() and log.stat().st_size > _LONG:
                checkpoint(self, "PASSIVE")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
        if self._copy is not None:
            self._copy.cleanup()


def writer(folder: Path, name: str = NAME, *, watch: Callable[[], None] | None = None) -> Database:
    """The engine of the one writer. Every commit is on the disk when it returns (synchronous=FULL, WAL).

    ``watch`` is called before the log is written back into the file, which then happens between transactions only.
    """
    pragmas = ["synchronous=FULL", "journal_mode=WAL"]
    if watch is not None:
        pragmas += ["wal_autocheckpoint=0", f"cache_size=-{_HELD}", f"journal_size_limit={_LONG}"]
    return Database(_engine(folder / name, "rwc", *pragmas), folder, watch=watch)


def reader(folder: Path) -> Database:
    """An engine that changes nothing, beside a writer or alone, also where the folder may not be written to."""
    path, log = folder / NAME, folder / LOG
    may_write = os.access(folder, os.W_OK) and os.access(path, os.W_OK)
    has_log = log.exists() and log.stat().st_size > 0
    if not has_log:
        if may_write:
            # An ordinary connection, told to change nothing, tidies its -wal and -shm away when it closes;
            # one opened with mode=ro leaves them. With an empty log there is nothing it could write back.
            return Database(_engine(path, "rw", "query_only=ON"), folder)
        return Database(_engine(path, "ro&immutable=1"), folder)
    if may_write or (folder / SHARED).exists():
        return Database(_engine(path, "ro"), folder)
    copy = tempfile.TemporaryDirectory(prefix="bearwitness-")
    for file in (path, log):
        shutil.copy(file, copy.name)
    return Database(_engine(Path(copy.name) / NAME, "rw", "query_only=ON"), folder, copy)


def still(folder: Path) -> Database:
    """An engine for a file that nobody changes now: nothing is written, not even beside it."""
    return Database(_engine(folder / NAME, "ro&immutable=1"), folder)


def _engine(path: Path, mode: str, *pragmas: str) -> Engine:
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in ("trusted_schema=OFF", "cell_size_check=ON", *pragmas):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def checkpoint(database: Database, how: str = "TRUNCATE") -> bool:
    """Write the log back into the file and (unless ``PASSIVE``) empty it; whether that was possible.

    A reader at work or a full disk may stand in the way. Nothing is lost by that: the log stays, and counts.
    """
    if database.watch is not None:
        database.watch()
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA wal_checkpoint({how})")
        row: Any = cursor.fetchone()
        cursor.close()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return row is not None and row[0] == 0


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what SQLite refuses for the operator's sake into ``LedgerError``; leave bugs as they are."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if "decode to UTF-8" in str(
            error.orig
        ):  # Python's own complaint about a damaged text, without a code
            code = sqlite3.SQLITE_CORRUPT
        words = _WORDS.get(code)
        if words is None:
            raise
        cls = DamagedLedger if code in _DAMAGE else LedgerError
        raise cls(f"The ledger {folder} {words} (SQLite: {str(error.orig)[:150]}).") from error


_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_AGAIN = "Nothing of this step was kept; run it again."
_VERIFY = "run `bearwitness verify` and restore it from a copy"
_WORDS: dict[int, str] = {
    sqlite3.SQLITE_BUSY: f"is held by another process. {_AGAIN}",
    sqlite3.SQLITE_LOCKED: f"is held by another part of this program. {_AGAIN}",
    sqlite3.SQLITE_READONLY: "may not be written to: check the permissions, or open it for reading",
    sqlite3.SQLITE_IOERR: f"could not be read or written: the disk may be full or failing. {_AGAIN}",
    sqlite3.SQLITE_FULL: f"could not grow: the disk is full. Make room. {_AGAIN}",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check the permissions of the folder and its files",
    sqlite3.SQLITE_CORRUPT: f"is damaged: {_VERIFY}",
    sqlite3.SQLITE_NOTADB: f"is damaged: its ledger.sqlite is not a database; {_VERIFY}",
}
