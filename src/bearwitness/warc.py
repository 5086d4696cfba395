"""Writing WARC records (WARC/1.1, ISO 28500), each a gzip member of its own, with SHA-256 digests.

warcio, the field's library, reads them in our tests. Its writer is not used here: of a revisit record it leaves out the
header that its block should hold, unless it has taken that header apart first, and what is kept must be byte for byte
what came.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID, uuid4

REQUEST = "application/http; msgtype=request"
RESPONSE = "application/http; msgtype=response"
FILE = "urn:bearwitness:file/"
"""How the address of a capture begins that came from a file; the name it was given by follows, percent-encoded."""


def fresh() -> str:
    """An id for a record, never given before."""
    return f"<urn:uuid:{uuid4()}>"


def derived(name: str) -> str:
    """The id of a record that is always the same for ``name``."""
    return f"<urn:uuid:{UUID(bytes=sha256(name.encode()).digest()[:16], version=5)}>"


def record(
    sort: str,
    name: str,
    at: str,
    kind: str,
    block: bytes,
    *,
    address: str = "",
    more: Iterable[tuple[str, str]] = (),
) -> bytes:
    """The record of ``block``: its type, id, date (RFC 3339, UTC) and media type, the address of its page, further fields."""
    fields = [
        ("WARC-Type", sort),
        ("WARC-Record-ID", name),
        ("WARC-Date", at),
        *([("WARC-Target-URI", address)] if address else []),
        *more,
        ("WARC-Block-Digest", f"sha256:{sha256(block).hexdigest()}"),
        ("Content-Type", kind),
        ("Content-Length", str(len(block))),
    ]
    head = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in fields) + "\r\n"
    return squeezed(head.encode() + block + b"\r\n\r\n")


def squeezed(data: bytes) -> bytes:
    """``data`` as one gzip member that states no time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()
