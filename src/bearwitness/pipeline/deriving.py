"""Incidents and assessments, derived from the facts in a ledger and from nothing else.

Of mentions only what linking needs is held; records are brought in event by event. ``again.py`` does the same for what
changed since.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bearwitness import assess, copies, link, review
from bearwitness.record import Assessment, Claim, Incident, Judgement, Mention, Report

from .kept import pairing
from .pages import standing

if TYPE_CHECKING:
    from bearwitness.link import Fact, Held, Spot
    from bearwitness.pages import Version
    from bearwitness.record import Reading
    from bearwitness.store import Ledger, Links

Progress = Callable[[str, int, int | None], None]
"""Called as ``progress(step, done, total)``; ``total`` is null where it is not known."""

RULES = f"{link.RULE} {assess.RULE} {copies.RULE}"
"""What the views are derived by; after an upgrade that changes it, they are out of date and not damaged."""

TOGETHER = 128
"""Mentions from which on no more events are brought in with them at once."""


_ENCODE = msgspec.msgpack.Encoder().encode
_DECODER = msgspec.msgpack.Decoder(Incident)


class Told(NamedTuple):
    """The records behind some events: mentions and reports by id, claims by mention."""

    mentions: dict[str, Mention]
    claims: dict[str, list[Claim]]
    reports: dict[str, Report]


def told(readings: Iterable[tuple[Report, Reading]]) -> Told:
    """What stands in some readings."""
    found = Told({}, {}, {})
    for report, reading in readings:
        found.reports[report.id] = report
        for mention in reading.mentions:
            found.mentions[mention.id] = mention
            found.claims.setdefault(mention.id, [])
        for claim in reading.claims:
            found.claims.setdefault(claim.mention, []).append(claim)
    return found


class Bringing:
    """The records behind events, brought in a few events at a time. They must be asked for in the order of ``events``."""

    def __init__(self, ledger: Ledger, where: Mapping[str, str], events: Iterable[Collection[str]]) -> None:
        self._ledger = ledger
        self._where = where
        self._events = iter(events)
        self._told = Told({}, {}, {})
        self._left = 0

    def __call__(self) -> Told:
        """What is behind the next event, and maybe others."""
        if not self._left:
            some: list[Collection[str]] = []
            while sum(map(len, some)) < TOGETHER and (names := next(self._events, None)) is not None:
                some.append(names)
            reports = {self._where[name] for names in some for name in names}
            self._told = told(self._ledger.readings_of(reports))
            self._left = len(some)
        self._left -= 1
        return self._told


class Derived:
    """All incidents of a ledger and their assessments by the default method, as they are worked out: the assessments first, since
    the records behind an event are then brought in once for both.

    Other methods are asked for one incident at a time (``weighing``): all six kept for every incident would take
    six times the room and two and a half times the time (bench/weighing_speed.py), and few of them are ever read.
    Of editions of a page that have one text, the first is taken in.
    """

    def __init__(self, ledger: Ledger, progress: Progress | None = None) -> None:
        self._ledger = ledger
        self._progress = progress
        self._judgements = sorted(ledger.records(Judgement), key=lambda judgement: judgement.id)
        self._versions, repeats = standing(ledger)
        self._copies = copies.gathered(ledger.copies())
        self._rulings = review.apply(_named(ledger, self._judgements), self._judgements)
        self._where: dict[str, str] = {}
        self._spots: list[Spot] = []
        self._web = link.weave(self._facts(repeats), self._rulings)
        self._drafts: deque[bytes] = deque()
        self.count = len(self._web.events)

    def _facts(self, repeats: Collection[str]) -> list[Fact]:
        lean = link.Lean()
        facts: list[Fact] = []
        for done, (report, reading) in enumerate(self._ledger.readings(), 1):
            if report.id not in repeats:
                facts += map(lean, facts_in(report, reading, self._rulings, self._copies))
                self._where.update((mention.id, report.id) for mention in reading.mentions)
            if self._progress:
                self._progress("gathering", done, None)
        return sorted(facts, key=lambda fact: fact.id)

    def assessments(self) -> Iterator[Assessment]:
        """Every incident's assessment, worked out as they are asked for."""
        decided = by_subject(self._judgements)
        bring = Bringing(self._ledger, self._where, (held.names for held in self._web.events))
        for done, held in enumerate(self._web.events, start=1):
            records = bring()
            one = link.incident(held, records.mentions, records.reports, self._versions)
            self._drafts.append(_ENCODE(one))
            yield weighed(one, records, decided, self._copies, self._versions)
            if self._progress:
                self._progress("assessing", done, self.count)

    def incidents(self) -> Iterator[Incident]:
        """Every incident, in order of their ids, after all assessments were asked for, and once."""

        def draft(held: Held) -> Incident:
            return _DECODER.decode(self._drafts.popleft())

        return link.incidents(self._web, self._rulings, draft, self._spots)

    def fill(self, links: Links[Fact]) -> None:
        """Keep what linking needs to go on from here."""
        web = self._web
        links.fill(
            ((link.key(fact.id), self._where[fact.id], fact, link.entries(fact)) for fact in web.facts),
            (pairing(edge, support) for edge, support in web.edges.rows()),
            web.tangles,
            self._spots,
            self._judgements,
        )


def _named(ledger: Ledger, judgements: Iterable[Judgement]) -> list[Claim]:
    """The claims that judgements are on."""
    records = ledger.get_many(one.subject[0] for one in judgements if len(one.subject) == 1)
    return [record for record in records.values() if isinstance(record, Claim)]


def facts_in(report: Report, reading: Reading, rulings: review.Rulings, found: copies.Copies) -> list[Fact]:
    """What linking needs to know of the mentions of one report."""
    claims: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        claims.setdefault(claim.mention, []).append(claim)
    return link.facts_of(reading.mentions, claims, {report.id: report}, rulings, found)


def weighed(
    incident: Incident,
    records: Told,
    decided: Mapping[str, Sequence[Judgement]],
    found: copies.Copies,
    versions: Mapping[str, Version],
) -> Assessment:
    """The assessment of an incident by the default method; ``decided`` are judgements by claim or mention."""
    told = [claim.id for name in incident.mentions for claim in records.claims[name]] + [*incident.mentions]
    # Those on pairs have done their work in linking; all of them for each incident would be a square.
    binding = [judgement for name in told for judgement in decided.get(name, ())]
    return assess.assess(
        incident, records.mentions, records.claims, records.reports, binding, found, versions=versions
    )


def by_subject(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """The judgements on claims and grades, by the id of the claim or mention."""
    found: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if len(judgement.subject) == 1:
            found.setdefault(judgement.subject[0], []).append(judgement)
    return found
