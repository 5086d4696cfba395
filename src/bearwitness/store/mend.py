"""A new database file from a sound journal, when header, indexes, free pages or views were damaged."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from ..errors import DamagedLedger, LedgerError
from . import database, schema
from .files import sync_folder
from .form import check_format, check_length
from .kinds import GENESIS
from .schema import entry
from .seal import Seal
from .verify import Wrong, entries_checked

_BATCH = 500


def new_file(folder: Path, seal: Seal | None, name: str) -> tuple[int, str]:
    """Copy the journal, entry by checked entry, into a new ``ledger.sqlite``, and put it in place of the old.

    Returns how many entries there are and the hash of the last. The views of the new file are empty. Raises
    ``DamagedLedger``, changing nothing, if an entry is not sound or fewer are there than were sealed.
    """
    old, new = database.reader(folder), database.writer(folder, name)
    try:
        check_format(old)
        if seal is not None:
            check_length(old, seal)
        with old.reading() as source, new.writing() as target:
            made = source.execute(select(schema.ledger.c.value).where(schema.ledger.c.name == "created_at"))
            schema.create(target, made.scalar_one())
            seq, head, checked = 0, GENESIS, (line for line, _ in entries_checked(source))
            while batch := list(islice(checked, _BATCH)):
                target.execute(entry.insert(), [line._asdict() for line in batch])
                seq, head = batch[-1].seq, batch[-1].hash
        if not database.checkpoint(new):
            raise LedgerError(
                f"No new file can be made in {folder}: the disk may be full. Nothing was changed."
            )
    except (Wrong, SQLAlchemyError, TypeError, ValueError, OverflowError) as error:
        raise DamagedLedger(
            f"The journal of {folder} is itself damaged, so nothing was mended: {error} Restore it from a copy."
        ) from error
    finally:
        old.close()
        new.close()
    _empty_log(folder)
    (folder / name).replace(folder / database.NAME)
    sync_folder(folder)
    return seq, head


def _empty_log(folder: Path) -> None:
    """Take the old file's log away without losing it if this is the moment the program is killed.

    A log left beside the new file would be written into it.
    """
    old = database.writer(folder)
    emptied = database.checkpoint(old)
    old.close()
    if not emptied:
        raise LedgerError(f"The ledger {folder} is being read by another process. End it and run this again.")
    for leftover in (database.LOG, database.SHARED):
        (folder / leftover).unlink(missing_ok=True)
