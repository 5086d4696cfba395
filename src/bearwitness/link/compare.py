"""Two mentions side by side: what bars them from being one event, and what speaks for it.

Each thing that the two share has a weight, and so has how well time and place agree; the sum must reach a threshold,
and something must distinguish the event besides. A number alone never joins, and a difference of numbers never
separates (standards M2). A date or place that the reader itself was not sure of bars nothing, but then only a name joins.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from .. import edtf
from .facts import COUNTRY_RUNG, Fact, table
from .matching import distinguishes, matches, outweighs, worth

NEAR_PUBLICATION = 7  # days between two publications that can mean one unknown year
MISREAD = (
    31  # days by which a date may be misread: that of an arrest, a death or a page for that of the event
)
NEXT = 1  # days between what a night belongs to
DOUBTS = frozenset(
    {"next_day", "other_day", "far_day", "later_report", "other_place", "other_country", "place_unknown"}
)


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
    if countries_differ(one, other) and not (one.place_doubtful or other.place_doubtful):
        return "different_country"
    if {one.status, other.status} == {"foiled", "occurred"}:
        return "foiled_or_not"
    if days_differ(one, other) and not (one.day_doubtful or other.day_doubtful):
        return "different_days"
    if one.series is not None and other.series is not None and one.series != other.series:
        return "different_series"
    if places_differ(one, other) and not (one.place_doubtful or other.place_doubtful):
        return "different_place"
    return None


def days_differ(one: Fact, other: Fact) -> bool:
    """Whether both give a date and the dates cannot be one. A window around publication is no date."""
    if one.days is None or other.days is None or one.windowed or other.windowed:
        return False
    return not edtf.meet(one.days, other.days)


def far(one: Fact, other: Fact) -> bool:
    """Whether the dates lie so far apart that a doubtful reading does not explain it."""
    return one.days is not None and other.days is not None and edtf.apart(one.days, other.days) > MISREAD


def countries_differ(one: Fact, other: Fact) -> bool:
    """Whether both countries are known and are two."""
    return bool(one.country and other.country) and one.country != other.country


def places_differ(one: Fact, other: Fact) -> bool:
    """Whether both places are found, comparable, and too far apart."""
    if one.rung >= COUNTRY_RUNG or other.rung >= COUNTRY_RUNG:
        return False
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return False
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return kilometres(one.lat, one.lon, other.lat, other.lon) > max(one.reach, other.reach)


def when(one: Fact, other: Fact) -> str:
    """How the dates agree, a code of ``codes.FOR``, or in what they do not: one of ``DOUBTS`` if the reader was not sure
    of one of them, else a reason why the two are not joined."""
    if one.days is None or other.days is None:
        return "date_unknown"
    if not edtf.meet(one.days, other.days):
        if one.windowed or other.windowed:
            return "later_report" if one.days.year and other.days.year else "date_unknown"
        if far(one, other):
            return "far_day"
        return "next_day" if edtf.apart(one.days, other.days) == NEXT else "other_day"
    if not (one.days.year and other.days.year):
        return _year_unknown(one, other)
    if one.windowed or other.windowed:
        return "publication_window"
    return "same_day" if one.days == other.days and one.days.one_day else "dates_meet"


def _year_unknown(one: Fact, other: Fact) -> str:
    stamps = [
        fact.published or (fact.days if fact.days and fact.days.year else None) for fact in (one, other)
    ]
    first, second = stamps
    if first is None or second is None or not (first.year and second.year):
        return "year_untold"
    return "year_unknown" if edtf.apart(first, second) <= NEAR_PUBLICATION else "publication_far"


def where(one: Fact, other: Fact) -> str:
    """How the places agree or do not, as ``when`` says it of the dates."""
    if one.rung >= COUNTRY_RUNG and other.rung >= COUNTRY_RUNG:
        return "country_only" if one.country is not None and one.country == other.country else "place_unknown"
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return "same_place"
    words = bool(one.place_words) and one.place_words == other.place_words
    if countries_differ(one, other):
        return "same_words" if words else "other_country"
    if one.rung >= COUNTRY_RUNG or other.rung >= COUNTRY_RUNG:
        return "too_coarse" if one.place_words and other.place_words else "place_unknown"
    if places_differ(one, other):
        return "same_words" if words else "other_place"
    if one.lat is None or other.lat is None:
        return "same_words" if words else "place_unknown"
    if words:
        return "same_place"
    return "too_coarse" if abs(one.rung - other.rung) > 1 else "near_place"


def compare(one: Fact, other: Fact) -> Comparison:
    """Everything that speaks for and against the two being one event, under the rules alone."""
    bar = barred(one, other)
    if bar is not None:
        return Comparison(False, 0, (bar,), bar)
    if other.kind != one.kind and other.kind not in table("kinds")[one.kind]:
        return Comparison(False, 0, ("different_kinds",))
    found = tuple(matches(one, other))
    time, place = when(one, other), where(one, other)
    # Copies are compared whatever they fail to say; what they say may still not contradict.
    if "copied_text" in found:
        time = time if time in table("weights") else "no_date"
        place = place if place in table("weights") and place != "place_unknown" else "no_place"
    codes = (time, place, *found)
    score = worth(codes)
    weights = table("weights")
    for code in (time, place):
        if code not in weights:  # what cannot be compared
            return Comparison(False, score, (*found, code))
    if not outweighs(found, DOUBTS.intersection((time, place))):
        return Comparison(False, score, (*codes, "too_doubtful"))
    if not distinguishes(found, exact=time == "same_day" and place in ("same_place", "same_words")):
        return Comparison(False, score, (*codes, "nothing_distinguishing"))
    joins = score >= table("threshold")["joins"]
    return Comparison(joins, score, codes if joins else (*codes, "too_little"))
