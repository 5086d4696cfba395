"""A web page: its article and what it says of itself.

trafilatura finds the main text; title, outlet and date are taken from the page's structured data, then from
its address, then from what stands in it, and the date says which.
"""

from __future__ import annotations

import logging
import re
from typing import Any, NamedTuple

from bearwitness.read import markup
from bearwitness.read.published import published
from bearwitness.record import Problem, PublishedBasis

_SHORTEST = 80  # characters; less is no article
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # what a parsed tree cannot hold

# What trafilatura and lxml are known to raise on pages that no author meant.
_PAGE_FAILURES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)


class Page(NamedTuple):
    """What a page holds. ``text`` has a line for each paragraph."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    basis: PublishedBasis | None = None
    language: str | None = None
    problems: tuple[Problem, ...] = ()


def read_page(page: str, source: str) -> Page:
    """The article of ``page`` (HTML as characters). Never raises: a page that cannot be parsed is stripped of its
    tags, and the problem says so."""
    page = _NOT_XML.sub("", page)
    reason = markup.why_not(page)
    if reason:
        sentence = f"The page is not parsed because {reason}; all of its words are kept, without its tags."
        return _stripped(page, Problem(code="too_deep", where=source, sentence=sentence))
    tree = _tree(page)
    if tree is None:
        return _stripped(page, _no_main_text(source))
    # The date first: finding the main text changes the tree.
    _hush()
    day, basis = published(tree, source)
    title, outlet = _names(tree)
    text = _main_text(tree)
    problems: tuple[Problem, ...] = ()
    if len(text) < _SHORTEST:
        whole = markup.strip(page)
        if len(whole) > len(text):
            text, problems = whole, (_no_main_text(source),)
    return Page(text, title, outlet, day, basis, tree.get("lang"), problems)


def _no_main_text(source: str) -> Problem:
    sentence = "No article was found in the page; all of its words are kept instead."
    return Problem(code="no_main_text", where=source, sentence=sentence)


def _stripped(page: str, problem: Problem) -> Page:
    return Page(markup.strip(page), title=markup.title(page), problems=(problem,))


def _tree(page: str) -> Any:
    """The page as an lxml tree, or None if it holds no element."""
    from lxml import etree, html  # slow to import; plain text does not need it

    # As trafilatura parses (it loses text after comments), and huge_tree, without which a text of more than ten
    # million characters is dropped in silence.
    parser = html.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        default_doctype=False,
    )
    try:
        tree = html.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if len(tree) else None


def _main_text(tree: Any) -> str:
    from trafilatura import bare_extraction  # slow to import

    _hush()
    try:
        found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    except _PAGE_FAILURES:
        return ""
    words: str = (found.text or "") if found is not None and not isinstance(found, dict) else ""
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


def _names(tree: Any) -> tuple[str | None, str | None]:
    """Title and outlet."""
    from trafilatura import extract_metadata  # slow to import

    _hush()
    # A fixed last day, since the clock must not decide; the date itself is not taken from here.
    settings = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}
    try:
        found = extract_metadata(tree, date_config=settings, extensive=False)
    except _PAGE_FAILURES:
        return None, None
    title = " ".join((found.title or "").split()) or None
    outlet = re.sub(r"^https?://(?:www\.)?", "", " ".join((found.sitename or "").split())) or None
    return _without_outlet(title, outlet), outlet


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name before or behind it ("Two hurt in blaze - Example Times")."""
    if not title or not outlet:
        return title
    name = re.escape(outlet)
    short = re.sub(
        rf"\s*[|–—:»·•-]+\s*{name}\s*$|^\s*{name}\s*[|–—:»·•-]+\s*", "", title, flags=re.IGNORECASE
    )
    return short or title


def _hush() -> None:
    """Keep the libraries' warnings off the terminal: what they found wrong is a problem of the report."""
    for name in ("trafilatura", "htmldate", "charset_normalizer"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
