"""Content encodings undone piece by piece, never to more than a limit."""

from __future__ import annotations

import zlib
from itertools import takewhile

from bearwitness.collect.encodings import INSTALL, MORE, unpacker
from bearwitness.collect.web.values import Failed
from bearwitness.collect.web.wire import too_large
from bearwitness.record import Problem

_ENCODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_PLAIN = ("", "identity")
_LAYERS = 2
_MEMBERS = 1_000  # of one gzip stream


class Body:
    """The content of one answer as its pieces come. ``unknown`` is an encoding that it stays in, empty if there is none."""

    def __init__(self, address: str, encodings: str, limit: int) -> None:
        names = [name for part in encodings.lower().split(",") if (name := part.strip()) not in _PLAIN]
        if len(names) > _LAYERS:
            raise bad_answer(address, f"it is encoded {len(names)} times over, which nobody asked for")
        # The last to be put on is the first to be taken off.
        layers = list(takewhile(lambda layer: layer is not None, map(_layer, reversed(names))))
        self.unknown = names[-1 - len(layers)] if len(layers) < len(names) else ""
        self._address = address
        self._limit = limit
        self._layers = [layer for layer in layers if layer is not None]
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, piece: bytes) -> None:
        """Take the next piece as it came."""
        for layer in self._layers:
            try:
                piece = layer.feed(piece, self._limit + 1)
            except (zlib.error, ValueError) as error:
                raise bad_answer(self._address, f"its compression is damaged ({error})") from None
            self._within(len(piece))
        self._size += len(piece)
        self._within(self._size)
        self._pieces.append(piece)

    def _within(self, size: int) -> None:
        if size > self._limit:
            raise too_large(self._address, f"its content has more than {self._limit:,} bytes")

    def finish(self) -> bytes | None:
        """All of the content; ``None`` if a compressed stream stops before its end."""
        if any(layer.unfinished for layer in self._layers):
            return None
        return b"".join(self._pieces)


def _layer(name: str) -> _Layer | _OtherLayer | None:
    """What takes this encoding off; None where nothing does."""
    if name in _ENCODINGS:
        return _Layer(name)
    return None if unpacker(name) is None else _OtherLayer(name)


class _OtherLayer:
    """One stream under brotli, or one under Zstandard, which may have several frames."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._frames = 0
        self._next()
        self._begun = False

    def _next(self) -> None:
        stream = unpacker(self._name)
        assert stream is not None  # it was there a moment ago
        self._stream = stream
        self._frames += 1

    @property
    def unfinished(self) -> bool:
        """See ``_Layer``."""
        return self._begun and not self._stream.eof

    def feed(self, data: bytes, most: int) -> bytes:
        """See ``_Layer``."""
        self._begun = self._begun or bool(data)
        out: list[bytes] = []
        while most > 0 and (data or not self._stream.needs_input):
            if self._stream.eof:
                if not data or self._name == "br" or self._frames >= _MEMBERS:
                    break
                self._next()
            piece = self._stream.decompress(data, most)
            out.append(piece)
            most -= len(piece)
            data = self._stream.unused_data if self._stream.eof else b""
        return b"".join(out)


class _Layer:
    """One compressed stream; a gzip stream may have several members."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stream = zlib.decompressobj(_ENCODINGS[name])
        self._held = b""
        self._begun = False
        self._members = 1
        self._surplus = False

    @property
    def unfinished(self) -> bool:
        """Whether the stream has begun and not ended."""
        return self._begun and not self._stream.eof

    def feed(self, data: bytes, most: int) -> bytes:
        """What ``data`` gives, at most ``most`` bytes and no more if that is reached."""
        data, self._held = self._held + data, b""
        if not self._begun and self._name == "deflate":
            if len(data) < 2:
                self._held = data
                return b""
            if int.from_bytes(data[:2], "big") % 31 or data[0] & 15 != 8:
                self._stream = zlib.decompressobj(
                    -zlib.MAX_WBITS
                )  # many servers leave out the header of zlib
        self._begun = self._begun or bool(data)
        out: list[bytes] = []
        while data and most > 0 and not self._surplus:
            if self._stream.eof and not self._next(data):
                break
            piece = self._stream.decompress(data, most)
            out.append(piece)
            most -= len(piece)
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return b"".join(out)

    def _next(self, data: bytes) -> bool:
        """Begin the next member, if what follows is one; anything else after the end is passed over."""
        self._members += 1
        self._surplus = self._name == "deflate" or data[:1] != b"\x1f" or self._members > _MEMBERS
        if not self._surplus:
            self._stream = zlib.decompressobj(_ENCODINGS[self._name])
        return not self._surplus


def undecoded(address: str, encoding: str) -> Problem:
    """The problem of an answer whose content stays packed."""
    hint = (
        f" To have it read, install what reads it ({INSTALL}) and fetch it again." if encoding in MORE else ""
    )
    sentence = (
        f"The answer of {address} is packed as “{encoding[:40]}”, which nobody asked for and which is not read; its "
        f"bytes are kept as they came.{hint}"
    )
    return Problem(code="undecoded", where=address, sentence=sentence)


def bad_answer(address: str, why: str) -> Failed:
    """The problem of an answer that is not as HTTP has it."""
    sentence = f"The answer of {address} cannot be used: {why}."
    return Failed(Problem(code="bad_answer", where=address, sentence=sentence))
