"""The records of a WARC file that the ledger keeps, one after the other, with what an index must know of them.

The files are our own: every record is a gzip member of its own. They are read by the same rules as any other.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from bearwitness.collect.answers import BLANK, HEADERS, answer, decoded
from bearwitness.collect.requests import LARGEST
from bearwitness.collect.setting import Setting
from bearwitness.collect.stream import Budget, Held, Window
from bearwitness.collect.warc import next_record

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kept(NamedTuple):
    """One record. ``member`` are its bytes in the file. Of an answer or a request, ``head`` is its header as it went over
    the wire and ``body`` what came behind; of anything else ``body`` is all of it."""

    member: bytes
    sort: str
    address: str
    fields: dict[str, str]
    head: bytes
    body: bytes

    @property
    def status(self) -> int | None:
        """The status of an answer."""
        return answer(self.head).status if self.head else None

    @property
    def kind(self) -> str:
        """The media type, without its parameters, that an answer or a record states; empty if none."""
        if self.head:
            return answer(self.head).kind
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    def contents(self) -> tuple[tuple[bytes, ...], bool]:
        """What is in an answer, out of its transfer and content encodings, and before it what it was in on the way; and
        whether it is in one that is not read here."""
        setting = Setting(self.address, "", LARGEST, Budget())
        found = decoded(self.body, answer(self.head), setting)
        return found.forms, any(one.code == "undecoded" for one in found.problems)


def exchanges(data: bytes) -> Iterator[Kept]:
    """The records in ``data``. ``ValueError`` where it does not go on with a sound one."""
    at = 0
    while at < len(data):
        unpacker = zlib.decompressobj(31)
        try:
            plain = unpacker.decompress(data[at:], LARGEST)
        except zlib.error as error:
            raise ValueError(f"what stands at byte {at:,} is not packed as a record is ({error})") from None
        end = len(data) - len(unpacker.unused_data)
        if not unpacker.eof:
            raise ValueError(f"the record at byte {at:,} is cut off, or longer than {LARGEST:,} bytes")
        yield parsed(plain, data[at:end], at)
        at = end


def parsed(plain: bytes, member: bytes = b"", at: int = 0) -> Kept:
    """One record, whose bytes are ``plain``. ``ValueError`` if it is none."""
    window = Window(Held(plain))
    record = next_record(window)
    if record is None:
        raise ValueError(f"there is no record at byte {at:,}")
    block = window.exactly(record.length)
    if len(block) < record.length:
        raise ValueError(f"the record at byte {at:,} has not the length that it states")
    head = b""
    if record.fields.get("content-type", "").startswith("application/http"):
        found = BLANK.search(block, 0, HEADERS)
        head = block[: found.end()] if found else block
    return Kept(member, record.sort, record.address, record.fields, head, block[len(head) :])
