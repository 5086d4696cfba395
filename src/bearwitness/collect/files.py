"""Files, folders and streams as sources."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bearwitness.collect.contents import inside
from bearwitness.collect.item import Item, Source
from bearwitness.collect.mail import with_attachments
from bearwitness.collect.media import MAIL, media_type
from bearwitness.collect.peeked import look
from bearwitness.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMIT = 64 * 1024 * 1024
"""The largest item that is kept, in bytes, unless the operator says otherwise."""

# A folder that holds one of these is our own work ("bearwitness add ." beside ./ledger and ./site).
MADE_BY_US = {
    "ledger.sqlite": "a bearwitness ledger",
    "ledger.seal": "a bearwitness ledger",
    "bearwitness-site.txt": "a site that bearwitness published",
}

_BLOCK = 1024 * 1024
_NOTHING = "application/octet-stream"


def file_source(path: Path, limit: int = LIMIT, columns: Mapping[str, str] | None = None) -> Source:
    """One file, whole, or what it holds if it is a table or a mail box."""

    def items() -> Iterator[Item]:
        yield from _read_file(path, limit, columns, named=True)

    return items


def folder_source(folder: Path, limit: int = LIMIT, columns: Mapping[str, str] | None = None) -> Source:
    """Every file below ``folder``, in sorted order of their paths. Hidden names, devices, broken links,
    links that lead back to a folder already walked, ledgers and sites of ours are passed over; an item says so."""

    def items() -> Iterator[Item]:
        yield from _walk(folder, limit, columns, set())

    return items


def stream_source(
    stream: BinaryIO, name: str = "-", limit: int = LIMIT, columns: Mapping[str, str] | None = None
) -> Source:
    """What a stream holds to its end, like a file without a name."""

    def items() -> Iterator[Item]:
        yield from _read_stream(stream, name, "", limit, columns, named=True)

    return items


def _read_file(
    path: Path, limit: int, columns: Mapping[str, str] | None, *, named: bool = False
) -> Iterator[Item]:
    """What the file gives; a failure is a problem of an item."""
    source = _printable(path)
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, source, path.name, limit, columns, named=named)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield _without_data(source, "unreadable", f"{source} could not be read: {reason}.")


def _read_stream(
    stream: BinaryIO, source: str, name: str, limit: int, columns: Mapping[str, str] | None, *, named: bool
) -> Iterator[Item]:
    """The items in ``stream``."""
    head, looked_at = look(stream)
    file = stream if _is_regular(stream) else None
    found = inside(head, looked_at, source, name, limit, columns, file=file, named=named)
    if found is not None:
        yield from found
        return
    item = _whole(looked_at, source, name, limit, has_end=file is not None)
    yield from with_attachments(item) if item.media_type == MAIL else (item,)


def _whole(stream: BinaryIO, source: str, name: str, limit: int, *, has_end: bool) -> Item:
    """All of ``stream``, or, past ``limit`` bytes, none of it and a problem that names its size and digest."""
    blocks: list[bytes] = []
    size = 0
    while block := stream.read(_BLOCK):
        blocks.append(block)
        size += len(block)
        if size > limit:
            return _too_large(stream, source, blocks, size, limit, has_end=has_end)
    data = b"".join(blocks)
    return Item(source=source, data=data, media_type=media_type(data, name))


def _too_large(
    stream: BinaryIO, source: str, blocks: list[bytes], size: int, limit: int, *, has_end: bool
) -> Item:
    """An item for more than ``limit`` bytes. A part of a file is not the file, so none of it is kept; the rest
    of a regular file is read for its digest, block by block. A stream without end is left where it is."""
    if has_end:
        summed = hashlib.sha256(b"".join(blocks))
        while block := stream.read(_BLOCK):
            summed.update(block)
            size += len(block)
        known = f"{size:,} bytes, SHA-256 {summed.hexdigest()}"
    else:
        known = f"more than {limit:,} bytes"
    sentence = (
        f"{source} is larger than the limit of {limit:,} bytes ({known}); none of it was kept or read. "
        "Split it into reports, or raise the limit."
    )
    return _without_data(source, "too_large", sentence)


def _is_regular(stream: BinaryIO) -> bool:
    """Whether the stream is an ordinary file, which has an end."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, AttributeError):
        return False


def _walk(
    folder: Path, limit: int, columns: Mapping[str, str] | None, walked: set[tuple[int, int]]
) -> Iterator[Item]:
    """The items below ``folder``; ``walked`` holds the device and inode of the folders seen so far."""
    source = _printable(folder)
    try:
        here = folder.stat()
        if (here.st_dev, here.st_ino) in walked:
            yield _without_data(source, "skipped", f"{source} leads back to a folder already walked.")
            return
        walked.add((here.st_dev, here.st_ino))
        entries = sorted(folder.iterdir(), key=os.fsencode)
    except OSError as error:
        yield _without_data(source, "unreadable", f"{source} could not be opened: {error.strerror}.")
        return
    own = next((MADE_BY_US[entry.name] for entry in entries if entry.name in MADE_BY_US), None)
    if own is not None:
        yield _without_data(source, "skipped", f"{source} is {own}: what we made is not read as evidence.")
        return
    hidden: list[str] = []
    for entry in entries:
        if entry.name.startswith("."):
            hidden.append(_printable(Path(entry.name)))
        else:
            yield from _entry(entry, limit, columns, walked)
    if hidden:
        names = ", ".join(hidden[:20]) + (" and others" if len(hidden) > 20 else "")
        count = "1 hidden name was" if len(hidden) == 1 else f"{len(hidden)} hidden names were"
        yield _without_data(source, "skipped", f"In {source}, {count} passed over: {names}.")


def _entry(
    entry: Path, limit: int, columns: Mapping[str, str] | None, walked: set[tuple[int, int]]
) -> Iterator[Item]:
    """What one name in a folder gives."""
    source = _printable(entry)
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        yield _without_data(source, "skipped", f"{source} leads nowhere: {error.strerror}.")
        return
    if stat.S_ISDIR(mode):
        yield from _walk(entry, limit, columns, walked)
    elif stat.S_ISREG(mode):
        yield from _read_file(entry, limit, columns)
    else:
        # Opening a pipe or a device may wait for ever.
        yield _without_data(source, "skipped", f"{source} is a pipe, a socket or a device, not a file.")


def _without_data(source: str, code: str, sentence: str) -> Item:
    """An item that holds only what went wrong."""
    problem = Problem(code=code, where=source, sentence=sentence)
    return Item(source=source, data=b"", media_type=_NOTHING, problems=(problem,))


def _printable(path: Path) -> str:
    """The path as text that can be written anywhere: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
