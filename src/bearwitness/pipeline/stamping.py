"""A time stamp over what is in the ledger: the list of its digests, an authority's answer, and the two kept."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING

from bearwitness import timestamping
from bearwitness.errors import InputError
from bearwitness.handling import File, Stamp
from bearwitness.record import digest
from bearwitness.store import now, stamp

from .reading import SOFTWARE

if TYPE_CHECKING:
    from bearwitness.store import Clock, Ledger

_LARGEST = 8 * 1024 * 1024


def timestamp(
    ledger: Ledger,
    authority: str,
    *,
    roots: Path | None = None,
    everything: bool = False,
    limits: timestamping.Limits | None = None,
    clock: Clock = now,
) -> Stamp:
    """Have ``authority`` (an address) stamp what came since the last time stamp, or ``everything``, and keep its answer.

    ``roots`` is a file of the certificates (PEM) that are trusted; without it, those of the system. ``InputError``, and nothing
    is kept, if there is nothing new, no answer, or one that does not hold.
    """
    last = max((one.entries for one in ledger.records(Stamp)), default=0)
    after = 0 if everything else last
    entries, head = ledger.head()
    if entries <= after or (after and not ledger.grew(after)):
        raise InputError(
            "nothing came into the ledger since its last time stamp; --all has everything stamped again"
            if after
            else f"there is nothing in {ledger.folder} to stamp: add or fetch something"
        )
    trusted = _trusted(roots)
    listed = ledger.digest_list(after)
    request, nonce = timestamping.request(listed)
    at = stamp(clock)
    reply = timestamping.ask(authority, request, SOFTWARE, limits or timestamping.Limits())
    try:
        told = timestamping.check(reply, digest(listed), trusted, nonce)
        kept = timestamping.anchors(reply, trusted)
    except timestamping.Unsound as fault:
        raise InputError(
            f"What {authority} answered {fault}. Nothing was kept. If the authority is one you trust, name the file of "
            "its root certificate with --ca."
        ) from None
    files = [
        File(sha256=sha256, size=len(data))
        for sha256, data in zip(ledger.put_many([listed, reply, kept]), (listed, reply, kept), strict=True)
    ]
    made = Stamp(
        authority=authority,
        at=at,
        after=after,
        entries=entries,
        head=head,
        listed=files[0],
        reply=files[1],
        roots=files[2],
        stated=told.stated,
        serial=told.serial,
        policy=told.policy,
        signer=told.signer,
    )
    ledger.append([made])
    return made


def fault_of(made: Stamp, reply: bytes, roots: bytes) -> str:
    """Why the answer that was kept with a time stamp does not prove what the stamp says: the end of a sentence; empty if
    it does. ``MissingExtra`` where it cannot be checked."""
    try:
        told = timestamping.check(reply, made.listed.sha256, roots)
    except timestamping.Unsound as fault:
        return str(fault)
    stated = (made.stated, made.serial, made.policy, made.signer)
    return "" if tuple(told) == stated else "does not state what was noted of it"


def _trusted(roots: Path | None) -> bytes:
    """The certificates that are trusted, as PEM."""
    place = roots or Path(ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt")
    try:
        with place.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(
            f"{place}: the trusted certificates cannot be read ({error.strerror}); name a file of them (PEM) with --ca"
        ) from None
    if len(data) > _LARGEST or b"-----BEGIN CERTIFICATE-----" not in data:
        raise InputError(f"{place}: holds no certificates in PEM form, as --ca needs them")
    return data
