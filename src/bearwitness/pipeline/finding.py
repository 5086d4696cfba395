"""From the first letters of an id to what it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from bearwitness.errors import InputError
from bearwitness.handling import Export
from bearwitness.provenance import Provenance
from bearwitness.record import Capture, Claim, Judgement, Mention, Problem, Reading, Record, Report
from bearwitness.visit import Hearsay, Sighting, Visit

from .provenance import Provenances

if TYPE_CHECKING:
    from bearwitness.store import Ledger

_PREFIX = re.compile(r"[a-z][0-9a-f]*")
SHOWN = 8
WHERE = "bearwitness incidents and bearwitness show print ids"


class Seen(msgspec.Struct, frozen=True):
    """One journalled record, when it was kept, and the ids it leads on to, by what they are.

    ``problems`` are those met when a report was read for events; its own are in the record. ``provenance`` is a report's.
    """

    kind: str
    recorded_at: str
    record: Record
    leads: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()
    provenance: Provenance | None = None


def find(ledger: Ledger, prefix: str, letters: str = "") -> str:
    """The one id that begins with ``prefix``; ``letters`` are those an id may begin with ("mi").

    Raises ``InputError`` if there is none, or more than one, or it is of another kind.
    """
    if not _PREFIX.fullmatch(prefix):
        raise InputError(f"{prefix!r} is not an id: an id is a letter and hexadecimal digits; {WHERE}")
    found = [name for name in ledger.find(prefix, limit=SHOWN + 1) if not name.startswith("x")]
    if prefix in found:
        found = [prefix]
    if not found:
        raise InputError(f"nothing in the ledger has an id that begins with {prefix}: {WHERE}")
    if len(found) > 1:
        some = ", ".join(found[:SHOWN]) + (", ..." if len(found) > SHOWN else "")
        raise InputError(f"more than one id begins with {prefix}: {some}; give more of its letters")
    if letters and found[0][0] not in letters:
        wanted = " or ".join(KINDS[letter] for letter in letters)
        raise InputError(f"{found[0]} is {KINDS.get(found[0][0], 'something else')}; this needs {wanted}")
    return found[0]


KINDS = {
    "i": "an incident",
    "m": "a mention",
    "c": "a claim or a capture",
    "r": "a report",
    "j": "a judgement",
    "v": "a visit",
    "s": "a time stamp or a sighting",
    "e": "an export",
    "p": "an OpenTimestamps proof",
    "h": "a record of a web archive",
}


def look(ledger: Ledger, identifier: str) -> Seen:
    """The record of that id, with what leads on from it; ``InputError`` if it is not journalled."""
    record = ledger.get(identifier)
    if record is None:
        raise InputError(f"there is no record {identifier} in the ledger: {WHERE}")
    reading = (ledger.reading_of(identifier) if isinstance(record, Report) else None) or Reading()
    return Seen(
        kind=type(record).__name__.lower(),
        recorded_at=ledger.recorded_at(identifier),
        record=record,
        leads=_leads(ledger, record, reading),
        problems=reading.problems,
        provenance=Provenances(ledger).of(record) if isinstance(record, Report) else None,
    )


def _leads(ledger: Ledger, record: Record, reading: Reading) -> dict[str, tuple[str, ...]]:
    if isinstance(record, Capture):
        met = tuple(sighting.id for sighting in ledger.sightings_of([record.id]))
        reports = {"reports": tuple(one.id for one in ledger.reports_of([record.id]))}
        return reports | ({"met again": met} if met else {})
    if isinstance(record, Sighting):
        return {"captures": (record.capture,)}
    if isinstance(record, Report):
        mentions = tuple(mention.id for mention in reading.mentions)
        return {
            "mentions": mentions,
            "claims": tuple(claim.id for claim in reading.claims),
            "incidents": tuple(dict.fromkeys(ledger.incidents_of(mentions).values())),
        }
    if isinstance(record, Mention | Claim):
        mention = record.id if isinstance(record, Mention) else record.mention
        return {"incidents": tuple(ledger.incidents_of([mention]).values())}
    if isinstance(record, Judgement):
        return {"subjects": record.subject}
    if isinstance(record, Export):
        return {"captures": record.captures}
    if isinstance(record, Visit) and record.kept and record.kept.capture:
        return {"captures": (record.kept.capture,)}
    if isinstance(record, Hearsay) and record.capture:
        return {"captures": (record.capture,)}
    return {}
