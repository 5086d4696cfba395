"""What must hold before a record is let into the journal, where it stays for ever.

A record that fails here comes from a bug in a stage, so the error is a ``ValueError``, not an operator's.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from ..handling import Export, Proof, Stamp
from ..record import Capture, Claim, Judgement, Mention, Record, Report
from ..visit import Hearsay, Sighting, Visit
from .kinds import ReadingMark, body_of, decode_body, kind_of

_LARGEST = 2**63 - 1  # what a database column can hold


def admit(record: Record) -> str:
    """The body of ``record``, after making sure that it reads back as what was said."""
    name = f"{type(record).__name__} {record.id}"
    kind = kind_of(record)
    if record.id != record.identity():
        raise ValueError(f"{name}: the id does not follow from what the record says ({record.identity()})")
    body = body_of(record)
    try:
        again = decode_body(kind, body)
    except msgspec.MsgspecError as error:
        raise ValueError(f"{name}: cannot be read back: {error}") from error
    if again.identity() != record.id:
        raise ValueError(f"{name}: reads back as something else (a whole number where a decimal belongs?)")
    if isinstance(record, Claim) and max(record.low or 0, record.high or 0) > _LARGEST:
        raise ValueError(f"{name}: a count above {_LARGEST} cannot be kept")
    return body


def span_fault(record: Record, text: str) -> str | None:
    """How ``record`` breaks the span law in the text of its report; ``None`` if it keeps it."""
    if isinstance(record, Claim):
        what, words = "words", record.words
    elif isinstance(record, Mention):
        what, words = "anchor", record.anchor
    else:
        return None
    found = text[record.start : record.end]
    if found == words:
        return None
    return (
        f"its {what} {words!r} are not what stands at {record.start}-{record.end} of its report ({found!r})"
    )


class SpanLaw:
    """Checks spans against reports, remembering the last few texts.

    ``fetch`` gives the report of an id, or ``None``.
    """

    def __init__(self, fetch: Callable[[str], Report | None], remember: int = 16) -> None:
        self._fetch = fetch
        self._remember = remember
        self._texts: dict[str, str] = {}

    def learn(self, report: Report) -> None:
        """Remember a report that is about to be asked for."""
        while len(self._texts) >= self._remember:
            del self._texts[next(iter(self._texts))]
        self._texts[report.id] = report.text

    def fault(self, record: Record) -> str | None:
        """What is wrong with the span of ``record`` or with the report it names; ``None`` if nothing is."""
        if not isinstance(record, Claim | Mention):
            return None
        if record.report not in self._texts:
            report = self._fetch(record.report)
            if report is None:
                return f"its report {record.report} is not in the journal"
            self.learn(report)
        return span_fault(record, self._texts[record.report])


def names(record: Record) -> tuple[str, ...]:
    """The ids that ``record`` builds on and that must be journalled before it."""
    if isinstance(record, Report | Sighting):
        return (record.capture,)
    if isinstance(record, Mention):
        return (record.report,)
    if isinstance(record, Claim):
        return (record.report, record.mention)
    if isinstance(record, ReadingMark):
        return (record.report, *record.mentions, *record.claims)
    if isinstance(record, Judgement):
        return record.subject if record.after is None else (*record.subject, record.after)
    if isinstance(record, Visit):
        return (record.kept.capture,) if record.kept and record.kept.capture else ()
    if isinstance(record, Hearsay):
        return (record.capture,) if record.capture else ()
    if isinstance(record, Export):
        return record.captures
    if isinstance(record, Proof):
        return (record.of,) if record.of else ()
    return ()


def files_of(record: Record) -> tuple[tuple[str, int], ...]:
    """The SHA-256 and size of every file that ``record`` rests on and that must be there before it."""
    if isinstance(record, Capture):
        return ((record.sha256, record.size),)
    if isinstance(record, Visit):
        return tuple((part.sha256, part.size) for part in (record.kept, record.exchange) if part is not None)
    if isinstance(record, Hearsay):
        return ((record.exchange.sha256, record.exchange.size),)
    if isinstance(record, Stamp):
        return tuple((part.sha256, part.size) for part in (record.listed, record.reply, record.roots))
    if isinstance(record, Proof):
        return tuple((part.sha256, part.size) for part in (record.listed, record.proof))
    return ()
