"""``fetch`` and ``retry``: pages, feeds and sitemaps from the web into the ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from bearwitness.cli.keeping import show_update
from bearwitness.cli.meter import Meter
from bearwitness.cli.options import given_options, json_option, ledger_option, open_ledger, processes
from bearwitness.cli.say import line, out_json, plain, plural
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from bearwitness.pipeline import Fetched, Fetching

F = TypeVar("F", bound=Callable[..., Any])
LONGEST_LIST = 64 * 1024 * 1024
OUTCOMES = {
    "new": "new",
    "changed": "changed since the last visit",
    "unchanged": "unchanged",
    "gone": "gone",
    "forbidden": "forbidden by robots.txt",
    "failed": "failed",
    "known": "named by a feed and visited before",
    "done": "visited before the run was broken off",
    "repeated": "given more than once",
    "resting": "not due yet",
}


class Manner(NamedTuple):
    """The options that say how to fetch."""

    allow_host: tuple[str, ...]
    contact: str
    delay: float
    per_host: int
    at_once: int

    def fetching(self, *, feeds: bool = False) -> Fetching:
        """The same for the pipeline. Raises ``InputError`` for a contact that no header can hold."""
        from bearwitness.pipeline import Fetching

        contact = self.contact.strip()
        if not contact.isascii() or not contact.isprintable() or len(contact) > 200:
            raise InputError(
                f"contact: {self.contact!r} cannot stand in a header: give an address or a page in ASCII"
            )
        return Fetching(
            feeds=feeds,
            contact=contact,
            allow_hosts=frozenset(host.strip("[]").lower() for host in self.allow_host),
            delay=self.delay,
            per_host=self.per_host,
            at_once=self.at_once,
        )


def fetch_options(command: F) -> F:
    """The options that say how to fetch, and ``--no-update``."""
    for option in (
        click.option("--no-update", is_flag=True, help="Only keep what comes; a later update reads it."),
        click.option(
            "--at-once", metavar="N", type=click.IntRange(1, 256), default=32, show_default=True,
            help="Visits at once.",
        ),
        click.option(
            "--per-host", metavar="N", type=click.IntRange(1, 64), default=2, show_default=True,
            help="Visits at once to one host.",
        ),
        click.option(
            "--delay", metavar="SECONDS", type=click.FloatRange(0, 3600), default=0.5, show_default=True,
            help="Between requests to one host; a robots.txt may ask for more.",
        ),
        click.option("--contact", metavar="TEXT", default="", help="Whom a host may ask: sent as User-Agent."),
        click.option(
            "--allow-host", metavar="NAME", multiple=True,
            help="Allow a host with a private network address; may be repeated.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command(short_help="Fetch pages, feeds and sitemaps from the web.")
@click.argument("addresses", nargs=-1, metavar="URL...")
@click.option(
    "--list", "listed", metavar="FILE", multiple=True, type=click.Path(path_type=Path, allow_dash=True),
    help="Fetch the addresses in FILE too, one a line (- is standard input).",
)  # fmt: skip
@click.option("--feed", "feeds", is_flag=True, help="Every address is a feed or a sitemap.")
@given_options
@fetch_options
@ledger_option
@json_option
def fetch(
    addresses: tuple[str, ...],
    listed: tuple[Path, ...],
    feeds: bool,
    published: str | None,
    outlet: str | None,
    title: str | None,
    no_update: bool,
    ledger: Path,
    as_json: bool,
    **manner: Any,
) -> None:
    """Visit URLs, keep what they give with the whole exchange, read it, and derive the incidents.

    Feeds (RSS, Atom, JSON Feed) and sitemaps are recognised, and what they name is fetched too. The same command
    goes on where it was broken off.
    """
    from bearwitness import pipeline

    wanted = [*addresses, *(address for file in listed for address in lines_of(file))]
    if not wanted:
        raise InputError("there is nothing to fetch: give addresses, or a file of them with --list FILE")
    said = pipeline.given(published=published, outlet=outlet, title=title)
    _run(ledger, wanted, said, Manner(**manner).fetching(feeds=feeds), no_update=no_update, as_json=as_json)


@click.command(short_help="Fetch again what failed.")
@click.option("--list", "only_list", is_flag=True, help="Only list what failed, and why.")
@click.option("--all", "all_of_them", is_flag=True, help="Also what is not likely to do better now.")
@given_options
@fetch_options
@ledger_option
@json_option
def retry(
    only_list: bool,
    all_of_them: bool,
    published: str | None,
    outlet: str | None,
    title: str | None,
    no_update: bool,
    ledger: Path,
    as_json: bool,
    **manner: Any,
) -> None:
    """Visit again the addresses whose last visit failed for a reason that may pass.

    With --all also those that a host refused or forbade. A page that is gone is not asked for again: fetch it by
    its address.
    """
    from bearwitness import pipeline

    how = Manner(**manner).fetching()
    with open_ledger(ledger, read_only=True) as opened:
        failed = pipeline.failures(opened, all_of_them=all_of_them)
    if only_list and as_json:
        out_json(failed)
    elif only_list or not failed:
        line(f"{plural(len(failed), 'address', 'addresses')} to try again.")
        for visit in failed:
            problem = visit.problems[0]
            line(("  problem ", "yellow"), f"{problem.code}: {plain(problem.sentence)} ({visit.at})")
    else:
        said = pipeline.given(published=published, outlet=outlet, title=title)
        wanted = [visit.address for visit in failed]
        _run(ledger, wanted, said, how, no_update=no_update, as_json=as_json)


def _run(
    ledger: Path, wanted: list[str], said: dict[str, str], how: Fetching, *, no_update: bool, as_json: bool
) -> None:
    from bearwitness import pipeline

    with open_ledger(ledger) as opened, Meter() as meter:
        if no_update:
            fetched, updated = pipeline.fetch(opened, wanted, said, how, meter), None
        else:
            with pipeline.Ahead(opened, processes()) as ahead:
                fetched = pipeline.fetch(opened, wanted, said, how, meter, ahead=ahead)
                updated = pipeline.update(opened, meter, processes=processes(), ahead=ahead)
    if as_json:
        out_json({"fetched": fetched, "updated": updated})
        return
    show_fetched(fetched)
    if updated is not None:
        show_update(updated)
    else:
        line("Read them: bearwitness update")


def show_fetched(fetched: Fetched) -> None:
    """Say what ``fetch`` did: every address in one outcome, and the first problems."""
    if fetched.resumed:
        line("This went on with a run that had been broken off.")
    told = ", ".join(
        f"{fetched.outcomes[outcome]:,} {words}"
        for outcome, words in OUTCOMES.items()
        if fetched.outcomes.get(outcome)
    )
    line(f"{plural(fetched.total, 'address', 'addresses')}: {told}.")
    for problem in fetched.problems:
        line(("  problem ", "yellow"), f"{plain(problem.code)}: {plain(problem.sentence)}")
    if fetched.more:
        line(
            f"  and {plural(fetched.more, 'more problem')}: bearwitness retry --list --all has what failed or was "
            "forbidden, bearwitness changes what is gone"
        )


def lines_of(file: Path) -> list[str]:
    """The addresses in ``file``, one a line; empty lines and those that begin with # are passed over."""
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(LONGEST_LIST + 1)
        else:
            with file.open("rb") as stream:
                data = stream.read(LONGEST_LIST + 1)
    except OSError as error:
        raise InputError(
            f"{file}: cannot be opened ({error.strerror}). Check its name and permissions."
        ) from None
    if len(data) > LONGEST_LIST:
        raise InputError(f"{file}: the list is longer than {LONGEST_LIST:,} bytes; split it")
    lines = (words.strip() for words in data.decode("utf-8-sig", "replace").splitlines())
    return [words for words in lines if words and not words.startswith("#")]
