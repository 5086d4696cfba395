"""A mail message taken apart, within bounds: its headers as characters, and its parts as bytes.

The standard library's parser recurses into what is nested and slows with every level, so a message is measured
first; one that is nested or divided beyond what mail is gives no parts.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

MOST_NESTED = 50  # parts that hold others, wherever they stand
MOST_PARTS = 500
MOST_HEADERS = 2_000
LONGEST_HEADER = 20_000  # characters; what stands behind is not looked at

_MULTIPART = re.compile(rb"^content-type\s*:\s*(?:multipart/|message/)", re.IGNORECASE | re.MULTILINE)
_TYPED = re.compile(rb"^content-[a-z-]{1,40}\s*:", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\r?\n\r?\n|\r\r")
_AS_IT_CAME = policy.compat32.clone(mangle_from_=False, max_line_length=None)
_FAILURES = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)

# The first bytes of kinds that are not read as text here, so that they are named for what they are.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),  # with nothing in it
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "application/octet-stream"),
    (b"\x7fELF", "application/octet-stream"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
)
_TABLES = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson")


class Part(NamedTuple):
    """One part of a message that holds no others. ``name`` is the file's, or "" if it has none; ``attached`` whether
    it came as a file rather than as the message's own words."""

    kind: str
    charset: str
    name: str
    attached: bool
    data: bytes
    flowed: bool = False


def signed(data: bytes) -> str | None:
    """The kind that the first bytes of ``data`` give away ("image/png"), whatever the rest; None for text and others."""
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def is_table(part: Part) -> bool:
    """Whether what a message carries is named as a table, whose rows are no prose."""
    return part.kind == "text/csv" or part.name.lower().endswith(_TABLES)


def parse(data: bytes) -> Message | None:
    """The message, or None if it is nested or divided beyond what is taken apart."""
    if len(_MULTIPART.findall(data)) > MOST_NESTED or len(_TYPED.findall(data)) > 4 * MOST_PARTS:
        return None
    end = _BLANK.search(data)
    if data.count(b"\n", 0, end.start() if end else len(data)) > MOST_HEADERS:
        return None
    try:
        return message_from_bytes(data, policy=policy.compat32)
    except _FAILURES:
        return None


def header(message: Message, name: str) -> str:
    """The value of the first header of that name, encoded words resolved, on one line; "" if there is none."""
    try:
        value = message.get(name)
    except _FAILURES:
        return ""
    if value is None:
        return ""
    words = str(value)
    try:
        # A long header is cut before it is decoded, and then taken as characters.
        found = decode_header(value if len(words) <= LONGEST_HEADER else words[:LONGEST_HEADER])
        words = "".join(_decoded(piece, charset) for piece, charset in found)
    except _FAILURES:
        words = words[:LONGEST_HEADER]
    return " ".join(_sound(words).split())


def parts(message: Message) -> Iterator[Part]:
    """The parts that hold no others, in order; an attached message is one part, and is not gone into."""
    waiting = [message]
    given = 0
    while waiting and given < MOST_PARTS:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(inner for inner in reversed(_held(part)) if not isinstance(inner, str))
            continue
        given += 1
        yield _part(part)


def _part(part: Message) -> Part:
    kind = part.get_content_type()
    if kind.startswith("multipart/"):
        kind = "text/plain"  # it says that it has parts, and has none
    name = _name(part)
    attached = bool(name) or _disposition(part) == "attachment" or not kind.startswith("text/")
    charset = _parameter(part, "charset", "content-type")
    flowed = _parameter(part, "format", "content-type").lower() == "flowed"
    return Part(kind, charset, name, attached, _bytes(part), flowed)


def _bytes(part: Message) -> bytes:
    """What a part holds, its transfer encoding undone."""
    try:
        held = _held(part)
        if part.is_multipart():
            return held[0].as_bytes(policy=_AS_IT_CAME) if held and not isinstance(held[0], str) else b""
        found = part.get_payload(decode=True)
    except _FAILURES:
        return b""
    return found if isinstance(found, bytes) else b""


def _held(part: Message) -> list[Message | str]:
    """The parts within ``part``, of which there may be none. Of others nothing may be asked before the transfer encoding is
    undone: the standard library would take their bytes for characters of whatever their charset names, and fails."""
    payload = part.get_payload() if part.is_multipart() else []
    return payload if isinstance(payload, list) else []


def _disposition(part: Message) -> str:
    return header(part, "content-disposition").partition(";")[0].strip().lower()


def _name(part: Message) -> str:
    return _parameter(part, "filename", "content-disposition") or _parameter(part, "name", "content-type")


def _parameter(part: Message, name: str, where: str) -> str:
    """A parameter of a header, in whichever of the ways in which mail encodes them."""
    try:
        value = part.get_param(name, "", where)
        if isinstance(value, tuple):
            charset, _, words = value
            value = words.encode("latin-1", "replace").decode(charset or "utf-8", "replace")
        value = "".join(_decoded(piece, charset) for piece, charset in decode_header(str(value)[:1000]))
    except _FAILURES:
        return ""
    return " ".join(_sound(value).split())


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    if charset in (None, "unknown-8bit"):
        try:
            return piece.decode("utf-8")
        except UnicodeDecodeError:
            return piece.decode("cp1252", "replace")
    try:
        return piece.decode(charset, "replace")
    except (LookupError, ValueError, TypeError):
        return piece.decode("latin-1")


def _sound(words: str) -> str:
    """Words that can be written as UTF-8: bytes smuggled in as surrogates become characters or U+FFFD."""
    try:
        return words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return words.encode("utf-8", "replace").decode("utf-8")
