"""robots.txt, by the field's rule (RFC 9309): an absent one allows all, one that cannot be had forbids all."""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import protego

from bearwitness.collect.web.addresses import parts
from bearwitness.collect.web.values import Answer, Exchange, Failed
from bearwitness.record import Problem

SIZE = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for no less."""
SECONDS = 30.0
MOST = 20_000
_NO_HOST = ("refused_address", "unreachable", "too_slow")

Ask = Callable[[str], Awaitable[Answer]]
"""Gives the answer of the address of a robots.txt, redirects followed."""


class Rules:
    """What one host's robots.txt allows. ``exchanges`` are those that it was had by."""

    def __init__(self, answer: Answer, agent: str) -> None:
        self.exchanges: tuple[Exchange, ...] = answer.exchanges
        self._failed: Failed | None = None
        self._agent = agent
        self._parsed: protego.Protego | None = None
        if answer.data is not None and answer.status is not None and answer.status < 300:
            self._parsed = protego.Protego.parse(answer.data[:SIZE].decode("utf-8", "replace"))
        elif answer.status is None or answer.status >= 500 or answer.status == 429:
            self._failed = _unavailable(answer)

    def check(self, address: str) -> None:
        """Raises ``Failed`` if ``address`` may not be fetched: ``robots``, or what keeps its host from being asked."""
        if self._failed is not None:
            raise _of(self._failed, address)
        if self._parsed is not None and not self._parsed.can_fetch(address, self._agent):
            sentence = f"{address} was not fetched: its host's robots.txt forbids it to programs."
            raise Failed(Problem(code="robots", where=address, sentence=sentence))

    def delay(self) -> float:
        """Seconds between requests that it asks for."""
        wished = self._parsed.crawl_delay(self._agent) if self._parsed else None
        return wished if wished is not None and math.isfinite(wished) and wished > 0 else 0.0

    def taken(self) -> tuple[Exchange, ...]:
        """The exchanges, the first time they are asked for; so that they are kept once."""
        exchanges, self.exchanges = self.exchanges, ()
        return exchanges


class Robots:
    """The rules of every host met in a run; each is asked for once."""

    def __init__(self, agent: str, ask: Ask) -> None:
        self._agent = agent.partition("/")[0]
        self._ask = ask
        self._rules: OrderedDict[str, asyncio.Task[Rules]] = OrderedDict()

    async def of(self, address: str) -> Rules:
        """The rules of the host of ``address``."""
        to = parts(address)
        place = f"{to.scheme}://{to.netloc.decode('ascii')}/robots.txt"
        task = self._rules.get(place)
        if task is None:
            while len(self._rules) >= MOST:
                self._rules.popitem(last=False)
            task = self._rules[place] = asyncio.create_task(self._learn(place))
        return await asyncio.shield(task)

    async def _learn(self, place: str) -> Rules:
        return Rules(await self._ask(place), self._agent)


def _of(failed: Failed, address: str) -> Failed:
    """The same, said of the address that was to be fetched; the host's robots.txt was only asked for on its behalf."""
    problem = failed.problem
    if problem.code in _NO_HOST:
        sentence = problem.sentence.replace(problem.where, address)
    else:
        sentence = f"{address} was not fetched: {problem.sentence}"
    told = Problem(code=problem.code, where=address, sentence=sentence)
    return Failed(told, again=failed.again, after=failed.after)


def _unavailable(answer: Answer) -> Failed:
    """The problem of every page of a host whose robots.txt cannot be had; trying again in this run is of no use."""
    place = answer.address
    why = answer.problems[0] if answer.problems else None
    if why is not None and answer.final == place and why.code in _NO_HOST:
        return Failed(why, again=why.code != "refused_address", after=math.inf)
    words = why.sentence if why else f"The server answered {answer.status}."
    sentence = f"{place} cannot be had, and until it can all of its host is held to be forbidden: {words}"
    return Failed(Problem(code="robots", where=place, sentence=sentence), again=True, after=math.inf)
