"""What counts now: of each capture its last report, of each report its last reading. The rest stays journalled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from ..record import Capture, Claim, Mention, Reading, Record, Report
from ..visit import Hearsay, Sighting, Visit
from . import journal
from .among import Among
from .kinds import BESIDE, Entry, ReadingMark, decode
from .schema import derived_from, entry

Connect = Callable[[], AbstractContextManager[Connection]]
_MARKS = 8  # reports held at once; one may be large
_FIRST_PAGE = 8
_MADE = "made "  # begins the names of rows of ``derived_from``, before a kind of entry


def of_kind(kind: str, parent: str | None = None) -> Select[Any]:
    """All entries of a kind, or those of one parent."""
    query = select(entry).where(entry.c.kind == kind)
    return query if parent is None else query.where(entry.c.parent == parent)


def reports() -> Select[Any]:
    """The last report of each capture."""
    return of_kind("report").where(_is_last(entry))


def marks() -> Select[Any]:
    """The last reading mark of each report that counts."""
    report = entry.alias("report")
    counting = select(report.c.seq).where(
        report.c.id == entry.c.parent, report.c.kind == "report", _is_last(report)
    )
    return of_kind("reading").where(_is_last(entry), counting.exists())


def visits() -> Select[Any]:
    """The last visit of each page."""
    return of_kind("visit").where(_is_last(entry))


def last_visits(connection: Connection, pages: Sequence[str]) -> dict[str, Visit]:
    """The last visit of each of ``pages`` that was ever visited, by its address."""
    found: dict[str, Visit] = {}
    for part in journal.chunks(pages):
        for row in connection.execute(visits().where(entry.c.parent.in_(part))):
            visit = cast(Visit, decode(journal.as_entry(row)))
            found[visit.address] = visit
    return found


def visits_of(page: str) -> Select[Any]:
    """All visits of a page."""
    return of_kind("visit").where(entry.c.parent == page)


def hearsay_of(connection: Connection, page: str) -> list[Hearsay]:
    """What web archives say of visits of a page, in journal order."""
    query = of_kind("hearsay", page).order_by(entry.c.seq)
    return [cast(Hearsay, decode(journal.as_entry(row))) for row in connection.execute(query)]


def recent_visits(connection: Connection, page: str, most: int) -> list[Visit]:
    """The last visits of a page, the latest first."""
    query = visits_of(page).order_by(entry.c.seq.desc()).limit(most)
    return [cast(Visit, decode(journal.as_entry(row))) for row in connection.execute(query)]


def met_again(connection: Connection) -> list[str]:
    """The pages of which there are several captures, in order of their ids."""
    parent = entry.c.parent
    query = select(parent).where(entry.c.kind == "capture", parent.is_not(None)).group_by(parent)
    return [row.parent for row in connection.execute(query.having(func.count() > 1).order_by(parent))]


def captures_of(connection: Connection, page: str) -> list[Capture]:
    """The captures of a page, in journal order."""
    query = of_kind("capture").where(entry.c.parent == page).order_by(entry.c.seq)
    return [cast(Capture, decode(journal.as_entry(row))) for row in connection.execute(query)]


def sightings_of(connection: Connection, captures: Sequence[str]) -> list[Sighting]:
    """When captures were met again."""
    return [
        cast(Sighting, decode(journal.as_entry(row)))
        for part in journal.chunks(captures)
        for row in connection.execute(of_kind("sighting").where(entry.c.parent.in_(part)))
    ]


def reports_of(captures: Sequence[str]) -> Select[Any]:
    """The last report of each of ``captures``, of which there may be a few hundred."""
    return reports().where(entry.c.parent.in_(captures))


def _is_last(one: FromClause) -> ColumnElement[bool]:
    """That no later entry of the same kind has the same parent; an index answers it for each entry."""
    later = entry.alias()
    after = select(later.c.seq).where(
        later.c.parent == one.c.parent, later.c.kind == one.c.kind, later.c.seq > one.c.seq
    )
    return ~after.exists()


def without(query: Select[Any], kind: str, reader: str) -> Select[Any]:
    """Those entries of ``query`` from which ``reader`` has made no entry of that kind yet."""
    made = entry.alias("made")
    return query.where(
        ~select(made.c.seq)
        .where(made.c.parent == entry.c.id, made.c.kind == kind, made.c.reader == reader)
        .exists()
    )


def done(connection: Connection, kind: str, reader: str) -> int:
    """Up to which place of the journal ``reader`` is known to have made an entry of that kind of all that it should."""
    query = select(derived_from.c.entries).where(
        derived_from.c.name == _MADE + kind, derived_from.c.derived_by == reader
    )
    return int(connection.execute(query).scalar() or 0)


def note_done(connection: Connection, kind: str, reader: str, place: int) -> None:
    """Note that; the entry at ``place`` must be there."""
    head = connection.execute(select(entry.c.hash).where(entry.c.seq == place)).scalar_one()
    connection.execute(derived_from.delete().where(derived_from.c.name == _MADE + kind))
    row = {"name": _MADE + kind, "entries": place, "head": head, "derived_by": reader}
    connection.execute(derived_from.insert(), [row])


def stream(reading: Connect, query: Select[Any]) -> Iterator[Record]:
    """The records of ``query``, in journal order, a page at a time.

    No connection is held between pages, so that whoever reads may write meanwhile; entries made after the
    first page are not seen, and memory stays flat.
    """
    with reading() as connection:
        last, _ = journal.head(connection)
    bounded, after, limit = query.where(entry.c.seq <= last), 0, _FIRST_PAGE
    while True:
        with reading() as connection:
            page: list[Entry] = journal.page(connection, bounded, after, limit)
        if not page:
            return
        for line in page:
            yield decode(line)
        after, limit = page[-1].seq, journal.next_limit(page)


def mark_of(connection: Connection, report: str) -> ReadingMark | None:
    """The last reading mark of a report."""
    query = select(entry).where(entry.c.parent == report, entry.c.kind == "reading")
    row = connection.execute(query.order_by(entry.c.seq.desc()).limit(1)).first()
    return cast(ReadingMark, decode(journal.as_entry(row))) if row else None


def reading_from(mark: ReadingMark, records: dict[str, Record]) -> Reading:
    """What a mark stands for, given the records it names."""
    return Reading(
        mentions=tuple(cast(Mention, records[id]) for id in mark.mentions),
        claims=tuple(cast(Claim, records[id]) for id in mark.claims),
        problems=mark.problems,
    )


def readings(reading: Connect) -> Iterator[tuple[Report, Reading]]:
    """Every report that counts and was read, with its last reading, in the order of the readings."""
    for some in _grouped(stream(reading, marks()), _MARKS):
        named = [id for mark in some for id in (mark.report, *mark.mentions, *mark.claims)]
        with reading() as connection:
            records = journal.get_many(connection, named)
        for mark in some:
            yield cast(Report, records[mark.report]), reading_from(mark, records)


def readings_of(connection: Connection, reports: Iterable[str]) -> list[tuple[Report, Reading]]:
    """Those of ``reports`` that count and were read, with their last readings, in the order of the readings."""
    lines: list[Entry] = []
    lines += map(journal.as_entry, _MARKS_OF(connection, reports))
    some = [cast(ReadingMark, decode(line)) for line in sorted(lines)]
    named = [id for mark in some for id in (mark.report, *mark.mentions, *mark.claims)]
    records = journal.get_many(connection, named)
    return [(cast(Report, records[mark.report]), reading_from(mark, records)) for mark in some]


def news(connection: Connection, after: int, limit: int) -> list[tuple[str, str, str | None]]:
    """The kind, id and parent of what was journalled behind that place and from which conclusions may follow, the first ``limit``
    of it."""
    query = select(entry.c.kind, entry.c.id, entry.c.parent)
    query = query.where(entry.c.seq > after, entry.c.kind.not_in(BESIDE))
    rows = connection.execute(query.order_by(entry.c.seq).limit(limit))
    return [(row.kind, row.id, row.parent) for row in rows]


def pages_of(connection: Connection, captures: Iterable[str]) -> dict[str, str]:
    """The pages that those captures came from, by capture, for pages of which there are several captures."""
    found: dict[str, str] = {}
    found.update((row[0], row[1]) for row in _PAGES(connection, captures) if row[1])
    several = set(_SEVERAL.first(connection, found.values()))
    return {capture: page for capture, page in found.items() if page in several}


def _grouped(records: Iterable[Record], size: int) -> Iterator[list[ReadingMark]]:
    group: list[ReadingMark] = []
    for record in records:
        group.append(cast(ReadingMark, record))
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


_MARKS_OF = Among(marks(), entry.c.parent)
_PAGES = Among(select(entry.c.id, entry.c.parent).where(entry.c.kind == "capture"), entry.c.id)
_SEVERAL = Among(
    select(entry.c.parent).where(entry.c.kind == "capture").group_by(entry.c.parent).having(func.count() > 1),
    entry.c.parent,
)
