"""What lies in a stream: one item, or a container with items in it, as its first bytes say.

Compressed files, archives and web archives are opened within each other down to ``DEEPEST``. Each kind is read by
a module of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bearwitness.collect import arc, tar, warc, zipped
from bearwitness.collect.contents import inside
from bearwitness.collect.mail import with_attachments
from bearwitness.collect.media import MAIL, media_type
from bearwitness.collect.packed import Marks, Unpacked
from bearwitness.collect.setting import Setting
from bearwitness.collect.stream import Budget, Fault, Received, Window
from bearwitness.collect.whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from bearwitness.collect.item import Item

DEEPEST = 8
"""How many containers are opened within each other; a page in a WARC in a WACZ in a compressed TAR lies in five."""

_HEAD = 4096
_PACKED = {
    "application/gzip": ("gzip", (".gz", ".tgz")),
    "application/x-bzip2": ("bzip2", (".bz2", ".tbz2")),
    "application/x-xz": ("xz", (".xz", ".txz")),
}
_NOT_UNPACKED = {
    "application/zstd": ("Zstandard", "zstd -d"),
    "application/x-7z-compressed": ("7-Zip", "7z x"),
}
_WEB = ("application/warc", "application/x-arc")
_ARCHIVES = {
    "application/zip": zipped.members,
    "application/x-tar": tar.members,
    "application/warc": warc.records,
    "application/x-arc": arc.records,
}


def opened(
    file: BinaryIO,
    source: str,
    name: str,
    limit: int,
    columns: Mapping[str, str] | None = None,
    *,
    named: bool = False,
    marks: Marks | None = None,
    exchanges: bool = False,
) -> Iterator[Item]:
    """The items in ``file``, which ``source`` says where to find and which is called ``name`` (empty if it has no
    name). ``limit`` is in bytes, for each item. ``columns`` is what the operator says of the columns of tables, by
    field, and ``named`` whether the file was named rather than found. ``marks`` is where it is noted where members of a
    compressed file begin, ``exchanges`` whether the records of web archives are wanted. Memory holds one item at a time. Never raises
    on any bytes."""
    budget = Budget()
    window = Window(Received(file, budget))
    setting = Setting(
        source, name, limit, budget, columns=columns, named=named, marks=marks, exchanges=exchanges
    )
    try:
        yield from expand(window, setting)
        fault = window.take_fault()
    except OSError as error:  # of an archive that is gone about in
        fault = Fault("unreadable", f"could not be read: {error.strerror or error}.")
    if fault:
        yield setting.fault(fault)


def expand(window: Window, setting: Setting) -> Iterator[Item]:
    """The items in ``window``."""
    kind = media_type(window.peek(_HEAD), setting.name)
    packed, archive = _PACKED.get(kind), _ARCHIVES.get(kind)
    if kind in _NOT_UNPACKED:
        form, how = _NOT_UNPACKED[kind]
        what = f"is packed as {form}, which is not read; it is kept as it is. Unpack it ({how}) and add what comes out."
        yield whole(window, setting.having(setting.problem("undecoded", what)))
    elif packed is None and archive is None:
        yield from _reports(window, setting)
    elif setting.depth >= DEEPEST:
        what = f"lies in {DEEPEST} archives within each other; it is kept as it is and not opened."
        yield whole(window, setting.having(setting.problem("nested", what)))
    elif archive is not None:
        marks = setting.marks if kind in _WEB else None
        yield from archive(window, setting._replace(depth=setting.depth + 1, marks=marks), expand)
    elif packed is not None:
        form, endings = packed
        name = next(
            (setting.name[: -len(end)] for end in endings if setting.name.lower().endswith(end)), setting.name
        )
        marks = setting.marks if not setting.depth else None
        inner = Window(Unpacked(window, form, setting.budget, marks))
        yield from expand(inner, setting._replace(name=name, depth=setting.depth + 1))
        if fault := inner.take_fault():
            yield setting.fault(fault)


def _reports(window: Window, setting: Setting) -> Iterator[Item]:
    """The reports in a window that holds no archive: the rows of a table, the messages of a mail box, or all of it
    as one, with what is attached to it if it is a message."""
    found = inside(window, setting)
    if found is not None:
        for item in found:
            yield msgspec.structs.replace(item, problems=(*item.problems, *setting.problems))
        return
    item = whole(window, setting)
    yield from with_attachments(item) if item.media_type == MAIL else (item,)
