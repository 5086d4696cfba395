"""Mentions and claims from a report: who says how many were harmed, where, when, by whom, with what, and who denies it.

This first reader is rules over sentences; its vocabulary is data. The same seat (``READER`` and ``extract``)
is for any other reader.
"""

from __future__ import annotations

from bearwitness.extract.compose import compose
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import Problem, Reading, Report

READER = "rules/1"

__all__ = ["READER", "extract"]


def extract(report: Report, gazetteer: Gazetteer) -> Reading:
    """The mentions and claims of one report. Silence gives an empty reading with the problem ``no_violence``."""
    if report.language not in (None, "en"):
        if any(problem.code == "unread_language" for problem in report.problems):
            return Reading()  # the reading stage has said so already
        where = f"language {report.language}"
        return Reading(
            problems=(
                Problem(
                    code="unread_language",
                    where=where,
                    sentence=f"This reader reads English; the report is in {report.language}.",
                ),
            )
        )
    return compose(report, gazetteer, READER)
