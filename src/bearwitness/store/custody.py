"""The chain of custody of the captures, as ``verify`` follows it: how each came in, and what vouches for when.

Of a fetched capture, the exchange that is kept must give its very bytes. Of a time stamp, the list it is over must be
the one that follows from the journal, and the authority's answer must hold against the certificates kept with it. Both
are checked by functions that are handed in, since HTTP and certificates are no matter of the store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from ..errors import MissingExtra
from ..handling import Export, Proof, Stamp
from ..record import Capture, Record, digest
from ..visit import Hearsay, Piece, Visit
from .captures import Captures
from .kinds import Entry
from .listing import digest_list

Gives = Callable[[bytes, str, str], str]
"""Why WARC records do not give the content with a SHA-256 (the last) from an address: the end of a sentence; empty if they do.
``MissingExtra`` where that cannot be told."""
Proves = Callable[[Stamp | Proof, bytes, bytes], str]
"""Why an answer (and the certificates kept with it, of which a proof has none) does not prove a time stamp or show what a
proof says, in the same form; ``MissingExtra`` where that cannot be told."""


@dataclass(frozen=True)
class Custody:
    """How the captures came in and what vouches for them: ``fetched`` with an exchange, of which so many ``match``; ``added``
    with nothing that vouches for where they came from; ``archived`` with the exchange that a web archive states, which gives
    the very bytes and nobody here saw; ``stamped``, that is, in the ledger before a time that an authority
    states. ``stamps`` and ``proven`` are the time stamps and those whose answers were checked; ``exports`` what left.
    ``proofs`` are the OpenTimestamps proofs over different lists, ``anchored`` those that lead to a block of the Bitcoin chain."""

    fetched: int = 0
    match: int = 0
    added: int = 0
    archived: int = 0
    stamped: int = 0
    stamps: int = 0
    proven: int = 0
    exports: int = 0
    proofs: int = 0
    anchored: int = 0


class Following:
    """The chain of custody, followed entry by entry. ``gives`` and ``proves`` may be left out; that is then not checked."""

    def __init__(self, captures: Captures, gives: Gives | None, proves: Proves | None) -> None:
        self._captures = captures
        self._gives = gives
        self._proves = proves
        self._places: list[int] = []
        self._fetched: set[str] = set()
        self._matched: set[str] = set()
        self._archived: set[str] = set()
        self._stamps: list[Stamp] = []
        self._proofs: dict[str, Proof] = {}
        self._exports = 0
        self._last = ("", b"")
        self.missing = ""
        self.unread = ""
        self.unproven = ""

    def take(self, line: Entry, record: Record) -> str:
        """Take the next entry; what is wrong with it, as the end of a sentence, or nothing."""
        if isinstance(record, Capture):
            self._places.append(line.seq)
        elif isinstance(record, Visit):
            return self._visit(record)
        elif isinstance(record, Hearsay):
            return self._hearsay(record)
        elif isinstance(record, Stamp):
            self._stamps.append(record)
            if (line.seq - 1, line.previous) != (record.entries, record.head):
                return "does not cover the journal as it stood"
        elif isinstance(record, Proof):
            return self._proof(line, record)
        elif isinstance(record, Export):
            self._exports += 1
        return ""

    def stamps(self, connection: Connection) -> str:
        """What is wrong with the first unsound time stamp, as a sentence without its end; empty if nothing is."""
        for one in self._stamps:
            listed = digest_list(connection, one.after, one.entries, one.head)
            if digest(listed) != one.listed.sha256:
                return f"The time stamp {one.id} is over a list that does not follow from the journal"
            if self._proves is None or self.missing:
                continue
            try:
                fault = self._proves(one, self._content(one.reply.sha256), self._content(one.roots.sha256))
            except MissingExtra as error:
                self.missing = str(error)
                continue
            if fault:
                return f"The answer of {one.authority} that is kept with the time stamp {one.id} {fault}"
        return self._unproven(connection)

    def _unproven(self, connection: Connection) -> str:
        """What is wrong with the first unsound proof, in the same form."""
        for one in self._proofs.values():
            if digest(digest_list(connection, one.after, one.entries, one.head)) != one.listed.sha256:
                return f"The proof {one.id} is over a list that does not follow from the journal"
            if self._proves is None or self.unproven:
                continue
            try:
                fault = self._proves(one, self._content(one.proof.sha256), b"")
            except MissingExtra as error:
                self.unproven = str(error)
                continue
            if fault:
                return f"The file that is kept with the OpenTimestamps proof {one.id} {fault}"
        return ""

    def _proof(self, line: Entry, proof: Proof) -> str:
        """What is wrong with a proof where it stands: it covers the journal as it was, or completes one that did."""
        if not proof.of:
            fits = (line.seq - 1, line.previous) == (proof.entries, proof.head)
        else:
            first = self._proofs.get(proof.of)
            fits = first is not None and (first.after, first.entries, first.head, first.listed) == (
                proof.after, proof.entries, proof.head, proof.listed,
            )  # fmt: skip
        self._proofs[proof.id] = proof
        return "" if fits else "does not cover the journal as it stood"

    def found(self) -> Custody:
        """What was counted."""
        reach = max((one.entries for one in self._stamps), default=0)
        checked = self._proves is not None and not self.missing
        return Custody(
            fetched=len(self._fetched),
            match=len(self._matched),
            added=len(self._places) - len(self._fetched | self._archived),
            archived=len(self._archived - self._fetched),
            stamped=sum(place <= reach for place in self._places),
            stamps=len(self._stamps),
            proven=len(self._stamps) if checked else 0,
            exports=self._exports,
            proofs=sum(not one.of for one in self._proofs.values()),
            anchored=len({one.listed.sha256 for one in self._proofs.values() if one.blocks}),
        )

    def _visit(self, visit: Visit) -> str:
        kept, piece = visit.kept, visit.exchange
        if visit.outcome not in ("new", "changed") or kept is None:
            return ""
        if kept.capture:
            self._fetched.add(kept.capture)
        if self._gives is None or piece is None:
            return ""
        fault = self._fault(piece, visit.final, kept.sha256)
        if fault == "" and kept.capture:
            self._matched.add(kept.capture)
        return fault or ""

    def _hearsay(self, told: Hearsay) -> str:
        if told.capture is None or told.content is None or told.sort != "response":
            return ""
        fault = self._fault(told.exchange, told.address, told.content) if self._gives else None
        if fault == "":
            self._archived.add(told.capture)
        return fault or ""

    def _fault(self, piece: Piece, address: str, content: str) -> str | None:
        """Why the records in a piece do not give that content; null where it cannot be told."""
        assert self._gives is not None
        if self._last[0] != piece.sha256:
            self._last = (piece.sha256, self._content(piece.sha256))
        try:
            return self._gives(self._last[1][piece.offset : piece.offset + piece.length], address, content)
        except MissingExtra as error:
            self.unread = str(error)
            return None

    def _content(self, sha256: str) -> bytes:
        return self._captures.content(sha256)
