"""What the parts of the web source pass to each other."""

from __future__ import annotations

from typing import Literal

import msgspec

from bearwitness.record import Problem

Cut = Literal["", "length", "time", "disconnect"]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much one address may cost. Sizes are bytes, times seconds."""

    size: int = 16 * 1024 * 1024
    """Of an answer over the wire, and again of its content after decompression."""
    seconds: float = 60.0
    """For one try, from the first request to the last byte, all redirects included."""
    connecting: float = 15.0
    redirects: int = 10
    headers: int = 200
    """How many header lines an answer may have; together they may have 100 KiB, which the HTTP library holds."""
    tries: int = 3
    pause: float = 1.0
    """Before the second try; doubled before each further one, and varied by half either way."""
    longest_pause: float = 120.0
    """The longest wait a server may ask for; where it asks for more, the address is left for another day."""


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How a host is treated. ``delay`` is in seconds between requests to one host."""

    agent: str
    """The User-Agent header; its first word before the slash is the name that robots.txt may call us by."""
    delay: float = 0.5
    per_host: int = 2
    allow_hosts: frozenset[str] = frozenset()
    """Hosts, by name, that may have a private network address."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What an earlier visit learned, for asking only for what changed since."""

    final: str
    etag: str = ""
    last_modified: str = ""


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One request and what came back, byte for byte as over the wire (inside TLS, if there was any).

    ``at`` is when the request was made (RFC 3339, UTC), ``peer`` the network address asked. ``body`` is where in
    ``received`` the answer's body begins; ``None`` where what came was no answer. ``cut`` says why ``received`` ends early.
    """

    address: str
    at: str
    peer: str
    sent: bytes
    received: bytes
    body: int | None = None
    cut: Cut = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one address.

    ``final`` is the address that answered, after redirects. ``data`` is the content without transfer and content
    encodings, ``None`` where there is none to keep: ``unchanged`` (304), or ``problems`` says why. ``again`` is whether
    another try at another time may do better, ``patience`` how long the server asks to be left alone (seconds).
    """

    address: str
    final: str
    at: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    data: bytes | None = None
    unchanged: bool = False
    again: bool = False
    patience: float | None = None
    exchanges: tuple[Exchange, ...] = ()
    problems: tuple[Problem, ...] = ()

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Failed(Exception):
    """Why an address gave nothing; it never leaves this folder but as a problem.

    ``again`` is whether another try may do better, ``after`` how long the server asks to be left alone (seconds).
    """

    def __init__(self, problem: Problem, *, again: bool = False, after: float | None = None) -> None:
        super().__init__(problem.sentence)
        self.problem = problem
        self.again = again
        self.after = after
