"""The seal: what ``ledger.sqlite`` was when the last writer closed it.

The chain of hashes covers the journal; the seal covers every other byte as well (header, free pages, indexes,
derived tables), and its own. It also says how long the journal was, so that entries cut off its end are missed.
A writer marks the seal as open before it changes anything and closes it when it ends; one that was killed
leaves it open. The seal guards against damage and carelessness, not against somebody who can write to the
ledger and makes a new seal: compare the head with one noted elsewhere for that.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

from ..errors import DamagedLedger, LedgerError
from ..record import canonical, digest
from .database import LOG
from .database import NAME as DATABASE
from .files import sha256_file, write_whole

NAME = "ledger.seal"
TEMPORARY = NAME + ".new"
_VERSION = 1


class Seal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state of the ledger when it was last closed. ``check`` is the SHA-256 of all other fields."""

    bearwitness_seal: int = _VERSION
    state: Literal["closed", "open"]
    entries: int
    head: str
    sha256: str
    size: int
    sealed_at: str
    check: str = ""

    def checked(self) -> Seal:
        """The same seal with its own digest filled in."""
        return msgspec.structs.replace(self, check=_check(msgspec.structs.asdict(self)))

    def data(self) -> bytes:
        """The bytes of the seal's file."""
        return canonical(self) + b"\n"


def read(folder: Path) -> Seal:
    """The seal of the ledger in ``folder``; ``DamagedLedger`` if it is missing or a byte of it is not as written."""
    path = folder / NAME
    try:
        data = path.read_bytes()
        _refuse_newer(path, data)
        seal = msgspec.json.decode(data, type=Seal)
    except OSError as error:
        raise DamagedLedger(f"The seal {path} cannot be read: {error.strerror}.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedLedger(f"The seal {path} is not as it was written: {error}.") from error
    if seal.checked() != seal or seal.data() != data:
        raise DamagedLedger(f"The seal {path} is not as it was written.")
    return seal


def _refuse_newer(path: Path, data: bytes) -> None:
    """``LedgerError`` for a whole seal of a later form, whatever fields it has."""
    found = msgspec.json.decode(data, type=dict[str, Any])
    version = found.get("bearwitness_seal")
    if isinstance(version, int) and version > _VERSION and _check(found) == found.get("check"):
        raise LedgerError(
            f"The seal {path} was made by a newer bearwitness. Install that version or a later one."
        )


def _check(fields: dict[str, Any]) -> str:
    return digest(canonical({**fields, "check": ""}))


def write(folder: Path, seal: Seal) -> None:
    """Put ``seal`` in place of the one that is there, wholly or not at all."""
    try:
        write_whole(folder / NAME, seal.checked().data(), folder / TEMPORARY)
    except OSError as error:
        raise LedgerError(
            f"The seal {folder / NAME} cannot be written ({error.strerror}). What was appended is kept; make room "
            "or mend the permissions, then run any command that writes, to seal the ledger."
        ) from error


def take(folder: Path, entries: int, head: str, sealed_at: str, name: str = DATABASE) -> Seal:
    """The seal of the database file as it is, with no connection to it open in this process."""
    sha256, size = sha256_file(folder / name)
    return Seal(state="closed", entries=entries, head=head, sha256=sha256, size=size, sealed_at=sealed_at)


def difference(folder: Path, seal: Seal) -> str | None:
    """How the files differ from a closed ``seal``; ``None`` if they do not, or the seal is open."""
    if seal.state == "open":
        return None
    path, log = folder / DATABASE, folder / LOG
    if log.exists() and log.stat().st_size:
        return f"{log} holds changes, though the ledger was closed and sealed at {seal.sealed_at}"
    size = path.stat().st_size
    if size != seal.size:
        return f"{path} has {size:,} bytes, but had {seal.size:,} when it was sealed at {seal.sealed_at}"
    if sha256_file(path)[0] != seal.sha256:
        return (
            f"The bytes of {path} differ from its seal of {seal.sealed_at}, though nothing was appended since"
        )
    return None


def examine(folder: Path) -> tuple[Seal | None, str | None]:
    """The seal, if it can be read, and what is wrong with it or with what it seals (no full stop)."""
    try:
        seal = read(folder)
    except DamagedLedger as error:
        return None, str(error).rstrip(".")
    return seal, difference(folder, seal)
