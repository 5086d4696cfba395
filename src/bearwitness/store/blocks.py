"""The digest of ``ledger.sqlite`` block by block, so that sealing it costs what was changed and not what is there.

The tree: the SHA-256 of every block (16 KiB), of every group of 512 of those digests (8 MiB of the file), and of all groups with
the file's size behind them. The last is what the seal holds, and follows from the file alone. The others lie in
``ledger.blocks``, in place, so that a writer digests anew only the blocks that it changed: those of the pages in SQLite's log,
looked at before the log is written back. At that moment the file still has what was there before, and each block must have
the digest it had, so that nothing that was altered meanwhile is sealed with what was written.

``ledger.blocks`` is no evidence. It is passed over unless it gives what the seal says, and made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .database import LOG
from .database import NAME as DATABASE

NAME = "ledger.blocks"
BLOCK, GROUP, DIGEST = 16_384, 512, 32
_HEAD = 512  # bytes of the first line, which says what the rest belongs to
_SEGMENT = DIGEST * (GROUP + 1)  # a group's digest, and those of its blocks
_LOG_HEAD, _FRAME_HEAD = 32, 24


class Tree(NamedTuple):
    """The digest over all groups and the size of the file in bytes."""

    root: str
    size: int


def tree_of(path: Path) -> Tree:
    """The tree of a file, from its bytes alone."""
    groups, size = hashlib.sha256(), 0
    for segment, length in _segments(path):
        groups.update(segment[:DIGEST])
        size += length
    groups.update(str(size).encode())
    return Tree(groups.hexdigest(), size)


def make(folder: Path) -> Tree:
    """The tree of the database file as it is, with ``ledger.blocks`` made anew; no connection of this process may be open."""
    path = folder / DATABASE
    size = 0
    with (folder / NAME).open("w+b") as file:
        file.write(b" " * _HEAD)
        for segment, length in _segments(path):
            file.write(segment)
            size += length
        tree = Tree(_root(file, size), size)
        file.seek(0)
        file.write(_title(tree.root, _seen(path)))
    return tree


def _segments(path: Path) -> Iterator[tuple[bytes, int]]:
    """Of each group of blocks, its digest and theirs, and its length in bytes."""
    with path.open("rb", buffering=0) as source:
        at = 0
        while data := _read(source, at, BLOCK * GROUP):
            at += len(data)
            leaves = b"".join(_sha(data[one : one + BLOCK]) for one in range(0, len(data), BLOCK))
            yield _sha(leaves) + leaves.ljust(DIGEST * GROUP, b"\0"), len(data)


def fault(folder: Path, root: str) -> str | None:
    """What is wrong with ``ledger.blocks``, if it is there, beside a database file that has that root; no full stop."""
    path = folder / NAME
    if not path.exists():
        return None
    title = _entitled(path)
    wrong = title is None or title[0] != root
    with path.open("rb") as file:
        file.seek(_HEAD)
        wrong = wrong or any(file.read(_SEGMENT) != segment for segment, _ in _segments(folder / DATABASE))
        wrong = wrong or bool(file.read(1))
    return (
        f"{path} is not as it was written. Delete it: the next command that writes makes it anew"
        if wrong
        else None
    )


def untouched(folder: Path, root: str) -> bool:
    """Whether the database file is the one that was sealed with ``root``, by size, times and place on the disk: nobody wrote to
    it since. Its bytes are not read."""
    return bool(root) and _entitled(folder / NAME) == (root, _stat(folder / DATABASE))


class Watch:
    """Which blocks a writer changes. ``root`` is what the seal says of the file as it was opened; empty if that is not known, and
    then all is digested anew at the end. ``wrote`` says whether anything was written, ``altered`` which blocks were not what they
    were when they were sealed, before this writer wrote to them."""

    def __init__(self, folder: Path, root: str) -> None:
        self.folder = folder
        self._source: BinaryIO | None = None
        self._file: BinaryIO | None = None
        self.altered: list[int] = []
        self.wrote = False
        self._dirty: set[int] = set()
        title = _entitled(folder / NAME)
        self._known = bool(root) and title is not None and title[0] == root
        self._root = root
        self._size = (folder / DATABASE).stat().st_size
        # Held open until every connection is closed: closing it before would drop SQLite's locks on the file.
        self._source = (folder / DATABASE).open("rb", buffering=0)
        self._file = (folder / NAME).open("r+b") if self._known else None
        if self._known and not self._holds():
            self._known = False

    def _holds(self) -> bool:
        """Whether the digests of the groups give the root."""
        assert self._file is not None
        return _root(self._file, self._size) == self._root

    def look(self) -> None:
        """Note the blocks that the log will change, before it is written back into the file."""
        logged = _logged(self.folder / LOG)
        self.wrote = self.wrote or bool(logged)
        if not self._known:
            return
        fresh = logged - self._dirty
        last = (self._size - 1) // BLOCK
        if any(block > last for block in fresh) and last not in self._dirty:
            fresh.add(last)  # it may have been a part of a block
        for block in sorted(fresh):
            if block <= last:
                self._check(block)
        self._dirty |= fresh

    def _check(self, block: int) -> None:
        """Make sure that a block still is what was sealed."""
        assert self._source is not None
        assert self._file is not None
        most = self._size - block * BLOCK
        found = _sha(_read(self._source, block * BLOCK, min(BLOCK, most)))
        self._file.seek(_HEAD + block // GROUP * _SEGMENT)
        group = self._file.read(_SEGMENT)
        inside = min(GROUP, -(-self._size // BLOCK) - block // GROUP * GROUP)
        at = DIGEST * (1 + block % GROUP)
        if _sha(group[DIGEST : DIGEST * (1 + inside)]) != group[:DIGEST]:
            self._known = False  # the digests themselves were damaged, so all is digested anew
        elif found != group[at : at + DIGEST]:
            self.altered.append(block)

    def seal(self) -> Tree:
        """The tree of the file as it is now, all connections being closed."""
        path = self.folder / DATABASE
        size = path.stat().st_size
        if not self._known or size < self._size or self._file is None or self._source is None:
            self.close()
            return make(self.folder)
        if not self._dirty:
            return Tree(self._root, size)
        first = -(-self._size // BLOCK)
        dirty = (self._dirty | set(range(first, -(-size // BLOCK)))) - set(self.altered)
        groups: dict[int, list[int]] = {}
        for block in sorted(dirty):
            groups.setdefault(block // GROUP, []).append(block)
        for group, blocks in groups.items():
            self._digest(group, blocks, size)
        tree = Tree(_root(self._file, size), size)
        self._file.seek(0)
        self._file.write(_title(tree.root, "" if self.altered else _seen(path)))
        self._file.flush()
        return tree

    def _digest(self, group: int, blocks: list[int], size: int) -> None:
        """Write the digests of some blocks of a group, and that of the group."""
        assert self._source is not None
        assert self._file is not None
        start = _HEAD + group * _SEGMENT
        self._file.seek(start)
        held = bytearray(self._file.read(_SEGMENT).ljust(_SEGMENT, b"\0"))
        for block in blocks:
            at = DIGEST * (1 + block % GROUP)
            held[at : at + DIGEST] = _sha(_read(self._source, block * BLOCK, BLOCK))
        inside = min(GROUP, -(-size // BLOCK) - group * GROUP)
        held[:DIGEST] = _sha(bytes(held[DIGEST : DIGEST * (1 + inside)]))
        self._file.seek(start)
        self._file.write(held)

    def close(self) -> None:
        """Let go of the files; every connection to the database must be closed."""
        for file in (self._source, self._file):
            if file is not None:
                file.close()
        self._source = self._file = None

    def __del__(self) -> None:
        """A ledger that nobody closed goes with its connections."""
        self.close()


def _sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _read(source: BinaryIO, at: int, size: int) -> bytes:
    """Bytes of an unbuffered file, as many as there are up to ``size``."""
    source.seek(at)
    parts = []
    while size > 0 and (data := source.read(size)):
        parts.append(data)
        size -= len(data)
    return b"".join(parts)


def _root(file: BinaryIO, size: int) -> str:
    """The digest over the groups that a file of digests holds, for a database of that size."""
    groups = hashlib.sha256()
    for group in range(-(-size // (BLOCK * GROUP))):
        file.seek(_HEAD + group * _SEGMENT)
        groups.update(file.read(DIGEST))
    groups.update(str(size).encode())
    return groups.hexdigest()


def _logged(log: Path) -> set[int]:
    """The blocks of all pages in SQLite's log. Frames left from before the log was last begun anew may be among them."""
    if not log.exists():
        return set()
    with log.open("rb") as file:
        head = file.read(_LOG_HEAD)
        if len(head) < _LOG_HEAD:
            return set()
        page = int.from_bytes(head[8:12], "big") or 65_536
        salts = head[16:24]
        found: set[int] = set()
        while len(frame := file.read(_FRAME_HEAD)) == _FRAME_HEAD:
            if frame[8:16] != salts:
                break
            start = (int.from_bytes(frame[:4], "big") - 1) * page
            found.update(range(start // BLOCK, (start + page - 1) // BLOCK + 1))
            file.seek(page, os.SEEK_CUR)
    return found


def _stat(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_dev}"


def _seen(path: Path) -> str:
    """What tells later whether anybody wrote to the file: its time of change is set to one that no clock of a disk gives by itself,
    so that a write in the same tick shows; nothing where the disk does not keep such a time."""
    found = path.stat()
    mark = found.st_mtime_ns - found.st_mtime_ns % 1_000_000 - 999_937
    try:
        os.utime(path, ns=(found.st_atime_ns, mark))
    except OSError:
        return ""
    return _stat(path) if path.stat().st_mtime_ns == mark else ""


def _title(root: str, seen: str) -> bytes:
    """The first line: the root that the digests give, and what the database file looked like."""
    check = _sha(f"{root} {seen}".encode()).hex()
    return f"{root} {check} {seen}".encode().ljust(_HEAD - 1) + b"\n"


def _entitled(path: Path) -> tuple[str, str] | None:
    """The root and the looks that the first line says; nothing if there is none, or it is not as it was written."""
    try:
        with path.open("rb") as file:
            line = file.read(_HEAD)
        root, _, seen = line.decode().strip().split(" ", 2) if line.count(b" ") > 1 else ("", "", "")
    except (OSError, ValueError):
        return None
    return (root, seen) if _title(root, seen) == line else None
