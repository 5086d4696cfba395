"""Files that are wholly there or not there at all, also after a power cut."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_BLOCK = 1 << 20


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes, temporary: Path, *, mode: int = 0o644) -> None:
    """Write ``data`` to ``temporary``, make it durable, and rename it to ``path``.

    Both must be on one file system. Whoever looks at ``path`` sees the old bytes or the new, never a part.
    Raises ``OSError``; the temporary file is then removed where that is possible.
    """
    temporary.unlink(missing_ok=True)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    if temporary.parent != path.parent:
        sync_folder(temporary.parent)


def sha256_file(path: Path) -> tuple[str, int]:
    """The SHA-256 (64 hexadecimal digits) and the size in bytes of a file, read in blocks."""
    sha256, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            sha256.update(block)
            size += len(block)
    return sha256.hexdigest(), size
