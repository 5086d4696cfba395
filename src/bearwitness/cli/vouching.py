"""``timestamp``, ``custody``, ``views``: what vouches for the evidence, and who looked at it."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import line, note, out_json, out_lines, plain, plural

if TYPE_CHECKING:
    from bearwitness.store import Ledger

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Have an authority stamp what came in.")
@click.option("--authority", metavar="URL", help="The time-stamp authority (RFC 3161).")
@click.option("--calendar", metavar="URL", help="An OpenTimestamps calendar, instead of an authority.")
@click.option("--complete", is_flag=True, help="Ask the calendar after the proofs that are pending there.")
@click.option(
    "--allow-host", metavar="NAME", multiple=True, help="Allow a calendar with a private network address."
)
@click.option("--ca", metavar="FILE", type=FILE, help="Trusted certificates (PEM).  [default: the system's]")
@click.option("--all", "everything", is_flag=True, help="Stamp all there is, not only what came since.")
@ledger_option
@json_option
def timestamp(
    authority: str | None,
    calendar: str | None,
    complete: bool,
    allow_host: tuple[str, ...],
    ca: Path | None,
    everything: bool,
    ledger: Path,
    as_json: bool,
) -> None:
    """Send one digest to a time-stamp authority and keep its answer: what is in the ledger now, was there then.

    Or to an OpenTimestamps calendar, which has it written into the Bitcoin chain within some hours: what it answers at first
    proves nothing yet, so ask it again later with --complete.

    The digest is that of a list of digests: of all files that came since the last time stamp, and of the journal.
    Nothing else is sent.
    """
    from bearwitness import pipeline

    if (authority is None) == (calendar is None):
        raise click.UsageError("Name either an --authority or a --calendar.")
    if complete and calendar is None:
        raise click.UsageError("--complete is for a --calendar.")
    if calendar is not None:
        _anchor(calendar, complete, frozenset(allow_host), everything, ledger, as_json)
        return
    assert authority is not None  # one of them is named
    with open_ledger(ledger) as opened:
        made = pipeline.timestamp(opened, authority, roots=ca, everything=everything)
    if as_json:
        out_json(made)
        return
    line(
        f"{plain(made.signer)} states {made.stated} for {plural(made.entries, 'entry', 'entries')} of the journal."
    )
    line(f"Kept as {made.id}. Check it: bearwitness verify")


def _anchor(
    calendar: str, complete: bool, hosts: frozenset[str], everything: bool, ledger: Path, as_json: bool
) -> None:
    """Have a calendar begin a proof, or complete those that are pending there."""
    from bearwitness import pipeline

    with open_ledger(ledger) as opened:
        if complete:
            found, left = pipeline.complete(opened, calendar, allow_hosts=hosts)
        else:
            found, left = [pipeline.anchor(opened, calendar, everything=everything, allow_hosts=hosts)], 0
    if as_json:
        out_json({"proofs": found, "pending": left} if complete else found[0])
        return
    for made in found:
        for block in made.blocks:
            line(
                f"{made.id} leads to block {block.height:,} of the Bitcoin chain, if that has the Merkle root {block.root}."
            )
        if not made.blocks:
            line(
                f"{plural(made.entries, 'entry', 'entries')} of the journal are promised a proof, kept as {made.id}. It proves nothing yet."
            )
            line(
                f"In some hours: bearwitness timestamp --complete --calendar {plain(made.pending[0])}",
                indent=2,
            )
    if complete:
        line(f"{plural(len(found), 'proof')} completed, {left:,} still pending there.")


@click.command(short_help="Print the chain of custody of a capture.")
@click.argument("identifier", metavar="ID")
@click.option("--html", metavar="FILE", type=FILE, help="Write it to FILE as a page, replacing it.")
@ledger_option
@json_option
def custody(identifier: str, html: Path | None, ledger: Path, as_json: bool) -> None:
    """Print the chain of custody of what ID names (a capture, or the one behind a report, mention, claim or visit): what
    was received, when, from where and how, what was done with it since, and what that does not prove."""
    from bearwitness import pipeline

    with open_ledger(ledger, read_only=True) as opened:
        name = pipeline.capture_behind(opened, identifier)
        noted(opened, "custody", name)
        document = pipeline.chain_of_custody(opened, name)
    if as_json:
        out_json({section.title: [one._asdict() for one in section.lines] for section in document.sections})
    elif html is not None:
        with pipeline.replacing(html) as file:
            file.write(pipeline.as_html(document))
        note(f"The chain of custody of {name} is in {html}")
    else:
        out_lines(pipeline.as_text(document))


@click.command(short_help="List who looked at what, if that is noted.")
@click.option("--on", is_flag=True, help="Note it from now on.")
@ledger_option
@json_option
def views(on: bool, ledger: Path, as_json: bool) -> None:
    """List who looked at what with show and custody. That is noted only where it was turned on with --on."""
    from bearwitness.store import Looks

    with open_ledger(ledger, read_only=True):
        looks = Looks(ledger)
    if on:
        looks.begin()
    found = list(looks.all())
    if as_json:
        out_json({"noted": looks.kept, "looks": found})
        return
    for look in found:
        line(f"{look.at}  {plain(look.who)}  {plain(look.command)} {plain(look.id)}")
    if looks.kept:
        line(f"{plural(len(found), 'look')} noted.")
    else:
        line("Looks are not noted. To note them: bearwitness views --on")


def noted(ledger: Ledger, command: str, identifier: str) -> None:
    """Note that somebody looks at what that id names, where looks are noted."""
    from bearwitness.store import Looks, now, stamp

    looks = Looks(ledger.folder)
    if looks.kept:
        looks.note(command, identifier, getpass.getuser(), stamp(now))
