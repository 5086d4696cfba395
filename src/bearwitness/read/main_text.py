"""The main text of a page, as trafilatura finds it, without asking for what cannot matter.

trafilatura compares what it found with what readability finds, and measures the whole page to see whether it found little
of it. Both cost as much as a third of its own search, and neither can be known to matter before it is done, unless one
counts: no text taken out of a page is longer than all of the page's words. Where that many would not be enough, they are
not asked for, and the result is the same.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any

KNOWN = "2.3.1"
"""The release of trafilatura whose steps are known here; any other is asked for its result and no more."""

# What trafilatura and lxml are known to raise on pages that no author meant.
_PAGE_FAILURES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)
# Elements whose content is no markup. readability writes its text out and parses it again: an empty one would swallow
# what follows as text, tags and all, and one with signs of markup grow. Scripts, styles and forms it throws out first.
_RAW = ("xmp", "noembed", "noframes", "plaintext")
_UNSEEN = ("script", "style")


def main_text(tree: Any) -> str:
    """The lines of the main text of ``tree``, which is an HTML page; none where it has none. The tree stays as it is."""
    try:
        words = _shortly(copy(tree))
    except _PAGE_FAILURES:
        words = None
    if words is None:
        words = _at_length(tree)
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


def _at_length(tree: Any) -> str:
    """What trafilatura gives when asked for the main text."""
    from trafilatura import bare_extraction  # slow to import

    try:
        found = bare_extraction(tree, options=_options())
    except _PAGE_FAILURES:
        return ""
    words: str = (found.text or "") if found is not None and not isinstance(found, dict) else ""
    return words


def _shortly(tree: Any) -> str | None:
    """The same, where trafilatura's first answer is its last; None where it might not be. Changes the tree.

    These are the first steps of ``trafilatura.core.trafilatura_sequence``, for pages that are no forum's.
    """
    import trafilatura  # slow to import
    from trafilatura import core, external, htmlprocessing, main_extractor, xml, xpaths

    options = _options()
    if trafilatura.__version__ != KNOWN or core._forum_thread_page(tree):
        return None
    tree = htmlprocessing.prune_unwanted_nodes(tree, xpaths.RAW_TREE_PRUNE_XPATH)
    tree = htmlprocessing.prune_unwanted_nodes(tree, xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH)
    most = _most(tree)
    if most < options.min_extracted_size:
        return None
    cleaned, uncleaned = core._prepare_tree(tree, options, None)
    body, text = main_extractor.extract_content(cleaned, options)
    if not _stands(tree, most, body, text):
        body, text = external.compare_extraction(uncleaned, copy(tree), body, text, options)
    if len(text) < options.min_extracted_size or _is_little(tree, most, text):
        return None
    words: str = xml.xmltotxt(body, options.formatting)
    return words


def _most(tree: Any) -> int:
    """How many characters a text taken out of ``tree`` may have at most, its white space collapsed, wherever its pieces
    are joined and whichever are left out. Scripts and styles are in none."""
    everything = len(" ".join(" ".join(tree.itertext()).split()))
    for element in tree.iter(*_UNSEEN):
        if unseen := " ".join((element.text or "").split()):
            everything -= len(unseen) + 1
    return everything


def _stands(tree: Any, most: int, body: Any, text: str) -> bool:
    """Whether trafilatura keeps its own ``text`` whatever readability and justext would find: what its
    ``compare_extraction`` asks, with the most that readability could have found."""
    from trafilatura.external import SANITIZED_XPATH
    from trafilatura.readability_lxml import REGEXES

    if len(text) < _options().min_extracted_size or most > 2 * len(text):
        return False
    if not body.xpath(".//p//text()") or len(body.findall(".//table")) > len(body.findall(".//p")):
        return False
    if body.xpath(SANITIZED_XPATH):
        return False  # justext is asked
    if next(tree.iter(*_RAW), None) is not None:
        return False
    if any(not title.text or len(title) for title in tree.iter("title")):
        return False
    return not any(REGEXES["videoRe"].search(frame.get("src") or "") for frame in tree.iter("iframe"))


def _is_little(tree: Any, most: int, text: str) -> bool:
    """Whether trafilatura holds its ``text`` to be so little of the page that it looks again."""
    from trafilatura import core
    from trafilatura.baseline import html2txt

    if len(text) >= core.ESCALATION_MAX_LENGTH or len(text) >= core.ESCALATION_PAGE_SHARE * most:
        return False
    return bool(len(text) < core.ESCALATION_PAGE_SHARE * len(html2txt(tree)))


@cache
def _options() -> Any:
    """How trafilatura finds the main text; made once, since it reads its settings each time."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", comments=False, tables=True, with_metadata=False)
