"""WARC and WACZ files: one item for each page that a record holds."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import threading
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from containers import ADDRESS, DATE, PAGE, Warc, all_codes, codes, kept, raw_record, read, squeezed, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from bearwitness.collect import collect

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.mark.parametrize("packed", [True, False])
def test_an_answer_is_an_item(packed: bool, tmp_path: Path) -> None:
    """Its source names file and address, and it has the page's bytes, the server's headers and the archive's time."""
    path = tmp_path / "crawl.txt"
    path.write_bytes(Warc(packed=packed).response(headers=(("Server", "nginx"),)).data)
    (item,) = collect([path])
    assert (item.source, item.data, item.media_type) == (f"{path}#{ADDRESS}", PAGE, "text/html")
    assert item.headers == (("Content-Type", "text/html"), ("Server", "nginx"))
    assert (item.captured_at, item.problems) == (DATE, ())


def test_what_holds_no_page_is_counted() -> None:
    """Requests, notes, pictures, scripts, redirects and errors give no items; one problem says how many there were."""
    warc = Warc().record("warcinfo", b"software: x\r\n", Content_Type="application/warc-fields").response()
    warc.response(b"\x89PNG\r\n\x1a\n", kind="image/png").response(b"\x89PNG\r\n\x1a\n")
    warc.response(b"var x", kind="text/javascript").response(b"gone", status="404 Not Found").response(b"")
    warc.record("metadata", b"x", Content_Type="text/plain")
    first, last = read(warc.data)
    assert first.data == PAGE
    assert codes(last) == ["skipped"]
    assert last.problems[0].sentence == (
        "In - were passed over: image/png 2, warcinfo records 1, text/javascript 1, status 404 1, without a page 1, "
        "metadata records 1."
    )


@pytest.mark.parametrize("address", ["urn:bearwitness:file/pages/t%231.bin", "file:///pages/t%231.bin"])
def test_files_in_our_own_archives_are_kept_whatever_they_are(address: str) -> None:
    """Under the address that files are given now, and under the one they were given before; notes of crawlers are not."""
    warc = Warc().record(
        "resource", b"\x00\x01", "urn:pageinfo:https://lake.example/", Content_Type="text/html"
    )
    warc.record("resource", b"\x00\x01\x02", address, Content_Type="application/octet-stream")
    (item,) = [one for one in read(warc.data) if one.data]
    assert (item.source, item.data) == (f"-#{address}", b"\x00\x01\x02")


def test_resources_and_conversions() -> None:
    """Records that hold a page without a server's answer are items too."""
    warc = Warc().record("resource", PAGE, "file:///saved/gate.html", Content_Type="text/html")
    warc.record("conversion", b"Two hurt in blaze.", Content_Type="text/plain")
    first, second = read(warc.data)
    assert (first.source, first.data) == ("-#file:///saved/gate.html", PAGE)
    assert (second.source, second.media_type, second.problems) == (f"-#{ADDRESS}", "text/plain", ())


def test_a_page_that_was_the_same_as_before_says_where_it_is() -> None:
    """A revisit record has no bytes; its problem names where they are."""
    warc = Warc().record(
        "revisit",
        b"",
        WARC_Profile="x",
        WARC_Refers_To_Target_URI="https://coastwire.example/first",
        WARC_Refers_To_Date=DATE,
    )
    warc.record(
        "revisit", b"HTTP/1.1 304 Not Modified\r\n\r\n", Content_Type="application/http; msgtype=response"
    )
    item, other = read(warc.data)
    assert (item.data, codes(item), item.captured_at) == (b"", ["payload_elsewhere"], DATE)
    assert codes(other) == ["payload_elsewhere"]
    assert f"https://coastwire.example/first, received at {DATE}" in item.problems[0].sentence


def chunked(data: bytes) -> bytes:
    """A body in chunks of 50 bytes."""
    parts = [data[at : at + 50] for at in range(0, len(data), 50)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


RAW_DEFLATE = zlib.compressobj(wbits=-15)
BODIES: dict[str, tuple[bytes, tuple[tuple[str, str], ...], list[str]]] = {
    "chunked": (chunked(PAGE), (("Transfer-Encoding", "chunked"),), []),
    "gzip": (squeezed(PAGE), (("Content-Encoding", "gzip"),), []),
    "deflate": (zlib.compress(PAGE), (("Content-Encoding", "deflate"),), []),
    "headless deflate": (
        RAW_DEFLATE.compress(PAGE) + RAW_DEFLATE.flush(),
        (("Content-Encoding", "deflate"),),
        [],
    ),
    "chunked gzip": (
        chunked(squeezed(PAGE)),
        (("Transfer-Encoding", "chunked"), ("Content-Encoding", "GZIP")),
        [],
    ),
    "kept unpacked": (PAGE, (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")), []),
    "kept unpacked br": (PAGE, (("Content-Encoding", "br"),), []),
    "last chunk missing": (chunked(PAGE)[:-5], (("Transfer-Encoding", "chunked"),), ["cut_short"]),
    "less than announced": (PAGE, (("Content-Length", "9999"),), ["cut_short"]),
    "gzip cut off": (squeezed(PAGE)[:-3], (("Content-Encoding", "gzip"),), ["damaged"]),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies_are_taken_out_of_their_encodings(name: str) -> None:
    """The item's data is the page, with what was wrong on the way as a problem."""
    body, headers, expected = BODIES[name]
    (item,) = read(Warc().response(body, headers=headers).data)
    assert (item.data, codes(item)) == (PAGE, expected)


def test_an_encoding_that_is_not_read() -> None:
    """The bytes are kept packed, and the problem names the encoding."""
    body = bytes(range(256))
    (item,) = read(Warc().response(body, headers=(("Content-Encoding", "br"),)).data)
    assert (item.data, codes(item)) == (body, ["undecoded"])


def test_files_under_zstandard_are_kept() -> None:
    """Also a web archive; the problem says how to unpack it."""
    frame = b"\x28\xb5\x2f\xfd\x04\x00\x19\x00\x00abc\x00\x00\x00\x00"
    for name, data in (("-", frame), ("-/crawl.warc.zst", zipped({"crawl.warc.zst": frame}))):
        (item,) = read(data)
        assert (item.source, item.data, codes(item)) == (name, frame, ["undecoded"])
        assert "zstd -d" in item.problems[0].sentence


def test_a_page_that_is_a_bomb() -> None:
    """A body that unpacks past the limit is kept packed; the records after it are read."""
    body = squeezed(bytes(3_000_000))
    first, second = read(Warc().response(body, headers=(("Content-Encoding", "gzip"),)).response().data)
    assert (first.data, codes(first)) == (body, ["bomb"])
    assert second.data == PAGE


@pytest.mark.parametrize("name", ["WARC-Payload-Digest", "WARC-Block-Digest"])
@pytest.mark.parametrize("form", ["sha1 base32", "sha256 hexadecimal", "md5 base64"])
def test_digests_are_checked(name: str, form: str) -> None:
    """A digest in any of the usual forms that fits says nothing; one that does not is a problem, and the bytes are kept."""
    import base64

    algorithm, how = form.split()
    write = {
        "base32": base64.b32encode,
        "base64": base64.b64encode,
        "hexadecimal": lambda d: d.hex().encode(),
    }[how]
    data = PAGE if name == "WARC-Payload-Digest" else HTTP + PAGE
    good = f"{algorithm}:{write(hashlib.new(algorithm, data).digest()).decode()}"
    (item,) = read(raw_record(HTTP + PAGE, **{name: good}))
    assert (item.data, codes(item)) == (PAGE, [])
    (item,) = read(raw_record(HTTP + PAGE.replace(b"12", b"21"), **{name: good}))
    assert (item.data, codes(item)) == (PAGE.replace(b"12", b"21"), ["digest_mismatch"])
    assert name in item.problems[0].sentence


def test_a_record_that_is_only_a_part() -> None:
    """What the archive says it left out is a problem of the page."""
    (item,) = read(raw_record(HTTP + PAGE, WARC_Truncated="length"))
    assert (item.data, codes(item)) == (PAGE, ["cut_short"])


def test_damage_ends_a_file_and_keeps_what_came_before() -> None:
    """Wrong lengths, headers without end and bytes between records: one problem each, which says at which byte."""
    good = raw_record(HTTP + PAGE)
    for bad in (
        raw_record(HTTP + PAGE, len(HTTP + PAGE) - 40),
        raw_record(HTTP + PAGE, len(HTTP + PAGE) + 500) + good,
        raw_record(HTTP + PAGE, "-1"),
        raw_record(HTTP + PAGE, "many"),
        raw_record(HTTP + PAGE, "9" * 5000),
        b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"\r\n" * 100 + good,
        b"no record at all",
        b"\0" * 1000,
    ):
        items = read(good + bad)
        assert items[0].data == PAGE
        found = all_codes(items)
        assert found.count("damaged") == 1, (bad[:300], found)
        sentence = next(p.sentence for item in items for p in item.problems if p.code == "damaged")
        assert "at byte" in sentence or "missing" in sentence


def test_a_file_that_is_cut_off() -> None:
    """The record that the cut runs through is kept in part; one problem says how much is missing."""
    warc = Warc(packed=False).response().response(address="https://coastwire.example/second")
    first, second = read(warc.data[:-50])
    assert (first.data, second.data, codes(second)) == (PAGE, PAGE[:-46], ["damaged"])
    packed = Warc().response().response(address="https://coastwire.example/second").data
    items = read(packed[:-50])
    assert (items[0].data, all_codes(items)) == (PAGE, ["damaged"])


def test_a_flood_of_headers() -> None:
    """Of very many headers the first are kept; of headers without end, the bytes, unread. The next record is read."""
    many = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"X: y\r\n" * 5000 + b"\r\n" + PAGE
    endless = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000
    first, second, third = read(raw_record(many) + raw_record(endless) + raw_record(HTTP + PAGE))
    assert (first.data, codes(first), len(first.headers)) == (PAGE, ["header_flood"], 200)
    assert (second.data, codes(second), second.media_type) == (
        endless,
        ["header_flood"],
        "application/octet-stream",
    )
    assert (third.data, codes(third)) == (PAGE, [])


def test_a_page_over_the_limit() -> None:
    """None of it is kept; the records after it are."""
    first, second = read(Warc().response(PAGE * 100).response().data, limit=10_000)
    assert (first.data, codes(first), first.captured_at, second.data) == (b"", ["too_large"], DATE, PAGE)


def test_an_address_is_only_a_label() -> None:
    """What no address has is taken out of it, and its length is bounded; a record without one is named by its place."""
    (item,) = read(
        raw_record(HTTP + PAGE, WARC_Target_URI="<https://x.example/a b\x1b[31m" + "c" * 5000 + ">")
    )
    assert item.source.startswith("-#https://x.example/a%20b%20[31mccc")
    assert len(item.source) < 2100
    (item,) = read(raw_record(HTTP + PAGE, WARC_Target_URI=""))
    assert item.source == "-#record at byte 0"


def wacz(warc: bytes, hashes: dict[str, str], seal: str | None = None) -> bytes:
    """A web archive as py-wacz lays it out."""
    package = json.dumps(
        {
            "profile": "data-package",
            "resources": [{"path": path, "hash": said, "bytes": 1} for path, said in hashes.items()],
        }
    ).encode()
    sealed = {"path": "datapackage.json", "hash": seal or "sha256:" + hashlib.sha256(package).hexdigest()}
    return zipped(
        {
            "archive/data.warc.gz": warc,
            "indexes/index.cdx.gz": squeezed(b"x"),
            "pages/pages.jsonl": b"{}\n",
            "datapackage.json": package,
            "datapackage-digest.json": json.dumps(sealed).encode(),
        }
    )


def test_a_web_archive_is_read_and_checked() -> None:
    """The pages of a WACZ are items; its lists are counted; a digest in its list that does not fit is a problem of every
    page, and so are a list that is not what its seal says, and a file that is not listed or not there."""
    warc = Warc().response().data
    name, good = "archive/data.warc.gz", "sha256:" + hashlib.sha256(warc).hexdigest()
    source = f"-/{name}#{ADDRESS}"
    items = read(wacz(warc, {name: good}))
    assert (kept(items), all_codes(items)) == ({source: PAGE}, ["skipped"])
    assert "lists and indexes 4" in items[-1].problems[0].sentence
    for data in (
        wacz(warc, {name: good.replace("a", "b")}),
        wacz(warc, {name: good}, seal="sha256:" + "0" * 64),
        wacz(warc, {}),
        wacz(warc, {name: "none"}),
    ):
        items = read(data)
        assert (kept(items), all_codes(items)) == ({source: PAGE}, ["digest_mismatch", "skipped"])
    items = read(wacz(warc, {name: good, "archive/gone.warc.gz": good}))
    assert all_codes(items) == ["skipped", "digest_mismatch"]


def test_a_web_archive_of_py_wacz(tmp_path: Path) -> None:
    """One that the field's own tool has made is read without a problem."""
    from wacz.main import main

    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(Warc().response().data)
    assert main(["create", "-o", str(tmp_path / "crawl.wacz"), str(path)]) == 0
    items = list(collect([tmp_path / "crawl.wacz"]))
    assert kept(items) == {f"{tmp_path}/crawl.wacz/archive/crawl.warc.gz#{ADDRESS}": PAGE}
    assert all_codes(items) == ["skipped"]


class Site(BaseHTTPRequestHandler):
    """Two pages of an invented site, one of them in chunks."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(chunked(PAGE))
        else:
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_a_crawl_of_wget(tmp_path: Path) -> None:
    """A WARC that wget has written from a site is read: both pages, their digests sound, all else counted."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        site = f"http://127.0.0.1:{server.server_port}"
        command = [
            "wget",
            "-q",
            "--no-proxy",
            "--warc-file=crawl",
            "-O",
            "out",
            f"{site}/gate",
            f"{site}/chunked",
        ]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    finally:
        server.shutdown()
        server.server_close()
    items = list(collect([tmp_path / "crawl.warc.gz"]))
    at = f"{tmp_path}/crawl.warc.gz#{site}"
    assert kept(items) == {f"{at}/gate": PAGE, f"{at}/chunked": PAGE}
    assert all_codes(items) == ["skipped"]


PAGES = st.lists(st.text("ab <>\n", min_size=1, max_size=200).filter(str.strip), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None)
@given(PAGES, st.booleans())
def test_we_read_what_warcio_reads(pages: list[str], packed: bool) -> None:
    """Of sound files, the field's library and we find the same pages, and no digest is wrong."""
    warc = Warc(packed=packed)
    for page in pages:
        warc.response(b"<p>" + page.encode())
    theirs = [record.content_stream().read() for record in ArchiveIterator(io.BytesIO(warc.data))]
    items = read(warc.data)
    assert ([item.data for item in items], all_codes(items)) == (theirs, [])


@settings(max_examples=80, deadline=None)
@given(st.booleans(), st.data())
def test_any_bytes_end_well(packed: bool, data: st.DataObject) -> None:
    """Files with bytes changed, cut off or put in never raise, and every problem has a known code."""
    sound = (
        Warc(packed=False)
        .response(chunked(PAGE), headers=(("Transfer-Encoding", "chunked"),))
        .response()
        .data
    )
    at = data.draw(st.integers(0, len(sound)))
    changed = sound[:at] + data.draw(st.binary(max_size=30)) + sound[data.draw(st.integers(at, len(sound))) :]
    all_codes(read(gzip.compress(changed, 1) if packed else b"WARC/1.1\r\n" + changed))
