"""What is kept of each of our incidents to match it: little, since all of them are held at a time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .. import edtf, parties, vocabulary
from .cells import telling
from .row import Figures, Point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..edtf import Days
    from ..record import Assessment, Incident, Toll

WINDOW = 3
"""Days before a publication in which an event without a day is looked for."""


class Ours(NamedTuple):
    """One incident. ``days`` are ``None`` where nothing bounds them; ``window`` says that they only go before the days its
    reports were published. Figures are those of the method asked for."""

    id: str
    kind: str
    days: Days | None
    window: bool
    date: str | None
    point: Point | None
    level: str | None
    place: frozenset[str]
    country: str | None
    means: frozenset[str]
    words: frozenset[str]
    actors: tuple[parties.Party, ...]
    killed: Figures
    injured: Figures


def ours(incident: Incident, assessment: Assessment, published: Iterable[str] = ()) -> Ours:
    """What is kept of ``incident``. ``published`` are the days its reports were published (EDTF), which bound the days
    of an incident that has none."""
    place = incident.place
    days = edtf.days(incident.date)
    window = days is None
    if days is None:
        days = _window(published)
    reach = _reach(place.precision or "town") if place is not None else None
    point = None
    if place is not None and place.lat is not None and place.lon is not None and reach is not None:
        point = Point(place.lat, place.lon, reach)
    said = {
        about: [row.value or "" for row in assessment.responsibility if row.about == about]
        for about in ("perpetrator", "weapon", "target")
    }
    named = (parties.party(value) for value in said["perpetrator"])
    return Ours(
        id=incident.id,
        kind=incident.kind,
        days=days,
        window=window,
        date=incident.date,
        point=point,
        level=place.precision if place is not None else ("country" if incident.country else None),
        place=frozenset(parties.tokens(place.name or place.words)) if place is not None else frozenset(),
        country=(place.country if place is not None else None) or incident.country,
        means=means_of(f"{incident.title} {' '.join(said['weapon'])}"),
        words=telling(f"{incident.site or ''} {' '.join(said['target'])}"),
        actors=tuple(party for party in named if not party.generic),
        killed=figures(assessment.killed),
        injured=figures(assessment.injured),
    )


def _window(published: Iterable[str]) -> Days | None:
    known = [days for day in published if (days := edtf.days(day)) is not None and days.year]
    if not known:
        return None
    # The first report bounds it: later ones tell of what is known by then.
    return edtf.shifted(min(known), before=WINDOW)


def _reach(precision: str) -> float | None:
    reach = vocabulary.load("linking")["reach"].get(precision)
    return None if reach is None else float(reach)


def figures(toll: Toll) -> Figures:
    """The figures of a toll."""
    return Figures(toll.low, toll.best, toll.high)


@cache
def _means() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, words in vocabulary.load("linking")["means"].items():
        for word in words:
            found.setdefault(word, name)
    return found


def means_of(text: str) -> frozenset[str]:
    """The means that the words of ``text`` tell of."""
    return frozenset(_means()[word] for word in parties.tokens(text) if word in _means())
