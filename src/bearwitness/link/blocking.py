"""Which mentions are worth comparing: those that share a time bucket and a place key.

The cost of one mention does not grow with the ledger, only with how much happens at its own time and place.
Dates of a few days fall into days, longer ones into weeks or years (compared with all dates in them), dates
without a year into their month (compared with every year's). Places fall into one-degree cells around their point, and into
their own words. Copies of one text are compared whatever they say of time and place.
"""

from __future__ import annotations

from datetime import date
from math import cos, floor, radians
from typing import TYPE_CHECKING

from .facts import COUNTRY_RUNG, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

EXACT, SHORT = 4, 62  # days up to which a date is bucketed by day, and by week
Key = tuple[str | int, ...]


def candidates(facts: list[Fact]) -> Iterator[tuple[int, int]]:
    """Index pairs (smaller first) of mentions of different reports to compare, each once, in any order."""
    seen: set[int] = set()
    size = len(facts)
    for eager, others in _blocks(facts):
        for at, one in enumerate(eager):
            for other in (*eager[at + 1 :], *others):
                a, b = (one, other) if one < other else (other, one)
                if a * size + b in seen or facts[a].report == facts[b].report:
                    continue
                seen.add(a * size + b)
                yield a, b


def _blocks(facts: list[Fact]) -> Iterator[tuple[list[int], list[int]]]:
    """Blocks as (eager, others): eager ones are compared with each other and with the others."""
    blocks: dict[Key, tuple[list[int], list[int]]] = {}
    for at, fact in enumerate(facts):
        keys = {(*when, *where): eager for when, eager in _times(fact) for where in _places(fact)}
        if fact.copied:
            keys["copy", fact.copied] = True
        for key, eager in keys.items():
            blocks.setdefault(key, ([], []))[0 if eager else 1].append(at)
    for first, rest in blocks.values():
        if first and len(first) + len(rest) > 1:
            yield first, rest


def _times(fact: Fact) -> Iterator[tuple[Key, bool]]:
    days = fact.days
    if days is None:
        return
    if not days.year:
        for month in sorted({date.fromordinal(day).month for day in (days.first, days.last)}):
            yield ("month", month), True
        return
    if days.length <= SHORT:
        exact = days.length <= EXACT
        for day in range(days.first, days.last + 1) if exact else ():
            yield ("day", day), True
        for week in range(days.first // 7, days.last // 7 + 1):
            yield ("week", week), not exact
        for month in sorted({date.fromordinal(day).month for day in (days.first, days.last)}):
            yield ("month", month), False
    for year in _years(days.first, days.last):
        yield ("year", year), days.length > SHORT


def _years(first: int, last: int) -> range:
    opens, closes = date.fromordinal(first).year, date.fromordinal(last).year
    # An open end reaches for centuries; fifty years of buckets are enough to meet anything dated.
    return range(max(opens, closes - 50), closes + 1) if closes < 9999 else range(opens, opens + 50)


def _places(fact: Fact) -> Iterator[Key]:
    if fact.place_words:
        yield ("words", *fact.place_words)
    if fact.rung >= COUNTRY_RUNG:
        if fact.country:
            yield ("country", fact.country)
    elif fact.lat is not None and fact.lon is not None:
        tall = fact.reach / 111.0
        wide = min(180.0, fact.reach / (111.0 * max(0.01, cos(radians(fact.lat)))))
        for row in range(floor(fact.lat - tall), floor(fact.lat + tall) + 1):
            for column in range(floor(fact.lon - wide), floor(fact.lon + wide) + 1):
                yield ("cell", row, column % 360)
