"""Files, folders and streams as sources."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bearwitness.collect.item import Item, Source, without_data
from bearwitness.collect.opening import opened

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


def file_source(
    path: Path, limit: int = LIMIT, columns: Mapping[str, str] | None = None, *, exchanges: bool = False
) -> Source:
    """One file: itself, or what it holds if it is an archive, a web archive, a table or a mail box."""

    def items() -> Iterator[Item]:
        yield from _read_file(path, limit, columns, named=True, exchanges=exchanges)

    return items


def folder_source(
    folder: Path, limit: int = LIMIT, columns: Mapping[str, str] | None = None, *, exchanges: bool = False
) -> Source:
    """Every file below ``folder``, in sorted order of their paths. Hidden names, devices, broken links,
    links that lead back to a folder already walked, ledgers and sites of ours are passed over; an item says so."""

    def items() -> Iterator[Item]:
        yield from _walk(folder, limit, columns, set(), exchanges)

    return items


def stream_source(
    stream: BinaryIO,
    name: str = "-",
    limit: int = LIMIT,
    columns: Mapping[str, str] | None = None,
    *,
    exchanges: bool = False,
) -> Source:
    """What a stream holds to its end, like a file without a name."""

    def items() -> Iterator[Item]:
        yield from opened(stream, name, "", limit, columns, named=True, exchanges=exchanges)

    return items


def _read_file(
    path: Path, limit: int, columns: Mapping[str, str] | None, *, exchanges: bool, named: bool = False
) -> Iterator[Item]:
    """What the file holds; a failure is a problem of an item."""
    source = _printable(path)
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield without_data(source, "unreadable", f"{source} could not be read: {reason}.")
        return
    with stream:
        yield from opened(stream, source, path.name, limit, columns, named=named, exchanges=exchanges)


def _walk(
    folder: Path, limit: int, columns: Mapping[str, str] | None, walked: set[tuple[int, int]], exchanges: bool
) -> Iterator[Item]:
    """The items below ``folder``; ``walked`` holds the device and inode of the folders seen so far."""
    source = _printable(folder)
    try:
        here = folder.stat()
        if (here.st_dev, here.st_ino) in walked:
            yield without_data(source, "skipped", f"{source} leads back to a folder already walked.")
            return
        walked.add((here.st_dev, here.st_ino))
        entries = sorted(folder.iterdir(), key=os.fsencode)
    except OSError as error:
        yield without_data(source, "unreadable", f"{source} could not be opened: {error.strerror}.")
        return
    own = next((MADE_BY_US[entry.name] for entry in entries if entry.name in MADE_BY_US), None)
    if own is not None:
        yield without_data(source, "skipped", f"{source} is {own}: what we made is not read as evidence.")
        return
    hidden: list[str] = []
    for entry in entries:
        if entry.name.startswith("."):
            hidden.append(_printable(Path(entry.name)))
        else:
            yield from _entry(entry, limit, columns, walked, exchanges)
    if hidden:
        names = ", ".join(hidden[:20]) + (" and others" if len(hidden) > 20 else "")
        count = "1 hidden name was" if len(hidden) == 1 else f"{len(hidden)} hidden names were"
        yield without_data(source, "skipped", f"In {source}, {count} passed over: {names}.")


def _entry(
    entry: Path, limit: int, columns: Mapping[str, str] | None, walked: set[tuple[int, int]], exchanges: bool
) -> Iterator[Item]:
    """What one name in a folder gives."""
    source = _printable(entry)
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        yield without_data(source, "skipped", f"{source} leads nowhere: {error.strerror}.")
        return
    if stat.S_ISDIR(mode):
        yield from _walk(entry, limit, columns, walked, exchanges)
    elif stat.S_ISREG(mode):
        yield from _read_file(entry, limit, columns, exchanges=exchanges)
    else:
        # Opening a pipe or a device may wait for ever.
        yield without_data(source, "skipped", f"{source} is a pipe, a socket or a device, not a file.")


def _printable(path: Path) -> str:
    """The path as text that can be written anywhere: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
