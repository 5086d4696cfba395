"""A WACZ web archive (version 1.1.1): WARC records with their index, the list of pages, and the digest of every file.

The same records give the same bytes: nothing in the file tells when or where it was written.
"""

from __future__ import annotations

import re
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import msgspec

from bearwitness.warc import FILE, derived, record, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

WARC = "archive/data.warc.gz"
_INDEX, _BLOCKS = "indexes/index.cdx.gz", "indexes/index.idx"
_PAGES = "pages/pages.jsonl"
_PACKAGE, _SEAL = "datapackage.json", "datapackage-digest.json"
_VERSION = "1.1.1"
_BLOCK = 3000  # lines of the index that are packed together
_INDEXED = ("response", "revisit", "resource")
_ODD = re.compile(r"[\x00-\x1f\x7f]+")
_WWW = re.compile(r"^(https?://)www\d*\.")
_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can state


class Indexed(NamedTuple):
    """What the index says of a record. ``at`` is its date (RFC 3339, UTC), ``payload`` its digest as the record has it,
    ``status`` that of an answer, as digits."""

    sort: str
    address: str
    at: str
    kind: str
    status: str
    payload: str


class Page(NamedTuple):
    """What the list of pages says of one: its address, when it was received, the id it has with us, and its title."""

    address: str
    at: str
    name: str
    title: str


class Wacz:
    """A WACZ as it is written into ``file``. ``made`` is what it states as its date (RFC 3339)."""

    def __init__(self, file: BinaryIO, software: str, made: str) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self._software = software
        self._made = made
        self._lines: list[str] = []
        self._listed: list[dict[str, str | int]] = []

    def records(self, records: Iterable[tuple[bytes, Indexed]]) -> None:
        """Write the WARC file: the bytes of each record, a gzip member each, in their order. Once, and first."""
        info = f"software: {self._software}\r\nformat: WARC File Format 1.1\r\n".encode()
        first = record("warcinfo", derived(self._software), self._made, "application/warc-fields", info)
        summed, at = sha256(first), len(first)
        with self._zip.open(_member(WARC), "w", force_zip64=True) as out:
            out.write(first)
            for member, said in records:
                if said.sort in _INDEXED and said.address:
                    self._lines.append(_line(said, at, len(member)))
                out.write(member)
                summed.update(member)
                at += len(member)
        self._list(WARC, summed.hexdigest(), at)

    def finish(self, pages: Iterable[Page]) -> None:
        """Write the index, the list of ``pages`` and the lists of files, and close."""
        blocks, places = _packed(sorted(self._lines))
        self._write(_INDEX, blocks)
        self._write(_BLOCKS, places)
        head: dict[str, str] = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
        rows = [
            {
                "id": page.name,
                "url": page.address,
                "ts": page.at,
                **({"title": page.title} if page.title else {}),
            }
            for page in pages
        ]
        self._write(_PAGES, b"".join(msgspec.json.encode(row) + b"\n" for row in (head, *rows)))
        package = msgspec.json.encode(
            {
                "profile": "data-package",
                "wacz_version": _VERSION,
                "software": self._software,
                "created": self._made,
                "resources": self._listed,
            }
        )
        package = msgspec.json.format(package, indent=2)
        self._zip.writestr(_member(_PACKAGE), package)
        seal = {"path": _PACKAGE, "hash": f"sha256:{sha256(package).hexdigest()}"}
        self._zip.writestr(_member(_SEAL), msgspec.json.encode(seal))
        self._zip.close()

    def _write(self, name: str, data: bytes) -> None:
        self._zip.writestr(_member(name), data)
        self._list(name, sha256(data).hexdigest(), len(data))

    def _list(self, name: str, summed: str, size: int) -> None:
        self._listed.append(
            {"name": name.rpartition("/")[2], "path": name, "hash": f"sha256:{summed}", "bytes": size}
        )


def resource(address: str, at: str, kind: str, data: bytes, name: str) -> tuple[bytes, Indexed]:
    """The record of bytes that came with no answer, and what the index says of it. ``name`` is what its id is made from."""
    kind = _ODD.sub(" ", kind)[:1000]
    payload = f"sha256:{sha256(data).hexdigest()}"
    more = [("WARC-Payload-Digest", payload)]
    said = Indexed("resource", address, at, kind.partition(";")[0].strip(), "200", payload)
    return record("resource", derived(name), at, kind, data, address=address, more=more), said


def address_of(source: str) -> str:
    """The address under which what came from ``source`` is written: its own, if it came from the web or out of a web
    archive, and else ``FILE`` with the name it was given by. Replay tools find no ``file:///``, since servers make one slash
    of three."""
    inner = re.search(rf"#((?:https?://|file:///|{FILE}).+)", source, re.DOTALL)
    address = inner[1] if inner else source
    if not address.startswith(("http://", "https://", "file:///", FILE)):
        return FILE + quote(source.removeprefix("/"))
    return _ODD.sub("%20", address).replace(" ", "%20")


def key(address: str) -> str:
    """An address as the index sorts by it: the parts of the host backwards, without "www", the query in order."""
    if not address.lower().startswith(("http://", "https://")):
        return address.lower() if address.startswith(FILE) else address
    try:
        parts = urlsplit(_WWW.sub(r"\1", address.lower()))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return address
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True))) if parts.query else ""
    named = ",".join(reversed(host.split("."))) + (f":{port}" if port else "")
    return f"{named}){parts.path or '/'}" + (f"?{query}" if query else "")


def _line(said: Indexed, at: int, length: int) -> str:
    instant = "".join(letter for letter in said.at if letter.isdigit())[:14]
    told = {
        "url": said.address,
        "mime": "warc/revisit" if said.sort == "revisit" else said.kind or "unknown",
        "status": said.status,
        "digest": said.payload,
        "length": str(length),
        "offset": str(at),
        "filename": WARC.rpartition("/")[2],
    }
    return f"{key(said.address)} {instant} {msgspec.json.encode(told).decode()}\n"


def _packed(lines: list[str]) -> tuple[bytes, bytes]:
    """The index in packed blocks, and the list of the blocks."""
    name = _INDEX.rpartition("/")[2]
    blocks: list[bytes] = []
    at = 0
    meta = msgspec.json.encode({"format": "cdxj-gzip-1.0", "filename": name}).decode()
    places = [f"!meta 0 {meta}\n"]
    for start in range(0, len(lines), _BLOCK):
        some = lines[start : start + _BLOCK]
        block = squeezed("".join(some).encode())
        told = {
            "offset": at,
            "length": len(block),
            "digest": f"sha256:{sha256(block).hexdigest()}",
            "filename": name,
        }
        first = " ".join(some[0].split(" ", 2)[:2])
        places.append(f"{first} {msgspec.json.encode(told).decode()}\n")
        blocks.append(block)
        at += len(block)
    return b"".join(blocks), "".join(places).encode()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _DAY)
    member.create_system = 3
    member.external_attr = 0o100644 << 16
    return member
