"""What web archives say of how their pages came: kept record by record, as they stand, so that nothing of it is lost on the way
through a ledger. It is the archive's word: nobody here made these requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bearwitness.collect.exchanges import parsed
from bearwitness.collect.warc import instant
from bearwitness.record import digest
from bearwitness.visit import Hearsay, Piece, address_of
from bearwitness.warc import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from bearwitness.collect import Item
    from bearwitness.record import Capture
    from bearwitness.store import Ledger

_NOWHERE = Piece(sha256="", size=0, offset=0, length=0)
_SORTS: dict[str, Literal["request", "response", "revisit"]] = {
    "request": "request",
    "response": "response",
    "revisit": "revisit",
}


def hearsay(item: Item, capture: Capture | None) -> list[tuple[Hearsay, bytes]]:
    """What the records say that came with an item, of which ``capture`` was kept, and these records; where they are kept is not
    known yet."""
    found = []
    for plain in item.exchanges:
        record = parsed(plain)
        address = address_of(record.address)
        if address is None or record.sort not in _SORTS:
            continue
        # Of a page that came damaged the archive's record may give other bytes: it is kept, and vouches for nothing.
        gives = (
            capture is not None
            and record.sort == "response"
            and any(digest(form) == capture.sha256 for form in record.contents()[0])
        )
        told = Hearsay(
            address=address,
            at=instant(record.fields.get("warc-date", "")) or item.captured_at,
            sort=_SORTS[record.sort],
            record=digest(plain),
            archive=item.source.partition("#")[0],
            exchange=_NOWHERE,
            status=None if record.sort == "request" else record.status,
            capture=capture.id if capture and gives else None,
            content=capture.sha256 if capture and gives else None,
        )
        found.append((told, plain))
    return found


def keep_hearsay(ledger: Ledger, told: Sequence[tuple[Hearsay, bytes]]) -> int:
    """Keep those that are new, their records in one WARC file; how many that were."""
    there = ledger.get_many(one.id for one, _ in told)
    fresh = {one.id: (one, plain) for one, plain in told if one.id not in there}
    if not fresh:
        return 0
    members = [squeezed(plain) for _, plain in fresh.values()]
    warc = b"".join(members)
    sha256, at = ledger.put(warc), 0
    placed = []
    for (one, _), member in zip(fresh.values(), members, strict=True):
        piece = Piece(sha256=sha256, size=len(warc), offset=at, length=len(member))
        placed.append(msgspec.structs.replace(one, exchange=piece))
        at += len(member)
    return ledger.append(placed)
