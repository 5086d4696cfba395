"""Putting a new site in the place of an old one, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bearwitness.errors import InputError

MARK = "bearwitness-site.txt"
_MARK_TEXT = "This folder was made by 'bearwitness publish', which may replace it whole.\n"


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A new empty folder that takes the place of ``folder`` when the block ends without an error.

    Raises ``InputError`` before anything is written if ``folder`` is not empty and not an earlier site.
    """
    target = folder.absolute()
    _refuse_others(target)
    old = target.with_name(f".{target.name}.old")
    target.parent.mkdir(parents=True, exist_ok=True)
    # A run that was stopped between the two renames below left the earlier site here.
    if old.exists() and not target.exists():
        old.rename(target)
    new = Path(tempfile.mkdtemp(prefix=f".{target.name}.making-", dir=target.parent))
    try:
        new.chmod(0o755)
        yield new
        (new / MARK).write_text(_MARK_TEXT, encoding="ascii")
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _refuse_others(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"{target} is a file, not a folder: name a new folder for the site")
    if any(target.iterdir()) and not (target / MARK).is_file():
        raise InputError(
            f"{target} holds files that are not a site of ours (no {MARK} in it), so it is left alone: "
            "name a new or empty folder"
        )
