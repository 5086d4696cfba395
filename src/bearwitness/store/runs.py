"""Which runs of fetching were begun and not finished, so that the same command goes on where it was broken off.

The file holds no evidence: what a run has done is asked of the journal. Losing it means that addresses are asked
for again.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..errors import LedgerError
from ..record import canonical
from .files import write_whole

NAME = "ledger.runs"
_MOST = 100


class Runs:
    """The unfinished runs of the ledger in ``folder``, by what they were told to do (a digest)."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def begin(self, told: str, name: str, oldest: str) -> tuple[str, bool]:
        """The run to go on with, and whether it is an earlier one: that of the same command, if it is not finished.

        ``name`` is what a new run is called; names sort by the time they were given, and runs called less than
        ``oldest`` are forgotten.
        """
        runs = {key: run for key, run in self._read().items() if run >= oldest}
        if told in runs:
            return runs[told], True
        kept = sorted(runs.items(), key=lambda item: item[1])[-(_MOST - 1) :]
        self._write({**dict(kept), told: name})
        return name, False

    def note(self, told: str, name: str) -> None:
        """How far an unfinished run is, where its name says that; it begins with the time, as every name does."""
        self._write({**self._read(), told: name})

    def finish(self, told: str) -> None:
        """Nothing is left to do of it."""
        runs = self._read()
        if runs.pop(told, None) is not None:
            self._write(runs)

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return {}

    def _write(self, runs: dict[str, str]) -> None:
        try:
            write_whole(self._path, canonical(runs) + b"\n", self._path.with_suffix(".runs.new"))
        except OSError as error:
            raise LedgerError(
                f"{self._path} cannot be written ({error.strerror}). Make room or mend the permissions and run this again."
            ) from error
