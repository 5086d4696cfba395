"""``init``, ``add``, ``update``, ``verify``, ``rebuild``: making a ledger and keeping it whole."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bearwitness.cli.meter import Meter
from bearwitness.cli.options import (
    columns_option,
    given_options,
    json_option,
    ledger_option,
    open_ledger,
    processes,
)
from bearwitness.cli.say import line, out_json, plain, plural
from bearwitness.errors import DamagedLedger, InputError

if TYPE_CHECKING:
    from bearwitness.pipeline import Added, Crawled, Fetching, Updated
    from bearwitness.store import Custody


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
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--archives",
    "listed",
    metavar="LIST",
    type=click.Path(path_type=Path),
    help="Add the web archives whose paths are in LIST, one a line, plain or gzip.",
)
@click.option("--base", metavar="PLACE", help="The folder or address that the paths of LIST are relative to.")
@click.option(
    "--allow-host", metavar="NAME", multiple=True, help="Allow a host of LIST with a private network address."
)
@given_options
@columns_option
@click.option("--no-update", is_flag=True, help="Only keep the files; a later update reads them.")
@ledger_option
@json_option
def add(
    files: tuple[str, ...],
    listed: Path | None,
    base: str | None,
    allow_host: tuple[str, ...],
    published: str | None,
    outlet: str | None,
    title: str | None,
    columns: str | None,
    no_update: bool,
    ledger: Path,
    as_json: bool,
) -> None:
    """Keep FILEs (text, HTML, PDF, mail, tables, archives and web archives; folders are walked; - is standard input) in the ledger, read them, and derive the incidents.

    Files are kept byte for byte. What is already there is passed over. Web archives of a LIST are read as they come, and
    only their pages are kept; the same command goes on where it was broken off.
    """
    from bearwitness import pipeline

    if not files and listed is None:
        raise InputError(
            "there is nothing to add: name files or folders, or a list of web archives with --archives"
        )
    said = pipeline.given(published=published, outlet=outlet, title=title)
    mapping = pipeline.columns(columns)
    lines = pipeline.archives(listed) if listed is not None else []
    with (
        open_ledger(ledger) as opened,
        Meter() as meter,
        pipeline.Ahead(opened, 1 if no_update else processes()) as ahead,
    ):
        added = pipeline.add(opened, files, said, meter, stdin=sys.stdin.buffer, columns=mapping, ahead=ahead)
        crawled = None
        if listed is not None:
            how = _manner(base, lines, allow_host)
            crawled = pipeline.crawl(opened, lines, base or "", said, how, meter, ahead=ahead)
        updated = None if no_update else pipeline.update(opened, meter, processes=processes(), ahead=ahead)
    if as_json:
        out_json({"added": added, "updated": updated} | ({"archives": crawled} if crawled else {}))
        return
    if files:
        show_added(added)
    if crawled is not None:
        show_crawled(crawled)
    if updated is not None:
        show_update(updated)
    else:
        line("Read them: bearwitness update")


def _manner(base: str | None, lines: list[str], allow_host: tuple[str, ...]) -> Fetching | None:
    """How to ask for archives of the web; none where they lie in folders, so that nothing needs to be installed."""
    if not any(place.startswith(("http://", "https://")) for place in (base or "", *lines)):
        return None
    from bearwitness.pipeline import Fetching

    return Fetching(allow_hosts=frozenset(host.strip("[]").lower() for host in allow_host))


def show_crawled(crawled: Crawled) -> None:
    """Say what came of a list of web archives."""
    if crawled.resumed:
        line("This went on with a run that had been broken off.")
    done = f", {crawled.done:,} read before" if crawled.done else ""
    line(
        f"{plural(crawled.read, 'web archive')} read, {crawled.failed:,} not{done}: "
        f"{plural(crawled.new, 'page')} added, {crawled.known:,} already there."
    )
    for problem in crawled.problems:
        line(("  problem ", "yellow"), f"{plain(problem.code)}: {plain(problem.sentence)}")
    if crawled.more:
        line(f"  and {plural(crawled.more, 'more problem')}, kept in the ledger")
    if crawled.failed:
        line("Try those that were not read again: give the same command.")


def show_added(added: Added) -> None:
    """Say what ``add`` did."""
    again = f" {plural(added.again, 'page')} met again, unchanged." if added.again else ""
    files = added.new - added.pages
    told = [plural(files, "file")] if files or not added.pages else []
    told += [f"{plural(added.pages, 'page')} out of web archives"] if added.pages else []
    line(f"{' and '.join(told)} added, {added.known:,} already there.{again}")
    if added.exchanges:
        line(
            f"{plural(added.exchanges, 'request or answer', 'requests and answers')} kept as the web archives tell them."
        )
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
        updated = pipeline.update(opened, meter, processes=processes())
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
        line(f"{plural(found.entries, 'entry', 'entries')} and {plural(found.captures, 'file')} checked.")
        for remark in found.notes:
            line(f"  {plain(remark)}")
        if found.sound:
            _show_custody(found.custody)
            line("Everything adds up.")
    if found.first_wrong is not None:
        raise DamagedLedger(f"{ledger}: {found.first_wrong}")


def _show_custody(found: Custody) -> None:
    """Say how the captures came in and what vouches for them."""
    captures = found.fetched + found.archived + found.added
    line(f"Chain of custody of {plural(captures, 'capture')}:")
    if found.fetched:
        line(
            f"{found.fetched:,} fetched; the exchange that is kept gives the very bytes of {found.match:,}",
            indent=2,
        )
    if found.archived:
        line(
            f"{found.archived:,} out of web archives, whose exchanges give the very bytes; that these took place is the archives' word",
            indent=2,
        )
    if found.added:
        line(f"{found.added:,} added; where they came from is what was said of them, not checked", indent=2)
    line(f"{found.stamped:,} under time stamps, {captures - found.stamped:,} not", indent=2)
    if found.stamps:
        proven = f"{found.proven:,} checked against the certificates kept with them"
        line(f"{plural(found.stamps, 'time stamp')}, {proven}", indent=2)
    if found.proofs:
        line(
            f"{plural(found.proofs, 'OpenTimestamps proof')}: {found.anchored:,} lead to a block of the Bitcoin chain, which is to be "
            f"compared with the chain itself; {found.proofs - found.anchored:,} pending, which prove nothing yet",
            indent=2,
        )
    line(f"{plural(found.exports, 'export')} noted", indent=2)
