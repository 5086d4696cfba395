"""Compressed bytes as a stream, unpacked block by block as they are asked for.

The decoders are the standard library's own, and such as have their form; its file objects are not used, since they tell damage by raising and
unpack as much as a hostile file likes.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any

from bearwitness.collect.encodings import unpacker
from bearwitness.collect.stream import Budget, Fault, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

_BLOCK = 32 * 1024
_MOST = 1024 * 1024  # bytes unpacked before the budget is looked at again
_XZ_MEMORY = 256 * 1024 * 1024

Marks = deque[tuple[int, int]]
"""Where members begin: the place among the unpacked bytes, and among the compressed."""
_DECODERS: dict[str, Callable[[], Any]] = {
    "gzip": lambda: zlib.decompressobj(16 + zlib.MAX_WBITS),
    "zlib": zlib.decompressobj,
    "deflate": lambda: zlib.decompressobj(-zlib.MAX_WBITS),
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
    "br": lambda: unpacker("br"),
    "zstd": lambda: unpacker("zstd"),
}
_STARTS = {"gzip": b"\x1f\x8b", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd"}
"""How a further member of these begins; the others have one member only."""


class Unpacked(Stream):
    """What the compressed stream ``inner`` unpacks to: all its members, one after the other.

    ``form`` is "gzip", "zlib", "deflate" (without a head), "bzip2", "xz", or one that ``encodings`` has a decoder for. It ends with the fault ``damaged``
    where the bytes are no such form or are cut off, and ``bomb`` where they come to more than ``budget`` allows. It notes
    in ``marks`` where each member begins.
    """

    has_end = False  # a few bytes can unpack to a petabyte

    def __init__(self, inner: Stream, form: str, budget: Budget, marks: Marks | None = None) -> None:
        self._inner = inner
        self._form = form
        self._budget = budget
        self._decoder = _DECODERS[form]()
        self._rest = b""  # read, and not yet given to the decoder
        self._read = 0
        self._given = 0
        self._marks = marks
        if marks is not None:
            marks.append((0, 0))
        self._ended = False
        self._fault: Fault | None = None

    def read(self, size: int) -> bytes:
        """See ``Stream.read``."""
        while not self._ended:
            if self._budget.spent:
                what = "unpacks to far more than any real file would; unpacking was stopped."
                self._end(Fault("bomb", what))
                break
            try:
                data = self._step(min(size, _MOST))
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, MemoryError) as error:
                self._damaged(f"is not sound ({error})")
                break
            if data:
                self._budget.take(len(data))
                self._given += len(data)
                return data
        return b""

    def take_fault(self) -> Fault | None:
        """See ``Stream.take_fault``. Where the compressed bytes themselves end early, that is the reason."""
        fault, self._fault = self._fault, None
        return fault and (self._inner.take_fault() or fault)

    def _step(self, size: int) -> bytes:
        """Unpack at most ``size`` bytes; none where the decoder wants more, or a member ends."""
        decoder = self._decoder
        if decoder.eof:
            self._next_member()
            return b""
        wants = getattr(decoder, "needs_input", True)
        data = (self._rest or self._more()) if wants else b""
        unpacked: bytes = decoder.decompress(data, size)
        self._rest = (
            (getattr(decoder, "unconsumed_tail", b"") or decoder.unused_data) if wants else self._rest
        )
        if decoder.eof:
            self._rest = decoder.unused_data
        elif wants and not data and not unpacked:
            self._damaged("is cut off")
        return unpacked

    def _next_member(self) -> None:
        """Begin the member that follows; padding with zeros ends the stream, and so do other bytes, as a fault."""
        start = _STARTS.get(self._form)
        if start is None:
            self._end(None)
            return
        while len(self._rest) < len(start) and (more := self._more()):
            self._rest += more
        if self._rest.startswith(start):
            self._decoder = _DECODERS[self._form]()
            if self._marks is not None:
                self._marks.append((self._given, self._read - len(self._rest)))
        elif self._rest.strip(b"\0"):
            self._damaged("is followed by other bytes")
        else:
            self._end(None)

    def _more(self) -> bytes:
        data = self._inner.read(_BLOCK)
        self._read += len(data)
        return data

    def _damaged(self, what: str) -> None:
        at = self._read - len(self._rest)
        where = f"at or before byte {at:,} of the compressed bytes"
        self._end(Fault("damaged", f"{what} {where}; what came before is kept."))

    def _end(self, fault: Fault | None) -> None:
        self._ended, self._fault = True, fault
