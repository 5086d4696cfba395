"""The parsers that ``fuzz.py`` feeds: sound files for each, and how it is called as the program calls it."""

from __future__ import annotations

import bz2
import io
import json
import lzma
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "collect"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "read"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pipeline"))

from authority import Keys, openssl
from containers import PAGE, Warc, all_codes, raw_record, squeezed, tarred, zipped
from containers import read as collected
from fuzz_web import addresses, answers, feeds, of_address, of_answer, of_feed, of_robots, robots
from pdf_files import Print, column, pdf
from warcio.statusandheaders import StatusAndHeaders

from bearwitness import read, rows, timestamping, warc
from bearwitness.collect import Item, collect
from bearwitness.collect.exchanges import exchanges
from bearwitness.errors import PROBLEMS
from bearwitness.pipeline.hearing import hearsay
from bearwitness.pipeline.reading import capture_of
from bearwitness.read import dates
from bearwitness.record import Capture, digest

STORIES = Path(__file__).parents[1] / "src" / "bearwitness" / "stories"
BYTES = (b"\xff" * 8, bytes(8), b"9" * 12, b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n\r\n")


class Parser(NamedTuple):
    """``sound`` gives files to begin with, ``parse`` the codes of the problems of one, and ``telling`` are bytes that mean
    something to it."""

    sound: Callable[[], list[bytes]]
    parse: Callable[[bytes], Iterable[str]]
    telling: tuple[bytes, ...]


def packed(members: dict[str, bytes]) -> bytes:
    """A WACZ of these WARC files."""
    listed = [{"path": name, "hash": f"sha256:{digest(data)}"} for name, data in members.items()]
    return zipped({**members, "datapackage.json": json.dumps({"resources": listed}).encode()})


def archives() -> list[bytes]:
    """ZIP, TAR and compressed files."""
    files = [
        zipped({"a.html": PAGE, "b/c.txt": b"Two hurt in blaze."}),
        zipped({"a": PAGE, "b": b"x" * 50}, zipfile.ZIP_BZIP2),
        packed({"archive/d.warc.gz": Warc().response().data}),
        tarred({"a": PAGE, "u" * 150: b"Two hurt in blaze."}),
        tarred({"a": PAGE, "ü" * 150: b"Two hurt in blaze."}, tarfile.GNU_FORMAT),
        squeezed(tarred({"a": PAGE})),
        bz2.compress(PAGE),
        lzma.compress(tarred({"a": PAGE})),
    ]
    return [*files, *map(squeezed, files)]


def warcs() -> list[bytes]:
    """WARC files, plain, packed and in a WACZ."""
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    plain = Warc(packed=False).record("warcinfo", b"x").response()
    plain.response(squeezed(PAGE), headers=(("Content-Encoding", "gzip"),)).record("revisit", b"")
    named = Warc().record("resource", PAGE, "file:///pages/gate.html", Content_Type="text/html").data
    arc = b"1 0 x\nURL IP-address Archive-date Content-type Archive-length\n"
    arc = b"filedesc://x 0.0.0.0 20250304060708 text/plain %d\n%s\n" % (len(arc), arc)
    arc += b"http://a.example/ 192.0.2.7 20250304060708 text/html %d\n%s\n" % (len(chunked), chunked)
    return [
        arc,
        squeezed(arc),
        plain.data,
        plain.data,
        Warc().response().data,
        raw_record(chunked),
        named,
        packed({"archive/d.warc": plain.data}),
    ]


def exchanged() -> list[bytes]:
    """WARC files with requests before and behind their answers, a redirect, a loss and a revisit."""
    asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "coastwire.example")], is_http_request=True)
    told = Warc(packed=False).record("request", b"", head=asked).response()
    told.response(b"", status="301 Moved", headers=(("Location", "/b"),)).response(b"gone", status="410 Gone")
    told.record("request", b"", head=asked).record("revisit", b"")
    told.response(squeezed(PAGE), headers=(("Content-Encoding", "gzip"),))
    return [told.data, squeezed(told.data), packed({"archive/d.warc": told.data})]


def of_exchanges(data: bytes) -> list[str]:
    """What is in a file with the records of its exchanges, each of which is read again as it was kept."""
    codes = []
    for item in collect(["-"], stdin=io.BytesIO(data), exchanges=True):
        codes += [problem.code for problem in item.problems]
        for told, plain in hearsay(item, capture_of(item, {})):
            (kept,) = exchanges(warc.squeezed(plain))
            assert (kept.sort, digest(plain)) == (told.sort, told.record)
            codes.append(told.sort)
    return codes


def of_items(data: bytes) -> list[str]:
    """The problems of what is in a file that comes out of a pipe, and of the reports of it."""
    items = collected(data)
    return [*all_codes(items), *(code for item in items[:5] for code in of_item(item))]


def of_collected(data: bytes) -> list[str]:
    """The problems of what is in a file that comes out of a pipe."""
    return all_codes(collected(data))


def of_item(item: Item) -> Iterator[str]:
    """The problems of the report of an item, whose text can be written."""
    capture = Capture(
        sha256=digest(item.data),
        size=len(item.data),
        source=item.source,
        media_type=item.media_type,
        given=dict(item.given),
        headers=item.headers,
    )
    report = read.read(item.data, capture)
    report.text.encode()
    for problem in report.problems:
        assert problem.code in PROBLEMS, problem.code
        yield problem.code


def reading(kind: str) -> Callable[[bytes], Iterable[str]]:
    """How a file of that kind is read."""
    return lambda data: list(of_item(Item(source="file", data=data, media_type=kind)))


def pages() -> list[bytes]:
    """The invented stories that are web pages."""
    return [path.read_bytes() for path in sorted(STORIES.glob("*.html"))]


def texts() -> list[bytes]:
    """The invented stories that are plain text, in several encodings."""
    plain = [path.read_text(encoding="utf-8") for path in sorted(STORIES.glob("*.txt"))]
    return [
        text.encode(form, "replace") for text in plain for form in ("utf-8", "utf-16", "cp1252", "cp1251")
    ]


def pdfs() -> list[bytes]:
    """Pages of print, and of a picture."""
    lines = [
        "A bomb killed 12 people in Kenema, Sierra Leone, on Monday, the govern-",
        "ment said.",
        "",
        "The gate is closed.",
    ]
    story = [[Print(72, 770, 18, "Blast at Kenema grain gate"), *column(lines)], column(lines[2:])]
    return [pdf(story), pdf([[]], picture=zlib.compress(b"")[:1] * 4096)]


def mails() -> list[bytes]:
    """Messages with parts, and boxes of them."""
    head = (
        b"From: =?utf-8?Q?Ann?= <ann@coastwire.example>\nSubject: =?iso-8859-1?B?R2F0ZQ==?=\nMessage-ID: <1@x>\n"
        b"Date: Tue, 04 Mar 2025 10:12:13 +0100\nMIME-Version: 1.0\n"
    )
    parts = (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n'
        b"Content-Transfer-Encoding: quoted-printable\n\nTwelve died in Kenema=2E\n> So they say.\n-- \nAnn\n--b\n"
        b'Content-Type: text/html; name="a.html"\nContent-Disposition: attachment; filename="a.html"\n'
        b"Content-Transfer-Encoding: base64\n\nPHA+VHdlbHZlIGRpZWQ8L3A+\n--b--\n"
    )
    plain = b"Content-Type: text/plain\n\nTwelve died.\n\nOn Monday, 10:00, Bob wrote:\n> Three died.\n"
    reply = (
        b'Content-Type: text/html\n\n<html><body><p>Twelve died.</p><div class="gmail_quote"><div>On Monday, 10:00, Bob '
        b'wrote:<br></div><blockquote type="cite">Three <b>died.<blockquote type="cite">None did.</blockquote></blockquote>'
        b"</div></body></html>\n"
    )
    box = b"From a@b Mon Mar  3 10:12:13 2025\n"
    return [head + parts, head + plain, head + reply, box + head + parts + b"\n" + box + head + plain]


def tables() -> list[bytes]:
    """Delimited values, JSON Lines and Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["A bomb killed 12 people."] * 3, "date": ["2025-03-04"] * 3}), out)
    delimited = b'text,date\n"A bomb, in ""Kenema"", killed 12 people.",2025-03-04\nA raid left three dead.,2025-05-12\n'
    lines = b'{"text": "A bomb killed 12 people.", "date": "2025-03-04"}\n{"text": "<p>Three died.</p>", "url": 7}\n'
    return [delimited, delimited.replace(b",", b";"), lines, out.getvalue()]


def of_table(data: bytes) -> list[str]:
    """The problems of a file as a table whose text is in a column of that name, and of its rows read as such."""
    items = list(collected(data, columns={"text": "text"}))
    forms = (
        rows.written(rows.CSV, {"charset": "utf-8", "delimiter": ",", "text": "1", "columns": "2"}),
        rows.written(rows.JSON, {"text": "text"}),
    )
    alone = [Item(source="row", data=data, media_type=form) for form in forms]
    return [*all_codes(items), *(code for item in (*items[:5], *alone) for code in of_item(item))]


def days() -> list[bytes]:
    """Days as they are written."""
    written = "2025-03-04T06:07:08Z|4 March 2025|March 4th, 2025|04/03/2025|Tuesday, 4. Mar. 2025, 10:12|2025.3.4|Mar 2025"
    return [day.encode() for day in written.split("|")]


def of_day(data: bytes) -> list[str]:
    """What a day is, if it is one; reading it again gives the same."""
    text = data.decode("utf-8", "replace")
    dates.find_all(text)
    dates.is_date_line(text)
    value = dates.edtf(text)
    assert value is None or dates.edtf(value) == value, (text, value)
    return []


@cache
def keys() -> Keys:
    """A time-stamp authority of our own."""
    made = Keys(Path(tempfile.mkdtemp(prefix="bearwitness-fuzz-")) / "tsa")
    made.give("stamper")
    return made


def stamps() -> list[bytes]:
    """Answers of a time-stamp authority: a token, and a refusal."""
    other = openssl(keys().folder, "ts", "-query", "-digest", "00" * 20, "-sha1")
    return [keys().reply(timestamping.request(b"a list")[0]), keys().reply(other)]


def of_stamp(data: bytes) -> list[str]:
    """Whether an answer is sound, as a problem."""
    try:
        timestamping.check(data, digest(b"a list"), keys().ca.read_bytes())
        timestamping.anchors(data, keys().ca.read_bytes())
    except timestamping.Unsound:
        return ["unsound"]
    return []


MARKS = (
    b"<p>",
    b"</div>",
    b"<!--",
    b"<script>",
    b"&#x0;",
    b"&#1114112;",
    b"<title>",
    b'content="',
    b"<table><tr><td>",
    b"<![CDATA[",
)
PARSERS: dict[str, Parser] = {
    "archives": Parser(
        archives,
        of_collected,
        (b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"ustar\x00", *BYTES),
    ),
    "warc": Parser(
        warcs,
        of_collected,
        (
            b"WARC/1.0\r\n",
            b"Content-Length: 99999999999\r\n",
            b"WARC-Type: revisit\r\n",
            b"HTTP/1.1 200 OK\r\n",
            *BYTES,
        ),
    ),
    "exchanges": Parser(
        exchanged,
        of_exchanges,
        (b"WARC/1.0\r\n", b"WARC-Type: request\r\n", b"HTTP/1.1 404 Not Found\r\n", b"\r\n\r\n", *BYTES),
    ),
    "answers": Parser(
        answers,
        of_answer,
        (
            b"HTTP/1.1 200 OK\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Content-Length: 5\r\n",
            b"Content-Encoding: gzip\r\n",
            b"0\r\n\r\n",
            *BYTES,
        ),
    ),
    "addresses": Parser(
        addresses,
        of_address,
        (b"//", b"..", b"%00", b"@", b"[::1]", b"xn--", "\u3002".encode(), b"\\", *BYTES),
    ),
    "robots": Parser(
        robots,
        of_robots,
        (b"User-agent:", b"Disallow: /", b"Crawl-delay: nan\n", b"*" * 40, b"$", b"%", *BYTES),
    ),
    "feeds": Parser(
        feeds,
        of_feed,
        (
            b"<!ENTITY x 'y'>",
            b"&x;",
            b"<item>",
            b"<![CDATA[",
            b"xml:base='//['",
            b"<loc>",
            b"[" * 400,
            *BYTES,
        ),
    ),
    "html": Parser(pages, reading("text/html"), (*MARKS, *BYTES)),
    "text": Parser(
        texts,
        reading("text/plain"),
        ("\u2028".encode(), b"\x1b[", b"\n\n", b"31 February 2025", b"By ", *BYTES),
    ),
    "dates": Parser(days, of_day, (b"0", b"31", b"/", b"-", b" of ", b"February", "\u0663".encode(), *BYTES)),
    "pdf": Parser(
        pdfs,
        reading("application/pdf"),
        (b" 0 R", b"/Kids", b"/FlateDecode", b"stream\n", b"endobj", b"startxref\n", b"99999999", *BYTES),
    ),
    "mail": Parser(
        mails,
        of_items,
        (
            b"--b\n",
            b"--b--\n",
            b"Content-Type: message/rfc822\n",
            b"From a@b Mon Mar  3 10:12:13 2025\n",
            b"=?utf-8?B?",
            b"> ",
            *BYTES,
        ),
    ),
    "stamps": Parser(
        stamps,
        of_stamp,
        (b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"\x06\x09\x60\x86\x48", b"\x02\x01", *BYTES),
    ),
    "tables": Parser(
        tables, of_table, (b'"', b"\n", b",", b"{", b"[" * 300, b'{"text":', b"\\ud800", b"PAR1", *BYTES)
    ),
}
