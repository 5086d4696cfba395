"""The graph of origins of one incident as a nested list and a picture, worked out from its dossier; no HTML but the SVG's
coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bearwitness.publish import words

if TYPE_CHECKING:
    from bearwitness.publish.incident_view import Notes
    from bearwitness.record import Backing, Dossier, Origin, Report, Tie

ROW, TOP = 26, 14  # pixels from line to line of the picture, and above the first
MOST_DRAWN = 40  # reports; above that the list alone is shown
LABEL = 30  # letters of a name in the picture


class Edge(msgspec.Struct, frozen=True):
    """One reason by which a report, or a speaker, goes back to an origin, with the words it rests on."""

    code: str
    sentence: str
    quote: str
    report: str


class Carrier(msgspec.Struct, frozen=True):
    """One report of an origin and every reason it has there."""

    report: str
    outlet: str
    published: str
    edges: tuple[Edge, ...]


class OriginView(msgspec.Struct, frozen=True):
    """One origin with those who carry it; ``also`` are edges that begin at no report (who speaks for it)."""

    key: str
    name: str
    side: str
    side_words: str
    named: bool
    claims: int
    rests_on: str
    carriers: tuple[Carrier, ...]
    also: tuple[Edge, ...]


class Field(msgspec.Struct, frozen=True):
    """On how many origins one field rests."""

    label: str
    value: str
    independence: str
    independence_words: str
    origins: int
    reports: int
    sentence: str


class Dot(msgspec.Struct, frozen=True):
    """A name in the picture and where it stands."""

    name: str
    y: int
    href: str = ""
    kind: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line from a report (left) to an origin (right)."""

    first: int
    second: int
    code: str


class Picture(msgspec.Struct, frozen=True):
    """Reports on the left, origins on the right, a line for each that carries one."""

    height: int
    left: tuple[Dot, ...]
    right: tuple[Dot, ...]
    lines: tuple[Line, ...]


def origins(dossier: Dossier, notes: Notes) -> tuple[OriginView, ...]:
    """The origins, named ones first, most carried first."""
    reports = {report.id: report for report in dossier.reports}
    names = {origin.key: notes.hide(origin.name) for origin in dossier.assessment.origins}
    ordered = sorted(
        dossier.assessment.origins, key=lambda one: (not one.named, -len(one.reports), one.name, one.key)
    )
    return tuple(_view(origin, reports, names, notes) for origin in ordered)


def _view(origin: Origin, reports: dict[str, Report], names: dict[str, str], notes: Notes) -> OriginView:
    by_report: dict[str, list[Tie]] = {}
    also = []
    for tie in origin.ties:
        if tie.first in reports:
            by_report.setdefault(tie.first, []).append(tie)
        else:
            also.append(_edge(tie, notes))
    carriers = [
        Carrier(
            report=key,
            outlet=notes.hide(words.outlet(reports[key])),
            published=reports[key].published or "",
            edges=tuple(_edge(tie, notes) for tie in ties),
        )
        for key, ties in by_report.items()
    ]
    return OriginView(
        key=origin.key,
        name=names[origin.key],
        side=origin.side,
        side_words=words.SIDE[origin.side],
        named=origin.named,
        claims=len(origin.claims),
        rests_on=names.get(origin.rests_on or "", ""),
        carriers=tuple(sorted(carriers, key=lambda one: (one.published or "9999", one.outlet, one.report))),
        also=tuple(also),
    )


def _edge(tie: Tie, notes: Notes) -> Edge:
    return Edge(
        code=tie.code,
        sentence=notes.hide(tie.sentence),
        quote=notes.hide(" ".join(tie.words.split())),
        report=tie.report,
    )


def fields(backing: tuple[Backing, ...], notes: Notes) -> tuple[Field, ...]:
    """On how many independent origins each field rests."""
    return tuple(
        Field(
            label=words.ABOUT[one.about],
            value=notes.names.hide(one.value or ""),
            independence=one.independence,
            independence_words=words.INDEPENDENCE[one.independence],
            origins=len(one.origins),
            reports=one.reports,
            sentence=notes.hide(one.sentence),
        )
        for one in backing
    )


def picture(views: tuple[OriginView, ...]) -> Picture | None:
    """The picture; ``None`` where there are too many reports to draw, or nothing to see."""
    carriers = {carrier.report: carrier for view in views for carrier in view.carriers}
    if not 1 < len(carriers) <= MOST_DRAWN:
        return None
    left = sorted(carriers.values(), key=lambda one: (one.published or "9999", one.outlet, one.report))
    at = {carrier.report: TOP + ROW * number for number, carrier in enumerate(left)}
    height = 2 * TOP + ROW * (max(len(left), len(views)) - 1)
    step = (height - 2 * TOP) // max(len(views) - 1, 1)
    spots = {view.key: TOP + step * number for number, view in enumerate(views)}
    return Picture(
        height=height,
        left=tuple(Dot(_short(one.outlet), at[one.report], href=one.report) for one in left),
        right=tuple(Dot(_short(view.name), spots[view.key], kind=_kind(view)) for view in views),
        lines=tuple(
            Line(at[carrier.report], spots[view.key], carrier.edges[0].code)
            for view in views
            for carrier in view.carriers
        ),
    )


def _kind(view: OriginView) -> str:
    return view.side if view.named else "own"


def _short(name: str) -> str:
    return name if len(name) <= LABEL else name[: LABEL - 1].rstrip() + "…"
