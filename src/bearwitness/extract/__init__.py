"""Mentions and claims from a report: who says how many were harmed, where, when, by whom, with what, and who denies it.

The reader in this seat (``READER`` and ``extract``) is a small network of our own inside plain resolvers (``model``).
The first reader, rules over sentences, is what it is measured against (``by_rules``); what its rules see is also
what the network is shown.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from bearwitness.extract import ages, parts, series, speakers, survey, text
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import Claim, Problem, Reading, Report, Speaker

if TYPE_CHECKING:
    from bearwitness.extract.model.network import Network

READER = "model/12"

__all__ = ["READER", "by_rules", "extract"]


def extract(report: Report, gazetteer: Gazetteer) -> Reading:
    """The mentions and claims of one report. Silence gives an empty reading with the problem ``no_violence``."""
    other = _unread(report)
    if other is not None:
        return other

    read = [found for one in parts.each(report) if (found := _read(one, gazetteer)) is not None]
    if not read:
        return Reading(problems=(survey.nothing(),))
    return series.told_apart(report, ages.told_as_ages(report, _voiced(report, parts.together(read))))


def _read(report: Report, gazetteer: Gazetteer) -> Reading | None:
    """The reading of one text; None if it tells of no violence."""
    plain = text.plain(report.text)
    if not survey.violent(plain):
        return None
    from bearwitness.extract.model.compose import compose

    return compose(survey.Survey(report, plain, gazetteer, every=True), network(), READER)


def by_rules(report: Report, gazetteer: Gazetteer) -> Reading:
    """What the first reader, rules alone, makes of a report."""
    from bearwitness.extract.compose import compose

    return _unread(report) or compose(report, gazetteer, "rules/1")


@cache
def network() -> Network:
    """The weights that the package carries, opened once a process."""
    from bearwitness.extract.model.network import Network

    return Network()


def _voiced(report: Report, reading: Reading) -> Reading:
    """``reading`` with a speaker for what nobody is said to say in a passage that is another's: a post, a quotation."""
    if not report.passages:
        return reading

    def voiced(claim: Claim) -> Claim:
        passage = report.passage(claim.start)
        if claim.speaker is not None or passage is None or passage.by is None:
            return claim
        by = passage.by
        speaker = Speaker(words=by, role=speakers.role_of(by), organisation=speakers.organisation(by))
        return msgspec.structs.replace(claim, id="", speaker=speaker)

    return msgspec.structs.replace(reading, claims=tuple(voiced(claim) for claim in reading.claims))


def _unread(report: Report) -> Reading | None:
    """The reading of a report in a language that is not read."""
    if report.language in (None, "en"):
        return None
    if any(problem.code == "unread_language" for problem in report.problems):
        return Reading()  # the reading stage has said so already
    sentence = f"This reader reads English; the report is in {report.language}."
    return Reading(
        problems=(Problem(code="unread_language", where=f"language {report.language}", sentence=sentence),)
    )
