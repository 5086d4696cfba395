"""Pages of the web in a ledger: which reports are editions of one page, when they were met, and what became of it."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import UNSET, UnsetType

from bearwitness.changes import between
from bearwitness.pages import Edition, Fate, Page, Spell, Version, instead_of
from bearwitness.record import Report
from bearwitness.visit import address_of, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bearwitness.record import Capture, Claim
    from bearwitness.store import Ledger
    from bearwitness.visit import Hearsay, Visit

State = Literal["online", "gone", "elsewhere"]
CAME = ("new", "changed", "unchanged")


class Standing(NamedTuple):
    """How reports stand as editions of pages that were met more than once: the version of each, and those that
    only repeat another word for word."""

    versions: dict[str, Version]
    repeats: frozenset[str]


class Turn(NamedTuple):
    """That a page was met at ``stood`` with one edition (its report) and the next time, at ``gone``, with another."""

    before: str
    after: str
    stood: str
    gone: str


class _Wording:
    """One edition on its way: reports with one text, and when they were met."""

    def __init__(self) -> None:
        self.reports: list[tuple[str, str]] = []
        self.times: list[str] = []
        self.instead: str | UnsetType = UNSET

    @property
    def report(self) -> str:
        """The report that stands for the edition: the one captured first."""
        return min(self.reports)[1]


def standing(ledger: Ledger, pages: Iterable[str] | None = None) -> Standing:
    """How the reports of pages that were met more than once stand to each other: of ``pages``, or of all. Visits that
    brought nothing new change nothing in it."""
    versions: dict[str, Version] = {}
    repeats: set[str] = set()
    for page in ledger.pages_met_again() if pages is None else sorted(pages):
        captures = ledger.captures_of(page)
        if len(captures) < 2:
            continue
        found = list(_wordings(ledger, captures, _met(ledger, captures)).values())
        found.sort(key=lambda one: (max(one.times), min(one.times), one.report))
        for rank, one in enumerate(found):
            versions[one.report] = Version(page, rank, one is found[-1])
            repeats.update(report for _, report in one.reports if report != one.report)
    return Standing(versions, frozenset(repeats))


def _met(ledger: Ledger, captures: Sequence[Capture]) -> dict[str, list[str]]:
    """When the bytes of each of ``captures`` were met."""
    times = {capture.id: [capture.captured_at] for capture in captures}
    for sighting in ledger.sightings_of(list(times)):
        times[sighting.capture].append(sighting.at)
    return times


def _wordings(
    ledger: Ledger, captures: Sequence[Capture], times: Mapping[str, list[str]]
) -> dict[str, _Wording]:
    """The wordings of one page by the digest of their text. Captures that gave no text are of none."""
    found: dict[str, _Wording] = {}
    for report in ledger.reports_of([capture.id for capture in captures]):
        if report.text.strip():
            one = found.setdefault(report.text_sha256, _Wording())
            one.reports.append((min(times[report.capture]), report.id))
            one.times += times[report.capture]
            one.instead = instead_of(problem.code for problem in report.problems)
    return found


class History:
    """All that a ledger knows of the page at one address."""

    def __init__(self, ledger: Ledger, address: str) -> None:
        captures = ledger.captures_of(page_of(address))
        visits = _visits(ledger, address, captures)
        told = ledger.hearsay_of(address)
        times = _met(ledger, captures)
        for visit in visits:
            if visit.outcome in CAME and visit.kept and visit.kept.capture in times:
                times[visit.kept.capture].append(visit.at)
        self._wordings = _wordings(ledger, captures, times)
        editions = [
            Edition(
                report=one.report,
                first=min(one.times),
                last=max(one.times),
                captures=len(one.reports),
                instead=one.instead,
            )
            for one in self._wordings.values()
        ]
        self.page = Page(
            address=address,
            editions=tuple(sorted(editions, key=lambda one: (one.first, one.report))),
            spells=tuple(_spells(address, visits, times, told)),
        )
        self.known = bool(captures or visits or told)

    def leavings(self) -> dict[str, Turn]:
        """By report: how the page left each of its editions but the one it was last met with."""
        turns = self.turns()
        left = {turn.before: turn for turn in turns}
        if turns:
            left.pop(turns[-1].after, None)
        return left

    def turns(self) -> list[Turn]:
        """Every time that the page was met with another edition than the time before, in order."""
        met = sorted((at, one.report) for one in self._wordings.values() for at in set(one.times))
        return [
            Turn(before, after, stood, gone)
            for (stood, before), (gone, after) in pairwise(met)
            if before != after
        ]


def _visits(ledger: Ledger, address: str, captures: Iterable[Capture]) -> list[Visit]:
    """The visits of a page: of its address, or else of those that led to it."""
    found = list(ledger.visits_of(address))
    if not found:
        asked = {capture.asked for capture in captures if isinstance(capture.asked, str)}
        found = [visit for one in sorted(asked) for visit in ledger.visits_of(one)]
    return sorted(found, key=lambda visit: visit.at)


def _spells(
    address: str, visits: Iterable[Visit], captures: Mapping[str, object], told: Sequence[Hearsay]
) -> Iterator[Spell]:
    """The spells by what visits found, and by what web archives say of others' visits if they say that it was gone."""
    found: list[tuple[str, State, bool]] = []
    for visit in visits:
        if visit.outcome == "gone":
            found.append((visit.at, "gone", False))
        elif visit.outcome in CAME and visit.kept is not None:
            here = visit.kept.capture in captures or address_of(visit.final) == address
            found.append((visit.at, "online" if here else "elsewhere", False))
    if any(one.gone for one in told):
        found += [(one.at, "gone", True) for one in told if one.gone]
        found += [(one.at, "online", True) for one in told if one.capture or one.sort == "revisit"]
    for state, run in groupby(sorted(found, key=lambda one: one[0]), key=lambda one: one[1]):
        points = list(run)
        only_told = all(one[2] for one in points)
        yield Spell(state=state, first=points[0][0], last=points[-1][0], told=True if only_told else UNSET)


def histories(ledger: Ledger, reports: Iterable[Report]) -> dict[str, History]:
    """The histories of the pages that ``reports`` came from, by address, in order."""
    addresses = {address for report in reports if (address := address_of(report.source)) is not None}
    return {address: History(ledger, address) for address in sorted(addresses)}


def fates(
    ledger: Ledger, histories: Mapping[str, History], reports: Sequence[Report], claims: Iterable[Claim]
) -> list[Fate]:
    """What became of those of ``claims`` that their pages make no more, in the order of the claims."""
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.report, []).append(claim)
    left = {report: turn for history in histories.values() for report, turn in history.leavings().items()}
    found: dict[str, Fate] = {}
    for report in reports:
        if (turn := left.get(report.id)) is None:
            continue
        after = ledger.get(turn.after)
        assert isinstance(after, Report)
        became = between(report, told.get(report.id, []), after, ledger.claims_of(after.id))
        instead = instead_of(problem.code for problem in after.problems)
        for gone in (*became.changed, *became.vanished):
            now = became.changed.get(gone)
            what: Literal["changed", "vanished", "not_told"] = "changed" if now else "vanished"
            if not now and instead:
                what = "not_told"
            found[gone] = Fate(
                claim=gone,
                became=what,
                stood=turn.stood,
                gone=turn.gone,
                now=now,
                instead=instead if what == "not_told" else UNSET,
            )
    return [found[claim.id] for many in told.values() for claim in many if claim.id in found]
