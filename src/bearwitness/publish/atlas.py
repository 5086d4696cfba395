"""The world's countries as shapes: TopoJSON decoded, clipped, thinned, projected and written as SVG paths.

Shapes are Natural Earth's (public domain), as the npm package ``world-atlas`` carries them. Borders are those
of that data set and take no side. All of it is drawn when the site is made; a page asks nobody for a map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from bearwitness.errors import MissingExtra

Point = tuple[float, float]
Ring = list[Point]
Project = Callable[[float, float], Point]


class Box(NamedTuple):
    """A window on the map in degrees."""

    west: float
    south: float
    east: float
    north: float

    def grown(self, share: float) -> Box:
        """The window with a margin of ``share`` of its size on every side."""
        x, y = (self.east - self.west) * share, (self.north - self.south) * share
        return Box(self.west - x, self.south - y, self.east + x, self.north + y)


class Country(NamedTuple):
    """A country's shape: ISO 3166 three-digit code ("" for none), name, rings of (longitude, latitude)."""

    code: str
    name: str
    rings: tuple[tuple[Box, Ring], ...]


class Path(NamedTuple):
    """A shape ready to draw: code, name, SVG path data, and where a label would stand."""

    code: str
    name: str
    d: str
    x: float
    y: float
    room: float


@cache
def countries(scale: str) -> tuple[Country, ...]:
    """All countries at a scale, ``110m`` (coarse) or ``50m``. Raises ``MissingExtra`` where the file is not."""
    file = files("bearwitness.publish") / "assets" / "vendor" / f"countries-{scale}.json"
    if not file.is_file():
        raise MissingExtra(
            f"the map shapes are missing ({file.name}): reinstall bearwitness, or in a checkout run 'make setup'"
        )
    return tuple(_decode(msgspec.json.decode(file.read_bytes())))


def _decode(topology: dict[str, Any]) -> Iterator[Country]:
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [_arc(arc, scale, shift) for arc in topology["arcs"]]
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape["type"], [])
        rings = [
            part for polygon in polygons or [] for ring in polygon for part in _unrolled(_ring(ring, arcs))
        ]
        boxed = tuple((_bounds(ring), ring) for ring in rings)
        yield Country(str(shape.get("id", "")), str(shape["properties"]["name"]), boxed)


def _arc(arc: Sequence[Sequence[int]], scale: Sequence[float], shift: Sequence[float]) -> Ring:
    x = y = 0
    points: Ring = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def _ring(indices: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    points: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _unrolled(ring: Ring) -> list[Ring]:
    """A ring that crosses the date line as rings that do not; any other ring as it is.

    The shapes are stitched there: longitude jumps from 180 to -180 within a ring, which drawn on a flat map
    would be a line across the whole world.
    """
    points, turn = [ring[0]], 0.0
    for (before, _), (lon, lat) in pairwise(ring):
        turn += 360.0 if lon - before < -180 else -360.0 if lon - before > 180 else 0.0
        points.append((lon + turn, lat))
    if turn:
        # It goes round a pole and does not close: let it close there.
        pole = -90.0 if ring[0][1] < 0 else 90.0
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    bounds = _bounds(points)
    if bounds.west >= -180 and bounds.east <= 180:
        return [points]
    whole = Box(-180, -90, 180, 90)
    shifted = ([(lon + by, lat) for lon, lat in points] for by in (-360.0, 0.0, 360.0))
    parts = (clip(part, whole) for part in shifted)
    return [[*part, part[0]] for part in parts if len(part) > 2]


def _bounds(ring: Ring) -> Box:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return Box(min(xs), min(ys), max(xs), max(ys))


def natural_earth(width: float) -> Project:
    """The Natural Earth projection of the whole world, from 180 W, 84 N, ``width`` units wide."""

    def raw(lon: float, lat: float) -> Point:
        p2 = math.radians(lat) ** 2
        p4 = p2 * p2
        x = math.radians(lon) * (
            0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4))
        )
        y = math.radians(lat) * (
            1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4))
        )
        return x, y

    scale = width / (2 * raw(180, 0)[0])
    top = raw(0, 84)[1]

    def project(lon: float, lat: float) -> Point:
        x, y = raw(lon, lat)
        return x * scale + width / 2, (top - y) * scale

    return project


def window(box: Box, width: float) -> tuple[Project, float]:
    """A plain projection, true to shape at the window's middle, and the height that ``width`` gives it."""
    squeeze = math.cos(math.radians((box.south + box.north) / 2))
    scale = width / ((box.east - box.west) * squeeze)

    def project(lon: float, lat: float) -> Point:
        return (lon - box.west) * squeeze * scale, (box.north - lat) * scale

    return project, (box.north - box.south) * scale


def kilometres(distance: float, project: Project, lat: float, lon: float) -> float:
    """How many drawing units ``distance`` kilometres northward take at a place."""
    return abs(project(lon, lat)[1] - project(lon, min(89.0, lat + distance / 111.2))[1])


def draw(scale: str, box: Box, project: Project, detail: float) -> list[Path]:
    """Every country seen in ``box`` as one path; points nearer than ``detail`` units are left away."""
    paths = []
    for country in countries(scale):
        parts, best = [], (0.0, 0.0, 0.0)
        for bounds, ring in country.rings:
            if (
                bounds.east < box.west
                or bounds.west > box.east
                or bounds.north < box.south
                or bounds.south > box.north
            ):
                continue
            inside = _within(bounds, box)
            points = thin([project(*point) for point in (ring if inside else clip(ring, box))], detail)
            if len(points) < 3:
                continue
            parts.append(_written(points))
            best = max(best, _middle(points))
        if parts:
            area, x, y = best
            paths.append(Path(country.code, country.name, "".join(parts), round(x, 1), round(y, 1), area))
    return paths


@lru_cache(maxsize=64)
def drawn_window(box: Box, width: float, detail: float) -> tuple[Path, ...]:
    """The shapes of a window drawn ``width`` wide; kept, since many incidents share a place."""
    project, _ = window(box, width)
    return tuple(draw("50m", box.grown(0.04), project, detail))


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner.west >= outer.west
        and inner.east <= outer.east
        and inner.south >= outer.south
        and inner.north <= outer.north
    )


def clip(ring: Ring, box: Box) -> Ring:
    """The part of a ring inside a window (Sutherland and Hodgman)."""
    for axis, limit, keep_above in (
        (0, box.west, True),
        (0, box.east, False),
        (1, box.south, True),
        (1, box.north, False),
    ):
        ring = _cut(ring, axis, limit, keep_above)
        if not ring:
            break
    return ring


def _cut(ring: Ring, axis: int, limit: float, keep_above: bool) -> Ring:
    def inside(point: Point) -> bool:
        return point[axis] >= limit if keep_above else point[axis] <= limit

    kept: Ring = []
    for index, point in enumerate(ring):
        before = ring[index - 1]
        if inside(point) != inside(before):
            share = (limit - before[axis]) / (point[axis] - before[axis])
            crossing = [
                before[0] + share * (point[0] - before[0]),
                before[1] + share * (point[1] - before[1]),
            ]
            crossing[axis] = limit
            kept.append((crossing[0], crossing[1]))
        if inside(point):
            kept.append(point)
    return kept


def thin(points: Ring, detail: float) -> Ring:
    """Fewer points, none further from the thinned line than ``detail`` (Douglas and Peucker)."""
    if len(points) < 4 or detail <= 0:
        return points
    kept = bytearray(len(points))
    # A ring closes on itself: it is thinned as two lines that meet at its point furthest from the first.
    far = max(range(len(points)), key=lambda i: math.dist(points[0], points[i]))
    kept[0] = kept[far] = kept[-1] = 1
    work = [(0, far), (far, len(points) - 1)]
    while work:
        first, last = work.pop()
        worst, at = detail, 0
        for index in range(first + 1, last):
            away = _distance(points[index], points[first], points[last])
            if away > worst:
                worst, at = away, index
        if at:
            kept[at] = 1
            work += [(first, at), (at, last)]
    return [point for point, keep in zip(points, kept, strict=True) if keep]


def _distance(point: Point, first: Point, last: Point) -> float:
    dx, dy = last[0] - first[0], last[1] - first[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return math.dist(point, first)
    return abs(dx * (first[1] - point[1]) - dy * (first[0] - point[0])) / length


def _written(points: Ring) -> str:
    """SVG path data in steps of a tenth of a unit, relative, which is the shortest."""
    steps, before = [], (0, 0)
    for index, (x, y) in enumerate(points):
        here = round(x * 10), round(y * 10)
        step = here[0] - before[0], here[1] - before[1]
        if index == 0:
            steps.append(f"M{here[0]} {here[1]}l")
        elif step != (0, 0):
            steps.append(f"{step[0]}{'' if step[1] < 0 else ' '}{step[1]} ")
        before = here
    return "".join(steps).strip() + "z"


def _middle(points: Ring) -> tuple[float, float, float]:
    """Area and centroid of a ring."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if area == 0:
        return 0.0, 0.0, 0.0
    return abs(area) / 2, x / (3 * area), y / (3 * area)
