"""An OpenTimestamps calendar of our own on loopback: it promises, and some day answers with a proof.

What it says is made and written by the library of OpenTimestamps itself.
"""

from __future__ import annotations

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp
from web_server import Asked, Server, page

SALT = b"lake guard calendar"


def written(stamp: Timestamp) -> bytes:
    """A time stamp as it goes over the wire."""
    context = BytesSerializationContext()
    stamp.serialize(context)
    return bytes(context.getbytes())


class Calendar:
    """``height`` is the block that its promises are in; none as long as they are in none. Use it as a context manager."""

    def __init__(self) -> None:
        self.height: int | None = None
        self.promised: set[str] = set()
        self.server = Server(otherwise=self._say)

    def __enter__(self) -> Calendar:
        self.server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.__exit__(*error)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        """Where it is."""
        return self.server.at("")

    def _say(self, asked: Asked) -> bytes:
        if asked.path == "/digest":
            digest = asked.body
            assert len(digest) == 32
            stamp = Timestamp(digest)
            tip = stamp.ops.add(OpAppend(SALT)).ops.add(OpSHA256())
            tip.attestations.add(PendingAttestation(self.address))
            self.promised.add(tip.msg.hex())
            return page(written(stamp), content_type="application/octet-stream")
        commitment = asked.path.rpartition("/")[2]
        if self.height is None or commitment not in self.promised:
            return page("Pending confirmation in Bitcoin blockchain", "404 Not Found")
        stamp = Timestamp(bytes.fromhex(commitment))
        root = stamp.ops.add(OpPrepend(b"block")).ops.add(OpSHA256())
        root.attestations.add(BitcoinBlockHeaderAttestation(self.height))
        return page(written(stamp), content_type="application/octet-stream")
