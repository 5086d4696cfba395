"""One incident laid out for weighing: its mentions and claims in a fixed order, with rulings applied."""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from .. import copies, edtf, review
from ..pages import moved_on, replaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..pages import Version
    from ..record import About, Claim, Incident, Judgement, Mention, Report


LOOK_BACK = 60
"""Days after an event from which on an outlet that tells of it in its own voice looks back."""
LAST_DAY = date.max.toordinal()
"""The day from which on words count of which it is not known when anybody had them."""


class Since(NamedTuple):
    """From which day on something counts, as a date's ordinal, and by what: its publication or its capture."""

    day: int
    basis: Literal["published", "captured"]


class Case:
    """What a method weighs. ``claims`` are as read; ``live`` are without rejected and merely proposed ones and without
    those of editions in whose place (``replaced``) a later one of the same page tells of the event, and as corrected.
    The pages of ``moved_on`` tell of it no more. ``copies`` hold those among its reports, and may hold others.
    ``captured`` says when each report was first had (RFC 3339), for those that do not say when they were published."""

    def __init__(
        self,
        incident: Incident,
        mentions: Mapping[str, Mention],
        claims: Mapping[str, Sequence[Claim]],
        reports: Mapping[str, Report],
        judgements: Sequence[Judgement] = (),
        versions: Mapping[str, Version] | None = None,
        known: copies.Copies | None = None,
        captured: Mapping[str, str] | None = None,
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
        self.live = self._live()
        self.captured = captured or {}
        # One by one: who graded before stays to be seen.
        self.decisions = sorted(
            (one for one in judgements if one.verdict == "grade" and one.subject[0] in self.mentions),
            key=lambda one: (one.at, one.id),
        )
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

    def _live(self) -> list[Claim]:
        return [
            self.rulings.corrected.get(claim.id, claim)
            for claim in self.claims
            if review.stands(claim, self.rulings) and claim.report not in self.replaced
        ]

    def since(self, report_id: str, start: int) -> Since:
        """From which day on the words at ``start`` of a report count: the day they were published; the day the ledger got
        them where none is stated, and for every edition of a page but the first."""
        report = self.reports.get(report_id)
        told = report.published_at(start) if report is not None else None
        published = edtf.days(told)
        if published is not None and published.year and report_id not in self._later_editions:
            return Since(min(published.last, LAST_DAY), "published")
        had = edtf.days(self.captured.get(report_id))
        return Since(had.last if had is not None and had.year else LAST_DAY, "captured")

    @cached_property
    def _later_editions(self) -> frozenset[str]:
        """Reports that hold a later edition of a page of which another one was had before."""
        first: dict[str, tuple[str, str]] = {}
        for key, version in self.versions.items():
            had = (self.captured.get(key, ""), key)
            first[version.page] = min(first.get(version.page, had), had)
        return frozenset(self.versions) - {key for _, key in first.values()}

    def until(self, day: int) -> Case | None:
        """The case as it was published by the end of ``day`` (a date's ordinal), with people's judgements as they are now;
        ``None`` if nothing had been. What a page no longer tells is not known for an earlier day, and which edition was
        met last then is taken from now."""
        held = {
            key: mention
            for key, mention in self.mentions.items()
            if self.since(mention.report, mention.start).day <= day
        }
        claims = [
            claim
            for claim in self.claims
            if claim.mention in held and self.since(claim.report, claim.start).day <= day
        ]
        if len(held) == len(self.mentions) and len(claims) == len(self.claims):
            return self
        if not held:
            return None
        then = copy(self)
        then.__dict__.pop("_later_editions", None)
        telling = {mention.report for mention in held.values()}
        then.mentions, then.claims = held, claims
        then.reports = {key: report for key, report in self.reports.items() if key in telling}
        then.versions = {
            key: version._replace(last=True) for key, version in self.versions.items() if key in telling
        }
        then.replaced = replaced(telling, then.versions)
        then.moved_on = frozenset()
        then.live = then._live()
        return then

    def leaving_out(self, claims: frozenset[str]) -> Case:
        """The same case without these claims."""
        rest = copy(self)
        rest.claims = [claim for claim in self.claims if claim.id not in claims]
        rest.live = [claim for claim in self.live if claim.id not in claims]
        return rest

    def about(self, *abouts: About) -> Iterator[Claim]:
        """The live claims about any of ``abouts``."""
        return (claim for claim in self.live if claim.about in abouts)

    def background(self, claim: Claim) -> bool:
        """Whether the claim stands in a look back at this event: as background, or long after the day of it."""
        mention = self.mentions[claim.mention]
        day, told = edtf.days(mention.date), edtf.days(self.published(claim))
        late = day is not None and told is not None and told[0] - day[1] > LOOK_BACK
        return mention.background or late

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
