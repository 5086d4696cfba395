"""Which language a text is in: told from a headline on, English never taken for another, another never for English."""

from __future__ import annotations

from pathlib import Path

import pytest

from bearwitness.read import read
from bearwitness.read.language import language
from bearwitness.record import Capture, digest

SENTENCES = Path(__file__).resolve().parents[2] / "bench" / "gold" / "languages.tsv"
LINES = [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines() if line[0] != "#"]


def test_invented_sentences_are_told() -> None:
    """In thirty languages, most of them from one headline; none is taken for English, and English for none."""
    answers = [(code, language(words)) for code, _, words in LINES]
    assert len({code for code, _ in answers}) == 30
    assert [code for code, found in answers if (found == "en") != (code == "en") and found is not None] == []
    assert sum(code == found for code, found in answers) >= len(answers) - 3


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        ("Kenema", None, None),
        ("Kenema", "fr", "fr"),
        ("Dorvale, Halden, Nordhavn, Col. Adan Osei, Maj. Bela Duale, Lt. Ibrahim Koroma", "en", "en"),
        ("湖上渡轮沉没三十人失踪", None, "zh"),
        ("Four traders killed in attack on market", "de", "en"),
        ("7 8 9 10 11 12", None, None),
    ],
)
def test_where_the_text_does_not_tell_the_page_does(
    text: str, declared: str | None, expected: str | None
) -> None:
    """Names and numbers are in no language; letters that English has not need fewer."""
    assert language(text, declared) == expected


def test_a_report_in_another_language_waits() -> None:
    """It is kept whole, with a problem that names the language."""
    data = next(words for code, kind, words in LINES if (code, kind) == ("sw", "report")).encode()
    found = read(data, Capture(sha256=digest(data), size=len(data), source="x", media_type="text/plain"))
    assert found.text.encode() == data
    assert [problem.code for problem in found.problems] == ["unread_language"]
    assert "“sw”" in found.problems[0].sentence
