"""Digests as web archives write them: "sha1:" with base 32, "sha256:" with hexadecimal digits."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple

_SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}


class Stated(NamedTuple):
    """A digest that somebody states: the algorithm's name as hashlib has it, and the value."""

    algorithm: str
    value: bytes

    def fits(self, *blocks: bytes) -> bool:
        """Whether it is the digest of the blocks, one behind the other."""
        summed = hashlib.new(self.algorithm, usedforsecurity=False)
        for block in blocks:
            summed.update(block)
        return summed.digest() == self.value


def stated(text: str) -> Stated | None:
    """The digest that ``text`` states in hexadecimal digits, base 32 or base 64; None if it is of a kind that is not
    known, and cannot be checked."""
    name, _, value = text.strip().partition(":")
    algorithm = name.strip().lower().replace("-", "")
    size, value = _SIZES.get(algorithm, 0), value.strip()
    decode = {2 * size: bytes.fromhex, -(-size * 8 // 5): _base32}.get(len(value.rstrip("=")), _base64)
    try:
        found = decode(value[:200])
    except (ValueError, binascii.Error):
        return None
    return Stated(algorithm, found) if size and len(found) == size else None


def _base32(value: str) -> bytes:
    return base64.b32decode(value.upper().rstrip("=") + "=" * (-len(value.rstrip("=")) % 8))


def _base64(value: str) -> bytes:
    return base64.urlsafe_b64decode(value.replace("+", "-").replace("/", "_").rstrip("=") + "==")
