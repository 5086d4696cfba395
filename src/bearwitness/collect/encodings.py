"""Decoders of content encodings that the standard library lacks: brotli, and Zstandard before Python 3.14.

They have the form of the standard library's (``bz2.BZ2Decompressor``), so that what they give is bounded call by call, and
raise ``ValueError`` on damage. A library that cannot be bounded is taken for none.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

MORE = ("br", "zstd")
"""The encodings that need a library."""
INSTALL = "pip install 'bearwitness[encodings]'"

_PIECE = 64 * 1024  # brotli is asked for no more at once, since it may give some times what it is asked for
_WINDOW = 23  # RFC 9659: no more than 8 MB to look back on, as a power of two
_ZSTANDARD = ("compression.zstd", "backports.zstd")


class Unpacker(Protocol):
    """One compressed stream. While it does not need input, it is given none; it may give somewhat more than it was asked
    for."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing left of what was put in."""

    @property
    def unused_data(self) -> bytes:
        """What was put in behind the end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """What ``data`` gives."""


def unpacker(name: str) -> Unpacker | None:
    """A new decoder for the encoding "br" or "zstd"; None where what it needs is not installed, and for others."""
    if name == "br" and find_spec("brotli"):
        stream = import_module("brotli").Decompressor
        return _Brotli(stream()) if hasattr(stream, "can_accept_more_data") else None
    if name == "zstd":
        for package in _ZSTANDARD:
            if find_spec(package.partition(".")[0]) and find_spec(package):
                return _Zstandard(import_module(package))
    return None


def accepted() -> str:
    """What is asked for: the header Accept-Encoding."""
    return ", ".join(["gzip", "deflate", *(name for name in MORE if unpacker(name))])


class _Brotli:
    """brotli as the standard library would have it."""

    unused_data = b""  # what stands behind the end is damage

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    @property
    def eof(self) -> bool:
        return bool(self._stream.is_finished())

    @property
    def needs_input(self) -> bool:
        return bool(self._stream.can_accept_more_data()) and not self.eof

    def decompress(self, data: bytes, max_length: int) -> bytes:
        from brotli import error as damage

        try:
            return bytes(self._stream.process(data, output_buffer_limit=min(max_length, _PIECE)))
        except damage as error:
            raise ValueError(str(error)) from None


class _Zstandard:
    """One frame."""

    def __init__(self, package: Any) -> None:
        self._damage = package.ZstdError
        options = {package.DecompressionParameter.window_log_max: _WINDOW}
        self._stream = package.ZstdDecompressor(options=options)

    @property
    def eof(self) -> bool:
        return bool(self._stream.eof)

    @property
    def needs_input(self) -> bool:
        return bool(self._stream.needs_input)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._stream.unused_data)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        try:
            return bytes(self._stream.decompress(data, max_length))
        except self._damage as error:
            raise ValueError(str(error)) from None
