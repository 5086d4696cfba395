"""The maps: which window to draw, and what stands on it. A coarse place is an area, never a pin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from bearwitness.publish import atlas, words

if TYPE_CHECKING:
    from bearwitness.publish.lines import Line

WORLD_WIDTH = 1000.0
LOCAL_WIDTH = 600.0
LOCAL_HEIGHT = 500.0


class Sign(msgspec.Struct, frozen=True):
    """Something on the map. ``radius`` is the area's in drawing units, 0 for a dot."""

    x: float
    y: float
    radius: float
    label: str
    lines: tuple[Line, ...] = ()

    @property
    def href(self) -> str:
        """The incident's page, or the list where several share the place."""
        return f"incidents/{self.lines[0].id}.html" if len(self.lines) == 1 else "#list"


class Map(msgspec.Struct, frozen=True):
    """A map ready for the template. ``shaded`` holds the codes of countries known only as a country."""

    width: float
    height: float
    paths: tuple[atlas.Path, ...]
    signs: tuple[Sign, ...]
    shaded: dict[str, tuple[Line, ...]]
    labels: tuple[atlas.Path, ...] = ()
    unlocated: int = 0


def front(lines: Iterable[Line]) -> Map:
    """The map of all incidents: one sign a place, sized by how many incidents, never by how many dead."""
    groups: dict[tuple[float, float, str], list[Line]] = defaultdict(list)
    nations: dict[str, list[Line]] = defaultdict(list)
    unlocated = 0
    for line in lines:
        code = words.shape_code(line.country)
        if line.precision == "country" and code:
            nations[code].append(line)
        elif line.lat is None or line.lon is None or line.precision == "country":
            unlocated += 1
        else:
            groups[line.lat, line.lon, line.precision or ""].append(line)
    box = _around([(lat, lon) for lat, lon, _ in groups], nations)
    if box is None:
        project = atlas.natural_earth(WORLD_WIDTH)
        paths, height = _world()
        radius_of = 0.0
    else:
        project, height = atlas.window(box, WORLD_WIDTH)
        paths = atlas.drawn_window(box, WORLD_WIDTH, 0.9)
        radius_of = 1.0
    signs = [
        Sign(
            *_rounded(project(lon, lat)),
            radius=max(
                _reach(precision, project, lat, lon),
                11.0 if words.PRECISION.get(precision, ("", 0))[1] else 0.0,
            ),
            label=_label(group),
            lines=tuple(group),
        )
        for (lat, lon, precision), group in groups.items()
    ]
    # Wide areas are drawn first, so that they never cover a dot.
    signs.sort(key=lambda sign: (-sign.radius, sign.y, sign.x, sign.label))
    shaded = {code: tuple(found) for code, found in sorted(nations.items())}
    labels = _labels(paths, WORLD_WIDTH, height, signs) if radius_of else ()
    return Map(WORLD_WIDTH, round(height, 1), paths, tuple(signs), shaded, labels, unlocated)


def local(line: Line) -> Map | None:
    """The map of one incident; ``None`` where nothing is known of its place but words."""
    code = words.shape_code(line.country)
    whole = line.precision == "country"
    box = _country_box(code) if whole else None
    if box is None:
        if line.lat is None or line.lon is None or whole:
            return None
        reach = words.PRECISION.get(line.precision or "", ("", 0))[1]
        tall = 6.0 if reach < 50 else 8.0
        box = _shaped(line.lat, line.lon, tall)
    project, height = atlas.window(box, LOCAL_WIDTH)
    paths = atlas.drawn_window(box, LOCAL_WIDTH, 0.6)
    signs: tuple[Sign, ...] = ()
    if not whole and line.lat is not None and line.lon is not None:
        x, y = _rounded(project(line.lon, line.lat))
        signs = (Sign(x, y, _reach(line.precision or "", project, line.lat, line.lon), line.place, (line,)),)
    shaded: dict[str, tuple[Line, ...]] = {code: (line,)} if whole else {}
    labels = _labels(paths, LOCAL_WIDTH, height, signs)
    return Map(LOCAL_WIDTH, round(height, 1), paths, signs, shaded, labels)


def _rounded(at: atlas.Point) -> atlas.Point:
    return round(at[0], 1), round(at[1], 1)


def _reach(precision: str, project: atlas.Project, lat: float, lon: float) -> float:
    distance = words.PRECISION.get(precision, ("", 0))[1]
    return round(atlas.kilometres(distance, project, lat, lon), 1) if distance else 0.0


def _label(group: Sequence[Line]) -> str:
    if len(group) == 1:
        line = group[0]
        return f"{line.place}, {line.when.words}: {line.title}"
    return f"{group[0].place}: {words.plural(len(group), 'incident')}"


@lru_cache(maxsize=1)
def _world() -> tuple[tuple[atlas.Path, ...], float]:
    project = atlas.natural_earth(WORLD_WIDTH)
    box = atlas.Box(-180, -57, 180, 84)
    return tuple(atlas.draw("110m", box, project, 0.35)), project(0, -57)[1]


def _around(points: Sequence[tuple[float, float]], nations: Iterable[str]) -> atlas.Box | None:
    """A window around everything, with land to see it by; ``None`` for the world."""
    spots = list(points)
    for code in nations:
        found = _country_box(code)
        if found:
            spots += [(found.south, found.west), (found.north, found.east)]
    if not spots:
        return None
    south, north = min(lat for lat, _ in spots), max(lat for lat, _ in spots)
    west, east = min(lon for _, lon in spots), max(lon for _, lon in spots)
    if east - west > 100 or north - south > 60:
        return None
    tall = max(north - south, (east - west) * 0.45, 8.0) * 1.35
    return _shaped((south + north) / 2, (west + east) / 2, min(tall, 90.0), 1.9)


def _shaped(lat: float, lon: float, tall: float, ratio: float = LOCAL_WIDTH / LOCAL_HEIGHT) -> atlas.Box:
    """A window ``tall`` degrees high around a point, kept on the map, with sides in ``ratio``."""
    middle = min(max(lat, -85 + tall / 2), 85 - tall / 2)
    project, _ = atlas.window(atlas.Box(0, middle - tall / 2, 1, middle + tall / 2), 1.0)
    squeeze = 1 / project(0, middle + tall / 2 - 1)[1]
    wide = min(tall * ratio / max(squeeze, 0.15), 359.0)
    centre = min(max(lon, -180 + wide / 2), 180 - wide / 2)
    return atlas.Box(
        round(centre - wide / 2, 3),
        round(middle - tall / 2, 3),
        round(centre + wide / 2, 3),
        round(middle + tall / 2, 3),
    )


@lru_cache(maxsize=256)
def _country_box(code: str) -> atlas.Box | None:
    """A window around a country's largest part; distant islands stay outside it."""
    for country in atlas.countries("50m"):
        if country.code == code and country.rings:
            bounds = max((b for b, _ in country.rings), key=lambda b: (b.east - b.west) * (b.north - b.south))
            tall = max((bounds.north - bounds.south) * 1.3, (bounds.east - bounds.west) * 0.75, 4.0)
            return _shaped(
                (bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2, min(tall, 100.0)
            )
    return None


def _labels(
    paths: Iterable[atlas.Path], width: float, height: float, signs: Sequence[Sign]
) -> tuple[atlas.Path, ...]:
    """Countries with room for their name inside the window, clear of signs and of the buttons."""
    wanted = []
    for path in sorted(paths, key=lambda p: -p.room)[:14]:
        wide = len(path.name) * 8.0
        inside = wide / 2 + 8 < path.x < width - wide / 2 - 8 and 22 < path.y < height - 16
        buttons = path.x + wide / 2 > width - 70 and path.y < 190
        free = all(abs(path.x - s.x) > wide / 2 + 14 or abs(path.y - s.y) > s.radius + 24 for s in signs)
        if inside and free and not buttons and path.room > wide * 22:
            wanted.append(path)
    return tuple(wanted)
