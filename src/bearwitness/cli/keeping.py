"""``init``, ``add``, ``update``, ``verify``, ``rebuild``: making a ledger and keeping it whole."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bearwitness.cli.meter import Meter
from bearwitness.cli.options import given_options, json_option, ledger_option, open_ledger
from bearwitness.cli.say import line, out_json, plain, plural
from bearwitness.errors import DamagedLedger

if TYPE_CHECKING:
    from bearwitness.pipeline import Added, Updated


@click.command(short_help="Make an empty ledger.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@ledger_option
@json_option
def init(folder: Path | None, ledger: Path, as_json: bool) -> None:
    """Make an empty ledger in FOLDER (or where --ledger says)."""
    from bearwitness.store import Ledger

    where = folder or ledger
    with Ledger.create(where):
        pass
    if as_json:
        out_json({"ledger": str(where)})
    else:
        line(f"An empty ledger is in {where}. Add reports: bearwitness add --ledger {where} FILE...")


@click.command(short_help="Keep files in the ledger and read them.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@given_options
@click.option("--no-update", is_flag=True, help="Only keep the files; a later update reads them.")
@ledger_option
@json_option
def add(
    files: tuple[str, ...],
    published: str | None,
    outlet: str | None,
    title: str | None,
    no_update: bool,
    ledger: Path,
    as_json: bool,
) -> None:
    """Keep FILEs (text or HTML; folders are walked, archives and web archives opened; - is standard input) in the ledger, read them, and derive the incidents.

    Files are kept byte for byte. What is already there is passed over.
    """
    from bearwitness import pipeline

    said = pipeline.given(published=published, outlet=outlet, title=title)
    with open_ledger(ledger) as opened, Meter() as meter:
        added = pipeline.add(opened, files, said, meter, stdin=sys.stdin.buffer)
        updated = None if no_update else pipeline.update(opened, meter)
    if as_json:
        out_json({"added": added, "updated": updated})
        return
    show_added(added)
    if updated is not None:
        show_update(updated)
    else:
        line("Read them: bearwitness update")


def show_added(added: Added) -> None:
    """Say what ``add`` did."""
    line(f"{plural(added.new, 'file')} added, {added.known:,} already there.")
    for problem in added.problems:
        line(("  problem ", "yellow"), f"{plain(problem.code)}: {plain(problem.sentence)}")


def show_update(updated: Updated) -> None:
    """Say what ``update`` did."""
    line(f"{plural(updated.readings, 'report')} read. {plural(updated.incidents, 'incident')} in the ledger.")
    if updated.copies:
        line(
            f"{plural(updated.copies, 'report')} with the text of an earlier one: bearwitness show ID says which."
        )
    if updated.problems:
        kept = ", ".join(f"{code} {count:,}" for code, count in updated.problems.items())
        line(f"Problems kept, by reports: {kept}")
    for noted in updated.noted:
        line(
            ("  problem ", "yellow"),
            f"{noted.report[:9]} {noted.problem.code}: {plain(noted.problem.sentence)}",
        )


@click.command(short_help="Read what is not yet read.")
@ledger_option
@json_option
def update(ledger: Path, as_json: bool) -> None:
    """Read what is not yet read, and derive the incidents anew. May be interrupted and run again."""
    from bearwitness import pipeline

    with open_ledger(ledger) as opened, Meter() as meter:
        updated = pipeline.update(opened, meter)
    if as_json:
        out_json(updated)
    else:
        show_update(updated)


@click.command(short_help="Derive the incidents anew from what is kept.")
@ledger_option
@json_option
def rebuild(ledger: Path, as_json: bool) -> None:
    """Drop all that is derived (incidents, assessments) and derive it anew from what is kept."""
    from bearwitness import pipeline

    with open_ledger(ledger, mend=True) as opened, Meter() as meter:
        rebuilt = pipeline.rebuild(opened, meter)
    if as_json:
        out_json(rebuilt)
        return
    same = "the same as before" if rebuilt.unchanged else "not the same as before: they were out of date"
    line(f"{plural(rebuilt.incidents, 'incident')} derived anew, {same}.")


@click.command(short_help="Check every byte of the ledger.")
@ledger_option
@json_option
def verify(ledger: Path, as_json: bool) -> None:
    """Recompute every digest, the chain and the derived tables, and name the first thing that is wrong."""
    from bearwitness import pipeline

    with Meter() as meter:
        found = pipeline.verify(ledger, meter)
    if as_json:
        out_json({"sound": found.sound, **asdict(found)})
    else:
        line(f"{plural(found.entries, 'entry', 'entries')} and {plural(found.captures, 'capture')} checked.")
        for remark in found.notes:
            line(f"  {plain(remark)}")
        if found.sound:
            line("Everything adds up.")
    if found.first_wrong is not None:
        raise DamagedLedger(f"{ledger}: {found.first_wrong}")
