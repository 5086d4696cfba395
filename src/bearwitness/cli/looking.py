"""``incidents``, ``show``, ``stages``: looking at what a ledger holds and how it came about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import WIDE, Column, console, line, number, out_json, table
from bearwitness.cli.vouching import noted
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bearwitness.pipeline import Listed
    from bearwitness.record import Dossier

SHORT_ID = 9
COLUMNS = (
    Column("date", least=10),
    Column("place"),
    Column("what", least=8),
    Column("killed", least=8),
    Column("injured", least=8),
    Column("grade", least=9),
    Column("contested", least=9),
    Column("reports", right=True, whole=True),
    Column("id", whole=True),
)


@click.command(short_help="List the incidents and their tolls.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Show only the first N.")
@ledger_option
@json_option
def incidents(limit: int | None, ledger: Path, as_json: bool) -> None:
    """List the incidents, latest first, with their tolls (low-best-high), grade and reports."""
    import msgspec

    from bearwitness import pipeline

    with open_ledger(ledger, read_only=True) as opened:
        found = list(pipeline.listed(opened, limit=limit))
    if as_json:
        out_json([msgspec.to_builtins(one.row) | {"reports": one.reports} for one in found])
    else:
        show_incidents(found)


def show_incidents(found: Sequence[Listed]) -> None:
    """Print the table of incidents."""
    if not found:
        line("No incidents. Add reports with bearwitness add, then run bearwitness update.")
        return
    narrow = console().width < WIDE
    table("", narrow_columns() if narrow else COLUMNS, (incident_row(one, narrow=narrow) for one in found))
    line(
        "Tolls are low-best-high, one number where all are the same, + if it may be more. Not reported is not zero."
    )


def narrow_columns() -> tuple[Column, ...]:
    """The columns where there is no room for one that only says "contested"."""
    return tuple(column for column in COLUMNS if column.name != "contested")


def incident_row(one: Listed, *, narrow: bool = False) -> tuple[str, ...]:
    """One incident as cells."""
    row = one.row
    status = "" if row.status == "occurred" else f" ({row.status})"
    contested = "contested" if row.contested else ""
    both = narrow and contested and row.grade != contested
    return (
        row.date or "not stated",
        ", ".join(part for part in (row.place, row.country) if part) or "not stated",
        f"{row.kind.replace('_', ' ')}{status}",
        three(row.killed_low, row.killed_best, row.killed_high, more=bool(row.killed_open)),
        three(row.injured_low, row.injured_best, row.injured_high, more=bool(row.injured_open)),
        f"{row.grade}, {contested}" if both else (row.grade or ""),
        *(() if narrow else (contested,)),
        number(one.reports),
        row.id[:SHORT_ID],
    )


def three(low: int | None, best: int | None, high: int | None, *, more: bool = False) -> str:
    """A toll as low-best-high; one number where all agree, ? where one is not known, + where it may be more."""
    if low is None and best is None and high is None:
        return number(None)
    end = "+" if more and high is not None else ""
    if low == best == high:
        return number(low) + end
    return "-".join("?" if value is None else f"{value:,}" for value in (low, best, high)) + end


@click.command(short_help="Show an incident, mention, claim or report.")
@click.argument("identifier", metavar="ID")
@click.option(
    "--method", metavar="NAME", help="Weigh an incident by this method of counting (see docs/methods.md)."
)
@click.option("--methods", is_flag=True, help="Show an incident's tolls by all methods side by side.")
@click.option("--as-of", metavar="DATE", help="Show an incident as it stood at the end of that day.")
@click.option(
    "--without",
    is_flag=True,
    help="Show how an incident's tolls move with each source left out, and over time.",
)
@click.option(
    "--sources", is_flag=True, help="Of an incident, show to which origins its reports go back, and why."
)
@ledger_option
@json_option
def show(
    identifier: str,
    method: str | None,
    methods: bool,
    as_of: str | None,
    without: bool,
    sources: bool,
    ledger: Path,
    as_json: bool,
) -> None:
    """Show what ID names: an incident, mention, claim, report, capture, judgement or visit.

    The first letters of an id are enough where no other id begins with them.
    """
    from bearwitness import pipeline
    from bearwitness.cli import showing, sourcing

    with open_ledger(ledger, read_only=True) as opened:
        full = pipeline.find(opened, identifier)
        noted(opened, "show", full)
        if full.startswith("i"):
            dossier = pipeline.dossier(opened, full, method, beside=methods or without, as_of=as_of)
            if as_json:
                out_json(sourcing.as_values(dossier.assessment) if sources else dossier)
            else:
                if identifier.startswith("i") and not full.startswith(identifier):
                    line(f"{identifier} is now part of {full}, with which it was found to be one event.")
                _show_incident(dossier, methods=methods, without=without, sources=sources)
        elif method or methods or as_of or without or sources:
            raise InputError(
                f"--method, --methods, --as-of, --without and --sources are for an incident; {full} is none: "
                "bearwitness incidents lists them"
            )
        elif as_json:
            out_json(pipeline.look(opened, full))
        else:
            showing.record(pipeline.look(opened, full))


def _show_incident(dossier: Dossier, *, methods: bool, without: bool, sources: bool) -> None:
    from bearwitness.cli import showing, sourcing, weighed

    if not methods and not without and not sources:
        showing.incident(dossier)
        return
    if sources:
        sourcing.sources(dossier)
    if methods or without:
        showing.head(dossier)
    if methods:
        weighed.side_by_side(dossier)
    if without:
        weighed.over_time(dossier)
        weighed.left_out(dossier)


@click.command(short_help="List the stages a report passes through.")
@json_option
def stages(as_json: bool) -> None:
    """List the stages a report passes through, in order."""
    from bearwitness.pipeline import STAGES

    if as_json:
        out_json([stage._asdict() for stage in STAGES])
        return
    table(
        "",
        ("stage", "takes", "gives", "what it does"),
        ((stage.name, stage.takes, stage.gives, stage.sentence) for stage in STAGES),
    )
