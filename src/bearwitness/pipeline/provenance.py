"""Where a report's text comes from, as far as a ledger shows: credits, copies and shared passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bearwitness import likeness
from bearwitness.credit import credits
from bearwitness.provenance import Alike, Provenance
from bearwitness.record import Capture, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bearwitness.provenance import Copy
    from bearwitness.store import Ledger

SHOWN = 20
"""Reports told of beside one report."""
LAST = "9999"
"""Sorts reports whose day is not known behind the others."""
PAGE = 64


class Provenances:
    """Where texts come from: copies and credits of one report after another, each group looked up once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._groups: dict[str, tuple[str, int]] = {}

    def of(self, report: Report) -> Provenance:
        """What is known of one report."""
        own = self._ledger.copies_of([report.id])
        nearest = sorted(own, key=lambda copy: (not copy.whole, -copy.alike, copy.first, copy.second))[:SHOWN]
        others = [copy.second if copy.first == report.id else copy.first for copy in nearest]
        reports = self._ledger.get_many(others)
        told = zip(nearest, (reports[name] for name in others), strict=True)
        first, size = self._group(report.id) if any(copy.whole for copy in own) else (None, 1)
        return Provenance(
            credits=credits(report),
            group=size,
            first=first,
            alike=tuple(_alike(report, copy, other) for copy, other in told if isinstance(other, Report)),
        )

    def _group(self, report: str) -> tuple[str, int]:
        """The first report of the group that ``report`` is in, and how many there are."""
        if report not in self._groups:
            met, waiting = {report}, [report]
            while waiting:
                copies = [copy for copy in self._ledger.copies_of(waiting) if copy.whole]
                waiting = sorted({name for copy in copies for name in (copy.first, copy.second)} - met)
                met.update(waiting)
            first = min(self._days(sorted(met)))[-1]
            self._groups.update(dict.fromkeys(met, (first, len(met))))
        return self._groups[report]

    def _days(self, names: list[str]) -> Iterator[tuple[str, str, str]]:
        """When each was published and captured, and its id; a few texts in memory at a time."""
        for at in range(0, len(names), PAGE):
            reports = [
                one
                for one in self._ledger.get_many(names[at : at + PAGE]).values()
                if isinstance(one, Report)
            ]
            captures = self._ledger.get_many(report.capture for report in reports)
            for report in reports:
                capture = captures[report.capture]
                captured = capture.captured_at if isinstance(capture, Capture) else ""
                yield report.published or LAST, captured, report.id


def _alike(report: Report, copy: Copy, other: Report) -> Alike:
    parts = copy.passages if copy.first == report.id else likeness.turned(copy.passages)
    longest = max(parts, key=lambda part: (part.words, -part.start), default=None)
    return Alike(
        report=other.id,
        outlet=other.outlet,
        published=other.published,
        whole=copy.whole,
        alike=copy.alike,
        contained=copy.contained,
        words=longest.words if longest else 0,
        start=longest.start if longest else 0,
        end=longest.end if longest else 0,
    )
