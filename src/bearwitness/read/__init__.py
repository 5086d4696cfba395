"""Read: from bytes to the article's text, title, outlet, date of publication and language.

The text of a plain file is the file's own, character for character, and offsets count in it; a web page's is its
title, a blank line and its main text, and so is a message's and a table row's; a PDF's has a line for each paragraph
and says where its pages begin. What is not part of the article stays in the text and is marked
as left out. Whatever is wrong with the bytes is a problem of the report; nothing raises.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec
from msgspec import UNSET

from bearwitness import rows
from bearwitness.read import dates
from bearwitness.read.decode import decode, is_doubtful
from bearwitness.read.extras import PARQUET, lacking
from bearwitness.read.furniture import left_out
from bearwitness.read.head import Head, read_head
from bearwitness.read.language import UNTOLD, language
from bearwitness.read.lines import split
from bearwitness.read.mail import not_its_own, read_mail
from bearwitness.read.mending import mend
from bearwitness.read.page import Page, read_page
from bearwitness.read.pdf import read_pdf
from bearwitness.read.row import read_row
from bearwitness.record import Capture, LeftOut, Part, Passage, Problem, PublishedBasis, Report, digest

READER = "read/6"
"""Name and version of this reader; it changes when the same bytes would give another text."""
INCOMPLETE = f"{READER}-incomplete"
"""The same without something optional that the capture needs: it is read again when that is installed."""

_HTML = ("text/html", "application/xhtml+xml")
_KINDS = ("text/", *_HTML)
_PDF = "application/pdf"
_MAIL = "message/rfc822"
_FIRST_HEADS = 4  # running heads that may hold the day of publication
_TIME = re.compile(r"\d[:.]\d\d\b(?![.\d])")
_LETTERS = re.compile(r"[\W_]+")


class _Parts(NamedTuple):
    """What was made of a capture, before the operator's word is put over it."""

    text: str = ""
    title: str | None = None
    title_end: int = 0
    outlet: str | None = None
    published: str | None = None
    basis: PublishedBasis | None = None
    language: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    passages: tuple[Passage, ...] = ()


def read(data: bytes, capture: Capture) -> Report:
    """The report of ``capture``, whose bytes are ``data``. Never raises on any bytes. Where what the kind needs is not
    installed, the report is by ``INCOMPLETE`` and has the problem ``missing_extra``.

    ``capture.given`` may hold ``title``, ``outlet``, ``published`` (EDTF, or a date as written) and ``language``:
    what the operator gives wins over what the page says. A given date that is none is the problem ``bad_date``.
    """
    parts = _parts(data, capture)
    given = capture.given
    published, basis = parts.published, parts.basis
    problems = [*parts.problems]
    if words := given.get("published", "").strip():
        value = dates.edtf(words)
        if value:
            published, basis = value, "given"
        else:
            sentence = (
                f"The given date of publication “{words[:80]}” is no date in the calendar; it is not used."
            )
            problems.append(Problem(code="bad_date", where=capture.source, sentence=sentence))
    spoken = given.get("language", "").strip().lower() or parts.language
    if spoken and spoken.split("-")[0] != "en":
        sentence = f"The language is “{spoken}”; only English is read. The report is kept."
        if spoken != given.get("language", "").strip().lower() and is_doubtful(tuple(problems)):
            spoken = UNTOLD
            sentence = "The language is not told, since the encoding was guessed; only English is read. The report is kept."
        problems.append(Problem(code="unread_language", where=capture.source, sentence=sentence))
    return Report(
        capture=capture.id,
        reader=INCOMPLETE if any(one.code == "missing_extra" for one in problems) else READER,
        source=capture.source,
        text=parts.text,
        text_sha256=digest(parts.text.encode()),
        title=given.get("title", "").strip() or parts.title,
        title_end=parts.title_end,
        outlet=given.get("outlet", "").strip() or parts.outlet,
        published=published,
        published_basis=basis,
        language=spoken,
        left_out=parts.left_out,
        problems=tuple(problems),
        pages=parts.pages or UNSET,
        parts=parts.parts or UNSET,
        passages=parts.passages or UNSET,
    )


def _parts(data: bytes, capture: Capture) -> _Parts:
    source = capture.source
    if not data.strip():
        # Nothing came because something else went wrong; that is the problem, not the emptiness.
        empty = Problem(code="empty", where=source, sentence="There is nothing to read.")
        return _Parts(problems=capture.problems or (empty,))
    kind = capture.media_type.split(";")[0].strip().lower()
    if problem := lacking(kind, source):
        return _Parts(problems=(*capture.problems, problem))
    if kind == _PDF:
        return _pdf(data, source, capture.problems)
    if kind == _MAIL:
        return _mail(data, source, capture.problems)
    if form := rows.form(capture.media_type):
        return _row(data, form, source, capture.problems)
    if kind and not kind.startswith(_KINDS):
        sentence = f"Files of the kind {kind} are not read."
        if kind == PARQUET:
            if any(problem.code == "unreadable" for problem in capture.problems):
                return _Parts(problems=capture.problems)  # it says so already
            sentence = (
                "A table is not read as a whole; its rows, where they can be told, are reports of their own."
            )
        return _Parts(problems=(*capture.problems, Problem(code="binary", where=source, sentence=sentence)))
    header = next((value for name, value in capture.headers if name.lower() == "content-type"), "")
    text, problems = decode(data, source, header or capture.media_type)
    problems = (*capture.problems, *problems)
    if text is None:
        return _Parts(problems=problems)
    if not text[:1000].strip() and not text.strip():
        empty = Problem(code="empty", where=source, sentence="There is nothing but white space.")
        return _Parts(text=text, problems=(*problems, empty))
    if kind in _HTML:
        return _page(read_page(text, source), source, problems)
    mended = mend(text, source)
    return _plain(mended.text, source, (*problems, *mended.problems))


def _plain(
    text: str,
    source: str,
    problems: tuple[Problem, ...],
    known: tuple[LeftOut, ...] = (),
    title_end: int = 0,
) -> _Parts:
    """The parts of plain text. ``known`` stretches are no part of the article; ``title_end`` is given where the title is known."""
    found = split(text, title_end)
    head = read_head(text, found, source, title_end=title_end)
    if head.title_end and not title_end:
        found = split(text, head.title_end)
    above = [
        part
        for part in head.left_out
        if not any(part.start < one.end and one.start < part.end for one in known)
    ]
    known = tuple(sorted((*above, *known), key=lambda part: part.start))
    return _Parts(
        text=text,
        title=head.title,
        title_end=head.title_end,
        outlet=head.outlet,
        published=head.published,
        basis=head.basis,
        language=language(text, head.language),
        left_out=left_out(text, found, head.title_end, known),
        problems=(*problems, *head.problems),
    )


def _pdf(data: bytes, source: str, problems: tuple[Problem, ...]) -> _Parts:
    pdf = read_pdf(data, source)
    text, pages, heads, title_end, _ = pdf.text
    problems = (*problems, *pdf.problems)
    if not text:
        return _Parts(problems=problems)
    known = tuple(LeftOut(start=start, end=end, why="running_head") for start, end in heads)
    parts = _plain(text, source, problems, known, title_end)
    if parts.published is None:
        # A day with a time is that of the printing.
        lines = (text[start:end][:200] for start, end in heads[:_FIRST_HEADS])
        printed = (dates.find(line) for line in lines if not _TIME.search(line))
        found = next((one.edtf for one in printed if one and one.edtf), None)
        parts = parts._replace(published=found, basis="text" if found else None)
    return parts._replace(pages=pages)


def _mail(data: bytes, source: str, problems: tuple[Problem, ...]) -> _Parts:
    mail = read_mail(data, source)
    problems = (*problems, *mail.problems)
    text, title, title_end = _titled(mail.text, mail.subject or (mail.page and mail.page.title))
    if not text.strip():
        empty = Problem(code="empty", where=source, sentence="The message holds no words.")
        return _Parts(
            title=mail.subject,
            published=mail.published,
            basis="header" if mail.published else None,
            problems=(*problems, empty),
        )
    known = not_its_own(text, title_end)
    parts = _plain(text, source, problems, known, title_end)
    page = mail.page
    shift = len(text) - len(mail.text)
    passages = tuple(
        msgspec.structs.replace(one, start=one.start + shift, end=one.end + shift)
        for one in (page.passages if page else ())
    )
    return parts._replace(
        passages=passages,
        title=title,
        outlet=parts.outlet or (page and page.outlet) or mail.organisation or mail.sender,
        published=mail.published or parts.published,
        basis="header" if mail.published else parts.basis,
    )


def _row(data: bytes, form: rows.Form, source: str, problems: tuple[Problem, ...]) -> _Parts:
    row = read_row(data, form, source)
    problems = (*problems, *row.problems)
    if row.page is not None:
        return _page(row.page._replace(title=row.title or row.page.title), source, problems)
    if not row.text.strip():
        return _Parts(text=row.text, problems=problems)
    text, title, title_end = _titled(row.text, row.title)
    parts = _plain(text, source, problems, (), title_end)
    return parts._replace(title=title or parts.title, outlet=parts.outlet or row.outlet)


def _page(page: Page, source: str, problems: tuple[Problem, ...]) -> _Parts:
    text, title, title_end = _titled(page.text, page.title)
    shift = len(text) - len(page.text)
    found = split(text, title_end)
    head = read_head(text, found, source, title_end=title_end) if title_end else Head()
    published, basis = page.published, page.basis
    if published is None and head.published and not page.parts:
        published, basis = head.published, "text"
    problems = (*problems, *page.problems)
    if not text.strip():
        problems = (*problems, Problem(code="empty", where=source, sentence="The page holds no words."))
    known = head.left_out
    if page.wall is not None and (start := max(page.wall + shift, title_end)) < len(text):
        known = tuple(part for part in known if part.end <= start)
        known = (*known, LeftOut(start=start, end=len(text), why="wall"))
    return _Parts(
        text=text,
        title=title,
        title_end=title_end,
        outlet=page.outlet,
        published=published,
        basis=basis,
        language=language(text, page.language),
        left_out=left_out(text, found, title_end, known),
        problems=problems,
        parts=tuple(
            msgspec.structs.replace(part, start=part.start + shift, end=part.end + shift)
            for part in page.parts
        ),
        passages=tuple(
            msgspec.structs.replace(one, start=one.start + shift, end=one.end + shift)
            for one in page.passages
        ),
    )


def _titled(text: str, title: str | None) -> tuple[str, str | None, int]:
    """The page's text with its title before it, unless it begins with it; the title; and where it ends."""
    first = text.partition("\n")[0]
    if title is None or not _same(first, title):
        return (f"{title}\n\n{text}" if text else title, title, len(title)) if title else (text, None, 0)
    return text, first, len(first)


def _same(line: str, title: str) -> bool:
    """Whether the first line of the text is the title, give or take its marks and the outlet's name behind it."""
    if len(line) > 400:
        return False
    short, long = _LETTERS.sub("", line.casefold()), _LETTERS.sub("", title.casefold())
    return bool(short) and (short == long or (len(short) >= 20 and long.startswith(short)))
