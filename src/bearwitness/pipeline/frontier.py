"""Which addresses a run of fetching still has to visit, host by host, so that no host holds up the others."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bearwitness.visit import Kept


class Job(NamedTuple):
    """One address to visit, what is kept of it, and how many feeds or sitemaps lead to it."""

    address: str
    before: Kept | None
    depth: int = 0
    listing: bool = False
    """Whether it must be a feed or a sitemap."""
    of: str = ""
    """What named it: a feed, a sitemap, an index; nothing for an address of the operator's."""
    was: str = ""
    """The outcome of the last visit."""


class _Queue:
    """The jobs of one host."""

    def __init__(self) -> None:
        self.jobs: deque[Job] = deque()
        self.active = 0
        self.listed = False


class Frontier:
    """Jobs that wait, given out by turns among the hosts, at most ``per_host`` of one host at a time."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._queues: dict[str, _Queue] = {}
        self._rota: asyncio.Queue[str | None] = asyncio.Queue()
        self.waiting = 0

    def add(self, job: Job) -> None:
        """Take in a job."""
        host = urlsplit(job.address).netloc
        self._queues.setdefault(host, _Queue()).jobs.append(job)
        self.waiting += 1
        self._list(host)

    async def jobs(self) -> AsyncGenerator[Job, None]:
        """The jobs for one worker, one at a time; a job is done when the next is asked for. Ends after ``close``."""
        while (host := await self._rota.get()) is not None:
            queue = self._queues[host]
            queue.listed = False
            job = queue.jobs.popleft()
            queue.active += 1
            self.waiting -= 1
            self._list(host)
            try:
                yield job
            finally:
                queue.active -= 1
                self._list(host)
                if not queue.jobs and not queue.active:
                    self._queues.pop(host, None)
        self.close()

    def close(self) -> None:
        """Let every worker end."""
        self._rota.put_nowait(None)

    def _list(self, host: str) -> None:
        """Put a host on the rota if it has a job that may begin."""
        queue = self._queues[host]
        if queue.jobs and not queue.listed and queue.active < self._per_host:
            queue.listed = True
            self._rota.put_nowait(host)
