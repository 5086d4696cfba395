"""Problems that the ledger keeps of captures and reports, for those who want to do something about them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from bearwitness import read
from bearwitness.record import Problem, Report

from .work import ORDINARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bearwitness.store import Ledger

_MARKS = 500  # of readings whose reports are looked up together


class Flaw(msgspec.Struct, frozen=True):
    """One problem: of which capture and of which of its reports (null if there is none yet), and where that came from."""

    capture: str
    report: str | None
    source: str
    problem: Problem


def flaws(ledger: Ledger, code: str | None = None, *, all_of_them: bool = False) -> Iterator[Flaw]:
    """The problems with ``code``, or all but those that many sound reports have, unless ``all_of_them`` are wanted: of the reports
    that count, in journal order, of captures of which no report was made yet, and of readings for events. Streamed."""

    def asked(problem: Problem) -> bool:
        return problem.code == code if code else all_of_them or problem.code not in ORDINARY

    for report in ledger.reports():
        for problem in filter(asked, dict.fromkeys(report.problems)):
            yield Flaw(report.capture, report.id, report.source, problem)
    for capture in ledger.unreported(read.READER):
        if next(ledger.every_report_of(capture.id), None) is None:
            for problem in filter(asked, capture.problems):
                yield Flaw(capture.id, None, capture.source, problem)
    yield from _of_readings(ledger, asked)


def _of_readings(ledger: Ledger, asked: Callable[[Problem], bool]) -> Iterator[Flaw]:
    found = (
        (mark.report, problem) for mark in ledger.reading_marks() for problem in filter(asked, mark.problems)
    )
    while some := list(islice(found, _MARKS)):
        reports = ledger.get_many({report for report, _ in some})
        for name, problem in some:
            report = reports[name]
            assert isinstance(report, Report)
            yield Flaw(report.capture, name, report.source, problem)
