"""Totals over a ledger's incidents, and how they move without a source or a side."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Any

import msgspec

from bearwitness import assess, copies
from bearwitness.assess.sides import NAMES, Sides
from bearwitness.errors import InputError
from bearwitness.publish.tables import safe_cell
from bearwitness.totals import (
    BREAKDOWNS,
    By,
    Figures,
    Group,
    Line,
    Move,
    Totals,
    Uncertain,
    entry,
    figures,
)

from .comparing import Scope
from .giving import fresh
from .pages import standing
from .weighing import Weighing, brought

__all__ = ["BREAKDOWNS", "Totalled", "Totals", "totals", "totals_csv"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bearwitness.record import Assessment, Claim, Incident
    from bearwitness.store import Ledger

    from .deriving import Progress


class Totalled(msgspec.Struct, frozen=True, kw_only=True):
    """Totals as values. All sums are outer bounds. ``better`` are incidents graded confirmed or fair, ``others`` all other
    grades; ``running`` are running totals of many events, which are not added to either. ``moves`` are empty unless asked
    for; ``let_go`` is how many sources they leave out since there were too many."""

    method: str
    better: Group
    others: Group
    running: Group
    by: dict[str, list[Line]]
    uncertain: list[Uncertain]
    moves: list[Move] = []
    let_go: int = 0


def totals(
    ledger: Ledger,
    by: Iterable[By] = (),
    *,
    method: str = assess.DEFAULT,
    within: Scope | None = None,
    grades: Iterable[str] = (),
    kinds: Iterable[str] = (),
    sensitivity: bool = False,
    progress: Progress | None = None,
) -> Totalled:
    """The totals of the incidents in scope by a method. ``sensitivity`` weighs each incident again without each of its
    sources and sides, which takes about as long as a rebuild.

    Raises ``InputError`` for a method that does not exist, ``LedgerError`` if the incidents are not up to date.
    """
    if method not in assess.METHODS:
        raise InputError(f"there is no method {method!r}; choose one of: {', '.join(sorted(assess.METHODS))}")
    fresh(ledger)
    scope, of_grades, of_kinds = within or Scope(), set(grades), set(kinds)
    wanted = list(dict.fromkeys(by))
    counted: list[By] = [*wanted, "grade"] if sensitivity else wanted
    found = Totals(counted)
    again = _Again(ledger, method) if sensitivity else None
    for done, (incident, assessment) in enumerate(Weighing(ledger, method).all(), start=1):
        if progress:
            progress("adding up", done, None)
        one = entry(incident, assessment)
        if not scope.holds(one.days, one.country) or (of_grades and one.grade not in of_grades):
            continue
        if of_kinds and one.kind not in of_kinds:
            continue
        found.add(one)
        if again is not None and one.kind != "total":
            again.move(found, incident, assessment)
    return Totalled(
        method=method,
        better=found.better,
        others=found.others,
        running=found.running,
        by={name: found.lines(name) for name in wanted},
        uncertain=found.uncertain,
        moves=found.moves() if sensitivity else [],
        let_go=found.let_go,
    )


class _Again:
    """Incidents weighed again without some of their claims."""

    def __init__(self, ledger: Ledger, method: str) -> None:
        self._ledger = ledger
        self._method = method
        self._weighing = Weighing(ledger, method)
        # Of all at once: every incident is weighed several times.
        self._copies = copies.gathered(ledger.copies())
        self._versions = standing(ledger).versions

    def move(self, found: Totals, incident: Incident, assessment: Assessment) -> None:
        """Count how the incident's dead change without each of its sources, and without each side."""
        before = figures(assessment.killed)
        if before.low is None and before.best is None and before.high is None:
            return
        records = brought(self._ledger, incident)
        claims = records.claims
        dead = {claim.id for claim in claims if claim.about == "killed"}
        mentions = {one.id: one for one in records.mentions}
        reports = {one.id: one for one in records.reports}
        decided = self._weighing.decided(records)

        def without(left_out: set[str]) -> Figures:
            by_mention: dict[str, list[Claim]] = {name: [] for name in incident.mentions}
            for claim in claims:
                if claim.id not in left_out:
                    by_mention[claim.mention].append(claim)
            rest = [judgement for judgement in decided if judgement.subject[0] not in left_out]
            weighed = assess.assess(
                incident, mentions, by_mention, reports, rest, self._copies,
                method=self._method, versions=self._versions,
            )  # fmt: skip
            return figures(weighed.killed)

        for name, said in _by_source(assessment):
            if said & dead:
                found.move("source", name, before, without(said))
        by_mention: dict[str, list[Claim]] = {}
        for claim in claims:
            by_mention.setdefault(claim.mention, []).append(claim)
        sides = Sides(
            assess.Case(incident, mentions, by_mention, reports, decided, self._versions, self._copies)
        )
        by_side: dict[str, set[str]] = {}
        for claim in claims:
            by_side.setdefault(NAMES[sides.of(claim.speaker)], set()).add(claim.id)
        for name, said in sorted(by_side.items()):
            if said & dead:
                found.move("side", name, before, without(said))


def _by_source(assessment: Assessment) -> Iterator[tuple[str, set[str]]]:
    """The claims of each source by its name; one name may stand for several origins of an incident."""
    found: dict[str, set[str]] = {}
    for origin in assessment.origins:
        found.setdefault(origin.name, set()).update(origin.claims)
    yield from sorted(found.items())


_SUMS = ("known", "low", "best", "high", "open")
COLUMNS = (
    "by", "label", "status", "grades", "incidents",
    *(f"{about}_{part}" for about in ("killed", "injured") for part in _SUMS),
)  # fmt: skip
"""The columns of totals as CSV."""


def totals_csv(found: Totalled, file: IO[str]) -> None:
    """Write the totals as CSV: a line for each sum, those of confirmed and fair grades apart from those of others."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)

    def write(by: str, label: str, status: str, grades: str, group: Group) -> None:
        sums = [getattr(held, part) for held in (group.killed, group.injured) for part in _SUMS]
        cells: list[Any] = [by, label, status, grades, group.incidents, *sums]
        writer.writerow([safe_cell(cell) for cell in cells])

    write("all", "", "", "confirmed, fair", found.better)
    write("all", "", "", "weak, contested, discounted", found.others)
    write("running totals, not added", "", "", "any", found.running)
    for name, lines in found.by.items():
        for line in lines:
            if line.better.incidents:
                write(name, line.label, line.status, "confirmed, fair", line.better)
            if line.others.incidents:
                write(name, line.label, line.status, "weak, contested, discounted", line.others)
