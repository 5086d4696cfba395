"""EDTF dates (ISO 8601-2) as words and as spans of days.

Only what the ledger writes is read: days, months, years, intervals, ``X`` for an unknown part, and ``~ ? %``
for approximate and uncertain. Anything else is shown as it is written, with no span.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

_PART = re.compile(r"(?P<year>[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?(?P<mark>[~?%]?)")
_MARKS = {"~": "about ", "?": "possibly ", "%": "possibly about "}


class When(NamedTuple):
    """A date in words, the days it covers (``None`` where the year is not known), and what is not known."""

    words: str
    first: date | None
    last: date | None
    year_unknown: bool = False

    @property
    def order(self) -> tuple[int, str]:
        """A key that sorts by day; dates with no year come first and among themselves by their words."""
        return (self.first.toordinal(), self.words) if self.first else (0, self.words)


NOT_STATED = When("date not stated", None, None)


def read(edtf: str | None) -> When:
    """What an EDTF date says. ``None`` is a date that is not stated."""
    if not edtf:
        return NOT_STATED
    if "T" in edtf:
        return _instant(edtf)
    if "/" in edtf:
        return _interval(edtf)
    return _single(edtf)


def _single(edtf: str) -> When:
    match = _PART.fullmatch(edtf)
    if match is None:
        return When(edtf, None, None)
    year, month, day = match["year"], _number(match["month"]), _number(match["day"])
    mark = _MARKS.get(match["mark"], "")
    name = calendar.month_name[month] if month and 1 <= month <= 12 else ""
    stem = f"{day} {name}" if day and name else name
    if "X" in year:
        return _without_year(edtf, year, mark, stem)
    words = f"{mark}{stem} {year}" if stem else f"{mark}{year}"
    try:
        first = date(int(year), month or 1, day or 1)
        last_month = month or 12
        last = date(int(year), last_month, day or calendar.monthrange(int(year), last_month)[1])
    except ValueError:
        return When(edtf, None, None)
    return When(words, first, last)


def _without_year(edtf: str, year: str, mark: str, stem: str) -> When:
    if re.fullmatch(r"\d{3}X", year) and not stem:
        return When(f"{mark}{year[:3]}0s", date(int(year[:3] + "0"), 1, 1), date(int(year[:3] + "9"), 12, 31))
    if stem:
        return When(f"{mark}{stem}, year unknown", None, None, year_unknown=True)
    return When("date unknown" if set(edtf) <= set("X-") else edtf, None, None, year_unknown=True)


def _interval(edtf: str) -> When:
    start, _, end = edtf.partition("/")
    first, last = (_single(part) if part not in ("", "..") else None for part in (start, end))
    if first and last:
        unknown = first.year_unknown or last.year_unknown
        words = f"{first.words} to {last.words}"
        if first.first and last.last and first.first.year == last.last.year and not unknown:
            words = f"{first.words.rsplit(' ', 1)[0]} to {last.words}"
        return When(words, first.first, last.last, year_unknown=unknown)
    if first:
        return When(f"{first.words} or later", first.first, None, year_unknown=first.year_unknown)
    if last:
        return When(f"{last.words} or earlier", None, last.last, year_unknown=last.year_unknown)
    return When(edtf, None, None)


def _instant(edtf: str) -> When:
    day, _, clock = edtf.partition("T")
    found = _single(day)
    match = re.fullmatch(r"(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?", clock)
    if match is None:
        return When(edtf, found.first, found.last)
    zone = {None: "", "Z": " UTC", "+00:00": " UTC"}.get(match[2], f" UTC{match[2]}")
    return When(f"{found.words}, {match[1]}{zone}", found.first, found.last, found.year_unknown)


def _number(part: str | None) -> int | None:
    return int(part) if part and part.isdigit() else None
