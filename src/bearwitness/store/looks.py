"""Who looked at what: the lines of ``ledger.views``, if the operator wants them kept.

To look is not to write: a ledger may be read where it may not be written to, and by many at once. So what was looked at
is not journalled. Where the file is there, each ``show`` and ``custody`` adds a line to it, which holds the hash of the
line before, so that no line can be changed or taken out from between others. Lines cut off the end are not missed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from ..errors import DamagedLedger, LedgerError
from ..record import canonical, digest

NAME = "ledger.views"
_START = "0" * 64


class Look(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One look: the command, the id of what it showed, who ran it (the name of the account) and when (RFC 3339, UTC)."""

    previous: str
    command: str
    id: str
    who: str
    at: str


class Looks:
    """The looks at the ledger in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    @property
    def kept(self) -> bool:
        """Whether looks are noted."""
        return self._path.exists()

    def begin(self) -> None:
        """From now on, note them."""
        try:
            self._path.touch(mode=0o644, exist_ok=True)
        except OSError as error:
            raise self._unwritten(error) from None

    def note(self, command: str, id: str, who: str, at: str) -> None:
        """Add a line, durably. ``LedgerError`` if that cannot be done: nobody looks unseen."""
        try:
            with self._path.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                previous = _START
                for line in file:
                    previous = digest(line)
                look = Look(previous=previous, command=command, id=id, who=who, at=at)
                file.write(canonical(look) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._unwritten(error) from None

    def all(self) -> Iterator[Look]:
        """Every look, in order; ``DamagedLedger`` at the first line that does not follow from the one before."""
        if not self.kept:
            return
        previous = _START
        with self._path.open("rb") as file:
            for number, line in enumerate(_lines(file), start=1):
                try:
                    look = msgspec.json.decode(line, type=Look)
                except (msgspec.MsgspecError, UnicodeDecodeError):
                    look = None
                if look is None or look.previous != previous or canonical(look) + b"\n" != line:
                    raise DamagedLedger(
                        f"Line {number} of {self._path} has been altered, or a line before it was. Restore it from a copy."
                    )
                previous = digest(line)
                yield look

    def _unwritten(self, error: OSError) -> LedgerError:
        return LedgerError(
            f"Looks at this ledger are noted in {self._path}, which cannot be written ({error.strerror}). "
            "Mend the permissions, or have somebody look who may write there."
        )


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(100_000):
        yield line
