"""What kind of bytes these are, told from the bytes; a name only helps where they leave it open."""

from __future__ import annotations

import re

from bearwitness import mime

_SAMPLE = 4096
MAIL = "message/rfc822"

_WARC_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_ARC_START = re.compile(rb"filedesc:[^\r\n]{1,1000} [0-9]{1,14} [^\r\n]{1,200} \d{1,9}\r?\n[12] \d ")
_TAR_MARK = slice(257, 262)  # in the head of the first member

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|script|article|div|table|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(
    r"</?(?:html|head|body|title|meta|link|script|style|div|span|p|a|br|h[1-6]|ul|li|table|tr|td|img|article)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_HTML_TAGS_NEEDED = 8  # a text that merely mentions a few tags is not a page
_HEADER = re.compile(rb"([!-9;-~]{1,80}):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)")
_BY_MACHINES = frozenset(
    {b"received", b"message-id", b"return-path", b"mime-version", b"delivered-to", b"dkim-signature"}
)
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"


def media_type(data: bytes, name: str = "") -> str:
    """The media type of ``data``: one of ``text/html``, ``text/plain``, ``message/rfc822``, ``application/octet-stream``
    or the type its first bytes give away ("application/pdf"). ``name`` is the file's, if it has one."""
    if signed := mime.signed(data):
        return signed
    if _WARC_START.match(data):
        return "application/warc"
    if _ARC_START.match(data):
        return "application/x-arc"
    if data[_TAR_MARK] == b"ustar":
        return "application/x-tar"
    sample = data[:_SAMPLE]
    if _is_mail(data[: 8 * _SAMPLE], name):
        return MAIL
    text = _peek(sample)
    if text is None:
        return "application/octet-stream"
    if _HTML_START.match(text):
        return "text/html"
    tags = len(_HTML_TAG.findall(text))
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    return "text/html" if tags >= _HTML_TAGS_NEEDED or (named and tags) else "text/plain"


def _is_mail(sample: bytes, name: str) -> bool:
    """Whether the sample begins with the header of a message: a sender, and what only mail programs write; in a file
    named as a message, a sender and a day or a subject."""
    names: set[bytes] = set()
    place = 0
    while match := _HEADER.match(sample, place):
        names.add(match[1].lower())
        place = match.end()
    if b"from" not in names or sample[place : place + 1] not in (b"", b"\r", b"\n"):
        return False
    return bool(names & _BY_MACHINES) or (
        name.lower().endswith(".eml") and bool(names & {b"date", b"subject"})
    )


def _peek(sample: bytes) -> str | None:
    """The sample as characters, good enough to look for tags in; None if it is not text at all."""
    if sample.startswith(b"\xef\xbb\xbf"):
        return sample[3:].decode("utf-8", "replace")
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample.decode("utf-16", "replace")
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    # Western text in UTF-16 without its mark has a null in every other byte.
    if half >= 4 and odd > 0.7 * half and even < 0.1 * half:
        return sample.decode("utf-16-le", "replace")
    if half >= 4 and even > 0.7 * half and odd < 0.1 * half:
        return sample.decode("utf-16-be", "replace")
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls > 0.1 * len(sample):
        return None
    return sample.decode("latin-1")
