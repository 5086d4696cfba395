"""Answers of a server as a web archive keeps them: status, headers, and the page under its encodings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bearwitness.collect.encodings import INSTALL, MORE, unpacker
from bearwitness.collect.packed import Unpacked
from bearwitness.collect.stream import Held, Window

if TYPE_CHECKING:
    from bearwitness.collect.setting import Setting
    from bearwitness.record import Problem

HEADERS = 64 * 1024
"""Bytes of the longest header that is read, of a record or of an answer."""
MOST = 200
"""Header fields that are kept of one answer."""

BLANK = re.compile(rb"\r?\n\r?\n")
"""The end of a header."""
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)")
_FOLD = re.compile(r"\r?\n[ \t]+")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[^\r\n]{0,1000}\r?\n")
_ENCODINGS = 4  # within each other; more than one is rare
_TWICE_PACKED = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "zlib"}


class Answer(NamedTuple):
    """What stands above a page: the status, the headers, and the media type that they state, as written."""

    status: int | None
    headers: tuple[tuple[str, str], ...]
    content_type: str
    flooded: bool = False

    @property
    def kind(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.content_type.partition(";")[0].strip().lower()

    def all(self, name: str) -> str:
        """The values of all headers of that name, with commas between them."""
        return ", ".join(value for header, value in self.headers if header.lower() == name)


class Decoded(NamedTuple):
    """A page and what it was in before: ``forms`` holds the bytes as kept and after each step, the page last."""

    forms: tuple[bytes, ...]
    problems: tuple[Problem, ...]

    @property
    def data(self) -> bytes:
        """The page."""
        return self.forms[-1]


def fields(header: bytes) -> list[tuple[str, str]]:
    """The fields of a header whose first line is no field. Lines without a colon are no fields."""
    text = _text(header)
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    split = (line.partition(":") for line in text.split("\n")[1:])
    return [(name.strip(), value.strip()) for name, colon, value in split if colon and name.strip()]


def answer(head: bytes) -> Answer:
    """What the head of an answer says; ``head`` begins with the status line and ends with an empty line."""
    status = _STATUS.match(head)
    headers = fields(head)
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    return Answer(int(status[1]) if status else None, tuple(headers[:MOST]), kind, len(headers) > MOST)


def decoded(payload: bytes, said: Answer, setting: Setting) -> Decoded:
    """The page in ``payload``, out of its chunks and unpacked. Archives often keep a page unpacked under the headers
    it came with, so what is not packed is taken as it is."""
    forms = [payload]
    problems = []
    if "chunked" in said.all("transfer-encoding").lower():
        joined, whole = _joined(payload)
        forms.append(joined)
        if not whole:
            problems.append(
                setting.problem("cut_short", "ends before its last chunk; what there is of it is kept.")
            )
    elif missing := _missing(payload, said):
        problems.append(
            setting.problem("cut_short", f"has {missing:,} bytes less than the server announced.")
        )
    encodings = [name.strip().lower() for name in said.all("content-encoding").split(",")]
    for name in [name for name in reversed(encodings) if name not in ("", "identity", "none")][:_ENCODINGS]:
        form = _form(name, forms[-1])
        if form is None:
            continue
        if not form:
            hint = f" To have it read: {INSTALL}." if name in MORE else ""
            what = f"is packed as “{name[:40]}”, which is not read; its bytes are kept as they are.{hint}"
            problems.append(setting.problem("undecoded", what))
            break
        window = Window(Unpacked(Held(forms[-1]), form, setting.budget))
        unpacked = window.exactly(setting.limit + 1)
        fault = window.take_fault()
        if fault and form == "br" and not unpacked:
            # Nothing at its beginning tells brotli from other bytes.
            what = "is said to be packed as “br”, but is not, or is damaged; its bytes are kept as they are."
            problems.append(setting.problem("undecoded", what))
            break
        if fault:
            problems.append(setting.problem(*fault))
        if len(unpacked) > setting.limit or fault and fault.code == "bomb":
            if not fault:
                what = f"unpacks to more than the limit of {setting.limit:,} bytes; it is kept packed and not read."
                problems.append(setting.problem("bomb", what))
            break
        forms.append(unpacked)
    return Decoded(tuple(forms), tuple(problems))


def _form(name: str, data: bytes) -> str | None:
    """How to unpack bytes that are said to be packed as ``name``; None if they are not packed, empty if they cannot be."""
    form = _TWICE_PACKED.get(name, "")
    if form == "gzip":
        return form if data.startswith(b"\x1f\x8b") else None
    if form == "zlib":
        # Servers send "deflate" with and without the head that it should have.
        headed = len(data) > 2 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return "zlib" if headed else "deflate" if _is_binary(data) else None
    if name in MORE and unpacker(name) is not None:
        packed = data.startswith(b"\x28\xb5\x2f\xfd") if name == "zstd" else _is_binary(data)
        return name if packed else None
    return "" if _is_binary(data) else None


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text, so that they may well be packed."""
    sample = data[:1000]
    return sum(1 for byte in sample if byte < 9 or 13 < byte < 27) > len(sample) // 50


def _joined(data: bytes) -> tuple[bytes, bool]:
    """The chunks of a body without their lengths, and whether the last one was there. Bytes that do not begin with a
    chunk are in none."""
    chunks: list[bytes] = []
    at = 0
    while found := _CHUNK.match(data, at):
        size = int(found[1], 16)
        if not size:
            return b"".join(chunks), True
        chunk = data[found.end() : found.end() + size]
        chunks.append(chunk)
        if len(chunk) < size:
            break
        at = found.end() + size
        at += len(data[at : at + 2]) if data[at : at + 2] == b"\r\n" else data[at : at + 1] == b"\n"
    return (b"".join(chunks), False) if chunks else (data, True)


def _missing(payload: bytes, said: Answer) -> int:
    """How many bytes fewer there are than the headers announce, for a page in no encoding."""
    length = next((value for name, value in said.headers if name.lower() == "content-length"), "")
    if not (length.isascii() and length.isdigit() and len(length) < 19):
        return 0
    return max(0, int(length) - len(payload))


def _text(header: bytes) -> str:
    """A header as text: UTF-8 where it fits, or else Latin-1, so that no byte is lost."""
    try:
        return header.decode("utf-8")
    except UnicodeDecodeError:
        return header.decode("latin-1")
