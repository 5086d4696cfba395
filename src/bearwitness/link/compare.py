"""Two mentions side by side: what bars them from being one event, and what speaks for it.

Points stand for how much a match distinguishes; how many are needed depends on how exactly time and place
agree. A number alone never joins, and a difference of numbers never separates (standards M2).
"""

from __future__ import annotations

from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from .. import edtf, parties
from .facts import COUNTRY_RUNG, Fact, table

if TYPE_CHECKING:
    from collections.abc import Iterator

NEAR_PUBLICATION = 7  # days between two publications that can mean one unknown year
NEVER = 99
COPY_POINTS = 6
SMALL = 3  # figures below this are too common to tell one event from another
TELLING = {
    "copied_text",
    "same_person",
    "same_statement",
    "same_target",
    "same_weapon",
    "same_actor",
    "same_toll",
}
FIGURES = {"same_figure", "near_toll", "same_toll"}


class Comparison(NamedTuple):
    """What comparing two mentions found. ``bar`` is a reason they can never be one by rule; ``joins`` says
    whether the rules would join them; ``score`` orders candidates; ``codes`` are reasons for, then against."""

    joins: bool
    score: int
    codes: tuple[str, ...]
    bar: str | None = None


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    a, b = radians(lat), radians(lat2)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


def barred(one: Fact, other: Fact) -> str | None:
    """The reason why the two can never be one event, or ``None``. Only a person overrules it."""
    if one.report == other.report:
        return "same_report"
    if (one.kind == "total") != (other.kind == "total"):
        return "total_or_single"
    if one.country and other.country and one.country != other.country:
        return "different_country"
    if {one.status, other.status} == {"foiled", "occurred"}:
        return "foiled_or_not"
    if days_differ(one, other):
        return "different_days"
    if one.series is not None and other.series is not None and one.series != other.series:
        return "different_series"
    return "different_place" if places_differ(one, other) else None


def days_differ(one: Fact, other: Fact) -> bool:
    """Whether both give a date and the dates cannot be one. A window around publication is no date."""
    if one.days is None or other.days is None or one.windowed or other.windowed:
        return False
    return not edtf.meet(one.days, other.days)


def places_differ(one: Fact, other: Fact) -> bool:
    """Whether both places are found, comparable, and too far apart."""
    if one.rung >= COUNTRY_RUNG or other.rung >= COUNTRY_RUNG:
        return False
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return False
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return kilometres(one.lat, one.lon, other.lat, other.lon) > max(one.reach, other.reach)


def when(one: Fact, other: Fact) -> tuple[str | None, str]:
    """How the dates agree (a code of ``codes.FOR``) or ``None``, and then why not."""
    if one.days is None or other.days is None:
        return None, "date_unknown"
    if not edtf.meet(one.days, other.days):
        return None, "date_unknown" if one.windowed or other.windowed else "different_days"
    if not (one.days.year and other.days.year):
        return _year_unknown(one, other)
    if one.windowed or other.windowed:
        return "publication_window", ""
    if one.days == other.days and one.days.one_day:
        return "same_day", ""
    return "dates_meet", ""


def _year_unknown(one: Fact, other: Fact) -> tuple[str | None, str]:
    stamps = [
        fact.published or (fact.days if fact.days and fact.days.year else None) for fact in (one, other)
    ]
    first, second = stamps
    if first is None or second is None or not (first.year and second.year):
        return "year_untold", ""
    near = edtf.apart(first, second) <= NEAR_PUBLICATION
    return ("year_unknown", "") if near else (None, "publication_far")


def where(one: Fact, other: Fact) -> tuple[str | None, str]:
    """How the places agree (a code of ``codes.FOR``) or ``None``, and then why not."""
    if one.rung >= COUNTRY_RUNG and other.rung >= COUNTRY_RUNG:
        agree = one.country is not None and one.country == other.country
        return ("country_only", "") if agree else (None, "place_unknown")
    if one.rung >= COUNTRY_RUNG or other.rung >= COUNTRY_RUNG:
        return None, "too_coarse"
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return "same_place", ""
    if places_differ(one, other):
        return None, "different_place"
    words = bool(one.place_words) and one.place_words == other.place_words
    if one.lat is None or other.lat is None:
        return ("same_words", "") if words else (None, "place_unknown")
    if words:
        return "same_place", ""
    return (None, "too_coarse") if abs(one.rung - other.rung) > 1 else ("near_place", "")


def compare(one: Fact, other: Fact) -> Comparison:
    """Everything that speaks for and against the two being one event, under the rules alone."""
    bar = barred(one, other)
    if bar is not None:
        return Comparison(False, 0, (bar,), bar)
    if other.kind != one.kind and other.kind not in table("kinds")[one.kind]:
        return Comparison(False, 0, ("different_kinds",))
    time, no_time = when(one, other)
    place, no_place = where(one, other)
    points = list(matches(one, other))
    score = sum(worth for _, worth in points)
    copied = any(code == "copied_text" for code, _ in points)
    doubts = tuple(code for code, worth in points if worth < 0)
    found = tuple(code for code, worth in points if worth > 0)
    # Copies are compared whatever they fail to say; what they say may still not contradict (the bars above).
    if (time is None or place is None) and not copied:
        return Comparison(False, score, (*found, no_time or no_place))
    agreed = (time or "no_date", place or "no_place")
    enough = copied or (score >= needed(one, other, time, place) and distinguishes(points))
    codes = (*agreed, *found, *doubts) if enough else (*agreed, *found, *doubts, "nothing_distinguishing")
    exact = (time == "same_day") + (place == "same_place")
    return Comparison(enough, score * 4 + exact, codes)


def needed(one: Fact, other: Fact, time: str | None, place: str | None) -> int:
    """How many points must speak for one event when time and place agree this well."""
    if time is None or place is None:
        return NEVER
    if place == "country_only":
        return 5
    long = max((fact.days.length for fact in (one, other) if fact.days), default=1) > 3
    base = {"same_day": 2, "dates_meet": 3 if long else 2, "publication_window": 3, "year_unknown": 3}.get(
        time, 4
    )
    return base + (place == "near_place")


def matches(one: Fact, other: Fact) -> Iterator[tuple[str, int]]:
    """What the two share that other events of the kind do not, with its worth; and what counts against."""
    if _copied(one, other):
        yield "copied_text", COPY_POINTS
        if one.order == other.order:
            yield "same_order", 1
    if one.persons & other.persons:
        yield "same_person", 5
    if (worth := _statement(one, other)) > 0:
        yield "same_statement", worth
    if shared := one.targets & other.targets:
        close = len(shared) > 1 or _overlap(one.targets, other.targets) >= 0.5
        yield "same_target", 2 if close and not shared <= _common_sites() else 1
    if weapons := one.weapons & other.weapons:
        yield "same_weapon", 1 if weapons <= parties.listed("common_weapons") else 2
    elif one.means & other.means:
        yield "same_means", 1
    if (actors := _actors(one, other)) != 0:
        yield ("same_actor", 2) if actors > 0 else ("different_actors", -1)
    yield from _tolls(one, other)
    if (number := len(one.wording & other.wording)) > 0:
        yield "same_wording", 2 if number > 1 else 1
    if one.sites and other.sites and not one.targets & other.targets:
        yield "different_sites", -1


def _copied(one: Fact, other: Fact) -> bool:
    """Whether the texts are copies and the two mentions the same passage of them: alike in the words of the
    event, in a figure or in the target (outlets give copies headlines of their own)."""
    if not one.copied or one.copied != other.copied:
        return False
    alike = _overlap(one.anchor, other.anchor) >= 0.5
    return alike or bool(one.figures & other.figures) or bool(one.targets & other.targets)


def distinguishes(points: list[tuple[str, int]]) -> bool:
    """Whether something sets the event apart: a telling match, or like figures with like means or words.
    Common words ("a man was shot") never do, however many of them agree."""
    if any(code in TELLING and worth > 1 for code, worth in points):
        return True
    found = {code for code, worth in points if worth > 0}
    return bool(found & FIGURES) and bool(found - FIGURES)


@cache
def _common_sites() -> frozenset[str]:
    return frozenset(table("common")["sites"])


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def _statement(one: Fact, other: Fact) -> int:
    """What one speaker's one figure is worth: much, unless the speaker is "police" or the figure one or two."""
    worth = 0
    for said in one.statements:
        for again in other.statements:
            if said[:3] == again[:3] and parties.one_voice(said.institution, again.institution):
                named = not said.institution <= parties.listed("generic")
                small = max(said.low or 0, said.high or 0) < SMALL
                worth = max(worth, 1 if small else 3 if named else 2)
    return worth


def _actors(one: Fact, other: Fact) -> int:
    """1 if both name one actor, -1 if both name actors and none is shared, 0 if one names none."""
    if not one.actors or not other.actors:
        return 0
    return 1 if any(parties.same(actor, again) for actor in one.actors for again in other.actors) else -1


def _tolls(one: Fact, other: Fact) -> Iterator[tuple[str, int]]:
    shared = one.figures & other.figures
    if len({about for about, _ in shared}) > 1 and sum(number for _, number in shared) >= 5:
        yield "same_toll", 2
    elif max((number for _, number in shared), default=0) >= SMALL:
        yield "same_figure", 1
    elif any(_revised(about, one, other) for about in ("killed", "abducted", "injured")):
        yield "near_toll", 1


def _revised(about: str, one: Fact, other: Fact) -> bool:
    """Whether the largest figures of the two could be one toll, counted again."""
    ours = max((number for name, number in one.figures if name == about), default=0)
    theirs = max((number for name, number in other.figures if name == about), default=0)
    return min(ours, theirs) >= SMALL and 2 * min(ours, theirs) >= max(ours, theirs)
