"""Files that hold many reports: the rows of tables, the messages of mail boxes."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from bearwitness.collect import mail, parquet, table_rows, tables
from bearwitness.collect.media import media_type
from bearwitness.collect.peeked import SAMPLE, buffered
from bearwitness.collect.setting import Setting
from bearwitness.collect.stream import Budget, Received, Window
from bearwitness.collect.whole import whole
from bearwitness.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bearwitness.collect.item import Item
    from bearwitness.collect.tables import Table

TOLD = "columns"
"""What is said of an item under this name is which columns of its table hold what, as JSON."""
_KINDS = {"csv": "application/csv", "jsonl": "application/x-ndjson", "parquet": parquet.KIND}


def inside(window: Window, setting: Setting) -> Iterator[Item] | None:
    """The items of the table or mail box in ``window``; None, and nothing is read, if it holds neither."""
    source, limit = setting.source, setting.limit
    head = window.peek(SAMPLE)
    if mail.is_box(head):
        return mail.messages(buffered(window), source, limit)
    if not _may_be_table(head, setting.name):
        return None
    if head.startswith(b"PAR1") and not parquet.is_readable():
        return _kept_for_later(window, setting)
    file = _seekable(window, limit) if head.startswith(b"PAR1") else None
    table = tables.recognised(head, file, setting.name, setting.columns, named=setting.named)
    if table is None:
        return _kept_broken(window, setting) if file is not None else None
    if sentence := table.wrong(source):
        return _kept_whole(window, setting, table, sentence)
    if table.kind == "parquet":
        assert file is not None  # a table of this kind was recognised in it
        return parquet.parquet_rows(file, table, source, limit)
    given = table_rows.json_lines if table.kind == "jsonl" else table_rows.delimited
    return given(buffered(window), table, source, limit)


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


def _seekable(window: Window, limit: int) -> BinaryIO | None:
    """What is in the window as a file that can be read at any place; None if it would have to be held in memory and
    is larger than the largest item."""
    received = window.inner
    if isinstance(received, Received) and received.size is not None:
        return received.file
    data = window.peek(limit + 1)
    return io.BytesIO(data) if len(data) <= limit else None


def rows_of(data: bytes, source: str, told: str | None) -> Iterator[Item]:
    """The rows of a table that was kept whole because what reads it was not installed. ``told`` is what the operator
    said of its columns then; None if nothing. Gives the table itself where it is none that can be read."""
    columns = dict(json.loads(told)) if told else None
    setting = Setting(
        source, source.rpartition("/")[2], max(len(data), 1), Budget(), columns=columns, named=bool(told)
    )
    window = Window(Received(io.BytesIO(data), setting.budget))
    found = inside(window, setting)
    return iter((whole(window, setting),)) if found is None else found


def _kept_for_later(window: Window, setting: Setting) -> Iterator[Item]:
    """The table as one item, with what the operator said of its columns."""
    item = whole(window, setting._replace(problems=()))
    told = ((TOLD, json.dumps(dict(setting.columns), sort_keys=True)),) if setting.columns else ()
    yield msgspec.structs.replace(item, given=told)


def _kept_broken(window: Window, setting: Setting) -> Iterator[Item]:
    sentence = (
        f"{setting.source} begins as a Parquet file and is no sound one, or ends the program that reads it. "
        "It is kept as it is; none of it is read."
    )
    problem = Problem(code="unreadable", where=setting.source, sentence=sentence)
    yield whole(window, setting.having(problem))


def _kept_whole(window: Window, setting: Setting, table: Table, sentence: str) -> Iterator[Item]:
    problem = Problem(code="no_text_column", where=setting.source, sentence=sentence)
    item = whole(window, setting._replace(problems=(problem,)))
    yield msgspec.structs.replace(item, media_type=_KINDS[table.kind])
