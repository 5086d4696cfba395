"""What a source gives: bytes as received, and where they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from bearwitness.record import Problem


class Item(msgspec.Struct, frozen=True):
    """One thing to keep. ``data`` is what was received; where nothing could be, it is empty and
    ``problems`` says why. ``headers`` are those of the answer, for sources that have them. ``given`` is what the
    operator says of this very item, by naming the columns of its table; it goes before what is said of all."""

    source: str
    data: bytes
    media_type: str
    problems: tuple[Problem, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()


Source = Callable[[], Iterator[Item]]
"""A source of items: call it to read them, one at a time."""
