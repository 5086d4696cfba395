"""What a web archive says of how its pages came goes through a ledger whole, and stays the archive's word."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from containers import Warc
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from web_server import Server, moved, page, story

from bearwitness import pipeline
from bearwitness.collect.web import Limits
from bearwitness.errors import InputError
from bearwitness.record import Capture
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock
from bearwitness.visit import Hearsay, Visit

HOW = pipeline.Fetching(
    allow_hosts=frozenset({"127.0.0.1"}), delay=0, limits=Limits(tries=1, connecting=60.0)
)
EXCHANGED = ("request", "response", "revisit")
HTML = [("Content-Type", "text/html")]


@pytest.fixture
def archive(tmp_path: Path) -> tuple[Path, str]:
    """A WACZ of a ledger that fetched a page through a redirect, one that was there and is gone, and one that never was; and
    where the server stood."""
    clock = FixedClock()
    with Ledger.create(tmp_path / "first", clock=clock) as ledger, Server() as server:
        server.says |= {"/old": moved("/mill"), "/mill": page(story(3)), "/gate": page(story(4))}
        for _ in range(2):
            addresses = [server.at(name) for name in ("/old", "/gate", "/none")]
            pipeline.fetch(ledger, addresses, {}, HOW, clock=clock)
            server.says["/gate"] = page("", "410 Gone")
            clock.move(hours=1)
        base = server.at("")
    return written(tmp_path / "first", tmp_path / "first.wacz"), base


def written(ledger: Path, path: Path, *captures: str) -> Path:
    """A WACZ of the ledger in that folder."""
    with Ledger.open(ledger) as opened, pipeline.replacing_bytes(path) as file:
        pipeline.web_archive(opened, file, pipeline.captures_of(opened, captures))
    return path


def records(path: Path) -> list[tuple[str, str, str, str]]:
    """Of each request and answer in a WACZ: its id, type, address and the digest of its block."""
    with zipfile.ZipFile(path) as opened:
        warc = io.BytesIO(opened.read("archive/data.warc.gz"))
    return [
        tuple(one.rec_headers.get_header(name) for name in ("WARC-Record-ID", "WARC-Type", "WARC-Target-URI", "WARC-Block-Digest"))
        for one in ArchiveIterator(warc, check_digests="raise")
        if one.rec_type in EXCHANGED
    ]  # fmt: skip


def kinds(path: Path) -> set[str]:
    """The types of the records in a WACZ."""
    with zipfile.ZipFile(path) as opened:
        warc = io.BytesIO(opened.read("archive/data.warc.gz"))
    return {one.rec_type for one in ArchiveIterator(warc)}


def test_a_web_archive_comes_out_of_another_ledger_as_it_went_in(
    archive: tuple[Path, str], tmp_path: Path
) -> None:
    """Requests, answers, redirects, losses and robots.txt, record by record with the ids they had; adding it again adds nothing."""
    path, _ = archive
    with Ledger.create(tmp_path / "second", clock=FixedClock()) as ledger:
        added = pipeline.add(ledger, [path], {}, clock=FixedClock())
        assert (added.new, added.pages) == (2, 2)
        assert added.exchanges == len(records(path))
        entries = ledger.head()
        listed = ledger.digest_list(0).decode()
        assert all(one.exchange.sha256 in listed for one in ledger.records(Hearsay))
        again = pipeline.add(ledger, [path], {}, clock=FixedClock())
        assert (again.new, again.exchanges) == (0, 0)
        assert ledger.head() == entries
    custody = pipeline.verify(tmp_path / "second").custody
    assert (custody.archived, custody.added, custody.fetched) == (2, 0, 0)
    second = written(tmp_path / "second", tmp_path / "second.wacz")
    assert sorted(records(second)) == sorted(records(path))
    assert "resource" not in kinds(second)


def test_a_loss_is_known_and_is_the_word_of_the_archive(archive: tuple[Path, str], tmp_path: Path) -> None:
    """It is told by ``changes``; nobody here visited, so nothing is to be tried again, nor asked for only if it changed."""
    path, base = archive
    with Ledger.create(tmp_path / "second", clock=FixedClock()) as ledger:
        pipeline.add(ledger, [path], {}, clock=FixedClock())
        gate = pipeline.changes(ledger, f"{base}/gate", most=1).page
        assert [(spell.state, spell.told) for spell in gate.spells] == [("online", True), ("gone", True)]
        assert gate.state == "gone"
        assert pipeline.changes(ledger, f"{base}/none", most=1).page.state == "gone"
        assert {one.address for one in pipeline.changed_pages(ledger)} == {f"{base}/gate", f"{base}/none"}
        with pytest.raises(InputError, match="never fetched"):
            pipeline.changes(ledger, f"{base}/other", most=1)
        assert not list(ledger.records(Visit))
        assert not pipeline.failures(ledger, all_of_them=True)
        assert not ledger.last_visits([f"{base}/gate"])


def test_custody_tells_what_was_seen_from_what_was_said(archive: tuple[Path, str], tmp_path: Path) -> None:
    """The exchange stands there in the archive's words, the loss too, and that neither was seen here."""
    path, _ = archive
    with Ledger.create(tmp_path / "second", clock=FixedClock()) as ledger:
        pipeline.add(ledger, [path], {}, clock=FixedClock())
        (gate,) = [one for one in ledger.records(Capture) if one.source.endswith("/gate")]
        document = pipeline.chain_of_custody(ledger, gate.id, clock=FixedClock())
    sections = {one.title: [f"{line.name} {line.words}" for line in one.lines] for one in document.sections}
    (how,) = [line for line in sections["How and when it came in"] if line.startswith("How")]
    assert "the archive's word" in how
    assert any(
        line.startswith("Received, as the archive states") for line in sections["How and when it came in"]
    )
    exchange = "\n".join(sections["The exchange, in the words of the web archive (not seen here)"])
    assert "GET /gate HTTP/1.1" in exchange
    assert "200 OK" in exchange
    (gone,) = sections["What web archives say of the address at other times (not seen here)"]
    assert "status 410; the page was gone" in gone
    assert sections["Later visits to the address"] == [" None is noted in this ledger."]


def test_a_chosen_capture_leaves_with_its_own_exchange(archive: tuple[Path, str], tmp_path: Path) -> None:
    """And with no other."""
    path, base = archive
    with Ledger.create(tmp_path / "second", clock=FixedClock()) as ledger:
        pipeline.add(ledger, [path], {}, clock=FixedClock())
        (gate,) = [one for one in ledger.records(Capture) if one.source.endswith("/gate")]
    found = records(written(tmp_path / "second", tmp_path / "gate.wacz", gate.id))
    assert [one[1:3] for one in found] == [("request", f"{base}/gate"), ("response", f"{base}/gate")]


def warc(path: Path, *parts: tuple[str, str, bytes, StatusAndHeaders]) -> Path:
    """A WARC file of records: type, address, payload and head."""
    file = Warc()
    for sort, address, body, head in parts:
        file.record(sort, body, address, head)
    path.write_bytes(file.data)
    return path


GET = StatusAndHeaders("GET / HTTP/1.1", [("Host", "coastwire.example")], is_http_request=True)
OK = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
PICTURE = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
MILL, LOGO = "https://coastwire.example/mill", "https://coastwire.example/logo"


@pytest.mark.parametrize("first", [True, False])
def test_a_request_may_stand_before_its_answer_or_behind(first: bool, tmp_path: Path) -> None:
    """As crawlers differ. Of a picture, which is not kept, neither is its request, and each is counted."""
    exchange = [("request", MILL, b"", GET), ("response", MILL, story(1).encode(), OK)]
    picture = [("request", LOGO, b"", GET), ("response", LOGO, b"\x89PNG\r\n\x1a\n" + bytes(90), PICTURE)]
    turned = exchange if first else exchange[::-1]
    path = warc(tmp_path / "crawl.warc.gz", *turned, *picture)
    with Ledger.create(tmp_path / "ledger", clock=FixedClock()) as ledger:
        added = pipeline.add(ledger, [path], {}, clock=FixedClock())
        told = [(one.sort, one.address, one.status) for one in ledger.records(Hearsay)]
    assert told == [(sort, MILL, None if sort == "request" else 200) for sort, *_ in turned]
    (counted,) = added.problems
    assert "image/png 1" in counted.sentence
    assert "request records" not in counted.sentence


def test_a_record_that_is_not_what_it_states_vouches_for_nothing(tmp_path: Path) -> None:
    """Its page is kept with the problem, and leaves as what it is: bytes without an exchange."""
    path = warc(tmp_path / "crawl.warc", ("response", MILL, story(1).encode(), OK))
    whole = gzip.decompress(path.read_bytes())
    path.write_bytes(whole.replace(b"district hospital", b"district hospitaI"))
    with Ledger.create(tmp_path / "ledger", clock=FixedClock()) as ledger:
        added = pipeline.add(ledger, [path], {}, clock=FixedClock())
        assert {problem.code for problem in added.problems} == {"digest_mismatch"}
        assert (added.new, added.exchanges) == (1, 0)
    assert kinds(written(tmp_path / "ledger", tmp_path / "out.wacz")) == {"warcinfo", "resource"}
    assert pipeline.verify(tmp_path / "ledger").custody.added == 1
