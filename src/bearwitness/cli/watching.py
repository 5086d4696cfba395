"""``watch``: feeds, sitemaps and pages visited again and again, on a schedule, until stopped."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bearwitness.cli.fetching import OUTCOMES, Manner, fetch_options, lines_of
from bearwitness.cli.meter import Meter
from bearwitness.cli.options import given_options, json_option, ledger_option, open_ledger, processes
from bearwitness.cli.say import line, out_json, plain, plural
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from bearwitness.pipeline import Round, Source, Watched

INTERRUPTED = 130
_TIME = re.compile(r"(\d{1,6})([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _seconds(_context: click.Context, _parameter: click.Parameter, value: str) -> float:
    """The seconds of a time as written on the command line."""
    found = _read_time(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no time: write 90s, 15m, 2h or 1d")
    return found


def _read_time(words: str) -> float | None:
    """A number of seconds, minutes, hours or days, in seconds; ``None`` for anything else."""
    found = _TIME.fullmatch(words)
    return float(int(found[1]) * _SECONDS[found[2]]) if found else None


@click.command(short_help="Visit feeds and pages again and again.")
@click.argument("addresses", nargs=-1, metavar="URL...")
@click.option(
    "--list", "listed", metavar="FILE", multiple=True, type=click.Path(path_type=Path, allow_dash=True),
    help="Watch the addresses in FILE too, one a line, each with a time of its own behind it if you like.",
)  # fmt: skip
@click.option(
    "--every", metavar="TIME", callback=_seconds, default="15m", show_default=True,
    help="The shortest time between two visits of a source; it grows where nothing changes or a visit fails.",
)  # fmt: skip
@click.option(
    "--longest", metavar="TIME", callback=_seconds, default="1d", show_default=True,
    help="The longest time that it grows to.",
)  # fmt: skip
@click.option(
    "--revisit", metavar="TIME", callback=_seconds, default="1d", show_default=True,
    help="Visit pages again after so long while their feed names them; 0s: never.",
)  # fmt: skip
@click.option("--rounds", metavar="N", type=click.IntRange(min=1), help="Stop after N rounds.")
@click.option("--once", is_flag=True, help="One round: visit what is due now, and stop. For cron.")
@given_options
@fetch_options
@ledger_option
@json_option
def watch(
    addresses: tuple[str, ...],
    listed: tuple[Path, ...],
    every: float,
    longest: float,
    revisit: float,
    rounds: int | None,
    once: bool,
    published: str | None,
    outlet: str | None,
    title: str | None,
    no_update: bool,
    ledger: Path,
    as_json: bool,
    **manner: Any,
) -> int:
    """Visit feeds, sitemaps and pages when each is due, keep and read what is new or changed, until stopped.

    Stop it at any moment; the same command goes on without loss.
    """
    from bearwitness import pipeline

    sources = [pipeline.Source(address) for address in addresses]
    sources += [_source(words, file) for file in listed for words in lines_of(file)]
    if not sources:
        raise InputError("there is nothing to watch: give addresses, or a file of them with --list FILE")
    _bounded(every, "--every")
    said = pipeline.given(published=published, outlet=outlet, title=title)
    how = Manner(**manner).fetching()
    watching = pipeline.Watching(
        pace=pipeline.Pace(every=every, longest=longest),
        revisit=revisit or None,
        rounds=1 if once else rounds,
        update=not no_update,
        processes=processes(),
    )
    with open_ledger(ledger, read_only=True):
        pass  # or it would only be missed in the first round
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Meter() as meter:
        done = pipeline.watch(ledger, sources, said, how, watching, _tell_json if as_json else _tell, meter)
    if as_json:
        out_json({"watched": done})
    else:
        show_watched(done)
    return INTERRUPTED if done.broken_off else 0


def _source(words: str, file: Path) -> Source:
    """One line of a list: an address, and perhaps a time."""
    from bearwitness.pipeline import Source

    address, _, time = words.partition(" ")
    if not time.strip():
        return Source(address)
    every = _read_time(time.strip())
    if every is None:
        raise InputError(f"{file}: {plain(words)!r}: behind an address may stand a time (90s, 15m, 2h, 1d)")
    _bounded(every, f"{file}: {plain(words)}")
    return Source(address, every)


def _bounded(every: float, where: str) -> None:
    from bearwitness.pipeline.watching import LEAST_EVERY

    if every < LEAST_EVERY:
        raise InputError(
            f"{where}: a host is not asked for the same page more often than every {LEAST_EVERY:.0f} seconds"
        )


def _tell_json(done: Round) -> None:
    out_json({"round": done})


def _tell(done: Round) -> None:
    """One line for a round, and one for each thing that somebody may want to look into."""
    fetched = done.fetched
    told = _counted(fetched.outcomes)
    read = ""
    if done.updated and done.updated.readings:
        incidents = plural(done.updated.incidents, "incident")
        read = f" {plural(done.updated.readings, 'report')} read, {incidents} in the ledger."
    line((done.at, "bold"), f"  round {done.number}: {told or 'nothing due'}.{read} Next: {done.next}")
    for address in fetched.back:
        line(("  back ", "green"), plain(address))
    for problem in fetched.problems:
        line(("  problem ", "yellow"), f"{plain(problem.code)}: {plain(problem.sentence)}")
    sys.stdout.flush()


def _counted(outcomes: dict[str, int]) -> str:
    return ", ".join(f"{outcomes[one]:,} {words}" for one, words in OUTCOMES.items() if outcomes.get(one))


def show_watched(done: Watched) -> None:
    """Say what a watch did, every source in one state."""
    line(f"{plural(done.rounds, 'round')}: {_counted(done.outcomes) or 'nothing due'}.")
    states = ", ".join(f"{count:,} {STATES.get(state, state)}" for state, count in done.sources.items())
    line(f"{plural(sum(done.sources.values()), 'source')}, by their last visit: {states}.")
    for problem in done.problems:
        line(("  problem ", "yellow"), f"{plain(problem.code)}: {plain(problem.sentence)}")
    if done.broken_off:
        line("Stopped in a round; what was finished is kept: the same command goes on.")
    elif done.next:
        line(f"The next is due at {done.next}.")


STATES = {
    "new": "there for the first time",
    "forbidden": "forbidden by robots.txt",
    "unvisited": "not visited yet",
    "refused": "refused",
}
