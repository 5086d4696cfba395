"""Lists of web archives: read as they come, from a folder or the web, gone on with after a kill, bad ones passed by."""

from __future__ import annotations

import asyncio
import gzip
import re
import signal
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from containers import Warc
from msgspec import structs
from warcio.archiveiterator import ArchiveIterator
from web_server import Asked, Server, Speak, moved, page, story

from bearwitness import pipeline
from bearwitness.collect.opening import opened
from bearwitness.collect.paths import listed, place
from bearwitness.collect.web import Limits
from bearwitness.errors import InputError
from bearwitness.pipeline import crawls
from bearwitness.record import Capture
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

HOW = pipeline.Fetching(
    allow_hosts=frozenset({"127.0.0.1"}), limits=Limits(tries=3, pause=0.0, connecting=60.0)
)
PATHS = ["crawl-data/2025/03/a.warc.gz", "crawl-data/2025/03/b.warc.gz", "crawl-data/2025/03/c.warc"]
EACH = 40
KILLED = """
import sys, time
from pathlib import Path
from bearwitness import pipeline
from bearwitness.pipeline import crawls
from bearwitness.store import Ledger, Runs
crawls.AT_ONCE = 4
note = Runs.note
def told(self, *what):
    note(self, *what)
    print("noted", flush=True)
Runs.note = told
if __name__ == "__main__":
    with Ledger.open(Path(sys.argv[1])) as ledger:
        lines = pipeline.archives(Path(sys.argv[2]))
        pipeline.crawl(ledger, lines, sys.argv[3], {}, pipeline.Fetching(allow_hosts=frozenset({"127.0.0.1"})))
"""


def archive(path: Path, first: int, *, packed: bool = True) -> bytes:
    """A WARC file of invented reports as warcio writes it, with pictures between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    warc = Warc(packed=packed)
    for number in range(first, first + EACH):
        address = f"https://coastwire.example/{number}"
        warc.response(story(number).encode(), address)
        warc.response(b"\x89PNG\r\n\x1a\n" + bytes(500), f"{address}.png", "image/png")
    path.write_bytes(warc.data)
    return warc.data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the archives of ``PATHS``."""
    for number, path in enumerate(PATHS):
        archive(tmp_path / "mirror" / path, EACH * number, packed=path.endswith("gz"))
    return tmp_path / "mirror"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.create(tmp_path / "ledger", clock=FixedClock()) as made:
        yield made


def pages(ledger: Ledger) -> Counter[str]:
    """How often each page's address was kept."""
    return Counter(one.source.rpartition("#")[2] for one in ledger.records(Capture) if one.size)


ALL = Counter({f"https://coastwire.example/{number}": 1 for number in range(EACH * len(PATHS))})


def served(folder: Path, *, ranges: bool = True, broken: set[str] | None = None) -> Server:
    """A server of the archives, with ranges or without; an answer of each of ``broken`` breaks once in the middle."""
    left = set(broken or ())

    def answer_to(asked: Asked) -> bytes:
        file = folder / asked.path.lstrip("/")
        if not file.is_file():
            return page("", "404 Not Found")
        data, status, more = file.read_bytes(), "200 OK", {}
        if ranges and (wanted := re.search(r"range: bytes=(\d+)-", asked.head, re.IGNORECASE)):
            at = int(wanted[1])
            more = {"content_range": f"bytes {at}-{len(data) - 1}/{len(data)}"}
            data, status = data[at:], "206 Partial Content"
        answer = page(data, status, etag='"1"', **more)
        if asked.path.lstrip("/") in left:
            left.discard(asked.path.lstrip("/"))
            answer = answer[: len(answer) - len(data) // 2]
        return answer

    return Server(otherwise=once(answer_to))


def once(answer_to: Callable[[Asked], bytes]) -> Speak:
    """Gives one answer to a connection, whole or not, and closes it."""

    async def say(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(answer_to(asked))
        await writer.drain()
        writer.close()

    return say


@pytest.mark.parametrize("end", ["", ".gz"])
def test_a_list_is_read(tmp_path: Path, end: str) -> None:
    """Plain or packed, without comments and what stands twice; a packed one that is cut off is an error."""
    text = "# paths\n\n" + "\n".join([*PATHS, PATHS[0]]) + "\r\n"
    file = tmp_path / f"warc.paths{end}"
    file.write_bytes(gzip.compress(text.encode()) if end else text.encode())
    assert listed(file) == PATHS
    if end:
        file.write_bytes(file.read_bytes()[:-12])
        with pytest.raises(InputError, match="cut off"):
            listed(file)
    with pytest.raises(InputError, match="cannot be opened"):
        listed(tmp_path / "none")


def test_where_a_line_leads(tmp_path: Path) -> None:
    """A path is relative to its base and stays below it; an address stands for itself."""
    base = "https://data.example/"
    assert place("crawl/a.warc.gz", base).where == "https://data.example/crawl/a.warc.gz"
    assert place("/crawl/a.warc.gz", base).source == "data.example/crawl/a.warc.gz"
    assert place("http://other.example/a.warc", base).where == "http://other.example/a.warc"
    assert place("a.warc", str(tmp_path)).where == str(tmp_path / "a.warc")
    for line in ("../a.warc", "b/../../a.warc", "//evil.example/a.warc"):
        assert place(line, base).fault
    assert place("../a.warc", str(tmp_path)).fault


def test_a_local_folder(empty: Ledger, folder: Path) -> None:
    """Every page of every archive, once; a path that is not there and one that leads out are problems."""
    lines = [PATHS[0], "crawl-data/none.warc.gz", "../../etc/passwd", *PATHS[1:]]
    found = pipeline.crawl(empty, lines, str(folder), {"outlet": "Coast Wire"}, clock=FixedClock())
    assert (found.read, found.failed, found.new) == (3, 2, 122)
    assert pages(empty) == ALL
    assert {"unreadable", "bad_name"} <= {problem.code for problem in found.problems}
    sample = next(one for one in empty.records(Capture) if one.source.endswith("example/7"))
    assert (sample.source, sample.given) == (
        f"{folder / PATHS[0]}#https://coastwire.example/7",
        {"outlet": "Coast Wire"},
    )
    (folder / "crawl-data/none.warc.gz").write_bytes(archive(folder / "x.warc.gz", 900))
    again = pipeline.crawl(empty, lines, str(folder), {"outlet": "Coast Wire"}, clock=FixedClock())
    assert (again.resumed, again.done, again.read, again.failed, again.new) == (True, 3, 1, 1, EACH)


@pytest.mark.parametrize("ranges", [True, False])
def test_over_the_web(empty: Ledger, folder: Path, ranges: bool) -> None:
    """Archives are streamed; one that is not there is a problem; one whose connection breaks is gone on with."""
    lines = [PATHS[0], "crawl-data/none.warc.gz", *PATHS[1:]]
    with served(folder, ranges=ranges, broken={PATHS[1]}) as server:
        found = pipeline.crawl(empty, lines, server.at(""), {}, HOW, clock=FixedClock())
        port, counts = server.port, server.counts
    assert (found.read, found.failed, [one.code for one in found.problems if one.code != "skipped"]) == (
        3,
        1,
        ["gone"],
    )
    assert pages(empty) == ALL
    assert counts[f"/{PATHS[1]}"] == 2
    assert f"127.0.0.1:{port}/{PATHS[0]}#https://coastwire.example/7" in {
        one.source for one in empty.records(Capture)
    }


def test_an_archive_that_stays_broken_is_left_for_another_time(empty: Ledger, folder: Path) -> None:
    """What came of it is kept, the others are read, and the same command goes on in the middle of it."""
    data = (folder / PATHS[0]).read_bytes()
    cut = {"left": True}
    asked_for: list[str] = []

    def answer_to(asked: Asked) -> bytes:
        if asked.path != f"/{PATHS[0]}":
            return page((folder / asked.path.lstrip("/")).read_bytes())
        wanted = re.search(r"range: bytes=(\d+)-", asked.head, re.IGNORECASE)
        at = int(wanted[1]) if wanted else 0
        asked_for.append(str(at))
        whole = page(
            data[at:], "206 Partial Content" if at else "200 OK", content_range=f"bytes {at}-/{len(data)}"
        )
        head = whole[: len(whole) - len(data[at:])]
        return head + data[at : len(data) // 2] if cut["left"] else whole

    with Server(otherwise=once(answer_to)) as server:
        first = pipeline.crawl(empty, PATHS, server.at(""), {}, HOW, clock=FixedClock())
        assert (first.read, first.failed) == (2, 1)
        assert EACH * 2 < len(pages(empty)) < EACH * 3
        cut["left"] = False
        asked_for.clear()
        again = pipeline.crawl(empty, PATHS, server.at(""), {}, HOW, clock=FixedClock())
    assert (again.resumed, again.read, again.failed) == (True, 1, 0)
    assert int(asked_for[0]) > 0
    assert pages(empty) == ALL


def test_private_addresses_and_redirects_are_checked(empty: Ledger, folder: Path) -> None:
    """A host of one's own network is asked only where it is allowed, also behind a redirect."""
    with (
        served(folder) as inner,
        Server(otherwise=lambda asked: moved(inner.at(asked.path, "localhost"))) as outer,
    ):
        found = pipeline.crawl(empty, PATHS[:1], outer.at(""), {}, HOW, clock=FixedClock())
        assert [one.code for one in found.problems] == ["refused_address"]
        both = structs.replace(HOW, allow_hosts=frozenset({"127.0.0.1", "localhost"}))
        assert pipeline.crawl(empty, PATHS[:1], outer.at(""), {}, both, clock=FixedClock()).read == 1


def test_the_place_of_a_record_is_where_it_begins(folder: Path) -> None:
    """The byte from which a run goes on is one at which warcio, too, reads on with that very record."""
    path = folder / PATHS[0]
    marks: deque[tuple[int, int]] = deque()
    with path.open("rb") as file:
        for item in opened(file, "x", path.name, 1_000_000, marks=marks):
            if item.place is None:
                continue
            at = crawls._packed(item.place, marks)
            assert at is not None
            with path.open("rb") as other:
                other.seek(at)
                record = next(iter(ArchiveIterator(other)))
                assert record.rec_headers["WARC-Target-URI"] == item.source.partition("#")[2]


@pytest.mark.long
def test_killed_again_and_again(tmp_path: Path, folder: Path) -> None:
    """Nothing lost, nothing twice, the ledger verifies, and an archive is asked for from where it was left."""
    ledger = tmp_path / "ledger"
    Ledger.create(ledger).close()
    paths = tmp_path / "warc.paths"
    paths.write_text("\n".join(PATHS))
    program = tmp_path / "program.py"
    program.write_text(KILLED)
    with served(folder) as server:
        arguments = [sys.executable, str(program), str(ledger), str(paths), server.at("")]
        for times in (2, 7):
            with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as running:
                assert running.stdout is not None
                for _ in range(times):
                    assert running.stdout.readline()
                running.send_signal(signal.SIGKILL)
            assert pipeline.verify(ledger).sound
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
        begun = [
            asked.head
            for asked in server.asked
            if re.search(r"range: bytes=[1-9]", asked.head, re.IGNORECASE)
        ]
    with Ledger.open(ledger, read_only=True) as opened:
        assert pages(opened) == ALL
    assert pipeline.verify(ledger).sound
    assert begun
