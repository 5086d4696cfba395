"""One writer at a time: a lock on ``ledger.lock``, which the system lets go when its holder ends or is killed."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from ..errors import LedgerError, LockedLedger

NAME = "ledger.lock"


class Lock:
    """A held lock; ``release`` lets go. Writers hold it alone; a verification shares it, to keep writers out."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    @classmethod
    def write(cls, folder: Path) -> Lock:
        """Lock the ledger in ``folder`` for writing; ``LockedLedger`` if somebody else has."""
        path = folder / NAME
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise LedgerError(
                f"The ledger {folder} cannot be written to ({error.strerror}). "
                "Check the permissions, or work on a copy."
            ) from error
        if not _take(handle, fcntl.LOCK_EX):
            raise LockedLedger(
                f"Another bearwitness process is writing to {folder} or verifying it. "
                "Wait until it has ended and run this again."
            )
        os.ftruncate(handle, 0)  # nothing belongs in it; verification says so if something is
        return cls(handle)

    @classmethod
    def share(cls, folder: Path) -> Lock | None:
        """Keep writers out of ``folder`` while reading; ``None`` if one is at work.

        Without a lock file, as in a copy that left it out, nobody writes and there is nothing to hold.
        """
        try:
            handle = os.open(folder / NAME, os.O_RDONLY)
        except OSError:
            return cls(None)
        return cls(handle) if _take(handle, fcntl.LOCK_SH) else None

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _take(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return False
    return True
