"""OpenTimestamps proofs: what is sent to a calendar, what it answers, and what a proof shows.

A calendar gathers digests under one that it has written into the Bitcoin chain some hours later. Until then a proof is
a promise of the calendar. Afterwards it leads, by sums that anybody can do again, from the digest to the Merkle root of a
block; whether the chain's block of that height has this root is for whoever has a copy of the chain to say.

It needs the extra ``opentimestamps``. Nothing is sent from here.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bearwitness.errors import MissingExtra

try:
    from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
    from opentimestamps.core.op import MsgValueError, OpAppend, OpSHA256
    from opentimestamps.core.serialize import (
        BytesDeserializationContext,
        BytesSerializationContext,
        DeserializationError,
    )
    from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp
except ModuleNotFoundError as error:
    raise MissingExtra(
        f"OpenTimestamps needs {error.name}, which is not installed: pip install 'bearwitness[opentimestamps]'"
    ) from error

ACCEPT = "application/vnd.opentimestamps.v1"
LONGEST = 10_000
"""Bytes of the longest answer of a calendar; real ones have some hundreds."""
_NONCE = 16
_ROOT = 32
# What the library is known to raise on bytes that no calendar sends.
_DAMAGE = (DeserializationError, MsgValueError, ValueError, TypeError, OverflowError, RecursionError)


class Unsound(ValueError):
    """Why bytes are no proof: the end of a sentence that begins with them."""


class Pending(NamedTuple):
    """A calendar (its address) that has promised to complete the proof, and the digest it knows it by, in hexadecimal."""

    calendar: str
    digest: str


class Block(NamedTuple):
    """A block of the Bitcoin chain: its height, and the Merkle root that it must have, as block explorers write it."""

    height: int
    root: str


class Told(NamedTuple):
    """What a proof shows: the blocks it leads to, and the calendars that have still to complete it."""

    blocks: tuple[Block, ...]
    pending: tuple[Pending, ...]


class Begun(NamedTuple):
    """A proof without its end: ``asked`` are the bytes for the calendar, which learns nothing else."""

    root: Timestamp
    tip: Timestamp

    @property
    def asked(self) -> bytes:
        """What is sent."""
        return bytes(self.tip.msg)


def begin(sha256: str) -> Begun:
    """A proof over that digest (hexadecimal), to be sent to a calendar: a random number is put behind it first, so that the
    calendar cannot know what it is of."""
    root = Timestamp(bytes.fromhex(sha256))
    return Begun(root, root.ops.add(OpAppend(os.urandom(_NONCE))).ops.add(OpSHA256()))


def answered(begun: Begun, reply: bytes) -> bytes:
    """The proof, as a file that ``ots`` reads, with what the calendar answered. ``Unsound`` if that is no proof."""
    with _quietly():
        begun.tip.merge(_timestamp(reply, begun.asked))
        return _file(begun.root)


def told(proof: bytes, sha256: str) -> Told:
    """What ``proof`` shows of the digest ``sha256``; ``Unsound`` if it is none, or one of another digest."""
    root = _root(proof)
    if root.msg.hex() != sha256:
        raise Unsound("is of another digest than that of the list")
    blocks: set[Block] = set()
    pending: set[Pending] = set()
    for message, attestation in root.all_attestations():
        if isinstance(attestation, BitcoinBlockHeaderAttestation):
            if len(message) != _ROOT:
                raise Unsound("leads to a block by something that is no Merkle root")
            blocks.add(Block(attestation.height, message[::-1].hex()))
    for node in _nodes(root):
        for one in node.attestations:
            if isinstance(one, PendingAttestation) and not _leads_to_block(node):
                pending.add(Pending(one.uri, node.msg.hex()))
    return Told(tuple(sorted(blocks)), tuple(sorted(pending)))


def completed(proof: bytes, of: Pending, reply: bytes) -> bytes:
    """``proof`` with what the calendar ``of`` answered when it was asked again. ``Unsound`` if that does not belong to it."""
    root = _root(proof)
    digest = bytes.fromhex(of.digest)
    for node in _nodes(root):
        if node.msg == digest:
            with _quietly():
                node.merge(_timestamp(reply, digest))
                return _file(root)
    raise Unsound(f"holds nothing that {of.calendar} could complete")


@contextmanager
def _quietly() -> Iterator[None]:
    """Without the library's warnings of what it may leave out one day, which a calendar's answer could bring forth."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        yield


def _leads_to_block(node: Timestamp) -> bool:
    return any(isinstance(one, BitcoinBlockHeaderAttestation) for _, one in node.all_attestations())


def _nodes(root: Timestamp) -> list[Timestamp]:
    found = [root]
    for node in found:
        found.extend(node.ops.values())
    return found


def _timestamp(data: bytes, message: bytes) -> Timestamp:
    context = BytesDeserializationContext(data)
    try:
        found = Timestamp.deserialize(context, message)
        context.assert_eof()
    except _DAMAGE as error:
        raise Unsound(f"is no OpenTimestamps proof ({_words(error)})") from None
    return found


def _root(proof: bytes) -> Timestamp:
    try:
        with _quietly():
            file = DetachedTimestampFile.deserialize(BytesDeserializationContext(proof))
    except _DAMAGE as error:
        raise Unsound(f"is no OpenTimestamps proof ({_words(error)})") from None
    if not isinstance(file.file_hash_op, OpSHA256):
        raise Unsound("is over a digest of another kind than SHA-256")
    return file.timestamp


def _file(root: Timestamp) -> bytes:
    context = BytesSerializationContext()
    DetachedTimestampFile(OpSHA256(), root).serialize(context)
    return bytes(context.getbytes())


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
