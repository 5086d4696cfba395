"""The ledger: facts are appended and never changed, conclusions are derived and can be dropped.

A ledger is one folder: ``captures/`` (bytes as received, named by their SHA-256), ``ledger.sqlite`` (the
journal and the views derived from it), ``ledger.seal`` (what the files were when the last writer closed them),
``ledger.blocks`` (digests of its parts), ``ledger.lock`` (empty; held by the one process that writes) and
``ledger.runs`` (unfinished runs of fetching).

    ledger.py     the Ledger: what the pipeline opens, appends to and reads
    schema.py     tables and triggers
    kinds.py      what the journal holds, and how an entry is encoded, chained and decoded
    door.py       what must hold before a record is let in
    journal.py    appending to the journal and reading it
    captures.py   the files
    left.py       what is left to do
    views.py      the derived tables
    copies.py     the derived tables of copies
    links.py      what linking keeps, so that one more mention is linked without looking at all
    seal.py       the seal; blocks.py: its digest, part by part
    looks.py      who looked at what, if that is noted
    runs.py       which runs of fetching were begun and not finished
    verify.py     looking for the first thing that is wrong; custody.py: how captures came in and what vouches for them
    listing.py    the list of digests that a time stamp is over
    mend.py       a new database file from a sound journal
    among.py nearest.py insert.py   questions for many values at once, and many rows
    database.py files.py lock.py   engines and error texts; durable files; one writer at a time
"""

from __future__ import annotations

from .custody import Custody
from .folder import Clock, now, stamp
from .kinds import KINDS, ReadingMark
from .ledger import Ledger
from .links import Links, Pairing
from .looks import Look, Looks
from .runs import Runs
from .verify import Verification, verify
from .views import Change, IncidentRow

__all__ = [
    "KINDS",
    "Change",
    "Clock",
    "Custody",
    "IncidentRow",
    "Ledger",
    "Links",
    "Look",
    "Looks",
    "Pairing",
    "ReadingMark",
    "Runs",
    "Verification",
    "now",
    "stamp",
    "verify",
]
