"""The rows of a table as items, one at a time, whatever the table's size.

A row of delimited text or of JSON Lines is kept as the bytes that were received of it; a row of Parquet, which has no
bytes of its own, as a JSON object of its cells. It is named after its table and its number ("reports.csv#12"), counted
from 1 behind the header; blank lines do not count. What its columns say becomes what the operator gives of it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from bearwitness import rows
from bearwitness.collect.item import Item
from bearwitness.collect.media import media_type
from bearwitness.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from bearwitness.collect.tables import Table

LONGEST_ROW = 8 * 1024 * 1024
"""Characters of delimited text, or bytes of JSON, in the longest row."""
_LONGEST_GIVEN = 1_000  # characters; a longer cell is no title, date or outlet
_SKIPPED = 256  # times the longest row: where a line has not ended by then, the rest of the table is left
_CELLS = ("title", "published", "outlet", "language", "url")


def json_lines(stream: BufferedReader, table: Table, source: str, limit: int) -> Iterator[Item]:
    """The rows of JSON Lines."""
    longest = min(limit, LONGEST_ROW)
    stream.read(table.mark)
    number = 0
    while line := stream.readline(longest + 1):
        if not line.strip():
            continue
        number += 1
        where = f"{source}#{number}"
        if len(line) > longest:
            yield _too_large(where, longest)
            if not line.endswith(b"\n") and not _line_end(stream, longest):
                return
            continue
        yield json_row(line, table, where)


def json_row(data: bytes, table: Table, source: str) -> Item:
    """A row that is a JSON object."""
    found = rows.json_object(data) or {}
    named = {field: table.mapping[field] for field in ("text", "title", "url") if field in table.mapping}
    cells = {field: rows.said(found.get(column)) for field, column in table.mapping.items()}
    kind = rows.written(rows.JSON, named | _holds(cells["text"]))
    return Item(source=source, data=data, media_type=kind, given=_given(cells))


def delimited(stream: BufferedReader, table: Table, source: str, limit: int) -> Iterator[Item]:
    """The rows of delimited text."""
    stream.read(table.mark)
    errors = "surrogatepass" if table.encoding.startswith("utf-16") else "surrogateescape"
    text = io.TextIOWrapper(stream, table.encoding, errors, newline="")
    number = -1
    try:
        for record, problem in records(text, table.delimiter, min(limit, LONGEST_ROW)):
            if not record.strip("\r\n"):
                continue
            number += 1
            if not number:
                continue  # the header
            where = f"{source}#{number}"
            if problem == "too_large":
                yield _too_large(where, min(limit, LONGEST_ROW))
            else:
                yield _row(
                    record, record.encode(table.encoding, errors), table, where, unclosed=bool(problem)
                )
    except UnicodeError as error:
        sentence = f"{source} does not keep to its encoding {table.encoding} behind row {max(number, 0)} ({error.reason if isinstance(error, UnicodeDecodeError) else error}); the rest of it is not read."
        yield Item(
            source=source, data=b"", media_type=rows.CSV, problems=(_problem("unreadable", source, sentence),)
        )
    finally:
        text.detach()


def records(text: io.TextIOWrapper, delimiter: str, longest: int) -> Iterator[tuple[str, str]]:
    """Each record, and what is wrong with it: "", "unclosed" or "too_large". Where a quotation mark is never closed,
    each line since it was opened is taken for a record, or one slip would swallow the table."""
    lines: list[str] = []
    size = 0
    inside = False
    while line := text.readline(longest + 1):
        if len(line) > longest:
            yield line[:1], "too_large"
            ended = line.endswith(("\n", "\r")) or _text_line_end(text, longest)
            if not ended:
                return
            continue
        lines.append(line)
        size += len(line)
        inside = rows.goes_on(line, delimiter, inside)
        if not inside:
            yield "".join(lines), ""
        elif size > longest:
            yield from ((one, "unclosed" if one is lines[0] else "") for one in lines)
        else:
            continue
        lines, size, inside = [], 0, False
    yield from ((one, "unclosed" if one is lines[0] else "") for one in lines)


def _row(record: str, data: bytes, table: Table, source: str, *, unclosed: bool) -> Item:
    values = rows.values(record, table.delimiter)
    count = str(len(table.columns))
    if rows.spare(values, count):
        values = []  # they may stand in the wrong columns; the reader says so
    places = {field: table.columns.index(column) for field, column in table.mapping.items()}
    cells = {
        field: rows.said(values[place]) if place < len(values) else None for field, place in places.items()
    }
    named = {field: str(places[field] + 1) for field in ("text", "title", "url") if field in places}
    how = {"charset": table.encoding, "delimiter": table.delimiter, "columns": count}
    problems: list[Problem] = []
    if unclosed:
        sentence = (
            f"The row {source} opens a quotation mark that is never closed; it is taken to end with its line."
        )
        problems.append(_problem("bad_row", source, sentence))
    if table.guessed and not data.isascii():
        sentence = f"No encoding is stated; the bytes are read as {table.encoding}."
        problems.append(_problem("guessed_encoding", source, sentence))
    kind = rows.written(rows.CSV, how | named | _holds(cells["text"]))
    return Item(source=source, data=data, media_type=kind, problems=tuple(problems), given=_given(cells))


def _holds(text: str | None) -> dict[str, str]:
    """That the text is a page rather than plain, where it is."""
    found = media_type(text[:10_000].encode("utf-8", "replace")) if text else ""
    return {"holds": found} if found == "text/html" else {}


def _given(cells: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    """What the cells say of the report, for ``Capture.given``."""
    return tuple(
        (field, value.strip().encode("utf-8", "replace").decode())
        for field in _CELLS
        if (value := cells.get(field)) and len(value) <= _LONGEST_GIVEN
    )


def _problem(code: str, where: str, sentence: str) -> Problem:
    return Problem(code=code, where=where, sentence=sentence)


def _too_large(source: str, limit: int) -> Item:
    sentence = f"The row {source} is longer than {limit:,}; none of it was kept or read."
    return Item(
        source=source, data=b"", media_type=rows.JSON, problems=(_problem("too_large", source, sentence),)
    )


def _line_end(stream: Any, longest: int) -> bool:
    """Pass over the rest of a line; False if it does not end."""
    for _ in range(_SKIPPED):
        piece = stream.readline(longest)
        if not piece or piece.endswith(b"\n"):
            return True
    return False


def _text_line_end(text: io.TextIOWrapper, longest: int) -> bool:
    for _ in range(_SKIPPED):
        piece = text.readline(longest)
        if not piece or piece.endswith(("\n", "\r")):
            return True
    return False
