"""The demonstration's site, opened from the file system in a real browser, as a phone and as a desk see it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Tab, browser

pytestmark = pytest.mark.browser

WIDTHS = (390, 1280)
# The one thing a page is allowed to be wider than the window by: rounding.
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
OUTLINE = """({
    language: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    mains: document.querySelectorAll('main').length,
    unnamed: [...document.querySelectorAll('img:not([alt]), svg[role=img]:not([aria-label]):not([aria-labelledby])')]
        .length,
    hollow: [...document.querySelectorAll('a[href]')]
        .filter(link => !(link.textContent.trim() || link.ariaLabel || link.querySelector('[aria-label], title')))
        .length,
    inline: document.querySelectorAll('script:not([src])').length,
})"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every page of a site made by ``bearwitness demo``."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    subprocess.run([sys.executable, "-m", "bearwitness", "demo", "--out", str(folder)], check=True)
    found = sorted((folder / "site").rglob("*.html"))
    assert len(found) > 30, "a front page, eight incidents and twenty-five reports at least"
    return found


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """One tab for all the tests."""
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_and_ask_nothing_of_the_network(pages: list[Path], tab: Tab, width: int) -> None:
    """At this width no page is wider than the window, complains in the console or asks for anything outside."""
    tab.requests.clear()
    tab.complaints.clear()
    wide = {}
    for page in pages:
        tab.open(page, width)
        over = tab.value(OVERFLOW)
        if over > 1:
            wide[page.name] = over
    assert not wide, f"wider than {width} pixels, by: {wide}"
    assert len(tab.requests) >= len(pages)
    assert not [address for address in tab.requests if not address.startswith(("file:", "data:"))]
    assert not tab.complaints


def test_pages_can_be_read_aloud(pages: list[Path], tab: Tab) -> None:
    """Every page has a language, a title, one main heading and main part, and names for pictures and links."""
    wrong = {}
    for page in pages:
        tab.open(page, WIDTHS[0])
        seen = tab.value(OUTLINE)
        good = seen["language"] and seen["title"] and seen["headings"] == 1 and seen["mains"] == 1
        if not good or seen["unnamed"] or seen["hollow"] or seen["inline"]:
            wrong[page.name] = seen
    assert not wrong
