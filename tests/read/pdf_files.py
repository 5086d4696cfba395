"""A small writer of real PDF files: pages of printed lines, or of a picture."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple


class Print(NamedTuple):
    """Words at a place on a page, in points from the left and from the bottom, and the size of their letters."""

    x: int
    y: int
    size: int
    words: str


def column(
    words: Sequence[str], *, x: int = 72, top: int = 740, size: int = 11, leading: int = 14
) -> list[Print]:
    """Lines below each other; an empty one is a gap."""
    return [Print(x, top - leading * place, size, line) for place, line in enumerate(words) if line]


def pdf(pages: Sequence[Sequence[Print]], *, picture: bytes = b"") -> bytes:
    """A PDF (A4, Helvetica) of these pages. ``picture`` is 64 by 64 grey dots that fill a page without words."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(entries: bytes, data: bytes) -> int:
        packed = zlib.compress(data)
        head = b"<< %s /Filter /FlateDecode /Length %d >>" % (entries, len(packed))
        return add(head + b"\nstream\n" + packed + b"\nendstream")

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    grey = b"/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8"
    image = stream(grey, picture) if picture else 0
    parent = 2 * len(pages) + len(objects) + 1
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, _escaped(words))
            for x, y, size, words in lines
        )
        drawn = drawn or (b"q 595 0 0 842 0 0 cm /I1 Do Q\n" if picture else b"")
        resources = b"/Font << /F1 %d 0 R >>" % font + (
            b" /XObject << /I1 %d 0 R >>" % image if image else b""
        )
        content = stream(b"", drawn)
        page = (
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << %s >> >>"
        )
        kids.append(add(page % (parent, content, resources)))
    assert (
        add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids)))
        == parent
    )
    return written([*objects, b"<< /Type /Catalog /Pages %d 0 R >>" % parent])


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, the last of which is the root."""
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return out + table + end % (len(objects) + 1, len(objects), trailer, len(out))


def _escaped(words: str) -> bytes:
    data = words.encode("cp1252")
    for mark in (b"\\", b"(", b")"):
        data = data.replace(mark, b"\\" + mark)
    return data
