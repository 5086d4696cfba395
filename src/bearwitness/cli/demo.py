"""``demo``: from some reports to a published site in one command."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from bearwitness.cli.meter import Meter
from bearwitness.cli.say import line, plain
from bearwitness.errors import InputError

MARK = "bearwitness-demo.txt"
MARK_TEXT = "This folder was made by 'bearwitness demo', which replaces it whole.\n"


@click.command(short_help="Go from invented stories to a site.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default="demo",
    show_default=True,
    help="Where to put the ledger and the site; an earlier demo there is replaced.",
)
def demo(files: tuple[str, ...], out: Path) -> None:
    """Build a ledger from invented stories (or from FILEs), list its incidents and publish its site."""
    from bearwitness import pipeline
    from bearwitness.cli.giving import show_site
    from bearwitness.cli.keeping import show_added, show_update
    from bearwitness.cli.looking import show_incidents
    from bearwitness.store import Ledger

    # Missing files are found out before the earlier demo is gone.
    sources = pipeline.items(files, stdin=sys.stdin.buffer) if files else pipeline.stories()
    _make_room(out)
    with Meter() as meter, Ledger.create(out / "ledger") as ledger:
        show_added(pipeline.add_items(ledger, sources, {}, meter))
        show_update(pipeline.update(ledger, meter))
        found = list(pipeline.listed(ledger))
        summary = pipeline.publish(ledger, out / "site", progress=meter)
        pipeline.note_export(ledger, "site", "site", *pipeline.sum_of(out / "site"))
    line("")
    show_incidents(found)
    line("")
    show_site(summary)
    line(
        f"The ledger is in {plain(str(out / 'ledger'))}; look closer: bearwitness show --ledger {plain(str(out / 'ledger'))} ID"
    )


def _make_room(out: Path) -> None:
    """An empty folder with our mark in it; ``InputError`` if there is anything that is not an earlier demo."""
    try:
        if out.exists() and any(out.iterdir()):
            if not (out / MARK).is_file():
                raise InputError(
                    f"{out} holds files that are not an earlier demo (no {MARK} in it), so it is left alone: "
                    "name a new folder with --out"
                )
            shutil.rmtree(out)
        out.mkdir(parents=True, exist_ok=True)
        (out / MARK).write_text(MARK_TEXT, encoding="ascii")
    except OSError as error:
        raise InputError(f"{out} cannot be used: {error.strerror}; name another folder with --out") from None
