"""Archives and web archives of invented pages, made by the tools that make real ones."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bearwitness.collect import Item, collect
from bearwitness.errors import PROBLEMS

PAGE = (
    b"<html><head><title>Blast at Kenema grain gate</title></head><body><p>A bomb killed 12 people at the grain gate in "
    b"Kenema, Sierra Leone, police said. The Northern Column denied it.</p></body></html>"
)
ADDRESS = "https://coastwire.example/2025/03/04/gate"
DATE = "2025-03-04T06:07:08Z"


def codes(item: Item) -> list[str]:
    """The problem codes of an item; every one must be known."""
    assert all(problem.code in PROBLEMS for problem in item.problems)
    return [problem.code for problem in item.problems]


def read(data: bytes, limit: int = 1_000_000, columns: Mapping[str, str] | None = None) -> list[Item]:
    """The items in ``data`` when it comes out of a pipe."""
    return list(collect(["-"], stdin=io.BytesIO(data), limit=limit, columns=columns))


def kept(items: list[Item]) -> dict[str, bytes]:
    """The data of the items that have some, by source."""
    return {item.source: item.data for item in items if item.data}


def all_codes(items: list[Item]) -> list[str]:
    """The problem codes of all items, in order."""
    return [code for item in items for code in codes(item)]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive as the standard library writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """A TAR archive as the standard library writes it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


class Warc:
    """A WARC file as warcio writes it."""

    def __init__(self, *, packed: bool = True) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=packed)

    @property
    def data(self) -> bytes:
        """What is written so far."""
        return self._out.getvalue()

    def response(
        self,
        body: bytes = PAGE,
        address: str = ADDRESS,
        kind: str = "text/html",
        *,
        status: str = "200 OK",
        headers: tuple[tuple[str, str], ...] = (),
        **fields: str,
    ) -> Warc:
        """One answer. ``fields`` are those of the record, with "_" for "-"."""
        head = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        return self.record("response", body, address, head, **fields)

    def record(self, sort: str, body: bytes, address: str = ADDRESS, head: Any = None, **fields: str) -> Warc:
        """One record of any type."""
        said = {"WARC-Date": DATE} | {name.replace("_", "-"): value for name, value in fields.items()}
        kind = said.pop("Content-Type", "")
        record = self._writer.create_warc_record(
            address,
            sort,
            io.BytesIO(body),
            length=len(body),
            http_headers=head,
            warc_headers_dict=said,
            warc_content_type=kind,
        )
        self._writer.write_record(record)
        return self


def raw_record(block: bytes, length: object = None, **fields: str) -> bytes:
    """One record written by hand, so that it can be wrong."""
    said = {
        "WARC-Type": "response",
        "WARC-Target-URI": ADDRESS,
        "WARC-Date": DATE,
        "Content-Type": "application/http",
    }
    said |= {name.replace("_", "-"): value for name, value in fields.items()}
    said["Content-Length"] = str(len(block) if length is None else length)
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def squeezed(data: bytes) -> bytes:
    """One gzip member."""
    return gzip.compress(data, mtime=0)
