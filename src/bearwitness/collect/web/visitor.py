"""One address from asking whether it may be fetched to an answer: robots.txt, turns, redirects, further tries."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import msgspec

from bearwitness.collect.web.addresses import normal, parts
from bearwitness.collect.web.client import Client, Clock
from bearwitness.collect.web.hosts import Host, Hosts, Sleep
from bearwitness.collect.web.robots import SECONDS, SIZE, Robots
from bearwitness.collect.web.values import Answer, Exchange, Failed, Known, Limits, Manners
from bearwitness.collect.web.wire import Connect, Resolve, unreachable
from bearwitness.collect.web.wire import connect as connect_to
from bearwitness.collect.web.wire import resolve as resolve_name
from bearwitness.record import Problem

GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)
_MAY_PASS = (408, 425, 429, 500, 502, 503, 504)
_ASKS_FOR_TIME = (429, 503)
_NO_HOST = ("unreachable", "too_slow")


class Visitor:
    """Visits addresses, many at a time; use it as an async context manager.

    ``resolve`` and ``connect`` are those of ``Client``; ``sleep`` and ``chance`` (between 0 and 1) are for waiting.
    """

    def __init__(
        self,
        manners: Manners,
        limits: Limits,
        clock: Clock,
        *,
        resolve: Resolve = resolve_name,
        connect: Connect = connect_to,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._client = Client(manners, limits, clock, resolve=resolve, connect=connect)
        self._hosts = Hosts(manners)
        self._robots = Robots(manners.agent, self._ask_robots)
        self._sleep = sleep
        self._chance = chance

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def visit(self, address: str, known: Known | None = None) -> Answer:
        """What ``address`` (in normal form) gives, after as many tries as it takes and the limits allow."""
        exchanges: tuple[Exchange, ...] = ()
        number = 0
        while True:
            answer, after = await self._try(address, known)
            exchanges += answer.exchanges
            pause = after if after is not None else self._pause(number)
            number += 1
            last = number >= self._limits.tries or pause > self._limits.longest_pause
            if not answer.again or last or self._host(answer.final).given_up:
                return msgspec.structs.replace(answer, exchanges=exchanges)
            await self._sleep(pause)

    def _pause(self, number: int) -> float:
        return self._limits.pause * float(2**number) * (0.5 + self._chance())

    def _host(self, address: str) -> Host:
        return self._hosts.of(parts(address).netloc.decode("ascii"))

    async def _try(self, address: str, known: Known | None) -> tuple[Answer, float | None]:
        """The answer, and how long the server asks to be left alone."""
        walk = _Walk(address, self._limits)
        try:
            return await self._walk(walk, known), None
        except Failed as failed:
            problem = failed.problem
            if problem.where != address:  # the operator gave this one, and looks for it
                sentence = f"{address} leads elsewhere: {problem.sentence}"
                problem = Problem(code=problem.code, where=address, sentence=sentence)
            answer = walk.last or Answer(address=address, final=walk.address, at=self._now())
            answer = msgspec.structs.replace(
                answer,
                address=address,
                data=None,
                again=failed.again,
                patience=failed.after if failed.after is not None and math.isfinite(failed.after) else None,
                exchanges=tuple(walk.exchanges),
                problems=(problem,),
            )
            return answer, failed.after

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    async def _walk(self, walk: _Walk, known: Known | None) -> Answer:
        """From redirect to redirect to the answer."""
        while True:
            host = self._host(walk.address)
            rules = await self._robots.of(walk.address)
            walk.exchanges += rules.taken()
            rules.check(walk.address)
            host.slow_down(rules.delay())
            asked = known if known and known.final == walk.address else None
            answer = await self._ask(host, walk, asked, self._limits.size)
            if answer.status not in _MOVED:
                return self._settled(answer, walk, asked, host)
            walk.follow(answer)

    async def _ask(self, host: Host, walk: _Walk, known: Known | None, size: int) -> Answer:
        """One request in its turn. Raises ``Failed`` where there was no answer."""
        async with host.slots:
            if host.given_up:
                why = f"its host gave no answer {host.failures} times in a row and is not asked again in this run"
                raise unreachable(walk.address, why)
            await host.turn(self._sleep)
            began = asyncio.get_running_loop().time()
            answer = await self._client.ask(walk.address, known, size=size, seconds=max(0.001, walk.left))
            walk.left -= asyncio.get_running_loop().time() - began
        walk.exchanges += answer.exchanges
        walk.last = msgspec.structs.replace(answer, exchanges=())
        if answer.status is None:
            problem = answer.problems[0]
            host.failures = host.failures + 1 if problem.code in _NO_HOST else 0
            raise Failed(problem, again=answer.again)
        host.failures = 0
        return answer

    def _settled(self, answer: Answer, walk: _Walk, asked: Known | None, host: Host) -> Answer:
        """The answer as it counts. Raises ``Failed`` for a page that is gone and for errors."""
        status = answer.status or 0
        if 200 <= status < 300 and status != 206:
            return msgspec.structs.replace(answer, address=walk.start, exchanges=tuple(walk.exchanges))
        if status == 304 and asked:
            return msgspec.structs.replace(
                answer, address=walk.start, exchanges=tuple(walk.exchanges), data=None, unchanged=True
            )
        if status in GONE:
            sentence = f"{walk.address} is gone: the server answered {status}."
            raise Failed(Problem(code="gone", where=walk.address, sentence=sentence))
        after = self._wished(answer) if status in _ASKS_FOR_TIME else None
        if after is not None:
            host.leave_alone(min(after, self._limits.longest_pause))
        sentence = f"{walk.address} was not given: the server answered {status}."
        if after is not None:
            sentence += f" It asks for {after:,.0f} second{'' if round(after) == 1 else 's'} of patience."
        raise Failed(
            Problem(code="http_error", where=walk.address, sentence=sentence),
            again=status in _MAY_PASS,
            after=after,
        )

    def _wished(self, answer: Answer) -> float | None:
        """Seconds of the header Retry-After, which holds a number or a date."""
        words = answer.header("retry-after").strip()
        if words.isascii() and words.isdigit():
            return float(words[:9])
        try:
            at = parsedate_to_datetime(words)
        except (ValueError, IndexError, TypeError, OverflowError):
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        now: datetime = self._clock().astimezone(UTC)
        return max(0.0, (at - now).total_seconds())

    async def _ask_robots(self, place: str) -> Answer:
        """The answer of a robots.txt, five redirects followed, with one more try where that may help."""
        limits = msgspec.structs.replace(self._limits, redirects=5, seconds=SECONDS)
        exchanges: tuple[Exchange, ...] = ()
        last = False
        while True:
            walk = _Walk(place, limits)
            answer, again = await self._walk_to_robots(walk)
            exchanges += tuple(walk.exchanges)
            if last or not again:
                return msgspec.structs.replace(answer, exchanges=exchanges)
            last = True
            await self._sleep(self._pause(0))

    async def _walk_to_robots(self, walk: _Walk) -> tuple[Answer, bool]:
        """The answer of a robots.txt, and whether another try may bring a better one."""
        try:
            while True:
                answer = await self._ask(self._host(walk.address), walk, None, SIZE)
                if answer.status not in _MOVED:
                    return answer, False
                walk.follow(answer)
        except Failed as failed:
            # Redirects that lead nowhere count as an absent file (RFC 9309, 2.3.1.2).
            status = 404 if failed.problem.code == "too_many_redirects" else None
            answer = Answer(
                address=walk.start,
                final=walk.address,
                at=self._now(),
                status=status,
                problems=(failed.problem,),
            )
            return answer, failed.again


class _Walk:
    """Where a visit is between its first address and the one that answers."""

    def __init__(self, address: str, limits: Limits) -> None:
        self.start = address
        self.address = address
        self.left = limits.seconds
        self.exchanges: list[Exchange] = []
        self.last: Answer | None = None
        self._most = limits.redirects
        self._passed = [address]

    def follow(self, answer: Answer) -> None:
        """Go on to where ``answer`` redirects to. Raises ``Failed`` where that leads nowhere, or in circles."""
        place = answer.header("location")
        # A header is bytes; most servers mean UTF-8.
        place = place.encode("latin-1").decode("utf-8", "replace")
        if not place.strip():
            raise self._lost(f"a redirect ({answer.status}) that names no address")
        following = normal(place, self.address)
        if following in self._passed:
            raise self._lost(f"a redirect back to {following}")
        if len(self._passed) > self._most:
            raise self._lost(f"more than {self._most} redirects")
        self._passed.append(following)
        self.address = following

    def _lost(self, why: str) -> Failed:
        sentence = f"{self.start} leads nowhere: {why}."
        return Failed(Problem(code="too_many_redirects", where=self.start, sentence=sentence))
