"""A ledger's incidents beside the rows of somebody else's event file. The file is read twice and never held: first to
find which row goes with which incident, then to say what the two tell alike and otherwise. Nothing of it is kept."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from bearwitness import assess, edtf
from bearwitness.collect import sheets
from bearwitness.comparing import forms
from bearwitness.comparing.cells import telling
from bearwitness.comparing.differences import FIELDS, Detail, fields
from bearwitness.comparing.evidence import weigh
from bearwitness.comparing.index import Index
from bearwitness.comparing.matching import Candidates, Match, Pair, match
from bearwitness.comparing.ours import Ours, ours
from bearwitness.comparing.outcome import (
    INCIDENT_WORDS,
    ROW_WORDS,
    IncidentStatus,
    Lone,
    Outcome,
    RowStatus,
    Summary,
    Summing,
    weighed,
)
from bearwitness.errors import InputError
from bearwitness.publish.tables import safe_cell
from bearwitness.record import Mention, Report

from .gather import outlet
from .giving import fresh
from .weighing import Weighing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from bearwitness.comparing.row import Row
    from bearwitness.record import Incident
    from bearwitness.store import Ledger

    from .deriving import Progress

__all__ = [
    "COLUMNS",
    "INCIDENT_WORDS",
    "ROW_WORDS",
    "Lone",
    "Outcome",
    "Scope",
    "Summary",
    "compare",
    "comparison_csv",
    "scope",
]

AROUND = 1_500  # characters on either side of a mention whose words are taken to be about it
STEP = 1_000  # rows between two words on progress


class Scope(NamedTuple):
    """What is compared: incidents and rows of these days (EDTF) and countries (ISO 3166 alpha-2); all where left out."""

    first: str | None = None
    last: str | None = None
    countries: frozenset[str] = frozenset()

    def holds(self, days: edtf.Days | None, country: str | None) -> bool:
        """Whether something of these days and that country is compared; what says nothing of either is."""
        if self.countries and country is not None and country not in self.countries:
            return False
        first, last = edtf.days(self.first), edtf.days(self.last)
        if days is None or not days.year:
            return True
        return not (first and days.last < first.first) and not (last and days.first > last.last)


def scope(first: str | None = None, last: str | None = None, countries: Collection[str] = ()) -> Scope:
    """A scope, checked: ``InputError`` for days that are none and countries that do not exist."""
    for said in (first, last):
        if said is not None and ((days := edtf.days(said)) is None or not days.year):
            raise InputError(f"“{said}” is no day, month or year: write 2025-03-16, 2025-03 or 2025")
    wanted = {code.strip().upper() for code in countries}
    for code in wanted:
        if len(code) != 2 or not code.isalpha():
            raise InputError(f"“{code}” is no code of a country: give two letters, as in UA or SD")
    return Scope(first, last, frozenset(wanted))


def compare(
    ledger: Ledger,
    path: Path,
    *,
    form: forms.Form | None = None,
    method: str = assess.DEFAULT,
    within: Scope | None = None,
    progress: Progress | None = None,
) -> Iterator[Outcome | Lone | Summary]:
    """What became of each row of the file at ``path``, in its order, of each incident that has no row for certain, and
    the sum of it all. ``form`` is what the operator says the file is; else its columns tell.

    Raises ``InputError`` for a file that cannot be compared, ``LedgerError`` if the incidents are not up to date. Memory
    grows with the ledger's incidents, and not with the file.
    """
    if method not in assess.METHODS:
        raise InputError(f"there is no method {method!r}; choose one of: {', '.join(sorted(assess.METHODS))}")
    fresh(ledger)
    wanted = within or Scope()
    sheet = sheets.sheet(path)
    names = forms.headerless(sheet.columns) if sheet.kind == "csv" else None
    told = forms.recognised(names or sheet.columns, form)
    index = Index(_ours(ledger, method, wanted, progress))
    return _compared(ledger, sheet, names, told, index, method, wanted, progress)


def _ours(ledger: Ledger, method: str, within: Scope, progress: Progress | None) -> Iterator[Ours]:
    for done, (incident, assessment) in enumerate(Weighing(ledger, method).all(), start=1):
        published = () if edtf.days(incident.date) else _published(ledger, incident)
        one = ours(incident, assessment, published)
        if within.holds(one.days, one.country):
            yield one
        if progress:
            progress("indexing incidents", done, None)


def _published(ledger: Ledger, incident: Incident) -> Iterator[str]:
    """When the reports of an incident were published."""
    mentions = [one for one in ledger.get_many(incident.mentions).values() if isinstance(one, Mention)]
    reports = ledger.get_many({mention.report for mention in mentions})
    for mention in mentions:
        report = reports.get(mention.report)
        if isinstance(report, Report) and (day := report.published_at(mention.start)):
            yield day


def _rows(
    sheet: sheets.Sheet, names: tuple[str, ...] | None, form: forms.Form, progress: Progress | None, step: str
) -> Iterator[tuple[int, Row | None, tuple[str, ...]]]:
    """Each row's number, what it says, and what is wrong with it in sentences that name its column."""
    shortened: dict[str, str] = {}
    for held in sheet.rows(names):
        if progress and held.number % STEP == 0:
            progress(step, held.number, None)
        if held.wrong:
            yield held.number, None, (f"row {held.number}: {held.wrong}",)
            continue
        if len(shortened) < len(held.cells):
            shortened = dict(zip(held.cells, forms.plain(list(held.cells)), strict=True))
        cells = {shortened.get(name) or forms.plain([name])[0]: value for name, value in held.cells.items()}
        if forms.is_tags(cells):
            continue
        read = forms.read(form, held.number, cells)
        wrong = tuple(f"row {held.number}, column {one.column}: {one.sentence}" for one in read.wrong)
        yield held.number, read.row, wrong


def _compared(
    ledger: Ledger,
    sheet: sheets.Sheet,
    names: tuple[str, ...] | None,
    form: forms.Form,
    index: Index,
    method: str,
    within: Scope,
    progress: Progress | None,
) -> Iterator[Outcome | Lone | Summary]:
    candidates = Candidates()
    for number, row, _ in _rows(sheet, names, form, progress, "looking for matches"):
        if row is None or not (within.holds(row.days, row.country) and index.covers(row)):
            continue
        near = index.near(row)
        if near:
            candidates.met(row.words)
        for place in near:
            found = weigh(index.incidents[place], row)
            if found is not None:
                # That both name the town is counted with the place.
                words = row.words - index.incidents[place].place
                candidates.add(Pair(number, place, found, words))

    def told(place: int) -> frozenset[str]:
        if progress:
            progress("looking closer", place, len(index.incidents))
        return _told(ledger, index.incidents[place].id)

    decided = match(candidates.pairs(told))
    by_row = {one.pair.row: one for one in decided if one.taken_by_incident is None}
    summing, weighing = Summing(form, sheet.path.name, method), Weighing(ledger, method)
    for number, row, wrong in _rows(sheet, names, form, progress, "comparing"):
        one = by_row.get(number)
        detail = _detail(ledger, index.incidents[one.pair.ours].id, weighing) if one and row else None
        seen = row is not None and within.holds(row.days, row.country) and index.covers(row)
        outcome = _outcome(number, row, wrong, one, index, detail, seen=seen)
        summing.row(outcome, row, index.incidents[one.pair.ours] if one else None)
        yield outcome
    yield from _lone(ledger, index, decided, summing)
    yield summing.done()


def _told(ledger: Ledger, identifier: str) -> frozenset[str]:
    """The telling words around the mentions of an incident in its reports."""
    incident = ledger.incident(identifier)
    assert incident is not None  # it was read a moment ago
    mentions = [one for one in ledger.get_many(incident.mentions).values() if isinstance(one, Mention)]
    reports = ledger.get_many({mention.report for mention in mentions})
    found: set[str] = set()
    for mention in mentions:
        report = reports.get(mention.report)
        if isinstance(report, Report):
            found |= telling(report.text[max(0, mention.start - AROUND) : mention.end + AROUND])
    return frozenset(found)


def _detail(ledger: Ledger, identifier: str, weighing: Weighing) -> Detail:
    incident = ledger.incident(identifier)
    assert incident is not None
    assessment = weighing.of(incident)
    assert assessment is not None  # it was read a moment ago
    mentions = [one for one in ledger.get_many(incident.mentions).values() if isinstance(one, Mention)]
    reports = ledger.get_many({mention.report for mention in mentions}).values()
    outlets = sorted({outlet(one) for one in reports if isinstance(one, Report) and one.outlet})
    return Detail(incident, assessment, ledger.claims_in(identifier), tuple(outlets))


def _outcome(
    number: int,
    row: Row | None,
    wrong: tuple[str, ...],
    one: Match | None,
    index: Index,
    detail: Detail | None,
    *,
    seen: bool,
) -> Outcome:
    if row is None:
        return Outcome(row=number, id="", status="unread", problems=wrong)
    status: RowStatus = one.status if one else ("only_theirs" if seen else "outside")
    told = index.incidents[one.pair.ours] if one else None
    return Outcome(
        row=number,
        id=row.id,
        status=status,
        incident=told.id if told else None,
        confidence=round(one.confidence, 3) if one else None,
        evidence=weighed(one) if one else (),
        rivals=one.rivals if one else 0,
        also_row=one.taken_by_row if one else None,
        date=row.date,
        place=row.place or None,
        country=row.country or row.country_words or None,
        event_type=row.kind_words or None,
        killed=row.killed,
        fields=fields(told, row, detail) if told and detail else (),
        problems=wrong,
    )


def _lone(ledger: Ledger, index: Index, decided: Iterable[Match], summing: Summing) -> Iterator[Lone]:
    """The incidents that no row is matched with, and how far any came."""
    found: dict[int, Match] = {}
    for pair in decided:
        if pair.taken_by_row is None:
            found[pair.pair.ours] = pair
    without = set(index.without)
    for place, told in enumerate(index.incidents):
        one: Match | None = found.get(place)
        status: IncidentStatus = one.status if one else "not_comparable" if place in without else "only_ours"
        summing.incident(status, told)
        if status == "matched":
            continue
        incident = ledger.incident(told.id)
        assert incident is not None
        where = incident.place
        taken = one.taken_by_incident if one else None
        yield Lone(
            incident=told.id,
            status=status,
            title=incident.title,
            date=incident.date,
            place=(where.name or where.words) if where else None,
            country=told.country,
            killed=told.killed,
            row=one.pair.row if one else None,
            confidence=round(one.confidence, 3) if one else None,
            evidence=weighed(one) if one else (),
            also_incident=index.incidents[taken].id if taken is not None else None,
        )


COLUMNS = (
    "what", "status", "row", "their_id", "incident", "confidence", "evidence", "also_row", "also_incident", "title",
    *(f"{field}_{part}" for field in FIELDS for part in ("ours", "theirs", "agreement")),
    "days_apart", "kilometres_apart", "problems",
)  # fmt: skip
"""The columns of a comparison as CSV."""


def comparison_csv(found: Iterable[Outcome | Lone | Summary], file: IO[str]) -> Summary | None:
    """Write rows and incidents as CSV, one line each, and return the summary. No cell is a formula to a spreadsheet."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    summary = None
    for one in found:
        if isinstance(one, Summary):
            summary = one
            continue
        cells = _row_cells(one) if isinstance(one, Outcome) else _incident_cells(one)
        writer.writerow([safe_cell(cells.get(column)) for column in COLUMNS])
    return summary


def _row_cells(one: Outcome) -> dict[str, Any]:
    cells: dict[str, Any] = {
        "what": "row",
        "status": one.status,
        "row": one.row,
        "their_id": one.id,
        "incident": one.incident,
        "confidence": one.confidence,
        "evidence": "; ".join(part.code for part in one.evidence),
        "also_row": one.also_row,
        "problems": "; ".join(one.problems),
    }
    told = {"date": one.date, "place": one.place, "country": one.country, "event_type": one.event_type}
    cells |= {f"{name}_theirs": value for name, value in told.items()}
    cells |= {
        f"killed_{name}_theirs": figure
        for name, figure in zip(("low", "best", "high"), one.killed, strict=True)
    }
    for field in one.fields:
        cells[f"{field.field}_ours"] = field.ours
        cells[f"{field.field}_theirs"] = field.theirs
        cells[f"{field.field}_agreement"] = field.status
        if field.field == "date":
            cells["days_apart"] = field.by
        if field.field == "coordinates":
            cells["kilometres_apart"] = field.by
    return cells


def _incident_cells(one: Lone) -> dict[str, Any]:
    low, best, high = one.killed
    return {
        "what": "incident",
        "status": one.status,
        "row": one.row,
        "incident": one.incident,
        "confidence": one.confidence,
        "evidence": "; ".join(part.code for part in one.evidence),
        "also_incident": one.also_incident,
        "title": one.title,
        "date_ours": one.date,
        "place_ours": one.place,
        "country_ours": one.country,
        "killed_low_ours": low,
        "killed_best_ours": best,
        "killed_high_ours": high,
    }
