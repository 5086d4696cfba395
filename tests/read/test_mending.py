"""Text once read in the wrong encoding: mended where the whole of it agrees, else left and named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.read import read
from bearwitness.read.mending import mend
from bearwitness.record import Capture, Report, digest

GOOD = "“Nobody slept,” Zoë Ångström said – it’s over, and the harbour of Kenema is shut until Friday."
OPEN = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def damaged(text: str) -> str:
    """``text`` written as UTF-8 and read as cp1252."""
    return "".join(
        chr(byte) if byte < 0x80 or byte in OPEN else bytes([byte]).decode("cp1252") for byte in text.encode()
    )


def report(text: str, kind: str = "text/plain") -> Report:
    """The report of a text or page."""
    data = text.encode()
    return read(data, Capture(sha256=digest(data), size=len(data), source="x", media_type=kind))


def codes(found: Report) -> list[str]:
    """Its problem codes."""
    return [problem.code for problem in found.problems]


def test_a_text_that_agrees_throughout_is_mended() -> None:
    """The problem says what was done; the text kept is the mended one."""
    found = report(damaged(GOOD))
    assert (found.text, codes(found)) == (GOOD, ["mojibake_mended"])
    assert "“â€œ” to ““”" in found.problems[0].sentence


def test_a_page_is_mended_with_its_title_and_quotations() -> None:
    """Whatever else stands on the page, what counts is the title and the article."""
    page = (
        f"<html><head><title>{damaged('Kenema’s harbour')}</title></head><body><article><h1>{damaged('Kenema’s harbour')}</h1>"
        f"<p>{damaged(GOOD)}</p><blockquote>{damaged('It’s a bad day, that’s all.')}</blockquote><p>{damaged(GOOD)}</p></article>"
        "<footer>© Coast Wire · 2021</footer></body></html>"
    )
    found = report(page, "text/html")
    assert found.title == "Kenema’s harbour"
    assert codes(found) == ["mojibake_mended"]
    assert "Â" not in found.text
    assert [found.text[one.start : one.end] for one in found.passages or ()] == [
        "It’s a bad day, that’s all."
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (damaged(GOOD) + " – the end", ["mojibake"]),
        (damaged(GOOD) + " the end…", ["mojibake"]),
        ("The sign Ã© stands for an accent that was lost on its way to Kenema.", []),
        ("The sign â€™ stands for an apostrophe that was lost on its way to Kenema.", []),
        (GOOD, []),
        ("Kenema is quiet.", []),
        ("João and Zoë said Ângela’s house is “À la plage”.", []),
    ],
)
def test_a_text_that_does_not_agree_is_left_as_it_is(text: str, expected: list[str]) -> None:
    """One good sign among the damaged, or one damaged as an example, and nothing is touched."""
    found = report(text)
    assert (found.text, codes(found)) == (text, expected)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_what_is_good_is_never_mended_into_something_else(text: str) -> None:
    """What comes out, damaged again, is what went in."""
    found = mend(text, "x")
    assert found.text == text or damaged(found.text) == text
