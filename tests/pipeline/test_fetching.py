"""Fetching into a ledger: what is kept of pages, feeds and failures, once, and so that it can be checked."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator
from web_server import Asked, Server, moved, page, story

from bearwitness import pipeline
from bearwitness.collect.web import Limits
from bearwitness.errors import LedgerError
from bearwitness.record import Capture, Report
from bearwitness.store import Ledger, Runs
from bearwitness.testing import FixedClock
from bearwitness.visit import Visit

NOBODY = "http://127.0.0.1:1025/"
"""Where nobody listens."""
HOW = pipeline.Fetching(
    allow_hosts=frozenset({"127.0.0.1"}), delay=0, per_host=8, contact="desk@lakeguard.example",
    limits=Limits(tries=1, connecting=60.0),
)  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.create(tmp_path / "ledger", clock=FixedClock()) as made:
        yield made


def fetch(
    ledger: Ledger, *addresses: str, how: pipeline.Fetching = HOW, given: dict[str, str] | None = None
) -> dict[str, int]:
    """Fetch, and the outcomes; every address is in one of them."""
    fetched = pipeline.fetch(ledger, addresses, given or {}, how, clock=FixedClock())
    assert fetched.total == sum(fetched.outcomes.values())
    return fetched.outcomes


def visits(ledger: Ledger) -> list[Visit]:
    """All visits in the order of the journal."""
    return list(ledger.records(Visit))


def test_an_answer_in_an_encoding_that_is_not_read_is_kept(empty: Ledger) -> None:
    """The capture holds the very bytes, the ledger's own check finds them in the exchange, and reading says why not."""
    sent = bytes(range(256)) * 4
    with Server({"/": page(sent, content_encoding="compress")}) as server:
        assert fetch(empty, server.at("/")) == {"new": 1}
    (capture,) = empty.records(Capture)
    assert (empty.data(capture), [problem.code for problem in capture.problems]) == (sent, ["undecoded"])
    assert pipeline.update(empty).problems.items() >= {"binary": 1, "undecoded": 1}.items()
    empty.close()
    assert pipeline.verify(empty.folder).custody.match == 1


def records(ledger: Ledger, visit: Visit) -> list[tuple[str, bytes]]:
    """The WARC records of a visit: their types and contents."""
    assert visit.exchange is not None
    piece = visit.exchange
    data = ledger.content(piece.sha256)
    assert len(data) == piece.size
    part = io.BytesIO(data[piece.offset : piece.offset + piece.length])
    return [(one.rec_type, one.content_stream().read()) for one in ArchiveIterator(part)]


def test_a_page_is_kept_with_its_exchange_and_read(empty: Ledger) -> None:
    """Its decoded bytes are a capture, the exchange is kept beside it, and it is read like any file."""
    packed = page(gzip.compress(story(3).encode()), content_encoding="gzip", set_cookie="id=1")
    with Server({"/old": moved("/mill"), "/mill": packed}) as server:
        assert fetch(empty, server.at("/old"), given={"outlet": "Coast Wire"}) == {"new": 1}
        (visit,) = visits(empty)
        assert "desk@lakeguard.example" in server.asked[-1].head
        final = server.at("/mill")
    (capture,) = empty.records(Capture)
    assert (capture.source, capture.media_type, capture.given) == (
        final,
        "text/html",
        {"outlet": "Coast Wire"},
    )
    assert empty.data(capture) == story(3).encode()
    assert "set-cookie" not in {name.lower() for name, _ in capture.headers}
    assert visit.kept is not None
    assert (visit.kept.capture, visit.final, visit.status) == (capture.id, final, 200)
    kept = records(empty, visit)
    assert [kind for kind, _ in kept] == ["request", "response"] * 3
    assert kept[-1][1] == story(3).encode()
    pipeline.update(empty)
    (report,) = empty.records(Report)
    assert (report.outlet, report.title) == ("Coast Wire", "Bomb at mill 3 kills 4")
    assert empty.incident_count() == 1
    seen = pipeline.look(empty, pipeline.find(empty, visit.id[:12]))
    assert seen.leads == {"captures": (capture.id,)}
    empty.close()
    assert pipeline.verify(empty.folder).sound


def test_the_same_address_again(empty: Ledger) -> None:
    """Unchanged bytes are not kept twice, changed ones are a new capture, a page that is gone is recorded as gone."""
    says: list[bytes] = [page(story(1)), page(story(1)), page(story(2)), page("", "410 Gone"), page(story(2))]
    with Server({"/mill": lambda asked: says.pop(0)}) as server:
        outcomes = [fetch(empty, server.at("/mill")) for _ in range(5)]
    assert outcomes == [{"new": 1}, {"unchanged": 1}, {"changed": 1}, {"gone": 1}, {"unchanged": 1}]
    assert [capture.size for capture in empty.records(Capture)] == [len(story(1)), len(story(2))]
    first, second, third, gone, back = visits(empty)
    assert first.kept is not None
    assert second.kept is not None
    assert second.kept.capture == first.kept.capture
    assert [kind for kind, _ in records(empty, second)][-1] == "revisit"
    assert (gone.kept, gone.problems[0].code, gone.status) == (third.kept, "gone", 410)
    assert records(empty, gone)[-1][0] == "response"
    assert back.kept is not None
    assert third.kept is not None
    assert back.kept.capture == third.kept.capture
    assert empty.last_visits([first.address]) == {first.address: back}


def test_conditional_requests_go_by_the_last_visit(empty: Ledger) -> None:
    """What has not changed is answered by 304 and counts as unchanged, also after a failure in between."""

    def answer(asked: Asked) -> bytes:
        if 'if-none-match: "v\xe9"' in asked.head.lower():
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return page(story(1)).replace(b"\r\n\r\n", b'\r\nETag: "v\xe9"\r\n\r\n', 1)

    with Server({"/mill": answer}) as server:
        address = server.at("/mill")
        assert fetch(empty, address) == {"new": 1}
        server.says["/mill"] = page("", "403 Forbidden")
        assert fetch(empty, address) == {"failed": 1}
        server.says["/mill"] = answer
        assert fetch(empty, address) == {"unchanged": 1}
    assert visits(empty)[-1].status == 304
    assert len(list(empty.records(Capture))) == 1


def test_feeds_and_sitemaps_lead_to_their_pages_once(empty: Ledger) -> None:
    """Entries are fetched, those visited before are not; the feed itself is no evidence; an index leads to sitemaps."""

    def rss(*numbers: int) -> bytes:
        items = "".join(f"<item><link>/mill/{n}</link></item>" for n in numbers)
        return page(f"<rss><channel>{items}</channel></rss>", content_type="application/rss+xml")

    index = page("<sitemapindex><sitemap><loc>/map.xml</loc></sitemap></sitemapindex>")
    urls = page("<urlset><url><loc>/mill/2</loc></url><url><loc>/mill/9</loc></url></urlset>")
    with Server({"/feed": rss(1, 2), "/index.xml": index, "/map.xml": urls}) as server:
        server.otherwise = lambda asked: page(story(int(asked.path.rpartition("/")[2])))
        assert fetch(empty, server.at("/feed")) == {"new": 3}
        server.says["/feed"] = rss(1, 2, 3)
        assert fetch(empty, server.at("/feed")) == {"changed": 1, "new": 1, "known": 2}
        assert fetch(empty, server.at("/feed")) == {"unchanged": 1, "known": 3}
        assert fetch(empty, server.at("/index.xml"), server.at("/index.xml")) == {
            "new": 3,
            "known": 1,
            "repeated": 1,
        }
        assert fetch(empty, server.at("/index.xml")) == {"unchanged": 2, "known": 2}
        counts = server.counts
        addresses = {server.at(f"/mill/{n}") for n in (1, 2, 3, 9)}
    assert {capture.source for capture in empty.records(Capture)} == addresses
    assert [counts[f"/mill/{n}"] for n in (1, 2, 3, 9)] == [1, 1, 1, 1]


def test_every_refused_address_is_told_of(empty: Ledger) -> None:
    """The run names each, however many problems there are, and journals it, without the password that it holds."""
    refused = ["ftp://a.example/", "no address", "a.example/page", "http://editor:secret@a.example/"]
    with Server() as server:
        gone = [server.at(f"/{number}") for number in range(25)]
        found = pipeline.fetch(empty, [*gone, *refused], {}, HOW)
    refused[-1] = "http://…@a.example/"
    told = [problem.where for problem in found.problems if problem.code == "refused_address"]
    assert told == refused
    assert [
        visit.address for visit in visits(empty) if visit.problems[0].code == "refused_address"
    ] == refused
    assert set(refused) == {visit.address for visit in pipeline.failures(empty, all_of_them=True)}
    assert not set(refused) & {visit.address for visit in pipeline.failures(empty)}
    assert found.outcomes == {"gone": 25, "failed": 4}
    assert len(visits(empty)) == 29
    assert fetch(empty, *refused[:2], refused[0]) == {"failed": 2, "repeated": 1}
    assert found.more == 5
    sentences = [
        problem.sentence for problem in found.problems if problem.where in ("no address", "a.example/page")
    ]
    assert all("begin with http://" in sentence for sentence in sentences)


def test_what_fails_is_listed_and_retried(empty: Ledger) -> None:
    """A failure is a visit with a problem and its exchange; retrying mends it, and each address is counted once."""
    says = {
        "/busy": page("", "503 Service Unavailable"),
        "/no": page("", "403 Forbidden"),
        "/page": page("<html>no feed</html>"),
        "/robots.txt": page("User-agent: *\nDisallow: /hidden"),
    }
    with Server(says) as server:
        busy, no, hidden = server.at("/busy"), server.at("/no"), server.at("/hidden")
        outcomes = fetch(empty, busy, no, hidden, "ftp://a.example/", NOBODY, busy)
        assert outcomes == {"failed": 4, "forbidden": 1, "repeated": 1}
        assert fetch(empty, server.at("/page"), how=_feeds()) == {"failed": 1}
        assert {visit.address for visit in pipeline.failures(empty)} == {busy, NOBODY}
        every = {visit.address for visit in pipeline.failures(empty, all_of_them=True)}
        assert every == {busy, no, hidden, NOBODY, server.at("/page"), "ftp://a.example/"}
        server.says["/busy"] = page(story(5))
        assert fetch(empty, busy) == {"new": 1}
        assert [visit.address for visit in pipeline.failures(empty)] == [NOBODY]
    codes = {visit.problems[0].code for visit in visits(empty) if visit.problems}
    assert codes == {"http_error", "robots", "unreachable", "bad_feed", "refused_address"}


def _feeds() -> pipeline.Fetching:
    return pipeline.Fetching(feeds=True, allow_hosts=HOW.allow_hosts, delay=0, limits=HOW.limits)


def test_a_run_that_was_broken_off_goes_on(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same command visits only what it had not, the entries of its feed included; then it begins anew."""
    items = "".join(f"<item><link>/mill/{n}</link></item>" for n in range(40))
    with Server({"/feed": page(f"<rss><channel>{items}</channel></rss>")}) as server:
        server.otherwise = lambda asked: page(story(int(asked.path.rpartition("/")[2])))
        put, left = empty.put_many, [3]

        def full(many: list[bytes]) -> list[str]:
            left[0] -= 1
            if left[0] < 0:
                raise LedgerError("The disk is full.")
            return put(many)

        monkeypatch.setattr(empty, "put_many", full)
        monkeypatch.setattr("bearwitness.pipeline.running.BATCH", 8)
        with pytest.raises(LedgerError):
            fetch(empty, server.at("/feed"))
        done = len(visits(empty))
        assert 1 <= done < 41
        monkeypatch.undo()
        again = pipeline.fetch(empty, [server.at("/feed")], {}, HOW, clock=FixedClock())
        assert again.resumed
        assert again.outcomes == {"done": done, "new": 41 - done}
        assert not pipeline.fetch(empty, [server.at("/feed")], {}, HOW, clock=FixedClock()).resumed
    assert len({visit.address for visit in visits(empty)}) == 41
    assert len(list(empty.records(Capture))) == 40


def test_the_file_of_runs_is_no_evidence(tmp_path: Path) -> None:
    """Rubbish in it, or its loss, means only that a run begins anew; old runs are forgotten."""
    runs = Runs(tmp_path)
    assert runs.begin("a", "2031-05-04-x", "2031") == ("2031-05-04-x", False)
    assert runs.begin("a", "2031-05-05-y", "2031") == ("2031-05-04-x", True)
    assert runs.begin("a", "2031-06-05-z", "2031-06") == ("2031-06-05-z", False)
    runs.finish("a")
    assert runs.begin("a", "2031-06-06-q", "2031") == ("2031-06-06-q", False)
    (tmp_path / "ledger.runs").write_bytes(b"\xff{")
    assert runs.begin("a", "2031-06-07-r", "2031") == ("2031-06-07-r", False)


def test_verify_covers_every_exchange(empty: Ledger) -> None:
    """A flipped bit in a WARC file, a missing one and a shortened one are found and named."""
    with Server({"/mill": page(story(1))}) as server:
        fetch(empty, server.at("/mill"))
    (visit,) = visits(empty)
    assert visit.exchange is not None
    empty.close()
    assert pipeline.verify(empty.folder).notes == ("No views were derived yet: run `bearwitness update`.",)
    path = empty.folder / "captures" / visit.exchange.sha256[:2] / visit.exchange.sha256
    data = path.read_bytes()
    path.chmod(0o644)
    for damaged, words in (
        (data[:50] + bytes([data[50] ^ 1]) + data[51:], "has been altered"),
        (data[:-1], "bytes where"),
    ):
        path.write_bytes(damaged)
        found = pipeline.verify(empty.folder).first_wrong
        assert found is not None
        assert words in found
        assert visit.exchange.sha256 in found
    path.unlink()
    found = pipeline.verify(empty.folder).first_wrong
    assert found is not None
    assert f"(visit {visit.id}) is missing" in found


def test_a_dead_host_does_not_hold_up_the_others(empty: Ledger) -> None:
    """Entries of a host where nobody listens fail at once after a few, each with its visit; the others are kept."""
    items = "".join(
        f"<item><link>{NOBODY}{n}</link></item><item><link>/mill/{n}</link></item>" for n in range(150)
    )
    with Server({"/feed": page(f"<rss><channel>{items}</channel></rss>")}) as server:
        server.otherwise = lambda asked: page(story(int(asked.path.rpartition("/")[2])))
        outcomes = fetch(empty, server.at("/feed"))
    assert outcomes == {"new": 151, "failed": 150}
    assert len(visits(empty)) == 301
    assert {visit.problems[0].code for visit in pipeline.failures(empty)} == {"unreachable"}


def test_an_answer_under_brotli_is_read_and_vouched_for(
    empty: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for, read, and found again in its exchange; without the library that is not known, and said."""
    sent = brotli.compress(story(3).encode())
    with Server({"/": page(sent, content_encoding="br")}) as server:
        assert fetch(empty, server.at("/")) == {"new": 1}
        assert any("br" in asked.head.lower().partition("accept-encoding:")[2] for asked in server.asked)
    (capture,) = empty.records(Capture)
    assert (empty.data(capture).decode(), capture.problems) == (story(3), ())
    empty.close()
    assert pipeline.verify(empty.folder).custody.match == 1
    monkeypatch.setattr("bearwitness.collect.encodings.find_spec", lambda _name: None)
    found = pipeline.verify(empty.folder)
    assert (found.sound, found.custody.fetched, found.custody.match) == (True, 1, 0)
    assert "bearwitness[encodings]" in " ".join(found.notes)


def test_what_was_kept_packed_still_matches_with_the_library(
    empty: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that came under brotli where nothing read it is kept packed, and found in its exchange later too."""
    sent = brotli.compress(story(4).encode())
    monkeypatch.setattr("bearwitness.collect.encodings.find_spec", lambda _name: None)
    with Server({"/": page(sent, content_encoding="br")}) as server:
        assert fetch(empty, server.at("/")) == {"new": 1}
    (capture,) = empty.records(Capture)
    assert (empty.data(capture), [one.code for one in capture.problems]) == (sent, ["undecoded"])
    empty.close()
    monkeypatch.undo()
    assert pipeline.verify(empty.folder).custody.match == 1
