"""Bytes to characters, with a note of everything that had to be assumed.

Order of belief: a byte-order mark, UTF-8 that fits without an error, the encoding the sender or the page
declares, UTF-16 by its nulls, a guess. Nothing is dropped but the byte-order mark; a byte that fits no
character becomes U+FFFD, so that the text can always be written as UTF-8.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from bearwitness.record import Problem

_SAMPLE = 65_536
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.I)

# What browsers take these names to mean.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
# Codecs of the standard library that are no encodings of pages, or that run away on hostile input.
_NOT_TEXT = frozenset({"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})

_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Decoded(NamedTuple):
    """``text`` is None where the bytes are not text."""

    text: str | None
    problems: tuple[Problem, ...]


def decode(data: bytes, source: str, declared: str = "") -> Decoded:
    """The characters of ``data``. ``declared`` is a media type or header that may name a charset."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, source)
    wide = _utf16_by_nulls(data[:_SAMPLE])
    if wide:
        return _decoded(data, wide, source, guessed=True)
    if _is_binary(data[:_SAMPLE]):
        return Decoded(None, (Problem(code="binary", where=source, sentence="The bytes are not text."),))
    try:
        return _with_controls(data.decode("utf-8"), source, ())
    except UnicodeDecodeError:
        pass
    named = _declared(data, declared)
    if named and named != "utf-8":
        return _decoded(data, named, source)
    if named or _mostly_utf8(data):
        return _decoded(data, "utf-8", source)
    return _decoded(data, _guess(data), source, guessed=True)


def is_doubtful(problems: tuple[Problem, ...]) -> bool:
    """Whether the encoding was guessed by what letters it would give, so that the words may be others altogether. Of a
    text in mostly plain letters, which cp1252 is taken for, a few marks are in doubt and no words."""
    guessed = [problem.sentence for problem in problems if problem.code == "guessed_encoding"]
    return any(not sentence.endswith((" cp1252.", " utf-16-le.", " utf-16-be.")) for sentence in guessed)


def _decoded(data: bytes, encoding: str, source: str, *, guessed: bool = False) -> Decoded:
    text = data.decode(encoding, "replace")
    problems = []
    if guessed:
        sentence = f"No encoding is stated; the bytes are read as {encoding}."
        problems.append(Problem(code="guessed_encoding", where=source, sentence=sentence))
    bad = text.count("\ufffd") - (data.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0)
    if bad > 0:
        places = "1 place does" if bad == 1 else f"{bad:,} places do"
        sentence = f"{places} not fit the encoding {encoding}; each is shown as U+FFFD."
        problems.append(Problem(code="bad_encoding", where=source, sentence=sentence))
    return _with_controls(text, source, tuple(problems))


def _with_controls(text: str, source: str, problems: tuple[Problem, ...]) -> Decoded:
    """Note null bytes and other control characters; they stay, so that offsets are those of the file."""
    first = CONTROL.search(text)
    if first is None:
        return Decoded(text, problems)
    count = sum(1 for _ in CONTROL.finditer(text))
    stand = "1 control character stands" if count == 1 else f"{count:,} control characters stand"
    sentence = f"{stand} in the text, the first (U+{ord(first[0]):04X}) at {first.start():,}."
    return Decoded(text, (*problems, Problem(code="control_characters", where=source, sentence=sentence)))


def _utf16_by_nulls(sample: bytes) -> str | None:
    """UTF-16 without its mark: Western text has a null in every other byte."""
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half < 4 or not sample.translate(None, b"\0"):
        return None
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _is_binary(sample: bytes) -> bool:
    """Whether one byte in ten or more is a control character, as no text has."""
    return len(sample) - len(sample.translate(None, _CONTROLS)) > 0.1 * len(sample)


def _declared(data: bytes, declared: str) -> str | None:
    """The encoding named by the header or by the page, as Python calls it; None if none or unknown.

    A page that can be read far enough to name UTF-16 is not in UTF-16: browsers then take UTF-8.
    """
    header = _HEADER.search(declared)
    page = _DECLARED.search(data[:4096])
    for name in (header and header[1], page and page[1].decode("ascii", "replace")):
        if not name:
            continue
        try:
            found = codecs.lookup(name).name
            "a".encode(found)
        except (LookupError, UnicodeError, TypeError, ValueError):
            continue
        if found.startswith(("utf-16", "utf-32")):
            return "utf-8"
        if found not in _NOT_TEXT:
            return _MEANT.get(found, found)
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether damaged UTF-8 explains the bytes: more characters of several bytes than misfits."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    wide = sum(1 for letter in text if letter > "\x7f") - bad
    return wide > bad


def _guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8 and say nothing of themselves."""
    sample = data[:_SAMPLE]
    high = sum(1 for byte in sample if byte > 0x7F)
    undefined = sum(sample.count(bytes([byte])) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    if high <= 0.1 * len(sample) and not undefined:
        return "cp1252"  # mostly ASCII: a Western page with quotation marks and accents
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    best = from_bytes(sample).best()
    return str(best.encoding) if best is not None else "cp1252"
