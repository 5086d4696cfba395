"""What is an address of the web, which network addresses may be connected to, and what is read in a feed."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
import zlib

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.collect.web import Answer, Failed, normal, read_listing
from bearwitness.collect.web.body import Body
from bearwitness.collect.web.guard import why_closed
from bearwitness.collect.web.robots import Rules
from bearwitness.errors import PROBLEMS

AT = "http://coastwire.example/feeds/all.xml"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Wire</title>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://lake.example/a/">{}</feed>'
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><rss><channel><item><link>http://x.example/&j;</link></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("written", "base", "found"),
    [
        ("HTTP://CoastWire.Example:80/a/../b#part", "", "http://coastwire.example/b"),
        (" https://coastwire.example ", "", "https://coastwire.example/"),
        ("https://coastwire.example?a=/", "", "https://coastwire.example/?a=/"),
        ("/c?d=1", "http://coastwire.example/a/b", "http://coastwire.example/c?d=1"),
        ("//lake.example/x", "https://coastwire.example/", "https://lake.example/x"),
        ("http://bücher.example/ä", "", "http://xn--bcher-kva.example/%C3%A4"),
    ],
)
def test_addresses_have_one_form(written: str, base: str, found: str) -> None:
    """Case, default ports, fragments and letters beyond ASCII make no second address."""
    assert normal(written, base) == found


HOSTS = (
    "a",
    "A.example",
    "1.2.3.4",
    "01.2.3.4",
    "1.2.3",
    "256.1.1.1",
    "a-b.c9",
    "9a.1b",
    "xn--p1ai",
    "[::1]",
    "a_b.example",
    "a..b",
)
PIECES = (
    "",
    "/",
    "/.",
    "/..",
    "//",
    "/a",
    "/A~b",
    ".",
    "..",
    "%2e",
    "%C3%A4",
    "ä",
    " ",
    "?q=1",
    "?",
    "#f",
    "-_",
    ":",
    "@",
    "\\",
)


@given(
    st.sampled_from(["http", "https", "HTTP"]), st.sampled_from(HOSTS),
    st.sampled_from(["", ":", ":80", ":443", ":1023", ":1024", ":08080", ":65535", ":65536", ":99999", ":a"]),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
)  # fmt: skip
@settings(max_examples=500, deadline=None)
def test_an_address_that_looks_settled_is(scheme: str, host: str, port: str, rest: str) -> None:
    """What an address is put into is its one form also by the library, whether or not that was asked."""
    written = f"{scheme}://{host}{port}/{rest}".strip()
    try:
        found = normal(written)
    except Failed:
        return
    url = httpx.URL(found)
    assert str(url) == found
    assert normal(found) == found
    assert url.port in (None, 80, 443) or url.port >= 1024


@pytest.mark.parametrize(
    "written",
    [
        "", "coastwire.example/a", "file:///etc/passwd", "gopher://coastwire.example/", "javascript:alert(1)",
        "http://", "http:///a", "http://editor:secret@coastwire.example/", "http://coastwire.example:25/",
        "http://coastwire.example:99999/", "http://a b/", "http://a|b/", "http://coast\nwire.example/", "http://[::1", "x" * 3000,
        "http://[::ff%00f\ufffd.:127.0.0.1]:8080/",
        "http://coastwire.example/" + "a" * 2000, "data:text/html,a",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(written: str) -> None:
    """Other schemes, credentials, mail ports and what cannot be read are never asked for."""
    with pytest.raises(Failed) as failed:
        normal(written)
    assert failed.value.problem.code == "refused_address"


@given(st.text(max_size=200), st.sampled_from(["", AT]))
def test_any_text_is_an_address_or_refused(written: str, base: str) -> None:
    """Nothing else happens, and what is taken stays as it is when taken again."""
    try:
        found = normal(written, base)
    except Failed:
        return
    assert normal(found) == found


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "168.63.129.16", "0.0.0.0", "224.0.0.1", "239.255.255.250", "255.255.255.255",
        "240.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
        "::ffff:0:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1", "2002:7f00:1::",
        "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "2001:db8::1", "100::1", "5f00::1", "not an address", "",
    ],
)  # fmt: skip
def test_closed_addresses(address: str) -> None:
    """Private, loopback, link-local, metadata, multicast and reserved ones, in every form IPv6 hides them in."""
    assert why_closed(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_open_addresses(address: str) -> None:
    """Those of the public internet may be connected to."""
    assert why_closed(address) is None


def entries(text: str | bytes, at: str = AT) -> tuple[str, ...]:
    """What a feed names."""
    listing = read_listing(text.encode() if isinstance(text, str) else text, at)
    assert listing is not None
    assert not listing.problems, listing.problems
    return listing.entries


def test_feeds_name_their_entries() -> None:
    """RSS 2.0 and 1.0, Atom and JSON Feed; relative addresses are taken from where they stand."""
    items = "<item><link>/a</link></item><item><guid>http://lake.example/b</guid></item>"
    items += '<item><link>/a#x</link></item><item><guid isPermaLink="false">http://no.example/</guid><link>c</link></item>'
    assert entries(RSS.format(items)) == (
        "http://coastwire.example/a",
        "http://lake.example/b",
        "http://coastwire.example/feeds/c",
    )
    rdf = '<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><item><link>http://a.example/</link></item></rdf:RDF>'
    assert entries(rdf) == ("http://a.example/",)
    links = '<entry><link rel="edit" href="/edit"/><link href="b"/></entry><entry xml:base="c/"><link rel="alternate" href="d"/></entry>'
    assert entries(ATOM.format(links)) == ("http://lake.example/a/b", "http://lake.example/a/c/d")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": "/a"}, {"external_url": "http://b.example/"}],
    }
    assert entries(json.dumps(feed)) == ("http://coastwire.example/a", "http://b.example/")


def test_sitemaps_name_their_pages() -> None:
    """Sitemaps, news sitemaps and indexes, gzipped and in UTF-16 too."""
    news = "<url><loc> http://a.example/1 </loc><n:news xmlns:n='n'><n:title>x</n:title></n:news></url><url><loc>/2</loc></url>"
    found = ("http://a.example/1", "http://coastwire.example/2")
    assert entries(MAP.format(news)) == found
    assert entries(gzip.compress(MAP.format(news).encode())) == found
    assert entries(('<?xml version="1.0" encoding="UTF-16"?>' + MAP.format(news)).encode("utf-16")) == found
    index = read_listing(b"<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap></sitemapindex>", AT)
    assert index is not None
    assert (index.kind, index.entries) == ("index", ("http://coastwire.example/s1.xml",))


@pytest.mark.parametrize(
    "data", [b"", b"<html><rss></rss></html>", b"{}", b"plain words", b"<p>a</p>", b"\x1f\x8bx", b"<feeder/>"]
)
def test_what_is_no_feed_is_none(data: bytes) -> None:
    """Pages, other JSON and damaged archives are not taken for feeds."""
    assert read_listing(data, AT) is None


def test_hostile_feeds_end_quickly_with_a_problem() -> None:
    """Entity bombs, nesting, endless items, damage and addresses of the machine itself."""
    hostile = {
        "bomb": BOMB.encode(),
        "wide bomb": BOMB.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"),
        "outside": b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><link>&x;</link></item></rss>',
        "many": RSS.format("".join(f"<item><link>/{n}</link></item>" for n in range(12_000))).encode(),
        "deep": b"<rss>" + b"<item>" * 50_000,
        "open": RSS[:60].encode() + b"<item><title>" + b"<a " * 50_000,
        "cut": RSS.format("<item><link>/a</link></item>")[:-12].encode(),
        "files": RSS.format("<item><link>file:///etc/passwd</link></item><item/>").encode(),
        "odd names": b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><linkxml:base='/x/' href='a'/></entry></feed>",
        "json": b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"[" * 100_000,
    }
    for name, data in hostile.items():
        began = time.process_time()
        listing = read_listing(data, AT)
        assert time.process_time() - began < 3, name
        assert listing is not None, name
        assert listing.problems, name
        assert {problem.code for problem in listing.problems} <= set(PROBLEMS)
        assert len(listing.entries) <= 10_000
    many = read_listing(hostile["many"], AT)
    assert many is not None
    assert len(many.entries) == 10_000


@given(
    st.one_of(
        st.binary(max_size=300),
        st.tuples(
            st.sampled_from(
                [
                    b"<rss>",
                    b"<feed>",
                    b"<urlset>",
                    b'{"version":"https://jsonfeed.org/version/1",',
                    b"\x1f\x8b\x08",
                ]
            ),
            st.binary(max_size=300),
        ).map(b"".join),
    )
)
@settings(max_examples=150)
def test_any_bytes_are_a_listing_or_none(data: bytes) -> None:
    """Reading never raises, and names only addresses in normal form."""
    listing = read_listing(data, AT)
    assert listing is None or all(normal(entry) == entry for entry in listing.entries)


@given(
    st.binary(max_size=300),
    st.sampled_from(["gzip", "deflate", "gzip, gzip", "identity"]),
    st.integers(1, 40),
)
def test_any_bytes_are_decompressed_or_refused(data: bytes, encodings: str, step: int) -> None:
    """Undoing an encoding gives bytes within the limit, or a problem."""
    body = Body(AT, encodings, 1_000)
    try:
        for at in range(0, len(data), step):
            body.feed(data[at : at + step])
        found = body.finish()
    except Failed:
        return
    assert found is None or len(found) <= 1_000


@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.tuples(
                st.sampled_from(
                    ["User-agent: *", "Disallow: ", "Allow: ", "Crawl-delay: ", "Request-rate: "]
                ),
                st.text(max_size=20),
            ).map("".join)
        )
        .map("\n".join)
        .map(str.encode),
    )
)
def test_any_bytes_are_rules(data: bytes) -> None:
    """A robots.txt of any bytes allows or forbids, and asks for a delay of so many seconds or for none."""
    rules = Rules(Answer(address=AT, final=AT, at="", status=200, data=data), "bearwitness")
    with contextlib.suppress(Failed):
        rules.check("http://coastwire.example/a?b=%C3%A9")
    assert 0 <= rules.delay() < float("inf")


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress, lambda data: zlib.compress(data)[2:-4]])
def test_encodings_are_undone(packed: object) -> None:
    """gzip, several members, and deflate with and without its header, however the bytes are cut."""
    assert callable(packed)
    for step in (1, 7, 10_000):
        data = packed(b"Three guards were killed in Mzuzu. " * 50)
        body = Body(AT, "gzip" if data[:1] == b"\x1f" else "deflate", 10_000)
        for at in range(0, len(data), step):
            body.feed(data[at : at + step])
        assert body.finish() == b"Three guards were killed in Mzuzu. " * 50
    body = Body(AT, "gzip", 100)
    body.feed(gzip.compress(b"one") + gzip.compress(b"two") + b"rubbish")
    assert body.finish() == b"onetwo"
