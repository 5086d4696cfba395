"""Many rows at once, handed to the driver as they are: preparing each by itself takes longer than the database does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table

_BATCH = 500
_known: dict[tuple[str, str], tuple[str, tuple[str, ...]] | None] = {}


def insert(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert ``rows``, each with every column of ``table``."""
    statement = _statement(connection, table)
    rest = iter(rows)
    while some := list(islice(rest, _BATCH)):
        if statement is None:
            connection.execute(table.insert(), [dict(row) for row in some])
        else:
            sql, names = statement
            connection.exec_driver_sql(sql, [tuple([row[name] for name in names]) for row in some])


@contextmanager
def unindexed(connection: Connection, tables: Iterable[Table]) -> Iterator[None]:
    """Without the indexes of those tables, which are made at the end, in order: row by row in no order, every row of a large table
    would fetch a page of each and put it back."""
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda one: str(one.name))]
    for index in indexes:
        index.drop(connection, checkfirst=True)
    yield
    for index in indexes:
        index.create(connection)


def _statement(connection: Connection, table: Table) -> tuple[str, tuple[str, ...]] | None:
    """The statement in the driver's own words and the columns in its order; nothing if it takes them by name."""
    key = (connection.dialect.name, table.name)
    if key not in _known:
        made = table.insert().compile(
            dialect=connection.dialect, column_keys=[column.name for column in table.columns]
        )
        order = getattr(made, "positiontup", None)
        _known[key] = (str(made), tuple(order)) if order else None
    return _known[key]
