"""How one report relates two events it tells: as an episode and its part, as of one series, as at one place (T13, M5).

An episode is a toll of several events (kind ``total``); the events that its report tells besides are its parts, if they
happened, in its country, at or in its place, and within its days, as far as these are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import edtf
from ..record import Related
from .compare import kilometres
from .facts import COUNTRY_RUNG, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..record import Relation

MOST_RELATED, MOST_PARTS = 12, 60
RANKS: tuple[Relation, ...] = ("episode", "part", "series", "same_place", "background")
_SENTENCES: dict[Relation, str] = {
    "episode": "One report gives a toll for several events together, and tells this as one of them.",
    "part": "One report tells it as one of the events that this toll counts together.",
    "series": "One report counts both in a series of attacks on this place.",
    "background": "Told beside it in one report.",
    "same_place": "One report tells both of the same place.",
}
_WIDE = 2  # the rung from which a place is wider than a town

Spot = tuple[str, object]
"""A kind of event and a place."""


def counted(told: Iterable[Fact]) -> set[Spot]:
    """The kinds and places of which a report tells a series ("the second attack on the town")."""
    return {_spot(fact) for fact in told if fact.series is not None}


def relation(one: Fact, other: Fact, series: set[Spot]) -> Relation:
    """How ``other`` stands to ``one`` in a report that tells both; all that it tells of ``series`` is of the series."""
    if _counts(other, one):
        return "episode"
    if _counts(one, other):
        return "part"
    if not _same_place(one, other):
        return "background"
    of_series = one.series is not None or other.series is not None or {_spot(one), _spot(other)} <= series
    return "series" if of_series else "same_place"


def shown(others: Mapping[str, Relation]) -> tuple[Related, ...]:
    """The incidents to show beside one, by how they stand to it: all its parts that there is room for, and some others."""
    ranked = sorted(others.items(), key=lambda entry: (RANKS.index(entry[1]), entry[0]))
    parts = [entry for entry in ranked if entry[1] == "part"][:MOST_PARTS]
    rest = [entry for entry in ranked if entry[1] != "part"][:MOST_RELATED]
    return tuple(
        Related(incident=incident, relation=how, sentence=_SENTENCES[how])
        for incident, how in sorted((*parts, *rest), key=lambda entry: (RANKS.index(entry[1]), entry[0]))
    )


def _spot(fact: Fact) -> Spot:
    return fact.kind, fact.geonameid if fact.geonameid is not None else fact.place_words


def _same_place(one: Fact, other: Fact) -> bool:
    if one.geonameid is not None:
        return one.geonameid == other.geonameid
    return bool(one.place_words) and one.place_words == other.place_words


def _counts(total: Fact, single: Fact) -> bool:
    """Whether a toll of several events may count an event told besides."""
    if total.kind != "total" or single.kind == "total" or single.status != "occurred":
        return False
    if total.country and single.country and total.country != single.country:
        return False
    days, day = (None if fact.windowed else fact.days for fact in (total, single))
    if days is not None and day is not None and not edtf.meet(days, day):
        return False
    nowhere = not total.place_words or not single.place_words
    return nowhere or _same_place(total, single) or _within(total, single)


def _within(total: Fact, single: Fact) -> bool:
    """Whether a place lies in a wider one, as far as points can tell: no further off than the wider one reaches."""
    if total.rung >= COUNTRY_RUNG:
        return True  # the countries agree
    if total.rung < _WIDE or total.rung <= single.rung:
        return False
    if total.lat is None or total.lon is None or single.lat is None or single.lon is None:
        return True
    return kilometres(total.lat, total.lon, single.lat, single.lon) <= total.reach
