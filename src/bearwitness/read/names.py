"""What a page and its outlet are called: from its meta tags, its structured data, its headings, its address.

This is trafilatura's reading of title and site name, step for step, without what it reads besides: authors, tags,
licence and a date take it four times as long, and nothing here needs them.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from typing import Any

# What trafilatura and lxml are known to raise on pages that no author meant.
_PAGE_FAILURES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)

_HOST = re.compile(r"https?://(?:www\.|w[0-9]+\.)?([^/]+)")
_LONGEST = 10_000  # characters of a name


def names(tree: Any) -> tuple[str | None, str | None]:
    """Title and outlet of the page ``tree``; the title without the outlet's name before or behind it."""
    try:
        title, site = _said(tree)
    except _PAGE_FAILURES:
        return None, None
    title = " ".join((title or "").split()) or None
    outlet = re.sub(r"^https?://(?:www\.)?", "", " ".join((site or "").split())) or None
    return _without_outlet(title, outlet), outlet


def heading(tree: Any, outlet: str | None, texts: set[str]) -> str | None:
    """The title of a page of several ``texts``, given by their titles: its own heading, since structured data name the
    page and each of its texts alike."""
    told = [head.text_content() for head in tree.iter("h1")]
    told += [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    told += [head.text_content() for head in tree.iter("title")]
    lines = (_without_outlet(" ".join(words.split())[:_LONGEST], outlet) for words in told)
    return next((line for line in lines if line and line not in texts), None)


def _said(tree: Any) -> tuple[str | None, str | None]:
    """Title and site name as ``trafilatura.extract_metadata`` gives them."""
    from trafilatura import metadata  # slow to import

    found = metadata.examine_meta(tree)
    with suppress(*_PAGE_FAILURES):  # what was found before the structured data broke stands
        found = metadata.extract_meta_json(tree, found)
    title = found.title or metadata.extract_title(tree)
    site = found.sitename or metadata.extract_sitename(tree)
    if site:
        site = site.lstrip("@")
        if site and "." not in site and not site[0].isupper():
            site = site.title()
    elif address := found.url or metadata.extract_url(tree, None):
        match = _HOST.match(address)
        site = match[1] if match else site
    return _trimmed(title), _trimmed(site)


def _trimmed(words: str | None) -> str | None:
    from trafilatura.utils import line_processing

    if words and len(words) > _LONGEST:
        words = words[: _LONGEST - 1] + "…"
    return line_processing(unescape(words)) if words else words


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name before or behind it ("Two hurt in blaze - Example Times")."""
    if not title or not outlet:
        return title
    name = re.escape(outlet)
    short = re.sub(
        rf"\s*[|–—:»·•-]+\s*{name}\s*$|^\s*{name}\s*[|–—:»·•-]+\s*", "", title, flags=re.IGNORECASE
    )
    return short or title
