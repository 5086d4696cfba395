"""What all records share: one canonical form, one digest, and an id that follows from what is said.

An id is a SHA-256 over a JSON array of the record's class and fields, in the order declared, without the
fields named in ``UNSAID``: when a thing was seen is not part of what it says.
"""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

import msgspec


def canonical(value: Any) -> bytes:
    """The JSON text of ``value`` in one form only: no spaces, mappings sorted by key, UTF-8."""
    return msgspec.json.encode(msgspec.to_builtins(value, order="sorted"))


def digest(data: bytes) -> str:
    """The SHA-256 of ``data`` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a record; it has no id of its own."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something the ledger can name. An empty ``id`` is filled in from what the record says."""

    UNSAID: ClassVar[frozenset[str]] = frozenset()

    id: str = ""

    def __post_init__(self) -> None:
        self.check()
        if not self.id:
            msgspec.structs.force_setattr(self, "id", self.identity())

    def identity(self) -> str:
        """The id that follows from what the record says: a letter for its class and 32 hex digits."""
        name = type(self).__name__
        said = [
            getattr(self, field)
            for field in self.__struct_fields__
            if field != "id" and field not in self.UNSAID
        ]
        return name[0].lower() + digest(canonical([name, *said]))[:32]

    def check(self) -> None:
        """Raise ``ValueError`` where fields contradict each other."""

    def require(self, holds: bool, what: str) -> None:
        """Raise ``ValueError`` naming this record's class unless ``holds``."""
        if not holds:
            raise ValueError(f"{type(self).__name__}: {what}")
