"""What is asked of a time-stamp authority, and what it answers, held against the certificates that are trusted.

A token is sound if it is over the digest that was asked for, with the number that was asked with, and signed by a
certificate made for time stamps whose chain ends at a trusted one, all of them in force at the time it states.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

import rfc3161_client
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerifierBuilder

from bearwitness.timestamping.order import in_order

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = 0
_VERIFY = re.compile(r'Verify error: ([^"]{1,200})')  # what OpenSSL says of a chain of certificates
_LONGEST = 300
_MOST = 20  # certificates in one token
# What the libraries raise on bytes that no authority sends; not all of it is a ValueError.
_UNREADABLE = (
    ValueError, TypeError, OverflowError, UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension,
    x509.AttributeNotFound, x509.ExtensionNotFound, x509.UnsupportedGeneralNameType,
)  # fmt: skip


class Told(NamedTuple):
    """What a sound token states: the time (RFC 3339, UTC), its number, the policy (a dotted name), and who signed it."""

    stated: str
    serial: str
    policy: str
    signer: str


class Unsound(ValueError):
    """Why a token proves nothing: the end of a sentence that begins with the token."""


def request(data: bytes) -> tuple[bytes, int]:
    """The request for a time stamp over the SHA-256 of ``data``, and the number it is made with."""
    made = (
        TimestampRequestBuilder()
        .data(data)
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    assert made.nonce is not None  # it was asked for
    return made.as_bytes(), made.nonce


def check(reply: bytes, sha256: str, roots: bytes, nonce: int | None = None) -> Told:
    """What ``reply`` states of the digest ``sha256`` (hexadecimal), if it is sound; ``Unsound`` says why it is not.

    ``roots`` are the trusted certificates (PEM); ``nonce`` is the number of the request, where it is still known.
    """
    trusted = _certificates(roots)
    answer = _answer(reply)
    try:
        info = answer.tst_info
        if info.message_imprint.hash_algorithm.dotted_string != _SHA256:
            raise Unsound("is over a digest of another kind than SHA-256")
        if info.message_imprint.message.hex() != sha256:
            raise Unsound("is over another digest than the one that was sent")
        if nonce is not None and info.nonce != nonce:
            raise Unsound("answers another request (its nonce differs)")
        VerifierBuilder(roots=trusted, nonce=nonce).build().verify(answer, bytes.fromhex(sha256))
        return Told(
            stated=info.gen_time.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            serial=str(info.serial_number),
            policy=info.policy.dotted_string,
            signer=_signer(answer),
        )
    except rfc3161_client.VerificationError as error:
        why = _VERIFY.search(str(error))
        raise Unsound(f"cannot be trusted ({why[1] if why else _words(error)})") from None
    except _UNREADABLE as error:
        if isinstance(error, Unsound):
            raise
        raise Unsound(f"cannot be read ({_words(error)})") from None


def anchors(reply: bytes, roots: bytes) -> bytes:
    """Those of the trusted certificates (PEM) that certificates in ``reply`` name as their issuers, or that are in it; all of them
    if none is. They are what must be kept to check it again."""
    trusted = _certificates(roots)
    try:
        held = [x509.load_der_x509_certificate(one) for one in _held(_answer(reply))]
    except _UNREADABLE:
        return roots
    names = {one.issuer for one in held}
    kept = [one for one in trusted if one.subject in names or one in held]
    return b"".join(one.public_bytes(Encoding.PEM) for one in kept or trusted)


def _answer(reply: bytes) -> TimeStampResponse:
    try:
        answer = rfc3161_client.decode_timestamp_response(in_order(reply))
        status, words = answer.status, "; ".join(answer.status_string)
    except _UNREADABLE as error:
        raise Unsound(f"is no answer by RFC 3161 ({_words(error)})") from None
    if status != _GRANTED:
        said = f": {words[:_LONGEST]}" if words else ""
        raise Unsound(f"is a refusal (status {status}{said})")
    return answer


def _held(answer: TimeStampResponse) -> list[bytes]:
    held = sorted(answer.signed_data.certificates)
    if len(held) > _MOST:
        raise Unsound(f"holds {len(held)} certificates, more than any real one")
    return held


def _signer(answer: TimeStampResponse) -> str:
    """The name in the certificate that signed."""
    (info,) = answer.signed_data.signer_infos
    for data in _held(answer):
        one = x509.load_der_x509_certificate(data)
        if one.issuer == info.issuer and one.serial_number == info.serial_number:
            return one.subject.rfc4514_string()
    raise Unsound("does not hold the certificate that signed it")


def _certificates(pem: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise Unsound(f"cannot be held against the trusted certificates ({_words(error)})") from None


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__
