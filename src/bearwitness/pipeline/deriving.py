"""Incidents and assessments, derived from the facts in a ledger and from nothing else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bearwitness import assess, copies, link
from bearwitness.record import Assessment, Claim, Incident, Judgement, Mention, Report

from .pages import standing

if TYPE_CHECKING:
    from bearwitness.store import Ledger

Progress = Callable[[str, int, int | None], None]
"""Called as ``progress(step, done, total)``; ``total`` is null where it is not known."""

RULES = f"{link.RULE} {assess.RULE} {copies.RULE}"
"""What the views are derived by; after an upgrade that changes it, they are out of date and not damaged."""

REMEMBERED = 16_000_000
"""Characters of the texts that are held in memory at a time: those of some five thousand reports."""


class Reports(Mapping[str, Report]):
    """The reports of a ledger by id, brought in when asked for; only the last few stay in memory."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._ids: set[str] = set()
        self._recent: OrderedDict[str, Report] = OrderedDict()
        self._held = 0

    def __getitem__(self, identifier: str) -> Report:
        """The report of that id; ``KeyError`` if it does not count."""
        if identifier in self._recent:
            self._recent.move_to_end(identifier)
            return self._recent[identifier]
        if identifier not in self._ids:
            raise KeyError(identifier)
        report = self._ledger.get(identifier)
        if not isinstance(report, Report):
            raise KeyError(identifier)
        self._remember(report)
        return report

    def take(self, report: Report) -> None:
        """Count ``report`` among those that are there; it is at hand, so it is remembered too."""
        self._ids.add(report.id)
        self._remember(report)

    def _remember(self, report: Report) -> None:
        if report.id in self._recent:
            return
        self._recent[report.id] = report
        self._held += len(report.text)
        while self._held > REMEMBERED and len(self._recent) > 1:
            self._held -= len(self._recent.popitem(last=False)[1].text)

    def __contains__(self, identifier: object) -> bool:
        """Whether there is such a report; nothing is brought in for that."""
        return identifier in self._ids

    def __iter__(self) -> Iterator[str]:
        """Ids in order, so that nothing depends on when a report was added."""
        return iter(sorted(self._ids))

    def __len__(self) -> int:
        """How many reports count."""
        return len(self._ids)


def derive(ledger: Ledger, progress: Progress | None = None) -> tuple[list[Incident], Iterator[Assessment]]:
    """Every incident, and its assessment by the default method, as they are worked out.

    Other methods are asked for one incident at a time (``weighing``): all six kept for every incident would take
    six times the room and two and a half times the time (bench/weighing_speed.py), and few of them are ever read.
    Of editions of a page that have one text, the first is taken in.
    """
    mentions: dict[str, Mention] = {}
    claims: dict[str, list[Claim]] = {}
    reports = Reports(ledger)
    versions, repeats = standing(ledger)
    for report, reading in ledger.readings():
        if report.id in repeats:
            continue
        reports.take(report)
        for mention in reading.mentions:
            mentions[mention.id] = mention
            claims.setdefault(mention.id, [])
        for claim in reading.claims:
            claims.setdefault(claim.mention, []).append(claim)
        if progress:
            progress("gathering", len(reports), None)
    judgements = sorted(ledger.records(Judgement), key=lambda judgement: judgement.id)
    decided = _by_subject(judgements)
    in_order = [mentions[identifier] for identifier in sorted(mentions)]
    found = copies.gathered(ledger.copies())
    incidents = link.link(in_order, claims, reports, judgements, versions, found)

    def assessments() -> Iterator[Assessment]:
        for done, incident in enumerate(incidents, start=1):
            told = [claim.id for name in incident.mentions for claim in claims[name]] + [*incident.mentions]
            # Those on pairs have done their work in linking; all of them for each incident would be a square.
            binding = [judgement for name in told for judgement in decided.get(name, ())]
            yield assess.assess(incident, mentions, claims, reports, binding, found, versions=versions)
            if progress:
                progress("assessing", done, len(incidents))

    return incidents, assessments()


def _by_subject(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """The judgements on claims and grades, by the id of the claim or mention."""
    found: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if len(judgement.subject) == 1:
            found.setdefault(judgement.subject[0], []).append(judgement)
    return found
