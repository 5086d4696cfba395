"""Tables: whether a file is one, and which of its columns holds what.

Parquet and JSON Lines are known by their content. Of delimited text, only a file named so is a table whose header has a
plain name for the text, or whose first line is plainly a header, or one whose columns the operator names: everything
else may be prose with commas.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from bearwitness import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article_content", "article_text", "fulltext", "full_text"),
    "title": ("title", "headline"),
    "published": ("published", "date", "dct", "pubdate", "publication_date"),
    "outlet": ("outlet", "source", "publisher"),
    "language": ("language", "lang"),
    "url": ("url", "link"),
}
"""What a column can hold, and the names that say so by themselves, the plainest first."""

DELIMITERS = (",", ";", "\t", "|")
_CSV_NAMES = (".csv", ".tsv", ".tab")
_JSON_NAMES = (".jsonl", ".ndjson", ".jsonlines")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST = 20  # objects whose keys are looked at
_NAME = 40  # characters of a column's name
_SHOWN = 60  # columns named in a sentence


class Table(NamedTuple):
    """How to read a table. ``mapping`` gives the column of each field, by its name; ``missing`` are the columns that
    the operator names and that are not there. ``mark`` is the length of the byte-order mark."""

    kind: Literal["csv", "jsonl", "parquet"]
    columns: tuple[str, ...]
    mapping: dict[str, str]
    missing: tuple[str, ...] = ()
    encoding: str = "utf-8"
    guessed: bool = False
    mark: int = 0
    delimiter: str = ","

    def wrong(self, source: str) -> str | None:
        """Why the table cannot be read as the operator says, in a sentence; None if it can."""
        if not self.missing and "text" in self.mapping:
            return None
        shown = ", ".join(name[:80] for name in self.columns[:_SHOWN])
        more = f" and {len(self.columns) - _SHOWN:,} more" if len(self.columns) > _SHOWN else ""
        absent = " or ".join(f"“{name}”" for name in self.missing)
        first = f"no column {absent}" if absent else "no column known to hold the text"
        return f"{source}: there is {first}; the columns are: {shown}{more}. Name yours: --columns text=COLUMN,title=COLUMN"


def recognised(
    head: bytes, seekable: BinaryIO | None, name: str, columns: Mapping[str, str] | None, *, named: bool
) -> Table | None:
    """The table in a file that begins with ``head``; None if it is none. ``columns`` is what the operator says of the
    columns, by field; ``named`` whether the file itself was named rather than found in a folder. ``seekable`` is the
    file, which Parquet needs."""
    lower = name.lower()
    if head.startswith(b"PAR1"):
        from bearwitness.collect.parquet import column_names

        found = column_names(seekable) if seekable is not None else None
        return None if found is None else _mapped(Table("parquet", tuple(found), {}), columns)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(head, lower.endswith(_JSON_NAMES), columns)
    if columns is None and not lower.endswith(_CSV_NAMES):
        return None
    return _delimited(head, columns, sure=columns is not None and (named or lower.endswith(_CSV_NAMES)))


def _json(head: bytes, said_so: bool, columns: Mapping[str, str] | None) -> Table | None:
    mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    lines = [line for line in head[mark:].splitlines(keepends=True)[: _FIRST + 1] if line.strip()]
    if len(lines) > 1 and not lines[-1].endswith((b"\n", b"\r")):
        lines.pop()  # it may go on behind the sample
    objects = [rows.json_object(line) for line in lines[:_FIRST]]
    found = [one for one in objects if one]
    if not found or (len(found) < len(objects) / 2 and not said_so):
        return None
    names = dict.fromkeys(key for one in found for key in one)
    table = _mapped(Table("jsonl", tuple(names), {}, mark=mark), columns)
    return table if "text" in table.mapping or columns or said_so or len(objects) > 1 else None


def _delimited(head: bytes, columns: Mapping[str, str] | None, *, sure: bool) -> Table | None:
    mark, encoding = next(((len(mark), name) for mark, name in _MARKS if head.startswith(mark)), (0, ""))
    guessed = not encoding and not _is_utf8(head)
    encoding = encoding or (_guess(head) if guessed else "utf-8")
    text = head[mark:].decode(encoding, "replace")
    best: Table | None = None
    for delimiter in DELIMITERS:
        names = tuple(name.strip() for name in rows.values(_first_record(text, delimiter), delimiter))
        table = _mapped(Table("csv", names, {}, (), encoding, guessed, mark, delimiter), columns)
        if best is None or _fitness(table) > _fitness(best):
            best = table
    assert best is not None  # there are delimiters
    fits = "text" in best.mapping and not best.missing
    return best if fits or sure or (columns is None and _is_plain(text, best)) else None


def _is_plain(text: str, table: Table) -> bool:
    """Whether the first line is plainly a header: brief names, no sentence, and as many cells as in the next line."""
    header = _first_record(text, table.delimiter)
    below = _first_record(text[len(header) :], table.delimiter)
    names = all(0 < len(name) <= _NAME and not name.endswith(".") for name in table.columns)
    return names and len(table.columns) > 1 and len(rows.values(below, table.delimiter)) == len(table.columns)


def _fitness(table: Table) -> tuple[bool, int, int]:
    return "text" in table.mapping, -len(table.missing), len(table.columns)


def _first_record(text: str, delimiter: str) -> str:
    record, inside = "", False
    for line in text.splitlines(keepends=True):
        record += line
        inside = rows.goes_on(line, delimiter, inside)
        if not inside:
            break
    return record


def _mapped(table: Table, columns: Mapping[str, str] | None) -> Table:
    """The table with a column for each field: what the operator says, else a name that says so by itself."""
    lower = {name.casefold(): name for name in reversed(table.columns)}
    mapping: dict[str, str] = {}
    missing: list[str] = []
    for field, plain in FIELDS.items():
        wanted = columns.get(field) if columns else None
        if wanted == "":
            continue  # the operator says that none of them holds it
        if wanted is not None:
            column = wanted if wanted in table.columns else lower.get(wanted.casefold())
            missing += [] if column else [wanted]
        else:
            column = next((lower[name] for name in plain if name in lower), None)
        if column:
            mapping[field] = column
    return table._replace(mapping=mapping, missing=tuple(missing))


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _guess(sample: bytes) -> str:
    """The likeliest encoding of a sample that is not UTF-8: one for the table, since a row may be too short to tell."""
    high = sum(byte > 0x7F for byte in sample)
    if high <= 0.1 * len(sample) and not any(
        sample.count(bytes([b])) for b in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    ):
        return "cp1252"
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    best = from_bytes(sample).best()
    return str(best.encoding) if best is not None and _one_to_one(str(best.encoding)) else "latin-1"


def _one_to_one(encoding: str) -> bool:
    """Whether each byte is a character: a row is cut out of characters, and must become the bytes that it was."""
    try:
        return len(bytes(range(256)).decode(encoding, "surrogateescape")) == 256
    except UnicodeError:
        return False
