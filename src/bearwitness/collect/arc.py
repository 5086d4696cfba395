"""ARC files, in which web archives were kept before WARC: one item for each page, by the same rules.

A record is a line with the address, the network address of the server, the time, the media type and, last, the length
of what follows, which is the answer as it came; version 2 has five fields more between. The first record tells of the
file itself (Internet Archive, "Arc File Format", 1996).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bearwitness.collect.warc import Damage, Record, beginning, pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bearwitness.collect.item import Item
    from bearwitness.collect.setting import Expand, Setting
    from bearwitness.collect.stream import Window

_LONGEST = 16 * 1024  # bytes of a record's line
_LINE_END = re.compile(rb"\n")
_DIGITS = re.compile(r"\d{1,18}")
_TIME = re.compile(r"\d{14}")
_FIELDS = {b"1": 4, b"2": 9}  # behind the address, by version


def records(window: Window, setting: Setting, _expand: Expand) -> Iterator[Item]:
    """The items in the ARC file that begins here. What holds no page is counted."""
    version = re.search(rb"\n([12]) ", window.peek(2_048))
    fields = _FIELDS[version[1] if version else b"1"]
    yield from pages(window, setting, lambda inner: _following(inner, fields))


def _following(window: Window, fields: int) -> Record | None:
    """The next record as WARC would head it; None at the end. ``Damage`` where it is not one."""
    start = beginning(window)
    at = window.position
    if not start:
        return None
    line = (window.until(_LINE_END, _LONGEST) or b"").decode("utf-8", "replace").strip()
    parts = line.rsplit(" ", fields)
    if len(parts) != fields + 1 or not _DIGITS.fullmatch(parts[-1]):
        raise Damage("does not go on with a record, or a record has not the length that it states,")
    address, when = parts[0], parts[2]
    page = address.lower().startswith(("http://", "https://"))
    told = {
        "warc-type": "response" if page else "notes",
        "warc-target-uri": address,
        "content-type": "application/http" if page else parts[3],
    }
    if _TIME.fullmatch(when):
        told["warc-date"] = f"{when[:4]}-{when[4:6]}-{when[6:8]}T{when[8:10]}:{when[10:12]}:{when[12:]}Z"
    return Record(at, told, int(parts[-1]))
