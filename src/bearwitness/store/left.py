"""What is left to do in a ledger: the part of ``Ledger`` for it. Asked of the part of the journal that is not known to be done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection

from ..record import Capture, Report
from . import current, journal
from .schema import entry

if TYPE_CHECKING:
    from .database import Database

_FEW = 1000  # entries of the journal that are looked at again rather than noted as done


class LeftToDo(ABC):
    """Captures without a report, and reports without a reading."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _for_writing(self) -> Database: ...

    def unreported(self, reader: str) -> Iterator[Capture]:
        """Captures of which ``reader`` (``read.READER``) has made no report yet, streamed."""
        after = self._done("report", reader)
        query = current.without(current.of_kind("capture").where(entry.c.seq > after), "report", reader)
        return cast(Iterator[Capture], current.stream(self._reading, query))

    def unread(self, reader: str) -> Iterator[Report]:
        """Reports that count and that ``reader`` (``extract.READER``) has not read yet, streamed."""
        after = self._done("reading", reader)
        query = current.without(current.reports().where(entry.c.seq > after), "reading", reader)
        return cast(Iterator[Report], current.stream(self._reading, query))

    def left(self, kind: str, made: str, reader: str) -> int:
        """How many more entries of ``kind`` there are than of those ``made`` of them, where the journal is not known to have both."""
        with self._reading() as connection:
            counts = journal.counts(connection, current.done(connection, made, reader))
        return counts.get(kind, 0) - counts.get(made, 0)

    def all_made(self, made: str, reader: str, place: int) -> None:
        """Note that ``reader`` has made a report of every capture (or a reading of every report) up to that place of the journal, so
        that these are not looked at again. Nothing is written while only few came since this was noted."""
        if place > self._done(made, reader) + _FEW:
            with self._for_writing().writing() as connection:
                current.note_done(connection, made, reader, place)

    def _done(self, made: str, reader: str) -> int:
        with self._reading() as connection:
            return current.done(connection, made, reader)
