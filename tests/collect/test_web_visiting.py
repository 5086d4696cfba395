"""Visits to a hostile server: each ends within bounds, as a problem with a code, and nothing private is asked."""

from __future__ import annotations

import asyncio
import gzip
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from web_server import Asked, Server, moved, page

from bearwitness.collect.web import Answer, Archive, Known, Limits, Manners, Visitor
from bearwitness.collect.web.warc import Earlier, payload_of
from bearwitness.errors import PROBLEMS

AGENT = "bearwitness/0 (test)"
LOOPBACK = frozenset({"127.0.0.1", "friend.example"})
PATIENT = Limits(size=200_000, tries=1, pause=0.01, seconds=60.0, connecting=60.0)
BOMB = gzip.compress(bytes(50_000_000))
GOOD = page("<html><p>Three guards were killed in Mzuzu.</p></html>")


def visit(
    *addresses: str,
    limits: Limits = PATIENT,
    names: dict[str, list[str]] | None = None,
    known: Known | None = None,
    moves: bool = False,
    clock: Callable[[], datetime] = lambda: datetime(2031, 5, 4, 3, 2, 1, tzinfo=UTC),
) -> list[Answer]:
    """Visit addresses one after the other. ``names`` says where a name leads at each look, the last one for ever.

    ``moves`` leads every connection to loopback, whatever network address was checked, so that a test can play a
    server of the public internet.
    """
    looks = {name: list(found) for name, found in (names or {}).items()}
    waited: list[float] = []

    async def resolve(host: str, port: int) -> list[str]:
        if host in looks:
            found = looks[host]
            return [found.pop(0) if len(found) > 1 else found[0]]
        infos = await asyncio.get_running_loop().getaddrinfo(host, port, proto=6)
        return [str(info[4][0]) for info in infos]

    async def connect(peer: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1" if moves else peer, port)

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def all_of_them() -> list[Answer]:
        manners = Manners(agent=AGENT, delay=0, allow_hosts=LOOPBACK)
        async with Visitor(
            manners, limits, clock, resolve=resolve, connect=connect, sleep=sleep, chance=lambda: 0.5
        ) as visitor:
            found = [await visitor.visit(address, known) for address in addresses]
        visit.waited = waited  # type: ignore[attr-defined]
        return found

    return asyncio.run(all_of_them())


def code(answer: Answer) -> str:
    """The code of the one problem that stood in the way."""
    assert answer.data is None
    (problem,) = answer.problems
    assert problem.code in PROBLEMS
    return problem.code


async def endless(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A body that goes on and on."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(10_000):
        writer.write(b"killed " * 2_000)
        await writer.drain()


async def drip(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """A byte now and then."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(200):
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.1)


async def silent(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Nothing at all."""
    await asyncio.sleep(30)


async def flood(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Header after header."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        writer.write(b"X-%d: %s\r\n" % (number, b"a" * 100))
        await writer.drain()


async def hints(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Informational answers without end."""
    for _ in range(10_000):
        writer.write(b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n")
        await writer.drain()


HOSTILE: dict[str, tuple[object, str]] = {
    "/endless": (endless, "too_large"),
    "/drip": (drip, "too_slow"),
    "/silent": (silent, "too_slow"),
    "/flood": (flood, "bad_answer"),
    "/many-headers": (page("x", **{f"x_{n}": "y" for n in range(300)}), "bad_answer"),
    "/hints": (hints, "bad_answer"),
    "/bomb": (page(BOMB, content_encoding="gzip"), "too_large"),
    "/bomb-in-bomb": (page(gzip.compress(BOMB), content_encoding="gzip, gzip"), "too_large"),
    "/layers": (page("x", content_encoding="gzip, gzip, gzip, gzip"), "bad_answer"),
    "/not-gzip": (page("plain", content_encoding="gzip"), "bad_answer"),
    "/half-gzip": (page(gzip.compress(GOOD)[:-20], content_encoding="gzip"), "cut_short"),
    "/short": (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\nhalf", "too_slow"),
    "/two-lengths": (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", "bad_answer"),
    "/negative": (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabcdef", "bad_answer"),
    "/bad-chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc", "cut_short"),
    "/status": (b"HTTP/1.1 twohundred OK\r\n\r\n", "bad_answer"),
    "/no-http": (b"220 mail.example ESMTP\r\n" * 20, "bad_answer"),
    "/nulls": (bytes(5_000), "bad_answer"),
    "/switch": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", "bad_answer"),
    "/circle": (moved("/circle"), "too_many_redirects"),
    "/nowhere": (moved(""), "too_many_redirects"),
    "/file": (moved("file:///etc/passwd"), "refused_address"),
    "/credentials": (moved("http://editor:secret@127.0.0.1/"), "refused_address"),
    "/metadata": (moved("http://169.254.169.254/latest/meta-data/"), "refused_address"),
    "/loopback": (moved("http://localhost:22222/"), "refused_address"),
    "/mapped": (moved("http://[::ffff:127.0.0.1]:8080/"), "refused_address"),
    "/number": (moved("http://2130706433:8080/"), "refused_address"),
    "/link-local": (moved("http://[fe80::1]:8080/"), "refused_address"),
    "/nat64": (moved("http://[64:ff9b::7f00:1]:8080/"), "refused_address"),
    "/named": (moved("http://inside.example:8080/"), "refused_address"),
    "/gone": (page("<html>Not here</html>", "410 Gone"), "gone"),
    "/missing": (page("<html>Not here</html>", "404 Not Found"), "gone"),
    "/refused": (page("", "403 Forbidden"), "http_error"),
    "/part": (page("half", "206 Partial Content"), "http_error"),
    "/unasked-304": (b"HTTP/1.1 304 Not Modified\r\n\r\n", "http_error"),
}  # fmt: skip


def test_hostile_answers_end_within_bounds() -> None:
    """Each of them is a problem with its code, what came is kept in part, and the archive of it stays readable."""
    archive = Archive("test", "2031-05-04T03:02:01Z")
    with Server({path: said for path, (said, _) in HOSTILE.items()}) as server:  # type: ignore[misc]
        for path, (_, expected) in HOSTILE.items():
            limits = Limits(size=200_000, tries=1, seconds=0.5 if expected == "too_slow" else 60.0)
            names = {"inside.example": ["10.1.2.3"]}
            (answer,) = visit(server.at(path), limits=limits, names=names)
            assert code(answer) == expected, (path, answer.problems)
            assert sum(len(exchange.received) for exchange in answer.exchanges) < 1_000_000, path
            archive.add(answer.exchanges)
        assert "/latest/meta-data/" not in server.counts
    with io.BytesIO(archive.data()) as stream:
        kinds = [
            record.rec_type
            for record in ArchiveIterator(stream, check_digests="raise")
            if record.content_stream().read() or True
        ]
    assert kinds.count("response") > 20
    assert "metadata" in kinds


@given(
    st.binary(max_size=200),
    st.sampled_from([
        b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: ",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
    ]),
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_an_answer_or_a_problem(anything: Server, start: bytes, end: bytes) -> None:
    """Whatever a server says and then hangs up, a visit gives content or a problem, and its archive can be read."""

    async def say(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(end + start)

    anything.says["/"] = say
    (answer,) = visit(anything.at("/"))
    assert answer.data is not None or answer.problems[0].code in PROBLEMS
    archive = Archive("test", "2031-05-04T03:02:01Z")
    archive.add(answer.exchanges)
    for record in ArchiveIterator(io.BytesIO(archive.data()), check_digests="raise"):
        record.content_stream().read()


@pytest.fixture(scope="module")
def anything() -> Iterator[Server]:
    """A server that is told anew what to say."""
    with Server() as server:
        yield server


def test_redirects_without_end() -> None:
    """Ten are followed, no more; each hop is kept."""

    def on(asked: Asked) -> bytes:
        return moved(f"/{int(asked.path[1:]) + 1}")

    with Server(otherwise=on) as server:
        (answer,) = visit(server.at("/0"))
        assert code(answer) == "too_many_redirects"
        assert (len(answer.exchanges), answer.final) == (12, server.at("/10"))  # robots.txt and eleven pages


def test_a_problem_names_the_address_that_was_given() -> None:
    """Whoever asked for it looks for that address, not for its host's robots.txt or for where it led."""
    target = "http://169.254.169.254/latest/"
    with Server({"/on": moved(target), "/away": moved("/lost")}) as server:
        given = [server.at("/on"), "http://10.0.0.1/x", "http://no-such-name.invalid/y", server.at("/away")]
        answers = visit(*given, limits=Limits(tries=1, connecting=60.0))
        lost = server.at("/lost")
    problems = [answer.problems[0] for answer in answers]
    assert [problem.where for problem in problems] == given
    assert all(problem.sentence.startswith(one) for problem, one in zip(problems, given, strict=True))
    assert not any("robots.txt" in problem.sentence for problem in problems)
    assert target in problems[0].sentence
    assert lost in problems[3].sentence


def test_names_that_lead_inside_are_refused_after_resolution() -> None:
    """A name is judged by every network address behind it, and refused with the way to allow it."""
    for inside in ("10.0.0.7", "127.0.0.1", "169.254.169.254", "::1", "::ffff:192.168.0.1", "64:ff9b::a00:1"):
        (answer,) = visit("http://wire.example:8080/", names={"wire.example": [inside]})
        assert code(answer) == "refused_address"
        assert "--allow-host wire.example" in answer.problems[0].sentence
        assert not answer.exchanges
        assert not answer.again


def test_a_name_that_changes_its_mind_is_refused() -> None:
    """DNS rebinding: public when first looked at, loopback when connected to again. The first look is the one used."""
    sly = page("<html>first</html>", connection="close")
    with Server({"/": sly, "/two": sly}) as server:
        names = {"sly.example": ["93.184.216.34", "127.0.0.1"]}
        first, second = visit(
            server.at("/", "sly.example"), server.at("/two", "sly.example"), names=names, moves=True
        )
    assert first.data == b"<html>first</html>"
    assert first.exchanges[-1].peer == "93.184.216.34"
    assert code(second) == "refused_address"
    assert server.counts["/two"] == 0


def test_private_hosts_may_be_allowed_by_name() -> None:
    """A host that the operator named is asked wherever it is; another name of the same machine is not."""
    with Server({"/": GOOD}) as server:
        names = {"friend.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
        friend, other = visit(server.at("/", "friend.example"), server.at("/", "other.example"), names=names)
    assert friend.data == GOOD.partition(b"\r\n\r\n")[2]
    assert code(other) == "refused_address"


def test_hosts_that_cannot_be_reached() -> None:
    """No such name, nobody listening, a connection closed at once, and no TLS where TLS is asked for."""

    async def hang_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    with Server({"/hang": hang_up}) as server:
        answers = visit(
            "http://no-such-name.invalid/",
            "http://127.0.0.1:9/",
            server.at("/hang"),
            server.at("/").replace("http:", "https:"),
            limits=Limits(tries=1, connecting=0.5),
        )
    assert [code(answer) for answer in answers] == ["unreachable"] * 4
    assert all(answer.again for answer in answers)


@pytest.mark.parametrize("encodings", ["compress", "dcb", "gzip, compress", "compress, gzip"])
def test_encodings_that_nobody_asked_for_are_kept_as_they_came(encodings: str) -> None:
    """The bytes are kept, out of what can be taken off, and a problem names what cannot."""
    inner = bytes(range(256)) * 3
    sent = gzip.compress(inner) if encodings.endswith("gzip") else inner
    with Server({"/": page(sent, content_encoding=encodings)}) as server:
        (answer,) = visit(server.at("/"))
    assert (answer.data, [problem.code for problem in answer.problems]) == (inner, ["undecoded"])
    assert sent in answer.exchanges[-1].received
    name = encodings.replace("gzip", "").strip(", ")
    assert f"“{name}”" in answer.problems[0].sentence


def test_more_than_was_declared_is_not_taken_for_the_next_answer() -> None:
    """What comes behind a declared end is a problem of that page, and never part of another one."""
    smuggled = page("right") + page("<html>forged</html>")
    with Server({"/long": smuggled, "/next": GOOD}) as server:
        long, after = visit(server.at("/long"), server.at("/next"))
    assert (long.data, [problem.code for problem in long.problems]) == (b"right", ["bad_answer"])
    assert after.data is not None
    assert b"forged" not in after.data


def test_cookies_are_neither_kept_nor_sent() -> None:
    """A server that sets cookies gets none back, and no header tells where we came from."""
    with Server({"/a": page("a", set_cookie="id=1; Path=/"), "/b": moved("/c"), "/c": GOOD}) as server:
        visit(server.at("/a"), server.at("/b"))
        heads = "".join(asked.head for asked in server.asked).lower()
    assert "cookie" not in heads
    assert "referer" not in heads
    assert AGENT in heads


def test_what_may_pass_is_tried_again_politely() -> None:
    """Errors of a moment get another try after a growing pause or the one asked for; others do not."""
    with Server({
        "/busy": page("", "503 Service Unavailable"),
        "/wait": page("", "429 Too Many Requests", retry_after="7"),
        "/tomorrow": page("", "503 Service Unavailable", retry_after="86400"),
        "/never": page("", "403 Forbidden"),
    }) as server:  # fmt: skip
        limits = Limits(tries=3, pause=1.0)
        busy, wait, tomorrow, never = visit(
            *(server.at(path) for path in ("/busy", "/wait", "/tomorrow", "/never")), limits=limits
        )
        counts = server.counts
    assert [answer.again for answer in (busy, wait, tomorrow, never)] == [True, True, True, False]
    assert (counts["/busy"], counts["/wait"], counts["/tomorrow"], counts["/never"]) == (3, 3, 1, 1)
    waited = visit.waited  # type: ignore[attr-defined]
    assert waited[:2] == [1.0, 2.0]
    assert 7.0 in waited
    assert len(busy.exchanges) == 4  # robots.txt and three tries


def test_a_server_that_recovers() -> None:
    """The second try brings the page, and both exchanges are kept."""
    left = [page("", "502 Bad Gateway")]
    with Server({"/": lambda asked: left.pop() if left else GOOD}) as server:
        (answer,) = visit(server.at("/"), limits=Limits(tries=3, pause=0.0))
    assert answer.data is not None
    assert not answer.problems
    assert len(answer.exchanges) == 3


def test_a_dead_host_is_given_up() -> None:
    """After five requests without an answer the rest are not tried; they are left for another run."""

    async def hang_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    with Server(otherwise=hang_up) as server:
        answers = visit(*(server.at(f"/{n}") for n in range(8)))
        asked = len(server.asked)
    assert {code(answer) for answer in answers} == {"unreachable"}
    assert asked <= 7  # robots.txt, and one connection that had been closed meanwhile
    assert all(answer.again for answer in answers)


def test_robots() -> None:
    """What robots.txt forbids is not asked for; an absent one allows all, one that cannot be had forbids all."""
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: bearwitness\nDisallow: /secret\nCrawl-delay: 3\n"
    with Server({"/robots.txt": page(rules, content_type="text/plain"), "/a": GOOD, "/b": GOOD}) as server:
        allowed, forbidden, slower = visit(server.at("/a"), server.at("/secret/x"), server.at("/b"))
        assert server.counts == {"/robots.txt": 1, "/a": 1, "/b": 1}
    assert allowed.data is not None
    assert slower.data is not None
    assert (code(forbidden), forbidden.again) == ("robots", False)
    assert max(visit.waited) > 2.0  # type: ignore[attr-defined]
    for broken in (page("", "500 Internal Server Error"), page("", "429 Too Many Requests")):
        with Server({"/robots.txt": broken, "/a": GOOD}) as server:
            first, second = visit(server.at("/a"), server.at("/a"))
            assert (code(first), code(second), first.again) == ("robots", "robots", True)
            assert server.counts["/a"] == 0
    for absent in (page("", "403 Forbidden"), page(b"\xff\xfe\x00 not rules" * 1_000)):
        with Server({"/robots.txt": absent, "/a": GOOD}) as server:
            assert visit(server.at("/a"))[0].data is not None


def test_conditional_requests() -> None:
    """What is known is asked for only if it changed, at the address that answered."""

    def answer(asked: Asked) -> bytes:
        same = 'if-none-match: "v1"' in asked.head.lower() and "If-Modified-Since: Tue" in asked.head
        return b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n' if same else GOOD

    with Server({"/old": moved("/new"), "/new": answer}) as server:
        known = Known(final=server.at("/new"), etag='"v1"', last_modified="Tue, 04 Mar 2025 10:00:00 GMT")
        (found,) = visit(server.at("/old"), known=known)
        assert (found.unchanged, found.data, found.final) == (True, None, server.at("/new"))
        other = Known(final="http://127.0.0.1:1/", etag='"v1"')
        assert visit(server.at("/old"), known=other)[0].data is not None


def test_exchanges_are_kept_byte_for_byte_as_warc(tmp_path: Path) -> None:
    """The answer as it came, chunked and gzipped; warcio's own check and reader agree; the second copy is a revisit."""
    packed = gzip.compress(b"<html>Three guards were killed.</html>")
    raw = (
        b"HTTP/1.1 200 Fine\r\nX-oDD:  spaced\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    raw += b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n"
    with Server({"/": raw}) as server:
        (answer,) = visit(server.at("/"))
    assert answer.exchanges[-1].received == raw
    archive = Archive("bearwitness/0", "2031-05-04T03:02:01Z")
    begin, length = archive.add(answer.exchanges)
    payload = payload_of(answer.exchanges[-1])
    assert payload is not None
    archive.add(answer.exchanges[-1:], Earlier(payload, answer.at, answer.final))
    file = tmp_path / "visits.warc.gz"
    file.write_bytes(archive.data())
    checker = Checker(type("Asked", (), {"inputs": [str(file)], "verbose": False}))
    assert checker.process_all() == 0
    with file.open("rb") as stream:
        records = [
            (record.rec_type, record.content_stream().read(), record.rec_headers.get_header("WARC-Date"))
            for record in ArchiveIterator(stream)
        ]
    kinds = [kind for kind, _, _ in records]
    assert kinds == ["warcinfo", "request", "response", "request", "response", "request", "revisit"]
    assert records[4][1] == b"<html>Three guards were killed.</html>"
    assert records[4][2] == "2031-05-04T03:02:01Z"
    part = archive.data()[begin : begin + length]
    assert [record.rec_type for record in ArchiveIterator(io.BytesIO(part))] == kinds[1:5]


def test_without_the_extra_it_says_what_to_install() -> None:
    """Where a library is missing, importing the source is an operator's error that names it."""
    script = (
        "import sys; sys.modules['protego'] = None\n"
        "from bearwitness.errors import MissingExtra\n"
        "try:\n    import bearwitness.collect.web\nexcept MissingExtra as error:\n    print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "bearwitness[fetch]" in ran.stdout
