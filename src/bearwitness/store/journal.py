"""Appending to the journal and reading it, over one connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, func, select

from ..record import Record, Report
from .among import Among
from .door import SpanLaw, admit, names
from .insert import insert
from .kinds import BESIDE, GENESIS, Entry, decode, entry_of, kind_of
from .schema import entry

T = TypeVar("T")
_ENTRIES = Among(select(entry), entry.c.id)
_NAMES = Among(select(entry.c.kind, entry.c.id), entry.c.id)
_CHUNK = 400  # entries handled at once; also below what a statement can take as parameters
_PAGE_CHARACTERS = 4_000_000  # aim of one page when streaming, so that memory stays flat with long reports


def head(connection: Connection) -> tuple[int, str]:
    """How many entries there are, and the hash of the last."""
    row = connection.execute(select(entry.c.seq, entry.c.hash).order_by(entry.c.seq.desc()).limit(1)).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def ground(connection: Connection) -> tuple[int, str]:
    """The place and the hash of the last entry from which conclusions follow: what the views are derived from."""
    query = select(entry.c.seq, entry.c.hash).where(entry.c.kind.not_in(BESIDE))
    row = connection.execute(query.order_by(entry.c.seq.desc()).limit(1)).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def grew(connection: Connection, after: int) -> bool:
    """Whether anything but time stamps and proofs stands behind that place."""
    query = select(entry.c.seq).where(entry.c.seq > after, entry.c.kind.not_in(("stamp", "proof"))).limit(1)
    return connection.execute(query).first() is not None


def place(connection: Connection, id: str) -> tuple[int, str] | None:
    """At which place the record of that id stands, and its entry's hash."""
    row = connection.execute(select(entry.c.seq, entry.c.hash).where(entry.c.id == id).limit(1)).first()
    return (row.seq, row.hash) if row else None


def append(connection: Connection, records: Iterable[Record], recorded_at: str) -> int:
    """Journal the records that are new, in order, and return how many were.

    Raises ``ValueError`` for a record that may not be kept (see ``door``).
    """
    seq, previous = head(connection)
    first = seq
    rest = iter(records)
    while chunk := list(islice(rest, _CHUNK)):
        entries = []
        for record, body in _admitted(connection, chunk):
            line = entry_of(record, body, seq + 1, recorded_at, previous)
            seq, previous = line.seq, line.hash
            entries.append(line._asdict())
        if entries:
            insert(connection, entry, entries)
    return seq - first


def _admitted(connection: Connection, chunk: list[Record]) -> Iterator[tuple[Record, str]]:
    """The records of ``chunk`` that are new, each once, with their bodies."""
    ids = {(kind_of(record), record.id) for record in chunk}
    built_on = {name for record in chunk for name in names(record)}
    known = present(connection, {id for _, id in ids} | built_on)
    there = {id for _, id in known}
    reports = {record.id: record for record in chunk if isinstance(record, Report)}
    law = SpanLaw(lambda id: reports.get(id) or _report(connection, id))
    for record in chunk:
        name = (kind_of(record), record.id)
        if name in known:
            continue
        body = admit(record)
        absent = [id for id in names(record) if id not in there]
        fault = f"{absent[0]}, which it builds on, is not in the journal" if absent else law.fault(record)
        if fault:
            raise ValueError(f"{type(record).__name__} {record.id}: {fault}")
        known.add(name)
        there.add(record.id)
        yield record, body


def present(connection: Connection, ids: Iterable[str]) -> set[tuple[str, str]]:
    """Which of ``ids`` are journalled: (kind, id)."""
    found: set[tuple[str, str]] = set()
    found.update((row[0], row[1]) for row in _NAMES(connection, ids))
    return found


def chunks(values: Sequence[T], size: int = _CHUNK) -> Iterator[Sequence[T]]:
    """``values`` in pieces that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def as_entry(row: Row[Any]) -> Entry:
    """A row of the journal as an ``Entry``."""
    return Entry._make(row)


def get_many(connection: Connection, ids: Iterable[str]) -> dict[str, Record]:
    """The journalled records of ``ids``; those that are not there are left out."""
    found: dict[str, Record] = {}
    for row in _ENTRIES(connection, ids):
        found[row[1]] = decode(as_entry(row))
    return found


def _report(connection: Connection, id: str) -> Report | None:
    record = get_many(connection, [id]).get(id)
    return record if isinstance(record, Report) else None


def recorded_at(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """When each of ``ids`` was journalled (RFC 3339)."""
    found: dict[str, str] = {}
    for part in chunks(sorted(set(ids))):
        rows = connection.execute(select(entry.c.id, entry.c.recorded_at).where(entry.c.id.in_(part)))
        found.update((row.id, row.recorded_at) for row in rows)
    return found


def find(connection: Connection, prefix: str, limit: int) -> list[str]:
    """Ids that begin with ``prefix``, in order."""
    query = select(entry.c.id).where(*begins(entry.c.id, prefix)).order_by(entry.c.id).limit(limit)
    return [row.id for row in connection.execute(query)]


def begins(column: Any, prefix: str) -> tuple[Any, Any]:
    """That ``column`` begins with ``prefix`` (letters and digits), said so that an index serves it."""
    return column >= prefix, column < prefix + "z"


def counts(connection: Connection, after: int | None = None) -> dict[str, int]:
    """How many entries there are of each kind, in all or behind that place."""
    query = select(entry.c.kind, func.count()).group_by(entry.c.kind).order_by(entry.c.kind)
    if after is not None:
        # Told not to go by the index of kinds, which would mean going over all of it.
        query = query.where(entry.c.seq > after).with_only_columns(entry.c.kind + "", func.count())
        query = query.group_by(None).order_by(None).group_by(entry.c.kind + "").order_by(entry.c.kind + "")
    return {row[0]: row[1] for row in connection.execute(query)}


def page(connection: Connection, query: Select[Any], after: int, limit: int) -> list[Entry]:
    """The next entries of ``query`` (over ``entry``) after that place."""
    rows = connection.execute(query.where(entry.c.seq > after).order_by(entry.c.seq).limit(limit))
    return [as_entry(row) for row in rows]


def next_limit(entries: Sequence[Entry]) -> int:
    """How many entries to take next, from how long the last ones were."""
    average = sum(len(line.body) for line in entries) / len(entries)
    return max(1, min(500, int(_PAGE_CHARACTERS / (average + 500))))


def fault_against(connection: Connection, entries: int, hash: str) -> str | None:
    """How the journal differs from one that had that many entries, the last with that hash; ``None`` if not."""
    if entries == 0:
        return None
    found = connection.execute(select(entry.c.hash).where(entry.c.seq == entries)).scalar_one_or_none()
    if found == hash:
        return None
    if found is None:
        length, _ = head(connection)
        return f"the journal ends with entry {length}, but had {entries} when it was sealed: entries were cut off"
    return f"entry {entries} of the journal is not the one that was sealed"
