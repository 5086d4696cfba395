"""Captures as files: ``captures/ab/<sha256>``, written once, checked whenever they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import DamagedLedger, LedgerError
from ..record import Capture, digest
from .files import sync_folder, write_all

FOLDER = "captures"
_INCOMING = (
    ".incoming"  # one place for unfinished files, so that clearing it does not mean listing all captures
)
_HEX = frozenset("0123456789abcdef")


class Captures:
    """The capture files of one ledger."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self.folder = ledger / FOLDER
        self._incoming = self.folder / _INCOMING

    def create(self) -> None:
        """Make the folders."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        sync_folder(self.folder)
        sync_folder(self.ledger)

    def clear(self) -> None:
        """Remove what a killed run left unfinished."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        for path in self._incoming.iterdir():
            path.unlink()

    def path(self, sha256: str) -> Path:
        """Where the bytes of that digest lie."""
        return Path(f"{self.folder}/{sha256[:2]}/{sha256}")

    def put(self, data: bytes) -> str:
        """Write ``data`` durably unless it is there, and return its SHA-256.

        Raises ``DamagedLedger`` if the file is there with other bytes, ``LedgerError`` if it cannot be written.
        """
        return self.put_many([data])[0]

    def put_many(self, many: Sequence[bytes]) -> list[str]:
        """Write each of ``many`` as ``put`` does. The disk is waited for once for all, so many cost little more."""
        named = [(digest(data), data) for data in many]
        files: dict[Path, bytes] = {}
        for sha256, data in named:
            path = self.path(sha256)
            try:
                if path in files or not path.exists():
                    files[path] = data
                else:
                    self._check(path, path.read_bytes(), sha256)
            except OSError as error:
                raise self._unwritten(path, error) from error
        if not files:
            return [sha256 for sha256, _ in named]
        try:
            if any(not path.parent.exists() for path in files):
                for path in files:
                    path.parent.mkdir(parents=True, exist_ok=True)
                sync_folder(self.folder)
            write_all(files, self._incoming, mode=0o444)
        except OSError as error:
            raise self._unwritten(next(iter(files)), error) from error
        return [sha256 for sha256, _ in named]

    @staticmethod
    def _unwritten(path: Path, error: OSError) -> LedgerError:
        return LedgerError(
            f"The capture {path} cannot be written ({error.strerror}). Nothing of it was kept; make room or "
            "mend the permissions and run this again."
        )

    def read(self, capture: Capture) -> bytes:
        """The bytes of ``capture``; ``DamagedLedger`` naming the file if it is missing or altered."""
        return self._read(capture.sha256, f" ({capture.source})")

    def _read(self, sha256: str, of: str) -> bytes:
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise DamagedLedger(
                f"The capture file {path}{of} cannot be read: {error.strerror}. "
                "Restore it from a copy of the ledger."
            ) from error
        self._check(path, data, sha256)
        return data

    def content(self, sha256: str) -> bytes:
        """The bytes of that digest; ``DamagedLedger`` naming the file if it is missing or altered."""
        return self._read(sha256, "")

    def files(self) -> Iterator[Path]:
        """Every finished file, in sorted order of folders and names."""
        for folder in sorted(self.folder.iterdir()):
            if folder.is_dir() and folder.name != _INCOMING:
                yield from sorted(folder.iterdir())
            elif not folder.is_dir():
                yield folder

    def unfinished(self) -> int:
        """How many unfinished files a killed run left."""
        return sum(1 for _ in self._incoming.iterdir()) if self._incoming.is_dir() else 0

    def is_named(self, path: Path) -> bool:
        """Whether ``path`` has the name and place of a capture file."""
        name = path.name
        return len(name) == 64 and _HEX.issuperset(name) and path == self.path(name)

    @staticmethod
    def _check(path: Path, data: bytes, sha256: str) -> None:
        if digest(data) != sha256:
            raise DamagedLedger(
                f"The capture file {path} has been altered: its bytes do not have the SHA-256 of its name. "
                "Restore it from a copy of the ledger, or move it away and add the source again."
            )
