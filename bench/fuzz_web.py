"""What ``fuzz.py`` feeds to the parsers of the web: feeds, rules for programs, addresses, and whole answers of servers."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import sys
import zlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "collect"))

from containers import PAGE, all_codes
from containers import read as collected

from bearwitness.collect.web.addresses import normal
from bearwitness.collect.web.client import Client
from bearwitness.collect.web.feeds import read_listing
from bearwitness.collect.web.robots import Rules
from bearwitness.collect.web.values import Answer, Failed, Limits, Manners
from bearwitness.collect.web.warc import Archive

AT = "http://coastwire.example/2025/03/04/gate"
INSTANT = "2031-05-04T03:02:01Z"


def feeds() -> list[bytes]:
    """Feeds and sitemaps."""
    rss = b"<?xml version='1.0'?><rss><channel><item><title>x</title><link>/a?b=1&amp;c=2</link></item></channel></rss>"
    atom = (
        b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/x/'><entry><link href='a'/><id>http://e.example/b</id>"
        b"</entry></feed>"
    )
    places = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://coastwire.example/a</loc></url></urlset>"
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "http://coastwire.example/a"}]}'
    return [
        rss,
        atom,
        places,
        feed,
        places.replace(b"url", b"sitemap", 1),
        gzip.compress(rss, mtime=0),
        rss.decode().encode("utf-16"),
    ]


def of_feed(data: bytes) -> list[str]:
    """The problems of a feed, which names only addresses in normal form."""
    listing = read_listing(data, AT)
    if listing is None:
        return []
    assert all(normal(entry) == entry for entry in listing.entries)
    return [problem.code for problem in listing.problems]


def robots() -> list[bytes]:
    """Rules for programs."""
    rules = b"User-agent: *\nDisallow: /a*$\nAllow: /a/b\nCrawl-delay: 2\n\nUser-agent: bearwitness\nDisallow: /%C3%A9\n"
    return [rules + b"Request-rate: 1/10s 0800-1200\nSitemap: http://coastwire.example/s.xml\n"]


def of_robots(data: bytes) -> list[str]:
    """Whether a page may be fetched by these rules, as a problem."""
    rules = Rules(Answer(address=AT, final=AT, at=INSTANT, status=200, data=data), "bearwitness")
    assert 0 <= rules.delay() < float("inf")
    with contextlib.suppress(Failed):
        rules.check("http://coastwire.example/a?b=%C3%A9")
        return []
    return ["robots"]


def addresses() -> list[bytes]:
    """Addresses as pages write them."""
    return [
        b"http://Coastwire.example:80/a/../b?c=d#e",
        "//küste.example/ä?ö=ü".encode(),
        b"http://[::ffff:127.0.0.1]:8080/",
        b"../x%2Fy;z",
        b"http://user:secret@0x7f.1/",
    ]


def of_address(data: bytes) -> list[str]:
    """The problem of what is written as an address, if it is refused; what is taken stays as it is."""
    try:
        found = normal(data.decode("utf-8", "replace"), AT)
    except Failed as failed:
        return [failed.problem.code]
    assert normal(found) == found
    return []


def answers() -> list[bytes]:
    """What servers say."""
    kind = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    small = gzip.compress(PAGE, mtime=0)
    return [
        kind + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE,
        kind + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\nX: y\r\n\r\n",
        kind + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + small,
        kind + b"Content-Encoding: deflate, gzip\r\n\r\n" + gzip.compress(zlib.compress(PAGE), mtime=0),
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.0 404 Not Found\r\n\r\nno such page",
    ]


class Deaf(asyncio.Transport):
    """A line on which all that the other side says has come, and nothing is heard."""

    def write(self, data: object) -> None:
        """Nothing is heard."""

    def close(self) -> None:
        """Nothing is open."""

    def abort(self) -> None:
        """Nothing is open."""

    def is_closing(self) -> bool:
        """It never is."""
        return False


@cache
def loop() -> asyncio.AbstractEventLoop:
    """One loop for all answers."""
    return asyncio.new_event_loop()


def of_answer(data: bytes) -> list[str]:
    """The problem of what a server says before it hangs up; what is kept of it is a sound WARC file."""

    async def connect(peer: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        protocol = asyncio.StreamReaderProtocol(reader)
        return reader, asyncio.StreamWriter(Deaf(), protocol, reader, asyncio.get_running_loop())

    async def resolve(host: str, port: int) -> list[str]:
        return ["93.184.216.34"]

    async def ask() -> Answer:
        limits = Limits(size=200_000)
        clock = lambda: datetime(2031, 5, 4, tzinfo=UTC)  # noqa: E731
        async with Client(Manners(agent="fuzz/1"), limits, clock, resolve=resolve, connect=connect) as client:
            return await client.ask(AT, size=limits.size, seconds=5)

    answer = loop().run_until_complete(ask())
    assert answer.status is not None or answer.problems
    archive = Archive("fuzz", INSTANT)
    archive.add(answer.exchanges)
    again = all_codes(collected(archive.data()))
    assert "digest_mismatch" not in again, again
    return [problem.code for problem in answer.problems]
