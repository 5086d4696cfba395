"""Where an event happened: the words, and the gazetteer entries they may stand for. ``record`` is where the rest of the
program takes them from."""

from __future__ import annotations

from typing import Literal

from bearwitness.identity import Value

Precision = Literal["building", "street", "neighbourhood", "town", "near", "adm2", "adm1", "area", "country", "water"]  # fmt: skip


class Candidate(Value, frozen=True, kw_only=True):
    """One gazetteer entry a name may stand for. ``score`` is between 0 and 1."""

    geonameid: int
    name: str
    country: str
    admin1: str | None
    lat: float
    lon: float
    population: int
    score: float


class Place(Value, frozen=True, kw_only=True):
    """Where an event happened, as written and as found. No match leaves ``geonameid`` and coordinates null."""

    words: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: Precision | None = None
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("Place: latitude and longitude come together")
        if self.lat is not None and not (-90 <= self.lat <= 90 and -180 <= (self.lon or 0.0) <= 180):
            raise ValueError(f"Place: no such point: {self.lat}, {self.lon}")
