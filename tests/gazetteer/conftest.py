"""Fixtures: the packaged file of places, and a tiny invented world in the form of the two source packages."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from bearwitness.gazetteer import Gazetteer, build, sources
from bearwitness.gazetteer.places import DEFAULT


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The packaged places; built afresh where the package has not been built."""
    if DEFAULT.is_file():
        return Gazetteer.open()
    target = tmp_path_factory.mktemp("places") / "places.bin"
    build.build(target)
    return Gazetteer.open(target)


TOWNS: list[tuple[int, str, float, float, str, int, str, list[str]]] = [
    (1, "Norhaven", 10.05, 20.05, "AA", 500_000, "01", ["Nórhaven", "swldw", "NHV", "Old Norhaven"]),
    (2, "Millford", 10.50, 20.50, "AA", 20_000, "01", []),
    (3, "Millford", 14.50, 24.50, "AA", 30_000, "02", []),
    (4, "Millford", -30.5, 60.5, "BB", 25_000, "7", []),
    (5, "Al Qaṣr", -30.0, 60.0, "BB", 90_000, "7", ["El Kasr"]),
    (6, "Saint-Élan", 14.0, 24.0, "AA", 8_000, "02", []),
    (7, "Bell", 14.1, 24.1, "AA", 900, "02", []),
    (8, "Westland", 14.35, 24.35, "AA", 60_000, "02", []),
    (9, "Farpoint", -33.0, 63.0, "BB", 3_000, "8", []),
]
LOCATED = [
    (10.05, 20.05, "Norhaven", "Northmark", "Haven District", "AA"),
    (10.51, 20.49, "Millford", "Northmark", "Hill District", "AA"),
    (14.50, 24.50, "Millford", "Provincia de Westland", "", "AA"),
    (14.01, 24.01, "Saint-Elan", "Provincia de Westland", "Lower District", "AA"),
    (-30.5, 60.5, "Millford", "Qasr Governorate", "", "BB"),
]
COUNTRIES = {
    "AA": {"geonameid": 901, "name": "Aland", "capital": "Norhaven", "population": 600_000},
    "BB": {"geonameid": 902, "name": "Beeland", "capital": "Al Qasr", "population": 120_000},
}
WORDS: dict[str, Any] = {
    "AA": {"name": "Aland", "also": ["A.L.D."], "people": ["Alander", "Polish"], "parts": ["Northmark"]},
    "BB": {"name": "Beeland", "people": ["Beelandish"], "at": [-31.0, 61.0]},
    "capital_needed": {"words": ["Polish"]},
}
SUPPLEMENT: dict[str, Any] = {
    "many_spellings": ["BB"],
    "admin1": [{"country": "AA", "was": "Provincia de Westland", "name": "Westland", "also": ["Westlandia"]}],
    "also": [{"country": "AA", "town": "Norhaven", "names": ["NVN"]}],
    "not": [{"country": "AA", "town": "Norhaven", "names": ["Old Norhaven"]}],
    "place": [
        {
            "name": "Longfields camp",
            "also": ["Longfields"],
            "country": "BB",
            "lat": -30.1,
            "lon": 60.1,
            "feature": "neighbourhood",
        }
    ],
    "abbreviations": {"AA Northmark": ["NM", "N.Mk."]},
    "common": {"words": "bell", "persons": "", "never": "of"},
}


@pytest.fixture
def invented(tmp_path: Path) -> sources.Sources:
    """The invented world, read from files in the form of the source packages."""
    cache = tmp_path / "cache"
    cache.mkdir()
    fields = (
        "geonameid",
        "name",
        "latitude",
        "longitude",
        "countrycode",
        "population",
        "admin1code",
        "alternatenames",
    )
    towns = {str(town[0]): dict(zip(fields, town, strict=True)) for town in TOWNS}
    (cache / "cities500.json").write_text(json.dumps(towns), encoding="utf-8")
    (cache / "countries.json").write_text(json.dumps(COUNTRIES), encoding="utf-8")
    (cache / "us_states.json").write_text("{}", encoding="utf-8")
    table = tmp_path / "located.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("lat", "lon", "name", "admin1", "admin2", "cc"))
        writer.writerows(LOCATED)
    return sources.read(cache, table)


@pytest.fixture
def settings() -> tuple[dict[str, Any], dict[str, Any]]:
    """The supplement and the words for countries of the invented world."""
    return SUPPLEMENT, WORDS


@pytest.fixture
def packed(invented: sources.Sources) -> bytes:
    """The invented world as the bytes of a file of places."""
    return build.assemble(invented, SUPPLEMENT, WORDS)


@pytest.fixture
def small(packed: bytes, tmp_path: Path) -> Gazetteer:
    """A gazetteer of the invented world."""
    path = tmp_path / "small.bin"
    path.write_bytes(packed)
    return Gazetteer.open(path)
