"""Which records of a web archive tell how its pages came: requests and answers, also of pages that were gone or led elsewhere.

Requests and answers of pictures, scripts and the like are not among them, since their content is not kept.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from bearwitness.collect.answers import BLANK, HEADERS, answer
from bearwitness.collect.digests import stated

if TYPE_CHECKING:
    from bearwitness.collect.item import Item
    from bearwitness.collect.stream import Copied
    from bearwitness.collect.warc import Record

LARGEST = 64 * 1024 * 1024
"""Bytes of the longest record that is kept with what it holds."""
_BRIEF = 1024 * 1024  # of an answer that gave no page
_MOST = 64  # requests that wait for their answers, and answers that wait for their requests
_END = b"\r\n\r\n"  # behind a record


def most_of(record: Record, limit: int) -> int:
    """How many bytes of the block of a record may be wanted; none if it tells of no exchange."""
    if not record.header or not record.address.lower().startswith(("http://", "https://")):
        return 0
    if record.sort == "request":
        return HEADERS
    whole = min(limit + HEADERS, LARGEST - len(record.header) - len(_END))
    return whole if record.sort in ("response", "revisit") and record.length <= whole else 0


class Requests:
    """The requests that were met lately, and of which addresses answers were kept lately."""

    def __init__(self) -> None:
        self._waiting: dict[str, bytes] = {}
        self._kept: deque[str] = deque(maxlen=_MOST)

    def take(self, record: Record, item: Item | None, block: Copied) -> tuple[bytes, ...]:
        """The records to be kept now that this one, of which ``item`` came, has been looked at. Reads ``block`` to its end if
        it is one of them."""
        if record.sort not in ("request", "response", "revisit") or not record.header:
            return ()
        if record.sort == "request":
            whole = _whole(record, block) if record.length <= HEADERS else b""
            if whole and record.address in self._kept:
                return (whole,)
            self._waiting[record.address] = whole
            if len(self._waiting) > _MOST:
                del self._waiting[next(iter(self._waiting))]
            return ()
        broken = item is not None and any(problem.code == "digest_mismatch" for problem in item.problems)
        whole = _whole(record, block) if not broken and (item is not None or _tells(record, block)) else b""
        request = self._waiting.pop(record.address, b"")
        if not whole:
            return ()
        self._kept.append(record.address)
        return tuple(one for one in (request, whole) if one)


def _tells(record: Record, block: Copied) -> bool:
    """Whether an answer that gave no page tells what became of one, or what programs may fetch."""
    if record.length > _BRIEF:
        return False
    if record.sort == "revisit" or record.address.lower().endswith("/robots.txt"):
        return True
    block.read(HEADERS)
    found = BLANK.search(block.held(), 0, HEADERS)
    status = answer(block.held()[: found.end()]).status if found else None
    return status is not None and status >= 300


def _whole(record: Record, block: Copied) -> bytes:
    """A record with its block, as it stands; nothing if it is cut off, longer than is kept, or not what it states."""
    while block.read(HEADERS):
        pass
    held = block.held()
    claim = stated(record.fields.get("warc-block-digest", ""))
    if len(held) != record.length or not held or (claim is not None and not claim.fits(held)):
        return b""
    return record.header + held + _END
