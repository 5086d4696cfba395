"""ARC files, the form of web archives before WARC: one item for each page that a record holds."""

from __future__ import annotations

import io
import random

import pytest
from containers import ADDRESS, DATE, PAGE, all_codes, codes, kept, read, squeezed
from warcio.archiveiterator import ArchiveIterator

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: nginx\r\n\r\n"
ABOUT = {
    1: b"1 0 Coast Crawls\nURL IP-address Archive-date Content-type Archive-length\n\n",
    2: b"2 0 Coast Crawls\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename "
    b"Archive-length\n\n",
}


def record(address: str, block: bytes, version: int = 1, kind: str = "text/html") -> bytes:
    """One record of an ARC file."""
    more = " 200 - - 0 coast.arc" if version == 2 else ""
    return f"{address} 192.0.2.7 20250304060708 {kind}{more} {len(block)}\n".encode() + block + b"\n"


def arc(*blocks: tuple[str, bytes], version: int = 1, packed: bool = False) -> bytes:
    """An ARC file of these addresses and answers, packed record by record or plain."""
    parts = [record("filedesc://coast.arc", ABOUT[version], version, "text/plain")]
    parts += [record(address, block, version) for address, block in blocks]
    return b"".join(squeezed(part) if packed else part for part in parts)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("packed", [True, False])
def test_an_answer_is_an_item(version: int, packed: bool) -> None:
    """As out of a WARC file: the page's bytes, the server's headers, the archive's time; as warcio reads them."""
    data = arc((ADDRESS, HEAD + PAGE), (f"{ADDRESS}/b c", HEAD + PAGE * 2), version=version, packed=packed)
    first, second, about = read(data)
    assert (first.source, first.data, first.media_type) == (f"-#{ADDRESS}", PAGE, "text/html")
    assert first.headers == (("Content-Type", "text/html"), ("Server", "nginx"))
    assert (first.captured_at, first.problems) == (DATE, ())
    assert (second.source, second.data) == (f"-#{ADDRESS}/b%20c", PAGE * 2)
    assert "notes records 1" in about.problems[0].sentence
    if version == 1:
        theirs = [
            one.content_stream().read()
            for one in ArchiveIterator(io.BytesIO(data), arc2warc=True)
            if one.rec_type == "response"
        ]
        assert theirs[0] == PAGE


def test_names_and_errors_are_passed_over() -> None:
    """Notes on names and answers that are no pages give no item; how many is said."""
    gone = HEAD.replace(b"200 OK", b"404 Not Found")
    (about,) = read(arc(("dns:coastwire.example", b"20250304 192.0.2.7"), (ADDRESS, gone + PAGE)))
    assert "notes records 2, status 404 1" in about.problems[0].sentence


@pytest.mark.parametrize(
    "line", [b"x\n", b"a b c d e f\n", b"http://a.example 1 2 3 99999999999999999999\n", b"\xff" * 20_000]
)
def test_damage_ends_the_file_and_keeps_what_came_before(line: bytes) -> None:
    """A wrong length, a line that is none: one problem."""
    items = read(arc((ADDRESS, HEAD + PAGE)) + line)
    assert list(kept(items).values()) == [PAGE]
    assert all_codes(items) == ["skipped", "damaged"]


def test_an_archive_that_is_cut_off() -> None:
    """The page that was under way is kept as far as it goes, and said to be so."""
    data = arc((ADDRESS, HEAD + PAGE))
    items = read(data[:-100])
    assert PAGE.startswith(items[0].data)
    assert codes(items[-1]) == ["damaged"] or "damaged" in all_codes(items)


def test_random_bytes_end_within_bounds() -> None:
    """Whatever follows the first line, nothing raises and every problem has a code."""
    rng = random.Random(5)
    sound = arc((ADDRESS, HEAD + PAGE), (ADDRESS, HEAD + PAGE))
    for _ in range(300):
        data = bytearray(sound)
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 9)] = rng.randbytes(rng.randint(0, 9))
        assert all_codes(read(bytes(data))) is not None
