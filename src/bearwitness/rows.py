"""One record of a table: a line of delimited values or a JSON object, taken apart from the bytes as received.

How a record is to be read stands in the media type of its capture, beside what it is:
``text/csv; charset=utf-8; delimiter=%2C; text=3; title=1`` names columns by their place, counted from 1, and
``application/json; text=body`` by their name. Values are percent-encoded.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import msgspec

CSV = "text/csv"
JSON = "application/json"

_INSIDE = re.compile(r'(?:[^"]++|"")*+')


class Form(NamedTuple):
    """How a record is read: what it is, and the parameters of its media type."""

    kind: str
    parameters: dict[str, str]


def written(kind: str, parameters: dict[str, str]) -> str:
    """The media type that says how a record is read."""
    return "; ".join([kind, *(f"{name}={quote(value, safe='')}" for name, value in parameters.items())])


def form(media_type: str) -> Form | None:
    """How to read the record that has this media type; None if it is that of no record."""
    kind, *rest = media_type.split(";")
    pairs = (part.strip().partition("=") for part in rest)
    parameters = {name: unquote(value) for name, _, value in pairs}
    return Form(kind.strip(), parameters) if kind.strip() in (CSV, JSON) and "text" in parameters else None


def values(record: str, delimiter: str) -> list[str]:
    """The fields of one record, quotation marks undone. Like most readers of such files, it takes a mark inside a
    field that does not begin with one for a character, and lets a field that is never closed end with the record."""
    assert delimiter  # or it would be found for ever
    record = record.removesuffix("\n").removesuffix("\r")
    found: list[str] = []
    place = 0
    while True:
        inside = ""
        if record.startswith('"', place):
            match = _INSIDE.match(record, place + 1)
            assert match is not None  # it matches nothing, too
            inside, place = match[0].replace('""', '"'), min(match.end() + 1, len(record))
        stop = record.find(delimiter, place)
        found.append(inside + record[place : len(record) if stop < 0 else stop])
        if stop < 0:
            return found
        place = stop + len(delimiter)


def goes_on(line: str, delimiter: str, inside: bool) -> bool:
    """Whether the record goes on in the next line, since a quotation mark is still open at the end of ``line``.
    ``inside`` says whether one was open at its beginning."""
    place = 0
    while True:
        if inside or line.startswith('"', place):
            match = _INSIDE.match(line, place + (not inside))
            assert match is not None
            if match.end() >= len(line):
                return True
            place, inside = match.end() + 1, False
        place = line.find(delimiter, place)
        if place < 0:
            return False
        place += len(delimiter)


def spare(cells: list[str], columns: str) -> int:
    """How many cells a record has that are not empty and stand behind the last of so many columns: mostly words behind
    a delimiter in a text without quotation marks."""
    return sum(bool(cell.strip()) for cell in cells[int(columns) :]) if columns.isdecimal() else 0


def json_object(data: bytes) -> dict[str, Any] | None:
    """The object that ``data`` is the JSON of; None if it is not that of an object."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def said(value: object) -> str | None:
    """A cell as words; None where it says nothing or holds no words."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None
