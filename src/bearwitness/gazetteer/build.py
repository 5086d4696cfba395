"""Build the file of places from its sources; run once, when the package is built.

    python -m bearwitness.gazetteer.build TARGET

The same sources and the same supplements give the same bytes.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bearwitness.errors import InputError
from bearwitness.gazetteer import admin, layout, sources
from bearwitness.gazetteer.normalise import bare, key, loose

HERE = Path(__file__).parent
SUPPLEMENT = HERE / "supplement.toml"
WORDS = HERE.parent / "vocabulary" / "countries.toml"

ARABIC = frozenset("AE AF BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA ML MR NE OM PK PS QA SA SD SO SS SY TD TN TR YE".split())
"""Countries whose names come from Arabic or Persian script, in many spellings."""

_CODE = re.compile(r"[A-Z]{2,4}|\W*")
_ARTICLES = ("al", "el", "an", "ar", "as", "ash", "at", "ad", "az", "ath", "adh", "es", "et", "'s", "la", "le", "de", "d'")
_GENERIC = re.compile(
    r"^(?:muhafazat|wilayat e|respublika|republic of|departamento de|provincia de|mayorality of) |"
    r" (?:governorate|province|oblast|krai|region|rayonu?|state|republic|department|prefecture|avtonomnyy okrug)$"
)


def _usable(name: str) -> bool:
    """Leave out airport codes and GeoNames' machine-made spellings ("swldw"), which begin in lower case."""
    if _CODE.fullmatch(name):
        return False
    first = name[0]
    return not (first.isascii() and first.islower()) or name.replace("-", " ").split(" ")[0] in _ARTICLES


class Builder:
    """Gathers rows and keys; ``content`` is what goes into the file."""

    def __init__(self, countries: Iterable[str]) -> None:
        self.pool = layout.Pool()
        self.keys: dict[int, list[int]] = defaultdict(list)
        self.rows: list[layout.Row] = []
        self.labels: list[int] = [0]
        self._label_numbers: dict[str | None, int] = {None: 0}
        self.codes = sorted(countries)
        self._numbers = {code: number for number, code in enumerate(self.codes)}
        self.country_rows: dict[str, int] = {}
        self.pool.add("")

    def label(self, name: str | None) -> int:
        """The number of an admin area's name."""
        if name not in self._label_numbers:
            self._label_numbers[name] = len(self.labels)
            self.labels.append(self.pool.add(name or ""))
        return self._label_numbers[name]

    def post(self, name: str, row: int, tier: int = layout.CANONICAL, space: str = layout.NAMES) -> None:
        """Let ``name`` (a key) lead to a row; the strongest tier is kept."""
        if not name:
            return
        found = self.keys[layout.fingerprint(name, space)]
        for at, posting in enumerate(found):
            if posting >> 2 == row:
                found[at] = min(posting, row << 2 | tier)
                return
        found.append(row << 2 | tier)

    def place(
        self,
        names: list[str],
        country: str,
        point: tuple[float, float],
        population: int,
        feature: str,
        *,
        geonameid: int = 0,
        admin1: str | None = None,
        admin2: str | None = None,
        flags: int = 0,
    ) -> int:
        """Add a place; ``names`` begin with the canonical one. Gives its row number."""
        number = len(self.rows)
        row = layout.Row(
            geonameid,
            round(point[0] * layout.DEGREE),
            round(point[1] * layout.DEGREE),
            population,
            self.pool.add(names[0]),
            self.label(admin1),
            self.label(admin2),
            self._numbers[country],
            layout.FEATURES.index(feature),
            min(len(names), 255),
            flags,
        )
        self.rows.append(row)
        for at, name in enumerate(names):
            self.name(name, number, country, layout.CANONICAL if at == 0 else layout.OTHER)
        return number

    def name(self, name: str, row: int, country: str, tier: int = layout.OTHER) -> None:
        """Let a name, and the weaker forms of it, lead to a row."""
        plain = key(name)
        self.post(plain, row, tier)
        if country in ARABIC and plain.isascii():
            self.post(bare(plain), row, layout.BARE)
            self.post(loose(plain), row, layout.LOOSE, layout.LOOSELY)

    def content(self) -> layout.Content:
        """What was gathered, ready for ``layout.pack``."""
        countries = [(code, self.country_rows.get(code, 0)) for code in self.codes]
        return layout.Content(dict(self.keys), self.rows, self.labels, countries, bytes(self.pool.data))


def _rename(towns: list[sources.Town], supplement: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    """Give admin areas the names news uses; returns their other names by country and new name."""
    new = {(area["country"], area["was"]): area["name"] for area in supplement.get("admin1", [])}
    for town in towns:
        town.admin1 = new.get((town.country, town.admin1 or ""), town.admin1)
    return {(area["country"], area["name"]): [area["was"], *area.get("also", [])] for area in supplement.get("admin1", [])}


def _generic_free(name: str) -> Iterator[str]:
    plain = key(name)
    short = _GENERIC.sub("", plain)
    if short != plain:
        yield short
        yield bare(short)


def _add_towns(made: Builder, found: sources.Sources, supplement: dict[str, Any]) -> None:
    also = {int(more["id"]): more["names"] for more in supplement.get("also", [])}
    unlike = {int(less["id"]): {key(name) for name in less["names"]} for less in supplement.get("not", [])}
    capitals = {(code, key(country["capital"])) for code, country in found.countries.items()}
    for town in found.towns:
        bad = unlike.get(town.geonameid, frozenset())
        others = [name for name in [*town.others, *also.get(town.geonameid, ())] if name and _usable(name)]
        others = [name for name in others if name != town.name and key(name) not in bad]
        capital = (town.country, key(town.name)) in capitals and town.population > 0
        made.place(
            [town.name, *others],
            town.country,
            (town.lat, town.lon),
            town.population,
            "town",
            geonameid=town.geonameid,
            admin1=town.admin1,
            admin2=town.admin2,
            flags=layout.CAPITAL if capital else 0,
        )


def _add_areas(made: Builder, found: sources.Sources, others: dict[tuple[str, str], list[str]]) -> dict[tuple[str, str], int]:
    """Add first- and second-level areas; returns the rows of the first level."""
    first: dict[tuple[str, str], int] = {}
    for area in admin.areas(found.towns):
        feature = "adm2" if area.admin2 else "adm1"
        names = [area.name, *(others.get((area.country, area.name), ()) if feature == "adm1" else ())]
        row = made.place(
            names,
            area.country,
            (area.lat, area.lon),
            area.population,
            feature,
            geonameid=found.states.get(area.name, 0) if area.country == "US" and feature == "adm1" else 0,
            admin1=area.admin1,
            admin2=area.admin2,
        )
        if feature == "adm1":
            first[area.country, area.name] = row
            for name in names:
                for short in _generic_free(name):
                    made.post(short, row, layout.OTHER)
    return first


def _add_countries(made: Builder, found: sources.Sources, words: dict[str, Any]) -> None:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in found.towns:
        points[town.country].append((town.lat, town.lon))
    for code, country in sorted(found.countries.items()):
        said = words.get(code, {})
        at = said.get("at") or (admin.middle(points[code], 1.0) if code in points else (0.0, 0.0))
        names = [said.get("name", country["name"]), *said.get("also", []), country["name"]]
        names = list(dict.fromkeys(names))
        row = made.place(
            names, code, (at[0], at[1]), int(country["population"]), "country", geonameid=int(country["geonameid"])
        )
        made.country_rows[code] = row
        for name in [*names, *said.get("people", []), *said.get("parts", [])]:
            tier = layout.OTHER if key(name) in CAPITALISED else layout.CANONICAL
            made.post(key(name), row, tier, layout.COUNTRIES)


CAPITALISED = frozenset({"us", "uk", "uae", "polish", "turkey", "china", "chad", "cuban", "drc", "car", "prc", "turkeys"})
"""Words for countries that are other words in lower case: they count only with a capital letter."""


def _add_supplement(made: Builder, supplement: dict[str, Any], first: dict[tuple[str, str], int]) -> None:
    for place in supplement.get("place", []):
        made.place(
            [place["name"], *place.get("also", [])],
            place["country"],
            (place["lat"], place["lon"]),
            place.get("population", 0),
            place.get("feature", "town"),
            geonameid=place.get("id", 0),
            admin1=place.get("admin1"),
        )
    for state, shorts in supplement.get("abbreviations", {}).items():
        country, name = state.split(" ", 1)
        if (country, name) in first:
            for short in shorts:
                made.post(key(short), first[country, name], layout.OTHER, layout.QUALIFIERS)
    for word in supplement.get("common", {}).get("words", []):
        made.post(key(word), 0, layout.CANONICAL, layout.COMMON)


def assemble(found: sources.Sources, supplement: dict[str, Any], words: dict[str, Any]) -> bytes:
    """The bytes of the file of places for these sources, supplements and words for countries."""
    admin.join(found.towns, found.located)
    others = _rename(found.towns, supplement)
    made = Builder({*found.countries, *(town.country for town in found.towns)})
    _add_towns(made, found, supplement)
    first = _add_areas(made, found, others)
    _add_countries(made, found, words)
    _add_supplement(made, supplement, first)
    return layout.pack(made.content())


def build(target: Path) -> None:
    """Build ``target`` from the installed source packages; written whole or not at all."""
    data = assemble(sources.read(), tomllib.loads(SUPPLEMENT.read_text("utf-8")), tomllib.loads(WORDS.read_text("utf-8")))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + f".{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(target)


def main(arguments: list[str]) -> int:
    """The command line: one argument, the file to write."""
    if len(arguments) != 1:
        print("usage: python -m bearwitness.gazetteer.build TARGET", file=sys.stderr)
        return InputError.exit_code
    build(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
