"""Files that hold many reports: the rows of tables, the messages of mail boxes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from bearwitness.collect import mail, parquet, table_rows, tables
from bearwitness.collect.item import Item
from bearwitness.collect.media import media_type
from bearwitness.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bearwitness.collect.tables import Table

_KINDS = {"csv": "application/csv", "jsonl": "application/x-ndjson", "parquet": parquet.KIND}


def inside(
    head: bytes,
    stream: io.BufferedReader,
    source: str,
    name: str,
    limit: int,
    columns: Mapping[str, str] | None,
    *,
    file: BinaryIO | None = None,
    named: bool = False,
) -> Iterator[Item] | None:
    """The items of the table or mail box in ``stream``, which begins with ``head``; None if it holds neither.

    ``columns`` is what the operator says of columns, by field. ``file`` is the same, from its beginning, where it can
    be read at any place; ``named`` says that it was named rather than found.
    """
    if mail.is_box(head):
        return mail.messages(stream, source, limit)
    if not _may_be_table(head, name):
        return None
    if head.startswith(b"PAR1") and file is None:
        data = stream.read(limit + 1)
        file = io.BytesIO(data if len(data) <= limit else b"")
    table = tables.recognised(head, file, name, columns, named=named)
    if table is None:
        return None
    if sentence := table.wrong(source):
        return _kept_whole(
            stream if file is None or table.kind != "parquet" else file, table, source, sentence, limit
        )
    if table.kind == "parquet":
        assert file is not None  # a table of this kind was recognised in it
        return parquet.parquet_rows(file, table, source, limit)
    given = table_rows.json_lines if table.kind == "jsonl" else table_rows.delimited
    return given(stream, table, source, limit)


def wrong(
    head: bytes, file: BinaryIO, source: str, name: str, columns: Mapping[str, str] | None
) -> str | None:
    """Why the table that begins with ``head`` cannot be read as the operator says; None if it can, or is none."""
    if mail.is_box(head) or not _may_be_table(head, name):
        return None
    table = tables.recognised(head, file, name, columns, named=True)
    return table.wrong(source) if table else None


def _may_be_table(head: bytes, name: str) -> bool:
    kind = media_type(head, name)
    # Tags may stand in the cells of a table; a page begins with one.
    return kind in ("text/plain", parquet.KIND) or (
        kind == "text/html" and not head.lstrip().startswith(b"<")
    )


def _kept_whole(
    stream: BinaryIO | io.BufferedReader, table: Table, source: str, sentence: str, limit: int
) -> Iterator[Item]:
    if table.kind == "parquet":
        stream.seek(0)
    data = stream.read(limit + 1)
    code, kept = ("no_text_column", data) if len(data) <= limit else ("too_large", b"")
    problem = Problem(code=code, where=source, sentence=sentence)
    yield Item(source=source, data=kept, media_type=_KINDS[table.kind], problems=(problem,))
