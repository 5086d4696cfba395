"""From captures to incidents in a ledger: update, rebuild, verify.

Each batch is one transaction, so a run that is broken off loses at most the batch it was at; what is left to
do is asked of the ledger, never remembered, so the next run goes on from there. Incidents and assessments are
derived from the facts alone and put in place in one transaction.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from bearwitness import extract, read, store
from bearwitness.collect import TOLD, rows_of
from bearwitness.collect.encodings import INSTALL
from bearwitness.collect.exchanges import exchanges
from bearwitness.errors import MissingExtra
from bearwitness.link import Fact
from bearwitness.read import extras
from bearwitness.record import (
    Assessment,
    Capture,
    Incident,
    Problem,
    Reading,
    Record,
    Report,
    digest,
)
from bearwitness.store import ReadingMark
from bearwitness.visit import address_of

from .abreast import abreast
from .adding import add_items
from .again import advance
from .copying import enter_all, find_copies
from .deriving import RULES, Derived
from .reading import reading_of, report_of, size_of, without_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import ProcessPoolExecutor
    from pathlib import Path

    from bearwitness.handling import Proof, Stamp
    from bearwitness.store import Ledger, Verification

    from .ahead import Ahead
    from .deriving import Progress

BATCH_RECORDS = 16
BATCH_CHARACTERS = 2_000_000
QUICK, SLOW = 400, 40
"""How many captures are read to text, and reports for events, before other processes help: what takes about as long
as starting them."""
HANDFUL = 8
"""Captures that another process is given at once."""
NOTED = 20
ORDINARY = frozenset({"no_violence", "guessed_encoding", "no_place_match", "bad_date", "words_joined"})
"""Problems that many sound reports have: they are counted, not told one by one."""


class Noted(msgspec.Struct, frozen=True):
    """A problem of a report, by its id."""

    report: str
    problem: Problem


class Updated(msgspec.Struct, frozen=True):
    """What ``update`` did: reports made and read now, how many are copies of one that came before, their problems by
    code, and the incidents there are.

    ``noted`` are the first problems that somebody may want to look into. ``derived`` says whether the incidents
    had to be derived anew.
    """

    reports: int
    readings: int
    problems: dict[str, int]
    noted: tuple[Noted, ...]
    incidents: int
    derived: bool
    copies: int = 0


class Rebuilt(msgspec.Struct, frozen=True):
    """What ``rebuild`` did: the incidents there are, and whether all that is derived is as it was."""

    incidents: int
    unchanged: bool


class Problems:
    """Problems met on the way: how many reports have each, and the first that call for a look."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.noted: list[Noted] = []

    def take(self, batch: Iterable[list[Record]]) -> None:
        """Count those of a batch of reports or readings."""
        for record in (record for records in batch for record in records):
            if not isinstance(record, Report | ReadingMark):
                continue
            self.counts.update({problem.code for problem in record.problems})
            report = record.id if isinstance(record, Report) else record.report
            for problem in record.problems:
                if problem.code not in ORDINARY and len(self.noted) < NOTED:
                    self.noted.append(Noted(report, problem))


def update(
    ledger: Ledger, progress: Progress | None = None, *, processes: int = 1, ahead: Ahead | None = None
) -> Updated:
    """Read what this version has not read, and derive the incidents anew if anything is new or the rules are.

    With more ``processes`` than one, reading is shared among them, with the same result; the main module of the
    program must then be one that can be imported without starting it. Reports made ``ahead`` count among those made now.
    """
    problems, reports, helpers = Problems(), 0, None
    if ahead is not None:
        ahead.finish()
        problems, reports, helpers = ahead.problems, ahead.reports, ahead.helpers
    reports += _make_reports(ledger, problems, progress, processes, helpers)
    copied = find_copies(ledger, progress)
    readings = _make_readings(ledger, problems, progress, processes, helpers)
    stale = not ledger.views_current(by=RULES)
    if stale and not advance(ledger):
        _derive(ledger, progress)
    return Updated(
        reports=reports,
        readings=readings,
        problems=dict(sorted(problems.counts.items())),
        noted=tuple(problems.noted),
        incidents=ledger.incident_count(),
        derived=stale,
        copies=copied,
    )


def rebuild(ledger: Ledger, progress: Progress | None = None) -> Rebuilt:
    """Drop all that is derived and derive it anew. Facts are not touched and nothing new is read."""
    before = _views_digest(ledger)
    ledger.drop_copies()
    find_copies(ledger, progress)
    incidents = _derive(ledger, progress)
    return Rebuilt(incidents=incidents, unchanged=_views_digest(ledger) == before)


def _derive(ledger: Ledger, progress: Progress | None) -> int:
    """Derive everything anew; how many incidents there are."""
    derived = Derived(ledger, progress)
    ledger.replace_views(derived.incidents(), derived.assessments(), by=RULES)
    ledger.remember_links(derived.fill, Fact)
    return derived.count


def verify(folder: Path, progress: Progress | None = None) -> Verification:
    """Check every byte of the ledger in ``folder``, the chain, and that what is derived follows from what is kept."""

    def again() -> tuple[Iterable[Incident], Iterable[Assessment]]:
        with store.Ledger.open(folder, read_only=True) as opened:
            derived = Derived(opened, progress)
            assessments = list(derived.assessments())
            return derived.incidents(), assessments

    return store.verify(folder, progress, again, enter_all, by=RULES, gives=not_given, proves=_not_proven)


def not_given(records: bytes, address: str, content: str) -> str:
    """Why WARC records do not give the content with that SHA-256 from that address; empty if they do. ``MissingExtra``
    where that cannot be told, since they are in an encoding that nothing here reads."""
    unread = False
    try:
        for kept in exchanges(records):
            if kept.sort != "response" or address not in (kept.address, address_of(kept.address)):
                continue
            # An answer that could not be unpacked when it came was kept packed.
            forms, packed = kept.contents()
            unread = unread or packed
            if any(digest(form) == content for form in reversed(forms)):
                return ""
    except ValueError as error:
        return f"has WARC records that cannot be read ({error})"
    if unread:
        raise MissingExtra(f"Exchanges are packed in ways that nothing here reads: {INSTALL}")
    return f"has WARC records that do not give what was kept of {address}"


def _not_proven(made: Stamp | Proof, reply: bytes, roots: bytes) -> str:
    from bearwitness.handling import Proof

    if isinstance(made, Proof):
        from .anchoring import fault_of_proof

        return fault_of_proof(made, reply)
    from .stamping import fault_of

    return fault_of(made, reply, roots)


def _views_digest(ledger: Ledger) -> str:
    summed = sha256()
    for row in ledger.dump_views():
        summed.update(row.encode() + b"\n")
    return summed.hexdigest()


def _make_reports(
    ledger: Ledger,
    problems: Problems,
    progress: Progress | None,
    processes: int,
    helpers: ProcessPoolExecutor | None,
) -> int:
    """Read the captures of which this reader has made no report, and then the rows of tables among them that had been
    kept whole."""
    made, total = 0, _left(ledger, "capture", "report", read.READER)
    last, _ = ledger.head()
    tables: list[Capture] = []

    def received() -> Iterator[tuple[bytes, Capture]]:
        for capture in ledger.unreported(read.READER):
            if capture.media_type == extras.PARQUET:
                tables.append(capture)
            yield ledger.data(capture), capture

    alone = 0 if helpers else QUICK
    reports = abreast(
        report_of, received(), processes, alone=alone, handful=HANDFUL, weigh=size_of, helpers=helpers
    )
    for batch in _batches(
        ([report] for report in reports),
        lambda records: sum(len(record.text) for record in records if isinstance(record, Report)),
    ):
        made += append_reports(ledger, batch)
        problems.take(batch)
        if progress:
            progress("reading", made, total)
    if sum(_open_table(ledger, capture) for capture in tables):
        made += _make_reports(ledger, problems, progress, processes, helpers)
    ledger.all_made("report", read.READER, last)
    return made


def _open_table(ledger: Ledger, table: Capture) -> int:
    """Keep the rows of a table that was kept whole, as if it had been opened then; how many are new."""
    if any(problem.code in ("no_text_column", "unreadable") for problem in table.problems):
        return 0
    rows = (
        msgspec.structs.replace(item, captured_at=table.captured_at)
        for item in rows_of(ledger.data(table), table.source, table.given.get(TOLD))
        if item.problems or digest(item.data) != table.sha256
    )
    given = {name: value for name, value in table.given.items() if name != TOLD}
    return add_items(ledger, rows, given).new


def _make_readings(
    ledger: Ledger,
    problems: Problems,
    progress: Progress | None,
    processes: int,
    helpers: ProcessPoolExecutor | None,
) -> int:
    """Read the reports that this version has not read for events."""
    made, total = 0, _left(ledger, "report", "reading", extract.READER)
    last, _ = ledger.head()
    found = abreast(reading_of, ledger.unread(extract.READER), processes, alone=SLOW, helpers=helpers)
    for batch in _batches((_reading_records(report, reading) for report, reading in found), len):
        _append(ledger, batch, _broken_reading)
        made += len(batch)
        problems.take(batch)
        if progress:
            progress("extracting", made, total)
    ledger.all_made("reading", extract.READER, last)
    return made


def _left(ledger: Ledger, kind: str, made: str, reader: str) -> int | None:
    """How many records of ``kind`` have nothing ``made`` of them; null where a newer reader reads all anew."""
    left = ledger.left(kind, made, reader)
    return left if left > 0 else None


def _reading_records(report: str, reading: Reading) -> list[Record]:
    return [*reading.mentions, *reading.claims, ReadingMark.of(report, extract.READER, reading)]


def _batches(
    groups: Iterator[list[Record]], size: Callable[[list[Record]], int]
) -> Iterator[list[list[Record]]]:
    """Groups that belong together, gathered until there are enough for one transaction."""
    batch: list[list[Record]] = []
    weight = 0
    for group in groups:
        batch.append(group)
        weight += size(group)
        if len(batch) == BATCH_RECORDS or weight > BATCH_CHARACTERS:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def append_reports(ledger: Ledger, batch: list[list[Record]]) -> int:
    """Keep some reports, each in a list of its own, in one transaction; how many were new. One that the ledger refuses gives
    way, in ``batch`` too, to one without text that says why."""
    return _append(ledger, batch, _broken_report)


def _append(
    ledger: Ledger, batch: list[list[Record]], broken: Callable[[Record, ValueError], list[Record]]
) -> int:
    """Append a batch in one transaction, and return how many records were new; where the ledger refuses a record, only
    its own group is given up.

    The ledger lets nothing in that breaks a law (``ValueError``). That is a fault of the reader with one
    report, so it is kept as a problem of that report and the others go on.
    """
    try:
        return ledger.append(record for group in batch for record in group)
    except ValueError:
        new = 0
        for place, group in enumerate(batch):
            try:
                new += ledger.append(group)
            except ValueError as error:
                batch[place] = broken(group[-1], error)
                new += ledger.append(batch[place])
        return new


def _refused(where: str, error: ValueError) -> Problem:
    sentence = f"What the reader made of this report cannot be kept: {error}"
    return Problem(
        code="reader_failed", where=where, sentence=sentence.encode(errors="backslashreplace").decode()
    )


def _broken_report(record: Record, error: ValueError) -> list[Record]:
    assert isinstance(record, Report)
    return [without_text(record.capture, record.source, _refused(record.source, error))]


def _broken_reading(record: Record, error: ValueError) -> list[Record]:
    assert isinstance(record, ReadingMark)
    return _reading_records(record.report, Reading(problems=(_refused(record.report, error),)))
