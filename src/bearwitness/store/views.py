"""The derived tables: incidents, their mentions, assessments by method, and claims in flat columns.

They hold conclusions only. ``replace`` writes all of them anew; what they then say follows from the journal
and from what the pipeline derived, never from what stood there before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, Table, case, func, select

from ..errors import DamagedLedger
from ..record import Assessment, Claim, EventKind, Grade, Incident, Reading, Report, Status, canonical
from . import journal
from .among import Among
from .insert import insert, unindexed
from .schema import VIEWS, assessment, claim, derived_from, incident, incident_mention, tally

NAME = "views"  # the row of ``derived_from``
_BATCH = 500
_TO_GRADE: tuple[Grade, ...] = ("contested", "confirmed", "fair", "discounted", "weak")
_INCIDENT = msgspec.json.Decoder(Incident, strict=True)
_ASSESSMENT = msgspec.json.Decoder(Assessment, strict=True)

T = TypeVar("T")
_BODIES = Among(select(incident.c.id, incident.c.body), incident.c.id)
_INCIDENTS = Among(
    select(incident_mention.c.mention, incident_mention.c.incident), incident_mention.c.mention
)
_GONE = {
    column: Among(column.table.delete(), column)
    for column in (
        incident.c.id,
        incident_mention.c.incident,
        incident_mention.c.mention,
        assessment.c.incident,
        claim.c.report,
    )
}
Line = tuple[Table, dict[str, Any]]
"""One row of one derived table."""


class IncidentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the incident list; tolls, grade and origins are those of the method asked for, or ``None``.

    ``killed_open`` and ``injured_open`` say that the true number may lie above the high one ("at least 41").
    """

    id: str
    date: str | None
    kind: EventKind
    status: Status
    title: str
    place: str | None
    site: str | None
    country: str | None
    developing: bool
    mentions: int
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_open: bool | None
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    injured_open: bool | None
    grade: Grade | None
    contested: bool | None
    origins: int | None


def lines(
    incidents: Iterable[Incident],
    assessments: Iterable[Assessment],
    readings: Iterable[tuple[Report, Reading]],
) -> Iterator[Line]:
    """Every row the derived tables must hold; the assessments are asked for first."""
    for weighed in assessments:
        yield assessment, _assessment_row(weighed)
    incident_of: dict[str, str] = {}
    for one in incidents:
        yield incident, _incident_row(one)
        for position, mention in enumerate(one.mentions):
            incident_of[mention] = one.id
            yield incident_mention, {"mention": mention, "incident": one.id, "position": position}
    for report, reading in readings:
        for said in reading.claims:
            yield claim, _claim_row(said, report, incident_of.get(said.mention))


def replace(connection: Connection, rows: Iterable[Line], by: str) -> None:
    """Write all derived tables anew from ``rows``; note the state of the journal they follow from and by what."""
    for table in VIEWS:
        connection.execute(table.delete())
    rest = iter(rows)
    with unindexed(connection, VIEWS):
        while batch := list(islice(rest, _BATCH)):
            for table in VIEWS:
                insert(connection, table, (row for of, row in batch if of is table))
    _counted(connection, _count(connection))
    _note(connection, by)


def _note(connection: Connection, by: str) -> None:
    entries, head = journal.ground(connection)
    connection.execute(derived_from.delete().where(derived_from.c.name == NAME))
    connection.execute(
        derived_from.insert(), [{"name": NAME, "entries": entries, "head": head, "derived_by": by}]
    )


class Change(NamedTuple):
    """What is to be written into derived tables that were right before: incidents that are ``gone``; those of other mentions than
    before (``regrouped``) and those of the same that say something else (``rewritten``); the assessments of some; and the reports
    whose claims are written anew, with the readings that count now."""

    gone: Collection[str]
    regrouped: Sequence[Incident]
    rewritten: Sequence[Incident]
    assessments: Sequence[Assessment]
    reports: Collection[str]
    readings: Sequence[tuple[Report, Reading]]


def amend(connection: Connection, change: Change, by: str) -> None:
    """Write a change; the rows that it does not name stay. Note the state of the journal as ``replace`` does."""
    grouped = sorted({*change.gone, *(one.id for one in change.regrouped)})
    written = sorted({*grouped, *(one.id for one in change.rewritten)})
    weighed = sorted({*change.gone, *(one.incident for one in change.assessments)})
    of = {name: one.id for one in change.regrouped for name in one.mentions}
    count = incident_count(connection)
    count -= _GONE[incident.c.id].run(connection, written)
    for column, values in (
        (incident_mention.c.incident, grouped),
        (incident_mention.c.mention, sorted(of)),
        (assessment.c.incident, weighed),
        (claim.c.report, sorted(change.reports)),
    ):
        _GONE[column].run(connection, values)
    _counted(connection, count + len(change.regrouped) + len(change.rewritten))
    insert(connection, incident, map(_incident_row, (*change.regrouped, *change.rewritten)))
    insert(
        connection,
        incident_mention,
        (
            {"mention": name, "incident": one.id, "position": position}
            for one in change.regrouped
            for position, name in enumerate(one.mentions)
        ),
    )
    insert(connection, assessment, map(_assessment_row, change.assessments))
    for one in change.regrouped:
        for part in journal.chunks(one.mentions):
            here = claim.update().where(claim.c.mention.in_(part), claim.c.incident.is_distinct_from(one.id))
            connection.execute(here.values(incident=one.id))
    told = {said.mention for _, reading in change.readings for said in reading.claims}
    of = incidents_of(connection, told)
    rows = (
        _claim_row(said, report, of.get(said.mention))
        for report, reading in change.readings
        for said in reading.claims
    )
    insert(connection, claim, rows)
    _note(connection, by)


def state(connection: Connection) -> tuple[tuple[int, str], str] | None:
    """The state of the journal (see ``journal.ground``) that the views were derived from, and by what; ``None`` if never."""
    row = connection.execute(select(derived_from).where(derived_from.c.name == NAME)).first()
    return ((row.entries, row.head), row.derived_by) if row else None


def rows(connection: Connection, tables: Iterable[Table] = VIEWS) -> Iterator[Line]:
    """All rows of derived tables, in the order of their keys."""
    for table in tables:
        query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_BATCH)
        for row in connection.execute(query):
            yield table, dict(row._mapping)


def line_text(table: Table, row: dict[str, Any]) -> str:
    """One row as canonical JSON: the table's name, then its columns in order."""
    return canonical([str(table.name), *(row[column.name] for column in table.columns)]).decode()


def incidents(connection: Connection, after: str, limit: int) -> list[Incident]:
    """The next incidents in the order of their ids."""
    query = select(incident.c.body).where(incident.c.id > after).order_by(incident.c.id).limit(limit)
    return [_read(_INCIDENT, row.body) for row in connection.execute(query)]


def incidents_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Incident]:
    """The incidents of those ids that are there now."""
    found: dict[str, Incident] = {}
    found.update((row[0], _read(_INCIDENT, row[1])) for row in _BODIES(connection, ids))
    return found


def incident_by_id(connection: Connection, id: str) -> Incident | None:
    """The incident of that id, or the one that took in the mention which once gave an incident that id."""
    row = connection.execute(select(incident.c.body).where(incident.c.id == id)).first()
    if row is None and id.startswith("i"):
        now = incidents_of(connection, ["m" + id[1:]])
        for current in now.values():
            row = connection.execute(select(incident.c.body).where(incident.c.id == current)).first()
    return _read(_INCIDENT, row.body) if row else None


def incidents_of(connection: Connection, mentions: Iterable[str]) -> dict[str, str]:
    """The incident id of each of ``mentions`` that is in one."""
    found: dict[str, str] = {}
    found.update((row[0], row[1]) for row in _INCIDENTS(connection, mentions))
    return found


def find(connection: Connection, prefix: str, limit: int) -> list[str]:
    """Ids of incidents that begin with ``prefix``; where none does, of those that took such an incident in."""
    query = select(incident.c.id).where(*journal.begins(incident.c.id, prefix)).order_by(incident.c.id)
    found = [row.id for row in connection.execute(query.limit(limit))]
    if found or not prefix.startswith("i"):
        return found
    mention = incident_mention.c
    merged = select(mention.incident).distinct().where(*journal.begins(mention.mention, "m" + prefix[1:]))
    return [row.incident for row in connection.execute(merged.order_by(mention.incident).limit(limit))]


def assessment_of(connection: Connection, incident_id: str, method: str) -> Assessment | None:
    """The assessment of an incident by a method."""
    query = select(assessment.c.body).where(
        assessment.c.incident == incident_id, assessment.c.method == method
    )
    row = connection.execute(query).first()
    return _read(_ASSESSMENT, row.body) if row else None


def assessed(
    connection: Connection, method: str, after: str, limit: int
) -> list[tuple[Incident, Assessment]]:
    """The next incidents in the order of their ids, each with its assessment by that method."""
    query = (
        select(incident.c.body.label("incident"), assessment.c.body.label("assessment"))
        .join(assessment, assessment.c.incident == incident.c.id)
        .where(assessment.c.method == method, incident.c.id > after)
        .order_by(incident.c.id)
        .limit(limit)
    )
    found = connection.execute(query)
    return [(_read(_INCIDENT, row.incident), _read(_ASSESSMENT, row.assessment)) for row in found]


def claim_ids(connection: Connection, incident_id: str) -> list[str]:
    """The ids of the claims about an incident's mentions, by mention, then place in the report."""
    query = (
        select(claim.c.id)
        .join(incident_mention, incident_mention.c.mention == claim.c.mention)
        .where(claim.c.incident == incident_id)
        .order_by(incident_mention.c.position, claim.c.start, claim.c.id)
    )
    return [row.id for row in connection.execute(query)]


def incident_rows(connection: Connection, method: str, limit: int | None, offset: int) -> list[IncidentRow]:
    """The incident list, latest date first; incidents whose year is unknown come last."""
    c, a = incident.c, assessment.c
    joined = incident.outerjoin(assessment, (a.incident == c.id) & (a.method == method))
    columns = [_column(name) for name in IncidentRow.__struct_fields__]
    query = select(*columns).select_from(joined).order_by(c.date_key.desc(), c.id).limit(limit).offset(offset)
    return [IncidentRow(**row._mapping) for row in connection.execute(query)]


def _column(name: str) -> Any:
    return incident.c[name] if name in incident.c else assessment.c[name]


def to_grade(connection: Connection, method: str, limit: int) -> list[IncidentRow]:
    """The incidents whose grade most deserves a look: contested ones, then those that a suggestion would raise most, in each
    those with most dead first."""
    c, a = incident.c, assessment.c
    joined = incident.join(assessment, (a.incident == c.id) & (a.method == method))
    columns = [_column(name) for name in IncidentRow.__struct_fields__]
    rank = case({grade: at for at, grade in enumerate(_TO_GRADE)}, value=a.grade, else_=len(_TO_GRADE))
    order = (rank, func.coalesce(a.killed_best, -1).desc(), c.date_key.desc(), c.id)
    query = select(*columns).select_from(joined).order_by(*order).limit(limit)
    return [IncidentRow(**row._mapping) for row in connection.execute(query)]


def incident_count(connection: Connection) -> int:
    """How many incidents there are, as it was counted when they were written."""
    if connection.dialect.has_table(connection, tally.name):
        kept = connection.execute(select(tally.c.count).where(tally.c.name == incident.name)).scalar()
        if kept is not None:
            return int(kept)
    return _count(connection)


def count_fault(connection: Connection) -> str | None:
    """How the number of incidents that is kept differs from that of those that are there; ``None`` if it does not."""
    kept, there = incident_count(connection), _count(connection)
    return f"{kept:,} incidents are counted where {there:,} are" if kept != there else None


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(incident)).scalar_one()


def _counted(connection: Connection, count: int) -> None:
    """Keep how many incidents there are."""
    connection.execute(tally.delete().where(tally.c.name == incident.name))
    connection.execute(tally.insert(), [{"name": incident.name, "count": count}])


def _read(decoder: msgspec.json.Decoder[T], body: str) -> T:
    try:
        return decoder.decode(body)
    except msgspec.MsgspecError as error:
        raise DamagedLedger(
            f"A row of the ledger's views cannot be read ({error}). Run `bearwitness verify`, then "
            "`bearwitness rebuild`."
        ) from error


def _incident_row(one: Incident) -> dict[str, Any]:
    place = one.place
    return {
        "id": one.id,
        "date_key": one.date if one.date and one.date[0].isdigit() else "",
        "date": one.date,
        "kind": one.kind,
        "status": one.status,
        "title": _plain(one.title),
        "place": _plain((place.name or place.words) if place else None),
        "site": _plain(one.site),
        "country": one.country,
        "lat": _decimal(place.lat if place else None),
        "lon": _decimal(place.lon if place else None),
        "precision": place.precision if place else None,
        "developing": one.developing,
        "mentions": len(one.mentions),
        "body": canonical(one).decode(),
    }


def _assessment_row(one: Assessment) -> dict[str, Any]:
    return {
        "incident": one.incident,
        "method": one.method,
        "killed_low": one.killed.low,
        "killed_best": one.killed.best,
        "killed_high": one.killed.high,
        "killed_open": one.killed.open_high,
        "injured_low": one.injured.low,
        "injured_best": one.injured.best,
        "injured_high": one.injured.high,
        "injured_open": one.injured.open_high,
        "grade": one.grade,
        "contested": one.contested,
        "origins": len(one.origins),
        "body": canonical(one).decode(),
    }


def _claim_row(said: Claim, report: Report, incident_id: str | None) -> dict[str, Any]:
    speaker = said.speaker
    return {
        "id": said.id,
        "incident": incident_id,
        "mention": said.mention,
        "report": said.report,
        "about": said.about,
        "stance": said.stance,
        "low": said.low,
        "high": said.high,
        "number_kind": said.number_kind,
        "whom": _plain(said.whom),
        "group": said.group,
        "part_of": said.part_of,
        "value": _plain(said.value),
        "value_class": said.value_class,
        "speaker": _plain(speaker.name if speaker else None),
        "role": speaker.role if speaker else None,
        "organisation": _plain(speaker.organisation if speaker else None),
        "hedged": said.hedged,
        "words": _plain(said.words),
        "start": said.start,
        "end": said.end,
        "outlet": _plain(report.outlet),
        "published": report.published_at(said.start),
    }


def _decimal(degrees: float | None) -> float | None:
    """A whole number of degrees reads back from a column as a decimal."""
    return None if degrees is None else float(degrees)


def _plain(words: str | None) -> str | None:
    """``words`` for a column: PostgreSQL keeps no null characters in text."""
    return words.replace("\0", "\ufffd") if words else words
