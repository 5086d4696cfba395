"""What the journal holds, and how an entry is encoded, chained and decoded.

An entry's hash is the SHA-256 of the JSON array ``[seq, id, kind, parent, reader, body, recorded_at,
previous]`` (UTF-8, no spaces), where ``body`` is the JSON text of the record and ``previous`` the hash of the
entry before, so that no entry can be changed, moved or taken out without breaking every later hash.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import msgspec

from ..errors import DamagedLedger, LedgerError
from ..handling import Export, Proof, Stamp
from ..record import Capture, Claim, Judgement, Mention, Problem, Reading, Record, Report, canonical, digest
from ..visit import Hearsay, Sighting, Visit, page_at

GENESIS = "0" * 64
"""What the first entry names as the hash before it."""


class ReadingMark(Record, frozen=True, kw_only=True):
    """That a report was read for events by ``reader``, and what it gave: ids of mentions and claims, problems.

    The last mark of a report names the mentions and claims that count; those of earlier readers stay in the
    journal. A report that told of nothing has a mark too, so that it is not read again.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset()

    report: str
    reader: str
    mentions: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def identity(self) -> str:
        """Begins with "x", since "r" is a report's letter."""
        return "x" + super().identity()[1:]

    @classmethod
    def of(cls, report: str, reader: str, reading: Reading) -> ReadingMark:
        """The mark of ``reading``, made by ``reader`` from the report of that id."""
        return cls(
            report=report,
            reader=reader,
            mentions=tuple(mention.id for mention in reading.mentions),
            claims=tuple(claim.id for claim in reading.claims),
            problems=reading.problems,
        )


KINDS: dict[str, type[Record]] = {
    "capture": Capture,
    "report": Report,
    "mention": Mention,
    "claim": Claim,
    "reading": ReadingMark,
    "judgement": Judgement,
    "visit": Visit,
    "stamp": Stamp,
    "export": Export,
    "sighting": Sighting,
    "proof": Proof,
    "hearsay": Hearsay,
}
BESIDE = ("visit", "stamp", "export", "proof", "hearsay")
"""Kinds from which no conclusion follows."""
KIND_OF: dict[type[Record], str] = {cls: kind for kind, cls in KINDS.items()}
_DECODERS = {kind: msgspec.json.Decoder(cls, strict=True) for kind, cls in KINDS.items()}


class Entry(NamedTuple):
    """One line of the journal. ``parent`` is the capture of a report or sighting, the report of what was read from it,
    or the page of a visit, of hearsay or of a capture from the web."""

    seq: int
    id: str
    kind: str
    parent: str | None
    reader: str | None
    body: str
    recorded_at: str
    previous: str
    hash: str


def kind_of(record: Record) -> str:
    """The kind under which ``record`` is journalled; ``TypeError`` if its class never is."""
    kind = KIND_OF.get(type(record))
    if kind is None:
        raise TypeError(f"{type(record).__name__} is not journalled; the journal holds {', '.join(KINDS)}")
    return kind


def parent_of(record: Record) -> str | None:
    """The id of what ``record`` was read from (a capture, a report), of the page it came from, or nothing."""
    if isinstance(record, Capture):
        return page_at(record.source)
    if isinstance(record, Report | Sighting):
        return record.capture
    if isinstance(record, Mention | Claim | ReadingMark):
        return record.report
    if isinstance(record, Visit | Hearsay):
        return record.page
    return None


def reader_of(record: Record) -> str | None:
    """The name and version of the reader that made ``record``, or nothing."""
    return record.reader if isinstance(record, Report | Claim | ReadingMark) else None


def chain_hash(entry: Entry) -> str:
    """The hash that follows from all other columns of ``entry``."""
    return digest(msgspec.json.encode(entry[:-1]))


def body_of(record: Record) -> str:
    """The JSON text of all of ``record``, in one form only."""
    return canonical(record).decode()


def entry_of(record: Record, body: str, seq: int, recorded_at: str, previous: str) -> Entry:
    """The entry that journals ``record`` after the entry whose hash is ``previous``."""
    kind = kind_of(record)
    parent, reader = parent_of(record), reader_of(record)
    entry = Entry(seq, record.id, kind, parent, reader, body, recorded_at, previous, "")
    return entry._replace(hash=chain_hash(entry))


def decode_body(kind: str, body: str) -> Record:
    """The record in ``body``; ``LedgerError`` for a kind of a newer version, ``msgspec`` errors for bad JSON."""
    decoder = _DECODERS.get(kind)
    if decoder is None:
        raise LedgerError(
            f"The ledger holds entries of kind {kind!r}, which this bearwitness does not know: a newer version "
            "wrote it. Install that version or a later one."
        )
    return decoder.decode(body)


def decode(entry: Entry) -> Record:
    """The record in ``entry``, checked against the entry's hash; ``DamagedLedger`` if it does not match."""
    where = f"Entry {entry.seq} of the journal ({entry.kind} {entry.id})"
    if chain_hash(entry) != entry.hash:
        raise DamagedLedger(
            f"{where} does not match its hash. Run `bearwitness verify`; restore from a copy."
        )
    try:
        return decode_body(entry.kind, entry.body)
    except msgspec.MsgspecError as error:
        raise DamagedLedger(f"{where} cannot be read: {error}. Restore the ledger from a copy.") from error
