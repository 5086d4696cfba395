"""Files that are wholly there or not there at all, also after a power cut."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_BLOCK = 1 << 20
_AT_ONCE = 8  # files made durable side by side: the disk takes them together
_OPEN = 64  # files that are open at once


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
    try:
        _write(temporary, data, mode)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    if temporary.parent != path.parent:
        sync_folder(temporary.parent)


def write_all(files: Mapping[Path, bytes], folder: Path, *, mode: int = 0o644) -> None:
    """Write each file as ``write_whole`` does, by way of ``folder``; the disk is asked to make many durable at once.

    Raises ``OSError``; the temporary files are then removed where that is possible.
    """
    if len(files) == 1:
        ((path, data),) = files.items()
        write_whole(path, data, folder / f"{path.name}.{os.getpid()}", mode=mode)
        return
    temporary = {path: folder / f"{path.name}.{os.getpid()}" for path in files}
    folders = sorted({folder, *(path.parent for path in files)})
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        try:
            _make_durable(workers, list(files), lambda path: _written(temporary[path], files[path], mode))
            for path, written in temporary.items():
                written.replace(path)
        except OSError:
            for written in temporary.values():
                written.unlink(missing_ok=True)
            raise
        _make_durable(workers, folders, lambda path: os.open(path, os.O_RDONLY))


def _make_durable(workers: ThreadPoolExecutor, paths: list[Path], opened: Callable[[Path], int]) -> None:
    """Have each file or folder ``opened``, and make it durable, many side by side.

    Nothing else is done in the threads of ``workers``: whenever one of them did more, all others would wait for it.
    """
    for start in range(0, len(paths), _OPEN):
        handles: list[int] = []
        try:
            handles.extend(map(opened, paths[start : start + _OPEN]))
            shares = (handles[k::_AT_ONCE] for k in range(min(_AT_ONCE, len(handles))))
            list(workers.map(_sync_each, shares))
        finally:
            for handle in handles:
                os.close(handle)


def _sync_each(handles: list[int]) -> None:
    for handle in handles:
        os.fsync(handle)


def _write(path: Path, data: bytes, mode: int) -> None:
    """Write ``data`` to a new file and make its bytes durable, not yet its name."""
    handle = _written(path, data, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written(path: Path, data: bytes, mode: int) -> int:
    """A new file that holds ``data``, open."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
    except OSError:
        os.close(handle)
        raise
    return handle


def sha256_file(path: Path) -> tuple[str, int]:
    """The SHA-256 (64 hexadecimal digits) and the size in bytes of a file, read in blocks."""
    sha256, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            sha256.update(block)
            size += len(block)
    return sha256.hexdigest(), size
