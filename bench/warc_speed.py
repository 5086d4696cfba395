"""How fast WARC files are scanned on one core, and whether memory stays flat over many records.

usage: python bench/warc_speed.py [--records 100000]

A crawl of invented pages of about 20 kB with their requests, and a picture for every third page, written by warcio
with its digests: once gzipped record by record, once plain. Scanning takes it to items whose digests are checked; each
is forgotten at once. warcio reading the same file beside it, with its digests checked and without, is the rival. Each
part runs in a process of its own.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import tempfile
import time
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bearwitness.collect import collect

WORDS = (
    "harbour market bridge ferry council school clinic road depot mill lake guard column police hospital said killed "
    "wounded blast raid night morning Kenema Mzuzu Sokode Kindia Mbeya Salto denied claimed reported villagers officials"
).split()
PICTURE = 15_000


def page(rng: random.Random, number: int) -> bytes:
    """One invented page: text, a menu and markup as pages have them."""
    text = "".join(
        f"<p>{' '.join(rng.choice(WORDS) for _ in range(60))} {rng.random():.6f}.</p>\n" for _ in range(28)
    )
    menu = "".join(
        f'<li><a href="/section/{rng.randrange(10**6)}/{word}">{word}</a></li>\n' for word in WORDS
    )
    return (
        f"<!DOCTYPE html><html><head><title>Report {number}</title></head><body><ul>{menu}</ul>"
        f"<article>{text}</article><div>{rng.randbytes(1500).hex()}</div></body></html>"
    ).encode()


def write(path: Path, records: int, *, packed: bool) -> int:
    """Write the crawl; the number of pages in it. Pages repeat after five thousand, for speed of writing."""
    rng = random.Random(20250303)
    bodies = [page(rng, number) for number in range(min(5000, records))]
    html = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Server", "nginx"),
        ("Cache-Control", "max-age=60"),
    ]
    pages = done = 0
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=packed)
        while done < records:
            address = f"https://coastwire.example/2025/03/{pages}"
            request = StatusAndHeaders(
                "GET / HTTP/1.1", [("Host", "coastwire.example"), ("Accept", "*/*")], is_http_request=True
            )
            answer = StatusAndHeaders("200 OK", html, protocol="HTTP/1.1")
            body = bodies[pages % len(bodies)]
            writer.write_record(writer.create_warc_record(address, "request", http_headers=request))
            writer.write_record(
                writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=answer)
            )
            pages, done = pages + 1, done + 2
            if pages % 3 == 0:
                answer = StatusAndHeaders("200 OK", [("Content-Type", "image/jpeg")], protocol="HTTP/1.1")
                body = rng.randbytes(PICTURE)
                writer.write_record(
                    writer.create_warc_record(
                        address + "/p", "response", io.BytesIO(body), http_headers=answer
                    )
                )
                done += 1
    return pages


def unpacked(path: Path) -> int:
    """The size of the records without gzip, in bytes."""
    import gzip

    size = 0
    with path.open("rb") as raw, gzip.open(raw) if path.suffix == ".gz" else raw as stream:
        while block := stream.read(1 << 20):
            size += len(block)
    return size


def memory(name: str) -> float:
    """A figure of this process from /proc, in megabytes: VmRSS now, VmHWM at most."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this bench reads /proc, which this system does not have")


def ours(path: Path, pages: int) -> None:
    """Scan with ``collect``; resident memory at a tenth of the pages and at the end."""
    found, early = 0, 0.0
    for item in collect([path]):
        found += bool(item.data)
        assert item.data or item.problems[0].code == "skipped", item.problems
        if found == pages // 10:
            early = early or memory("VmRSS")
    assert found == pages, (found, pages)
    print(
        f"    resident {early:.1f} MB at a tenth, {memory('VmRSS'):.1f} MB at the end, at most {memory('VmHWM'):.1f} MB"
    )


def warcio(path: Path, pages: int, check: bool) -> None:
    """Scan with warcio's reader."""
    with path.open("rb") as stream:
        found = 0
        for record in ArchiveIterator(stream, check_digests=check):
            kind = record.http_headers and record.http_headers.get_header("Content-Type", "")
            if record.rec_type == "response" and kind.startswith("text/html"):
                found += bool(record.content_stream().read())
    assert found == pages, (found, pages)


def timed(name: str, part: object, path: Path, arguments: tuple[object, ...]) -> None:
    """Run one part in a process of its own and print its speed."""
    process = multiprocessing.get_context("spawn").Process(
        target=run, args=(name, part, path, arguments, unpacked(path))
    )
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def run(name: str, part: object, path: Path, arguments: tuple[object, ...], size: int) -> None:
    """One part, timed by the processor's time, so that other work on the machine does not count."""
    assert callable(part)
    began, worked = time.perf_counter(), time.process_time()
    part(path, *arguments)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    print(
        f"  {name:<24} {size / 1e6 / worked:7.1f} MB of records a second a core, "
        f"{path.stat().st_size / 1e6 / worked:6.1f} MB of file  ({took:.1f} s, of them {worked:.1f} s at work)",
        flush=True,
    )


def main() -> None:
    """Make the files and scan them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    records = parser.parse_args().records
    with tempfile.TemporaryDirectory() as folder:
        for packed in (True, False):
            path = Path(folder) / ("crawl.warc.gz" if packed else "crawl.warc")
            pages = write(path, records, packed=packed)
            print(
                f"{path.name}: {pages:,} pages, {path.stat().st_size / 1e6:,.0f} MB, {unpacked(path) / 1e6:,.0f} MB of records"
            )
            timed("bearwitness", ours, path, (pages,))
            timed("warcio, digests checked", warcio, path, (pages, True))
            timed("warcio, unchecked", warcio, path, (pages, False))
            path.unlink()


if __name__ == "__main__":
    main()
