"""Collect: gather what is to be read, from files, folders, archives and standard input, byte for byte.

A source is a callable that gives ``Item``s. Files, folders and standard input are the sources here; a web
page or a feed is one more function that returns a ``Source`` and one more line in ``_source``.
A table gives an item for each row, a mail box one for each message (``contents``). Archives (ZIP, TAR), web archives (WARC, WACZ, ARC) and compressed files are opened wherever they come up, and what lies
in them are the items:

    opening.py   what a stream holds, told from its first bytes, and who reads it
    zipped.py    ZIP, with wacz.py for the list of a WACZ
    tar.py       TAR
    warc.py      WARC, with answers.py for HTTP and digests.py for what is stated of the bytes
    arc.py       ARC, the form that came before it
    requests.py  requests and answers that a web archive holds beside its pages
    packed.py    gzip, bzip2, xz
    whole.py     anything else, as one item
    stream.py    bytes read forward, within bounds; setting.py: where we are, and what may be taken

An item's data is what was received: a file's bytes, or the page as the server sent it without its transfer encoding.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bearwitness.collect.contents import TOLD, rows_of, wrong
from bearwitness.collect.files import LIMIT, file_source, folder_source, stream_source
from bearwitness.collect.item import Item, Source
from bearwitness.collect.media import media_type
from bearwitness.collect.peeked import SAMPLE
from bearwitness.collect.tables import FIELDS
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["FIELDS", "LIMIT", "TOLD", "Item", "Source", "collect", "media_type", "rows_of"]


def collect(
    paths: Iterable[str | Path],
    *,
    stdin: BinaryIO | None = None,
    limit: int = LIMIT,
    columns: Mapping[str, str] | None = None,
    exchanges: bool = False,
) -> Iterator[Item]:
    """Every item of ``paths``, in the order given; folders are walked in sorted order; "-" is standard input.

    ``stdin`` is read for "-" (the process's own standard input where it is None). ``limit`` is in bytes, for
    each item; a larger one is not kept in part: it comes with no data and the problem ``too_large``, which
    names its size and digest. ``columns`` says which columns of a table hold what: its names by field, the fields
    being those of ``tables.FIELDS``, "" for one that no column holds. All paths are checked before the first item is given: ``InputError`` names one
    that is missing, may not be opened, or is a table that has no such columns. With ``exchanges`` the records
    of web archives come with their pages (see ``Item``). What goes wrong later, inside a folder, is a problem of an item.
    """
    sources = [_source(path, stdin, limit, columns, exchanges) for path in paths]
    return (item for source in sources for item in source())


def _source(
    path: str | Path,
    stdin: BinaryIO | None,
    limit: int,
    columns: Mapping[str, str] | None,
    exchanges: bool,
) -> Source:
    """The source that reads ``path``."""
    if str(path) == "-":
        return stream_source(stdin or sys.stdin.buffer, "-", limit, columns, exchanges=exchanges)
    found = Path(path)
    try:
        mode = found.stat().st_mode
        if stat.S_ISDIR(mode):
            return folder_source(found, limit, columns, exchanges=exchanges)
        if stat.S_ISREG(mode):
            with found.open("rb") as stream:
                fault = wrong(stream.read(SAMPLE), stream, str(path), found.name, columns)
            if fault:
                raise InputError(fault)
            return file_source(found, limit, columns, exchanges=exchanges)
    except FileNotFoundError:
        raise InputError(
            f"{path}: there is no such file or folder. Check the spelling of the path."
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be opened ({reason}). Check its name and permissions.") from None
    return file_source(found, limit, columns, exchanges=exchanges)
