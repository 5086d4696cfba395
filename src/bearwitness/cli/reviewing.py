"""``review``: what the reader is least sure of, for a person to look at first."""

from __future__ import annotations

from pathlib import Path

import click

from bearwitness.cli.looking import SHORT_ID
from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.reading import QUOTE, value_of
from bearwitness.cli.say import Column, line, out_json, shorten, table

COLUMNS = (
    Column("sure", right=True, whole=True),
    Column("about", least=11),
    Column("what", least=8),
    Column("speaker", least=8),
    Column("words"),
    Column("report"),
    Column("id", whole=True),
)


GRADE_COLUMNS = (
    Column("grade", least=9),
    Column("suggested", least=9),
    Column("incident", least=8),
    Column("why"),
    Column("id", whole=True),
)


@click.command(short_help="List what a person should look at first: unsure claims, or grades.")
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="Show at most N.",
)
@click.option(
    "--grades", is_flag=True, help="List grades that nobody decided, or that were decided on other ground."
)
@ledger_option
@json_option
def review(most: int, grades: bool, ledger: Path, as_json: bool) -> None:
    """List the claims that the reader is least sure of and that nobody has judged, least sure first.

    What it says of how sure it is: between 0 and 1, the lesser of the claim's and the speaker's confidence. A claim
    marked "proposed" counts for nothing until somebody accepts it with bearwitness judge accept.

    With --grades, list the incidents whose grade is only suggested, the most consequential first, and before them
    those that a person graded when the rules suggested something else: decide with bearwitness judge grade.
    """
    if grades:
        _grades(most, ledger, as_json)
        return
    import msgspec

    from bearwitness import pipeline
    from bearwitness.cli.showing import carrier
    from bearwitness.cli.words import speaker

    with open_ledger(ledger, read_only=True) as opened:
        found = pipeline.unsure(opened, most=most)
    if as_json:
        out_json([msgspec.to_builtins(claim) for claim, _ in found])
        return
    if not found:
        line("Nothing waits for review: no claim, or every one has been judged.")
        return
    table(
        "",
        COLUMNS,
        (
            (
                f"{pipeline.how_sure(claim):.2f}",
                claim.about + (" (proposed)" if claim.proposed else ""),
                value_of(claim),
                speaker(claim),
                f"“{shorten(claim.words, QUOTE)}”",
                carrier(report),
                claim.id[:SHORT_ID],
            )
            for claim, report in found
        ),
    )


def _grades(most: int, ledger: Path, as_json: bool) -> None:
    from bearwitness import pipeline

    with open_ledger(ledger, read_only=True) as opened:
        found = pipeline.to_grade(opened, most=most)
    if as_json:
        out_json(found)
    elif not found:
        line("No grade waits for review: there is no incident, or every one has been graded.")
    else:
        rows = (
            (one.grade, f"{one.suggested} [{one.rule}]", one.title, one.sentence, one.incident[:SHORT_ID])
            for one in found
        )
        table("", GRADE_COLUMNS, rows)
