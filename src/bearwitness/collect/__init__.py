"""Collect: gather what is to be read, from files, folders and standard input, byte for byte.

A source is a callable that gives ``Item``s. Files, folders and standard input are the sources here; a web
page, a feed, an archive or a table is one more function that returns a ``Source`` and one more line in
``_source``. Nothing is decoded, unpacked or changed: an item's data is what was received.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bearwitness.collect.files import LIMIT, file_source, folder_source, stream_source
from bearwitness.collect.item import Item, Source
from bearwitness.collect.media import media_type
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["LIMIT", "Item", "Source", "collect", "media_type"]


def collect(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, limit: int = LIMIT
) -> Iterator[Item]:
    """Every item of ``paths``, in the order given; folders are walked in sorted order; "-" is standard input.

    ``stdin`` is read for "-" (the process's own standard input where it is None). ``limit`` is in bytes, for
    each item; a larger one is not kept in part: it comes with no data and the problem ``too_large``, which
    names its size and digest. All paths are checked before the first item is given: ``InputError`` names one
    that is missing or may not be opened. What goes wrong later, inside a folder, is a problem of an item.
    """
    sources = [_source(path, stdin, limit) for path in paths]
    return (item for source in sources for item in source())


def _source(path: str | Path, stdin: BinaryIO | None, limit: int) -> Source:
    """The source that reads ``path``."""
    if str(path) == "-":
        return stream_source(stdin or sys.stdin.buffer, "-", limit)
    found = Path(path)
    try:
        mode = found.stat().st_mode
        if stat.S_ISDIR(mode):
            return folder_source(found, limit)
        if stat.S_ISREG(mode):
            with found.open("rb"):
                return file_source(found, limit)
    except FileNotFoundError:
        raise InputError(
            f"{path}: there is no such file or folder. Check the spelling of the path."
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be opened ({reason}). Check its name and permissions.") from None
    return file_source(found, limit)
