"""One incident weighed anew when somebody asks: by another method, as of a day, over time, with something left out.

The views of a ledger keep one method for all incidents; the rest follows from the same records, at a cost that depends on
the incident and not on the ledger.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bearwitness import assess, copies, edtf
from bearwitness.errors import InputError
from bearwitness.record import Claim, Judgement, Mention, Report
from bearwitness.visit import page_at

from .copying import copies_around
from .deriving import by_subject
from .pages import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bearwitness.record import Assessment, Incident
    from bearwitness.store import Ledger

LAST = "9999"
"""Sorts reports whose day is not known behind the others."""


class Brought(NamedTuple):
    """The records behind one incident: mentions in its order, claims by mention and place in the report, reports in the order they
    were published, those of an unknown day last."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    reports: tuple[Report, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of its mentions and claims, on which judgements may be."""
        return (*(one.id for one in self.mentions), *(one.id for one in self.claims))


def brought(ledger: Ledger, incident: Incident) -> Brought:
    """The records behind an incident, at a cost that depends on it and not on the ledger."""
    kept = ledger.get_many(incident.mentions)
    mentions = tuple(one for one in (kept[name] for name in incident.mentions) if isinstance(one, Mention))
    read = ledger.get_many({mention.report for mention in mentions}).values()
    reports = [one for one in read if isinstance(one, Report)]
    reports.sort(key=lambda one: (one.published or LAST, one.outlet or "", one.id))
    return Brought(mentions, tuple(ledger.claims_in(incident.id)), tuple(reports))


def case_of(
    ledger: Ledger, incident: Incident, records: Brought, judgements: Iterable[Judgement]
) -> assess.Case:
    """The case of one incident, laid out as it is when all incidents are derived."""
    told = {report.id: report for report in records.reports}
    by_mention: dict[str, list[Claim]] = {}
    for claim in records.claims:
        by_mention.setdefault(claim.mention, []).append(claim)
    captures = ledger.get_many(report.capture for report in told.values())
    return assess.Case(
        incident,
        {mention.id: mention for mention in records.mentions},
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
        if self._method.name == assess.DEFAULT:
            return self._ledger.assessment(incident.id, assess.DEFAULT)
        return assess.weigh(assess.Ground(self.case(incident)), self._method)

    def case(self, incident: Incident) -> assess.Case:
        """The case of an incident, for weighing it anew."""
        records = brought(self._ledger, incident)
        return case_of(self._ledger, incident, records, self.decided(records))

    def decided(self, records: Brought) -> list[Judgement]:
        """The judgements on what is behind an incident."""
        return [judgement for name in records.names for judgement in self._decided.get(name, ())]

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
