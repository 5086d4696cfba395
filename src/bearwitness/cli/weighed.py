"""Printing how an incident's tolls come out by other methods, over time, and with something left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bearwitness.cli.say import Column, line, number, plain, plural, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bearwitness.record import Assessment, Brief, Dossier, Share, Toll


def span(low: int | None, best: int | None, high: int | None, *, more: bool) -> str:
    """A toll in a cell: "3", "3 / 5 / 11", "3 to 11" where the method chooses no best, "+" if it may be more."""
    if low is None and best is None and high is None:
        return number(None)
    end = "+" if more and high is not None else ""
    if low == high and best in (low, None):
        return number(low) + end
    if best is None:
        return (f"{number(low)} to {number(high)}" if low is not None else f"up to {number(high)}") + end
    return " / ".join("open" if one is None else number(one) for one in (low, best, high)) + end


def toll_span(toll: Toll) -> str:
    """A toll in a cell."""
    return span(toll.low, toll.best, toll.high, more=toll.open_high)


def brief_span(brief: Brief) -> str:
    """The same of a toll in short."""
    return span(brief.low, brief.best, brief.high, more=brief.open_high)


def side_by_side(dossier: Dossier) -> None:
    """The killed and injured by every method, where they differ, and each method's sentence."""
    every = (dossier.assessment, *dossier.others)
    rows = [(one.method, toll_span(one.killed), toll_span(one.injured)) for one in every]
    table(
        "By method",
        (Column("method", whole=True), Column("killed", whole=True), Column("injured", whole=True)),
        rows,
    )
    for about in ("killed", "injured"):
        line(f"{about}: {differing(every, about)}", indent=2)
    for one in every:
        line((one.method, "bold"))
        for toll in (one.killed, one.injured):
            line(plain(toll.sentence), indent=2)
    parts = parts_words(dossier.assessment.killed.shares)
    if parts:
        line(f"of the killed, by {dossier.assessment.method}: {parts}", indent=2)


def differing(every: Iterable[Assessment], about: str) -> str:
    """Whether methods agree, or the different answers they give: "3 / 5 / 3 to 11"."""
    found = list(dict.fromkeys(toll_span(getattr(one, about)) for one in every))
    return f"all methods say {found[0]}" if len(found) == 1 else f"methods differ: {'; '.join(found)}"


def parts_words(shares: Iterable[Share]) -> str:
    """Parts of a toll in words: "5 combatants, 3 children"."""
    return ", ".join(f"{share.of} {number(share.best)}" for share in shares)


def over_time(dossier: Dossier) -> None:
    """The tolls at the end of each day on which something was published."""
    table(
        "Over time",
        (
            Column("day", whole=True),
            Column("by"),
            Column("killed", whole=True),
            Column("injured", whole=True),
            "new claims",
        ),
        (
            (
                "unknown" if one.day.startswith("9999") else one.day,
                one.basis,
                *(brief_span(toll) for toll in one.tolls),
                number(len(one.claims)),
            )
            for one in dossier.moments
        ),
    )


def left_out(dossier: Dossier) -> None:
    """How the tolls stand without each source whose absence moves them."""
    if not dossier.without:
        line("No toll moves when any one outlet, side or origin is left out.")
        return
    table(
        "Without",
        ("left out", Column("claims", right=True), "then"),
        (
            (
                f"{one.what}: {plain(one.name)}",
                number(one.claims),
                "; ".join(f"{toll.about} {brief_span(toll)}" for toll in one.tolls),
            )
            for one in dossier.without
        ),
    )
    line(
        f"{plural(len(dossier.without), 'source')} of those asked about; leaving out any other moves nothing."
    )
