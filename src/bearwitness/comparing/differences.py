"""What a row and an incident that go together say alike and otherwise, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from .. import edtf, parties
from .evidence import SAME_POINT, kilometres, party_of
from .row import Figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..record import Assessment, Claim, Incident
    from .ours import Ours
    from .row import Row

Status = Literal["agree", "near", "differ", "only_ours", "only_theirs", "neither"]
FIELDS = (
    "date", "country", "place", "coordinates", "event_type", "actor", "killed_low", "killed_best", "killed_high",
    "civilians_killed", "injured", "source",
)  # fmt: skip
"""The fields that are compared, in the order of the columns of a comparison."""


class Field(msgspec.Struct, frozen=True):
    """One field. ``near`` is where the two do not say the same and may both be right: overlapping stretches of days, points
    within their precision, overlapping ranges. ``by`` is how far they are apart, in days, kilometres or persons, theirs
    less ours where there is a sign."""

    field: str
    status: Status
    ours: str | int | None
    theirs: str | int | None
    by: float | None = None
    note: str = ""


class Detail(msgspec.Struct, frozen=True):
    """What is needed of an incident beyond what was kept to match it."""

    incident: Incident
    assessment: Assessment
    claims: Sequence[Claim]
    outlets: tuple[str, ...]


def fields(one: Ours, row: Row, detail: Detail) -> tuple[Field, ...]:
    """All fields of the pair."""
    return (
        _date(one, row),
        _words("country", one.country, row.country or row.country_words or None),
        _place(one, row, detail.incident),
        _coordinates(one, row),
        _kind(one, row),
        _actor(one, row, detail.assessment),
        *_killed(one.killed, row),
        _civilians(row, detail),
        _range("injured", one.injured, row.injured),
        _sources(row, detail.outlets),
    )


def _status(ours: object, theirs: object, status: Status) -> Status:
    """``status``, unless one of the two says nothing."""
    if ours in (None, "") and theirs in (None, ""):
        return "neither"
    if ours in (None, ""):
        return "only_theirs"
    return "only_ours" if theirs in (None, "") else status


def _date(one: Ours, row: Row) -> Field:
    if one.date is None or one.days is None or one.window:
        return Field("date", "only_theirs", None, row.date)
    apart = edtf.apart(one.days, row.days)
    if apart:
        later = row.days.first > one.days.last or not one.days.year
        return Field("date", "differ", one.date, row.date, float(apart if later else -apart))
    same = one.days == row.days
    return Field("date", "agree" if same else "near", one.date, row.date, 0.0)


def _words(field: str, ours: str | None, theirs: str | None) -> Field:
    return Field(field, _status(ours, theirs, "agree" if ours == theirs else "differ"), ours, theirs)


def _place(one: Ours, row: Row, incident: Incident) -> Field:
    place = incident.place
    ours, theirs = (place.name or place.words) if place else None, row.place or None
    mine, other = one.place, frozenset(parties.tokens(row.place))
    if mine and other and (mine <= other or other <= mine):
        return Field("place", "agree" if mine == other else "near", ours, theirs)
    return Field("place", _status(ours, theirs, "differ"), ours, theirs)


def _coordinates(one: Ours, row: Row) -> Field:
    ours, theirs = (
        f"{point.lat:.4f}, {point.lon:.4f}" if point is not None else None for point in (one.point, row.point)
    )
    if one.point is None or row.point is None:
        return Field("coordinates", _status(ours, theirs, "near"), ours, theirs)
    away = kilometres(one.point.lat, one.point.lon, row.point.lat, row.point.lon)
    status: Status = "differ"
    if away <= one.point.reach + row.point.reach:
        status = "agree" if away <= SAME_POINT and one.level == row.level else "near"
    precision = f"ours stands for: {one.level or 'not said'}; theirs: {row.level or 'not said'}"
    return Field("coordinates", status, ours, theirs, round(away, 1), precision)


def _kind(one: Ours, row: Row) -> Field:
    status: Status = "differ"
    if row.kinds:
        status = "agree" if one.kind == row.kinds[0] else "near" if one.kind in row.kinds else "differ"
    theirs = row.kind_words or None
    return Field("event_type", _status(one.kind, theirs, status), one.kind, theirs)


def _actor(one: Ours, row: Row, assessment: Assessment) -> Field:
    named = [
        f"{blamed.value} ({blamed.status})"
        for blamed in assessment.responsibility
        if blamed.about == "perpetrator" and blamed.value
    ]
    ours, theirs = "; ".join(named) or None, "; ".join(row.actors) or None
    known = [actor for name in row.actors if not (actor := party_of(name)).generic]
    shared = any(parties.same(actor, other) for actor in one.actors for other in known)
    if shared:
        note = "what we hold is who is said to be responsible, by whom and who denies it: see the incident"
        return Field("actor", "agree", ours, theirs, None, note)
    return Field("actor", _status(ours, theirs, "differ" if one.actors and known else "near"), ours, theirs)


def _killed(ours: Figures, row: Row) -> Iterable[Field]:
    """The dead, figure by figure where they give several, else their one figure beside our best and our range."""
    theirs = row.killed
    if row.silent_zero and theirs.best == 0 and not ours.known:
        note = "0 in this file may be silence; our reports give no figure"
        yield Field("killed_best", "near", None, 0, None, note)
        return
    if row.silent_zero:
        yield _figure("killed_best", ours.best, theirs.best, ours)
        return
    for name in ("low", "best", "high"):
        mine, other = getattr(ours, name), getattr(theirs, name)
        if mine is not None or other is not None:
            yield _figure(f"killed_{name}", mine, other, ours if name == "best" else None)


def _figure(field: str, ours: int | None, theirs: int | None, within: Figures | None) -> Field:
    if ours is None or theirs is None:
        return Field(field, _status(ours, theirs, "near"), ours, theirs)
    span = within.span if within is not None else None
    status: Status = "agree" if ours == theirs else "differ"
    note = ""
    if status == "differ" and span is not None and span[0] <= theirs <= span[1]:
        status, note = "near", f"theirs lies within our range {span[0]:,} to {span[1]:,}"
    return Field(field, status, ours, theirs, float(theirs - ours), note)


def _civilians(row: Row, detail: Detail) -> Field:
    """Civilians killed: ours are known where the claims behind the best figure are all of civilians."""
    toll = detail.assessment.killed
    said = {claim.id: claim.group for claim in detail.claims}
    groups = {said.get(name) for name in toll.best_claims}
    ours = Figures(toll.low, toll.best, toll.high) if groups == {"civilian"} else Figures()
    if row.civilians.best is not None:
        return _figure("civilians_killed", ours.best, row.civilians.best, ours)
    return _range("civilians_killed", ours, row.civilians)


def _range(field: str, ours: Figures, theirs: Figures) -> Field:
    mine, other = ours.span, theirs.span
    words = [f"{span[0]}-{span[1]}" if span and span[0] != span[1] else str(span[0]) if span else None for span in (mine, other)]  # fmt: skip
    if mine is None or other is None:
        return Field(field, _status(words[0], words[1], "near"), words[0], words[1])
    status: Status = "agree" if mine == other else "differ"
    if status == "differ" and mine[0] <= other[1] and other[0] <= mine[1]:
        status = "near"
    return Field(field, status, words[0], words[1], float(other[1] - mine[1]))


def _sources(row: Row, outlets: tuple[str, ...]) -> Field:
    ours, theirs = "; ".join(outlets) or None, "; ".join(row.sources) or None
    mine = {_bare(name) for name in outlets}
    other = {_bare(name) for name in row.sources}
    status: Status = "agree" if mine == other else "near" if mine & other else "differ"
    return Field("source", _status(ours, theirs, status), ours, theirs)


def _bare(name: str) -> str:
    return " ".join(word for word in parties.tokens(name) if word != "the")
