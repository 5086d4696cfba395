"""What a ledger keeps of copies: the part of ``Ledger`` for them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection

from ..record import Report
from . import copies, current

if TYPE_CHECKING:
    from ..provenance import Copy
    from .database import Database


class CopyKeeping(ABC):
    """Which reports are copies of which, and the lists of marks by which more are found."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _for_writing(self) -> Database: ...

    def drop_copies(self, *, unless: str = "") -> None:
        """Forget all copies, unless they follow from the reports that count by the rules of that version."""
        with self._reading() as connection:
            keep = bool(unless) and copies.hold(connection, unless)
        if not keep:
            with self._for_writing().writing() as connection:
                copies.drop(connection)

    def unentered(self) -> Iterator[Report]:
        """Reports that count and were not entered into the lists of marks yet, in journal order, streamed."""
        with self._reading() as connection:
            query = copies.waiting(connection)
        return cast(Iterator[Report], current.stream(self._reading, query))

    @contextmanager
    def entering(self, last: str, *, by: str) -> Iterator[copies.Lists]:
        """The lists, to enter reports up to the one of id ``last`` by those rules, in one transaction."""
        with self._for_writing().writing() as connection:
            yield copies.Lists(connection)
            copies.note(connection, last, by)

    def reports_by_keys(self, keys: Iterable[int]) -> list[Report]:
        """The reports whose ids begin with those keys (see ``copies.key``), in order."""
        with self._reading() as connection:
            return copies.by_keys(connection, keys)

    def copies(self) -> Iterator[Copy]:
        """All copies that were found, in the order of their reports, streamed."""
        with self._reading() as connection:
            yield from copies.every(connection)

    def copies_of(self, reports: Iterable[str]) -> list[Copy]:
        """The copies that any of ``reports`` is one of."""
        with self._reading() as connection:
            return copies.of(connection, reports)
