"""What a comparison says: of each row, of each incident, and in sum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import msgspec

from .differences import FIELDS, Field
from .evidence import SENTENCES, weights
from .row import Figures

if TYPE_CHECKING:
    from .matching import Match
    from .ours import Ours
    from .row import Row

RowStatus = Literal["matched", "also", "possible", "only_theirs", "outside", "unread"]
IncidentStatus = Literal["matched", "also", "possible", "only_ours", "not_comparable"]

ROW_WORDS: dict[str, str] = {
    "matched": "one event of theirs and one of ours",
    "also": "likely an incident that has a row already",
    "possible": "could be one of our incidents: for a person to tell",
    "only_theirs": "only they have it",
    "outside": "of a time or country that none of our incidents is of",
    "unread": "could not be read",
}
INCIDENT_WORDS: dict[str, str] = {
    "matched": "one event of ours and one of theirs",
    "also": "likely a row that has an incident already",
    "possible": "could be one of their rows: for a person to tell",
    "only_ours": "only we have it",
    "not_comparable": "not compared: no day or no place, or a total of many events",
}


class Weighed(msgspec.Struct, frozen=True):
    """One thing that speaks for or against a match: a code, its weight, and what it means."""

    code: str
    weight: float
    sentence: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one row. ``also_row`` is the row that has the incident already."""

    what: Literal["row"] = "row"
    row: int
    id: str
    status: RowStatus
    incident: str | None = None
    confidence: float | None = None
    evidence: tuple[Weighed, ...] = ()
    rivals: int = 0
    also_row: int | None = None
    date: str | None = None
    place: str | None = None
    country: str | None = None
    event_type: str | None = None
    killed: tuple[int | None, int | None, int | None] = (None, None, None)
    fields: tuple[Field, ...] = ()
    problems: tuple[str, ...] = ()


class Lone(msgspec.Struct, frozen=True, kw_only=True):
    """One of our incidents that no row goes with for certain. ``also_incident`` is the incident that has its row."""

    what: Literal["incident"] = "incident"
    incident: str
    status: IncidentStatus
    title: str
    date: str | None
    place: str | None
    country: str | None
    killed: tuple[int | None, int | None, int | None]
    row: int | None = None
    confidence: float | None = None
    evidence: tuple[Weighed, ...] = ()
    also_incident: str | None = None


class Sum(msgspec.Struct):
    """Figures added up over events: outer bounds, since lows are added to lows and highs to highs. ``known`` is how many
    events had any."""

    events: int = 0
    known: int = 0
    low: int = 0
    best: int = 0
    high: int = 0

    def add(self, figures: Figures) -> None:
        """Count one event. A figure that is missing is as its nearest one; no figure adds nothing."""
        self.events += 1
        if not figures.known:
            return
        low, best, high = figures
        self.known += 1
        self.low += next(n for n in (low, best, high) if n is not None)
        self.best += next(n for n in (best, low, high) if n is not None)
        self.high += next(n for n in (high, best, low) if n is not None)


class Summary(msgspec.Struct):
    """The comparison in figures. ``fields`` counts, for the matched pairs alone, how many agree, are near, differ, or are
    told by one only. ``tolls`` are the dead of matched pairs, of all rows within time and countries, and of all incidents."""

    what: Literal["summary"] = "summary"
    form: str = ""
    file: str = ""
    method: str = ""
    rows: dict[str, int] = {}
    incidents: dict[str, int] = {}
    fields: dict[str, dict[str, int]] = {}
    tolls: dict[str, Sum] = {}
    problems: int = 0
    share_of_rows_matched: float | None = None
    share_of_incidents_matched: float | None = None


class Summing:
    """A summary in the making."""

    def __init__(self, form: str, file: str, method: str) -> None:
        self._named = (form, file, method)
        self._rows: Counter[str] = Counter()
        self._incidents: Counter[str] = Counter()
        self._fields: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
        self._tolls = {name: Sum() for name in ("matched_theirs", "matched_ours", "all_theirs", "all_ours")}
        self._problems = 0

    def row(self, outcome: Outcome, row: Row | None, one: Ours | None) -> None:
        """Count what became of a row."""
        self._rows[outcome.status] += 1
        self._problems += len(outcome.problems)
        if row is not None and outcome.status != "outside":
            self._tolls["all_theirs"].add(row.killed)
        if outcome.status == "matched" and row is not None and one is not None:
            self._tolls["matched_theirs"].add(row.killed)
            self._tolls["matched_ours"].add(one.killed)
            for field in outcome.fields:
                self._fields[field.field][field.status] += 1

    def incident(self, status: IncidentStatus, one: Ours) -> None:
        """Count what became of an incident. Totals of many events are no event, and their dead are not added."""
        self._incidents[status] += 1
        if one.kind != "total":
            self._tolls["all_ours"].add(one.killed)

    def done(self) -> Summary:
        """The summary of all that was counted."""
        form, file, method = self._named
        within = sum(n for status, n in self._rows.items() if status not in ("outside", "unread"))
        comparable = sum(n for status, n in self._incidents.items() if status != "not_comparable")
        return Summary(
            form=form,
            file=file,
            method=method,
            rows={status: self._rows[status] for status in ROW_WORDS},
            incidents={status: self._incidents[status] for status in INCIDENT_WORDS},
            fields={name: dict(counts) for name, counts in self._fields.items() if counts},
            tolls=self._tolls,
            problems=self._problems,
            share_of_rows_matched=_share(self._rows["matched"], within),
            share_of_incidents_matched=_share(self._incidents["matched"], comparable),
        )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def weighed(match: Match) -> tuple[Weighed, ...]:
    """The evidence of a match as sentences."""
    return tuple(
        Weighed(code, weights()[code], SENTENCES[code])
        for code in match.pair.evidence.codes
        if code != "base"
    )
