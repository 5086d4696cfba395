"""The seal: what ``ledger.sqlite`` was when the last writer closed it.

The chain of hashes covers the journal; the seal covers every other byte as well (header, free pages, indexes,
derived tables), and its own. It also says how long the journal was, so that entries cut off its end are missed.
A writer marks the seal as open before it changes anything and closes it when it ends; one that was killed
leaves it open. The seal guards against damage and carelessness, not against somebody who can write to the
ledger and makes a new seal: compare the head with one noted elsewhere for that.

The digest is that of a tree over the file's blocks (``blocks``), so that a writer that changed little digests little.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

from ..errors import DamagedLedger, LedgerError
from ..record import canonical, digest
from . import blocks
from .database import LOG
from .database import NAME as DATABASE
from .files import sha256_file, write_whole

NAME = "ledger.seal"
TEMPORARY = NAME + ".new"
_VERSION = 2
_FORMER = 1  # the seal of a ledger that was closed by an earlier version: of the whole file at once


class Seal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state of the ledger when it was last closed. ``tree`` is the root of ``blocks.tree_of``; a seal of the first version has
    ``sha256``, that of the whole file, instead. ``check`` is the SHA-256 of all other fields."""

    bearwitness_seal: int = _VERSION
    state: Literal["closed", "open"]
    entries: int
    head: str
    tree: str = ""
    sha256: str = ""
    size: int
    sealed_at: str
    check: str = ""

    def checked(self) -> Seal:
        """The same seal with its own digest filled in."""
        return msgspec.structs.replace(self, check=_check(self.fields()))

    def fields(self) -> dict[str, Any]:
        """What the seal's file holds: one of the two digests."""
        found = msgspec.structs.asdict(self)
        del found["sha256" if self.bearwitness_seal > _FORMER else "tree"]
        return found

    def data(self) -> bytes:
        """The bytes of the seal's file."""
        return canonical(self.fields()) + b"\n"


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
    return of(blocks.tree_of(folder / name), entries, head, sealed_at)


def of(tree: blocks.Tree, entries: int, head: str, sealed_at: str) -> Seal:
    """The seal of a database file with that tree and journal."""
    return Seal(
        state="closed", entries=entries, head=head, tree=tree.root, size=tree.size, sealed_at=sealed_at
    )


def difference(folder: Path, seal: Seal, *, closely: bool = True) -> str | None:
    """How the files differ from a closed ``seal``; ``None`` if they do not, or the seal is open.

    Unless ``closely``, the bytes are not read where nobody wrote to the file since it was sealed, going by its times.
    """
    if seal.state == "open":
        return None
    path, log = folder / DATABASE, folder / LOG
    if log.exists() and log.stat().st_size:
        return f"{log} holds changes, though the ledger was closed and sealed at {seal.sealed_at}"
    size = path.stat().st_size
    if size != seal.size:
        return f"{path} has {size:,} bytes, but had {seal.size:,} when it was sealed at {seal.sealed_at}"
    if not closely and blocks.untouched(folder, seal.tree):
        return None
    same = blocks.tree_of(path).root == seal.tree if seal.tree else sha256_file(path)[0] == seal.sha256
    if not same:
        return (
            f"The bytes of {path} differ from its seal of {seal.sealed_at}, though nothing was appended since"
        )
    return None


def examine(folder: Path, *, closely: bool = True) -> tuple[Seal | None, str | None]:
    """The seal, if it can be read, and what is wrong with it or with what it seals (no full stop); see ``difference``."""
    try:
        seal = read(folder)
    except DamagedLedger as error:
        return None, str(error).rstrip(".")
    return seal, difference(folder, seal, closely=closely)
