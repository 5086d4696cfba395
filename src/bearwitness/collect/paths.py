"""Lists of paths of web archives, as Common Crawl and GDELT publish them: one path a line, plain or under gzip."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import NamedTuple

from bearwitness.errors import InputError

LARGEST = 64 * 1024 * 1024
"""Bytes of the longest list, unpacked."""
_WEB = ("http://", "https://")


class Place(NamedTuple):
    """One file of a list: the line, where it is (an address of the web, or a path), and what its pages' sources begin
    with. ``fault`` is the end of a sentence that says why it is not opened; empty if it is."""

    line: str
    where: str
    source: str
    fault: str = ""

    @property
    def remote(self) -> bool:
        """Whether it lies in the web."""
        return self.where.startswith(_WEB)


def listed(file: Path) -> list[str]:
    """The lines of a list; empty ones, repeated ones and those that begin with # are passed over. ``InputError`` where
    it cannot be read."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(
            f"{file}: cannot be opened ({error.strerror}). Check its name and permissions."
        ) from None
    if data.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(31)
        try:
            data = unpacker.decompress(data, LARGEST + 1)
        except zlib.error as error:
            raise InputError(f"{file}: the list is damaged ({error})") from None
        if not unpacker.eof and len(data) <= LARGEST:
            raise InputError(f"{file}: the list is cut off; get it again")
    if len(data) > LARGEST:
        raise InputError(f"{file}: the list is longer than {LARGEST:,} bytes; split it")
    lines = (line.strip() for line in data.decode("utf-8-sig", "replace").splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def place(line: str, base: str) -> Place:
    """Where the file of a line is, relative to ``base`` (an address or a folder; empty for the folder we are in). A line
    that is an address stands for itself; a path may not lead out of its base."""
    if line.startswith(_WEB):
        return _in_the_web(line, line)
    if base.startswith(_WEB):
        if line.startswith("//") or ".." in line.split("/"):
            return Place(line, "", line, "leads out of the address that its list is relative to")
        return _in_the_web(line, f"{base.rstrip('/')}/{line.lstrip('/')}")
    folder = Path(base or ".")
    path = folder / line.lstrip("/")
    if not path.resolve().is_relative_to(folder.resolve()):
        return Place(line, "", line, "leads out of the folder that its list is relative to")
    return Place(line, str(path), str(path))


def _in_the_web(line: str, address: str) -> Place:
    # Without its scheme: the source of a page begins with that of its archive, and the page's address is to be told
    # from the archive's.
    return Place(line, address, address.partition("://")[2])
