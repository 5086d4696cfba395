"""The list of files in a WACZ web archive, and the digests it states of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from bearwitness.collect.digests import Stated, stated
from bearwitness.collect.stream import BLOCK, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "datapackage.json"
SEAL = "datapackage-digest.json"
LARGEST = 16 * 1024 * 1024
"""Bytes of the longest list that is read."""


class _Resource(msgspec.Struct):
    path: str = ""
    hash: str = ""


class _List(msgspec.Struct):
    resources: list[_Resource] = []


class _Seal(msgspec.Struct):
    hash: str = ""


def is_warc(name: str) -> bool:
    """Whether the member of that name is one of the WARC files of a web archive."""
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


class Package:
    """What ``datapackage.json`` says (``data``), and what ``datapackage-digest.json`` says of it (``seal``)."""

    def __init__(self, data: bytes, seal: bytes | None) -> None:
        self._wrong = ""
        self._hashes: dict[str, str] = {}
        try:
            listed = msgspec.json.decode(data, type=_List)
            self._hashes = {
                resource.path: resource.hash for resource in listed.resources if is_warc(resource.path)
            }
            sealed = msgspec.json.decode(seal, type=_Seal).hash if seal is not None else ""
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            self._wrong = (
                "is in a web archive whose list of files cannot be read, so that it cannot be checked."
            )
            return
        if sealed and (claim := stated(sealed)) and not claim.fits(data):
            self._wrong = f"is in a web archive whose {PACKAGE} does not have the digest that {SEAL} states."

    def check(self, name: str, stream: Stream) -> str:
        """What is wrong with the member of that name, as the end of a sentence; empty if it is as stated."""
        said = self._hashes.pop(name, None)
        if self._wrong:
            return self._wrong
        if said is None:
            return f"is not in the list of files of its web archive ({PACKAGE})."
        claim = stated(said)
        if claim is None:
            return f"has no digest in {PACKAGE} that can be checked."
        return (
            "" if _fits(claim, stream) else f"does not have the digest that {PACKAGE} states ({said[:100]})."
        )

    def missing(self, source: str) -> Iterator[str]:
        """A sentence for each file that is listed and was not there."""
        for name in list(self._hashes)[:100]:
            yield f"{source} lists {name[:200]} in its {PACKAGE}, and does not hold it."


def _fits(claim: Stated, stream: Stream) -> bool:
    summed = hashlib.new(claim.algorithm, usedforsecurity=False)
    while block := stream.read(BLOCK):
        summed.update(block)
    return summed.digest() == claim.value
