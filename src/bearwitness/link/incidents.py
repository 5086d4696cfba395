"""From a cluster to an incident: what its mentions agree on, in words that take no side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from .. import edtf, parties, vocabulary
from ..pages import replaced
from ..record import Incident
from .facts import table
from .sites import site

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from ..pages import Version
    from ..record import Mention, Place, Report
    from .clustering import Held

T = TypeVar("T", bound="Hashable")
UNPUBLISHED = "9999"
_KINDS = {
    "attack": "Attack",
    "clash": "Clash",
    "arrest_raid": "Raid",
    "abduction": "Abduction",
    "unrest": "Unrest",
    "accident": "Accident",
    "total": "Running total",
    "other": "Incident",
}


def ordered(mentions: Iterable[Mention], reports: Mapping[str, Report]) -> list[Mention]:
    """Mentions as an incident lists them: by when their report was published, then by id."""
    return sorted(mentions, key=lambda mention: (published(mention, reports), mention.id))


def published(mention: Mention, reports: Mapping[str, Report]) -> str:
    """When the mention's report was published, or ``UNPUBLISHED``, which sorts last."""
    report = reports.get(mention.report)
    return (report.published if report is not None else None) or UNPUBLISHED


def incident(
    held: Held,
    mentions: Mapping[str, Mention],
    reports: Mapping[str, Report],
    versions: Mapping[str, Version],
) -> Incident:
    """The incident of a cluster, without what only shows beside others (apart, related)."""
    every = ordered((mentions[name] for name in held.names), reports)
    old = replaced((mention.report for mention in every), versions)
    told = [mention for mention in every if mention.report not in old]
    own = [mention for mention in told if not mention.background] or told
    place = _place(told)
    date = _date(told)
    status = next(
        (name for name in ("foiled", "disputed") if any(m.status == name for m in told)), "occurred"
    )
    kind = _most([m.kind for m in own if m.kind != "other"]) or "other"
    country = _most([m.country for m in told if m.country]) or (place.country if place is not None else None)
    return Incident(
        mentions=tuple(mention.id for mention in every),
        joins=tuple(sorted(held.joins, key=lambda join: (join.first, join.second))),
        kind=kind,
        status=status,  # type: ignore[arg-type]  # one of the three names above
        title=title(kind, status, place, country, date),
        date=date,
        place=place,
        site=site(told, reports),
        country=country,
        developing=any(mention.developing for mention in told),
    )


def _most(values: list[T]) -> T | None:
    """The commonest value, of equal ones the first."""
    return Counter(values).most_common(1)[0][0] if values else None


def _date(told: list[Mention]) -> str | None:
    """The most exact date: a known year before an unknown one, fewer days before more, then the commonest."""
    count = Counter(mention.date for mention in told if mention.date)
    dates = [(value, span) for value in count if (span := edtf.days(value)) is not None]
    if not dates:
        return min(count) if count else None
    return min(dates, key=lambda date: (not date[1].year, date[1].length, -count[date[0]], date[0]))[0]


def _place(told: list[Mention]) -> Place | None:
    """The place that most mentions of the finest rung give; the first of them as written."""
    places = [mention.place for mention in told if mention.place is not None]
    if not places:
        return None

    def rung(place: Place) -> int:
        # A place that was not found is worth showing before a bare country, after anything found.
        return table("rung")[place.precision] if place.precision and place.lat is not None else 3

    count = Counter((place.geonameid, parties.tokens(place.name or place.words)) for place in places)
    found = [place for place in places if place.lat is not None] or places
    return min(
        found,
        key=lambda place: (rung(place), -count[place.geonameid, parties.tokens(place.name or place.words)]),
    )


def title(kind: str, status: str, place: Place | None, country: str | None, date: str | None) -> str:
    """A short neutral sentence: "Attack in Ganja, 17 October (year unknown)"."""
    what = _KINDS[kind]
    if status != "occurred":
        what = f"{'Foiled' if status == 'foiled' else 'Disputed'} {what.lower()}"
    where = (place.name or place.words) if place is not None else country_name(country)
    when = edtf.words(date)
    return what + (f" in {where}" if where else "") + (f", {when}" if when else ", date unknown")


def country_name(code: str | None) -> str | None:
    """The English name of a country, its code if it is not in the vocabulary."""
    if code is None:
        return None
    entry = vocabulary.load("countries").get(code)
    return str(entry["name"]) if isinstance(entry, dict) and "name" in entry else code
