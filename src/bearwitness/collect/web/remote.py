"""A large file of the web, read forward as it comes: nothing of it is held, and it goes on where the connection broke.

For files of web archives, which may have gigabytes. The same checks of network addresses hold as for pages.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

import h11

from bearwitness.collect.web.addresses import normal, parts
from bearwitness.collect.web.body import bad_answer
from bearwitness.collect.web.client import secure
from bearwitness.collect.web.values import Failed, Limits, Manners
from bearwitness.collect.web.wire import Connect, Connection, Place, Pool, Resolve, Wire, unreachable, words
from bearwitness.collect.web.wire import connect as connect_to
from bearwitness.collect.web.wire import resolve as resolve_name
from bearwitness.record import Problem

T = TypeVar("T")
_MOVED = (301, 302, 303, 307, 308)
_MAY_PASS = (408, 425, 429, 500, 502, 503, 504)
_HEAD = 200 * 1024
_RANGE = re.compile(r"bytes (\d{1,18})-")


class _Flow(Wire):
    """What goes over the wire, of which only the beginning is remembered."""

    def take(self, data: bytes) -> None:
        """See ``Wire.take``."""
        if len(self.received) < self.limit:
            self.received += data


class Remote:
    """The file at ``address`` (in normal form) from byte ``at`` on, with a method ``read`` as files have.

    Raises ``Failed`` when it is opened and cannot be had, ``OSError`` where reading it cannot go on.
    """

    def __init__(
        self,
        address: str,
        manners: Manners,
        limits: Limits,
        *,
        at: int = 0,
        resolve: Resolve = resolve_name,
        connect: Connect = connect_to,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._address = address
        self._manners = manners
        self._limits = limits
        self._at = at
        self._etag = ""
        self._held = b""
        self._pass = 0  # bytes to pass over, of a server that gives only whole files
        self._ended = False
        self._sleep = sleep
        self._loop = asyncio.new_event_loop()
        self._pool = Pool(manners.allow_hosts, limits.connecting, secure, resolve, connect)
        self._connection: Connection | None = None
        self._flow = _Flow(address, _HEAD)
        try:
            self._tried(self._open)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up the connection."""
        self._drop()
        # A transport that was aborted tells so in the next turn of the loop.
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def read(self, size: int) -> bytes:
        """At least one and at most ``size`` bytes; none at the end."""
        while not self._held and not self._ended:
            try:
                piece = self._tried(self._piece)
            except Failed as failed:
                raise OSError(failed.problem.sentence) from None
            passed = min(self._pass, len(piece))
            self._pass -= passed
            self._at += len(piece) - passed
            self._held = piece[passed:]
        data, self._held = self._held[:size], self._held[size:]
        return data

    def _tried(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of ``work``, tried again with growing pauses where that may help."""
        number = 0
        while True:
            try:
                return self._loop.run_until_complete(self._timely(work))
            except Failed as failed:
                self._drop()
                number += 1
                if not failed.again or number >= self._limits.tries:
                    raise
                self._sleep(self._limits.pause * 2.0 ** (number - 1))

    async def _timely(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await work()
        except TimeoutError:
            sentence = f"{self._address} gave nothing for {self._limits.seconds:.0f} seconds."
            raise Failed(
                Problem(code="too_slow", where=self._address, sentence=sentence), again=True
            ) from None
        except (h11.ProtocolError, OSError) as error:
            raise unreachable(self._address, f"the connection broke ({words(error)})") from None

    async def _piece(self) -> bytes:
        """What comes next; nothing at the end."""
        if self._connection is None:
            await self._open()
        assert self._connection is not None
        event = await self._connection.next(self._flow)
        if isinstance(event, h11.Data):
            return bytes(event.data)
        self._ended = True
        return b""

    async def _open(self) -> None:
        """Ask for the file from where it goes on, redirects followed."""
        address = self._address
        for _ in range(self._limits.redirects + 1):
            status, headers = await self._ask(address)
            if status not in _MOVED:
                self._begin(status, headers)
                return
            self._drop()
            address = normal(headers.get("location", ""), address)
        raise self._failed("too_many_redirects", f"{self._address} leads nowhere: too many redirects.")

    async def _ask(self, address: str) -> tuple[int, dict[str, str]]:
        to = parts(address)
        place = Place(to.scheme, to.host, to.port)
        headers = [
            (b"Host", to.netloc),
            (b"User-Agent", self._manners.agent.encode("ascii")),
            (b"Accept-Encoding", b"identity"),
        ]
        if self._at:
            headers.append((b"Range", b"bytes=%d-" % self._at))
        self._flow = _Flow(address, _HEAD)
        self._connection = await self._pool.fresh(self._flow, place)
        await self._connection.send(self._flow, h11.Request(method="GET", target=to.target, headers=headers))
        event = await self._connection.next(self._flow)
        while isinstance(event, h11.InformationalResponse):
            event = await self._connection.next(self._flow)
        if not isinstance(event, h11.Response):
            raise bad_answer(address, "it never comes")
        return event.status_code, {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in event.headers.raw_items()
        }

    def _begin(self, status: int, headers: dict[str, str]) -> None:
        """Take the answer for the file, from where it is to go on. Raises ``Failed`` where it is not."""
        where = self._address
        if status in (404, 410):
            raise self._failed("gone", f"{where} is gone: the server answered {status}.")
        if status not in (200, 206):
            problem = f"{where} was not given: the server answered {status}."
            raise self._failed("http_error", problem, again=status in _MAY_PASS)
        etag = headers.get("etag", "")
        if self._etag and etag != self._etag:
            raise self._failed("cut_short", f"{where} became another file while it was read.")
        self._etag = etag
        self._pass = self._at if status == 200 else 0
        begun = _RANGE.match(headers.get("content-range", ""))
        if status == 206 and (begun is None or int(begun[1]) != self._at):
            raise bad_answer(where, "it is another part of the file than was asked for")

    def _failed(self, code: str, sentence: str, *, again: bool = False) -> Failed:
        return Failed(Problem(code=code, where=self._address, sentence=sentence), again=again)

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
