"""The main text is trafilatura's to the letter, though readability is not asked where its answer cannot matter."""

from __future__ import annotations

from copy import copy

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from trafilatura import external
from trafilatura.settings import Extractor

from bearwitness.read import main_text as module
from bearwitness.read.main_text import KNOWN, main_text
from bearwitness.read.page import tree_of

TOLD = (
    "Gunmen came to the market of Kenema on Tuesday, the Lake Guard said, and fired for an hour before they left. "
    "The traders fled to the river, where boats took them to the other bank, and nobody was let back that day."
)
ARTICLE = "".join(f"<p>{TOLD} It was the {number}th such day.</p>" for number in range(4))
MENU = "".join(
    f"<li><a href='/{number}'>Section {number} of our pages, with all its stories</a></li>"
    for number in range(50)
)
HEAD = "<html><head><title>Market fired on</title></head><body>"

PAGES = {
    "an article": f"{HEAD}<article><h1>Market fired on</h1>{ARTICLE}</article>",
    "beside a menu": f"{HEAD}<ul>{MENU}</ul><article>{ARTICLE}</article><footer>{TOLD}</footer>",
    "little beside much": f"{HEAD}<div class='x'><p>{TOLD}</p></div><div>{MENU}{MENU}{MENU}{MENU}</div>",
    "without paragraphs": f"{HEAD}<div>{ARTICLE.replace('<p>', '<div>').replace('</p>', '</div>')}</div>",
    "in tables": f"{HEAD}<article><table><tr><td>{TOLD}</td></tr></table><table><tr><td>{TOLD}</td></tr></table></article>",
    "more tables than paragraphs": f"{HEAD}<article><p>{TOLD}</p>{'<table><tr><td>Kenema</td><td>4 dead</td></tr></table>' * 4}</article>",
    "an empty title": f"<html><head><title></title></head><body><article>{ARTICLE}</article>",
    "an empty title in a picture": f"{HEAD}<article><svg><title/></svg>{ARTICLE}</article><div>{TOLD}</div>",
    "words that are no markup": f"{HEAD}<article>{ARTICLE}</article><xmp>{'<b>&lt;' * 400}</xmp>",
    "plain text to the end": f"{HEAD}<article>{ARTICLE}</article><plaintext>{TOLD * 5}",
    "a film": f"{HEAD}<article>{ARTICLE}<iframe src='https://www.youtube.com/embed/x'></iframe></article>",
    "data in a script": f"{HEAD}<script type='application/ld+json'>{{\"articleBody\": \"{TOLD}\"}}</script><p>Short.</p>",
    "a long script": f"{HEAD}<script>{'var x = 1; ' * 900}</script><article>{ARTICLE}</article>",
    "a forum": f'{HEAD}<script type="application/ld+json">{{"@type": "DiscussionForumPosting"}}</script><div class="comments">{ARTICLE}</div>',
    "a few words": f"{HEAD}<p>Nothing here.</p>",
    "nothing": f"{HEAD}<div></div>",
    "times and captions": f"{HEAD}<article><time>3 March</time><figure><figcaption>{TOLD}</figcaption></figure>{ARTICLE}</article>",
}  # fmt: skip
ASKED = {"beside a menu", "little beside much", "more tables than paragraphs"}
"""Those of which readability might make more than twice as much, so that it is asked."""

TWICE = {"little beside much", "data in a script", "a forum", "a few words", "nothing"}
"""Those of which trafilatura gives its whole answer, since little was found."""


def whole(tree: html.HtmlElement) -> str:
    """What trafilatura gives of a page when it does all it does."""
    options = Extractor(output_format="python", comments=False, tables=True, with_metadata=False)
    found = trafilatura.bare_extraction(copy(tree), options=options)
    words = found.text if found is not None else ""
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


@pytest.mark.parametrize("name", PAGES)
def test_the_main_text_is_that_of_trafilatura(name: str) -> None:
    """Also where an element's words would not be markup any more once readability has written them out."""
    tree = tree_of(PAGES[name])
    before = html.tostring(tree)
    assert main_text(tree) == whole(tree)
    assert html.tostring(tree) == before


@pytest.mark.parametrize("name", PAGES)
def test_only_pages_of_little_text_are_read_in_two_goes(name: str) -> None:
    """All others come out of the steps that are known."""
    assert (module._shortly(tree_of(PAGES[name])) is None) == (name in TWICE)


@pytest.mark.parametrize("name", sorted(ASKED | {"an article", "a long script"}))
def test_readability_is_asked_only_where_it_might_find_twice_as_much(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words of the whole page tell how much it could find at most; those of scripts are none."""
    asked = []

    def spy(tree: html.HtmlElement) -> html.HtmlElement:
        asked.append(tree)
        return original(tree)

    original = external.try_readability
    monkeypatch.setattr(external, "try_readability", spy)
    assert main_text(tree_of(PAGES[name]))
    assert bool(asked) == (name in ASKED)


def test_steps_are_known_of_the_release_that_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other release is asked for its result as a whole. Whoever locks another one compares its
    ``trafilatura_sequence`` and ``compare_extraction`` with what stands in ``read/main_text.py``, and names it there.
    """
    assert trafilatura.__version__ == KNOWN
    tree = tree_of(PAGES["an article"])
    monkeypatch.setattr(trafilatura, "__version__", "9.9")
    assert module._shortly(copy(tree)) is None
    assert main_text(tree) == whole(tree)


PIECES = st.sampled_from(
    (f"<p>{TOLD}</p>", TOLD, "<div>", "</div>", "<article>", "</article>", "<section class='menu'>", "</section>",
     "<h2>Heading</h2>", "<title/>", "<title>x</title>", "<xmp>a &lt; b</xmp>", "<table><tr><td>", "</td></tr></table>",
     f"<ul>{MENU[:600]}</ul>", "<br>", "<textarea>", "</textarea>", "<blockquote>", "</blockquote>", "<noframes>",
     "<iframe src='https://vimeo.com/1'/>", "<script>1</script>", "<style>a</style>", "<form>", "</form>", "<span>word</span>",
     "<aside>", "</aside>", "&amp;lt;b&gt; &#13; ", "<noscript>", "</noscript>")
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14))
def test_any_page_gives_the_same_text(pieces: list[str]) -> None:
    """Whatever stands open, nested or between."""
    tree = tree_of(f"{HEAD}<article>{ARTICLE[:900]}{''.join(pieces)}")
    assert main_text(tree) == whole(tree)
