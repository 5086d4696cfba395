"""Figures over many incidents, stated as what they are: sums of lows and of highs, which are outer bounds.

A running total of many events (kind ``total``) is never added to the events it counts, but kept apart. The headline is of
incidents graded confirmed or fair; all other grades stand beside it and are not added to it (standards T15). An incident is
counted once in each breakdown but that by actor, where it stands under each of those it is laid to, with what is said of
them: those rows do not add up.

What is held is the sums and the few incidents that carry most of the uncertainty, however many are counted.
"""

from __future__ import annotations

from datetime import date
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import msgspec

from . import edtf, parties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .edtf import Days
    from .record import Assessment, Grade, Incident, Toll

By = Literal["month", "country", "admin1", "town", "actor", "grade", "kind"]
BREAKDOWNS: tuple[By, ...] = get_args(By)
BETTER: frozenset[str] = frozenset({"confirmed", "fair"})
MOST_UNCERTAIN = 10
MOST_MOVES = 4_096
"""Sources of which it is held how the total moves without them; beyond that those are let go that move it least."""
NOT_KNOWN = "not known"
SEVERAL = "more than one month"


class Figures(NamedTuple):
    """The figures of one toll, and whether the true number may lie above them."""

    low: int | None
    best: int | None
    high: int | None
    open: bool


class Actor(NamedTuple):
    """Who it is laid to: a name for all phrases that mean this party, the phrase, and what is said (alleged, claimed,
    denied, contested, conceded)."""

    key: str
    name: str
    status: str


class Entry(NamedTuple):
    """What is counted of one incident."""

    incident: str
    title: str
    kind: str
    grade: Grade
    days: Days | None
    country: str | None
    admin1: str | None
    town: str | None
    actors: tuple[Actor, ...]
    killed: Figures
    injured: Figures


def entry(incident: Incident, assessment: Assessment) -> Entry:
    """What is counted of an incident as that assessment has it."""
    place = incident.place
    fine = place is not None and place.precision in ("building", "street", "neighbourhood", "town", "near")
    blamed = [row for row in assessment.responsibility if row.about == "perpetrator" and row.value]
    return Entry(
        incident=incident.id,
        title=incident.title,
        kind=incident.kind,
        grade=assessment.grade,
        days=edtf.days(incident.date),
        country=(place.country if place else None) or incident.country,
        admin1=place.admin1 if place else None,
        town=(place.name or place.words) if place and fine else None,
        actors=tuple(Actor(_key(row.value or ""), row.value or "", row.status) for row in blamed),
        killed=figures(assessment.killed),
        injured=figures(assessment.injured),
    )


def figures(toll: Toll) -> Figures:
    """The figures of a toll."""
    return Figures(toll.low, toll.best, toll.high, toll.open_high)


def _key(words: str) -> str:
    """One name for the phrases that mean one party: a group's, a state's, or the words that tell it from others."""
    party = parties.party(words)
    if party.group:
        return party.group
    if party.state and party.country:
        return f"state forces of {party.country}"
    return " ".join(sorted(party.marks)) or " ".join(sorted(party.words)) or words


class Sum(msgspec.Struct):
    """Figures added up. ``known`` is how many incidents have any, ``open`` how many may have more than their high one. A
    figure that is missing is as its nearest one; an incident without any adds nothing, and is not zero."""

    known: int = 0
    low: int = 0
    best: int = 0
    high: int = 0
    open: int = 0

    def add(self, one: Figures) -> None:
        """Count one toll."""
        low, best, high = one.low, one.best, one.high
        if low is None and best is None and high is None:
            return
        self.known += 1
        bottom = next(n for n in (low, best, high, 0) if n is not None)
        middle = next(n for n in (best, low, high, 0) if n is not None)
        self.low += bottom
        self.best += middle
        self.high += next(n for n in (high, best, low, 0) if n is not None)
        self.open += one.open


class Group(msgspec.Struct):
    """Incidents that are added up: how many, and their dead and injured."""

    incidents: int = 0
    killed: Sum = msgspec.field(default_factory=Sum)
    injured: Sum = msgspec.field(default_factory=Sum)

    def add(self, one: Entry) -> None:
        """Count one incident."""
        self.incidents += 1
        self.killed.add(one.killed)
        self.injured.add(one.injured)


class Line(msgspec.Struct):
    """One line of a breakdown. ``status`` is what is said of an actor. ``better`` are incidents graded confirmed or fair,
    ``others`` all others; they are not added up."""

    label: str
    status: str = ""
    better: Group = msgspec.field(default_factory=Group)
    others: Group = msgspec.field(default_factory=Group)

    def add(self, one: Entry) -> None:
        """Count one incident under its grade."""
        (self.better if one.grade in BETTER else self.others).add(one)


class Uncertain(msgspec.Struct, frozen=True):
    """An incident, and how many dead lie between its low and its high figure."""

    incident: str
    title: str
    grade: str
    low: int
    high: int
    open: bool

    @property
    def width(self) -> int:
        """The persons between."""
        return self.high - self.low


class Move(msgspec.Struct):
    """How the total of all grades moves without the claims of one source, or of one side: in how many incidents it speaks,
    in how many of these nothing would be left to count, and by how much the sums would change."""

    what: Literal["source", "side", "grade"]
    name: str
    incidents: int = 0
    emptied: int = 0
    low: int = 0
    best: int = 0
    high: int = 0


class Totals:
    """The sums, as incidents are counted one by one; their order makes no difference."""

    def __init__(self, by: Iterable[By] = BREAKDOWNS) -> None:
        self.by: dict[By, dict[tuple[str, ...], Line]] = {name: {} for name in by}
        self.better, self.others, self.running = Group(), Group(), Group()
        self._uncertain: list[tuple[int, bool, str, Uncertain]] = []
        self._moves: dict[tuple[str, str], Move] = {}
        self.let_go = 0
        """How many sources were let go since there were too many."""

    def add(self, one: Entry) -> None:
        """Count one incident."""
        if one.kind == "total":
            self.running.add(one)
            return
        (self.better if one.grade in BETTER else self.others).add(one)
        for name, lines in self.by.items():
            for key, label, status in dict.fromkeys(_places(name, one)):
                line = lines.setdefault(key, Line(label, status))
                line.label = min(line.label, label)
                line.add(one)
        self._note(one)

    def _note(self, one: Entry) -> None:
        low, best, high, is_open = one.killed
        known = [n for n in (low, best, high) if n is not None]
        if not known or (min(known) == max(known) and not is_open):
            return
        found = Uncertain(one.incident, one.title, one.grade, min(known), max(known), is_open)
        item = (found.width, is_open, found.incident, found)
        if len(self._uncertain) < MOST_UNCERTAIN:
            heappush(self._uncertain, item)
        else:
            heappushpop(self._uncertain, item)

    def lines(self, name: By) -> list[Line]:
        """The lines of a breakdown, in the order of time for months, else the most dead first."""
        every = self.by[name]
        if name == "month":
            return [every[key] for key in sorted(every)]
        order = sorted(every.items(), key=lambda item: item[0])
        order.sort(key=lambda item: -(item[1].better.killed.best + item[1].others.killed.best))
        return [line for _, line in order]

    @property
    def uncertain(self) -> list[Uncertain]:
        """The incidents whose figures leave most open, the widest first."""
        return [one for *_, one in sorted(self._uncertain, key=lambda item: item[:3], reverse=True)]

    def move(self, what: Literal["source", "side"], name: str, before: Figures, after: Figures) -> None:
        """Count how one incident's dead change without the claims of a source or of a side."""
        key = (what, name)
        if key not in self._moves and len(self._moves) >= MOST_MOVES:
            least = sorted(self._moves, key=lambda one: (_weight(self._moves[one]), one))
            for gone in least[: MOST_MOVES // 4]:
                del self._moves[gone]
            self.let_go += MOST_MOVES // 4
        one = self._moves.setdefault(key, Move(what, name))
        was, now = Sum(), Sum()
        was.add(before)
        now.add(after)
        one.incidents += 1
        one.emptied += was.known > now.known
        one.low += now.low - was.low
        one.best += now.best - was.best
        one.high += now.high - was.high

    def moves(self) -> list[Move]:
        """How the total of all grades moves without a source, a side or a grade; what moves it most first, of each kind."""
        return sorted(
            [*self._moves.values(), *self._grades()], key=lambda one: (one.what, -_weight(one), one.name)
        )

    def _grades(self) -> Iterable[Move]:
        for line in self.by.get("grade", {}).values():
            held = line.better if line.label in BETTER else line.others
            yield Move(
                "grade", line.label, held.incidents, held.killed.known,
                -held.killed.low, -held.killed.best, -held.killed.high,
            )  # fmt: skip


def _weight(move: Move) -> int:
    return max(abs(move.low), abs(move.best), abs(move.high))


def _places(name: By, one: Entry) -> list[tuple[tuple[str, ...], str, str]]:
    """Where an incident stands in a breakdown: key, label and status of each line."""
    if name == "month":
        month = _month(one.days)
        return [((month,), month, "")]
    if name == "actor":
        named = [((actor.key, actor.status), actor.name, actor.status) for actor in one.actors]
        # A party that two phrases name has one line, under the first of them in the alphabet.
        once = {key: (key, label, status) for key, label, status in sorted(named, reverse=True)}
        return list(once.values()) or [(("", ""), NOT_KNOWN, "")]
    if name in ("country", "admin1", "town"):
        levels = (one.country, one.admin1, one.town)[: ("country", "admin1", "town").index(name) + 1]
        words = tuple(level or NOT_KNOWN for level in levels)
        known = [level for level in levels[:-1] if level]
        label = ", ".join([words[-1], *reversed(known)])
        return [(words, label, "")]
    value = str(one.grade if name == "grade" else one.kind)
    return [((value,), value, "")]


def _month(days: Days | None) -> str:
    """The month that all of ``days`` lie in; if there is none, that."""
    if days is None or not days.year:
        return NOT_KNOWN
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else SEVERAL
