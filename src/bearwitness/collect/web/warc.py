"""Exchanges as WARC records: a request and a response each, byte for byte, with digests."""

from __future__ import annotations

import re
from hashlib import sha256

import msgspec

from bearwitness import warc
from bearwitness.collect.web.values import Exchange

_EARLY = re.compile(rb"HTTP/1\.\d 1")
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class Earlier(msgspec.Struct, frozen=True):
    """An earlier response of an address: its payload's SHA-256, when it was asked for, and where."""

    payload: str
    at: str
    address: str


def payload_of(exchange: Exchange) -> str | None:
    """The SHA-256 of what came behind the headers, as it came; ``None`` where no whole answer came."""
    if exchange.body is None or exchange.cut:
        return None
    return sha256(exchange.received[exchange.body :]).hexdigest()


def _early(block: bytes) -> int:
    """How many bytes of informational answers stand before the one that counts."""
    at = 0
    while _EARLY.match(block, at) and (end := _END_OF_HEAD.search(block, at)):
        at = end.end()
    return at


class Archive:
    """A WARC file as it grows, every record a gzip member of its own."""

    def __init__(self, software: str, at: str) -> None:
        self._out = bytearray()
        info = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
        self._write("warcinfo", "", at, "application/warc-fields", info, {})

    def add(self, exchanges: tuple[Exchange, ...], earlier: Earlier | None = None) -> tuple[int, int]:
        """Append ``exchanges`` in their order: where in the file they begin, and how many bytes they take.

        A response with the payload of ``earlier`` becomes a revisit record: its headers, and where the payload is.
        """
        begin = len(self._out)
        for exchange in exchanges:
            self._add(exchange, earlier)
        return begin, len(self._out) - begin

    def data(self) -> bytes:
        """The file so far."""
        return bytes(self._out)

    def _add(self, exchange: Exchange, earlier: Earlier | None) -> None:
        more = {"WARC-IP-Address": exchange.peer}
        request = self._write("request", exchange.address, exchange.at, warc.REQUEST, exchange.sent, more)
        more = {**more, "WARC-Concurrent-To": request}
        block, body = exchange.received, exchange.body
        if exchange.cut:
            more["WARC-Truncated"] = exchange.cut
        if not block:
            return
        if body is None:
            # What no program can read as an answer would make the file unreadable as a response.
            self._write("metadata", exchange.address, exchange.at, "application/octet-stream", block, more)
            return
        if early := _early(block):
            # No program would show an answer that has others before it.
            self._write("metadata", exchange.address, exchange.at, warc.RESPONSE, block[:early], more)
            block, body = block[early:], body - early
        payload = sha256(block[body:]).hexdigest()
        more["WARC-Payload-Digest"] = f"sha256:{payload}"
        kind = "response"
        if earlier is not None and earlier.payload == payload and body < len(block):
            kind, block = "revisit", block[:body]
            more["WARC-Profile"] = _PROFILE
            more["WARC-Refers-To-Target-URI"] = earlier.address
            more["WARC-Refers-To-Date"] = earlier.at
        self._write(kind, exchange.address, exchange.at, warc.RESPONSE, block, more)

    def _write(
        self, kind: str, address: str, at: str, content: str, block: bytes, more: dict[str, str]
    ) -> str:
        """Append one record and return its id."""
        name = warc.fresh()
        if kind in ("request", "metadata"):
            payload = block[block.find(b"\r\n\r\n") + 4 :] if kind == "request" else block
            more = {**more, "WARC-Payload-Digest": f"sha256:{sha256(payload).hexdigest()}"}
        self._out += warc.record(kind, name, at, content, block, address=address, more=more.items())
        return name
