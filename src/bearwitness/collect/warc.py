"""WARC files: one item for each page that a record holds. Read forward, one record in memory at a time.

warcio, the field's library, writes WARC files for our tests and reads them beside us there. Its reader is not
used here, since files from anywhere are read: it takes header lines of any length and number, ends a payload
without a word where compressed bytes are damaged, and tells of wrong lengths on standard error.

After damage nothing more is read of a file. To look for the next record would be to take for a record what some page
quotes of one.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bearwitness import rows
from bearwitness.collect.answers import BLANK, HEADERS, MOST, Answer, answer, decoded, fields
from bearwitness.collect.digests import stated
from bearwitness.collect.item import NOTHING, Item
from bearwitness.collect.media import MAIL, media_type
from bearwitness.collect.requests import Requests, most_of
from bearwitness.collect.setting import PassedOver
from bearwitness.collect.stream import Copied, Fault, Part, Window
from bearwitness.collect.whole import too_large
from bearwitness.warc import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bearwitness.collect.setting import Expand, Setting
    from bearwitness.record import Problem

_VERSION = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_INFORMED = 10  # informational answers that may stand before the one that counts
_BETWEEN = 64  # line ends after a record; four bytes are the rule
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z")
_ODD = re.compile(r"[\x00-\x20\x7f]+")
_ADDRESS = 2000
_PAGES = re.compile(r"|text/(?:html|plain)|application/(?:xhtml\+xml|pdf|octet-stream)|unknown")
_OWN = re.compile(r"(?:metadata|urn):", re.IGNORECASE)  # the log of wget, the page lists of browsertrix
_ROBOTS = re.compile(r"https?://[^/?#]*/robots\.txt", re.IGNORECASE)
_FILES = (FILE, "file:///")  # as this program writes them, and as it did before
_REMEMBERED = 50_000  # pages, at least, of which it is known further on in the file that they were there
_READ = frozenset({"text/html", "text/plain", "application/pdf"})
_WITH_PAGES = frozenset({"response", "resource", "conversion", "revisit"})


class Record(NamedTuple):
    """A record's header: its fields by lower-case name, where it begins, the length of its block in bytes, and the header
    as it stands, for WARC."""

    at: int
    fields: dict[str, str]
    length: int
    header: bytes = b""

    @property
    def sort(self) -> str:
        """Its WARC-Type."""
        return self.fields.get("warc-type", "").lower()

    @property
    def address(self) -> str:
        """What its page's address is, without what no address has; empty if it states none."""
        return _clean(self.fields.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">"))


class Damage(ValueError):
    """What is wrong with a record."""


class _Seen:
    """The pages that were met lately: their addresses, with the digests stated of what they hold."""

    def __init__(self) -> None:
        self._names: set[int] = set()
        self._before: set[int] = set()

    def add(self, record: Record) -> None:
        """A page has come."""
        if name := self._name(record):
            self._names.add(name)
            if len(self._names) >= _REMEMBERED:
                self._names, self._before = set(), self._names

    def has(self, record: Record) -> bool:
        """Whether the same has come from the same address."""
        name = self._name(record)
        return name in self._names or name in self._before

    @staticmethod
    def _name(record: Record) -> int:
        payload = record.fields.get("warc-payload-digest", "")
        return hash((record.address, payload)) if payload else 0


def records(window: Window, setting: Setting, _expand: Expand) -> Iterator[Item]:
    """The items in the WARC file that begins here: every answer, resource or conversion that holds text, HTML or PDF.
    What else there is, is counted."""
    yield from pages(window, setting, next_record)


def pages(window: Window, setting: Setting, following: Callable[[Window], Record | None]) -> Iterator[Item]:
    """The items of the records that begin here; ``following`` reads the header of the next one, as ``next_record``."""
    passed, seen = PassedOver(), _Seen()
    asked = Requests() if setting.exchanges else None
    fault: Fault | None = None
    while fault is None:
        at = window.position
        try:
            record = following(window)
        except Damage as damage:
            what = (
                f"{damage} at byte {at:,} of the records; what came before is kept, what comes after is not."
            )
            fault = window.take_fault() or Fault("damaged", what)
            break
        if record is None:
            break
        part = Part(window, record.length)
        address = record.address or f"record at byte {record.at:,}"
        inner = setting._replace(source=f"{setting.source}#{address}", name="")
        block = Copied(part, most_of(record, setting.limit)) if asked else part
        if record.sort == "revisit" and seen.has(record):
            passed.take("pages that came again unchanged")
            item = None
        else:
            item = _item(record, Window(block), inner, passed)
        given = asked.take(record, item, block) if asked and isinstance(block, Copied) else ()
        if asked and (record.sort == "request" or (given and item is None)):
            passed.untake()
        part.skip(part.left)
        fault = part.take_fault()
        if item is not None:
            seen.add(record)
        if given and not fault:
            if item is None:
                item = Item(
                    inner.source, b"", NOTHING, captured_at=instant(record.fields.get("warc-date", ""))
                )
            item = msgspec.structs.replace(item, exchanges=given)
        if item is not None:
            yield (
                item
                if setting.marks is None or setting.depth > 2
                else msgspec.structs.replace(item, place=record.at)
            )
    yield from passed.items(setting.source)
    if fault:
        yield setting.fault(fault)


def beginning(window: Window) -> bytes:
    """The first bytes of the next record, the line ends before it skipped; empty at the end."""
    start, between = window.peek(16), 0
    while start[:1] in b"\r\n" and start and between < _BETWEEN:
        between += window.skip(len(start) - len(start.lstrip(b"\r\n")))
        start = window.peek(16)
    return start


def next_record(window: Window) -> Record | None:
    """The header of the next record; None at the end. ``Damage`` where it is not one."""
    start = beginning(window)
    at = window.position
    if not start:
        return None
    if not _VERSION.match(start):
        raise Damage("does not go on with a record, or a record has not the length that it states,")
    header = window.until(BLANK, HEADERS)
    if header is None:
        raise Damage(f"has a record whose header is cut off, or longer than {HEADERS:,} bytes,")
    found: dict[str, str] = {}
    for name, value in fields(header):
        found.setdefault(name.lower(), value)
    length = found.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) <= 18):
        raise Damage("has a record without its length")
    return Record(at, found, int(length), header)


def _item(record: Record, block: Window, setting: Setting, passed: PassedOver) -> Item | None:
    """The item of one record, whose block is all of ``block``; None if it holds no page, which ``passed`` counts."""
    if why := _why_not(record):
        passed.take(why)
        return None
    head, said = b"", _stated(record)
    if said.kind == "application/http":
        head, above = _above(record, block)
        if not head and record.sort != "revisit":
            return _headless(record, said, block, setting)
        said = above
    repeated = record.sort == "revisit" and said.status == 304
    if said.status is not None and not 200 <= said.status < 300 and not repeated:
        passed.take(f"status {said.status}")
        return None
    if not _is_file(record) and not _PAGES.fullmatch(said.kind):
        passed.take(said.kind[:60])
        return None
    if said.flooded:
        what = f"came with more than {MOST} headers; the first {MOST} are kept."
        setting = setting.having(setting.problem("header_flood", what))
    if record.sort == "revisit":
        return _revisit(record, said, setting)
    payload = block.exactly(setting.limit + 1)
    if len(payload) > setting.limit:
        large = too_large(block, setting, payload)
        return _told(b"", NOTHING, record, said, setting.having(*large.problems))
    fault = block.take_fault()
    page = decoded(payload, said, setting)
    problems = (
        *((setting.problem(*fault),) if fault else _digests(record, head, page.forms, setting)),
        *page.problems,
    )
    kind = _kind(record, said, page.data)
    if not problems and not _is_file(record) and not _is_page(kind, said, page.data):
        passed.take(kind if page.data.strip() else "without a page")
        return None
    return _told(page.data, kind, record, said, setting.having(*problems, *_partial(record, setting)))


def _why_not(record: Record) -> str:
    """What a record is that is passed over without a look into it; empty if it may hold a page."""
    if record.sort not in _WITH_PAGES:
        return f"{record.sort[:40] or 'unknown'} records"
    if _OWN.match(record.address) and not _is_file(record):
        return "notes of the crawler"
    return "rules for programs" if _ROBOTS.fullmatch(record.address) else ""


def _above(record: Record, block: Window) -> tuple[bytes, Answer]:
    """The header of an answer, with informational ones before it, and what it says; no bytes where it has no end."""
    head = block.until(BLANK, min(HEADERS, record.length)) or b""
    said = answer(head)
    for _ in range(_INFORMED):
        if said.status is None or said.status >= 200 or not (more := block.until(BLANK, HEADERS)):
            break
        head, said = head + more, answer(more)
    return head, said


def _is_file(record: Record) -> bool:
    """Whether a record holds a file that somebody put there by hand, which is kept whatever it is."""
    return record.sort == "resource" and record.address.startswith(_FILES)


def _kind(record: Record, said: Answer, data: bytes) -> str:
    """The media type, which the bytes tell; what they alone do not tell of a file is taken from its record."""
    if _is_file(record) and (said.kind == MAIL or rows.form(said.content_type)):
        return said.content_type
    return media_type(data, "page.html" if "html" in said.kind else "")


def _is_page(kind: str, said: Answer, data: bytes) -> bool:
    return bool(data.strip()) and (kind in _READ or (kind == NOTHING and said.kind in _READ))


def _partial(record: Record, setting: Setting) -> tuple[Problem, ...]:
    """The problem of a page of which the archive holds a part."""
    if reason := record.fields.get("warc-truncated"):
        what = f"is only a part of the page, as the archive says ({reason[:60]})."
    elif "warc-segment-number" in record.fields:
        what = "is only the first part of the page; the archive has it in segments."
    else:
        return ()
    return (setting.problem("cut_short", what),)


def _stated(record: Record) -> Answer:
    """What the record itself says of its page, where there is no answer's header: its media type, with the encoding."""
    kind = record.fields.get("content-type", "")
    return Answer(None, (("Content-Type", kind),) if "charset=" in kind.lower() else (), kind)


def _headless(record: Record, said: Answer, block: Window, setting: Setting) -> Item:
    """The item of an answer whose headers have no end; its bytes are kept and not read."""
    data = block.exactly(setting.limit + 1)
    if len(data) > setting.limit:
        return _told(b"", NOTHING, record, said, setting.having(*too_large(block, setting, data).problems))
    what = f"has headers that do not end within {HEADERS:,} bytes; it is kept as it is and not read."
    return _told(data, NOTHING, record, said, setting.having(setting.problem("header_flood", what)))


def _revisit(record: Record, said: Answer, setting: Setting) -> Item:
    """An item that says where the bytes are that a record does not repeat."""
    of = record.fields
    where = _clean(of.get("warc-refers-to-target-uri", "")) or "an address that is not named"
    when = of.get("warc-refers-to-date") or "a time that is not named"
    what = (
        f"was the same as before, so that the archive does not hold it again: its bytes are those of {where}, "
        f"received at {when[:40]}, here or in another file of the archive."
    )
    item = _told(b"", NOTHING, record, said, setting.having(setting.problem("payload_elsewhere", what)))
    return msgspec.structs.replace(item, repeats=instant(when)) if where == record.address else item


def _digests(record: Record, head: bytes, forms: tuple[bytes, ...], setting: Setting) -> list[Problem]:
    """A problem for each digest that the record states and its bytes do not have. ``forms`` are the payload as kept
    and after each step of decoding: tools do not agree of which the payload's digest is."""
    wrong = []
    block = stated(record.fields.get("warc-block-digest", ""))
    if block and not block.fits(head, forms[0]):
        wrong.append("WARC-Block-Digest")
    payload = stated(record.fields.get("warc-payload-digest", ""))
    if payload and "warc-segment-number" not in record.fields and not any(map(payload.fits, forms)):
        wrong.append("WARC-Payload-Digest")
    what = "does not have the digest that its record states ({}): it was changed or damaged since."
    return [setting.problem("digest_mismatch", what.format(name)) for name in wrong]


def _told(data: bytes, kind: str, record: Record, said: Answer, setting: Setting) -> Item:
    """The item, with what its record says of it."""
    return Item(
        source=setting.source,
        data=data,
        media_type=kind,
        problems=setting.problems,
        headers=said.headers,
        captured_at=instant(record.fields.get("warc-date", "")),
    )


def instant(date: str) -> str:
    """A time of the archive to the second; empty if it is none."""
    found = _DATE.fullmatch(date.strip())
    return f"{found[1]}Z" if found and _exists(found[1]) else ""


def _clean(address: str) -> str:
    """An address without what none has, and of bounded length."""
    return _ODD.sub("%20", address[:_ADDRESS])


def _exists(instant: str) -> bool:
    try:
        datetime.fromisoformat(instant)
    except ValueError:
        return False
    return True
