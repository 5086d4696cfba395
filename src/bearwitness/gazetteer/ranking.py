"""Which of the places of one name is meant: features of a candidate in its context, and their weights.

The score is a probability over the candidates and "none of them" (a conditional logit). The weights were fitted
by ``bench/places.py --fit`` on TR-News alone; LGL and GeoWebNews were held out.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from bearwitness.gazetteer.layout import BARE, CANONICAL, CAPITAL, DEGREE, FEATURES, LOOSE, Row

EARTH = 6371.0
NEAR = 100.0
"""Kilometres over which nearness to a settled place fades to a third."""

FEATURE_NAMES = (
    "some",
    "town_people",
    "area_people",
    "names",
    "canonical",
    "bare",
    "loose",
    "capital",
    "adm1",
    "adm2",
    "country",
    "area",
    "neighbourhood",
    "country_named",
    "country_share",
    "country_unnamed",
    "near",
    "same_area",
    "area_named",
    "places_share",
    "home",
    "kind",
    "shadowed",
)
WEIGHTS: tuple[float, ...] = (
    -3.0,  # some
    5.9,  # town_people
    5.5,  # area_people
    0.75,  # names
    1.0,  # canonical
    -0.5,  # bare
    -2.0,  # loose
    1.25,  # capital
    1.3,  # adm1
    -0.6,  # adm2
    3.95,  # country
    3.0,  # area
    2.0,  # neighbourhood
    0.2,  # country_named
    1.1,  # country_share
    -1.6,  # country_unnamed
    2.5,  # near
    1.0,  # same_area
    3.25,  # area_named
    1.7,  # places_share
    1.0,  # home
    0.8,  # kind
    -1.3,  # shadowed
)
QUALIFIED = 4.0
"""What "Fresno, Calif." adds to a place that lies in what qualifies it."""

BIG = 160_000
"""People from which a town may bear a person's name and still be meant without strong context."""

SURE_NEAR = 0.1
SURE_BIG = 100_000
"""With its country named, a town needs a settled place about this near, or this many people, to be meant."""

Commonness = Literal["word", "person", "never"]


class Neighbour(NamedTuple):
    """A settled place as the ranking sees it."""

    lat: float
    lon: float
    country: str
    admin1: str | None
    feature: str


class Surroundings(NamedTuple):
    """A context made ready: what is named and settled around the name."""

    countries: dict[str, int]
    total: int
    places: tuple[Neighbour, ...]
    home: str | None
    kind: str


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points in degrees, along the great circle."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def people(population: int) -> float:
    """A population as a number from 0 (none) to about 1 (ten million)."""
    return math.log10(population + 1) / 7


def features(
    row: Row, tier: int, country: str, admin1: str | None, around: Surroundings, shadowed: bool
) -> tuple[float, ...]:
    """The features of one candidate, in the order of ``FEATURE_NAMES``.

    ``shadowed``: an admin area that has a town of the same name in it; a bare name means the town.
    """
    feature = FEATURES[row.feature]
    size = people(row.population)
    named = around.countries.get(country, 0)
    near, same_area, area_named, share = _beside(row, feature, country, admin1, around.places)
    return (
        1.0,
        size if feature == "town" else 0.0,
        size if feature != "town" else 0.0,
        math.log1p(row.names) / 5,
        float(tier == CANONICAL),
        float(tier == BARE),
        float(tier == LOOSE),
        float(row.flags & CAPITAL),
        float(feature == "adm1"),
        float(feature == "adm2"),
        float(feature == "country"),
        float(feature == "area"),
        float(feature == "neighbourhood"),
        float(named > 0),
        named / around.total if around.total else 0.0,
        float(around.total > 0 and not named),
        near,
        same_area,
        area_named,
        share,
        float(around.home == country),
        float(bool(around.kind) and around.kind == feature),
        float(shadowed and not around.kind),
    )


def _beside(
    row: Row, feature: str, country: str, admin1: str | None, places: tuple[Neighbour, ...]
) -> tuple[float, float, float, float]:
    """Nearness, same admin area, that area named as such, share of places in the same country."""
    lat, lon = row.lat / DEGREE, row.lon / DEGREE
    near = same_area = area_named = 0.0
    here = others = 0
    for place in places:
        others += 1
        if place.country != country:
            if place.feature == "town" and abs(place.lat - lat) < 3 and feature != "country":
                near = max(near, math.exp(-distance(lat, lon, place.lat, place.lon) / NEAR) / 2)
            continue
        here += 1
        if feature == "country" or place.feature == "country":
            continue
        if place.feature in ("adm1", "area"):
            area_named = max(area_named, float(place.admin1 == admin1 and admin1 is not None))
        else:
            same_area = max(same_area, float(place.admin1 == admin1 and admin1 is not None))
            near = max(near, math.exp(-distance(lat, lon, place.lat, place.lon) / NEAR))
    return near, same_area, area_named, here / others if others else 0.0


def barred(common: Commonness | None, row: Row, values: tuple[float, ...]) -> bool:
    """Whether a name that is also a word or a person's cannot mean this place here.

    Countries and regions are never barred. Grammar words always are; areas called "Northern" need the word for
    what they are ("Northern Region", another key); towns need strong context, except big ones named as persons.
    """
    feature = FEATURES[row.feature]
    if common is None or feature in ("country", "area", "neighbourhood"):
        return False
    if common == "never" or (common == "word" and feature == "adm1") or feature == "adm2":
        return True
    if common == "person" and (row.population >= BIG or feature == "adm1"):
        return False
    value = dict(zip(FEATURE_NAMES, values, strict=True))
    if value["area_named"]:
        return False
    return not (value["country_named"] and (value["near"] > SURE_NEAR or row.population >= SURE_BIG))


def chances(utilities: list[float]) -> list[float]:
    """Probabilities of the candidates beside "none of them", whose utility is 0."""
    top = max(0.0, *utilities)
    weights = [math.exp(utility - top) for utility in utilities]
    whole = sum(weights) + math.exp(-top)
    return [weight / whole for weight in weights]


def utility(values: tuple[float, ...]) -> float:
    """The weighted sum of a candidate's features."""
    return sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
