"""The ledger: what the pipeline opens, appends to and reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, cast

from sqlalchemy import Connection

from ..errors import LedgerError
from ..record import Assessment, Capture, Claim, Incident, Mention, Reading, Record, Report
from ..visit import Hearsay, Sighting, Visit, page_of
from . import current, journal, links, views
from .captures import Captures
from .copykeeping import CopyKeeping
from .database import Database
from .door import files_of
from .folder import Clock, Folder, create, now, stamp
from .kinds import KIND_OF, ReadingMark
from .left import LeftToDo
from .listing import digest_list
from .schema import VIEWS, copied
from .verify import Derive, Enter, Progress, Verification, verify

F = TypeVar("F")
R = TypeVar("R", bound=Record)
_PAGE = 200


class Ledger(CopyKeeping, LeftToDo):
    """One ledger folder, opened. Use it as a context manager: closing a writer seals the ledger.

    Reading never waits for the writer and sees what was appended so far. All errors an operator can mend are
    ``LedgerError`` (``DamagedLedger`` where bytes do not add up).
    """

    def __init__(self, folder: Folder, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._within: Connection | None = None
        self.folder: Path = folder.path
        self.captures = Captures(folder.path)

    @classmethod
    def create(cls, folder: str | Path, *, clock: Clock = now) -> Self:
        """Make an empty ledger in ``folder`` (new, or empty) and open it for writing."""
        create(Path(folder), clock)
        return cls.open(folder, clock=clock)

    @classmethod
    def open(
        cls, folder: str | Path, read_only: bool = False, *, mend: bool = False, clock: Clock = now
    ) -> Self:
        """Open a ledger; a writer takes the lock and checks the seal.

        ``mend`` lets a writer open a ledger whose ``ledger.sqlite`` differs from its seal: if the journal is
        sound, it is copied into a new file, without views, which the caller then derives again.
        """
        path = Path(folder)
        return cls(
            Folder.for_reading(path) if read_only else Folder.for_writing(path, clock, mend=mend), clock
        )

    def close(self) -> None:
        """Close all; a writer writes the seal first. A second call does nothing."""
        self._folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # appending

    def put(self, data: bytes) -> str:
        """Write bytes as a capture file and return their SHA-256; the capture is journalled by ``append``."""
        self._for_writing()
        return self.captures.put(data)

    def put_many(self, many: Sequence[bytes]) -> list[str]:
        """``put`` for each of ``many``, in far less time than one by one."""
        self._for_writing()
        return self.captures.put_many(many)

    def keep(self, data: bytes, capture: Capture) -> bool:
        """Keep ``data`` and journal its ``capture``; whether it was new.

        ``ValueError`` if the capture's digest or size is not that of ``data``.
        """
        if self.put(data) != capture.sha256 or len(data) != capture.size:
            raise ValueError(
                f"Capture {capture.id}: sha256 or size is not that of its bytes ({capture.source})"
            )
        return self.append([capture]) == 1

    def append(self, records: Iterable[Record]) -> int:
        """Journal records in one transaction; those already there are passed over. How many were new.

        Durable when it returns. An error, also from ``records`` itself, keeps none of them. ``ValueError`` for
        a record that may not be kept: a wrong id, words that are not in the report, something it builds on
        missing, a capture without its file.
        """
        database = self._for_writing()
        with database.writing() as connection:
            return journal.append(connection, self._with_files(records), stamp(self._clock))

    def append_reading(self, report: str, reader: str, reading: Reading) -> int:
        """Journal what ``reader`` found in the report of that id, with its mark, in one transaction."""
        return self.append([*reading.mentions, *reading.claims, ReadingMark.of(report, reader, reading)])

    def _with_files(self, records: Iterable[Record]) -> Iterator[Record]:
        before: set[str] = set()  # the visits of one batch share the file of their exchanges
        for record in records:
            named = {sha256 for sha256, _ in files_of(record)}
            if not all(self.captures.path(sha256).exists() for sha256 in named - before):
                raise ValueError(f"{type(record).__name__} {record.id}: its bytes were not put first")
            before = named
            yield record

    # reading the journal

    def data(self, capture: Capture) -> bytes:
        """The bytes of a capture, checked against its digest; ``DamagedLedger`` naming the file if not right."""
        return self.captures.read(capture)

    def get(self, id: str) -> Record | None:
        """The journalled record of that id."""
        return self.get_many([id]).get(id)

    def get_many(self, ids: Iterable[str]) -> dict[str, Record]:
        """The journalled records of those ids; ids that are not there are left out."""
        with self._reading() as connection:
            return journal.get_many(connection, ids)

    def find(self, prefix: str, limit: int = 50) -> list[str]:
        """Ids of records and incidents that begin with ``prefix``.

        An incident's former id finds the incident that took it in.
        """
        with self._reading() as connection:
            found = views.find(connection, prefix, limit) + journal.find(connection, prefix, limit)
        return found[:limit]

    def records(self, cls: type[R]) -> Iterator[R]:
        """All records of a class in journal order, streamed: memory stays flat, and appending meanwhile is fine."""
        return cast(Iterator[R], current.stream(self._reading, current.of_kind(KIND_OF[cls])))

    def recorded_at(self, id: str) -> str:
        """When that record was journalled (RFC 3339, UTC); ``KeyError`` if it is not."""
        return self.recorded_at_many([id])[id]

    def recorded_at_many(self, ids: Iterable[str]) -> dict[str, str]:
        """When each record was journalled; ids that are not there are left out."""
        with self._reading() as connection:
            return journal.recorded_at(connection, ids)

    def counts(self) -> dict[str, int]:
        """How many entries the journal has of each kind."""
        with self._reading() as connection:
            return journal.counts(connection)

    def head(self) -> tuple[int, str]:
        """How many entries there are, and the hash of the last: note it elsewhere to prove later what was there."""
        with self._reading() as connection:
            return journal.head(connection)

    def digest_list(self, after: int) -> bytes:
        """The list of the digests of all that came with the entries behind ``after``: what a time stamp is over."""
        with self._reading() as connection:
            return digest_list(connection, after, *journal.head(connection))

    def grew(self, after: int) -> bool:
        """Whether anything but time stamps was journalled behind that place."""
        with self._reading() as connection:
            return journal.grew(connection, after)

    def place(self, id: str) -> tuple[int, str] | None:
        """At which place of the journal the record stands, and its entry's hash."""
        with self._reading() as connection:
            return journal.place(connection, id)

    def content(self, sha256: str) -> bytes:
        """The bytes of the file of that digest, checked against it; ``DamagedLedger`` if it is not right."""
        return self.captures.content(sha256)

    def last_visits(self, addresses: Iterable[str]) -> dict[str, Visit]:
        """The last visit of each of those addresses (in normal form) that was ever visited."""
        with self._reading() as connection:
            return current.last_visits(connection, [page_of(address) for address in addresses])

    def visits(self) -> Iterator[Visit]:
        """The last visit of every address that was ever visited, in journal order, streamed."""
        return cast(Iterator[Visit], current.stream(self._reading, current.visits()))

    def visits_of(self, address: str) -> Iterator[Visit]:
        """All visits of an address (in normal form), in journal order, streamed."""
        return cast(Iterator[Visit], current.stream(self._reading, current.visits_of(page_of(address))))

    def recent_visits(self, address: str, most: int) -> list[Visit]:
        """The last visits of an address (in normal form), the latest first."""
        with self._reading() as connection:
            return current.recent_visits(connection, page_of(address), most)

    def hearsay_of(self, address: str) -> list[Hearsay]:
        """What web archives say of visits of an address (in normal form), in journal order."""
        with self._reading() as connection:
            return current.hearsay_of(connection, page_of(address))

    def pages_met_again(self) -> list[str]:
        """The ids of the pages of which there are several captures, in order."""
        with self._reading() as connection:
            return current.met_again(connection)

    def captures_of(self, page: str) -> list[Capture]:
        """The captures of the page of that id, in journal order."""
        with self._reading() as connection:
            return current.captures_of(connection, page)

    def sightings_of(self, captures: Sequence[str]) -> list[Sighting]:
        """When those captures were met again."""
        with self._reading() as connection:
            return current.sightings_of(connection, captures)

    def reports_of(self, captures: Sequence[str]) -> Iterator[Report]:
        """The last report of each of those captures, streamed."""
        for part in journal.chunks(captures):
            yield from cast(Iterator[Report], current.stream(self._reading, current.reports_of(part)))

    # what counts now

    def reports(self) -> Iterator[Report]:
        """The last report of each capture, in journal order, streamed."""
        return cast(Iterator[Report], current.stream(self._reading, current.reports()))

    def every_report_of(self, capture_id: str) -> Iterator[Report]:
        """Every report of a capture, also those of earlier readers, in journal order."""
        return cast(Iterator[Report], current.stream(self._reading, current.of_kind("report", capture_id)))

    def readings(self) -> Iterator[tuple[Report, Reading]]:
        """Every report that counts and was read, with its last reading, streamed."""
        return current.readings(self._reading)

    def reading_marks(self) -> Iterator[ReadingMark]:
        """The last reading mark of every report that counts, streamed."""
        return cast(Iterator[ReadingMark], current.stream(self._reading, current.marks()))

    def readings_of(self, reports: Iterable[str]) -> list[tuple[Report, Reading]]:
        """Those of ``reports`` that count and were read, with their last readings, in the order of the readings."""
        with self._reading() as connection:
            return current.readings_of(connection, reports)

    def news(self, after: int, limit: int) -> list[tuple[str, str, str | None]]:
        """The kind, id and parent of what was journalled behind that place, the first ``limit`` of it."""
        with self._reading() as connection:
            return current.news(connection, after, limit)

    def pages_of(self, captures: Iterable[str]) -> dict[str, str]:
        """By capture, the page it came from, for pages of which there are several captures."""
        with self._reading() as connection:
            return current.pages_of(connection, captures)

    def reading_of(self, report_id: str) -> Reading | None:
        """The last reading of a report; ``None`` if it was not read for events yet."""
        with self._reading() as connection:
            mark = current.mark_of(connection, report_id)
            if mark is None:
                return None
            return current.reading_from(mark, journal.get_many(connection, (*mark.mentions, *mark.claims)))

    def mentions_of(self, report_id: str) -> Sequence[Mention]:
        """The mentions in the last reading of a report, in its order."""
        reading = self.reading_of(report_id)
        return reading.mentions if reading else ()

    def claims_of(self, report_id: str) -> Sequence[Claim]:
        """The claims in the last reading of a report, in its order."""
        reading = self.reading_of(report_id)
        return reading.claims if reading else ()

    # the views

    def replace_views(
        self, incidents: Iterable[Incident], assessments: Iterable[Assessment], *, by: str = ""
    ) -> None:
        """Write all derived tables anew, in one transaction. The iterables may read the ledger, not append.

        ``by`` names the versions of the rules that derived them.
        """
        with self._for_writing().writing() as connection:
            links.drop(connection)
            views.replace(connection, views.lines(incidents, assessments, self.readings()), by)

    def remember_links(self, fill: Callable[[links.Links[F]], None], of: type[F]) -> None:
        """Keep what linking needs to go on from the views as they are: ``fill`` writes it, with facts of class ``of``."""
        with self._for_writing().writing() as connection:
            fill(links.Links(connection, of))
            links.sealed(connection)

    @contextmanager
    def relinking(self, of: type[F], *, by: str) -> Iterator[tuple[links.Links[F], int] | None]:
        """What linking keeps, and up to where it and the views follow from the journal; nothing if not by these rules and together.
        One transaction: what the block leaves is kept with ``amend_views``."""
        with self._for_writing().writing() as connection:
            after = links.since(connection, by)
            self._within = connection
            try:
                yield None if after is None else (links.Links(connection, of), after)
            finally:
                self._within = None

    def amend_views(self, kept: links.Links[F], change: views.Change, *, by: str) -> None:
        """Write a change to the views, in the transaction of ``kept``; both then follow from the journal as it is."""
        views.amend(kept.connection, change, by)
        links.sealed(kept.connection)

    def dump_links(self) -> Iterator[str]:
        """Every row of what linking keeps as one line of canonical JSON, in the order of their keys."""
        with self._reading() as connection:
            yield from links.dump(connection)

    def views_current(self, *, by: str = "") -> bool:
        """Whether the views were derived from all that bears on them in the journal, by those versions of the rules."""
        with self._reading() as connection:
            return views.state(connection) == (journal.ground(connection), by)

    def incidents(self) -> Iterator[Incident]:
        """All incidents in the order of their ids, streamed."""
        after = ""
        while True:
            with self._reading() as connection:
                page = views.incidents(connection, after, _PAGE)
            if not page:
                return
            yield from page
            after = page[-1].id

    def assessed(self, method: str) -> Iterator[tuple[Incident, Assessment]]:
        """All incidents that were assessed by that method, each with its assessment, in the order of their ids, streamed."""
        after = ""
        while True:
            with self._reading() as connection:
                page = views.assessed(connection, method, after, _PAGE)
            if not page:
                return
            yield from page
            after = page[-1][0].id

    def incident_count(self) -> int:
        """How many incidents there are."""
        with self._reading() as connection:
            return views.incident_count(connection)

    def incident(self, id: str) -> Incident | None:
        """The incident of that id, or the one that took in the mention that id was made from."""
        with self._reading() as connection:
            return views.incident_by_id(connection, id)

    def incident_rows(
        self, method: str, *, limit: int | None = None, offset: int = 0
    ) -> list[views.IncidentRow]:
        """The incident list with the figures of one method, latest date first, unknown years last."""
        with self._reading() as connection:
            return views.incident_rows(connection, method, limit, offset)

    def to_grade(self, method: str, *, limit: int) -> list[views.IncidentRow]:
        """The incidents whose grade most deserves a look."""
        with self._reading() as connection:
            return views.to_grade(connection, method, limit)

    def assessment(self, incident_id: str, method: str) -> Assessment | None:
        """The assessment of an incident by a method."""
        with self._reading() as connection:
            return views.assessment_of(connection, incident_id, method)

    def incident_of(self, mention_id: str) -> str | None:
        """The id of the incident a mention is in."""
        return self.incidents_of([mention_id]).get(mention_id)

    def incidents_of(self, mention_ids: Iterable[str]) -> dict[str, str]:
        """The incident id of each mention that is in one."""
        with self._reading() as connection:
            return views.incidents_of(connection, mention_ids)

    def claims_in(self, incident_id: str) -> list[Claim]:
        """The claims about an incident's mentions, by mention, then by their place in the report."""
        with self._reading() as connection:
            ids = views.claim_ids(connection, incident_id)
            records = journal.get_many(connection, ids)
        return [cast(Claim, records[id]) for id in ids]

    def dump_views(self) -> Iterator[str]:
        """Every row of the derived tables as one line of canonical JSON, in the order of their keys.

        The lists of marks are passed over: the copies found follow from them.
        """
        with self._reading() as connection:
            for table, row in views.rows(connection, (*VIEWS, copied)):
                yield views.line_text(table, row)

    # checking

    def verify(
        self,
        progress: Progress | None = None,
        derive: Derive | None = None,
        enter: Enter | None = None,
        *,
        by: str = "",
    ) -> Verification:
        """Look for the first thing that is wrong in the ledger; see ``verify.verify``."""
        if self._folder.lock is None:
            self._folder.pause()
        return verify(self.folder, progress, derive, enter, by=by)

    def _reading(self) -> AbstractContextManager[Connection]:
        # Within one transaction that asks for many things, what is asked goes over its connection.
        return self._database().reading() if self._within is None else nullcontext(self._within)

    def _for_writing(self) -> Database:
        if self._folder.lock is None and not self._folder.closed:
            raise LedgerError(f"The ledger {self.folder} was opened for reading; nothing can be added to it.")
        return self._database()

    def _database(self) -> Database:
        if self._folder.closed:
            raise LedgerError(f"The ledger {self.folder} is closed.")
        return self._folder.database
