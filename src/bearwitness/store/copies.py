"""The derived tables of copies: a list of reports for each mark, and the copies found. They grow as reports come in.

``bearwitness.copies`` says what the lists are for. A report's key in them is the beginning of its id, by which the journal
finds it again. Every question costs the same however many reports there are.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, Select, and_, bindparam, select

from ..errors import DamagedLedger
from ..provenance import Copy
from ..record import Report, canonical
from . import current, journal, links
from .among import Among
from .kinds import decode
from .nearest import neighbours
from .schema import COPIES, copied, derived_from, entry, mark, sketch

_NAME = "copies"  # the row of ``derived_from``
_DIGITS = 15  # of an id's hexadecimal digits, sixty bits
_CHUNK = 100  # lists asked for in one statement
_OF = tuple(Among(select(copied), side) for side in (copied.c.first, copied.c.second))
_WITH_KEY = (
    select(entry).where(entry.c.id >= bindparam("first"), entry.c.id < bindparam("last")).order_by(entry.c.id)
)
_COPY = msgspec.json.Decoder(Copy, strict=True)
_NEAR = """SELECT * FROM (SELECT {at} AS place, {side} AS side, report FROM mark
WHERE mark = :mark{at} AND report {than} :key ORDER BY report {order} LIMIT :reach) AS near_{at}_{side}"""


class Lists:
    """Lists and copies over one connection; what is written is kept with its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def around(
        self, marks: Collection[int], key: int, reach: int
    ) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """The neighbours that ``key`` would have in the list of each of ``marks``: before and after, nearest first."""
        found: list[tuple[list[int], list[int]]] = []
        for part in journal.chunks(sorted(marks), _CHUNK):
            places: list[tuple[list[int], list[int]]] = [([], []) for _ in part]
            values = {f"mark{at}": value for at, value in enumerate(part)} | {"key": key, "reach": reach}
            for place, side, report in self._connection.execute(neighbours(_NEAR, len(part)), values):
                places[place][side].append(report)
            found += places
        return [(tuple(sorted(before, reverse=True)), tuple(sorted(after))) for before, after in found]

    def enter(self, marks: Collection[int], outlet: str, key: int) -> None:
        """Put ``key`` into those lists, and keep both for ``sketches``."""
        ordered = sorted(marks)
        if ordered:
            self._connection.execute(mark.insert(), [{"mark": one, "report": key} for one in ordered])
        row = {"report": key, "marks": struct.pack(f"<{len(ordered)}q", *ordered), "outlet": outlet}
        self._connection.execute(sketch.insert(), [row])

    def sketches(self, keys: Collection[int]) -> list[tuple[int, Collection[int], str]]:
        """The marks and the outlet of each of those reports."""
        found: list[tuple[int, Collection[int], str]] = []
        for part in journal.chunks(sorted(keys)):
            for row in self._connection.execute(select(sketch).where(sketch.c.report.in_(part))):
                marks = frozenset(one for (one,) in struct.iter_unpack("<q", row.marks))
                found.append((row.report, marks, row.outlet))
        return found

    def loosen(self, pairs: Mapping[tuple[int, int], int]) -> None:
        """Take off as many supports of those pairs; a copy without support is let go."""
        c = copied.c
        for part in journal.chunks(sorted({first for first, _ in pairs})):
            query = select(c.first, c.second, c.support).where(c.first.in_(part))
            for first, second, support in self._connection.execute(query).all():
                if (first, second) not in pairs:
                    continue
                this, left = and_(c.first == first, c.second == second), support - pairs[first, second]
                if left <= 0:
                    links.stir(self._connection, (first, second))
                self._connection.execute(
                    copied.update().where(this).values(support=left)
                    if left > 0
                    else copied.delete().where(this)
                )

    def keep(self, copies: Iterable[tuple[Copy, int]]) -> None:
        """Keep copies with the number of lists that support each."""
        found = list(copies)
        ends = [_key(report) for copy, _ in found for report in (copy.first, copy.second)]
        links.stir(self._connection, ends)
        rows = [
            {
                "first": _key(copy.first),
                "second": _key(copy.second),
                "support": support,
                "body": canonical(copy).decode(),
            }
            for copy, support in found
        ]
        if rows:
            self._connection.execute(copied.insert(), rows)


def _key(report: str) -> int:
    return int(report[1 : _DIGITS + 1], 16)


def by_keys(connection: Connection, keys: Iterable[int]) -> list[Report]:
    """The reports with those keys, in the order of their ids. One key at a time: for a list of beginnings SQLite goes over all ids."""
    found: list[Report] = []
    for key in sorted(set(keys)):
        begin = f"r{key:0{_DIGITS}x}"
        rows = connection.execute(_WITH_KEY, {"first": begin, "last": begin + "z"})
        found += [cast(Report, decode(journal.as_entry(row))) for row in rows]
    return found


def state(connection: Connection) -> tuple[int, str] | None:
    """Up to which entry of the journal reports were entered, and by which rules; ``None`` if never."""
    row = connection.execute(select(derived_from).where(derived_from.c.name == _NAME)).first()
    return (row.entries, row.derived_by) if row else None


def hold(connection: Connection, by: str) -> bool:
    """Whether what was entered, if anything, still counts: by those rules, and no report in the place of an older."""
    done = state(connection)
    if done is None:
        return True
    newer, older = entry.alias("newer"), entry.alias("older")
    replaced = select(older.c.seq).where(
        older.c.parent == newer.c.parent, older.c.kind == "report", older.c.seq <= done[0]
    )
    query = select(newer.c.seq).where(newer.c.kind == "report", newer.c.seq > done[0], replaced.exists())
    return done[1] == by and connection.execute(query.limit(1)).first() is None


def drop(connection: Connection) -> None:
    """Take out all that was entered; linking starts anew with what will be."""
    links.drop(connection)
    for table in COPIES:
        connection.execute(table.delete())
    connection.execute(derived_from.delete().where(derived_from.c.name == _NAME))


def waiting(connection: Connection) -> Select[Any]:
    """The reports that count and were not entered."""
    done = state(connection)
    return current.reports().where(entry.c.seq > (done[0] if done else 0))


def note(connection: Connection, last: str, by: str) -> None:
    """Note that all reports up to that of id ``last`` were entered."""
    line = connection.execute(select(entry.c.seq, entry.c.hash).where(entry.c.id == last)).one()
    connection.execute(derived_from.delete().where(derived_from.c.name == _NAME))
    connection.execute(
        derived_from.insert(), [{"name": _NAME, "entries": line.seq, "head": line.hash, "derived_by": by}]
    )


def every(connection: Connection) -> Iterator[Copy]:
    """All copies, in the order of their reports, streamed."""
    query = select(copied.c.body).order_by(copied.c.first, copied.c.second).execution_options(yield_per=500)
    return (_read(row.body) for row in connection.execute(query))


def of(connection: Connection, reports: Iterable[str]) -> list[Copy]:
    """The copies that any of ``reports`` is one of, in the order of their reports."""
    found: dict[tuple[int, int], Copy] = {}
    keys = set(map(_key, reports))
    for side in _OF:
        for row in side(connection, keys):
            found[row.first, row.second] = _read(row.body)
    return [found[pair] for pair in sorted(found)]


def _read(body: str) -> Copy:
    try:
        return _COPY.decode(body)
    except msgspec.MsgspecError as error:
        raise DamagedLedger(
            f"A row of the ledger's copies cannot be read ({error}). Run `bearwitness verify`, then "
            "`bearwitness rebuild`."
        ) from error
