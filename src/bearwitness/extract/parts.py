"""A report of several texts, read one by one: each with its own day, and no event of one mixed into another.

A text is read as the report with all but that text blank, so that an offset in it is an offset in the report.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import UNSET

from bearwitness.record import LeftOut, Part, Reading, Report, digest


def each(report: Report) -> Iterator[Report]:
    """The texts of ``report`` in order, what stands outside of all parts first; the report itself if it has none."""
    if not report.parts:
        yield report
        return
    rest, at = [], 0
    for part in report.parts:
        rest += [report.text[at : part.start], "\n" * (part.end - part.start)]
        at = part.end
    text = "".join([*rest, report.text[at:]])
    yield _only(
        report, text, 0, len(text), Part(start=0, end=len(text), published=report.published), report.title_end
    )
    for part in report.parts:
        text = "\n" * part.start + report.text[part.start : part.end]
        heading = part.start + len(part.title or "")
        yield _only(report, text, part.start, part.end, part, heading)


def together(readings: list[Reading]) -> Reading:
    """The readings of several texts as one; what is wrong with more than one is said once."""
    if len(readings) == 1:
        return readings[0]
    return Reading(
        mentions=tuple(mention for one in readings for mention in one.mentions),
        claims=tuple(claim for one in readings for claim in one.claims),
        problems=tuple(dict.fromkeys(problem for one in readings for problem in one.problems)),
    )


def _only(report: Report, text: str, start: int, end: int, part: Part, title_end: int) -> Report:
    day = (part.published or "")[:10] or None
    return msgspec.structs.replace(
        report,
        text=text,
        text_sha256=digest(text.encode()),
        title_end=title_end,
        published=day,
        published_basis=(report.published_basis or "structured") if day else None,
        left_out=tuple(_clipped(report.left_out, start, end)),
        parts=UNSET,
    )


def _clipped(found: tuple[LeftOut, ...], start: int, end: int) -> Iterator[LeftOut]:
    """What of the stretches lies between ``start`` and ``end``."""
    for one in found:
        if one.start < end and start < one.end:
            yield msgspec.structs.replace(one, start=max(start, one.start), end=min(end, one.end))
