"""From collected bytes to a reading, one report at a time. Nothing here needs a ledger.

This file holds the one place where any error at all is caught: the boundary around one report. A page that
breaks the reader is kept, with a problem that names the error, and the next page is read.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeVar

import msgspec
from msgspec import UNSET

from bearwitness import __version__, extract, read
from bearwitness.collect import Item, collect, media_type
from bearwitness.errors import BearwitnessError
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import Capture, Problem, Reading, Report, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


T = TypeVar("T")
ERROR_LENGTH = 300
LONGEST = 2_000_000
"""Characters of the longest text that is read for events. No news report comes near; an archive glued into one
file would take minutes and gigabytes, and its events would all count as one report's."""
STORIES = (".html", ".txt")
SOFTWARE = f"bearwitness/{__version__}"
"""The name and version under which things are kept."""


class Read(NamedTuple):
    """One document: how it was received, its text, and what was found in it."""

    capture: Capture
    report: Report
    reading: Reading


def capture_of(item: Item, given: Mapping[str, str], captured_at: str = "") -> Capture:
    """The record of ``item`` as received; ``captured_at`` is RFC 3339, or empty where nobody keeps it. Where the
    item itself says when it was received, as a page out of a web archive does, that counts."""
    return Capture(
        sha256=digest(item.data),
        size=len(item.data),
        source=item.source,
        media_type=item.media_type,
        given=dict(given) | dict(item.given),
        captured_at=item.captured_at or captured_at,
        headers=item.headers,
        problems=item.problems,
        by=SOFTWARE if captured_at else UNSET,
    )


def without_text(capture: str, source: str, problem: Problem) -> Report:
    """What is kept of a capture that gives no report: why."""
    return Report(
        capture=capture,
        reader=read.READER,
        source=source,
        text="",
        text_sha256=digest(b""),
        problems=(problem,),
    )


def read_report(data: bytes, capture: Capture) -> Report:
    """``data`` as a report, with the problems of its capture; if the reader breaks, a report without text."""
    report = _attempt(
        lambda: read.read(data, capture),
        lambda problem: without_text(capture.id, capture.source, problem),
        capture.source,
    )
    problems = tuple(dict.fromkeys((*capture.problems, *report.problems)))
    return msgspec.structs.replace(report, problems=problems)


def read_claims(report: Report, gazetteer: Gazetteer) -> Reading:
    """The mentions and claims of ``report``; none, and a problem that says why, if it is too long or the reader breaks."""

    length = len(report.text)
    if length > LONGEST:
        sentence = (
            f"The text has {length:,} characters, more than the {LONGEST:,} of the longest report that is read. "
            "It is kept whole and unread: split it into reports."
        )
        return Reading(problems=(Problem(code="too_long", where=report.source, sentence=sentence),))

    def work() -> Reading:
        reading = extract.extract(report, gazetteer)
        check_spans(report, reading)
        return reading

    return _attempt(work, lambda problem: Reading(problems=(problem,)), report.source)


def report_of(received: tuple[bytes, Capture]) -> Report:
    """``read_report`` of what was received, for another process."""
    return read_report(*received)


def size_of(received: tuple[bytes, Capture]) -> int:
    """How many bytes were received."""
    return len(received[0])


def reading_of(report: Report) -> tuple[str, Reading]:
    """``read_claims`` of a report, with the report's id, for another process."""
    return report.id, read_claims(report, _gazetteer())


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def check_spans(report: Report, reading: Reading) -> None:
    """The span law: every mention and claim points at the very words it quotes. ``ValueError`` if one does not."""
    told = {mention.id for mention in reading.mentions}
    for mention in reading.mentions:
        if mention.report != report.id or report.text[mention.start : mention.end] != mention.anchor:
            raise ValueError(f"mention {mention.id} does not point at its words")
    for claim in reading.claims:
        if claim.report != report.id or report.text[claim.start : claim.end] != claim.words:
            raise ValueError(f"claim {claim.id} does not point at its words")
        if claim.mention not in told:
            raise ValueError(f"claim {claim.id} is about a mention that is not in the reading")


def extract_only(items: Iterable[Item], gazetteer: Gazetteer, given: Mapping[str, str]) -> Iterator[Read]:
    """Read each item as it comes and forget it; memory does not grow with their number."""
    for item in items:
        capture = capture_of(item, given)
        report = read_report(item.data, capture)
        yield Read(capture, report, read_claims(report, gazetteer))


def item(source: str, data: bytes) -> Item:
    """Bytes already at hand, as they would come from a file named ``source``."""
    return Item(source=source, data=data, media_type=media_type(data, source))


def items(
    paths: Iterable[str | Path],
    *,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Item]:
    """What lies at ``paths`` ("-" is ``stdin``), as received; ``columns`` says which columns of a table hold what (see
    ``columns``). ``InputError`` at once if a path or a column is missing."""
    return collect(paths, stdin=stdin, columns=columns)


def extract_files(
    paths: Iterable[str | Path],
    given: Mapping[str, str],
    *,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Read]:
    """Read what lies at ``paths`` (see ``items``); ``InputError`` at once if a path or a column is missing."""
    return extract_only(items(paths, stdin=stdin, columns=columns), Gazetteer.open(), given)


def stories() -> Iterator[Item]:
    """The invented stories of the package, under names that are the same on every machine."""
    with resources.as_file(resources.files("bearwitness") / "stories") as folder:
        paths = sorted(path for path in folder.iterdir() if path.suffix in STORIES)
        for item in collect(paths):
            yield msgspec.structs.replace(item, source=f"stories/{Path(item.source).name}")


def _attempt(work: Callable[[], T], broken: Callable[[Problem], T], source: str) -> T:
    try:
        return work()
    except BearwitnessError:
        raise  # the operator can mend it, and it would befall every report alike
    except Exception as error:  # noqa: BLE001 -- one bad page never stops a run, and never disappears
        return broken(Problem(code="reader_failed", where=source, sentence=_sentence(error)))


def _sentence(error: Exception) -> str:
    """What went wrong and where in the program, the same on every run and machine."""
    trace = error.__traceback__
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{PurePath(code.co_filename).name}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next
    what = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
    return (
        f"The reader failed with {what} ({place}). The report is kept; please tell the makers of bearwitness."
    )
