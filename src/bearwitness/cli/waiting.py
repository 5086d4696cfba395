"""``waiting``: reports that are kept and not read, and why."""

from __future__ import annotations

from collections import Counter
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

    counts, others = Counter[str](), Counter[str]()
    shown: list[pipeline.Waiting] = []
    with open_ledger(ledger, read_only=True) as opened:
        for one in pipeline.waiting(opened):
            if code not in (None, one.code):
                others[one.code] += 1
                continue
            counts[one.code] += 1
            if len(shown) < most:
                shown.append(one)
    if as_json:
        out_json(shown)
        return
    if not shown and (code is None or not others):
        line("Nothing waits: no report is in a language that is not read, or a wall or an error.")
        return
    if not shown:
        line(f"No report waits because of {code}. Others wait: {_counted(others)}")
        return
    table(
        "",
        COLUMNS,
        ((one.code, one.language or "", one.title or "", one.source, one.report[:SHORT_ID]) for one in shown),
    )
    line("In all: " + _counted(counts))


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items()))
