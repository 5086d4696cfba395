"""A ledger's captures as a WACZ: sound by the field's tools, the same every time, and read back as they were."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from web_server import Server, moved, page, story

from bearwitness import pipeline
from bearwitness.collect.exchanges import exchanges
from bearwitness.collect.web import Limits
from bearwitness.errors import InputError
from bearwitness.publish.wacz import address_of, key
from bearwitness.record import Capture
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

HOW = pipeline.Fetching(
    allow_hosts=frozenset({"127.0.0.1"}), delay=0, limits=Limits(tries=1, connecting=60.0)
)
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
RULES = page("User-agent: *\nAllow: /\n", content_type="text/plain")
MAIL = b"From: ann@coastwire.example\nSubject: Gate\nMessage-ID: <1@x>\n\nTwelve died in Kenema.\n"
TABLE = "text,date\nTrois personnes tuées à Kenema.,2025-03-04\n".encode()


def tool(name: str, *arguments: str | Path) -> str:
    """What a program beside this interpreter prints; it must end well."""
    program = Path(sys.executable).with_name(name)
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def written(ledger: Ledger, path: Path, *identifiers: str) -> dict[str, bytes]:
    """The files of a WACZ of the ledger (of some captures, if any are named), which is left at ``path``."""
    with pipeline.replacing_bytes(path) as file:
        pipeline.web_archive(ledger, file, pipeline.captures_of(ledger, identifiers))
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(ledger: Ledger) -> list[tuple[str, str, str, str]]:
    """What makes a capture the same: digest, address, time and kind."""
    return [
        (one.sha256, address_of(one.source), one.captured_at, one.media_type)
        for one in ledger.records(Capture)
    ]


def filled(ledger: Ledger, folder: Path, clock: FixedClock) -> list[str]:
    """Fetch pages twice over and add files by hand; the addresses fetched."""
    says = {
        "/robots.txt": RULES,
        "/old": moved("/mill"),
        "/mill": page(gzip.compress(story(3).encode()), content_encoding="gzip"),
        "/gate": EARLY + page(story(4)),
        "/ferry": page(story(5)),
    }
    with Server(dict(says)) as server:
        addresses = [server.at(path) for path in ("/old", "/gate", "/ferry", "/nowhere")]
        pipeline.fetch(ledger, addresses, {}, HOW, clock=clock)
        clock.move(hours=1)
        server.says["/ferry"] = page(story(6))
        pipeline.fetch(ledger, addresses, {}, HOW, clock=clock)
    clock.move(hours=1)
    for name, data in (("note one.txt", b"A bomb killed 12 people."), ("m.eml", MAIL), ("t.csv", TABLE)):
        (folder / name).write_bytes(data)
    pipeline.add(ledger, [folder / name for name in ("note one.txt", "m.eml", "t.csv")], {}, clock=clock)
    return addresses


def test_the_round_trip(tmp_path: Path) -> None:
    """Fetched and added captures go out, pass warcio and py-wacz, and come back with the same digests, addresses,
    times and kinds; the same ledger gives the same bytes, also after the export was noted in it."""
    clock = FixedClock()
    with Ledger.create(tmp_path / "one", clock=clock) as ledger:
        filled(ledger, tmp_path, clock)
        first = written(ledger, tmp_path / "a.wacz")
        pipeline.note_export(ledger, "wacz", "a.wacz", *pipeline.sum_of(tmp_path / "a.wacz"), clock=clock)
        clock.move(hours=1)
        assert written(ledger, tmp_path / "b.wacz") == first
        assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()
        before = told(ledger)
    (tmp_path / "data.warc.gz").write_bytes(first["archive/data.warc.gz"])
    assert "digest pass" in tool("warcio", "check", "-v", tmp_path / "data.warc.gz")
    assert "passed WACZ is valid" in tool("wacz", "validate", "-f", tmp_path / "a.wacz")
    with Ledger.create(tmp_path / "two", clock=clock) as again:
        added = pipeline.add(again, [tmp_path / "a.wacz"], {}, clock=clock)
        assert {problem.code for problem in added.problems} == {"skipped"}
        assert told(again) == before
        assert len(before) == 7
        assert again.verify().sound
        third = written(again, tmp_path / "c.wacz")
    with Ledger.create(tmp_path / "three", clock=clock) as once_more:
        pipeline.add(once_more, [tmp_path / "c.wacz"], {}, clock=clock)
        assert told(once_more) == before
    assert third["pages/pages.jsonl"].count(b"\n") == 8


def test_the_index_is_that_of_the_field(tmp_path: Path) -> None:
    """Our index has the lines that cdxj-indexer makes of the same file, but for notes, which it lists too, and files, whose
    addresses it has in small letters; and each line leads to its record."""
    clock = FixedClock()
    with Ledger.create(tmp_path / "one", clock=clock) as ledger:
        filled(ledger, tmp_path, clock)
        files = written(ledger, tmp_path / "a.wacz")
    warc = files["archive/data.warc.gz"]
    (tmp_path / "data.warc.gz").write_bytes(warc)
    ours = gzip.decompress(files["indexes/index.cdx.gz"]).decode().splitlines()
    assert ours == sorted(ours)

    def parsed(line: str) -> tuple[str, str, dict[str, str]]:
        sorted_by, instant, rest = line.split(" ", 2)
        fields = json.loads(rest)
        if fields["mime"] == "warc/revisit" or fields["url"].startswith("urn:"):
            fields.pop("status", None)
        return (sorted_by, instant, fields)

    listed = tool("cdxj-indexer", "--sort", tmp_path / "data.warc.gz").splitlines()
    at, notes = 0, set()
    for kept in exchanges(warc):
        if kept.sort == "metadata":
            notes.add(f'"offset": "{at}"')
        at += len(kept.member)
    assert len(notes) == 2  # the early hints
    theirs = [line for line in listed if not any(note in line for note in notes)]
    assert sorted(map(parsed, ours), key=str) == sorted(map(parsed, theirs), key=str)
    for line in ours:
        _, _, said = parsed(line)
        at = int(said["offset"])
        (record,) = ArchiveIterator(io.BytesIO(warc[at : at + int(said["length"])]), check_digests="raise")
        assert record.rec_headers.get_header("WARC-Target-URI") == said["url"]
        record.content_stream().read()


def test_some_captures_with_all_that_their_exchanges_refer_to(tmp_path: Path) -> None:
    """Of named captures only their own visits go out, and a response that was the same as an earlier one comes with
    that; other pages stay at home."""
    clock = FixedClock()
    with Ledger.create(tmp_path / "one", clock=clock) as ledger:
        addresses = filled(ledger, tmp_path, clock)
        mill = next(one for one in ledger.records(Capture) if one.source.endswith("/mill"))
        files = written(ledger, tmp_path / "a.wacz", mill.id[:12])
        with pytest.raises(InputError, match="nothing in"):
            written(Ledger.create(tmp_path / "empty"), tmp_path / "b.wacz")
    assert not (tmp_path / "b.wacz").exists()
    lines = gzip.decompress(files["indexes/index.cdx.gz"]).decode().splitlines()
    urls = [json.loads(line.split(" ", 2)[2])["url"] for line in lines]
    assert addresses[0] in urls
    assert not any("gate" in url or "ferry" in url for url in urls)
    mimes = [json.loads(line.split(" ", 2)[2])["mime"] for line in lines if "/mill " in line]
    assert mimes == ["text/html", "warc/revisit"]
    (listed,) = [json.loads(line) for line in files["pages/pages.jsonl"].splitlines()[1:]]
    assert listed["id"] == mill.id


def test_revisits_hold_their_headers(tmp_path: Path) -> None:
    """A response that repeats an earlier one is kept with its own header, byte for byte, and its record is as long as
    it states, so that what comes behind it can be read."""
    clock = FixedClock()
    with Ledger.create(tmp_path / "one", clock=clock) as ledger:
        filled(ledger, tmp_path, clock)
        files = written(ledger, tmp_path / "a.wacz")
    kinds = []
    for record in ArchiveIterator(io.BytesIO(files["archive/data.warc.gz"])):
        kinds.append(record.rec_type)
        if record.rec_type == "revisit":
            assert record.http_headers.get_statuscode() == "200"
            assert record.http_headers.get_header("Content-Length")
    assert kinds.count("revisit") == 2


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://coastwire.example/a b", "https://coastwire.example/a%20b"),
        ("crawl.wacz/archive/data.warc.gz#https://coastwire.example/a#b", "https://coastwire.example/a#b"),
        ("/data/desk/inbox.mbox#3", "urn:bearwitness:file/data/desk/inbox.mbox%233"),
        ("pages.zip/küste.txt", "urn:bearwitness:file/pages.zip/k%C3%BCste.txt"),
        ("x.wacz/archive/data.warc.gz#urn:bearwitness:file/Note.txt", "urn:bearwitness:file/Note.txt"),
        ("x.wacz/archive/data.warc.gz#file:///inbox.mbox%233", "file:///inbox.mbox%233"),
        ("-", "urn:bearwitness:file/-"),
    ],
)
def test_addresses_of_sources(source: str, address: str) -> None:
    """What came from the web has its own address, also by way of an archive; a file the name it was given by."""
    assert address_of(source) == address
    assert address_of(f"again.wacz/archive/data.warc.gz#{address}") == address


def test_the_index_sorts_by_host() -> None:
    """Parts of the host backwards, without "www", lower case, the query in order."""
    assert key("https://www.Coast.example:8443/A?z=1&b=2") == "example,coast:8443)/a?b=2&z=1"
    assert key("http://coast.example") == "example,coast)/"
    assert key("http://[::1") == "http://[::1"


@pytest.mark.skipif(not shutil.which("wget"), reason="wget is not installed")
def test_a_warc_written_by_wget(tmp_path: Path) -> None:
    """What wget keeps of a small site is read: its pages, each once, whole and at their addresses."""
    pages = {
        "/": page("<html><body><p>Index</p><a href='/gate'>gate</a> <a href='/old'>old</a></body></html>"),
        "/gate": page(story(4)),
        "/old": moved("/mill"),
        "/mill": page(story(3)),
        "/robots.txt": RULES,
    }
    with Server(dict(pages)) as server:
        subprocess.run(
            ["wget", "-q", "-r", "-l", "2", "--no-config", "--warc-file=crawl", "-P", "site", server.at("/")],
            cwd=tmp_path, check=True, env={"PATH": "/usr/bin:/bin", "no_proxy": "*"}, timeout=60,
        )  # fmt: skip
        names = {server.at(path): body for path, body in pages.items() if path in ("/", "/gate", "/mill")}
    clock = FixedClock()
    with Ledger.create(tmp_path / "ledger", clock=clock) as ledger:
        added = pipeline.add(ledger, [tmp_path / "crawl.warc.gz"], {}, clock=clock)
        assert {problem.code for problem in added.problems} <= {"skipped"}
        found = {one.source.partition("#")[2]: ledger.data(one) for one in ledger.records(Capture)}
    assert found == {address: body.partition(b"\r\n\r\n")[2] for address, body in names.items()}
