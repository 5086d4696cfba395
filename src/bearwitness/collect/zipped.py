"""ZIP archives and WACZ web archives, which are ZIP archives with a list of their files and digests.

The standard library's zipfile is not used here: it keeps an object for every member, gives up the whole archive
for one bad name, unpacks bzip2 without bounds, and (before Python 3.11.8) reads members that lie over each other,
which is how ten megabytes come to unpack to petabytes. Nothing is written; links and folders are passed over.
"""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import msgspec

from bearwitness.collect import wacz
from bearwitness.collect.item import Item, without_data
from bearwitness.collect.packed import Unpacked
from bearwitness.collect.setting import PassedOver, hidden
from bearwitness.collect.stream import BLOCK, Budget, Fault, Part, Received, Stream, Window
from bearwitness.collect.whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bearwitness.collect.setting import Expand, Setting

_DIRECTORY = 64 * 1024 * 1024
_TAIL = 22 + 65_535  # the end record and the longest remark behind it
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_PACKED = {8: "deflate", 12: "bzip2"}
_NOTHING = 2  # bytes that nothing may be packed in
_LOCKED, _UTF8 = 0x1, 0x800
_FULL = 0xFFFFFFFF
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"})
"""A file that holds one of these is a word processor's, a book or a program: one thing, not an archive of pages."""
_TELLING = _DOCUMENTS | {wacz.PACKAGE}


class _Entry(NamedTuple):
    """A member, as the directory tells it: sizes in bytes, and where its own header begins."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    mode: int
    offset: int


class _Damage(Exception):
    """What is wrong with an archive or a member: the words, and a code of ``errors.PROBLEMS``."""

    def __init__(self, what: str, code: str = "damaged") -> None:
        super().__init__(what)
        self.code = code


def members(window: Window, setting: Setting, expand: Expand) -> Iterator[Item]:
    """The items in the ZIP archive that ``window`` holds. A file that is no sound archive, or one document, is kept
    as it is. An archive that cannot be gone about in (out of a pipe, within another) is held in memory, so it may
    be no larger than the largest item."""
    inner, kept = window.inner, None
    if isinstance(inner, Received) and inner.size is not None:
        window.skip(inner.size)
        file: BinaryIO = inner.file
    else:
        kept = whole(window, setting)
        if not kept.data:
            yield kept
            return
        setting = setting._replace(problems=kept.problems)
        file = io.BytesIO(kept.data)
    problem = None
    try:
        archive = _Archive(file, setting.budget)
        names = {
            entry.name for entry in archive.entries() if entry.name in _TELLING or wacz.is_warc(entry.name)
        }
        if names.isdisjoint(_DOCUMENTS):
            yield from _Contents(archive, setting, web=wacz.PACKAGE in names and len(names) > 1).items(expand)
            return
    except _Damage as damage:
        problem = setting.problem("damaged", f"{damage}; it is kept as it is.")
    if kept is None:
        file.seek(0)
        kept = whole(Window(Received(file, Budget())), setting)
    yield msgspec.structs.replace(kept, problems=(*kept.problems, problem)) if problem else kept


class _Contents:
    """What is in an archive, one member after the other. ``web`` says that it is a web archive."""

    def __init__(self, archive: _Archive, setting: Setting, *, web: bool) -> None:
        self._archive = archive
        self._setting = setting
        self._passed = PassedOver()
        self._package = self._listed() if web else None

    def items(self, expand: Expand) -> Iterator[Item]:
        """The items of all members, and what was passed over."""
        packed, source = 0, self._setting.source
        for entry in self._archive.entries():
            if (why := self._why_not(entry)) is not None:
                if why:
                    self._passed.take(why, entry.name)
                continue
            packed += entry.packed
            if packed > self._archive.size or self._setting.budget.spent:
                why = (
                    "has members that lie over each other"
                    if packed > self._archive.size
                    else "unpacks to too much"
                )
                yield self._setting.fault(Fault("bomb", f"{why}; the rest of it was not read."))
                break
            yield from self._member(entry, self._setting.member(entry.name), expand)
        yield from self._passed.items(source)
        if self._archive.damage:
            yield self._setting.fault(Fault("damaged", f"{self._archive.damage}; what came before is kept."))
        if self._package:
            yield from (
                without_data(source, "digest_mismatch", words) for words in self._package.missing(source)
            )

    def _why_not(self, entry: _Entry) -> str | None:
        """What a member is that is passed over, in a word; empty for a folder, of which nothing need be said."""
        if entry.name.endswith("/") and not entry.size:
            return ""
        if stat.S_ISLNK(entry.mode):
            return "links"
        if self._package and not wacz.is_warc(entry.name):
            return "lists and indexes"
        if hidden(entry.name):
            return "hidden"
        return None if entry.size or entry.packed > _NOTHING else "empty"

    def _member(self, entry: _Entry, inner: Setting, expand: Expand) -> Iterator[Item]:
        """The items of one member."""
        if entry.flags & _LOCKED:
            what = "is locked with a password; nothing of it could be read. Unpack the archive and add its files."
            yield inner.fault(Fault("encrypted", what))
            return
        try:
            if self._package and (words := self._package.check(entry.name, self._archive.stream(entry))):
                inner = inner.having(inner.problem("digest_mismatch", words))
            stream = self._archive.stream(entry)
        except _Damage as damage:
            yield inner.fault(Fault(damage.code, f"{damage}; nothing of it could be read."))
            return
        yield from expand(Window(stream), inner)
        while stream.read(BLOCK):
            pass
        if fault := stream.take_fault():
            yield inner.fault(fault)

    def _listed(self) -> wacz.Package:
        """The list of files of a web archive."""
        found: dict[str, bytes] = {}
        for entry in self._archive.entries():
            if entry.name in (wacz.PACKAGE, wacz.SEAL) and entry.size <= wacz.LARGEST:
                with contextlib.suppress(_Damage):
                    found[entry.name] = Window(self._archive.stream(entry)).exactly(wacz.LARGEST)
        return wacz.Package(found.get(wacz.PACKAGE, b""), found.get(wacz.SEAL))


class _Archive:
    """An archive in a file that can be gone about in. Making one raises ``_Damage`` if there is no directory."""

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self._file = file
        self._budget = budget
        self.size = file.seek(0, io.SEEK_END)
        self.damage = ""
        self._moved = 0  # by what stands before the archive
        self._directory = self._read_directory()

    def entries(self) -> Iterator[_Entry]:
        """Every member, in the directory's order; ``damage`` says where the directory ends early."""
        at, data = 0, self._directory
        while at + _ENTRY.size <= len(data):
            mark, _, _, flags, method, _, _, crc, packed, size, named, more, remark, _, _, mode, offset = (
                _entry(data, at)
            )
            if mark != b"PK\x01\x02":
                self.damage = f"has a directory that is damaged at its byte {at:,}"
                return
            at += _ENTRY.size
            extra = data[at + named : at + named + more]
            size, packed, offset = _long(extra, size, packed, offset)
            name = _decoded(data[at : at + named], flags)
            yield _Entry(name, flags, method, crc, packed, size, mode >> 16, offset + self._moved)
            at += named + more + remark

    def stream(self, entry: _Entry) -> Stream:
        """The unpacked bytes of a member; ``_Damage`` if it is not there, or packed in a way that is not read."""
        local = self._at(entry.offset, _LOCAL.size)
        if len(local) < _LOCAL.size or not local.startswith(b"PK\x03\x04"):
            raise _Damage(f"is not at byte {entry.offset:,}, where the directory has it")
        *_, named, more = _LOCAL.unpack(local)
        self._file.seek(entry.offset + _LOCAL.size + named + more)
        part = Part(Window(Received(self._file, Budget())), entry.packed)
        if entry.method == 0:
            return _Checked(part, entry)
        if entry.method not in _PACKED:
            raise _Damage(f"is packed by method {entry.method}, which is not read", "undecoded")
        return _Checked(Unpacked(part, _PACKED[entry.method], self._budget), entry)

    def _read_directory(self) -> bytes:
        tail = self._at(max(0, self.size - _TAIL), _TAIL)
        found = tail.rfind(b"PK\x05\x06")
        if found < 0 or found + _END.size > len(tail):
            raise _Damage("is a ZIP archive without its end")
        end = self.size - len(tail) + found
        *_, length, offset, _ = _END.unpack_from(tail, found)
        if found >= 20 and tail[found - 20 : found - 16] == b"PK\x06\x07":
            long = self._at(end - 20 - _END64.size, _END64.size)
            if len(long) == _END64.size and long.startswith(b"PK\x06\x06"):
                *_, length, offset = _END64.unpack(long)
                end -= 20 + _END64.size
        self._moved = end - length - offset
        if self._moved < 0:
            raise _Damage("is a ZIP archive whose directory is not where its end has it")
        if length > _DIRECTORY:
            raise _Damage(f"is a ZIP archive with a directory of {length:,} bytes, more than is read")
        return self._at(end - length, length)

    def _at(self, offset: int, size: int) -> bytes:
        if not 0 <= offset <= self.size:
            return b""
        self._file.seek(offset)
        return self._file.read(size)


class _Checked(Stream):
    """The bytes of a member, held against the size and check sum that the directory states."""

    def __init__(self, inner: Stream, entry: _Entry) -> None:
        self._inner = inner
        self._entry = entry
        self._size = self._crc = 0
        self._ended = False
        self._fault: Fault | None = None
        self.has_end = inner.has_end

    def read(self, size: int) -> bytes:
        """See ``Stream.read``."""
        data = self._inner.read(size)
        self._size += len(data)
        self._crc = zlib.crc32(data, self._crc)
        if not data and not self._ended:
            self._ended = True
            wrong = (self._size, self._crc) != (self._entry.size, self._entry.crc)
            said = Fault("digest_mismatch", "does not have the size and check sum that the archive states.")
            self._fault = self._inner.take_fault() or (said if wrong else None)
        return data

    def take_fault(self) -> Fault | None:
        """See ``Stream.take_fault``."""
        fault, self._fault = self._fault, None
        return fault


def _entry(data: bytes, at: int) -> tuple[Any, ...]:
    return _ENTRY.unpack_from(data, at)


def _long(extra: bytes, *fields: int) -> Iterator[int]:
    """Size, packed size and offset, taken from the extension for large files where they are too large for theirs."""
    at, longer = 0, b""
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            longer = extra[at + 4 : at + 4 + length]
        at += 4 + length
    for field in fields:
        if field == _FULL and len(longer) >= 8:
            field, longer = int.from_bytes(longer[:8], "little"), longer[8:]
        yield field


def _decoded(name: bytes, flags: int) -> str:
    """A member's name: UTF-8 where it fits, also where it is not said, or else the code page of the first ZIP."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
