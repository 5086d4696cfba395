"""Connections to the very address that was checked, and a record of what goes over them.

A name is resolved here, every network address it stands for is checked, and the connection is made to one of
these, so that no second look at the name can lead elsewhere.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import h11

from bearwitness.collect.web.addresses import refused
from bearwitness.collect.web.guard import why_closed
from bearwitness.collect.web.values import Failed
from bearwitness.record import Problem

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Gives the network addresses of a host and port; ``OSError`` where there are none."""
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[str, int], Awaitable[Streams]]
"""Connects to a network address and port."""
Event = h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]

LONGEST_HEAD = 100 * 1024
"""Bytes of the header of an answer."""
_STATUS = b"HTTP/"
_BUFFER = 128 * 1024
_PIECE = 64 * 1024
_IDLE = 15.0  # seconds a connection is held for the next request
_MOST_IDLE = 100
_PEERS = 4  # network addresses of one host that are tried


class Place(NamedTuple):
    """What a connection is made to."""

    scheme: str
    host: str
    port: int


class Wire:
    """What went over the wire in one exchange; more than ``limit`` bytes received end it."""

    def __init__(self, address: str, limit: int) -> None:
        self.address = address
        self.limit = limit
        self.peer = ""
        self.sent = b""
        self.received = bytearray()

    def take(self, data: bytes) -> None:
        """Bytes have come."""
        self.received += data
        if len(self.received) > self.limit:
            raise too_large(self.address, f"more than {self.limit:,} bytes came")


def too_large(address: str, what: str) -> Failed:
    """The problem of an answer that goes on and on."""
    sentence = f"The answer of {address} is larger than the limit ({what}); none of it was read."
    return Failed(Problem(code="too_large", where=address, sentence=sentence))


def unreachable(address: str, why: str, *, again: bool = True) -> Failed:
    """The problem of a host that cannot be talked to."""
    sentence = f"{address} could not be reached: {why}."
    return Failed(Problem(code="unreachable", where=address, sentence=sentence), again=again)


async def resolve(host: str, port: int) -> list[str]:
    """The network addresses of ``host``, by the system's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, proto=6)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def connect(peer: str, port: int) -> Streams:
    """A connection to a network address."""
    return await asyncio.open_connection(peer, port, limit=_BUFFER)


class Connection:
    """One connection that speaks HTTP/1.1, for one exchange after another."""

    def __init__(self, streams: Streams, peer: str) -> None:
        self._reader, self._writer = streams
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        self.peer = peer
        self.used = False
        self.idle_since = 0.0

    async def send(self, wire: Wire, request: h11.Request, content: bytes = b"") -> None:
        """Send a request, with ``content`` if its header announces any."""
        data = self._http.send(request) or b""
        if content:
            data += self._http.send(h11.Data(content)) or b""
        data += self._http.send(h11.EndOfMessage()) or b""
        wire.peer, wire.sent = self.peer, data
        self._writer.write(data)
        await self._writer.drain()

    async def next(self, wire: Wire) -> Event:
        """What comes next: an answer's header, a piece of its body, or its end."""
        while (event := self._http.next_event()) is h11.NEED_DATA:
            data = await self._reader.read(_PIECE)
            wire.take(data)
            if not _STATUS.startswith(bytes(wire.received[: len(_STATUS)])):
                raise h11.RemoteProtocolError("it has no status line")
            self._http.receive_data(data)
        return event

    @property
    def surplus(self) -> int:
        """How many bytes came behind the end of the answer."""
        return len(self._http.trailing_data[0])

    def again(self) -> bool:
        """Make ready for another exchange; whether that is possible."""
        self.used = True
        states = (self._http.our_state, self._http.their_state)
        if states != (h11.DONE, h11.DONE) or self.surplus:
            return False
        self._http.start_next_cycle()
        return True

    @property
    def ended(self) -> bool:
        """Whether the other side has closed it."""
        return self._reader.at_eof() or self._writer.is_closing()

    def close(self) -> None:
        """Close, without waiting for the other side."""
        self._writer.transport.abort()


class Pool:
    """Makes connections, and holds those that may be used again for a while.

    Raises ``Failed``: ``refused_address`` for a host that has a private address and is not among ``allowed``,
    ``unreachable`` where none can be made within ``patience`` seconds.
    """

    def __init__(
        self,
        allowed: frozenset[str],
        patience: float,
        secure: Callable[[], ssl.SSLContext],
        resolve: Resolve,
        connect: Connect,
    ) -> None:
        self._allowed = allowed
        self._patience = patience
        self._secure = secure
        self._resolve = resolve
        self._connect = connect
        self._idle: dict[Place, list[Connection]] = {}
        self._held = 0

    async def take(self, wire: Wire, place: Place) -> Connection:
        """A connection to ``place``: an idle one, or else a new one."""
        idle = self._idle.get(place, [])
        oldest = asyncio.get_running_loop().time() - _IDLE
        while idle:
            self._held -= 1
            connection = idle.pop()
            if connection.idle_since > oldest and not connection.ended:
                return connection
            connection.close()
        return await self.fresh(wire, place)

    async def fresh(self, wire: Wire, place: Place) -> Connection:
        """A new connection to ``place``."""
        try:
            async with asyncio.timeout(self._patience):
                peers = await self._checked(wire.address, place)
                return await self._first(wire.address, peers, place)
        except TimeoutError:
            raise unreachable(wire.address, f"no connection within {self._patience:g} seconds") from None

    def give_back(self, place: Place, connection: Connection) -> None:
        """The exchange is over: hold the connection for the next one, if it is fit for one."""
        if not connection.again():
            connection.close()
            return
        if self._held >= _MOST_IDLE:
            self._drop_oldest()
        connection.idle_since = asyncio.get_running_loop().time()
        self._idle.setdefault(place, []).append(connection)
        self._held += 1

    def close(self) -> None:
        """Close all idle connections."""
        for connection in (connection for idle in self._idle.values() for connection in idle):
            connection.close()
        self._idle.clear()
        self._held = 0

    def _drop_oldest(self) -> None:
        self._idle = {place: idle for place, idle in self._idle.items() if idle}
        place = min(self._idle, key=lambda place: self._idle[place][0].idle_since)
        self._idle[place].pop(0).close()
        self._held -= 1

    async def _checked(self, address: str, place: Place) -> list[str]:
        """The network addresses of ``place``, if all of them may be connected to."""
        try:
            peers = await self._resolve(place.host, place.port)
        except (OSError, UnicodeError) as error:
            raise unreachable(address, f"the name {place.host} leads to no host ({words(error)})") from None
        if not peers:
            raise unreachable(address, f"the name {place.host} leads to no host")
        if place.host not in self._allowed:
            for peer in peers:
                if what := why_closed(peer):
                    hint = f"if you trust it, allow it by name: --allow-host {place.host}"
                    raise refused(address, f"{place.host} is at {peer}, {what}; {hint}")
        return peers

    async def _first(self, address: str, peers: list[str], place: Place) -> Connection:
        """A connection to the first of ``peers`` that takes one."""
        last: OSError | None = None
        for peer in peers[:_PEERS]:
            try:
                streams = await self._connect(peer, place.port)
            except OSError as error:
                last = error
                continue
            if place.scheme == "https":
                await self._make_secure(address, streams[1], place.host)
            return Connection(streams, peer)
        raise unreachable(address, f"no connection ({words(last)})")

    async def _make_secure(self, address: str, writer: asyncio.StreamWriter, host: str) -> None:
        try:
            await writer.start_tls(self._secure(), server_hostname=host)
        except BaseException as error:
            writer.transport.abort()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise unreachable(address, f"its certificate is not valid ({error.verify_message})") from None
            if isinstance(error, OSError | ValueError) and not isinstance(error, TimeoutError):
                raise unreachable(address, f"no secure connection ({words(error)})") from None
            raise


def words(error: BaseException | None) -> str:
    """What the system says, in its own words."""
    said = getattr(error, "strerror", None) or str(error or "")
    return " ".join(said.split())[:120] or type(error).__name__
