"""Dates as pages write them, to EDTF. A date without its year is not a date of publication: it gives None."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from typing import NamedTuple

from bearwitness import vocabulary


class Found(NamedTuple):
    """A date in a text: ``edtf`` ("2020-10-17", or "2020" where day and month cannot be told apart; None where
    the calendar has no such day) and its span in the text searched."""

    edtf: str | None
    start: int
    end: int


@cache
def months() -> dict[str, int]:
    """Number of each month by its lower-case name or abbreviation."""
    words = vocabulary.load("dates")
    found: dict[str, int] = {name: number for number, name in enumerate(words["months"], start=1)}
    found.update(words["abbreviations"])
    return found


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted(months(), key=len, reverse=True))
    year = r"(?:1[89]|20)\d\d"
    return re.compile(
        rf"(?<![\w/.-])(?:"
        rf"(?P<y1>{year})(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?!\d)"
        rf"|(?P<d2>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s.-]{{0,2}}(?P<m2>{month})\b\.?,?[\s.-]{{0,2}}(?P<y2>{year})\b"
        rf"|(?P<m3>{month})\b\.?\s{{0,2}}(?P<d3>\d\d?)(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y3>{year})\b"
        rf"|(?P<n1>\d\d?)(?P<s2>[/.-])(?P<n2>\d\d?)(?P=s2)(?P<y4>{year})\b"
        rf")",
        re.IGNORECASE,
    )


def find(text: str) -> Found | None:
    """The first full date in ``text``, which should be short: a line, a header, an attribute."""
    match = _pattern().search(text)
    return _found(match) if match else None


def find_all(text: str) -> list[Found]:
    """Every full date in ``text``."""
    return [_found(match) for match in _pattern().finditer(text)]


def find_elsewhere(text: str) -> str | None:
    """The first day with its year in ``text``, a short line, whose month is in another language: "30. Juli 2018"."""
    match = _elsewhere_pattern().search(text)
    return match and day_of(int(match["y"]), _elsewhere()[match["m"].lower()], int(match["d"]))


def around(text: str) -> tuple[str, str] | None:
    """What stands before and behind the first date in ``text``, whatever its language; None where there is none."""
    match = _pattern().search(text) or _elsewhere_pattern().search(text)
    return (text[: match.start()], text[match.end() :]) if match else None


@cache
def _elsewhere() -> dict[str, int]:
    names: dict[str, list[str]] = vocabulary.load("dates")["elsewhere"]
    return {name: int(number) for number, found in names.items() for name in found} | months()


@cache
def _elsewhere_pattern() -> re.Pattern[str]:
    month = "|".join(sorted(_elsewhere(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w/.-])(?P<d>\d\d?)(?:\.|er|º)?\s{{1,2}}(?:de\s)?(?P<m>{month})\b\.?,?\s{{1,2}}(?:de\s)?(?P<y>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    )


def edtf(text: str) -> str | None:
    """``text`` as EDTF if it is a date by itself: EDTF already ("2020", "2020-10", "2020-10-17", or such with a
    time; X for a digit that is not known: "XXXX-10-17") or a date as people write it. None if it is neither or
    not in the calendar."""
    text = text.strip()
    if match := re.fullmatch(r"([\dX]{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:[T ]\d\d:\d\d.{0,25})?", text):
        year, month, day = match.groups()
        if month is None:
            return year if text == year else None
        if month != "XX" and not 1 <= int(month) <= 12:
            return None
        # A leap year stands for an unknown one, and a long month for an unknown one.
        known = (2000 if "X" in year else int(year), 1 if month == "XX" else int(month))
        if day is not None and day != "XX" and day_of(*known, int(day)) is None:
            return None
        return "-".join(part for part in (year, month, day) if part)
    found = find(text[:200])
    return found.edtf if found else None


def day_of(year: int, month: int, day: int) -> str | None:
    """The day as EDTF, or None if the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _found(match: re.Match[str]) -> Found:
    part = match.groupdict()
    if part["y1"]:
        value = day_of(int(part["y1"]), int(part["m1"]), int(part["d1"]))
    elif part["y2"]:
        value = day_of(int(part["y2"]), months()[part["m2"].lower()], int(part["d2"]))
    elif part["y3"]:
        value = day_of(int(part["y3"]), months()[part["m3"].lower()], int(part["d3"]))
    else:
        value = _day_or_month_first(int(part["n1"]), int(part["n2"]), int(part["y4"]), part["s2"])
    return Found(value, *match.span())


def _day_or_month_first(first: int, second: int, year: int, mark: str) -> str | None:
    """10.01.2026 is the tenth of January; 10/01/2026 may be either, so that only the year is known."""
    if mark == "." or first > 12 or first == second:
        return day_of(year, second, first)
    if second > 12:
        return day_of(year, first, second)
    return f"{year:04d}"


_TIME = r"(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*\(?(?:gmt|utc|[a-z]{2,4}t)\b(?:\s*[+-]\s*\d{1,2}(?::?\d\d)?)?\)?)?"
_AGO = r"(?:an?|\d{1,3}|one|two|three|four|five|six)\s+(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?\s+ago"


@cache
def _date_line() -> re.Pattern[str]:
    names = vocabulary.load("dates")
    month = "|".join(sorted(months(), key=len, reverse=True))
    weekday = "|".join(day + "|" + day[:3] for day in names["weekdays"])
    day = rf"(?:\d\d?(?:st|nd|rd|th)?[\s.-]{{0,2}}(?:{month})\b|(?:{month})\b\.?\s{{0,2}}\d\d?(?:st|nd|rd|th)?\b)\.?,?[\s.-]{{0,2}}(?:\d{{4}})?"
    number = r"\d{4}[-/.]\d\d?[-/.]\d\d?(?:T[\d:.Z+-]{4,20})?|\d\d?[-/.]\d\d?[-/.]\d{2,4}"
    return re.compile(
        rf"[\s|•·*-]*(?:(?:(?:{weekday})\.?,?\s*)?(?:{day}|{number})|{_AGO}|yesterday|today|just now|{weekday})"
        rf"(?:[\s,|•·@-]*{_TIME})?[\s|•·.-]*"
        rf"|[\s|•·-]*{_TIME}(?:[\s,|•·@-]+(?:(?:{weekday})\.?,?\s*)?(?:{day}|{number}))?[\s|•·.-]*",
        re.IGNORECASE,
    )


def is_date_line(line: str) -> bool:
    """Whether a line holds a date or a time and nothing else: "11.Jan.2026", "2 hours ago", "Oct 17, 14:05"."""
    return len(line) <= 60 and _date_line().fullmatch(line) is not None
