"""What was done with the evidence after it came in: time stamps over it, and what left the ledger.

Both are journalled, so that the chain of custody of a capture can be told. They say nothing of events, so no
conclusion follows from them.
"""

from __future__ import annotations

from typing import ClassVar

from bearwitness.identity import Record, Value


class File(Value, frozen=True, kw_only=True):
    """A kept file: its SHA-256, and its size in bytes."""

    sha256: str
    size: int


class Stamp(Record, frozen=True, kw_only=True):
    """An RFC 3161 time stamp over a list of digests.

    ``listed`` is the list: the files that came with the entries of the journal behind ``after`` up to ``entries``, and
    ``head``, the hash of the last of these, which commits to all before it. ``reply`` is what the ``authority`` (an
    address) answered, ``roots`` the certificates it was held against (PEM). ``at`` is when it was asked, by our clock,
    and ``stated`` the time it states (RFC 3339, UTC); ``signer`` is the name in its certificate.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset()

    authority: str
    at: str
    after: int
    entries: int
    head: str
    listed: File
    reply: File
    roots: File
    stated: str
    serial: str
    policy: str
    signer: str

    def check(self) -> None:
        self.require(0 <= self.after < self.entries, "the list must be of some entries")
        self.require(len(self.head) == 64, "head must be 64 hexadecimal digits")


class Block(Value, frozen=True, kw_only=True):
    """A block of the Bitcoin chain: its height, and the Merkle root that it must have (64 hexadecimal digits)."""

    height: int
    root: str


class Proof(Record, frozen=True, kw_only=True):
    """An OpenTimestamps proof over a list of digests, which is as that of a ``Stamp``.

    ``proof`` is the file that was kept of what the ``calendar`` (an address) answered at ``at``, by our clock. ``pending`` are
    the calendars that have still to complete it; as long as it has no ``blocks`` it proves nothing yet. ``of`` is the proof
    that this one completes, empty where it is the first over its list.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset()

    calendar: str
    at: str
    after: int
    entries: int
    head: str
    listed: File
    proof: File
    pending: tuple[str, ...]
    blocks: tuple[Block, ...] = ()
    of: str = ""

    def check(self) -> None:
        self.require(0 <= self.after < self.entries, "the list must be of some entries")
        self.require(len(self.head) == 64, "head must be 64 hexadecimal digits")
        self.require(bool(self.pending or self.blocks), "a proof must lead somewhere")


class Export(Record, frozen=True, kw_only=True):
    """Something that left the ledger: ``form`` is what ("csv", "wacz", "site"), ``to`` the name of the file or folder,
    "-" for standard output.

    ``captures`` are those that were asked for, none where it was all there was; ``entries`` and ``head`` are the
    journal as it was. ``sha256`` and ``size`` are those of the bytes written; of a site, of the list of its files as
    ``sha256sum`` prints it, sorted by name. ``names`` says that names of private persons were shown, ``whole``
    whether all was written before the other side hung up. ``by`` is the program and its version.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset()

    form: str
    to: str
    at: str
    by: str
    entries: int
    head: str
    sha256: str
    size: int
    captures: tuple[str, ...] = ()
    names: bool = False
    whole: bool = True
