"""How an incident's tolls come out by other methods, over time and with something left out: values for a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bearwitness.publish import dates, words
from bearwitness.publish.incident_view import scale_end

if TYPE_CHECKING:
    from bearwitness.publish.incident_view import Notes
    from bearwitness.record import Assessment, Brief, Dossier, Moment, Toll

MAIN = ("killed", "injured")
PARTS = {
    "civilian": "civilians", "combatant": "fighters", "police": "police", "attacker": "attackers",
    "unknown": "not told", "children": "children", "women": "women", "men": "men",
}  # fmt: skip
WHAT = {"outlet": "The outlet", "side": "All who are on", "origin": "The origin"}


class Cell(msgspec.Struct, frozen=True):
    """One toll in a table: its figure, its bar, and its sentence (or the code that speaks for it)."""

    about: str
    label: str
    figure: str
    low: int | None
    best: int | None
    high: int | None
    sentence: str
    code: str


class MethodRow(msgspec.Struct, frozen=True):
    """One method's tolls; ``default`` marks the one that the page goes by."""

    name: str
    default: bool
    cells: tuple[Cell, ...]


class Step(msgspec.Struct, frozen=True):
    """The tolls at the end of one day, and how they moved since the day before."""

    day: str
    note: str
    cells: tuple[Cell, ...]
    claims: int


class Gone(msgspec.Struct, frozen=True):
    """The tolls that move without one source."""

    label: str
    name: str
    cells: tuple[Cell, ...]
    claims: int


class PartsRow(msgspec.Struct, frozen=True):
    """The parts of one toll: by standing, and the same people told another way."""

    label: str
    standing: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]


class Weighed(msgspec.Struct, frozen=True):
    """All of it. ``differ`` says for each toll what the methods answer: that they agree, or "3; 5; 3 to 11"."""

    methods: tuple[MethodRow, ...]
    differ: tuple[str, ...]
    steps: tuple[Step, ...]
    gone: tuple[Gone, ...]
    parts: tuple[PartsRow, ...]
    top: int


def weighed(dossier: Dossier, notes: Notes) -> Weighed:
    """What a dossier says besides its one assessment; empty where it was gathered without."""
    every = (dossier.assessment, *dossier.others)
    tolls = [getattr(one, about) for one in every for about in MAIN]
    rows = tuple(
        MethodRow(one.method, number == 0, tuple(_toll(getattr(one, about), notes) for about in MAIN))
        for number, one in enumerate(every)
    )
    return Weighed(
        methods=rows if len(every) > 1 else (),
        differ=tuple(_differ(every, about) for about in MAIN) if len(every) > 1 else (),
        steps=_steps(dossier),
        gone=tuple(
            Gone(WHAT[one.what], notes.hide(one.name), tuple(map(_brief, one.tolls)), one.claims)
            for one in dossier.without
        ),
        parts=tuple(
            _parts(getattr(dossier.assessment, about))
            for about in MAIN
            if getattr(dossier.assessment, about).shares
        ),
        top=scale_end(tolls, dossier.claims),
    )


def span(low: int | None, best: int | None, high: int | None, *, more: bool = False) -> str:
    """A toll on one line: "3", "3 / 5 / 11", "3 to 11" where the method chooses no best, "or more" where it may be."""
    end = " or more" if more and high is not None else ""
    if low is None and best is None and high is None:
        return "not known"
    if low == high and best in (low, None):
        return words.figure(low, high) + end
    if best is None:
        return (words.figure(None, high) if low is None else f"{low:,} to {words.figure(high, high)}") + end
    return " / ".join("open" if one is None else f"{one:,}" for one in (low, best, high)) + end


def _toll(found: Toll, notes: Notes) -> Cell:
    figure = span(found.low, found.best, found.high, more=found.open_high)
    return Cell(
        found.about, words.ABOUT[found.about], figure, found.low, found.best, found.high,
        notes.hide(found.sentence), found.reasons[0] if found.reasons else "",
    )  # fmt: skip


def _brief(found: Brief) -> Cell:
    figure = span(found.low, found.best, found.high, more=found.open_high)
    return Cell(
        found.about, words.ABOUT[found.about], figure, found.low, found.best, found.high, "", found.code
    )


def _differ(every: tuple[Assessment, ...], about: str) -> str:
    tolls = [getattr(one, about) for one in every]
    found = list(dict.fromkeys(span(one.low, one.best, one.high, more=one.open_high) for one in tolls))
    label = words.ABOUT[about]
    if len(found) == 1:
        return f"{label}: all methods say {found[0]}."
    return f"{label}: by method this incident is {'; '.join(found)}."


def _steps(dossier: Dossier) -> tuple[Step, ...]:
    found = []
    before: Moment | None = None
    for one in dossier.moments:
        day = "Day not known" if one.day.startswith("9999") else dates.read(one.day).words
        note = (
            " ".join(_moved(then, now) for then, now in zip(before.tolls, one.tolls, strict=True))
            if before
            else ""
        )
        captured = (
            "Some of it states no day; it counts from the day it was kept." if one.basis == "captured" else ""
        )
        found.append(
            Step(
                day,
                " ".join(part for part in (note.strip(), captured) if part),
                tuple(map(_brief, one.tolls)),
                len(one.claims),
            )
        )
        before = one
    return tuple(found)


def _moved(then: Brief, now: Brief) -> str:
    """Whether a toll rose or fell from one day to the next."""
    one = then.best if then.best is not None else then.low
    other = now.best if now.best is not None else now.low
    if one is None or other is None or one == other:
        return ""
    return f"{words.ABOUT[now.about]} {'up' if other > one else 'down'} by {abs(other - one):,}."


def _parts(found: Toll) -> PartsRow:
    rows = [
        (
            PARTS[share.of],
            words.figure(share.low, share.high) if share.low != share.high else f"{share.best:,}",
        )
        for share in found.shares
    ]
    people = {PARTS[name] for name in ("children", "women", "men")}
    return PartsRow(
        label=words.ABOUT[found.about],
        standing=tuple(row for row in rows if row[0] not in people),
        people=tuple(row for row in rows if row[0] in people),
    )
