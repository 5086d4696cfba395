"""From answers of the web to what the ledger keeps of them: WARC files, captures and visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import UNSET

from bearwitness.collect import Item, media_type
from bearwitness.collect.web.warc import Archive, Earlier, payload_of
from bearwitness.record import Problem, digest
from bearwitness.visit import Kept, Piece, Sighting, Visit

from .reading import capture_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bearwitness.collect.web import Answer, Listing
    from bearwitness.record import Capture
    from bearwitness.store import Ledger
    from bearwitness.visit import Outcome

TELLING = frozenset(
    {"content-type", "content-language", "content-location", "date", "etag", "last-modified", "link"}
)
"""Headers that are kept with a capture; all of them are in the WARC file."""
_OUTCOMES: dict[str, Outcome] = {"gone": "gone", "robots": "forbidden"}
_LONGEST = 1_000  # characters of one header that is kept with a capture


class Visited(NamedTuple):
    """An answer, what an earlier visit had kept of the address, and what the content names if it is a feed."""

    answer: Answer
    before: Kept | None
    listing: Listing | None


def keep(
    ledger: Ledger, visited: Iterable[Visited], given: Mapping[str, str], run: str, agent: str, at: str
) -> list[Visit]:
    """Keep what some visits brought, in one transaction: all of it or nothing. ``at`` is now (RFC 3339)."""
    archive = Archive(agent, at)
    told = [(one, _add(archive, one)) for one in visited]
    warc = archive.data()
    sha256, size = digest(warc), len(warc)
    files = [warc] if any(place for _, place in told) else []
    captures: list[Capture] = []
    back: list[str] = []  # captures that may be there already, though they are not what was kept last
    visits: list[Visit] = []
    for one, place in told:
        answer = one.answer
        kept, outcome = one.before, _outcome(one)
        if answer.data is not None:
            capture = _capture(answer, given) if one.listing is None else None
            kept = _kept(one, answer.data, capture)
            files.append(answer.data)
            captures += [capture] if capture else []
            back += [capture.id] if capture and outcome != "unchanged" else []
        elif kept and answer.unchanged:
            kept = msgspec.structs.replace(kept, etag=answer.header("etag") or kept.etag)
        piece = Piece(sha256=sha256, size=size, offset=place[0], length=place[1]) if place else None
        visits.append(
            Visit(
                address=answer.address,
                run=run,
                at=answer.at,
                agent=agent,
                outcome=outcome,
                final=answer.final,
                status=answer.status,
                kept=kept,
                exchange=piece,
                again=answer.again,
                problems=_problems(one),
                patience=UNSET if answer.patience is None else int(answer.patience),
            )
        )
    ledger.put_many(files)
    there = ledger.get_many(back)
    met = [Sighting(capture=one.id, at=one.captured_at) for one in captures if one.id in there]
    ledger.append([*captures, *met, *visits])
    return visits


def _add(archive: Archive, one: Visited) -> tuple[int, int] | None:
    """Put the exchanges of a visit into the archive: where they are, if there were any."""
    if not one.answer.exchanges:
        return None
    before = one.before
    earlier = Earlier(before.payload, before.at, before.final) if before and before.payload else None
    return archive.add(one.answer.exchanges, earlier)


def _outcome(one: Visited) -> Outcome:
    answer, before = one.answer, one.before
    if answer.data is not None:
        same = before is not None and before.sha256 == digest(answer.data)
        return "unchanged" if same else "changed" if before else "new"
    if answer.unchanged and before:
        return "unchanged"
    return _OUTCOMES.get(answer.problems[0].code, "failed")


def _kept(one: Visited, data: bytes, capture: Capture | None) -> Kept:
    answer, before = one.answer, one.before
    last = answer.exchanges[-1]
    payload = payload_of(last) or ""
    again = before is not None and before.payload == payload and bool(payload)
    return Kept(
        kind=one.listing.kind if one.listing else "page",
        capture=capture.id if capture else None,
        sha256=digest(data),
        size=len(data),
        payload=payload,
        # A later revisit record refers to the response that holds the payload, which is the first one.
        at=before.at if again and before else last.at,
        final=before.final if again and before else answer.final,
        etag=_header(answer, "etag"),
        last_modified=_header(answer, "last-modified"),
    )


def _capture(answer: Answer, given: Mapping[str, str]) -> Capture:
    data = answer.data or b""
    name = unquote(urlsplit(answer.final).path.rpartition("/")[2])
    item = Item(
        source=answer.final,
        data=data,
        media_type=media_type(data, name),
        problems=answer.problems,
        headers=tuple((key, value[:_LONGEST]) for key, value in answer.headers if key.lower() in TELLING),
    )
    capture = capture_of(item, given, answer.at)
    moved = answer.address != answer.final
    return msgspec.structs.replace(capture, asked=answer.address) if moved else capture


def _header(answer: Answer, name: str) -> str:
    """A header that is sent back at the next visit; none that is longer than any sensible one."""
    value = answer.header(name)
    return value if len(value) <= _LONGEST else ""


def _problems(one: Visited) -> tuple[Problem, ...]:
    return (*one.answer.problems, *(one.listing.problems if one.listing else ()))
