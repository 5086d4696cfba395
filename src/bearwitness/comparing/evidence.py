"""What speaks for a row and an incident being one event, and what against it: codes with weights, and sentences.

The weights stand in ``vocabulary/comparing.toml``, as logarithms of odds, and add up to a chance. A toll alone never
makes a match, nor does its difference forbid one: whether the tolls agree is what people compare for.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import asin, cos, exp, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from .. import edtf, parties, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ours import Ours
    from .row import Figures, Row

SLACK_DAYS = 7
"""Days between two accounts of one event at most, where both give them."""
SLACK_KILOMETRES = 50.0
"""Kilometres between two points beyond what their precision allows, at most."""
SAME_POINT = 3.0  # kilometres between two gazetteers' points for one town
WIDE = 10  # days from which on a date says little
SMALL = 3
COARSE = 50.0  # kilometres of reach from which on a point stands for an area
_LITTLE, _MUCH = 0.5, 3.0

SENTENCES: dict[str, str] = {
    "base": "Of rows and incidents as near as these, few are one event.",
    "same_day": "Both give the same day.",
    "days_meet": "The days that the two give meet.",
    "wide_days": "The days that the two give meet, but one of them leaves many open.",
    "next_day": "The days are next to each other.",
    "few_days": "The days are two or three apart.",
    "a_week": "The days are up to a week apart.",
    "year_unknown": "Day and month agree; our reports do not tell the year.",
    "window": "Our reports give no day; they were published just then.",
    "same_point": "Both give the same place.",
    "near_point": "The places are within what their precision allows.",
    "within_area": "The place of one lies in the area that the other gives.",
    "country_only": "One of them names no place but the country.",
    "far_point": "The places are further apart than their precision allows.",
    "place_unknown": "One of them has no place that could be found.",
    "same_name": "Both use the same name for the place.",
    "other_country": "They give different countries.",
    "same_kind": "Both tell of this kind of event.",
    "other_kind": "They tell of kinds of events that do not go together.",
    "same_means": "Both tell of the same means.",
    "other_means": "They tell of different means.",
    "same_actor": "Both name the same actor.",
    "other_actors": "They name different actors.",
    "same_site": "Both name the same site or target.",
    "same_toll": "They agree on a number of dead.",
    "same_small_toll": "They agree on a small number of dead.",
    "toll_within": "The figures for the dead overlap.",
    "toll_apart": "The figures for the dead are far apart.",
    "same_injured": "They agree on a number of injured.",
    "few_words": "The row and our reports share a rare word.",
    "rare_words": "The row and our reports share rare words.",
    "many_words": "The row and our reports share several words that are rare in the file.",
    "no_words": "The row and our reports share no rare word.",
}
"""What each code means."""


class Evidence(NamedTuple):
    """The codes found, and the sum of their weights."""

    codes: tuple[str, ...]
    score: float

    @property
    def chance(self) -> float:
        """The chance that the two are one event, other candidates left aside."""
        return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, self.score))))

    @property
    def tells(self) -> bool:
        """Whether more speaks for it than day, place and kind, which many events of a war share."""
        codes = set(self.codes)
        return "many_words" in codes or (
            "rare_words" in codes and bool(codes & {"same_toll", "same_injured"})
        )

    def with_words(self, strength: float | None) -> Evidence:
        """With what shared words say: ``strength`` is how rare they are, added up; ``None`` if nothing can be said."""
        if strength is None:
            return self
        steps = (("many_words", 6.0), ("rare_words", 3.0), ("few_words", 1.2))
        code = next((name for name, least in steps if strength >= least), "no_words")
        return Evidence((*self.codes, code), self.score + weights()[code])


@cache
def weights() -> dict[str, float]:
    """The weight of each code."""
    found: dict[str, float] = vocabulary.load("comparing")["weights"]
    return found


def weigh(one: Ours, row: Row) -> Evidence | None:
    """All that speaks for and against the two being one; ``None`` where days or places forbid it, or nothing is known."""
    time = _time(one, row)
    place = _place(one, row) if time else None
    if time is None or place is None:
        return None
    codes = ["base", time, *place, *_kind(one, row), *_actors(one, row), *_tolls(one, row)]
    if one.words & row.words:
        codes.append("same_site")
    table = weights()
    return Evidence(tuple(codes), sum(table[code] for code in codes))


def _time(one: Ours, row: Row) -> str | None:
    if one.days is None:
        return None
    apart = edtf.apart(one.days, row.days)
    if not one.days.year:
        return "year_unknown" if apart == 0 else None
    if apart == 0:
        if one.window:
            return "window"
        if one.days == row.days and one.days.one_day:
            return "same_day"
        return "wide_days" if max(one.days.length, row.days.length) >= WIDE else "days_meet"
    if one.window or apart > SLACK_DAYS:
        return None
    return "next_day" if apart == 1 else "few_days" if apart <= 3 else "a_week"


def _place(one: Ours, row: Row) -> tuple[str, ...] | None:
    named = _name_agrees(one, row)
    other = bool(one.country and row.country and one.country != row.country)
    if one.point is None or row.point is None:
        if other or (one.country is None and not named):
            return None
        coarse = (one.point is None and one.level == "country") or (row.point is None)
        return ("country_only" if coarse else "place_unknown", *(("same_name",) if named else ()))
    away = kilometres(one.point.lat, one.point.lon, row.point.lat, row.point.lon)
    fine, wide = sorted((one.point.reach, row.point.reach))
    if away > fine + wide + SLACK_KILOMETRES or (other and away > fine + wide):
        return None
    if wide > COARSE:
        code = "within_area" if away <= fine + wide else "far_point"
    elif away <= max(SAME_POINT, fine):
        code = "same_point"
    else:
        code = "near_point" if away <= fine + wide else "far_point"
    return (code, *(("same_name",) if named else ()), *(("other_country",) if other else ()))


def _name_agrees(one: Ours, row: Row) -> bool:
    return bool(one.place) and one.place <= _tokens(row.place)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(parties.tokens(text))


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    a, b = radians(lat), radians(lat2)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


def _kind(one: Ours, row: Row) -> Iterator[str]:
    if row.kinds:
        if one.kind == row.kinds[0]:
            yield "same_kind"
        elif one.kind not in row.kinds:
            yield "other_kind"
    if one.means and row.means:
        yield "same_means" if one.means & row.means else "other_means"


def _actors(one: Ours, row: Row) -> Iterator[str]:
    theirs = [actor for name in row.actors if not (actor := party_of(name)).generic]
    if one.actors and theirs:
        shared = any(parties.same(actor, other) for actor in one.actors for other in theirs)
        yield "same_actor" if shared else "other_actors"


@lru_cache(maxsize=65536)
def party_of(name: str) -> parties.Party:
    """The party that an actor's name in a file stands for: "Military Forces of Sudan (2019-)" is that country's forces,
    "Protesters (Sudan)" and "Civilians" are nobody in particular."""
    bare = name.partition("(")[0].strip()
    folded = parties.fold(bare).strip()
    if folded in vocabulary.load("comparing")["nobody"]:
        bare = ""
    return parties.party(vocabulary.load("comparing")["actors"].get(folded) or bare)


def _tolls(one: Ours, row: Row) -> Iterator[str]:
    ours, theirs = one.killed.span, row.killed.span
    if ours is not None and theirs is not None and not (row.silent_zero and theirs[1] == 0):
        yield from _toll(one.killed, row.killed, ours, theirs)
    if one.injured.known and row.injured.known and _shared(one.injured, row.injured) >= SMALL:
        yield "same_injured"


def _toll(one: Figures, row: Figures, ours: tuple[int, int], theirs: tuple[int, int]) -> Iterator[str]:
    shared = _shared(one, row)
    if shared >= SMALL:
        yield "same_toll"
    elif shared >= 0 and ours == theirs:
        yield "same_small_toll"
    elif ours[0] <= theirs[1] and theirs[0] <= ours[1]:
        yield "toll_within"
    else:
        low, high = sorted((ours[1], theirs[1]))
        if high - low >= SMALL and high >= _MUCH * max(low, _LITTLE):
            yield "toll_apart"


def _shared(one: Figures, other: Figures) -> int:
    """The largest figure that the two have in common, -1 if there is none."""
    mine = {figure for figure in one if figure is not None}
    return max((figure for figure in other if figure in mine), default=-1)
