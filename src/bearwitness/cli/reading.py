"""``extract``: who claims what in some files, on the screen or as JSON Lines. No ledger is needed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bearwitness.cli.meter import Meter
from bearwitness.cli.options import columns_option, given_options
from bearwitness.cli.say import line, note, number, out_json, plain, shorten, table

if TYPE_CHECKING:
    from bearwitness.pipeline import Read
    from bearwitness.record import Claim, Mention

QUOTE = 90


@click.command(short_help="Print who claims what in some files; keep nothing.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--jsonl", is_flag=True, help="Print one JSON object a document, one a line.")
@given_options
@columns_option
def extract(
    files: tuple[str, ...],
    jsonl: bool,
    published: str | None,
    outlet: str | None,
    title: str | None,
    columns: str | None,
) -> None:
    """Print who claims what in FILEs (text, HTML, PDF, mail, tables, archives and web archives; folders are walked; - is standard input).

    Nothing is kept and no ledger is needed.
    """
    from bearwitness import pipeline
    from bearwitness.interchange import reading_json

    said = pipeline.given(published=published, outlet=outlet, title=title)
    found = pipeline.extract_files(files, said, stdin=sys.stdin.buffer, columns=pipeline.columns(columns))
    done = 0
    with Meter() as meter:
        for done, document in enumerate(found, start=1):
            if jsonl:
                out_json(reading_json(document.report, document.reading))
            else:
                show(document)
            meter("reading", done, None)
    if not done:
        note("There was no file to read.")


def show(document: Read) -> None:
    """Print one document: its events, each with its claims, and its problems."""
    report, reading = document.report, document.reading
    line((plain(report.source), "bold"), "  ", plain(report.title or "no title"))
    line(
        f"  published {plain(report.published) if report.published else 'not stated'}"
        f" · outlet {plain(report.outlet) if report.outlet else 'not stated'}"
        f" · language {report.language or 'not known'}"
    )
    mentions = sorted(reading.mentions, key=lambda mention: (mention.start, mention.end, mention.id))
    if not mentions:
        line("  No violent event is told.")
    for count, mention in enumerate(mentions, start=1):
        claims = [claim for claim in reading.claims if claim.mention == mention.id]
        table(
            f"e{count}  {event_line(mention)}",
            ("about", "what", "speaker", "stance", "words"),
            (claim_row(claim) for claim in sorted(claims, key=lambda claim: (claim.start, claim.end))),
        )
    for problem in dict.fromkeys((*report.problems, *reading.problems)):
        line(("  problem ", "yellow"), f"{plain(problem.code)}: {plain(problem.sentence)}")
    line("")


def event_line(mention: Mention) -> str:
    """An event in a line: status, kind, where and when."""
    place = mention.place.words if mention.place else "place not stated"
    where = f"{mention.site}, {place}" if mention.site else place
    background = ", told as background" if mention.background else ""
    kind = mention.kind.replace("_", " ")
    return f"{kind} ({mention.status}{background}), {where}, {mention.date or 'date not stated'}"


def claim_row(claim: Claim) -> tuple[str, str, str, str, str]:
    """A claim as cells: about, value or range, speaker, stance, words."""
    speaker = claim.speaker.name if claim.speaker else "(the outlet itself)"
    stance = f"{claim.stance}, hedged" if claim.hedged else claim.stance
    stance += ", proposed" if claim.proposed else ""
    return claim.about, value_of(claim), speaker, stance, f"“{shorten(claim.words, QUOTE)}”"


def value_of(claim: Claim) -> str:
    """What a claim says: a number with whom it counts, a name, or whether it happened."""
    if claim.low is None and claim.high is None:
        return claim.value or "that it happened"
    whom = f" {claim.whom}" if claim.whom else ""
    part = " (part)" if claim.part_of else ""
    return f"{span(claim.low, claim.high)}{whom}{part}"


def span(low: int | None, high: int | None) -> str:
    """A range as people write it; an open end is said in words."""
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)} to {number(high)}"
    if low is not None:
        return f"{number(low)} or more"
    return f"up to {number(high)}" if high is not None else number(None)
