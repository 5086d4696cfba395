"""Incidents after something changed: what the new entries of the journal reach is derived anew, and the result is that of
deriving everything.

Reports that came, are read anew, or stand otherwise among the editions of their page; reports whose copies changed; judgements:
their mentions are linked again (``link.resettle``), the incidents this touches are assessed again, and of those beside them
what they show of each other is written anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bearwitness import copies, link, review
from bearwitness.link import Fact, Held
from bearwitness.record import Claim, Judgement, Mention
from bearwitness.store import Change

from .beside import Beside
from .copying import copies_around
from .deriving import RULES, by_subject, facts_in, told, weighed
from .kept import Kept
from .pages import standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bearwitness.provenance import Copy
    from bearwitness.record import Assessment, Incident, Reading, Report
    from bearwitness.store import Ledger, Links

    from .pages import Standing

MOST = 20_000
"""New entries of the journal up to which what changed is looked for among all; more, and all is derived anew."""
SHARE = 10
"""One in so many mentions, at most, may be linked again; more, and deriving all is quicker."""
FEW = 200
"""Reports that are always few."""


class _News(NamedTuple):
    """What changed: reports to be looked at anew, and judgements."""

    reports: set[str]
    judgements: list[Judgement]


def advance(ledger: Ledger) -> bool:
    """Bring what is derived up to the journal; false, with nothing written, if everything must be derived anew."""
    with ledger.relinking(Fact, by=RULES) as found:
        if found is None:
            return False
        links, after = found
        news = _news(ledger, links, after)
        if news is None:
            return False
        return _Advance(ledger, links).run(news)


def _many(reports: int, links: Links[Fact]) -> bool:
    """Whether so many reports are too many to be looked at one by one. Few are not compared with all, which would have to be counted."""
    return reports > FEW and reports > links.count() // SHARE


def _news(ledger: Ledger, links: Links[Fact], after: int) -> _News | None:
    """What the journal holds behind that place; nothing if that is too much."""
    lines = ledger.news(after, MOST + 1)
    if len(lines) > MOST:
        return None
    captures = {parent for kind, _, parent in lines if kind in ("report", "sighting") and parent}
    captures |= {id for kind, id, _ in lines if kind == "capture"}
    for page in sorted(set(ledger.pages_of(captures).values())):
        captures.update(capture.id for capture in ledger.captures_of(page))
    reports = {parent for kind, _, parent in lines if kind == "reading" and parent}
    if _many(max(len(captures), len(reports)), links):
        return None
    for capture in sorted(captures):
        reports.update(report.id for report in ledger.every_report_of(capture))
    judged = ledger.get_many(id for kind, id, _ in lines if kind == "judgement")
    return _News(reports, [one for _, one in sorted(judged.items()) if isinstance(one, Judgement)])


class _Advance:
    """One time that what is derived is brought up to the journal."""

    def __init__(self, ledger: Ledger, links: Links[Fact]) -> None:
        self._ledger = ledger
        self._links = links
        self._kept = Kept(links)
        self._dirty: set[str] = set()  # mentions whose events are settled anew
        self._changed: set[str] = set()  # mentions whose facts are not what they were
        self._retold: set[str] = set()  # mentions whose incidents are said and weighed anew
        self._undecided = True  # whether nobody judged anything yet
        self._judged: set[str] = set()  # mentions that new judgements bear on

    def run(self, news: _News) -> bool:
        """Do it, unless it is too much."""
        self._links.note(news.judgements)
        self._undecided = not self._links.decided()
        reports = set(news.reports)
        for judgement in news.judgements:
            if len(judgement.subject) == 1:
                judged = self._ledger.get_many(judgement.subject).values()
                reports |= {one.report for one in judged if isinstance(one, (Claim, Mention))}
            else:
                self._judged |= self._judged_with(judgement.subject)[0]
        self._dirty |= self._judged
        stirred = {one.id for one in self._ledger.reports_by_keys(self._links.stirred())}
        group = copies_around(self._ledger, reports | stirred)
        heads = copies.gathered(group).heads
        reports |= stirred | self._renamed(group, heads)
        if _many(len(reports), self._links):
            return False
        readings, counting = self._readings(reports)
        self._relist(reports, counting, heads)
        settled = link.resettle(self._kept, self._dirty, self._rulings)
        self._write(settled.before, settled.after, reports, readings)
        return True

    def _renamed(self, group: list[Copy], heads: Mapping[str, str]) -> set[str]:
        """The reports of a group of copies whose mentions are not kept under the head that the group has now."""
        kept: dict[str, set[str]] = {}
        for fact in self._links.told_by(
            {report for copy in group for report in (copy.first, copy.second)}
        ).values():
            kept.setdefault(link.reported(fact), set()).add(fact.copied)
        return {report for report, named in kept.items() if named != {heads.get(report, "")}}

    def _readings(
        self, reports: Collection[str]
    ) -> tuple[list[tuple[Report, Reading]], list[tuple[Report, Reading]]]:
        """What was read in ``reports``, and of that what counts: not what repeats another edition."""
        readings = self._ledger.readings_of(reports)
        repeats = self._standing(report for report, _ in readings).repeats
        return readings, [(report, reading) for report, reading in readings if report.id not in repeats]

    def _standing(self, reports: Iterable[Report]) -> Standing:
        pages = self._ledger.pages_of(report.capture for report in reports)
        return standing(self._ledger, sorted(set(pages.values())))

    def _relist(
        self, reports: set[str], readings: list[tuple[Report, Reading]], heads: Mapping[str, str]
    ) -> None:
        """Put the mentions of ``reports`` into the lists as they are now."""
        before = dict(self._links.told_by(reports))
        now: dict[int, Fact] = {}
        for report, reading in readings:
            rulings = self._claim_rulings(reading)
            found = copies.Copies(heads, {})
            now.update((link.key(fact.id), fact) for fact in facts_in(report, reading, rulings, found))
        for key, fact in sorted(before.items()):
            if now.get(key) != fact:
                self._dirty |= link.leave(self._kept, fact)
                self._changed.add(fact.id)
        for key, fact in sorted(now.items()):
            if before.get(key) != fact:
                self._dirty |= link.enter(self._kept, fact)
                self._changed.add(fact.id)
        self._retold = {fact.id for fact in now.values()}
        self._dirty |= self._retold

    def _claim_rulings(self, reading: Reading) -> review.Rulings:
        about = () if self._undecided else self._links.judgements(claim.id for claim in reading.claims)
        return review.apply(reading.claims, about)

    def _rulings(self, names: Collection[str]) -> review.Rulings:
        """The rulings on pairs that bear on ``names``."""
        return review.apply((), self._judged_with(names)[1])

    def _judged_with(self, names: Iterable[str]) -> tuple[set[str], list[Judgement]]:
        """All mentions that judgements on pairs tie to ``names``, one after the other, and those judgements."""
        if self._undecided:
            return set(names), []
        met, more = set(names), set(names)
        found: dict[str, Judgement] = {}
        while more:
            new = {one.id: one for one in self._links.judgements(more) if len(one.subject) == 2}
            found |= new
            more = {name for one in new.values() for name in one.subject} - met
            met |= more
        return met, [found[id] for id in sorted(found)]

    def _write(
        self,
        before: list[Held],
        after: list[Held],
        reports: set[str],
        readings: list[tuple[Report, Reading]],
    ) -> None:
        """Put the events ``after`` in the place of those ``before``, with all that this changes."""
        former = self._links.incidents_of(name for held in before for name in held.names)
        old = self._links.incidents(former.values())
        known = {_said(held): former[held.names[0]] for held in before}
        fresh = [
            held for held in after if _said(held) not in known or not self._retold.isdisjoint(held.names)
        ]
        stay = {known.get(_said(held)) for held in after} - {known.get(_said(held)) for held in fresh}
        made, assessments = self._conclusions(fresh)
        replaced = [old[id] for id in sorted(set(old) - stay)]
        beside = Beside(self._links, self._rulings, made, replaced)
        shown, others = beside.shown(self._changed, reports, self._judged)
        same = {one.id for one in shown if one.id in old and old[one.id].mentions == one.mentions}
        change = Change(
            gone={one.id for one in replaced} - {one.id for one in shown},
            regrouped=[one for one in shown if one.id not in same],
            rewritten=[*(one for one in shown if one.id in same), *others],
            assessments=assessments,
            reports=reports,
            readings=readings,
        )
        self._ledger.amend_views(self._links, change, by=RULES)

    def _conclusions(self, fresh: list[Held]) -> tuple[list[Incident], list[Assessment]]:
        """The incidents of events, without what shows beside others, and their assessments."""
        facts = self._links.facts(link.key(name) for held in fresh for name in held.names)
        where = {fact.id: link.reported(fact) for fact in facts.values()}
        records = told(self._ledger.readings_of(where.values()))
        versions = self._standing(records.reports.values()).versions
        found = copies.gathered(copies_around(self._ledger, records.reports))
        said = (claim.id for claims in records.claims.values() for claim in claims)
        decided = by_subject(() if self._undecided else self._links.judgements([*said, *records.mentions]))
        made: list[Incident] = []
        assessments: list[Assessment] = []
        for held in fresh:
            one = link.incident(held, records.mentions, records.reports, versions)
            made.append(one)
            assessments.append(weighed(one, records, decided, found, versions))
        return made, assessments


def _said(held: Held) -> Held:
    """An event with its joins in order, for comparing."""
    return Held(held.names, tuple(sorted(held.joins, key=lambda join: (join.first, join.second))))
