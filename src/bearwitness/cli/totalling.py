"""``totals``: figures over many incidents, as what they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bearwitness.cli.giving import OUT, output
from bearwitness.cli.looking import SHORT_ID
from bearwitness.cli.meter import Meter
from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import Column, line, note, out_json, plain, plural, shorten, table
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from bearwitness.pipeline import Totalled

BY = ("month", "place", "country", "admin1", "town", "actor", "grade", "kind")
PLACE = ("country", "admin1", "town")
GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
LABEL = 44
BETTER, OTHERS = "confirmed, fair", "other grades"


@click.command(short_help="Add up the incidents, by month, place, actor, grade or kind.")
@click.option("--by", "by", type=click.Choice(BY), multiple=True, help="Break the totals down; may be given again.")  # fmt: skip
@click.option("--method", metavar="NAME", help="The method whose figures are added.  [default: that of the lists]")  # fmt: skip
@click.option("--from", "first", metavar="DATE", help="Leave out what was before that day, month or year.")
@click.option("--to", "last", metavar="DATE", help="Leave out what was after it.")
@click.option("--country", "countries", metavar="CODE", multiple=True, help="Only this country (two letters); may be given again.")  # fmt: skip
@click.option("--grade", "grades", type=click.Choice(GRADES), multiple=True, help="Only this grade; may be given again.")  # fmt: skip
@click.option("--sensitivity", is_flag=True, help="Say how the total moves without each source, side and grade. Slow.")  # fmt: skip
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=30, help="Show at most N lines of each table.  [default: 30]")  # fmt: skip
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for a spreadsheet.")
@click.option("-o", "--out", metavar="FILE", type=OUT, help="Write the CSV to FILE, replacing it.")
@ledger_option
@json_option
def totals(
    by: tuple[str, ...],
    method: str | None,
    first: str | None,
    last: str | None,
    countries: tuple[str, ...],
    grades: tuple[str, ...],
    sensitivity: bool,
    limit: int,
    as_csv: bool,
    out: Path | None,
    ledger: Path,
    as_json: bool,
) -> None:
    """Add up the killed and injured of the incidents, as low-best-high.

    Lows are added to lows and highs to highs: these are outer bounds. Incidents graded confirmed or fair stand apart from all
    others, and running totals of many events are never added to the events they count.
    """
    if as_json and as_csv:
        raise InputError("--json and --csv are two forms of one thing: choose one")
    if out is not None and not as_csv:
        raise InputError("--out is for the CSV: add --csv")
    from bearwitness import pipeline

    wanted: list[Any] = [name for one in by for name in (PLACE if one == "place" else (one,))]
    with open_ledger(ledger, read_only=True) as opened, Meter() as meter:
        found = pipeline.totals(
            opened,
            wanted,
            within=pipeline.scope(first, last, countries),
            grades=grades,
            sensitivity=sensitivity,
            progress=meter,
            **({"method": method} if method else {}),
        )
    if as_json:
        out_json(found)
    elif as_csv:
        with output(out) as stream:
            pipeline.totals_csv(found, stream)
        if out is not None:
            note(f"The totals are in {out}")
    else:
        _show(found, limit)


def _show(found: Totalled, limit: int) -> None:
    rows = [
        ("graded confirmed or fair", *_group(found.better)),
        ("graded weak, contested or discounted", *_group(found.others)),
    ]
    if found.running.incidents:
        rows.append(("running totals, added to neither", *_group(found.running)))
    table(f"By the method {found.method}", _columns("all"), rows)
    for name, lines in found.by.items():
        told = []
        for one in lines[:limit]:
            label = shorten(one.label + (f" ({one.status})" if one.status else ""), LABEL)
            told += [(label, BETTER, *_group(one.better))] if one.better.incidents else []
            told += [(label, OTHERS, *_group(one.others))] if one.others.incidents else []
        columns = _columns(name)
        table(f"By {name}", (columns[0], Column("graded"), *columns[1:]), told)
        if len(lines) > limit:
            line((f"{len(lines) - limit:,} more: --limit N", "dim"))
        if name == "actor":
            line("An incident stands under each party it is laid to: these lines do not add up.")
    if found.uncertain:
        line(("Most uncertain", "bold"))
        for held in found.uncertain[:limit]:
            more = " or more" if held.open else ""
            line(plain(f"{held.incident[:SHORT_ID]}  {held.low:,} to {held.high:,}{more}, {held.grade}: {held.title}"), indent=2)  # fmt: skip
    _moves(found, limit)
    line(
        "Lows are added to lows and highs to highs: outer bounds. + is where the true number may be higher still."
    )
    line("Incidents without a figure add nothing, which is not zero.")


def _columns(name: str) -> tuple[Column, ...]:
    return (
        Column(name, least=20),
        Column("incidents", right=True, whole=True),
        Column("killed", whole=True),
        Column("told", right=True, whole=True),
        Column("injured", whole=True),
        Column("told", right=True, whole=True),
    )


def _group(group: Any) -> tuple[str, ...]:
    return (f"{group.incidents:,}", *_sum(group.killed), *_sum(group.injured))


def _sum(held: Any) -> tuple[str, str]:
    """Low-best-high, and of how many incidents with a figure."""
    if not held.known:
        return "not reported", "0"
    end = "+" if held.open else ""
    if held.low == held.best == held.high:
        return f"{held.low:,}{end}", f"{held.known:,}"
    return f"{held.low:,}-{held.best:,}-{held.high:,}{end}", f"{held.known:,}"


def _moves(found: Totalled, limit: int) -> None:
    for what in ("source", "side", "grade"):
        told = [one for one in found.moves if one.what == what]
        if told:
            rows = (
                (shorten(one.name, LABEL), f"{one.incidents:,}", f"{one.emptied:,}", *(f"{n:+,}" for n in (one.low, one.best, one.high)))
                for one in told[:limit]
            )  # fmt: skip
            columns = ("without the " + what, "incidents", "no figure left", "low", "best", "high")
            table("How the killed of all grades move", columns, rows)
    if found.let_go:
        line(f"{plural(found.let_go, 'source')} that move little are left out.")
