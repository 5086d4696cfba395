"""Dates as EDTF (ISO 8601-2): what days a date may mean, whether two can be one day, and how to say it.

Understood: years, months, days and instants; ``X`` digits (``2020-10-XX``, ``201X``, ``XXXX-10-17``); seasons
(``2020-21`` to ``2020-24``); qualifiers ``?``, ``~`` and ``%`` (they widen nothing); intervals ``a/b`` with an
open (``..``) or unknown (empty) end. A date whose year is unknown is never given one here.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
YEAR = 366  # days of the year 4, which stands for an unknown one
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}  # first and last month; 24 is winter
_MONTHS = tuple(calendar.month_name)


class Days(NamedTuple):
    """Days as proleptic Gregorian ordinals, both ends included. With ``year`` false they lie in the leap
    year 4 and only month and day mean anything (a turn of the year runs on into year 5)."""

    first: int
    last: int
    year: bool = True

    @property
    def one_day(self) -> bool:
        """Whether this is a single day."""
        return self.first == self.last

    @property
    def length(self) -> int:
        """How many days it may be."""
        return self.last - self.first + 1


@lru_cache(maxsize=65536)
def days(value: str | None) -> Days | None:
    """The days ``value`` may mean, or ``None`` if it is null, says nothing of the day or is no such date."""
    if not value:
        return None
    if "/" not in value:
        return _point(value)
    left, _, right = value.partition("/")
    first = _point(left) if left not in ("", "..") else None
    last = _point(right) if right not in ("", "..") else None
    if first is None:
        if last is None or not last.year:
            return last
        return Days(FIRST, last.last)
    if last is None:
        return Days(first.first, LAST) if first.year else first
    if first.year != last.year:
        return None
    if last.last < first.first:
        return None if first.year else Days(first.first, last.last + YEAR, year=False)
    return Days(first.first, last.last, first.year)


def _point(value: str) -> Days | None:
    text = value.strip().rstrip("?~%").partition("T")[0].replace("u", "X")
    parts = text.split("-")
    if not parts or len(parts) > 3 or len(parts[0]) != 4:
        return None
    year, month, day = parts[0], *(parts[1:] + ["XX"] * (3 - len(parts)))
    if not all(set(part) <= set("0123456789X") and part for part in (year, month, day)):
        return None
    known = "X" not in year
    years = (int(year), int(year)) if known else (4, 4)
    if not known and year != "XXXX":
        if month != "XX":
            return None
        years = (max(1, int(year.replace("X", "0"))), int(year.replace("X", "9")))
        known = True
    if "X" in month:
        return _days((years[0], 1, 1), (years[1], 12, 31), known) if known else None
    number = int(month)
    if not 1 <= years[0] <= 9999:
        return None
    if number in _SEASONS:
        opens, closes = _SEASONS[number]
        return _days(
            (years[0], opens, 1), (years[1], closes, calendar.monthrange(years[1], closes)[1]), known
        )
    if number == 24:
        return _winter(years, known)
    if not 1 <= number <= 12:
        return None
    if "X" in day:
        last = calendar.monthrange(years[1], number)[1]
        return _days((years[0], number, 1), (years[1], number, last), known)
    return _days((years[0], number, int(day)), (years[1], number, int(day)), known)


def _winter(years: tuple[int, int], known: bool) -> Days | None:
    """From January to the February after: the winter of a year may be the one it began in or the one it ended in."""
    if not known:
        return Days(date(4, 12, 1).toordinal(), date(5, 2, 28).toordinal(), year=False)
    after = min(years[1] + 1, date.max.year)
    return _days((years[0], 1, 1), (after, 2, calendar.monthrange(after, 2)[1]), known)


def _days(first: tuple[int, int, int], last: tuple[int, int, int], known: bool) -> Days | None:
    try:
        return Days(date(*first).toordinal(), date(*last).toordinal(), known)
    except ValueError:  # no such day in the calendar
        return None


def meet(one: Days, other: Days) -> bool:
    """Whether the two can be one day. An unknown year meets every year."""
    return apart(one, other) == 0


def apart(one: Days, other: Days) -> int:
    """How many days lie between the nearest ends; 0 if they meet. An unknown year is the nearest fitting one."""
    if one.year and other.year:
        return max(0, one.first - other.last, other.first - one.last)
    a, b = _yearless(one), _yearless(other)
    if a.length >= YEAR or b.length >= YEAR:
        return 0
    return min(max(0, a.first - b.last - turn, b.first + turn - a.last) for turn in (0, YEAR, -YEAR))


def _yearless(value: Days) -> Days:
    """The same days in the year 4."""
    if not value.year:
        return value
    day = date.fromordinal(value.first)
    first = date(4, day.month, day.day).toordinal()
    return Days(first, first + value.length - 1, year=False)


def later(one: str | None, other: str | None) -> bool:
    """Whether ``one`` is certainly after ``other``. Two instants are compared as such if both state their offset
    from UTC, or neither does; else by their days."""
    a, b = days(one), days(other)
    if a is None or b is None or not (a.year and b.year):
        return False
    at, past = _instant(one), _instant(other)
    if at is not None and past is not None and (at.tzinfo is None) == (past.tzinfo is None):
        return at > past
    return a.first > b.last


def _instant(value: str | None) -> datetime | None:
    if value is None or "T" not in value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:  # an interval, or a qualifier behind the time
        return None


def words(value: str | None) -> str | None:
    """How to say ``value`` in English: "17 October 2020", "17 October (year unknown)", "October 2005"."""
    if not value:
        return None
    if "/" in value:
        left, _, right = value.partition("/")
        first = "an unknown day" if left in ("", "..") else words(left)
        last = "an open end" if right in ("", "..") else words(right)
        return f"{first} to {last}"
    text = value.strip().rstrip("?~%").partition("T")[0]
    parts = [part for part in text.split("-") if "X" not in part]
    year_known = "X" not in text.split("-")[0]
    numbers = [int(part) for part in parts if part.isdigit()]
    if not numbers:
        return None
    year = f" {numbers.pop(0)}" if year_known else " (year unknown)"
    if not numbers:
        return year.strip()
    if not 1 <= numbers[0] <= 12:
        season = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}.get(numbers[0])
        return f"{season}{year}" if season else year.strip()
    day = f"{numbers[1]} " if len(numbers) > 1 else ""
    return f"{day}{_MONTHS[numbers[0]]}{year}"


def shifted(value: Days, before: int = 0, after: int = 0) -> Days:
    """``value`` widened by whole days on either side, within the calendar."""
    return Days(max(FIRST, value.first - before), min(LAST, value.last + after), value.year)
