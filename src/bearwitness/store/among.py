"""One statement asked for many values: made once, since making it anew each time takes longer than the database does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Select, bindparam

_CHUNK = 400  # values named at once, below what a statement can take


class Among:
    """``statement`` where ``column`` is one of some values, a few hundred at a time, in order and each once."""

    def __init__(self, statement: Select[Any] | Delete, column: ColumnElement[Any]) -> None:
        self._statement = statement.where(column.in_(bindparam("among", expanding=True)))

    def __call__(self, connection: Connection, values: Iterable[Any]) -> Iterator[Any]:
        """The rows of a question."""
        for part in _parts(values):
            yield from connection.execute(self._statement, {"among": part}).all()

    def first(self, connection: Connection, values: Iterable[Any]) -> Iterator[Any]:
        """The first column of the rows of a question."""
        return (row[0] for row in self(connection, values))

    def run(self, connection: Connection, values: Iterable[Any]) -> int:
        """Do it; how many rows it was done to."""
        return sum(connection.execute(self._statement, {"among": part}).rowcount for part in _parts(values))


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(set(values))
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))
