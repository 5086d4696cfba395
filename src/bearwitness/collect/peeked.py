"""A stream whose first bytes have been looked at and are still to be read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SAMPLE = 256 * 1024
_BUFFER = 1024 * 1024


class Readable(Protocol):
    """What gives at most ``size`` bytes, and none at its end."""

    def read(self, size: int, /) -> bytes: ...


def look(stream: Readable) -> tuple[bytes, io.BufferedReader]:
    """The first ``SAMPLE`` bytes of ``stream`` (fewer only if it ends before), and a stream that begins with them."""
    pieces: list[bytes] = []
    size = 0
    while size < SAMPLE and (piece := stream.read(SAMPLE - size)):
        pieces.append(piece)
        size += len(piece)
    head = b"".join(pieces)
    return head, io.BufferedReader(_Joined(head, stream), _BUFFER)


class _Joined(io.RawIOBase):
    """Bytes already read, then the rest of their stream."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` as far as there is something, and say how far."""
        view = memoryview(buffer)
        piece = self._head[: len(view)] if self._head else self._rest.read(len(view))
        self._head = self._head[len(piece) :]
        view[: len(piece)] = piece
        return len(piece)
