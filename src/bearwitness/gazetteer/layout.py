"""The file of places: how it lies on disk, and how it is written and read.

One file, little-endian, made to be mapped into memory and never parsed:

    header    magic, version, CRC of the header, sizes (see HEADER)
    hashes    u64, sorted: the first 8 bytes of BLAKE2b over a key with its namespace letter
    starts    u32, one more than hashes: where each key's postings start
    postings  u32: row number * 4 + tier (0 canonical name, 1 other name, 2 without article, 3 loose spelling)
    rows      fixed-size records (see ROW)
    labels    u32: where the name of each admin area stands in the pool
    countries fixed-size records (see COUNTRY), sorted by code
    pool      names in UTF-8, each after one length byte

Keys are not stored, only their hashes: with a million keys the chance that a name which is not in the file
finds one that is, is one in ten million million.

Namespaces: "" place names, "~" loose spellings, "," abbreviations that qualify ("Calif."), "@" words for
countries, "!" words that are no place without strong context (their row and tier say of what kind they are).
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
import zlib
from bisect import bisect_left
from pathlib import Path
from typing import Literal, NamedTuple

from bearwitness.errors import InputError

MAGIC = b"bwplaces"
VERSION = 1
HEADER = struct.Struct(
    "<8sII6I32s"
)  # magic, version, crc, keys, postings, rows, labels, countries, pool, sha256
ROW = struct.Struct(
    "<IiiIIHHBBBB"
)  # id, lat, lon, population, name, admin1, admin2, country, feature, names, flags
COUNTRY = struct.Struct("<2sHI")  # code, unused, row
DEGREE = 100_000
Feature = Literal["town", "adm1", "adm2", "country", "area", "neighbourhood"]
FEATURES: tuple[Feature, ...] = ("town", "adm1", "adm2", "country", "area", "neighbourhood")
CAPITAL = 1
CANONICAL, OTHER, BARE, LOOSE = range(4)
WORD, PERSON, NEVER = range(3)
NAMES, LOOSELY, QUALIFIERS, COUNTRIES, COMMON = "", "~", ",", "@", "!"


class Row(NamedTuple):
    """One place as stored: coordinates in 1/100000 degree, names as offsets, admin areas as label numbers."""

    geonameid: int
    lat: int
    lon: int
    population: int
    name: int
    admin1: int
    admin2: int
    country: int
    feature: int
    names: int
    flags: int


def fingerprint(name: str, space: str = NAMES) -> int:
    """The 64-bit number a key is found by."""
    return int.from_bytes(hashlib.blake2b((space + name).encode(), digest_size=8).digest(), "little")


class Pool:
    """Strings written once each; ``add`` gives the offset."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._seen: dict[str, int] = {}

    def add(self, text: str) -> int:
        if text not in self._seen:
            raw = text.encode()[:255].decode(errors="ignore").encode()
            self._seen[text] = len(self.data)
            self.data += bytes([len(raw)]) + raw
        return self._seen[text]


class Content(NamedTuple):
    """What a file of places holds, ready to be packed. ``keys`` maps a fingerprint to its postings."""

    keys: dict[int, list[int]]
    rows: list[Row]
    labels: list[int]
    countries: list[tuple[str, int]]
    pool: bytes


def pack(content: Content) -> bytes:
    """The bytes of the file; the same content gives the same bytes."""
    order = sorted(content.keys)
    starts, postings = [0], []
    for number in order:
        postings += sorted(set(content.keys[number]))
        starts.append(len(postings))
    body = b"".join(
        [
            struct.pack(f"<{len(order)}Q", *order),
            struct.pack(f"<{len(starts)}I", *starts),
            struct.pack(f"<{len(postings)}I", *postings),
            b"".join(ROW.pack(*row) for row in content.rows),
            struct.pack(f"<{len(content.labels)}I", *content.labels),
            b"".join(COUNTRY.pack(code.encode(), 0, row) for code, row in content.countries),
            content.pool,
        ]
    )
    sizes = (
        len(order),
        len(postings),
        len(content.rows),
        len(content.labels),
        len(content.countries),
        len(content.pool),
    )
    whole = hashlib.sha256(body).digest()
    crc = zlib.crc32(HEADER.pack(MAGIC, VERSION, 0, *sizes, whole))
    return HEADER.pack(MAGIC, VERSION, crc, *sizes, whole) + body


class Table:
    """A file of places, mapped. Raises ``InputError`` where the file is missing, damaged or of another version."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise self._error("is missing") from None
        except (OSError, ValueError) as error:
            raise self._error(f"cannot be opened ({error})") from None
        self._divide(memoryview(self._map))

    def _error(self, what: str) -> InputError:
        return InputError(f"The file of places {self.path} {what}. Reinstall bearwitness to get a whole one.")

    def _divide(self, view: memoryview) -> None:
        if sys.byteorder != "little":
            raise self._error("cannot be used on a big-endian machine")
        if len(view) < HEADER.size:
            raise self._error("is damaged: it is too short")
        magic, version, crc, *sizes, self._sha256 = HEADER.unpack_from(view)
        if magic != MAGIC:
            raise self._error("is damaged: it does not begin as a file of places does")
        if zlib.crc32(HEADER.pack(magic, version, 0, *sizes, self._sha256)) != crc:
            raise self._error("is damaged: its header does not add up")
        if version != VERSION:
            raise self._error(f"is of version {version}, this program reads version {VERSION}")
        keys, postings, rows, labels, countries, pool = sizes
        lengths = (
            8 * keys,
            4 * (keys + 1),
            4 * postings,
            ROW.size * rows,
            4 * labels,
            COUNTRY.size * countries,
            pool,
        )
        if len(view) != HEADER.size + sum(lengths):
            raise self._error(f"is damaged: it has {len(view)} bytes, not {HEADER.size + sum(lengths)}")
        parts, at = [], HEADER.size
        for length in lengths:
            parts.append(view[at : at + length])
            at += length
        self._hashes, self._starts, self._postings = (
            parts[0].cast("Q"),
            parts[1].cast("I"),
            parts[2].cast("I"),
        )
        self._rows, self._labels, self._pool = parts[3], parts[4].cast("I"), parts[6]
        self.countries: dict[str, int] = {
            code.decode(): row for code, _, row in COUNTRY.iter_unpack(parts[5])
        }
        self.codes: list[str] = list(self.countries)
        self.size = rows
        self._label_texts: dict[int, str | None] = {0: None}

    def find(self, name: str, space: str = NAMES) -> list[tuple[int, int]]:
        """Row number and tier of everything under a key."""
        number = fingerprint(name, space)
        at = bisect_left(self._hashes, number)
        if at >= len(self._hashes) or self._hashes[at] != number:
            return []
        return [
            (posting >> 2, posting & 3) for posting in self._postings[self._starts[at] : self._starts[at + 1]]
        ]

    def row(self, number: int) -> Row:
        """The row of that number."""
        try:
            row = Row._make(ROW.unpack_from(self._rows, number * ROW.size))
        except struct.error:
            raise self._error(f"is damaged: it has no row {number}") from None
        if row.country >= len(self.codes) or row.feature >= len(FEATURES):
            raise self._error(f"is damaged: row {number} makes no sense")
        return row

    def text(self, offset: int) -> str:
        """The string at an offset of the pool."""
        try:
            return str(self._pool[offset + 1 : offset + 1 + self._pool[offset]], "utf-8")
        except (IndexError, UnicodeDecodeError):
            raise self._error(f"is damaged: no name at {offset}") from None

    def label(self, number: int) -> str | None:
        """The name of an admin area; ``None`` for label 0."""
        if number not in self._label_texts:
            if number >= len(self._labels):
                raise self._error(f"is damaged: it has no admin area {number}")
            self._label_texts[number] = self.text(self._labels[number])
        return self._label_texts[number]

    def verify(self) -> None:
        """Read the whole file and raise ``InputError`` unless every byte is as it was built."""
        if hashlib.sha256(memoryview(self._map)[HEADER.size :]).digest() != self._sha256:
            raise self._error("is damaged: its contents do not match its digest")
