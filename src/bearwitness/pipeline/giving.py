"""The site and the files: what leaves a ledger, when the operator asks for it."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from bearwitness import assess
from bearwitness.errors import InputError, LedgerError
from bearwitness.publish import Profile, SiteSummary, site, tables
from bearwitness.publish.site import NAME
from bearwitness.store import now, stamp

__all__ = ["FORMS", "Profile", "SiteSummary", "export", "publish", "replacing", "replacing_bytes"]

from .deriving import RULES
from .gather import dossiers, shelves

if TYPE_CHECKING:
    from bearwitness.record import Dossier
    from bearwitness.store import Clock, Ledger

    from .deriving import Progress

FORMS: dict[str, str] = {
    "csv": "incidents.csv",
    "claims": "claims.csv",
    "jsonl": "incidents.jsonl",
    "geojson": "incidents.geojson",
}
"""What ``export`` writes, and the table of ``publish.tables.FILES`` that it is."""


def publish(
    ledger: Ledger,
    folder: Path,
    *,
    name: str | None = None,
    profile: Profile | None = None,
    progress: Progress | None = None,
    clock: Clock = now,
) -> SiteSummary:
    """Publish the ledger as a static site in ``folder``, whole or not at all.

    Raises ``InputError`` if the folder holds anything but an earlier site or cannot be written, ``LedgerError`` if reports were
    added and the incidents not derived since.
    """
    fresh(ledger)
    written = 0

    def tell(_file: str) -> None:
        nonlocal written
        written += 1
        if progress:
            progress("publishing", written, None)

    try:
        return site(
            dossiers(ledger, beside=True),
            shelves(ledger),
            folder,
            made=stamp(clock),
            name=name or NAME,
            profile=profile,
            reasons=assess.CODES,
            methods={name: method.rule for name, method in assess.METHODS.items()},
            progress=tell,
        )
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written: {error.strerror}; make room or name another folder"
        ) from error


def export(
    ledger: Ledger,
    form: str,
    file: IO[str],
    *,
    profile: Profile | None = None,
    progress: Progress | None = None,
) -> int:
    """Write all incidents (or their claims) to ``file`` in one of ``FORMS``, and return how many incidents."""
    if form not in FORMS:
        raise InputError(f"{form} is not a form of export: choose one of {', '.join(FORMS)}")
    fresh(ledger)
    done = 0

    def counted() -> Iterator[Dossier]:
        nonlocal done
        for done, one in enumerate(dossiers(ledger), start=1):
            yield one
            if progress:
                progress("exporting", done, None)

    tables.FILES[FORMS[form]](counted(), file, profile=profile)
    return done


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """A text file that takes the place of ``path`` when the block ends without an error, and else leaves no trace."""
    with replacing_bytes(path) as file:
        # Line ends are the writers' own: CSV has \r\n by its standard.
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        yield text
        text.flush()
        text.detach()


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for a file of bytes."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.making-", dir=path.absolute().parent)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}; name another file") from None
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}; name another file") from None
    finally:
        Path(name).unlink(missing_ok=True)


def fresh(ledger: Ledger) -> None:
    """Raise ``LedgerError`` if reports were added, or the rules changed, and the incidents not derived since."""
    if not ledger.views_current(by=RULES):
        raise LedgerError(
            f"In {ledger.folder}, reports were added or the rules changed, and the incidents were not derived since: "
            "run bearwitness update first."
        )
