"""What leaves a ledger is noted in its journal: what, when, to where, and the digest of it."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bearwitness.errors import InputError
from bearwitness.handling import Export
from bearwitness.record import Claim, Mention, Report
from bearwitness.store import now, stamp
from bearwitness.visit import Visit

from .finding import find
from .reading import SOFTWARE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bearwitness.store import Clock, Ledger

_BLOCK = 1 << 20


class Summed(io.TextIOBase):
    """A text file that passes on what it is given, and sums up its bytes in UTF-8."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._sum = sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """The digest of all that was written."""
        return self._sum.hexdigest()

    def write(self, words: str) -> int:
        """Write ``words``; line ends stay."""
        data = words.encode("utf-8", "replace")
        self._sum.update(data)
        self.size += len(data)
        self._file.write(words)
        return len(words)


def note_export(
    ledger: Ledger,
    form: str,
    to: str,
    sha256: str,
    size: int,
    *,
    captures: Sequence[str] = (),
    names: bool = False,
    whole: bool = True,
    clock: Clock = now,
) -> Export:
    """Journal that something left the ledger (see ``Export`` for what is noted of it)."""
    entries, head = ledger.head()
    made = Export(
        form=form,
        to=to,
        at=stamp(clock),
        by=SOFTWARE,
        entries=entries,
        head=head,
        sha256=sha256,
        size=size,
        captures=tuple(sorted(captures)),
        names=names,
        whole=whole,
    )
    ledger.append([made])
    return made


def sum_of(path: Path) -> tuple[str, int]:
    """The SHA-256 and the size of a file; of a folder, those of the list of its files as ``sha256sum`` prints it,
    sorted by name."""
    if path.is_dir():
        files = sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())
        listed = "".join(f"{sum_of(path / name)[0]}  {name}\n" for name in files).encode()
        return sha256(listed).hexdigest(), len(listed)
    summed, size = sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            summed.update(block)
            size += len(block)
    return summed.hexdigest(), size


def captures_of(ledger: Ledger, identifiers: Iterable[str]) -> list[str]:
    """The captures behind what ``identifiers`` name, each once: captures, reports, mentions, claims, visits, incidents.
    The first letters of an id are enough. ``InputError`` for one that names nothing of the kind."""
    found: dict[str, None] = {}
    for prefix in identifiers:
        name = find(ledger, prefix, "cirmv")
        for capture in _behind(ledger, name):
            found[capture] = None
    return list(found)


def _behind(ledger: Ledger, name: str) -> list[str]:
    incident = ledger.incident(name) if name.startswith("i") else None
    if incident is not None:
        return [one for mention in incident.mentions for one in _behind(ledger, mention)]
    record = ledger.get(name)
    if isinstance(record, Visit):
        return [_kept(record)]
    if isinstance(record, Mention | Claim):
        record = ledger.get(record.report)
    if isinstance(record, Report):
        return [record.capture]
    return [name]


def _kept(visit: Visit) -> str:
    if visit.kept is None or visit.kept.capture is None:
        raise InputError(f"{visit.id} brought no capture: bearwitness show {visit.id} says what came of it")
    return visit.kept.capture
