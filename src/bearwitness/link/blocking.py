"""Which mentions are worth comparing: those that stand near each other in a list of a time and a place.

Dates of a few days fall into days, longer ones into weeks or years (compared with all dates in them), dates
without a year into their month (compared with every year's). Places fall into one-degree cells around their point, and into
their own words. Every pair of a time and a place is a list; copies of one text have a list of their own, whatever they say of
time and place, and so have the persons harmed, some of the names and, for each day, some of the telling words: they bring together
accounts of which one was misread in its day or place. In a list, mentions that name the same person, target or weapon stand together, and each is compared with the
``REACH`` before and after it. So one mention costs the same however much happens in one town on one day, and which two are
compared follows from the mentions alone and not from the order in which they came.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from math import cos, floor, radians
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .facts import COUNTRY_RUNG, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

EXACT, SHORT = 4, 62  # days up to which a date is bucketed by day, and by week
REACH = 32
FEW = 6  # names, and telling words, of a mention that have lists
PART = 8_000_000  # pairs gathered before they are counted: what bounds the memory of one round
_BITS = (1 << 63) - 1
Key = tuple[str | int, ...]


class Entry(NamedTuple):
    """A mention's place in a list: which list, the rank in it (mentions of one rank stand in order of id), and whether it is
    compared with all there or only with those that are."""

    list: int
    rank: int
    eager: bool


@lru_cache(maxsize=65536)
def _number(key: Key) -> int:
    """63 bits that stand for ``key``, the same on every machine."""
    return int.from_bytes(blake2b(repr(key).encode(), digest_size=8).digest(), "big") & _BITS


def entries(fact: Fact) -> list[Entry]:
    """The places of a mention in all its lists, in order of the lists."""
    rank = _rank(fact)
    where = [_number(key) for key in _places(fact)]
    found = {
        (place * 0x9E3779B97F4A7C15 + _number(when)) & _BITS: Entry(0, rank, eager)
        for when, eager in _times(fact)
        for place in where
    }
    for key in _telling(fact):
        found[_number(key)] = Entry(0, rank, True)
    if fact.copied:
        found[copy_list(fact.copied)] = Entry(0, fact.order, True)
    return [Entry(key, found[key].rank, found[key].eager) for key in sorted(found)]


def _telling(fact: Fact) -> Iterator[Key]:
    """A list for each person harmed, for some of the names, and for some of the telling words on each day: those with the
    smallest numbers, which two accounts that share many of them likely have in common."""
    for person in fact.persons:
        if len(person) > 1:
            yield ("name", " ".join(person))
    for name in sorted(fact.names, key=lambda name: _number((name,)))[:FEW]:
        yield ("name", name)
    days = [when for when, _ in _times(fact) if when[0] == "day"]
    for word in sorted(fact.words, key=lambda word: _number((word,)))[:FEW] if days else ():
        for when in days:
            yield ("word", word, *when)


def copy_list(copied: str) -> int:
    """The list of the mentions in copies of one text."""
    return _number(("copy", copied))


def _rank(fact: Fact) -> int:
    """Equal for mentions that name the same things, and likely equal for those that name many of the same: of what
    could tell the event from others, the smallest by a fixed hash."""
    told = {*fact.targets, *fact.weapons, *(" ".join(person) for person in fact.persons)}
    return min((_number((word,)) for word in told or fact.wording | fact.means), default=0)


def candidates(facts: Sequence[Fact]) -> Iterator[tuple[int, int, int]]:
    """Pairs of mentions of different reports to compare, as indexes of ``facts`` (which are in order of id; the smaller first),
    each once, with the number of lists in which the two stand near each other."""
    lists, ats, eager = _sorted(facts)
    numbers: dict[str, int] = {}
    reports = np.array([numbers.setdefault(fact.report, len(numbers)) for fact in facts], dtype=np.int64)
    size = max(1, len(facts))
    codes = np.empty(0, dtype=np.int64)
    counts = np.empty(0, dtype=np.int64)
    parts: list[NDArray[np.int64]] = []
    held = 0
    active = np.arange(len(lists), dtype=np.int64)
    for step in range(1, REACH + 1):
        active = active[active + step < len(lists)]
        active = active[lists[active] == lists[active + step]]
        met = active[eager[active] | eager[active + step]]
        one, other = ats[met], ats[met + step]
        apart = reports[one] != reports[other]
        one, other = one[apart], other[apart]
        parts.append(np.minimum(one, other) * size + np.maximum(one, other))
        held += len(one)
        if held > PART:
            codes, counts = _counted(codes, counts, parts)
            parts, held = [], 0
    codes, counts = _counted(codes, counts, parts)
    for start in range(0, len(codes), 65536):
        some = codes[start : start + 65536]
        firsts, seconds = (some // size).tolist(), (some % size).tolist()
        yield from zip(firsts, seconds, counts[start : start + 65536].tolist(), strict=True)


def _sorted(facts: Iterable[Fact]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """All entries in the order of lists, ranks and ids: the lists, the indexes of the mentions, and which are eager."""
    lists, ranks, ats, eager = bytearray(), bytearray(), bytearray(), bytearray()
    for at, fact in enumerate(facts):
        held = entries(fact)
        lists += np.array([entry.list for entry in held], dtype=np.int64).tobytes()
        ranks += np.array([entry.rank for entry in held], dtype=np.int64).tobytes()
        ats += np.full(len(held), at, dtype=np.int64).tobytes()
        eager += bytes([entry.eager for entry in held])
    every = [np.frombuffer(part, dtype=np.int64) for part in (lists, ranks, ats)]
    order = np.lexsort((every[2], every[1], every[0]))
    return every[0][order], every[2][order], np.frombuffer(eager, dtype=np.bool_)[order]


def _counted(
    codes: NDArray[np.int64], counts: NDArray[np.int64], parts: list[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each pair once, in order, with how often it was met."""
    more = np.concatenate([np.empty(0, dtype=np.int64), *parts])
    fresh, met = np.unique(more, return_counts=True)
    if not len(codes):
        return fresh, met.astype(np.int64)
    every, at = np.unique(np.concatenate([codes, fresh]), return_inverse=True)
    total = np.zeros(len(every), dtype=np.int64)
    np.add.at(total, at, np.concatenate([counts, met]))
    return every, total


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
