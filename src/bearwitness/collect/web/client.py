"""One request and its answer, within limits. No cookies are kept, no proxy is asked, no redirect followed here."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from types import TracebackType
from typing import NamedTuple, Self

import h11
import httpx
import msgspec

from bearwitness.collect.encodings import accepted
from bearwitness.collect.web.addresses import Address, parts
from bearwitness.collect.web.body import Body, bad_answer, undecoded
from bearwitness.collect.web.values import Answer, Cut, Exchange, Failed, Known, Limits, Manners
from bearwitness.collect.web.wire import Connect, Connection, Place, Pool, Resolve, Wire, unreachable, words
from bearwitness.collect.web.wire import connect as connect_to
from bearwitness.collect.web.wire import resolve as resolve_name
from bearwitness.record import Problem

Clock = Callable[[], datetime]

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.8"
_KEPT_OF_A_FAILURE = 64 * 1024
_INFORMED = 10  # informational answers before the one that counts
_HEAD = 128 * 1024  # bytes that may come beside the content
_END_OF_HEAD = re.compile(rb"\n\r?\n")


@cache
def secure() -> ssl.SSLContext:
    """How certificates are checked; made when first needed, since that takes a while."""
    return httpx.create_ssl_context()


class Sent(NamedTuple):
    """What is asked another way than pages are: ``content`` of the media type ``kind`` is sent with POST, and nothing with
    GET; ``accept`` is what may come back."""

    content: bytes | None
    kind: str
    accept: str


class _Stale(Exception):
    """A connection that the other side closed while it was not used."""


class Client:
    """Asks for single addresses; use it as an async context manager.

    ``resolve`` and ``connect`` are how names become network addresses and these become connections.
    """

    def __init__(
        self,
        manners: Manners,
        limits: Limits,
        clock: Clock,
        *,
        resolve: Resolve = resolve_name,
        connect: Connect = connect_to,
    ) -> None:
        self._agent = manners.agent
        self._limits = limits
        self._clock = clock
        self._accepted = accepted().encode("ascii")
        self._pool = Pool(manners.allow_hosts, limits.connecting, secure, resolve, connect)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    async def ask(
        self,
        address: str,
        known: Known | None = None,
        *,
        size: int,
        seconds: float,
        sent: Sent | None = None,
    ) -> Answer:
        """What ``address`` (in normal form) answers. ``size`` is in bytes, ``seconds`` for all of it.

        A redirect, a 404 or an error of the server is an answer like any other here; ``data`` is its content.
        """
        wire = Wire(address, size + _HEAD)
        asked = Answer(address=address, final=address, at=_stamp(self._clock))
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(asked, known, wire, size, sent)
        except TimeoutError:
            sentence = f"{address} was not answered in full within {seconds:.0f} seconds."
            problem = Problem(code="too_slow", where=address, sentence=sentence)
            return _failed(asked, wire, Failed(problem, again=True), "time")
        except Failed as failed:
            return _failed(asked, wire, failed, "length" if failed.problem.code == "too_large" else "")

    async def _ask(
        self, asked: Answer, known: Known | None, wire: Wire, size: int, sent: Sent | None
    ) -> Answer:
        to = parts(asked.address)
        place = Place(to.scheme, to.host, to.port)
        content = sent.content if sent else None
        request = h11.Request(
            method="GET" if content is None else "POST",
            target=to.target,
            headers=self._headers(to, known, sent),
        )
        connection = await self._pool.take(wire, place)
        try:
            return await self._exchange(asked, connection, request, wire, size, content)
        except _Stale:
            connection.close()
            connection = await self._pool.fresh(wire, place)
            return await self._exchange(asked, connection, request, wire, size, content)
        finally:
            self._pool.give_back(place, connection)

    async def _exchange(
        self,
        asked: Answer,
        connection: Connection,
        request: h11.Request,
        wire: Wire,
        size: int,
        content: bytes | None,
    ) -> Answer:
        """One exchange over ``connection``. Raises ``_Stale`` where it had been closed since it was last used."""
        answer: Answer | None = None
        try:
            await connection.send(wire, request, content or b"")
            answer = await self._head(asked, connection, wire)
            return await self._body(answer, connection, wire, size)
        except (h11.ProtocolError, OSError) as error:
            if isinstance(error, TimeoutError):
                raise
            if connection.used and not wire.received:
                raise _Stale from None
            raise _broken(asked.address, wire, answer, error) from None

    async def _head(self, asked: Answer, connection: Connection, wire: Wire) -> Answer:
        """The answer with its status and headers."""
        for _ in range(_INFORMED):
            event = await connection.next(wire)
            if isinstance(event, h11.Response):
                headers = tuple(
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in event.headers.raw_items()
                )
                if len(headers) > self._limits.headers:
                    raise bad_answer(asked.address, f"it has {len(headers):,} header lines")
                return msgspec.structs.replace(asked, status=event.status_code, headers=headers)
            if not isinstance(event, h11.InformationalResponse) or event.status_code == 101:
                break
        raise bad_answer(asked.address, "it never comes, or in another protocol")

    async def _body(self, answer: Answer, connection: Connection, wire: Wire, size: int) -> Answer:
        """The answer with its content and what went over the wire."""
        encodings = ",".join(value for name, value in answer.headers if name.lower() == "content-encoding")
        body = Body(answer.address, encodings, size)
        while isinstance(event := await connection.next(wire), h11.Data):
            body.feed(bytes(event.data))
        data = body.finish()
        if data is None:
            raise _cut_short(answer.address, "its compressed content stops before its end")
        problems = (undecoded(answer.address, body.unknown),) if body.unknown and data else ()
        if connection.surplus:
            sentence = (
                f"More bytes than it declared came with the answer of {answer.address}; they were not read."
            )
            problems = (*problems, Problem(code="bad_answer", where=answer.address, sentence=sentence))
        exchange = _exchange(answer, wire)
        return msgspec.structs.replace(answer, data=data, exchanges=(exchange,), problems=problems)

    def _headers(self, to: Address, known: Known | None, sent: Sent | None) -> list[tuple[bytes, bytes]]:
        headers = [
            (b"Host", to.netloc),
            (b"User-Agent", self._agent.encode("ascii")),
            (b"Accept", (sent.accept if sent else ACCEPT).encode("ascii")),
            (b"Accept-Encoding", self._accepted),
        ]
        if sent and sent.content is not None:
            headers.append((b"Content-Type", sent.kind.encode("ascii")))
            headers.append((b"Content-Length", str(len(sent.content)).encode("ascii")))
        if known and known.etag:
            headers.append((b"If-None-Match", known.etag.encode("latin-1")))
        if known and known.last_modified:
            headers.append((b"If-Modified-Since", known.last_modified.encode("latin-1")))
        return headers


def _stamp(clock: Clock) -> str:
    return clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _exchange(asked: Answer, wire: Wire, *, sound: bool = True, cut: Cut = "") -> Exchange:
    """What went over the wire, with the place where the body begins if the answer is ``sound``."""
    received, body = bytes(wire.received), None
    if sound:
        at = 0
        while received[at : at + 5] == b"HTTP/" and (end := _END_OF_HEAD.search(received, at)):
            body = end.end()
            if received[at + 9 : at + 10] != b"1":
                break
            at = body  # an informational answer; the one that counts comes behind it
    return Exchange(
        address=asked.address,
        at=asked.at,
        peer=wire.peer,
        sent=bytes(wire.sent),
        received=received,
        body=body,
        cut=cut,
    )


def _failed(asked: Answer, wire: Wire, failed: Failed, cut: Cut) -> Answer:
    """The answer that holds only what went wrong, and the beginning of what came, if anything went out."""
    if len(wire.received) > _KEPT_OF_A_FAILURE:
        cut = cut or "length"
        del wire.received[_KEPT_OF_A_FAILURE:]
    disconnected = failed.problem.code == "cut_short"
    exchange = _exchange(asked, wire, sound=False, cut="disconnect" if disconnected else cut)
    return msgspec.structs.replace(
        asked,
        again=failed.again,
        exchanges=(exchange,) if wire.sent else (),
        problems=(failed.problem,),
    )


def _broken(address: str, wire: Wire, answer: Answer | None, error: Exception) -> Failed:
    """What a broken connection or a broken protocol means, by how far the answer had come."""
    if answer is not None:
        return _cut_short(address, f"the connection broke before its declared end ({words(error)})")
    if not wire.received or isinstance(error, OSError):
        return unreachable(address, "the connection was closed without an answer")
    return bad_answer(address, f"it is not HTTP ({words(error)})")


def _cut_short(address: str, why: str) -> Failed:
    sentence = f"The answer of {address} is not whole: {why}."
    return Failed(Problem(code="cut_short", where=address, sentence=sentence), again=True)
