"""A visit: one address of the web asked for once, and what came of it.

Visits are journalled, so that a page that changed, that was unchanged or that is gone is known to have been so on
that day, and so that a run which was broken off knows what it has done.
"""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from msgspec import UNSET, UnsetType

from bearwitness.identity import Record, Value, digest
from bearwitness.record import Problem

Outcome = Literal["new", "changed", "unchanged", "gone", "forbidden", "failed"]
Kind = Literal["page", "feed", "sitemap", "index"]

GONE = (404, 410)
"""Statuses by which a server says that a page is gone."""
_ADDRESS = re.compile(r"(?:^|#)(https?)://([^/?#]+)([^#]*)", re.IGNORECASE)
_PORT = {"http": ":80", "https": ":443"}


class Piece(Value, frozen=True, kw_only=True):
    """A stretch of a kept WARC file: the file's SHA-256 and size, and which bytes of it."""

    sha256: str
    size: int
    offset: int
    length: int


class Kept(Value, frozen=True, kw_only=True):
    """The content last received from an address: its file's SHA-256 and size, when and where it came from.

    ``payload`` is the SHA-256 of the content as it came over the wire, encoded as it was. Feeds and sitemaps lead to
    evidence and are none, so they have no ``capture``.
    """

    kind: Kind
    capture: str | None
    sha256: str
    size: int
    payload: str
    at: str
    final: str
    etag: str = ""
    last_modified: str = ""


class Visit(Record, frozen=True, kw_only=True):
    """One address asked for once. ``run`` is the command that asked, ``at`` when (RFC 3339, UTC), ``agent`` as whom.

    ``final`` is the address that answered, after redirects, ``exchange`` where requests and answers are kept as WARC
    records. ``kept`` is the content that is kept of the address now: what came, or what an earlier visit brought if
    this one brought nothing new. ``again`` is whether another try may do better.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset({"patience"})

    address: str
    run: str
    at: str
    agent: str
    outcome: Outcome
    final: str
    status: int | None = None
    kept: Kept | None = None
    exchange: Piece | None = None
    again: bool = False
    problems: tuple[Problem, ...] = ()
    patience: int | UnsetType = UNSET
    """Seconds for which the server asked to be left alone, where it did."""

    def check(self) -> None:
        if self.outcome in ("new", "changed", "unchanged"):
            self.require(self.kept is not None, f"{self.outcome} needs what is kept")
        else:
            self.require(bool(self.problems), f"{self.outcome} needs a problem that says why")

    @property
    def page(self) -> str:
        """The id of the page that was visited, the same at every visit."""
        return page_of(self.address)


def page_of(address: str) -> str:
    """The id of the page at ``address``, an address in normal form."""
    return "p" + digest(address.encode())[:32]


class Sighting(Record, frozen=True, kw_only=True):
    """Bytes of a page that are kept already, met there again at another time: in a web archive, or by a visit after
    the page had been another in between. ``at`` is when (RFC 3339, UTC)."""

    UNSAID: ClassVar[frozenset[str]] = frozenset()

    capture: str
    at: str

    def check(self) -> None:
        self.require(bool(self.capture and self.at), "what was met, and when, must be there")


class Hearsay(Record, frozen=True, kw_only=True):
    """What a web archive says of a visit that somebody else made: one record of it, a request or an answer.

    Nobody here saw it. ``address`` is what was asked for, ``at`` when (RFC 3339, UTC), ``status`` that of an answer, ``record``
    the SHA-256 of the record as it stood in ``archive``, and ``exchange`` where it is kept. ``capture`` is what was kept of
    its content and ``content`` the SHA-256 of that; an answer that gave no page has neither.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset({"archive", "exchange"})

    address: str
    at: str
    sort: Literal["request", "response", "revisit"]
    record: str
    archive: str
    exchange: Piece
    status: int | None = None
    capture: str | None = None
    content: str | None = None

    def check(self) -> None:
        self.require(
            (self.capture is None) == (self.content is None), "a capture and its content go together"
        )

    @property
    def page(self) -> str:
        """The id of the page."""
        return page_of(self.address)

    @property
    def gone(self) -> bool:
        """Whether the archive says that the page was gone; rules for programs are no page."""
        return self.sort == "response" and self.status in GONE and not self.address.endswith("/robots.txt")


def address_of(source: str) -> str | None:
    """The address of the web in a capture's source, itself or behind the name of a web archive; ``None`` if there is
    none. Scheme and host are in lower case, without the port that goes without saying and without a fragment."""
    found = _ADDRESS.search(source)
    if found is None:
        return None
    scheme, host, path = found[1].lower(), found[2].lower(), found[3]
    return f"{scheme}://{host.removesuffix(_PORT[scheme])}{path if path.startswith('/') else '/' + path}"


def page_at(source: str) -> str | None:
    """The id of the page that a capture's source names, or ``None``."""
    address = address_of(source)
    return page_of(address) if address else None
