"""A row of a table: the report that stands in one of its cells, with the title that stands in another."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from bearwitness import rows
from bearwitness.read.decode import decode
from bearwitness.read.page import Page, read_page
from bearwitness.record import Problem


class Row(NamedTuple):
    """What a row holds. ``page`` is there where its text is HTML; ``outlet`` is the host of its address."""

    text: str = ""
    title: str | None = None
    outlet: str | None = None
    page: Page | None = None
    problems: tuple[Problem, ...] = ()


def read_row(data: bytes, form: rows.Form, source: str) -> Row:
    """The report in the row whose bytes are ``data``; a row that cannot be read is the problem ``bad_row``."""
    named = form.parameters
    problems: tuple[Problem, ...] = ()
    if form.kind == rows.JSON:
        found = rows.json_object(data)
        if found is None:
            return Row(problems=(_bad(source, "it is not a JSON object"),))
        cells = {name: found.get(column) for name, column in named.items()}
    else:
        record, problems = _decoded(data, named.get("charset", ""), source)
        values = rows.values(record, named.get("delimiter") or ",")
        if spare := rows.spare(values, named.get("columns", "")):
            return Row(
                problems=(*problems, _bad(source, f"it has {spare} more cells than its table has columns"))
            )
        cells = {name: _cell(values, column) for name, column in named.items()}
    text = rows.said(cells["text"])
    if text is None:
        return Row(problems=(*problems, _bad(source, "its text is missing, empty or no words")))
    title = " ".join((rows.said(cells.get("title")) or "").split()) or None
    outlet = _host(rows.said(cells.get("url")) or "")
    page = read_page(text, source) if named.get("holds") == "text/html" else None
    return Row(text.strip(), title, outlet, page, problems)


def _host(address: str) -> str | None:
    try:
        host = urlsplit(address[:2000]).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _bad(source: str, why: str) -> Problem:
    return Problem(code="bad_row", where=source, sentence=f"The row {source} is not read: {why}.")


def _decoded(data: bytes, charset: str, source: str) -> tuple[str, tuple[Problem, ...]]:
    if charset.startswith("utf-16"):  # a single row cannot show that it is
        return data.decode(charset, "replace"), ()
    text, problems = decode(data, source, f"charset={charset}" if charset else "")
    return text or "", problems


def _cell(values: list[str], column: str) -> str | None:
    """The value in a column, by its number from 1; None where the row has no such column or the name is no number."""
    place = int(column) - 1 if column.isdecimal() and len(column) < 9 else -1
    return values[place] if 0 <= place < len(values) else None
