"""TAR archives, read forward member by member, also from a pipe.

The standard library's tarfile is not used here: it keeps every member in memory, goes into itself once for each
extension header, and reads an extension header whole, however long it says it is. Nothing is written: links,
devices and folders are counted and passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bearwitness.collect.setting import PassedOver, hidden
from bearwitness.collect.stream import Fault, Part, Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bearwitness.collect.item import Item
    from bearwitness.collect.setting import Expand, Setting

_RECORD = 512
_END = bytes(_RECORD)
_EXTENSION = 64 * 1024  # no name is longer
_CHAIN = 16  # extension headers before one member
_OCTAL = re.compile(rb"[\0 ]*([0-7]{0,12})[\0 ]*")
_SIZE = re.compile(rb"\d{1,18}")
_FILES = b"0\x007"
_PASSED = {
    b"1": "links",
    b"2": "links",
    b"3": "devices",
    b"4": "devices",
    b"5": "",
    b"6": "pipes",
    b"S": "sparse",
}


class _Head(NamedTuple):
    """What a header says: the member's name, size in bytes and sort (one byte), and where the header stands."""

    name: bytes
    size: int
    sort: bytes


class _Damage(Exception):
    """What is wrong with a header."""


def members(window: Window, setting: Setting, expand: Expand) -> Iterator[Item]:
    """The items in the TAR archive that begins here. What is damaged ends it, as one problem that says at which
    byte."""
    passed = PassedOver()
    fault: Fault | None = None
    while fault is None:
        at = window.position
        try:
            head = _next(window)
        except _Damage as damage:
            what = (
                f"{damage} at byte {at:,} of the archive; what came before is kept, what comes after is not."
            )
            fault = window.take_fault() or Fault("damaged", what)
            break
        if head is None:
            break
        name = head.name.decode("utf-8", "replace")
        part = Part(window, head.size)
        why = _why_not(head, name)
        if why is None:
            yield from expand(Window(part), setting.member(name))
        elif why:
            passed.take(why, name)
        part.skip(part.left)
        window.skip(-head.size % _RECORD)
        fault = part.take_fault()
    yield from passed.items(setting.source)
    if fault:
        yield setting.fault(fault)


def _why_not(head: _Head, name: str) -> str | None:
    """What a member is that is passed over, in a word; empty for a folder, of which nothing need be said."""
    if head.sort not in _FILES:
        return _PASSED.get(head.sort, "of unknown sorts")
    if name.endswith("/") and not head.size:
        return ""  # how old archives write a folder
    if hidden(name):
        return "hidden"
    return None if head.size else "empty"


def _next(window: Window) -> _Head | None:
    """The header of the next member, with what the extension headers before it say; None at the archive's end."""
    name: bytes | None = None
    size: int | None = None
    for _ in range(_CHAIN):
        record = window.exactly(_RECORD)
        if record == _END or not record:
            return None
        head = _parse(record)
        if head.sort not in b"xgLK":
            return _Head(name or head.name, head.size if size is None else size, head.sort)
        if head.size > _EXTENSION:
            raise _Damage(f"has an extension header of {head.size:,} bytes, which no name needs,")
        data = window.exactly(head.size)
        window.skip(-head.size % _RECORD)
        if head.sort == b"L":
            name = data.rstrip(b"\0")
        elif head.sort == b"x":
            said = _pax(data)
            name = said.get(b"path", name)
            size = int(said[b"size"]) if _SIZE.fullmatch(said.get(b"size", b"")) else size
    raise _Damage(f"has more than {_CHAIN} extension headers before one member")


def _parse(record: bytes) -> _Head:
    """One header of 512 bytes."""
    if len(record) < _RECORD:
        raise _Damage("is cut off")
    stated = _OCTAL.fullmatch(record[148:156])
    summed = sum(record[:148]) + 8 * 32 + sum(record[156:])
    if stated is None or int(stated[1] or b"0", 8) != summed:
        raise _Damage("has a header that does not add up")
    if record[124] & 0x80:
        size = int.from_bytes(record[124:136], "big") - (0x80 << 88)
    elif octal := _OCTAL.fullmatch(record[124:136]):
        size = int(octal[1] or b"0", 8)
    else:
        raise _Damage("has a header without a size")
    sort = record[156:157]
    if sort in b"123456":
        size = 0  # a link may state its target's size, and nothing follows it
    prefix = record[345:500].partition(b"\0")[0] if record[257:263] == b"ustar\0" else b""
    name = record[:100].partition(b"\0")[0]
    return _Head(prefix + b"/" + name if prefix else name, size, sort)


def _pax(data: bytes) -> dict[bytes, bytes]:
    """The key words of an extension header, each written as "LENGTH KEY=VALUE" and a line feed."""
    said: dict[bytes, bytes] = {}
    at = 0
    while at < len(data):
        length, blank, _ = data[at : at + 12].partition(b" ")
        if not blank or not length.isdigit() or int(length) <= len(length) + 1:
            break
        key, _, value = data[at + len(length) + 1 : at + int(length) - 1].partition(b"=")
        said[key] = value
        at += int(length)
    return said
