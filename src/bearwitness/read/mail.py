"""A mail message: its own words, its subject, sender and date, and what in it is quoted or a signature."""

from __future__ import annotations

import re
from email.utils import parseaddr, parsedate_tz
from typing import Literal, NamedTuple

from bearwitness import mime
from bearwitness.read import dates
from bearwitness.read.decode import decode
from bearwitness.read.mail_html import written_out
from bearwitness.read.page import Page, read_page, tree_of
from bearwitness.record import LeftOut, Problem

_SHORTEST = 80  # characters; a plain part that is shorter may only point to the other one
_NAMED = 20  # attachments named in a problem
_SAMPLE = 4096  # bytes; enough to tell text from what is none

_LONGEST_SIGNATURE = 1500  # characters; what is longer behind "--" is another part of the message

_LINE = re.compile(r"[^\n]+\n?|\n")
_QUOTED = re.compile(r"[ \t]{0,3}>(?!From )")
_SAYS = r"(?:wrote|writes|said|schrieb|a écrit|escribió|escreveu|ha scritto)\s?:"
_WROTE = re.compile(
    rf"(?:^|\n)(?P<line>(?:On|Am|Le|El|Em|Il)\b[^\n]{{5,200}}(?:\n[^\n]{{0,100}})?{_SAYS})[ \t]*$",
    re.MULTILINE,
)
# Without marks before its lines, only an attribution with a time of day or an address opens an earlier message.
_ANSWERED = re.compile(
    rf"(?:On|Am|Le|El|Em|Il)\b(?=[^\n]{{0,200}}(?:\d:\d\d|@))[^\n]{{5,200}}(?:\n[^\n]{{0,100}})?{_SAYS}[ \t]*\n\s*(?!\s|>)"
)
_ORIGINAL = re.compile(
    r"[-_ ]{3,40}Original (?:Message|Appointment)[-_ ]{3,40}$", re.IGNORECASE | re.MULTILINE
)
_HEAD_BELOW = re.compile(
    r"(?:_{20,200}\s{1,4})?From:[ \t][^\n]{1,300}\n(?=(?:(?:Sent|Date|To|Cc):[^\n]{0,2000}\n){2})",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"--[ \t]?$|Sent from my |Get Outlook for ", re.MULTILINE)


class Mail(NamedTuple):
    """What a message holds. ``page`` is there where its words are HTML; ``sender`` stands for an outlet only where
    nothing names one. ``published`` is the day of the Date header where it was written, in EDTF."""

    text: str
    subject: str | None = None
    sender: str | None = None
    organisation: str | None = None
    published: str | None = None
    page: Page | None = None
    problems: tuple[Problem, ...] = ()


def read_mail(data: bytes, source: str) -> Mail:
    """The message whose bytes are ``data``. Never raises; one that is not taken apart is given as it stands."""
    message = mime.parse(data)
    if message is None:
        text, problems = decode(data, source)
        sentence = (
            "The message is nested or divided beyond what mail is, and is not taken apart; "
            "all of it is kept as it stands."
        )
        return Mail(
            text or "", problems=(*problems, Problem(code="too_deep", where=source, sentence=sentence))
        )
    parts = list(mime.parts(message))
    text, page, problems = _words(parts, source)
    name, address = parseaddr(mime.header(message, "from"))
    published, wrong = _day(mime.header(message, "date"), source)
    return Mail(
        text=text,
        subject=mime.header(message, "subject") or None,
        sender=name.strip() or address.strip() or None,
        organisation=mime.header(message, "organization") or None,
        published=published,
        page=page,
        problems=(*problems, *wrong, *_unread(parts, source)),
    )


def _words(parts: list[mime.Part], source: str) -> tuple[str, Page | None, tuple[Problem, ...]]:
    """The message's own words: its plain text, or its HTML where that is all or says far more. HTML that holds another
    message is written out as plain text."""
    plain: list[str] = []
    problems: list[Problem] = []
    for part in parts:
        if part.attached or part.kind != "text/plain" or not part.data.strip():
            continue
        text, wrong = decode(part.data, source, f"charset={part.charset}")
        problems += wrong
        if text:
            plain.append(_unflowed(text) if part.flowed else text)
    words = "\n\n".join(text.strip("\r\n") for text in plain).replace("\r\n", "\n").replace("\r", "\n")
    if len(words.strip()) >= _SHORTEST:
        return words, None, tuple(dict.fromkeys(problems))
    pages = [part for part in parts if part.kind == "text/html" and not part.attached and part.data.strip()]
    if pages:
        longest = max(pages, key=lambda part: len(part.data))
        markup, wrong = decode(longest.data, source, f"charset={longest.charset}")
        answer = written_out(page_text := markup or "", tree_of)
        if answer is not None and len(answer) > len(words):
            return answer, None, (*dict.fromkeys(problems), *wrong)
        page = read_page(page_text, source)
        if len(page.text) > len(words):
            # A short letter is no article, and need not be one.
            told = tuple(problem for problem in page.problems if problem.code != "no_main_text")
            return page.text, page, (*dict.fromkeys(problems), *wrong, *told)
    return words, None, tuple(dict.fromkeys(problems))


def _unflowed(text: str) -> str:
    """Text whose lines end in a space where they were only broken to fit (RFC 3676), such lines joined."""
    return re.sub(r"(?m)^(?!-- \r?$)(?!>)(.* )\r?\n(?![> ]|-- \r?$)", r"\1", text)


def _day(words: str, source: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The day of a Date header, and what is wrong with it."""
    if not words:
        return None, ()
    try:
        found = parsedate_tz(words[:200])
    except (ValueError, IndexError, TypeError, OverflowError):
        found = None
    value = dates.day_of(*found[:3]) if found else None
    if value is None:
        sentence = f"The date of the message “{words[:80]}” is no date in the calendar; it is not used."
        return None, (Problem(code="bad_date", where=source, sentence=sentence),)
    return value, ()


def _unread(parts: list[mime.Part], source: str) -> tuple[Problem, ...]:
    """A problem that names the attachments of kinds that are not read, if there are any."""
    other = [part for part in parts if part.attached and not _is_read(part, source)]
    if not other:
        return ()
    names = [f"{part.name[:100] or 'without a name'} ({part.kind})" for part in other[:_NAMED]]
    more = f" and {len(other) - _NAMED:,} more" if len(other) > _NAMED else ""
    sentence = f"The message carries what is not read: {', '.join(names)}{more}. It is kept with the message."
    return (Problem(code="attachment_not_read", where=source, sentence=sentence),)


def _is_read(part: mime.Part, source: str) -> bool:
    """Whether an attachment is collected as a report of its own, or is empty."""
    if part.kind == "message/rfc822" or part.data.startswith(b"%PDF-") or not part.data.strip():
        return True
    if mime.signed(part.data) or mime.is_table(part):
        return False
    return decode(part.data[:_SAMPLE], source).text is not None


def not_its_own(text: str, begin: int) -> tuple[LeftOut, ...]:
    """What in ``text``, from ``begin`` on, is quoted from an earlier message or is a signature, in order.

    A message that says nothing besides is all quotation, and what is passed on is its content: nothing is marked.
    """
    marks: list[LeftOut] = []
    run: list[int] = []
    for match in _LINE.finditer(text, begin):
        start = match.start()
        why = _rest(text, start)
        if why:
            marks.append(LeftOut(start=start, end=len(text), why=why))
            break
        if _QUOTED.match(match[0]):
            run = [run[0] if run else _attributed(text, begin, start), start + len(match[0].rstrip())]
        elif match[0].strip() and run:
            marks.append(LeftOut(start=run[0], end=run[1], why="quoted"))
            run = []
    if run:
        last = min(len(text), marks[-1].start) if marks and marks[-1].end == len(text) else len(text)
        marks.append(LeftOut(start=run[0], end=min(run[1], last), why="quoted"))
        marks.sort(key=lambda mark: mark.start)
    return tuple(marks) if _says_something(text, begin, marks) else ()


def _rest(text: str, start: int) -> Literal["quoted", "signature"] | None:
    """What all of ``text`` from ``start`` on is, if a line that opens it stands there."""
    if len(text) - start <= _LONGEST_SIGNATURE and _SIGNATURE.match(text, start):
        return "signature"
    if _ORIGINAL.match(text, start) or _HEAD_BELOW.match(text, start) or _ANSWERED.match(text, start):
        return "quoted"
    return None


def _attributed(text: str, begin: int, start: int) -> int:
    """Where the line above a quotation begins that says whose it is ("On Monday, Ann wrote:"), or ``start``."""
    floor = max(begin, start - 400)
    match = _WROTE.search(text, floor, start)
    return match.start("line") if match and not text[match.end() : start].strip() else start


def _says_something(text: str, begin: int, marks: list[LeftOut]) -> bool:
    """Whether words of the message's own are left: at least two."""
    place, words = begin, 0
    for mark in marks:
        words += len(text[place : mark.start].split())
        place = mark.end
    return words + len(text[place:].split()) >= 2
