"""One incident laid out for weighing: its mentions and claims in a fixed order, with rulings applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import copies, review
from ..pages import moved_on, replaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..pages import Version
    from ..record import About, Claim, Incident, Judgement, Mention, Report


class Case:
    """What a method weighs. ``claims`` are as read; ``live`` are without rejected and merely proposed ones and without
    those of editions in whose place (``replaced``) a later one of the same page tells of the event, and as corrected.
    The pages of ``moved_on`` tell of it no more. ``copies`` hold those among its reports, and may hold others."""

    def __init__(
        self,
        incident: Incident,
        mentions: Mapping[str, Mention],
        claims: Mapping[str, Sequence[Claim]],
        reports: Mapping[str, Report],
        judgements: Sequence[Judgement] = (),
        versions: Mapping[str, Version] | None = None,
        known: copies.Copies | None = None,
    ) -> None:
        self.incident = incident
        self.mentions = {key: mentions[key] for key in incident.mentions}
        telling = {mention.report for mention in self.mentions.values()}
        self.versions = {key: versions[key] for key in telling if key in versions} if versions else {}
        self.replaced = replaced(telling, self.versions)
        self.moved_on = moved_on(telling - self.replaced, self.versions)
        read = [claim for key in incident.mentions for claim in claims.get(key, ())]
        self.claims = sorted({claim.id: claim for claim in read}.values(), key=self._order)
        self.rulings = review.apply(self.claims, judgements)
        # One by one: who graded before stays to be seen.
        self.decisions = sorted(
            (one for one in judgements if one.verdict == "grade" and one.subject[0] in self.mentions),
            key=lambda one: (one.at, one.id),
        )
        self.live = [
            self.rulings.corrected.get(claim.id, claim)
            for claim in self.claims
            if review.stands(claim, self.rulings) and claim.report not in self.replaced
        ]
        self.reports = {claim.report: reports[claim.report] for claim in read if claim.report in reports} | {
            mention.report: reports[mention.report]
            for mention in self.mentions.values()
            if mention.report in reports
        }

        # Most incidents are told once, and comparing costs more than all the rest.
        told = self.reports.values() if len(self.reports) > 1 else ()
        self.copies = known or copies.among(told)

    @staticmethod
    def _order(claim: Claim) -> tuple[str, int, int, str]:
        return claim.report, claim.start, claim.end, claim.id

    def about(self, *abouts: About) -> Iterator[Claim]:
        """The live claims about any of ``abouts``."""
        return (claim for claim in self.live if claim.about in abouts)

    def background(self, claim: Claim) -> bool:
        """Whether the claim stands in a look back at this event."""
        return self.mentions[claim.mention].background

    def published(self, claim: Claim) -> str | None:
        """When the words of the claim were published (EDTF): the report, or the part of it that they stand in."""
        report = self.reports.get(claim.report)
        return report.published_at(claim.start) if report is not None else None

    def outlet(self, report_id: str) -> str:
        """The name of the outlet of a report, or its title; never its source, which may name a private folder."""
        report = self.reports.get(report_id)
        if report is None:
            return "an unknown outlet"
        return report.outlet or (f"the page “{report.title}”" if report.title else "an untitled page")

    def who(self, claim: Claim) -> str:
        """Who makes the claim, for a sentence."""
        if claim.speaker is None:
            return f"{self.outlet(claim.report)} in its own voice"
        return claim.speaker.name
