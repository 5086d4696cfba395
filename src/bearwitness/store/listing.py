"""The list of digests that a time stamp is over. It follows from the journal alone, byte for byte.

Its lines are those that ``sha256sum`` writes and checks (``sha256sum -c LIST`` in the ledger's folder): the digest and
the place of each file that came with the entries it covers, in the order of the digests. What stands above them, behind
``#``, says which entries these are, and the hash of the last, which commits to every entry before it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from . import journal
from .captures import FOLDER
from .door import files_of
from .kinds import decode
from .schema import entry

_WITH_FILES = ("capture", "visit", "stamp", "proof", "hearsay")


def digest_list(connection: Connection, after: int, entries: int, head: str) -> bytes:
    """The list of the files that came with the entries behind ``after`` up to ``entries``, whose hash is ``head``."""
    return text(after, entries, head, _files(connection, after, entries))


def text(after: int, entries: int, head: str, files: Iterable[str]) -> bytes:
    """The list of ``files`` (digests in any order, each may come more than once)."""
    above = f"# bearwitness digest list 1\n# after: {after}\n# entries: {entries}\n# head: {head}\n"
    lines = (f"{sha256}  {FOLDER}/{sha256[:2]}/{sha256}\n" for sha256 in sorted(set(files)))
    return (above + "".join(lines)).encode()


def _files(connection: Connection, after: int, entries: int) -> set[str]:
    found: set[str] = set()
    query = select(entry).where(entry.c.seq <= entries, entry.c.kind.in_(_WITH_FILES))
    limit = 100
    while page := journal.page(connection, query, after, limit):
        found.update(sha256 for line in page for sha256, _ in files_of(decode(line)))
        after, limit = page[-1].seq, journal.next_limit(page)
    return found
