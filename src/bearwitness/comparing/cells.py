"""One row's cells, read one by one: a cell that makes no sense is noted with its column, and the row read on."""

from __future__ import annotations

import math
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from .. import parties, vocabulary
from .row import Point, Wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 60  # characters of a cell in a sentence
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december"), start=1,
    )
    for name in (names, names[:3])
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?")
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)\.?[ -](\d{4})|([A-Za-z]+)\.? (\d{1,2}),? (\d{4})")
_SMALL_WORD = 3


class Cells:
    """The cells of one row by column, in small letters, and what is ``wrong`` with them."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        self._cells = cells
        self.wrong: list[Wrong] = []

    def words(self, *columns: str) -> str:
        """The first of ``columns`` that says anything, as text; "" if none does."""
        for column in columns:
            value = self._cells.get(column)
            if value is None or isinstance(value, bool) or (isinstance(value, float) and math.isnan(value)):
                continue
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if text := str(value).strip():
                return text
        return ""

    def list(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that are separated by semicolons, each once."""
        parts = (part.strip().strip('"') for part in self.words(column).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def count(self, column: str) -> int | None:
        """A number of persons; ``None`` where the cell is empty or makes no sense, which is noted."""
        text = self.words(column).replace(",", "")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not (number >= 0 and number.is_integer() and number < 1e9):
            self.note(column, f"“{_cut(text)}” is no number of persons")
            return None
        return int(number)

    def point(self, reach: float | None) -> Point | None:
        """The coordinates, if both are there and are any, and what they stand for is narrower than a country."""
        found = []
        for column, limit in (("latitude", 90.0), ("longitude", 180.0)):
            text = self.words(column)
            try:
                number = float(text) if text else None
            except ValueError:
                number = math.nan
            if number is not None and not abs(number) <= limit:
                self.note(column, f"“{_cut(text)}” is no {column}")
                number = None
            found.append(number)
        lat, lon = found
        return None if lat is None or lon is None or reach is None else Point(lat, lon, reach)

    def day(self, *columns: str, needed: bool = False) -> date | None:
        """The day in the first of ``columns`` that says anything."""
        text = self.words(*columns)
        found = day_of(text)
        if found is None and (text or needed):
            column = next((name for name in columns if self.words(name)), columns[0])
            said = f"“{_cut(text)}” is no day; write it as 2025-03-16" if text else "there is no day"
            self.note(column, said, fatal=needed)
        return found

    def note(self, column: str, sentence: str, *, fatal: bool = False) -> None:
        """Note that something is wrong with a column."""
        self.wrong.append(Wrong(column, sentence, fatal))


def day_of(text: str) -> date | None:
    """The day that ``text`` names: 2025-03-16, with or without a time, 16 March 2025 or March 16, 2025."""
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _WORDS.fullmatch(text):
            day, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
            number = _MONTHS.get(month.lower())
            return date(int(year), number, int(day)) if number else None
    except ValueError:  # no such day
        return None
    return None


def country(text: str) -> str | None:
    """The ISO 3166 code of a country as the files name it ("DR Congo (Zaire)", "Yemen (North Yemen)")."""
    folded = parties.fold(text).strip()
    outside = folded.partition("(")[0].strip()
    inside = folded.partition("(")[2].partition(")")[0].strip()
    own = vocabulary.load("comparing")["countries"]
    for name in (folded, outside, inside):
        if name and (code := own.get(name) or _codes().get(name)):
            return str(code)
    return None


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, entry in vocabulary.load("countries").items():
        if "name" in entry:  # else it is a list of words
            for name in (entry["name"], *entry.get("also", ())):
                found.setdefault(parties.fold(name), code)
    return found


def telling(text: str) -> frozenset[str]:
    """The words of ``text`` that may tell one event of a day and town from another; parts of hyphenated ones too."""
    every = (part for word in parties.tokens(text) for part in (word, *word.split("-")))
    return frozenset(part for part in every if len(part) > _SMALL_WORD and not _dull(part))


def _dull(word: str) -> bool:
    return word.isdigit() or word in _dull_words()


@cache
def _dull_words() -> frozenset[str]:
    lists = ("common_anchor", "demographic", "wholes", "generic")
    sites = vocabulary.load("linking")["common"]["sites"]
    return frozenset(sites).union(*(parties.listed(name) for name in lists))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
