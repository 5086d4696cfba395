"""Our incidents by day and place: which of them a row could be about, at a cost that does not grow with their number.

An incident is filed under each day it may have been on, with the square of a degree that its point lies in, or with its
country where the point stands for an area or is not known. Long stretches of time are filed under their months.
"""

from __future__ import annotations

from datetime import date
from math import cos, radians
from typing import TYPE_CHECKING

from ..edtf import Days, shifted
from .evidence import COARSE, SLACK_DAYS, SLACK_KILOMETRES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .ours import Ours
    from .row import Row

_DEGREE = 111.0  # kilometres
_SHORT = 45  # days of a stretch that is filed under its days
_LONGEST = 800  # days of the longest stretch that is filed at all

Key = tuple[object, ...]


class Index:
    """``incidents`` in their order; an incident is named by its place in it."""

    def __init__(self, incidents: Iterable[Ours]) -> None:
        self.incidents: list[Ours] = []
        self.without: list[int] = []
        """Incidents without a day, without a place and a country, or that are totals of many: never matched."""
        self.first: int | None = None
        self.last: int | None = None
        self.countries: set[str] = set()
        self._filed: dict[Key, list[int]] = {}
        self._wheres: set[Key] = set()
        for one in incidents:
            self._file(one)

    def _file(self, one: Ours) -> None:
        place = len(self.incidents)
        self.incidents.append(one)
        times = list(_times(one.days, 0)) if one.days is not None and one.kind != "total" else []
        wheres = list(_homes(one))
        if not times or not wheres:
            self.without.append(place)
            return
        if one.days is not None and one.days.year:
            self.first = min(one.days.first, self.first or one.days.first)
            self.last = max(one.days.last, self.last or one.days.last)
        if one.country:
            self.countries.add(one.country)
        self._wheres.update(wheres)
        for time in times:
            for where in wheres:
                self._filed.setdefault((*time, *where), []).append(place)

    def covers(self, row: Row) -> bool:
        """Whether the row's days and country are among those that any of our incidents is of."""
        if self.first is None or self.last is None:
            return bool(self.incidents)
        near = row.days.last >= self.first - SLACK_DAYS and row.days.first <= self.last + SLACK_DAYS
        return near and (row.country is None or not self.countries or row.country in self.countries)

    def near(self, row: Row) -> list[int]:
        """The incidents that a row could be about, in order."""
        wheres = [where for where in _seen(row) if where in self._wheres]
        if not wheres:
            return []
        found: set[int] = set()
        for time in _times(row.days, SLACK_DAYS, searching=True):
            for where in wheres:
                found.update(self._filed.get((*time, *where), ()))
        return sorted(found)


def _times(days: Days | None, slack: int, *, searching: bool = False) -> Iterator[Key]:
    """What days are filed, or looked for, under: days ("d"), months ("m") and days of an unknown year ("x").

    What is filed under months is looked for there by all; what is looked for by months is so among days too."""
    if days is None:
        return
    wide = shifted(days, slack, slack)
    length = wide.last - wide.first + 1
    if not days.year:
        for ordinal in range(days.first, min(days.last, days.first + _SHORT) + 1):
            yield ("x", *_month_day(ordinal))
        return
    if length > _LONGEST:
        return
    if searching or days.length <= _SHORT:
        for ordinal in range(wide.first, wide.last + 1):
            yield ("d", ordinal)
    if searching or days.length > _SHORT:
        yield from dict.fromkeys(
            ("m", day.year, day.month) for day in map(date.fromordinal, range(wide.first, wide.last + 1))
        )
    if searching:
        yield from dict.fromkeys(("x", *_month_day(ordinal)) for ordinal in range(days.first, days.last + 1))


def _month_day(ordinal: int) -> tuple[int, int]:
    day = date.fromordinal(ordinal)
    return day.month, day.day


def _homes(one: Ours) -> Iterator[Key]:
    """Where an incident is filed: in its square, if its point stands for a place; and in its country."""
    if one.point is not None:
        yield ("fine" if one.point.reach <= COARSE else "coarse", *_square(one.point.lat, one.point.lon))
    if one.country:
        # Rows that name no more than a country look for all in it; others for those that do not.
        yield ("any", one.country)
        if one.point is None:
            yield ("placeless", one.country)


def _square(lat: float, lon: float) -> tuple[int, int]:
    return int(lat // 1), int((lon + 180) // 1) % 360


def _seen(row: Row) -> Iterator[Key]:
    """Where to look for what a row could be about."""
    if row.point is None:
        if row.country:
            yield ("any", row.country)
        return
    if row.country:
        yield ("placeless", row.country)
    for name, reach in (("fine", COARSE), ("coarse", 120.0)):
        for square in _squares(row.point.lat, row.point.lon, row.point.reach + reach + SLACK_KILOMETRES):
            yield (name, *square)


def _squares(lat: float, lon: float, radius: float) -> Iterator[tuple[int, int]]:
    """The squares within so many kilometres of a point, across the date line too."""
    high = radius / _DEGREE
    widest = min(89.0, abs(lat) + high)
    wide = min(180.0, high / max(cos(radians(widest)), 0.02))
    for y in range(int((lat - high) // 1), int((lat + high) // 1) + 1):
        seen = range(int((lon - wide + 180) // 1), int((lon + wide + 180) // 1) + 1)
        for x in dict.fromkeys(x % 360 for x in seen):
            yield y, x
