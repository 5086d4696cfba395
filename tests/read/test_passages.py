"""The words of others: block quotations, embedded posts and quotation marks come through and stay marked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.read import read
from bearwitness.record import Capture, Passage, Report, digest

TEXT = (
    "Gunmen came to the market of Kenema on Tuesday, the Lake Guard said, and fired for an hour before they left. "
    "The traders fled to the river, where boats took them to the other bank, and nobody was let back that day."
)
SAID = "Four of our traders are dead and nine are wounded."


def report(body: str) -> Report:
    """The report of an article with ``body`` between two paragraphs."""
    data = (
        f"<html><head><title>Market fired on</title></head><body><article><h1>Market fired on</h1><p>{TEXT}</p>{body}"
        f"<p>{TEXT[::-1][::-1]} It stays shut.</p></article></body></html>"
    ).encode()
    return read(data, Capture(sha256=digest(data), size=len(data), source="x", media_type="text/html"))


def passages(found: Report) -> list[tuple[str, str, str | None, str | None]]:
    """Kind, words, by whom and of what day."""
    return [(one.kind, found.text[one.start : one.end], one.by, one.said) for one in found.passages or ()]


POST = f'<blockquote class="twitter-tweet"><p lang="en">{SAID}</p>&mdash; Northern Column (@ncolumn) <a href="x">March 9, 2021</a></blockquote>'
POSTED = (
    "post",
    f"{SAID}\n— Northern Column (@ncolumn) March 9, 2021",
    "Northern Column (@ncolumn)",
    "2021-03-09",
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<blockquote><p>{SAID}</p></blockquote>", ("quotation", SAID, None, None)),
        (f"<blockquote>{SAID}</blockquote>", ("quotation", SAID, None, None)),
        (f"<blockquote><p>{SAID}</p><footer>— the mayor of Kenema</footer></blockquote>", ("quotation", f"{SAID}\n— the mayor of Kenema", "the mayor of Kenema", None)),
        (f"<figure class='quote'><blockquote>{SAID}</blockquote><figcaption>The mayor</figcaption></figure>", ("quotation", SAID, "The mayor", None)),
        (POST, POSTED),
        (f"<figure class='wp-block-embed is-type-rich'><div class='embed__wrapper'>{POST}</div></figure>", POSTED),
        (f"<div class='social-embed'>{POST}</div>", POSTED),
        (f"<blockquote class='instagram-media'><p>{SAID}</p></blockquote>", ("post", SAID, None, None)),
    ],
)  # fmt: skip
def test_quotations_and_posts_survive_and_stay_marked(
    body: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    """Whatever wraps them, their words are in the text, marked with what they are, whose and of what day."""
    found = report(body)
    assert passages(found) == [expected]
    at = found.text.index(SAID)
    assert found.passage(at) == (found.passages or ())[0]
    assert found.passage(0) is None


def test_several_are_kept_in_order() -> None:
    """Each is found once; what lies between is the outlet's."""
    found = report(f"<blockquote>{SAID}</blockquote><p>Then this was said again.</p>{POST}")
    assert [kind for kind, *_ in passages(found)] == ["quotation", "post"]
    assert found.passage(found.text.index("Then this")) is None


def test_a_pulled_quote_is_the_articles_own_words_again() -> None:
    """It is no passage."""
    assert passages(report(f"<p>{SAID}</p><blockquote class='pullquote'>{SAID}</blockquote>")) == []


def test_quotation_marks_that_a_browser_draws_are_written() -> None:
    """What stands in a quotation element has its marks in the text, and stays in its sentence."""
    found = report(
        "<p>A nurse, who saw them come, said <q>we have <b>no</b> beds</q> and went on to the next.</p>"
    )
    assert "said “we have no beds” and went on" in found.text


@given(st.lists(st.sampled_from(["<blockquote>", "</blockquote>", "<figure>", "<figcaption>x", "</figure>", "<q>", "</q>", POST, SAID, "<cite>", "<p>", "— A (@b)"]), max_size=20))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_any_nesting_gives_passages_in_order(pieces: list[str]) -> None:
    """The record holds that they are in order and inside the text; nothing raises."""
    assert all(isinstance(one, Passage) for one in report("".join(pieces)).passages or ())


def test_many_quotations_in_a_large_page_cost_little() -> None:
    """What wraps a quotation is measured no further than the quotation is long."""
    begin = time.process_time()
    found = report("<div>" + "harbour " * 200_000 + f"<blockquote>{SAID}</blockquote>" * 1_000 + "</div>")
    assert time.process_time() - begin < 8
    assert len(found.passages or ()) <= 300
