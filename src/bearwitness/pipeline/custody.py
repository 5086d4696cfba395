"""The chain of custody of one capture, told in order, with what it does not prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from bearwitness.collect.exchanges import exchanges
from bearwitness.errors import DamagedLedger, InputError
from bearwitness.handling import Export, Proof, Stamp
from bearwitness.publish.custody import Document, Line, Section, as_html, as_text
from bearwitness.record import Capture, Judgement, Report
from bearwitness.store import Looks, now, stamp
from bearwitness.visit import Hearsay, Piece, Visit, address_of, page_at

from .reading import SOFTWARE
from .recording import captures_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bearwitness.store import Clock, Ledger

__all__ = ["as_html", "as_text", "capture_behind", "chain_of_custody"]

_MOST = 16 * 1024  # characters of one header that are shown

NOT_PROVEN = (
    "That what the page says is true. It shows what was received, not what happened.",
    (
        "That the server sent the same to others, that it was the server of its owner, or that nobody on the way changed "
        "what it sent. Certificates of servers are checked when a page is fetched over https, and not kept."
    ),
    (
        "That the clocks were right. Times are those of this machine; the header Date is the server's own word; the time of "
        "a page out of a web archive, or of mail, is what that states. A time stamp shows that the bytes were in the ledger "
        "before the time its authority states, not since when, and is as good as that authority; whether the authority's "
        "certificate was withdrawn is not looked up here."
    ),
    "Where a file that was added by hand came from. That is the word of whoever added it.",
    "That nothing was missed: pages that were not fetched, changed between two visits, or were left out of what was added.",
    (
        "That the ledger was not made anew as a whole, unless its head was noted elsewhere or stamped; and that nobody else "
        "has read or copied it. Looks are noted only where the operator asked for it, and only of this program's commands."
    ),
    "Who may lawfully use it. For a court, have the chain of custody explained by whoever kept it.",
)


def capture_behind(ledger: Ledger, prefix: str) -> str:
    """The id of the one capture behind what ``prefix`` names; ``InputError`` if it is more than one."""
    found = captures_of(ledger, [prefix])
    if len(found) > 1:
        raise InputError(
            f"{prefix} rests on {len(found)} captures; name one of them: {', '.join(found[:8])}"
            f"{', ...' if len(found) > 8 else ''}"
        )
    return found[0]


def chain_of_custody(ledger: Ledger, identifier: str, *, clock: Clock = now) -> Document:
    """The chain of custody of the capture of that id. ``DamagedLedger`` if its bytes are not as they were received."""
    capture = ledger.get(identifier)
    assert isinstance(capture, Capture)  # see ``captures_of``
    ledger.data(capture)
    visits = [visit for visit in ledger.records(Visit) if visit.kept and visit.kept.capture == capture.id]
    reports = list(ledger.every_report_of(capture.id))
    made_of = {
        name
        for report in reports
        for name in (
            report.id,
            *(mention.id for mention in ledger.mentions_of(report.id)),
            *(claim.id for claim in ledger.claims_of(report.id)),
        )
    }
    told = [one for one in ledger.hearsay_of(address_of(capture.source) or "") if one.capture == capture.id]
    names = {capture.id, *made_of, *ledger.incidents_of(made_of).values(), *(visit.id for visit in visits)}
    sections = (
        Section("What was received", tuple(_received(ledger, capture))),
        Section("How and when it came in", tuple(_came(ledger, capture, visits, told))),
        *(
            Section(f"The exchange of {visit.at}", tuple(_exchange(ledger, visit)))
            for visit in visits
            if visit.outcome in ("new", "changed")
        ),
        *_hearsay(ledger, capture, told),
        Section(
            "Later visits to the address",
            tuple(_visits(ledger, capture, visits)) or _none("None is noted in this ledger."),
        ),
        Section(
            "When its bytes were met again",
            tuple(_sightings(ledger, capture, visits)) or _none("That is not noted in this ledger."),
        ),
        Section(
            "Other captures of the same page",
            tuple(_others(ledger, capture)) or _none("This ledger holds none."),
        ),
        Section("What was read from it", tuple(_readings(ledger, reports)) or _none("It was not read.")),
        Section("Decisions by people", tuple(_decisions(ledger, made_of)) or _none("There was none.")),
        Section(
            "Time stamps",
            (*_stamps(ledger, capture), *_proofs(ledger, capture)) or _none("It is under none."),
        ),
        Section(
            "What left the ledger with it", tuple(_exports(ledger, capture)) or _none("Nothing is noted.")
        ),
        Section("Who looked at it", tuple(_looks(ledger, names))),
        Section("What this does not prove", tuple(Line("", words) for words in NOT_PROVEN)),
        Section("This document", tuple(_made(ledger, clock))),
    )
    return Document(f"Chain of custody of {capture.id}", sections)


def _none(words: str) -> tuple[Line, ...]:
    return (Line("", words),)


def _received(ledger: Ledger, capture: Capture) -> Iterator[Line]:
    yield Line("Source", capture.source)
    yield Line("SHA-256", capture.sha256)
    yield Line("Size", f"{capture.size:,} bytes")
    yield Line("Kind", capture.media_type)
    yield Line("File", f"captures/{capture.sha256[:2]}/{capture.sha256} in the ledger {ledger.folder.name}; its digest "
               "was checked for this document")  # fmt: skip
    for name, words in sorted(capture.given.items()):
        yield Line(f"Said by the operator, {name}", words)
    for problem in capture.problems:
        yield Line(f"Problem, {problem.code}", problem.sentence)


def _came(ledger: Ledger, capture: Capture, visits: list[Visit], told: list[Hearsay]) -> Iterator[Line]:
    first = next((visit for visit in visits if visit.outcome in ("new", "changed")), None)
    if first is not None:
        yield Line("How", f"fetched from {first.address}, as “{first.agent}”")
    elif told or "#http" in capture.source or capture.headers:
        archive = capture.source.partition("#")[0]
        yield Line("How", f"added from the web archive {archive}; when and from where it was received is the archive's word, "
                   "and was not seen here")  # fmt: skip
    else:
        yield Line("How", "added from a file, with no exchange; its source is the name it was given by")
    stated = first is None and (told or "#http" in capture.source)
    yield Line(
        "Received, as the archive states" if stated else "Received", capture.captured_at or "not stated"
    )
    yield Line("Entered in the journal", ledger.recorded_at(capture.id))
    if place := ledger.place(capture.id):
        yield Line("Entry", f"{place[0]:,} of the journal, with the hash {place[1]}")
    by = capture.by if capture.by is not UNSET else "an earlier version, which did not note its number"
    yield Line("Kept by", by)
    if capture.headers and first is None:
        yield Line(
            "Headers, as stated", "\n".join(f"{name}: {words}" for name, words in capture.headers), raw=True
        )


def _exchange(ledger: Ledger, visit: Visit) -> Iterator[Line]:
    """Every request and answer of a visit, redirects and the rules for programs included."""
    piece = visit.exchange
    if piece is None:
        return
    yield Line("Visit", f"{visit.id}, run {visit.run}")
    yield from _records(ledger, piece)


def _records(ledger: Ledger, piece: Piece) -> Iterator[Line]:
    """The requests and answers in some WARC records."""
    yield Line("WARC file", f"captures/{piece.sha256[:2]}/{piece.sha256}, bytes {piece.offset:,} to "
               f"{piece.offset + piece.length:,}")  # fmt: skip
    data = ledger.content(piece.sha256)[piece.offset : piece.offset + piece.length]
    try:
        for kept in exchanges(data):
            words = kept.head.decode("utf-8", "replace").strip()[:_MOST]
            peer = kept.fields.get("warc-ip-address", "")
            if kept.sort == "request":
                yield Line(
                    f"Request to {kept.address} ({peer}), {kept.fields.get('warc-date', '')}", words, raw=True
                )
            elif kept.head:
                status = f"{len(kept.body):,} bytes, {kept.fields.get('warc-payload-digest', 'no digest')}"
                cut = kept.fields.get("warc-truncated", "")
                yield Line(f"Answer, {status}{f', cut off ({cut})' if cut else ''}", words, raw=True)
    except ValueError as error:
        raise DamagedLedger(f"In the WARC file {piece.sha256}, {error}.") from None


def _hearsay(ledger: Ledger, capture: Capture, told: list[Hearsay]) -> Iterator[Section]:
    """What web archives say: of the exchange that brought it, and of its address at other times."""
    times = {one.at for one in told}
    others = []
    for one in ledger.hearsay_of(address_of(capture.source) or ""):
        if one.at in times or one.sort == "request":
            continue
        what = f"status {one.status}" if one.status is not None else "no status"
        same = "; brought these bytes" if one.capture == capture.id else ""
        kept = f"; brought bytes that are kept as capture {one.capture}" if one.capture and not same else ""
        gone = "; the page was gone" if one.gone else ""
        others.append(Line(one.at, f"{one.archive}: {one.sort}, {what}{same}{kept}{gone} ({one.id})"))
    if told:
        lines = tuple(line for one in told for line in _told(ledger, one))
        yield Section("The exchange, in the words of the web archive (not seen here)", lines)
    if others:
        yield Section("What web archives say of the address at other times (not seen here)", tuple(others))


def _told(ledger: Ledger, told: Hearsay) -> Iterator[Line]:
    """The request and the answer of one exchange of a web archive."""
    yield Line(
        "Stated by",
        f"{told.archive}, for {told.at} ({told.id}); the answer gives the very bytes of the capture",
    )
    for one in ledger.hearsay_of(told.address):
        if one.at == told.at and (one.sort == "request" or one.id == told.id):
            yield from _records(ledger, one.exchange)


def _sightings(ledger: Ledger, capture: Capture, visits: list[Visit]) -> Iterator[Line]:
    """When the same bytes were met at another time, by whose word, and since when that is noted."""
    here = {visit.at for visit in visits}
    for one in sorted(ledger.sightings_of([capture.id]), key=lambda one: one.at):
        whose = "by a visit from here" if one.at in here else "as a web archive states, not seen here"
        yield Line(one.at, f"the same bytes, {whose}; noted {ledger.recorded_at(one.id)} ({one.id})")


def _others(ledger: Ledger, capture: Capture) -> Iterator[Line]:
    """What else was captured of its page, in order of time."""
    page = page_at(capture.source)
    others = [one for one in (ledger.captures_of(page) if page else ()) if one.id != capture.id]
    for one in sorted(others, key=lambda one: (one.captured_at, one.id)):
        yield Line(
            one.captured_at or "time not stated",
            f"{one.id}, {one.size:,} bytes, SHA-256 {one.sha256}, from {one.source}",
        )


def _visits(ledger: Ledger, capture: Capture, visits: list[Visit]) -> Iterator[Line]:
    """Every visit to its addresses since it came, also those that brought other bytes or none."""
    brought = next((visit.id for visit in visits if visit.outcome in ("new", "changed")), "")
    asked = {capture.source, *(visit.address for visit in visits), *(visit.final for visit in visits)} - {""}
    begun = not brought
    for visit in ledger.records(Visit):
        begun = begun or visit.id == brought
        if visit.id == brought or not begun or asked.isdisjoint((visit.address, visit.final)):
            continue
        if not brought and capture.captured_at and visit.at < capture.captured_at:
            continue
        status = f", status {visit.status}" if visit.status is not None else ""
        kept = visit.kept.capture if visit.kept else None
        if visit.outcome not in ("new", "changed", "unchanged"):
            what = "; it brought no bytes that are kept"
        elif kept == capture.id:
            what = "; it brought these bytes again" if visit.outcome != "unchanged" else ""
        elif visit.outcome == "unchanged":
            what = f"; the same other bytes as before, kept as capture {kept}" if kept else ""
        else:
            what = f"; brought other bytes, kept as capture {kept}" if kept else "; brought other bytes"
        yield Line(visit.at, f"{visit.outcome}{status}{what} ({visit.id}, as “{visit.agent}”)")


def _readings(ledger: Ledger, reports: list[Report]) -> Iterator[Line]:
    for report in reports:
        mentions, claims = len(ledger.mentions_of(report.id)), len(ledger.claims_of(report.id))
        yield Line(
            ledger.recorded_at(report.id),
            f"report {report.id} by {report.reader}: {len(report.text):,} characters of text with the SHA-256 "
            f"{report.text_sha256}; title “{report.title or 'none'}”; {mentions:,} event{'' if mentions == 1 else 's'} "
            f"and {claims:,} claim{'' if claims == 1 else 's'}",
        )


def _decisions(ledger: Ledger, names: set[str]) -> Iterator[Line]:
    for one in ledger.records(Judgement):
        if names.intersection(one.subject):
            yield Line(one.at, f"{one.by}: {one.verdict} on {', '.join(one.subject)} ({one.id}); why: {one.why}; "
                       f"shown: {one.shown}")  # fmt: skip


def _stamps(ledger: Ledger, capture: Capture) -> Iterator[Line]:
    place = ledger.place(capture.id)
    for one in ledger.records(Stamp):
        if place is None or place[0] > one.entries:
            continue
        named = "names its digest" if place[0] > one.after else "covers it by the hash of the journal"
        yield Line(one.stated, f"by {one.signer} ({one.authority}), number {one.serial}, policy {one.policy}; the list "
                   f"{named} ({one.id})")  # fmt: skip
        files = [f"captures/{part.sha256[:2]}/{part.sha256}" for part in (one.listed, one.reply, one.roots)]
        yield Line(
            "To check it without this program, in the ledger's folder",
            f"sha256sum -c {files[0]}\nopenssl ts -verify -data {files[0]} -in {files[1]} -CAfile {files[2]}",
            raw=True,
        )


def _proofs(ledger: Ledger, capture: Capture) -> Iterator[Line]:
    """OpenTimestamps proofs that cover it, and plainly which of them prove nothing yet."""
    place = ledger.place(capture.id)
    every = list(ledger.records(Proof))
    replaced = {one.of for one in every}
    for one in every:
        if place is None or place[0] > one.entries or one.id in replaced:
            continue
        named = "names its digest" if place[0] > one.after else "covers it by the hash of the journal"
        if not one.blocks:
            words = (
                f"OpenTimestamps, sent to {one.calendar}, pending at {', '.join(one.pending)}: this proves nothing yet. It is a "
                f"promise to write the digest into the Bitcoin chain (bearwitness timestamp --complete); the list {named} ({one.id})"
            )
            yield Line(one.at, words)
            continue
        files = [f"captures/{part.sha256[:2]}/{part.sha256}" for part in (one.listed, one.proof)]
        for block in one.blocks:
            words = (
                f"OpenTimestamps: the list was there before block {block.height:,} of the Bitcoin chain was made, if that block has the "
                f"Merkle root {block.root}. This program has no copy of the chain and did not compare it; the list {named} ({one.id})"
            )
            yield Line(one.at, words)
        yield Line(
            "To check it with a copy of the chain, in the ledger's folder",
            f"sha256sum -c {files[0]}\nots verify -f {files[0]} {files[1]}",
            raw=True,
        )


def _exports(ledger: Ledger, capture: Capture) -> Iterator[Line]:
    place = ledger.place(capture.id)
    for one in ledger.records(Export):
        if place is None or place[0] > one.entries or (one.captures and capture.id not in one.captures):
            continue
        what = (
            "with the captures themselves"
            if one.form == "wacz"
            else "what was read from it, if it tells of events"
        )
        shown = "names shown" if one.names else "names of private persons left out"
        part = "" if one.whole else ", broken off"
        yield Line(one.at, f"{one.form} to “{one.to}” by {one.by}{part}: {what}, {shown}; SHA-256 {one.sha256} "
                   f"({one.size:,} bytes) ({one.id})")  # fmt: skip


def _looks(ledger: Ledger, names: set[str]) -> Iterator[Line]:
    looks = Looks(ledger.folder)
    if not looks.kept:
        yield Line("", "Looks at this ledger are not noted (bearwitness views --on).")
        return
    found = [
        Line(look.at, f"{look.who}: {look.command} {look.id}") for look in looks.all() if look.id in names
    ]
    yield from found or _none("Nobody, since looks are noted.")


def _made(ledger: Ledger, clock: Clock) -> Iterator[Line]:
    entries, head = ledger.head()
    yield Line("Made", f"{stamp(clock)} by {SOFTWARE}")
    yield Line(
        "From", f"the ledger {ledger.folder.name} with {entries:,} entries, the last with the hash {head}"
    )
    yield Line(
        "Checked", "the digest of the bytes above. The journal as a whole is checked by bearwitness verify."
    )
