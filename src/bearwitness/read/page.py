"""A web page: its article and what it says of itself.

trafilatura finds the main text; title, outlet and date are taken from the page's structured data, then from
its address, then from what stands in it, and the date says which.
"""

from __future__ import annotations

import logging
import re
from typing import Any, NamedTuple

from bearwitness.read import dates, markup
from bearwitness.record import Problem, PublishedBasis

_SHORTEST = 80  # characters; less is no article
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # what a parsed tree cannot hold

# What trafilatura and lxml are known to raise on pages that no author meant.
_PAGE_FAILURES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)

_DATE_NAMES_TEXT = """
article:published_time article:published article:published_date og:published_time og:article:published_time
datepublished date_published dc.date dc.date.issued dc.date.published dcterms.date dcterms.created
dcterms.issued dc.date.created date publish-date publish_date publishdate pubdate publication_date
publicationdate parsely-pub-date sailthru.date cxenseparse:recs:publishtime citation_publication_date
article.published originalpublicationdate published_time published-date displaydate dc.terms.date
bt:pubdate analyticsattributes.articledate article_date_original rnews:datepublished
"""
_DATE_NAMES = frozenset(_DATE_NAMES_TEXT.split())
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_URL_DATE = re.compile(r"[/_-]((?:19|20)\d\d)([/_-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")
_FETCHED = re.compile(r"(?:^|#)(https?://.*)", re.DOTALL)  # by itself, or in a web archive
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?=/)")


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
    published, basis = _published(tree, source)
    title, outlet = _names(tree)
    text = _main_text(tree)
    problems: tuple[Problem, ...] = ()
    if len(text) < _SHORTEST:
        whole = markup.strip(page)
        if len(whole) > len(text):
            text, problems = whole, (_no_main_text(source),)
    return Page(text, title, outlet, published, basis, tree.get("lang"), problems)


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


def _published(tree: Any, source: str) -> tuple[str | None, PublishedBasis | None]:
    """The date of publication and where it stands: structured data, then the address, then a date beside the
    title. A year of copyright, a date of change and today are none of these."""
    for words in _structured(tree):
        value = dates.edtf(words)
        if value and value > "1500":
            return value, "structured"
    for address in _addresses(tree, source):
        match = _URL_DATE.search(address)
        if match and (value := dates.day_of(int(match[1]), int(match[3]), int(match[4]))):
            return value, "url"
    value = _in_text(tree)
    if value:
        return value, "text"
    for address in _addresses(tree, source):
        if month := _URL_MONTH.search(address):
            return f"{month[1]}-{month[2]}", "url"
    return None, None


def _structured(tree: Any) -> list[str]:
    """What the page's own data give as its date of publication, the most explicit first."""
    found: list[str] = []
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name in _DATE_NAMES:
            found.append(meta.get("content") or meta.get("datetime") or "")
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            found += [match[1] for match in _LD_DATE.finditer(script.text[:500_000])][:1]
    for element in tree.iter("time", "span", "abbr", "div"):
        marked = (element.get("itemprop") or "").lower() == "datepublished" or element.get(
            "pubdate"
        ) is not None
        if marked:
            found.append(element.get("datetime") or element.get("content") or element.get("title") or "")
            found.append((element.text or "")[:100])
    return found


def _addresses(tree: Any, source: str) -> list[str]:
    """The page's own address, as it states it and as it was fetched."""
    found = [
        link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    found += [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:url"]
    if fetched := _FETCHED.search(source):
        found.append(fetched[1])
    return [address[:500] for address in found]


def _in_text(tree: Any) -> str | None:
    """htmldate's reading of the page's visible elements, if that very date is written out in one of them."""
    from htmldate import find_date  # slow to import

    _hush()
    try:
        value = find_date(tree, extensive_search=False, original_date=True, url="", max_date="2199-12-31")
    except _PAGE_FAILURES:
        return None
    if not value:
        return None
    written = (
        element.text_content()
        for element in tree.iter(
            "time",
            "span",
            "div",
            "p",
            "h1",
            "h2",
            "li",
            "em",
            "small",
            "td",
            "b",
            "i",
            "a",
            "strong",
            "abbr",
            "footer",
            "header",
        )
    )
    for words in written:
        if 6 <= len(words) <= 200:
            for found in dates.find_all(words):
                if found.edtf == value:
                    return str(value)
    stamped = (element.get("datetime") or "" for element in tree.iter("time"))
    return str(value) if any(words.startswith(str(value)) for words in stamped) else None


def _hush() -> None:
    """Keep the libraries' warnings off the terminal: what they found wrong is a problem of the report."""
    for name in ("trafilatura", "htmldate", "charset_normalizer"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
