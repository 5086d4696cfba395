"""One incident weighed anew when somebody asks: by another method, as of a day, over time, with something left out.

The views of a ledger keep one method for all incidents; the rest follows from the same records, at a cost that depends on
the incident and not on the ledger.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bearwitness import assess, copies, edtf
from bearwitness.errors import InputError
from bearwitness.record import Judgement, Mention, Report
from bearwitness.visit import page_at

from .copying import copies_around
from .deriving import by_subject
from .pages import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bearwitness.record import Assessment, Claim, Incident
    from bearwitness.store import Ledger


def case_of(
    ledger: Ledger,
    incident: Incident,
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    reports: Iterable[Report],
    judgements: Iterable[Judgement],
) -> assess.Case:
    """The case of one incident, laid out as it is when all incidents are derived."""
    told = {report.id: report for report in reports}
    by_mention: dict[str, list[Claim]] = {}
    for claim in claims:
        by_mention.setdefault(claim.mention, []).append(claim)
    captures = ledger.get_many(report.capture for report in told.values())
    return assess.Case(
        incident,
        {mention.id: mention for mention in mentions},
        by_mention,
        told,
        [judgement for judgement in judgements if len(judgement.subject) == 1],
        standing(ledger, {page for report in told.values() if (page := page_at(report.source))}).versions,
        copies.gathered(copies_around(ledger, told)),
        {key: getattr(captures[report.capture], "captured_at", "") for key, report in told.items()},
    )


class Weighing:
    """Assessments of incidents by one method: those by the default method as they are kept, by another weighed when they
    are asked for. Raises ``InputError`` for a method that does not exist."""

    def __init__(self, ledger: Ledger, method: str) -> None:
        self._ledger, self._method = ledger, assess.chosen(method)

    @cached_property
    def _decided(self) -> dict[str, list[Judgement]]:
        return by_subject(sorted(self._ledger.records(Judgement), key=lambda one: one.id))

    def of(self, incident: Incident) -> Assessment | None:
        """The assessment of an incident; ``None`` if it is to be kept and is not."""
        ledger = self._ledger
        if self._method.name == assess.DEFAULT:
            return ledger.assessment(incident.id, assess.DEFAULT)
        mentions = [one for one in ledger.get_many(incident.mentions).values() if isinstance(one, Mention)]
        claims = ledger.claims_in(incident.id)
        read = ledger.get_many({mention.report for mention in mentions}).values()
        reports = [one for one in read if isinstance(one, Report)]
        told = (*(claim.id for claim in claims), *incident.mentions)
        binding = [judgement for name in told for judgement in self._decided.get(name, ())]
        case = case_of(ledger, incident, mentions, claims, reports, binding)
        return assess.weigh(assess.Ground(case), self._method)

    def all(self) -> Iterator[tuple[Incident, Assessment]]:
        """All incidents with theirs, in the order of their ids, one at a time. To weigh them anew takes about as long as a
        rebuild does for the weighing."""
        if self._method.name == assess.DEFAULT:
            yield from self._ledger.assessed(assess.DEFAULT)
            return
        for incident in self._ledger.incidents():
            assessment = self.of(incident)
            if assessment is not None:
                yield incident, assessment


def last_day(words: str) -> int:
    """The last day that a date (EDTF, "2031-10-18" or "2031-10") may mean, as an ordinal; ``InputError`` if it is none."""
    days = edtf.days(words)
    if days is None or not days.year:
        raise InputError(f"{words!r} is no date with a year; write it as 2031-10-18, 2031-10 or 2031")
    return days.last
