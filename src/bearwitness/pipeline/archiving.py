"""A ledger's captures as a WACZ web archive: the exchanges of fetched ones and those that web archives told of, as they are, and
records of the others' bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from bearwitness.collect.exchanges import Kept, exchanges
from bearwitness.errors import DamagedLedger, InputError
from bearwitness.publish.wacz import Indexed, Page, Wacz, address_of, resource
from bearwitness.record import Capture, digest
from bearwitness.visit import Hearsay, Visit

from .reading import SOFTWARE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bearwitness.store import Ledger
    from bearwitness.visit import Piece

    from .deriving import Progress


def web_archive(
    ledger: Ledger, file: BinaryIO, captures: Collection[str] = (), progress: Progress | None = None
) -> int:
    """Write ``captures`` (ids; all there are, with every visit, if none is named) to ``file`` as a WACZ, and return how
    many pages it lists. Captures that came without a byte are left out. ``InputError`` if nothing is left.
    """
    choice = _Choice(ledger, captures)
    if not choice.made:
        raise InputError(
            f"there is nothing in {ledger.folder} to put into a web archive: add or fetch something"
        )
    wacz = Wacz(file, SOFTWARE, choice.made)
    wacz.records(_records(ledger, choice, progress))
    titles = {report.capture: report.title or "" for report in ledger.reports()}
    wacz.finish(
        Page(address_of(one.source), one.captured_at or choice.made, one.id, titles.get(one.id, ""))
        for one in ledger.records(Capture)
        if choice.takes(one)
    )
    return choice.pages


class _Choice:
    """Which visits and captures go in. Of a page, all visits that met with the same payload go together, since only the
    first of them holds it."""

    def __init__(self, ledger: Ledger, captures: Collection[str]) -> None:
        self._captures = frozenset(captures)
        self._payloads = {
            (visit.page, visit.kept.payload)
            for visit in (ledger.records(Visit) if captures else ())
            if visit.kept and visit.kept.capture in self._captures
        }
        self.fetched: set[str] = set()
        self.made = ""
        self.pages = 0
        for visit in ledger.records(Visit):
            if visit.exchange and self.has(visit):
                self.made = max(self.made, visit.at)
                if visit.kept and visit.kept.capture:
                    self.fetched.add(visit.kept.capture)
        chosen = [one for one in ledger.records(Hearsay) if one.capture in self._captures]
        self._told = {(one.address, one.at) for one in chosen}
        for told in ledger.records(Hearsay):
            if self.tells(told):
                self.made = max(self.made, told.at)
                if told.capture:
                    self.fetched.add(told.capture)
        for capture in ledger.records(Capture):
            if self.takes(capture):
                self.made = max(self.made, capture.captured_at)
                self.pages += 1

    def has(self, visit: Visit) -> bool:
        """Whether a visit goes in."""
        if not self._captures:
            return True
        kept = visit.kept
        return kept is not None and (
            kept.capture in self._captures or (visit.page, kept.payload) in self._payloads
        )

    def tells(self, told: Hearsay) -> bool:
        """Whether what a web archive said goes in: all of it, or the exchanges that brought what was chosen."""
        return not self._captures or (told.address, told.at) in self._told

    def takes(self, capture: Capture) -> bool:
        """Whether a capture goes in."""
        return capture.size > 0 and (not self._captures or capture.id in self._captures)


def _records(ledger: Ledger, choice: _Choice, progress: Progress | None) -> Iterator[tuple[bytes, Indexed]]:
    """The exchanges of the visits, those that web archives told of, then a record of each capture that came without one."""
    pieces = _Pieces(ledger)
    for visit in ledger.records(Visit):
        if visit.exchange and choice.has(visit):
            for kept in pieces.records(visit.exchange):
                yield kept.member, _indexed(kept)
    written: set[str] = set()  # the same file may have been added under two names
    for told in ledger.records(Hearsay):
        if choice.tells(told) and told.record not in written:
            written.add(told.record)
            for kept in pieces.records(told.exchange):
                yield kept.member, _indexed(kept)
    for done, capture in enumerate(ledger.records(Capture), start=1):
        if choice.takes(capture) and capture.id not in choice.fetched:
            kind = next((value for name, value in capture.headers if name.lower() == "content-type"), "")
            yield resource(
                address_of(capture.source),
                capture.captured_at or choice.made,
                kind or capture.media_type,
                ledger.data(capture),
                capture.id,
            )
        if progress:
            progress("exporting", done, None)


class _Pieces:
    """The WARC records of visits. Visits of one batch lie in one file, so the last file is held."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._name = ""
        self._data = b""

    def records(self, piece: Piece) -> Iterator[Kept]:
        """The records of one visit; ``DamagedLedger`` if they are not as they were written."""
        if self._name != piece.sha256:
            self._name, self._data = piece.sha256, self._ledger.content(piece.sha256)
        try:
            yield from exchanges(self._data[piece.offset : piece.offset + piece.length])
        except ValueError as error:
            raise DamagedLedger(f"In the WARC file {piece.sha256}, {error}.") from None


def _indexed(kept: Kept) -> Indexed:
    status = kept.status
    return Indexed(
        kept.sort,
        kept.address,
        kept.fields.get("warc-date", ""),
        kept.kind,
        str(status) if status is not None else "",
        kept.fields.get("warc-payload-digest", "") or f"sha256:{digest(kept.body)}",
    )
