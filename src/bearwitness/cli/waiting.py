"""``waiting``: reports that are kept and not read, and why."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import click

from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import Column, line, out_json, table

SHORT_ID = 9
COLUMNS = (
    Column("why", least=12),
    Column("language"),
    Column("title", least=12),
    Column("source", least=12),
    Column("id", whole=True),
)


@click.command(short_help="List the reports that are kept and not read.")
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="Show at most N reports.",
)
@click.option("--code", metavar="CODE", help="Only those with this problem, such as unread_language.")
@ledger_option
@json_option
def waiting(most: int, code: str | None, ledger: Path, as_json: bool) -> None:
    """List the reports that are kept and not read: in a language that is not read, or no article (a wall, an error).

    Those in a language wait for a version that reads it, which takes them up by itself (bearwitness update).
    """
    from bearwitness import pipeline

    counts = Counter[str]()
    with open_ledger(ledger, read_only=True) as opened:
        all_waiting = (one for one in pipeline.waiting(opened) if code in (None, one.code))
        shown = list(islice(all_waiting, most))
        counts.update(one.code for one in shown)
        counts.update(one.code for one in all_waiting)
    if as_json:
        out_json(shown)
        return
    if not shown:
        line("Nothing waits: every report is an article in a language that is read.")
        return
    table(
        "",
        COLUMNS,
        ((one.code, one.language or "", one.title or "", one.source, one.report[:SHORT_ID]) for one in shown),
    )
    line("In all: " + ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items())))
