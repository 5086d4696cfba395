"""Manners towards one host: how many requests at once, how far apart, and when to leave it alone."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bearwitness.collect.web.values import Manners

GIVEN_UP = 5
"""After so many requests in a row without an answer, a host is not asked again in this run."""
MOST_HOSTS = 20_000
_LONGEST_DELAY = 60.0

Sleep = Callable[[float], Awaitable[None]]


class Host:
    """What is known of one host during a run."""

    def __init__(self, manners: Manners) -> None:
        self.slots = asyncio.Semaphore(manners.per_host)
        self.delay = manners.delay
        self.failures = 0
        self._next = 0.0

    @property
    def given_up(self) -> bool:
        """Whether it has failed so often in a row that asking on is a waste."""
        return self.failures >= GIVEN_UP

    def slow_down(self, delay: float) -> None:
        """Ask no more often than every ``delay`` seconds, as its robots.txt wishes; a minute at most."""
        self.delay = max(self.delay, min(delay, _LONGEST_DELAY))

    def leave_alone(self, seconds: float) -> None:
        """Ask nothing for so long."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)

    async def turn(self, sleep: Sleep) -> None:
        """Wait until the next request may be made."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next)
        self._next = at + self.delay
        if at > now:
            await sleep(at - now)


class Hosts:
    """The hosts of a run. So that memory stays bounded, those not asked for longest are forgotten."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._hosts: OrderedDict[str, Host] = OrderedDict()

    def of(self, name: str) -> Host:
        """The host of that name and port."""
        host = self._hosts.get(name)
        if host is None:
            while len(self._hosts) >= MOST_HOSTS:
                self._hosts.popitem(last=False)
            host = self._hosts[name] = Host(self._manners)
        self._hosts.move_to_end(name)
        return host
