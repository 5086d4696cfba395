"""What a source gives: bytes as received, and where they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from bearwitness.record import Problem

NOTHING = "application/octet-stream"


class Item(msgspec.Struct, frozen=True):
    """One thing to keep. ``data`` is what was received; where nothing could be, it is empty and
    ``problems`` says why. ``headers`` are those of the answer, for sources that have them, and ``captured_at``
    is when the source says that it was received (RFC 3339, UTC); empty where it does not say. ``given`` is what the
    operator says of this very item, by naming the columns of its table; it goes before what is said of all. ``repeats``
    is when the same bytes were received from the same address, for one that an archive does not hold again. ``place`` is
    where its record begins among the unpacked bytes of a web archive that lies in no other file. ``exchanges`` are the
    records of a web archive that tell how it came, each whole, where they were asked for: the request, the answer. An item
    that has these and neither data nor problems tells of an answer that gave no page: it was gone, or led elsewhere."""

    source: str
    data: bytes
    media_type: str
    problems: tuple[Problem, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    captured_at: str = ""
    given: tuple[tuple[str, str], ...] = ()
    repeats: str = ""
    place: int | None = None
    exchanges: tuple[bytes, ...] = ()


Source = Callable[[], Iterator[Item]]
"""A source of items: call it to read them, one at a time."""


def without_data(source: str, code: str, sentence: str) -> Item:
    """An item that holds only what went wrong."""
    problem = Problem(code=code, where=source, sentence=sentence)
    return Item(source=source, data=b"", media_type=NOTHING, problems=(problem,))
