"""Parquet: the names of its columns, and its rows, a few at a time.

pyarrow ends the process it is in, rather than raise, on some damaged files; so a process of its own reads each file through
before this one does (``parquet_through``).
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from bearwitness import apart
from bearwitness.collect.item import Item
from bearwitness.collect.table_rows import json_row
from bearwitness.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bearwitness.collect.tables import Table

KIND = "application/vnd.apache.parquet"
MOST_AT_ONCE = 512  # rows
_MEMORY = 256 * 1024**2  # bytes that the rows of one batch may come to
_LARGEST_GROUP = 4 * 1024**3  # bytes, decompressed
_SECONDS = 600  # of the processor, to read a file through
_STRINGS = 64 * 1024**2  # bytes of the file's own description


def is_readable() -> bool:
    """Whether pyarrow is installed, which reading Parquet needs."""
    return find_spec("pyarrow") is not None


def column_names(stream: BinaryIO) -> list[str] | None:
    """The names of the columns; None if it is not sound, or pyarrow is not installed. The stream stays where it is."""
    if not is_readable():
        return None
    at = stream.tell()
    try:
        if not _lives_through(stream):
            return None
        return list(_opened(stream).schema_arrow.names)
    except failures():
        return None
    finally:
        stream.seek(at)


def parquet_rows(stream: BinaryIO, table: Table, source: str, limit: int) -> Iterator[Item]:
    """The rows of the file ``stream``, each as a JSON object of its cells."""
    number = 0
    try:
        for batch in parquet_batches(stream):
            for place in range(batch.num_rows):
                number += 1
                yield _row(batch.slice(place, 1), table, f"{source}#{number}", limit)
    except failures() as error:
        reason = str(error).split("\n", maxsplit=1)[0][:200]
        sentence = f"{source} cannot be read behind row {number:,}: {reason}. The rows before it are kept."
        problem = Problem(code="unreadable", where=source, sentence=sentence)
        yield Item(source=source, data=b"", media_type=KIND, problems=(problem,))


def cells(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """The cells of each row of the file ``stream`` by column. Raises one of ``failures`` where it is damaged."""
    for batch in parquet_batches(stream):
        yield from _in_microseconds(batch).to_pylist()


def parquet_batches(stream: BinaryIO) -> Iterator[Any]:
    """The rows of the file ``stream``, some at a time. Raises one of ``failures`` where it is damaged."""
    file = _opened(stream)
    yield from file.iter_batches(_at_once(file))


def _lives_through(stream: BinaryIO) -> bool:
    """Whether a process that reads the file ``stream`` to its end, or until pyarrow raises, ends by itself."""
    script = Path(__file__).with_name("parquet_through.py")
    with tempfile.TemporaryFile() as given:
        stream.seek(0)
        shutil.copyfileobj(stream, given)
        given.seek(0)
        code, timely = apart.run(script, [str(_SECONDS)], given, subprocess.DEVNULL, _SECONDS)
    return timely and code == 0


def _opened(stream: BinaryIO) -> Any:
    from pyarrow.parquet import ParquetFile  # an extra, and slow to import

    stream.seek(0)
    return ParquetFile(
        stream,
        pre_buffer=False,
        thrift_string_size_limit=_STRINGS,
        thrift_container_size_limit=_STRINGS // 64,
    )


def _at_once(file: Any) -> int:
    """How many rows to read at once. A value cannot be longer than its decompressed column, though many rows may share
    it; ``ValueError`` if the columns of one group are beyond what is read."""
    about = file.metadata
    largest = 1
    for group in map(about.row_group, range(about.num_row_groups)):
        sizes = [group.column(place).total_uncompressed_size for place in range(group.num_columns)]
        if sum(sizes) > _LARGEST_GROUP:
            raise ValueError(f"a group of its rows has {sum(sizes):,} bytes")
        largest = max(largest, *sizes)
    return max(1, min(MOST_AT_ONCE, _MEMORY // largest))


def _row(row: Any, table: Table, source: str, limit: int) -> Item:
    try:
        (cells,) = _in_microseconds(row).to_pylist()
        data = msgspec.json.encode(cells, enc_hook=str)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        sentence = f"The row {source} cannot be written down: {str(error)[:200]}."
        return _without_data(source, "bad_row", sentence)
    if len(data) > limit:
        sentence = (
            f"The row {source} is larger than the limit of {limit:,} bytes; none of it was kept or read."
        )
        return _without_data(source, "too_large", sentence)
    return json_row(data, table, source)


def _in_microseconds(row: Any) -> Any:
    """The row with its times cut to microseconds: Python has none finer."""
    import pyarrow
    from pyarrow import types

    for place, field in enumerate(row.schema):
        if types.is_timestamp(field.type) and field.type.unit == "ns":
            kind = pyarrow.timestamp("us", field.type.tz)
            row = row.set_column(place, field.name, row.column(place).cast(kind, safe=False))
    return row


def _without_data(source: str, code: str, sentence: str) -> Item:
    problem = Problem(code=code, where=source, sentence=sentence)
    return Item(source=source, data=b"", media_type=KIND, problems=(problem,))


def failures() -> tuple[type[Exception], ...]:
    """What pyarrow is known to raise on files that no one meant."""
    from pyarrow import ArrowException

    return (ArrowException, OSError, ValueError, KeyError, TypeError)
