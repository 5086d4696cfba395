"""The certificates in an answer, put in the order that DER asks for.

``openssl ts``, which many authorities run, writes them in the order of their chain, and the library that takes answers
apart refuses that. They are a set that no signature covers, so their order says nothing; nothing else is touched, and the
answer is kept as it came.
"""

from __future__ import annotations

_SEQUENCE, _TAGGED = 0x30, 0xA0
_MOST = 100


def in_order(reply: bytes) -> bytes:
    """``reply`` with its certificates in order; as it is, if it is not built as an answer is."""
    try:
        start, end = _certificates(reply)
        parts = _parts(reply, start, end)
    except IndexError:
        return reply
    return reply[:start] + b"".join(sorted(parts)) + reply[end:]


def _certificates(data: bytes) -> tuple[int, int]:
    """Where the certificates stand: answer, token, its content, signed data, the first tagged field in it."""
    start, end = _inside(data, 0, len(data), _SEQUENCE)
    start, end = _inside(data, _after(data, start, end), end, _SEQUENCE)
    start, end = _inside(data, _after(data, start, end), end, _TAGGED)
    start, end = _inside(data, start, end, _SEQUENCE)
    for _ in range(3):  # version, digests, what is signed
        start = _after(data, start, end)
    return _inside(data, start, end, _TAGGED)


def _parts(data: bytes, start: int, end: int) -> list[bytes]:
    """The values that stand one behind the other."""
    found: list[bytes] = []
    while start < end and len(found) < _MOST:
        after = _after(data, start, end)
        found.append(data[start:after])
        start = after
    if start < end:
        raise IndexError
    return found


def _inside(data: bytes, start: int, end: int, tag: int) -> tuple[int, int]:
    """Where the content of the value at ``start`` begins and ends. ``IndexError`` if it is of another tag or does not fit."""
    if data[start] != tag:
        raise IndexError
    return _extent(data, start, end)


def _after(data: bytes, start: int, end: int) -> int:
    return _extent(data, start, end)[1]


def _extent(data: bytes, start: int, end: int) -> tuple[int, int]:
    length, at = data[start + 1], start + 2
    if length >= 0x80:
        many = length & 0x7F
        if not 1 <= many <= 4:
            raise IndexError
        length, at = int.from_bytes(data[at : at + many], "big"), at + many
    if at + length > end:
        raise IndexError
    return at, at + length
