"""Figures over many incidents, stated as what they are, and what the methodology page counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from bearwitness.publish import dates, words
from bearwitness.totals import NOT_KNOWN, SEVERAL, By, Entry, Group, Totals, entry
from bearwitness.totals import Line as Told
from bearwitness.totals import Sum as Added

if TYPE_CHECKING:
    from bearwitness.publish.lines import Line
    from bearwitness.publish.names import Names
    from bearwitness.record import Dossier, Shelf

ROWS = 200
"""Lines of one breakdown on the page of totals; the file of incidents holds all."""
PARTS: dict[By, tuple[str, str]] = {
    "month": ("By month", "Incidents whose days do not settle the month stand by themselves."),
    "country": ("By country", "Where it is said to have happened."),
    "admin1": ("By province", "The first level below the country, where the place was found."),
    "town": ("By town", "Where the place is a town or finer."),
    "actor": (
        "By whom it is laid to",
        "Accusations, claims of one’s own and concessions apart. An incident stands under each party: do not add these up.",
    ),
    "grade": ("By grade", "How well the claims support each other, not what happened."),
    "kind": ("By kind of event", "As reported."),
}


class Met:
    """What was met on the way through dossiers and shelves: codes, methods, readers, outlets, languages."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()
        self.methods: Counter[str] = Counter()
        self.readers: Counter[str] = Counter()
        self.outlets: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.problems: Counter[str] = Counter()
        self.claims = 0
        self.names: dict[str, tuple[str, ...]] = {}

    def dossier(self, dossier: Dossier, names: Names) -> None:
        """Count one incident's codes, and note which names its reports' pages must keep back too."""
        for report in dossier.reports if names else ():
            self.names[report.id] = (*self.names.get(report.id, ()), *names.names)
        assessment = dossier.assessment
        self.methods[assessment.method] += 1
        self.reasons[assessment.grade_rule] += 1
        self.reasons.update(tie.code for origin in assessment.origins for tie in origin.ties)
        for toll in (assessment.killed, assessment.injured, *assessment.other):
            self.reasons.update(toll.reasons)
            self.reasons.update(reason.code for reason in (*toll.counted, *toll.left_out))

    def shelf(self, shelf: Shelf) -> None:
        """Count one report's outlet, language, reader and problems."""
        report = shelf.report
        self.outlets[words.outlet(report)] += 1
        self.languages[words.LANGUAGE.get(report.language or "", report.language or "not known")] += 1
        self.readers[report.reader] += 1
        self.readers.update({claim.reader for claim in shelf.claims if claim.reader})
        self.problems.update(problem.code for problem in report.problems)
        self.claims += len(shelf.claims)


class Row(msgspec.Struct, frozen=True):
    """One line of a breakdown in words: its label, and for confirmed and fair grades, then for all others, how many
    incidents and what they add up to."""

    label: str
    better: tuple[int, str, str]
    others: tuple[int, str, str]


class Part(msgspec.Struct, frozen=True):
    """One breakdown. ``more`` is how many lines are left out."""

    key: str
    title: str
    note: str
    rows: tuple[Row, ...]
    more: int


def shown(one: Entry, names: Names) -> Entry:
    """What is counted of an incident, without the names to keep back."""
    actors = tuple(
        actor._replace(key=names.hide(actor.key), name=names.hide(actor.name)) for actor in one.actors
    )
    town = names.hide(one.town) if one.town else None
    return one._replace(title=names.hide(one.title), town=town, actors=actors)


def counted(found: Totals, dossier: Dossier, names: Names) -> None:
    """Count one incident in the totals that are shown."""
    found.add(shown(entry(dossier.incident, dossier.assessment), names))


def parts(found: Totals) -> list[Part]:
    """The breakdowns of the page of totals."""
    told = []
    for key, (title, note) in PARTS.items():
        lines = found.lines(key)
        rows = tuple(
            Row(_label(key, line), _cells(line.better), _cells(line.others)) for line in lines[:ROWS]
        )
        told.append(Part(key, title, note, rows, max(0, len(lines) - ROWS)))
    return told


def _label(key: By, line: Told) -> str:
    label = line.label
    if key == "actor":
        said = words.ASSERTION_STATUS.get(line.status, line.status)
        return f"{label} ({said})" if said else "Nobody named"
    if label in (NOT_KNOWN, SEVERAL):
        return label.capitalize()
    if key == "month":
        return dates.read(label).words
    if key == "grade":
        return words.GRADE[label][0]
    if key == "kind":
        return words.KIND[label]
    head, _, country = label.rpartition(", ")
    return ", ".join(part for part in (head, words.country(country)) if part)


def _cells(group: Group) -> tuple[int, str, str]:
    return group.incidents, added(group.killed), added(group.injured)


def added(held: Added) -> str:
    """A sum in words: its low and high end, and whether it may be more."""
    if not held.known:
        return "not known"
    return words.figure(held.low, held.high) + (" or more" if held.open else "")


class Sum(msgspec.Struct, frozen=True):
    """A sum over incidents: an outer bound, since lows and highs are added by themselves."""

    label: str
    note: str
    incidents: int
    killed: str
    injured: str
    open_end: bool


def headline(lines: Iterable[Line]) -> tuple[Sum, Sum]:
    """The sums of the better graded incidents, and apart from them of all others."""
    every = [line for line in lines if line.kind != "total"]
    better = [line for line in every if line.grade in ("confirmed", "fair")]
    others = [line for line in every if line.grade not in ("confirmed", "fair")]
    return (
        _sum(
            better,
            "Graded confirmed or fair",
            "Graded so where a party accepted responsibility or independent origins agree.",
        ),
        _sum(
            others,
            "Graded weak, contested or discounted",
            "Graded so for a single origin, rival accounts or another cause; shown apart, never added to the others.",
        ),
    )


def _sum(lines: list[Line], label: str, note: str) -> Sum:
    killed, open_killed = _range([line.killed for line in lines])
    injured, open_injured = _range([line.injured for line in lines])
    return Sum(label, note, len(lines), killed, injured, open_killed or open_injured)


def _range(tolls: list[tuple[int | None, int | None, int | None]]) -> tuple[str, bool]:
    """Lows and highs added up. A missing high counts as the low or best it has, and the end is open."""
    known = [toll for toll in tolls if any(figure is not None for figure in toll)]
    if not known:
        return "not known", False
    low = sum(toll[0] or 0 for toll in known)
    high = sum(next(figure for figure in (toll[2], toll[1], toll[0]) if figure is not None) for toll in known)
    open_end = any(toll[2] is None for toll in known)
    return words.figure(low, high) + (" or more" if open_end else ""), open_end
