"""Whether a folder is a ledger, of the form this program knows, and no shorter than it was."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from ..errors import DamagedLedger, LedgerError
from . import database, journal, schema
from .database import Database
from .seal import Seal


def look(path: Path) -> None:
    """``LedgerError`` unless ``path`` has the look of a ledger."""
    if not path.exists():
        raise LedgerError(f"There is no ledger at {path}. Make one with `bearwitness init {path}`.")
    if not path.is_dir():
        raise LedgerError(f"{path} is a file; a ledger is a folder. Make one with `bearwitness init FOLDER`.")
    if not (path / database.NAME).is_file():
        raise LedgerError(
            f"The folder {path} is not a ledger: it has no {database.NAME}. Make one with `bearwitness init`."
        )


def check_format(opened: Database) -> None:
    """``LedgerError`` unless the ledger is of the form this program knows."""
    with opened.reading() as connection:
        if not connection.dialect.has_table(connection, schema.ledger.name):
            raise LedgerError(
                f"{opened.folder / database.NAME} is a database, but not a ledger of bearwitness."
            )
        query = select(schema.ledger.c.value).where(schema.ledger.c.name == "format")
        written = connection.execute(query).scalar_one_or_none()
    if written != str(schema.FORMAT):
        raise LedgerError(
            f"The ledger {opened.folder} has format {written}; this bearwitness knows format {schema.FORMAT}. "
            "Use the version of bearwitness that wrote it, or a later one."
        )


def check_length(opened: Database, seal: Seal) -> None:
    """``DamagedLedger`` if the journal does not begin with what was sealed."""
    with opened.reading() as connection:
        fault = journal.fault_against(connection, seal.entries, seal.head)
    if fault:
        raise DamagedLedger(f"In the ledger {opened.folder}, {fault}. Restore it from a copy.")
