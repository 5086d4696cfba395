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

_CODE = re.compile(r"[A-Z]{2,4}|\W*")
_ARTICLES = (
    "al",
    "el",
    "an",
    "ar",
    "as",
    "ash",
    "at",
    "ad",
    "az",
    "ath",
    "adh",
    "es",
    "et",
    "'s",
    "la",
    "le",
    "de",
    "d'",
)
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

    def __init__(self, countries: Iterable[str], many_spellings: Iterable[str] = ()) -> None:
        self.many_spellings = frozenset(many_spellings)
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
        if country in self.many_spellings and plain.isascii():
            self.post(bare(plain), row, layout.BARE)
            self.post(loose(plain), row, layout.LOOSE, layout.LOOSELY)

    def content(self) -> layout.Content:
        """What was gathered, ready for ``layout.pack``."""
        countries = [(code, self.country_rows.get(code, 0)) for code in self.codes]
        return layout.Content(dict(self.keys), self.rows, self.labels, countries, bytes(self.pool.data))


def _biggest(towns: list[sources.Town]) -> dict[tuple[str, str], sources.Town]:
    """The biggest town of each country and canonical name (as a key)."""
    ordered = sorted(towns, key=lambda town: (town.population, town.geonameid))
    return {(town.country, key(town.name)): town for town in ordered}


def _rename(towns: list[sources.Town], supplement: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    """Give admin areas the names news uses; returns their other names by country and new name."""
    biggest = _biggest(towns)
    by_name: dict[tuple[str, str | None], str] = {}
    by_code: dict[tuple[str, str], str] = {}
    others: dict[tuple[str, str], list[str]] = {}
    for area in supplement.get("admin1", []):
        country, name = area["country"], area["name"]
        others[country, name] = [*([area["was"]] if "was" in area else []), *area.get("also", [])]
        if "was" in area:
            by_name[country, area["was"]] = name
        elif (country, key(area["town"])) in biggest:
            by_code[country, biggest[country, key(area["town"])].code] = name
    for town in towns:
        new = by_code.get((town.country, town.code)) or by_name.get((town.country, town.admin1))
        town.admin1 = new or town.admin1
    return others


def _generic_free(name: str) -> Iterator[str]:
    plain = key(name)
    short = _GENERIC.sub("", plain)
    if short != plain:
        yield short
        yield bare(short)


def _add_towns(made: Builder, found: sources.Sources, supplement: dict[str, Any]) -> None:
    biggest = _biggest(found.towns)
    also: dict[int, list[str]] = {}
    unlike: dict[int, set[str]] = {}
    for more in supplement.get("also", []):
        if town := biggest.get((more["country"], key(more["town"]))):
            also[town.geonameid] = more["names"]
    for less in supplement.get("not", []):
        if town := biggest.get((less["country"], key(less["town"]))):
            unlike[town.geonameid] = {key(name) for name in less["names"]}
    capitals = {(code, key(country["capital"])) for code, country in found.countries.items()}
    for town in found.towns:
        bad = unlike.get(town.geonameid, set())
        others = [name for name in town.others if name and _usable(name)] + also.get(town.geonameid, [])
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


def _add_areas(
    made: Builder,
    found: sources.Sources,
    supplement: dict[str, Any],
    others: dict[tuple[str, str], list[str]],
) -> dict[tuple[str, str], int]:
    """Add first- and second-level areas; returns the rows of the first level."""
    first: dict[tuple[str, str], int] = {}
    known = {(area["country"], area["name"]): area for area in supplement.get("admin1", [])}
    for area in admin.areas(found.towns):
        feature = "adm2" if area.admin2 else "adm1"
        names = [area.name, *(others.get((area.country, area.name), ()) if feature == "adm1" else ())]
        more = known.get((area.country, area.name), {}) if feature == "adm1" else {}
        state = found.states.get(area.name, 0) if area.country == "US" and feature == "adm1" else 0
        row = made.place(
            names,
            area.country,
            tuple(more.get("at", (area.lat, area.lon))),
            area.population,
            feature,
            geonameid=more.get("id", state),
            admin1=area.admin1,
            admin2=area.admin2,
        )
        if feature == "adm1":
            first[area.country, area.name] = row
            for name in names:
                for short in _generic_free(name):
                    made.post(short, row, layout.OTHER)
    return first


def _words(said: dict[str, Any]) -> Iterator[str]:
    """All words for a country; people are also written in the plural."""
    yield from (said["name"], *said.get("also", []), *said.get("parts", []))
    for word in said.get("people", []):
        yield word
        if not word.endswith(("s", "sh", "ese", "man", "men", "é")):
            yield word + "s"


def _add_countries(made: Builder, found: sources.Sources, words: dict[str, Any]) -> None:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in found.towns:
        points[town.country].append((town.lat, town.lon))
    capital_needed = {key(word) for word in words.get("capital_needed", {}).get("words", [])}
    for code in made.codes:
        said, country = words[code], found.countries[code]
        point = tuple(said["at"]) if "at" in said else admin.middle(points[code], 1.0)
        names = list(dict.fromkeys([said["name"], *said.get("also", []), country["name"]]))
        row = made.place(
            names, code, point, int(country["population"]), "country", geonameid=int(country["geonameid"])
        )
        made.country_rows[code] = row
        for word in [country["name"], *_words(said)]:
            made.post(
                key(word),
                row,
                layout.OTHER if key(word) in capital_needed else layout.CANONICAL,
                layout.COUNTRIES,
            )


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
    common = supplement.get("common", {})
    for tier, kind in ((layout.WORD, "words"), (layout.PERSON, "persons"), (layout.NEVER, "never")):
        for word in common.get(kind, "").split():
            made.post(key(word), tier, tier, layout.COMMON)
    for phrase in common.get("phrases", []):
        made.post(key(phrase), layout.WORD, layout.WORD, layout.COMMON)


def assemble(found: sources.Sources, supplement: dict[str, Any], words: dict[str, Any]) -> bytes:
    """The bytes of the file of places for these sources, supplements and words for countries."""
    made = Builder((code for code in words if code in found.countries), supplement.get("many_spellings", ()))
    found.towns = sorted(
        (town for town in found.towns if town.country in made.codes), key=lambda town: town.geonameid
    )
    admin.join(found.towns, found.located)
    others = _rename(found.towns, supplement)
    _add_towns(made, found, supplement)
    first = _add_areas(made, found, supplement, others)
    _add_countries(made, found, words)
    _add_supplement(made, supplement, first)
    return layout.pack(made.content())


def build(
    target: Path, *, found: sources.Sources | None = None, supplement: Path = SUPPLEMENT, words: Path = WORDS
) -> None:
    """Build ``target``, written whole or not at all; ``found`` is read from the installed packages if not given."""
    found = found or sources.read()
    data = assemble(
        found, tomllib.loads(supplement.read_text("utf-8")), tomllib.loads(words.read_text("utf-8"))
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(target)


def main(arguments: list[str]) -> int:
    """The command line: one argument, the file to write."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m bearwitness.gazetteer.build TARGET\n")
        return InputError.exit_code
    build(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
