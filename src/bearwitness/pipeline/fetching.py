"""Fetching from the web into a ledger: pages by address, feeds and sitemaps with what they name.

A run may be killed at any moment. What was kept stays; the same command goes on from there, since the journal
says which addresses this run has visited. At most the answers of the last moments are asked for again.
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from bearwitness import __version__
from bearwitness.collect import web
from bearwitness.record import Problem, canonical, digest
from bearwitness.store import Runs, now, stamp

from .running import Again, Run, only_failed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bearwitness.store import Clock, Ledger
    from bearwitness.visit import Visit

    from .ahead import Ahead
    from .deriving import Progress

FORGOTTEN = timedelta(days=7)
"""After so long the same command begins anew, rather than going on where it was broken off."""


class Fetching(msgspec.Struct, frozen=True, kw_only=True):
    """How to fetch: ``feeds`` says that every address given is a feed or a sitemap, ``contact`` whom a host may ask."""

    feeds: bool = False
    contact: str = ""
    allow_hosts: frozenset[str] = frozenset()
    delay: float = 0.5
    per_host: int = 2
    at_once: int = 32
    limits: web.Limits = web.Limits()

    @property
    def agent(self) -> str:
        """The User-Agent header."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"bearwitness/{__version__} (keeps reports of violence as evidence{contact})"


class Fetched(msgspec.Struct, frozen=True):
    """What a run did. Each address is counted in one of ``outcomes``: a visit's outcome, or why there was no visit.

    ``known``: named by a feed and visited before; ``done``: visited by this run before it was broken off;
    ``repeated``: given more than once; ``resting``: not due. ``problems`` are those of the addresses that are none of
    the web, and the first of the others, ``more`` how many came behind, ``back`` the first pages that were gone and are there again.
    """

    outcomes: dict[str, int]
    problems: tuple[Problem, ...]
    more: int
    resumed: bool
    back: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many addresses were given and found."""
        return sum(self.outcomes.values())


def fetch(
    ledger: Ledger,
    addresses: Sequence[str],
    given: Mapping[str, str],
    how: Fetching,
    progress: Progress | None = None,
    *,
    clock: Clock = now,
    resolve: web.Resolve | None = None,
    connect: web.Connect | None = None,
    resting: Collection[str] = (),
    again: Again = only_failed,
    resume: bool = True,
    ahead: Ahead | None = None,
) -> Fetched:
    """Visit ``addresses`` and keep what they give, with what the operator says of it (see ``given``).

    The entries of feeds and sitemaps that were never visited are visited too. ``resolve`` and ``connect`` are how
    names become network addresses and these become connections, where not the system's. For ``resting`` and
    ``again`` see ``Run``. A run that is not to ``resume`` begins anew, and no later one goes on with it. What comes is read
    ``ahead`` by other processes, as far as they get.
    """
    runs = Runs(ledger.folder)
    name, resumed = f"{stamp(clock)}-{secrets.token_hex(4)}", False
    told = digest(canonical([list(addresses), dict(given), how.feeds]))
    if resume:
        name, resumed = runs.begin(told, name, (clock() - FORGOTTEN).isoformat())
    seams = {key: seam for key, seam in (("resolve", resolve), ("connect", connect)) if seam is not None}
    run = Run(ledger, given, how, name, clock, progress, resting, again, ahead)
    try:
        asyncio.run(run.go(addresses, seams))
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None
    if resume:
        runs.finish(told)
    return Fetched(
        outcomes={key: count for key, count in run.outcomes.items() if count},
        problems=(*run.refused, *run.problems),
        more=run.more,
        resumed=resumed,
        back=tuple(run.back),
    )


def failures(ledger: Ledger, *, all_of_them: bool = False) -> list[Visit]:
    """The last visits that failed and may do better at another time; or ``all_of_them`` that brought nothing."""
    return [
        visit
        for visit in ledger.visits()
        if visit.outcome in ("failed", "forbidden") and (visit.again or all_of_them)
    ]
