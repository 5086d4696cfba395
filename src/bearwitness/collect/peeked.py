"""A stream in the form that the standard library's readers take, and how much of it is looked at first."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from bearwitness.collect.stream import Stream

SAMPLE = 256 * 1024
"""How many bytes of a file are looked at to tell a table or a mail box from it."""

_BUFFER = 1024 * 1024


def buffered(stream: Stream) -> io.BufferedReader:
    """``stream`` as a file that is read forward."""
    return io.BufferedReader(_Raw(stream), _BUFFER)


class _Raw(io.RawIOBase):
    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` as far as there is something, and say how far."""
        view = memoryview(buffer)
        piece = self._stream.read(len(view))
        view[: len(piece)] = piece
        return len(piece)
