"""``waiting``: reports that are kept and not read, and why; and every problem that is kept of what came in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import Column, line, out_json, plain, table
from bearwitness.errors import InputError

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
@click.option(
    "--problems",
    is_flag=True,
    help="List every problem kept of files, pages and reports, and what to do about it.",
)
@ledger_option
@json_option
def waiting(most: int, code: str | None, problems: bool, ledger: Path, as_json: bool) -> None:
    """List the reports that are kept and not read: in a language that is not read, or no article (a wall, an error).

    Those in a language wait for a version that reads it, which takes them up by itself (bearwitness update).
    """
    from bearwitness import pipeline

    if problems:
        _problems(most, code, ledger, as_json=as_json)
        return
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


def _problems(most: int, code: str | None, ledger: Path, *, as_json: bool) -> None:
    """List the problems that are kept, and count them all."""
    from bearwitness import pipeline
    from bearwitness.cli.advice import ADVICE, LONGER
    from bearwitness.errors import PROBLEMS

    if code is not None and code not in PROBLEMS:
        raise InputError(f"{code} is no code of a problem; docs/problems.md has them all")
    counts, ordinary = Counter[str](), Counter[str]()
    shown: list[pipeline.Flaw] = []
    with open_ledger(ledger, read_only=True) as opened:
        for one in pipeline.flaws(opened, code, all_of_them=True):
            if code is None and one.problem.code in pipeline.ORDINARY:
                ordinary[one.problem.code] += 1
                continue
            counts[one.problem.code] += 1
            if len(shown) < most:
                shown.append(one)
    if as_json:
        out_json(
            [
                {
                    "code": one.problem.code,
                    "where": one.problem.where,
                    "sentence": one.problem.sentence,
                    "to_do": ADVICE[one.problem.code],
                    "capture": one.capture,
                    "report": one.report,
                    "source": one.source,
                }
                for one in shown
            ]
        )
        return
    for one in shown:
        report = f", report {one.report[:SHORT_ID]}" if one.report else ", no report yet"
        line(
            (one.problem.code, "yellow"), f"  {plain(one.source)}  (capture {one.capture[:SHORT_ID]}{report})"
        )
        line(plain(one.problem.sentence), indent=2)
    if not shown:
        line(f"Nothing has the problem {code}." if code else "No problem is kept that calls for a look.")
    for name in sorted(counts):
        line(f"{name} {counts[name]:,}: {ADVICE[name]}")
    if counts:
        line(LONGER)
    if ordinary:
        line(f"Sound reports often have: {_counted(ordinary)}. To list them: --code CODE")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items()))
