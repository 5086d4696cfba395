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


@pytest.mark.parametrize("encoding", ["koi8_r", "gb18030", "big5", "euc_kr"])
def test_no_language_is_stated_of_words_whose_encoding_was_guessed(encoding: str) -> None:
    """The words may be others altogether: the report waits, and its language is not told."""
    words = {
        "koi8_r": "Взрыв на рынке в Кенеме убил двенадцать человек, сообщила полиция во вторник. Ещё трое ранены.",
        "gb18030": "警方称，周一凯内马市场发生炸弹爆炸，造成十二人死亡。另有三人受伤，正在医院接受治疗。",
        "big5": "警方稱，週一凱內馬市場發生炸彈爆炸，造成十二人死亡。另有三人受傷，正在醫院接受治療。",
        "euc_kr": "경찰은 월요일 케네마 시장에서 폭탄이 터져 열두 명이 숨졌다고 밝혔다. 세 명이 다쳤다.",
    }[encoding]
    data = words.encode(encoding)
    found = read(data, Capture(sha256=digest(data), size=len(data), source="x", media_type="text/plain"))
    codes = [problem.code for problem in found.problems]
    assert found.language == "und"
    assert codes[0] == "guessed_encoding"
    assert codes[-1] == "unread_language"


def test_a_few_marks_in_doubt_leave_the_language_told() -> None:
    """A text in mostly plain letters is the same in any encoding that it may have."""
    data = "Bewaffnete haben am Dienstag vier Händler auf dem Markt von Kenema getötet, teilte die Seewache mit.".encode("cp1252")  # fmt: skip
    found = read(data, Capture(sha256=digest(data), size=len(data), source="x", media_type="text/plain"))
    assert found.language == "de"
