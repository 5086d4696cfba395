"""A web page: its article and what it says of itself.

trafilatura finds the main text; title, outlet and date are taken from the page's structured data, then from
its address, then from what stands in it, and the date says which.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any, NamedTuple

from bearwitness.read import live, markup, quotes, walls
from bearwitness.read.entries import Entry, entries
from bearwitness.read.main_text import main_text
from bearwitness.read.mending import Mended, mend
from bearwitness.read.names import heading, names
from bearwitness.read.published import published
from bearwitness.record import Part, Passage, Problem, PublishedBasis

_SHORTEST = 80  # characters; less is no article
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # what a parsed tree cannot hold
_CONTROLS = bytes(code for code in range(128) if _NOT_XML.match(chr(code)))


class Page(NamedTuple):
    """What a page holds. ``text`` has a line for each paragraph; from ``wall`` on it is no article (None: all is)."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    basis: PublishedBasis | None = None
    language: str | None = None
    problems: tuple[Problem, ...] = ()
    parts: tuple[Part, ...] = ()
    passages: tuple[Passage, ...] = ()
    wall: int | None = None


def read_page(page: str, source: str) -> Page:
    """The article of ``page`` (HTML as characters). Never raises: a page that cannot be parsed is stripped of its
    tags, and the problem says so."""
    page = _holdable(page)
    reason = markup.why_not(page)
    if reason:
        sentence = f"The page is not parsed because {reason}; all of its words are kept, without its tags."
        return _stripped(page, Problem(code="too_deep", where=source, sentence=sentence))
    tree = tree_of(page)
    if tree is None:
        return _stripped(page, _no_main_text(source))
    # What is looked at first: finding the main text changes the tree.
    _hush()
    day, basis = published(tree, source)
    title, outlet = names(tree)
    known = walls.facts(tree, page)
    quoted = quotes.prepare(tree)
    lead, several = entries(tree, title, day)
    titles = {one.title or "" for one in several} | {post.title or "" for post in live.posts(tree)}
    title = heading(tree, outlet, titles) if title in titles else title
    text = "" if several else main_text(tree)
    language = tree.get("lang")
    if several:
        return _several(lead, several, quoted, Page("", title, outlet, day, basis, language), source)
    whole = markup.strip(page) if len(text) <= walls.SHORT else text
    problems: tuple[Problem, ...] = ()
    if len(text) < _SHORTEST and len(whole) > len(text):
        text, problems = whole, (_no_main_text(source),)
    found = Page(text, title, outlet, day, basis, language, problems)
    wall = walls.wall(text, title, whole, known, source)
    if wall is not None:
        passages = quotes.locate(text[: wall.start], quoted)
        return found._replace(problems=(wall.problem,), wall=wall.start, passages=passages)
    return _one(found, quoted, source)


def _one(page: Page, quoted: list[quotes.Quote], source: str) -> Page:
    """``page``, which is one article, mended where that is certain, with its quotations."""
    mended = mend(f"{page.title or ''}\n{page.text}", source)
    title, _, text = mended.text.partition("\n")
    return page._replace(
        title=title or None,
        text=text,
        problems=(*page.problems, *mended.problems),
        passages=_passages(text, quoted, mended),
    )


def _passages(text: str, quoted: list[quotes.Quote], mended: Mended) -> tuple[Passage, ...]:
    """Where the quotations stand in ``text``, whose words are those of ``mended``."""
    if mended.problems:
        quoted = [
            one._replace(words=mend(one.words, "").text, by=one.by and mend(one.by, "").text)
            for one in quoted
        ]
    return quotes.locate(text, quoted)


def _several(
    lead: tuple[str, ...], several: tuple[Entry, ...], quoted: list[quotes.Quote], page: Page, source: str
) -> Page:
    """``page`` with the texts it holds, a blank line between them, mended and with their quotations as one article."""
    lines = [page.title or "", *lead, *(line for entry in several for line in entry.lines)]
    mended = mend("\n".join(lines), source)
    lines = mended.text.split("\n")
    at = 1 + len(lead)
    text = "\n".join(lines[1:at])
    parts = []
    for entry in several:
        own = lines[at : at + len(entry.lines)]
        at += len(own)
        text += "\n\n" if text else ""
        start = len(text)
        text += "\n".join(own)
        title = own[0] if entry.title else None
        parts.append(Part(start=start, end=len(text), published=entry.published, title=title))
    return page._replace(
        title=lines[0] or None,
        text=text,
        problems=mended.problems,
        parts=tuple(parts),
        passages=_passages(text, quoted, mended),
    )


def _no_main_text(source: str) -> Problem:
    sentence = "No article was found in the page; all of its words are kept instead."
    return Problem(code="no_main_text", where=source, sentence=sentence)


def _stripped(page: str, problem: Problem) -> Page:
    return Page(markup.strip(page), title=markup.title(page), problems=(problem,))


def _holdable(page: str) -> str:
    """``page`` without what a parsed tree cannot hold. The pattern is slow to find nothing, as it mostly does."""
    if page.isascii():
        raw = page.encode("ascii")
        return page if len(raw.translate(None, _CONTROLS)) == len(raw) else _NOT_XML.sub("", page)
    return _NOT_XML.sub("", page)


def tree_of(page: str) -> Any:
    """The page as an lxml tree, or None if it holds no element."""
    from lxml import etree, html  # slow to import; plain text does not need it

    # As trafilatura parses (it loses text after comments), and huge_tree, without which a text of more than ten
    # million characters is dropped in silence.
    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        default_doctype=False,
    )
    parser.set_element_class_lookup(_classes())
    try:
        tree = html.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if len(tree) else None


@cache
def _classes() -> Any:
    """lxml.html's element for every tag. Its own parser asks a function in Python at each look at an element, so as to
    give forms and their fields classes of their own, which nothing here needs."""
    from lxml import etree, html

    return etree.ElementDefaultClassLookup(
        element=html.HtmlElement,
        comment=html.HtmlComment,
        pi=html.HtmlProcessingInstruction,
        entity=html.HtmlEntity,
    )


@cache
def _hush() -> None:
    """Keep the libraries' warnings off the terminal: what they found wrong is a problem of the report."""
    for name in ("trafilatura", "htmldate", "charset_normalizer"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
