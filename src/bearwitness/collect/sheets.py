"""Tables whose columns are known by name to whoever asks: their rows as cells, streamed, as often as wanted.

Tables of reports are read by ``tables`` and ``table_rows``, which keep each row as bytes; here a row is only looked at.
CSV (and its kin), JSON Lines, one JSON document that holds a list of objects, and Parquet.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from bearwitness import rows
from bearwitness.collect import parquet
from bearwitness.collect.table_rows import LONGEST_ROW, records
from bearwitness.collect.tables import Table, recognised
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_DOCUMENT = 64 * 1024**2
"""Bytes of the largest JSON document; JSON Lines have no limit, since a line is read at a time."""
_HEAD = 64 * 1024
_LISTS = ("data", "Result", "result", "results", "features", "rows")
"""Under which name the answers of event databases hold their list of rows."""


class Cells(NamedTuple):
    """A row's number, counted from 1 behind the names of the columns, and its cells by the columns' names as written;
    or what is wrong with it, in a sentence."""

    number: int
    cells: dict[str, Any]
    wrong: str = ""


class Sheet(NamedTuple):
    """A table in a file. ``kind`` is csv, jsonl, json or parquet; ``first`` are the cells of the first line of a CSV file,
    which are the ``columns`` unless it has no names."""

    path: Path
    kind: str
    columns: tuple[str, ...]
    table: Table | None = None

    def rows(self, columns: tuple[str, ...] | None = None) -> Iterator[Cells]:
        """All rows. ``columns`` are the names where the first line of a CSV file is a row and holds none."""
        if self.kind == "parquet":
            yield from self._parquet()
        elif self.kind == "jsonl":
            yield from self._json_lines()
        elif self.kind == "json":
            for number, found in enumerate(_document(self.path), start=1):
                yield (
                    Cells(number, found) if isinstance(found, dict) else Cells(number, {}, "it is no object")
                )
        else:
            yield from self._delimited(columns)

    def _delimited(self, columns: tuple[str, ...] | None) -> Iterator[Cells]:
        table = self.table
        assert table is not None
        names = columns or table.columns
        number = 0 if columns else -1
        errors = "surrogatepass" if table.encoding.startswith("utf-16") else "replace"
        with self.path.open("rb") as file:
            file.read(table.mark)
            text = io.TextIOWrapper(file, table.encoding, errors, newline="")
            for record, problem in records(text, table.delimiter, LONGEST_ROW):
                if not record.strip("\r\n"):
                    continue
                number += 1
                if not number:
                    continue
                values = rows.values(record, table.delimiter)
                if problem:
                    yield Cells(number, {}, _WRONG[problem])
                elif rows.spare(values, str(len(names))):
                    yield Cells(number, {}, f"it has {len(values)} cells, and there are {len(names)} columns")
                else:
                    yield Cells(number, dict(zip(names, values, strict=False)))

    def _json_lines(self) -> Iterator[Cells]:
        with self.path.open("rb") as file:
            file.read(self.table.mark if self.table else 0)
            number = 0
            while line := file.readline(LONGEST_ROW + 1):
                if not line.strip():
                    continue
                number += 1
                if len(line) > LONGEST_ROW:
                    yield Cells(number, {}, _WRONG["too_large"])
                    return
                found = rows.json_object(line)
                yield Cells(number, {}, "it is no JSON object") if found is None else Cells(number, found)

    def _parquet(self) -> Iterator[Cells]:
        with self.path.open("rb") as file:
            try:
                for number, cells in enumerate(parquet.cells(file), start=1):
                    yield Cells(number, cells)
            except parquet.failures() as error:
                raise InputError(f"{self.path} cannot be read to its end: {str(error)[:200]}") from error


_WRONG = {
    "too_large": f"it is longer than {LONGEST_ROW:,}; what follows may be lost",
    "unclosed": "it opens a quotation mark that is never closed",
}


def sheet(path: Path) -> Sheet:
    """The table in the file at ``path``. ``InputError`` if there is none, or it cannot be read; ``MissingExtra`` where
    pyarrow is not installed and it is Parquet."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if head.startswith(b"PAR1"):
                names = parquet.column_names(file)
                if names is None:
                    raise InputError(f"{path} is no sound Parquet file")
                return Sheet(path, "parquet", tuple(names))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(f"{path} is an Excel workbook or a ZIP archive: save it as CSV, or unpack it, first")
    if head.startswith(b"\x1f\x8b"):
        raise InputError(f"{path} is compressed: unpack it first")
    if not head.strip():
        raise InputError(f"{path} is empty")
    if _is_document(head):
        return _json_sheet(path)
    table = recognised(head, None, str(path), {}, named=True)
    if table is None:
        raise InputError(f"{path} is no table that is read: give CSV, JSON, JSON Lines or Parquet")
    return Sheet(path, table.kind, table.columns, table)


def _is_document(head: bytes) -> bool:
    """Whether this is one JSON document with all rows in it, rather than a row a line."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"["):
        return True
    if not start.startswith(b"{"):
        return False
    first = start.splitlines()[0] if start.splitlines() else b""
    whole = rows.json_object(first)
    # An object that does not end with its line is a document written over several, or a very long one.
    return whole is None or any(isinstance(whole.get(name), list) for name in _LISTS)


def _json_sheet(path: Path) -> Sheet:
    names: dict[str, None] = {}
    for found in _document(path)[:20]:
        names.update(dict.fromkeys(found if isinstance(found, dict) else ()))
    return Sheet(path, "json", tuple(names))


def _document(path: Path) -> list[Any]:
    """The rows of a JSON document: a list, or an object that holds one; of features, their properties."""
    if (size := path.stat().st_size) > LARGEST_DOCUMENT:
        raise InputError(
            f"{path} is one JSON document of {size:,} bytes, too large to be read whole: write it as JSON Lines, one "
            "object a line, or as CSV"
        )
    try:
        found = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is no sound JSON: {error}") from error
    if isinstance(found, dict):
        found = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), [found])
    if not isinstance(found, list):
        raise InputError(f"{path} holds no list of rows")
    return [_unwrapped(one) for one in found]


def _unwrapped(one: Any) -> Any:
    feature = (
        isinstance(one, dict) and one.get("type") == "Feature" and isinstance(one.get("properties"), dict)
    )
    return one["properties"] if feature else one
