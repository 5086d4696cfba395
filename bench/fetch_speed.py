"""Pages a second over loopback: fetched, captured and read to text, one after the other and in one command, as ``fetch``
does it; and the same pages out of a WARC file. Wall time, processor time by part, and memory.

    python bench/fetch_speed.py [--pages N] [--processes N] [--json FILE]

The server runs in a process of its own, and does as little as it can, since it has its part of the cores. On a machine that is busy with other work only the processor times say much.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from common import keep
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pipeline"))

from web_server import Asked, page, story

from bearwitness import pipeline, read
from bearwitness.pipeline.abreast import abreast
from bearwitness.pipeline.reading import report_of, size_of
from bearwitness.pipeline.work import HANDFUL, QUICK
from bearwitness.store import Ledger

FILLING = (
    "<p>The road was closed for the day and traders waited at the bridge for word of their relatives.</p>"
)


def say(asked: Asked) -> bytes:
    """A small article of about 3 kB."""
    number = int(asked.path.rpartition("/")[2])
    return page(story(number).replace("</article>", FILLING * 20 + "</article>"))


class Light(asyncio.Protocol):
    """A server that does little else than answer, since it has its part of the two cores."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        self._to = cast(asyncio.Transport, transport)
        self._heard = b""

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        *heads, self._heard = (self._heard + data).split(b"\r\n\r\n")
        for head in heads:
            path = head.split(b" ", 2)[1].decode("latin-1")
            self._to.write(page("", "404 Not Found") if path == "/robots.txt" else say(Asked(path, "")))


def serve(out: Connection) -> None:
    """The server's process: tells its port, and serves until it is ended."""

    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(Light, "127.0.0.1", 0)
        out.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that runs meanwhile."""
    inside, outside = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(outside,), daemon=True)
    server.start()
    try:
        yield inside.recv()
    finally:
        server.terminate()


def read_all(ledger: Ledger, processes: int = 1, ahead: pipeline.Ahead | None = None) -> None:
    """Make the reports of all captures that have none, as an update does before it looks for events."""
    received = ((ledger.data(capture), capture) for capture in ledger.unreported(read.READER))
    helpers = ahead.helpers if ahead else None
    alone = 0 if helpers else QUICK
    reports = abreast(
        report_of, received, processes, alone=alone, handful=HANDFUL, weigh=size_of, helpers=helpers
    )
    while batch := list(islice(reports, 16)):
        ledger.append(batch)


def fetch_and_read(ledger: Ledger, addresses: list[str], how: pipeline.Fetching, processes: int) -> None:
    """What the command ``fetch`` does before it looks for events: reading goes on beside fetching."""
    with pipeline.Ahead(ledger, processes) as ahead:
        pipeline.fetch(ledger, addresses, {}, how, ahead=ahead)
        ahead.finish()
        read_all(ledger, processes, ahead)


def add_and_read(ledger: Ledger, archive: Path, processes: int) -> None:
    """What the command ``add`` does before it looks for events: reading goes on beside keeping."""
    with pipeline.Ahead(ledger, processes) as ahead:
        pipeline.add(ledger, [archive], {}, ahead=ahead)
        ahead.finish()
        read_all(ledger, processes, ahead)


def archived(path: Path, pages: int) -> None:
    """Write the pages as a crawler's WARC file, gzipped record by record."""
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number in range(pages):
            body = io.BytesIO(say(Asked(f"/bridge/{number}", "")).partition(b"\r\n\r\n")[2])
            address = f"https://coastwire.example/bridge/{number}"
            writer.write_record(writer.create_warc_record(address, "response", body, http_headers=headers))


def timed(work: Callable[[], object], pages: int) -> dict[str, float]:
    """Seconds on the clock and of the processors (our children's too), by page in milliseconds."""
    wall, cpu = time.perf_counter(), _cpu()
    work()
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    return {"pages_per_second": pages / wall, "wall_ms": 1000 * wall / pages, "cpu_ms": 1000 * cpu / pages}


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measured(
    folder: Path, port: int, asked: argparse.Namespace
) -> tuple[dict[str, dict[str, float]], list[float]]:
    """The figures by what was done, and the memory at its highest in MB, after a quarter of the pages and after all.

    Nothing in ``folder`` is removed meanwhile: on ext4, making files soon after others were removed was seen to take up to
    ten times as long.
    """
    figures: dict[str, dict[str, float]]
    how = pipeline.Fetching(allow_hosts=frozenset({"127.0.0.1"}), delay=0, per_host=32)
    addresses = [f"http://127.0.0.1:{port}/mill/{number}" for number in range(asked.pages)]
    with Ledger.create(folder / "in_turn") as ledger:
        pipeline.fetch(ledger, [f"http://127.0.0.1:{port}/mill/999999"], {}, how)
        read_all(ledger)
        peaks = []
        quarter = addresses[: asked.pages // 4]
        pipeline.fetch(ledger, quarter, {}, how)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        rest = addresses[len(quarter) :]
        figures = {
            "fetched and captured": timed(lambda: pipeline.fetch(ledger, rest, {}, how), len(rest)),
        }
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        figures |= {
            "read to text": timed(lambda: read_all(ledger, asked.processes), asked.pages),
            "visited again, unchanged": timed(
                lambda: pipeline.fetch(ledger, addresses, {}, how), asked.pages
            ),
        }
        assert ledger.counts()["report"] == asked.pages + 1, read.READER
    both = [f"http://127.0.0.1:{port}/ferry/{number}" for number in range(asked.pages)]
    with Ledger.create(folder / "at_once") as ledger:
        figures["all of it in one go"] = timed(
            lambda: fetch_and_read(ledger, both, how, asked.processes), asked.pages
        )
        assert ledger.counts()["report"] == asked.pages, read.READER
    with Ledger.create(folder / "archived") as ledger:
        warc = folder / "crawl.warc.gz"
        archived(warc, asked.pages)
        figures["out of a WARC file"] = timed(lambda: pipeline.add(ledger, [warc], {}), asked.pages)
        figures["these read to text"] = timed(lambda: read_all(ledger, asked.processes), asked.pages)
        assert ledger.counts()["report"] == asked.pages, read.READER
        with Ledger.create(folder / "archived_at_once") as other:
            figures["out of it in one go"] = timed(
                lambda: add_and_read(other, warc, asked.processes), asked.pages
            )
            assert other.counts()["report"] == asked.pages, read.READER
    return figures, peaks


def main() -> None:
    """Fetch and read; print figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--processes", type=int, default=2, help="that read")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with serving() as port, tempfile.TemporaryDirectory() as folder:
        figures, peaks = measured(Path(folder), port, asked)
    print(f"{asked.pages:,} pages of {len(say(Asked('/mill/1', ''))):,} bytes")
    for what, one in figures.items():
        print(
            f"{what:<26}{one['pages_per_second']:>8.0f} pages/s  {one['wall_ms']:>7.2f} ms on the clock  "
            f"{one['cpu_ms']:>6.2f} ms of processor"
        )
    print(
        f"memory at its highest: {peaks[0]:.0f} MB after a quarter of the pages, {peaks[1]:.0f} MB after all"
    )
    first, second = figures["fetched and captured"], figures["read to text"]
    wall, cpu = first["wall_ms"] + second["wall_ms"], first["cpu_ms"] + second["cpu_ms"]
    print(f"one after the other: {1000 / wall:.0f} pages/s; {2000 / cpu:.0f} if two cores were fully at work")
    print(
        f"fetched, captured and read in one go, the start of helpers included, the server beside it on the same machine: "
        f"{figures['all of it in one go']['pages_per_second']:.0f} pages/s by the clock"
    )
    first, second = figures["out of a WARC file"], figures["these read to text"]
    wall, cpu = first["wall_ms"] + second["wall_ms"], first["cpu_ms"] + second["cpu_ms"]
    print(
        f"from a local WARC file to text: {1000 / wall:.0f} pages/s; {2000 / cpu:.0f} if two cores were fully at work; "
        f"in one go, the start of helpers included, {figures['out of it in one go']['pages_per_second']:.0f} pages/s by the clock"
    )
    keep(asked.json, "fetch_speed", figures)


if __name__ == "__main__":
    main()
