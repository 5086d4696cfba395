"""Looking up place names: all the places of a name, and which of them a text means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from bearwitness.gazetteer import layout, ranking
from bearwitness.gazetteer.normalise import bare, key, loose
from bearwitness.gazetteer.query import Asked, ask, forms, placeless
from bearwitness.gazetteer.ranking import Commonness
from bearwitness.record import Candidate

DEFAULT = Path(__file__).parent / "data" / "places.bin"
MOST = 5
"""The most candidates given for one name."""

NONE_ABOVE = 0.5
"""A name is no match where "none of them" is likelier than this."""

REMEMBERED = 4096
"""How many names a gazetteer remembers what it found for; then it forgets them all."""

SETTLED = 0.5
"""The score from which ``settle`` takes a place as settled."""

COMMONNESS: tuple[Commonness, ...] = ("word", "person", "never")

QUALIFIED = 60.0
"""Kilometres within which a town lies in another that qualifies it ("Saltivka, Kharkiv")."""

TOWN, ADM1, ADM2, AREA = (layout.FEATURES.index(name) for name in ("town", "adm1", "adm2", "area"))


class Entry(NamedTuple):
    """One place. ``geonameid`` is 0 where GeoNames' number is not known (most admin areas, supplements).

    Coordinates are WGS 84 degrees; ``feature`` is also a ``record.Precision``.
    """

    geonameid: int
    name: str
    country: str
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    population: int
    feature: layout.Feature


class Context(msgspec.Struct):
    """What is known around a name: countries named in the text (code to times), places settled, outlet's country."""

    countries: dict[str, int] = {}
    places: list[Entry] = []
    home: str | None = None


_T = TypeVar("_T")


def _kept(known: dict[str, _T], words: str, find: Callable[[], _T]) -> _T:
    """What is known for ``words``, or what ``find`` finds, remembered; full, all of it is forgotten."""
    if words in known:
        return known[words]
    found = find()
    if len(known) >= REMEMBERED:
        known.clear()
    known[words] = found
    return found


def _remembered(method: Callable[[Gazetteer, str], _T]) -> Callable[[Gazetteer, str], _T]:
    """Keep the answers for words asked before: a report asks for each of its names many times, and nothing changes."""

    name = method.__name__

    @wraps(method)
    def answer(self: Gazetteer, words: str) -> _T:
        known: dict[str, _T] = self._answers.setdefault(name, {})
        if words in known:
            return known[words]
        return _kept(known, words, lambda: method(self, words))

    return answer


class Gazetteer:
    """The places, mapped into memory. ``open`` it once and share it; it is never changed."""

    def __init__(self, table: layout.Table) -> None:
        self.table = table
        self._found: dict[str, dict[int, int]] = {}
        self._answers: dict[str, dict[str, Any]] = {}

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Map the packaged file, or another. Raises ``InputError`` where it is missing or damaged."""
        return cls(layout.Table(path or DEFAULT))

    def verify(self) -> None:
        """Read the whole file; raises ``InputError`` if one byte is not as built."""
        self.table.verify()

    @_remembered
    def has(self, words: str) -> bool:
        """Whether any place has that name; cheaper than ``entries``."""
        return bool(self._find(ask(words)))

    def entries(self, words: str) -> list[Entry]:
        """All places of that name, the most populous first; [] if there is none. What follows a comma is passed over."""
        found = self._find(ask(words))
        rows = sorted(((tier, self.table.row(number)) for number, tier in found.items()), key=_prominence)
        return [self._entry(row) for _, row in rows]

    @_remembered
    def country(self, words: str) -> str | None:
        """The ISO code of a country's name, adjective or people: "Azerbaijan's" and "Azeris" are "AZ"."""
        for name in forms(words):
            for number, tier in self.table.find(name, layout.COUNTRIES):
                if tier == layout.CANONICAL or not words.islower() or "." in words:
                    return self.table.codes[self.table.row(number).country]
        return None

    @_remembered
    def people(self, words: str) -> bool:
        """Whether the words are an adjective or a people ("Syrian", "Britons"), which is no place."""
        for name in forms(words):
            for number, tier in self.table.find(name, layout.COUNTRIES):
                if tier == layout.CANONICAL or not words.islower():
                    return not any(
                        other == number or self.table.row(other).feature in (ADM1, AREA)
                        for other, _ in self.table.find(name)
                    )
        return False

    def centre(self, country: str) -> tuple[float, float]:
        """A representative point of a country, latitude first. Raises ``KeyError`` for an unknown code."""
        row = self.table.row(self.table.countries[country])
        return row.lat / layout.DEGREE, row.lon / layout.DEGREE

    def resolve(self, words: str, context: Context) -> tuple[tuple[Candidate, ...], float]:
        """Ranked candidates, best first, at most five, and the best one's score; ((), 0.0) is "no match"."""
        ranked = self.rank(words, context)
        candidates = tuple(
            Candidate(
                geonameid=entry.geonameid,
                name=entry.name,
                country=entry.country,
                admin1=entry.admin1,
                lat=entry.lat,
                lon=entry.lon,
                population=entry.population,
                score=score,
            )
            for entry, score in ranked
        )
        return candidates, candidates[0].score if candidates else 0.0

    def rank(self, words: str, context: Context) -> list[tuple[Entry, float]]:
        """As ``resolve``, with whole entries; [] is "no match"."""
        scored = [(self.table.row(number), score) for number, score in self.scores(words, context)]
        return [(self._entry(row), round(score, 4)) for row, score in scored[:MOST]]

    def settle(
        self, names: Iterable[str], *, home: str | None = None, countries: Mapping[str, int] | None = None
    ) -> Context:
        """Read all place names of one text together, so that each can support the others.

        ``countries`` are further countries the text names (people, adjectives) and how often.
        """
        said = [name for words in names for name in (words, *ask(words).qualifiers)]
        counts = dict(countries or {})
        for name in said:
            code = self.country(name)
            if code and not self._elsewhere(name, code):
                counts[code] = counts.get(code, 0) + 1
        context = Context(countries=counts, places=[], home=home)
        for _ in range(2):
            places = [best for name in dict.fromkeys(said) if (best := self._sure(name, context))]
            context = Context(countries=counts, places=places, home=home)
        return context

    def _elsewhere(self, name: str, code: str) -> bool:
        """Whether a country's name is also a first-level area's of another: "Georgia" alone speaks for neither."""
        rows = (self.table.row(number) for number in self._find(ask(name)))
        return any(row.feature == ADM1 and self.table.codes[row.country] != code for row in rows)

    def _sure(self, name: str, context: Context) -> Entry | None:
        ranked = self.rank(name, context)
        return ranked[0][0] if ranked and ranked[0][1] >= SETTLED else None

    def scores(self, words: str, context: Context) -> list[tuple[int, float]]:
        """Row numbers and scores of the candidates, best first; [] is "no match"."""
        asked = ask(words)
        found = {} if self.people(words) else self.candidates(asked)
        common = None if asked.qualifiers else self.common(asked.full)
        numbers, utilities = [], []
        for number, row, values in self.weigh(found, surroundings(context, asked.kind)):
            if ranking.barred(common, row, values):
                continue
            numbers.append(number)
            utilities.append(ranking.utility(values) + ranking.QUALIFIED * bool(asked.qualifiers))
        if not numbers:
            return []
        chances = ranking.chances(utilities)
        if 1 - sum(chances) > NONE_ABOVE:
            return []
        return sorted(zip(numbers, chances, strict=True), key=lambda pair: (-pair[1], pair[0]))

    def weigh(
        self, found: Mapping[int, int], around: ranking.Surroundings
    ) -> Iterator[tuple[int, layout.Row, tuple[float, ...]]]:
        """Number, row and features (see ``ranking``) of each candidate: row numbers to tiers.

        Settled places that are candidates themselves are no support: a guess must not confirm itself.
        """
        rows = [(number, self.table.row(number), tier) for number, tier in found.items()]
        own = {(row.lat, row.lon, layout.FEATURES[row.feature]) for _, row, _ in rows}
        others = (place for place in around.places if (*_grid(place), place.feature) not in own)
        around = around._replace(places=tuple(others))
        towns = {(row.country, row.admin1) for _, row, _ in rows if row.feature == TOWN}
        areas = {(row.country, row.admin1): tier for _, row, tier in rows if row.feature == ADM1}
        for number, row, tier in rows:
            where = row.country, row.admin1
            shadowed = row.feature in (ADM1, ADM2) and where in towns
            if row.feature == TOWN:
                tier = min(tier, areas.get(where, tier))
            country, admin1 = self.table.codes[row.country], self.table.label(row.admin1)
            yield number, row, ranking.features(row, tier, country, admin1, around, shadowed)

    def common(self, name: str) -> Commonness | None:
        """Whether a key is also a common "word" (or an organisation), of "persons", or "never" a place."""
        kinds = [tier for _, tier in self.table.find(name, layout.COMMON)]
        return COMMONNESS[max(kinds)] if kinds else None

    def lies_in(self, words: str, wider: str) -> bool:
        """Whether a place of that name lies in a known one that ``wider`` names ("Fresno" in "Calif.")."""
        asked = ask(words)
        found = self._find(asked)
        inside = self._within(found, wider)
        return bool(inside) and (len(inside) < len(found) or self._qualifier(wider))

    def _qualifier(self, words: str) -> bool:
        return bool(self.country(words) or self.table.find(key(words), layout.QUALIFIERS))

    def candidates(self, asked: Asked) -> dict[int, int]:
        """Row numbers to tiers of all places that fit the name and its qualifiers."""
        found = self._find(asked)
        for words in asked.qualifiers:
            found = self._within(found, words)
        return found

    def _find(self, asked: Asked) -> dict[int, int]:
        return _kept(self._found, asked.first, lambda: self._look_up(asked))

    def _look_up(self, asked: Asked) -> dict[int, int]:
        if asked.dotted:
            found = self.table.find(asked.full, layout.QUALIFIERS)
            if found:
                return dict(found)
        names = [*forms(asked.first), asked.name, placeless(asked.full)]
        for name in dict.fromkeys(names):
            found = self.table.find(name)
            short = bare(name)
            if short != name:
                found += [(number, layout.BARE) for number, _ in self.table.find(short)]
            if found:
                return _strongest(found)
        return _strongest(self.table.find(loose(asked.name), layout.LOOSELY)) if asked.name.isascii() else {}

    def _within(self, found: dict[int, int], words: str) -> dict[int, int]:
        """Those places that lie in what qualifies them; all of them where the qualifier is unknown."""
        name = key(words)
        wider = [self.table.row(number) for number, _ in self.table.find(name, layout.QUALIFIERS)]
        code = self.country(words)
        if not wider:
            wider = [self.table.row(number) for number in self._find(ask(words))]
        if not wider and code is None:
            return found
        return {
            number: tier
            for number, tier in found.items()
            if self._inside(self.table.row(number), wider, code)
        }

    def _inside(self, row: layout.Row, wider: list[layout.Row], code: str | None) -> bool:
        if code is not None and self.table.codes[row.country] == code:
            return True
        return any(_contains(other, row) for other in wider)

    def entry(self, number: int) -> Entry:
        """The entry of a row number."""
        return self._entry(self.table.row(number))

    def _entry(self, row: layout.Row) -> Entry:
        return Entry(
            row.geonameid,
            self.table.text(row.name),
            self.table.codes[row.country],
            self.table.label(row.admin1),
            self.table.label(row.admin2),
            row.lat / layout.DEGREE,
            row.lon / layout.DEGREE,
            row.population,
            layout.FEATURES[row.feature],
        )


def surroundings(context: Context, kind: str = "") -> ranking.Surroundings:
    """A context as the ranking takes it."""
    places = tuple(
        ranking.Neighbour(place.lat, place.lon, place.country, place.admin1, place.feature)
        for place in context.places
    )
    return ranking.Surroundings(
        context.countries, sum(context.countries.values()), places, context.home, kind
    )


def _grid(place: ranking.Neighbour) -> tuple[int, int]:
    return round(place.lat * layout.DEGREE), round(place.lon * layout.DEGREE)


def _contains(wider: layout.Row, row: layout.Row) -> bool:
    if wider.country != row.country:
        return False
    feature = layout.FEATURES[wider.feature]
    if feature == "country":
        return True
    if feature == "adm1":
        return wider.admin1 == row.admin1
    if feature == "adm2":
        return (wider.admin1, wider.admin2) == (row.admin1, row.admin2)
    reach = QUALIFIED * (4 if feature == "area" else 1)
    far = ranking.distance(
        wider.lat / layout.DEGREE, wider.lon / layout.DEGREE, row.lat / layout.DEGREE, row.lon / layout.DEGREE
    )
    return far <= reach


def _strongest(found: list[tuple[int, int]]) -> dict[int, int]:
    best: dict[int, int] = {}
    for number, tier in found:
        best[number] = min(tier, best.get(number, tier))
    return best


def _prominence(pair: tuple[int, layout.Row]) -> tuple[int, int, int]:
    tier, row = pair
    return -row.population, tier, row.geonameid
