"""Numbers that are ages count nobody but the one whose age it is."""

from __future__ import annotations

import pytest

from bearwitness.extract.ages import told_as_ages
from bearwitness.record import Claim, Mention, Reading, Report, digest


def counted(text: str, words: str, number: int, *, low: int | None = None) -> list[tuple[int | None, int | None, str | None]]:  # fmt: skip
    """The counts that are left of one of so many, read in these words: low, high and whom."""
    report = Report(
        capture="c" + digest(text.encode())[:32], reader="read/test", source="a.txt", text=text,
        text_sha256=digest(text.encode()), language="en",
    )  # fmt: skip
    mention = Mention(report=report.id, kind="attack", status="occurred", anchor=text[:3], start=0, end=3)
    start = text.index(words)
    claim = Claim(
        report=report.id, mention=mention.id, about="injured", stance="asserts", words=words, start=start,
        end=start + len(words), low=number if low is None else low, high=number,
    )  # fmt: skip
    found = told_as_ages(report, Reading(mentions=(mention,), claims=(claim,)))
    for one in found.claims:
        assert text[one.start : one.end] == one.words
    return [(one.low, one.high, one.whom) for one in found.claims]


@pytest.mark.parametrize(
    ("text", "words", "number", "who"),
    [
        ("Boy, 7, dies after shooting in Torvale", "7, dies", 7, "Boy"),
        ("Torvale shooting victim, 18, dies", "18, dies", 18, "shooting victim"),
        ("Mira Tolland, 10, was pronounced dead there.", "10, was pronounced dead", 10, "Mira Tolland"),
        (
            "Near the mill in Torvale, on the way home, Mira Tolland, 10, was hurt.",
            "10, was hurt",
            10,
            "Mira Tolland",
        ),
        ("A third man, 21, was taken to a hospital.", "21, was taken", 21, "third man"),
    ],
)
def test_an_age_beside_a_person_counts_that_one(text: str, words: str, number: int, who: str) -> None:
    assert counted(text, words, number) == [(1, 1, who)]


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("Two men, ages 28 and 22, were wounded.", "22, were wounded", 22),
        ("One man, age 18, was wounded in the leg.", "18, was wounded", 18),
        ("Ansel Dorrim and Jory Pell, both 16, were hurt.", "16, were hurt", 16),
        ("Five men between the ages of 21 and 58 were shot.", "58 were shot", 58),
    ],
)
def test_ages_in_a_list_count_nobody(text: str, words: str, number: int) -> None:
    assert counted(text, words, number) == []


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("Police: 3 dead, 12 wounded in Torvale", "12 wounded", 12),
        ("In Port Torvale, 12, including a child, were hurt.", "12, including a child, were hurt", 12),
        ("A bomb hurt 12, police said.", "hurt 12", 12),
        ("All 14, among them a baby, were wounded.", "14, among them a baby, were wounded", 14),
        ("In Port Torvale, 12, the police said, were hurt.", "12, the police said, were hurt", 12),
        ("Of the men 4, all farmers, were hurt.", "4, all farmers, were hurt", 4),
    ],
)
def test_a_number_of_persons_stays_one(text: str, words: str, number: int) -> None:
    assert counted(text, words, number) == [(number, number, None)]


def test_a_shot_one_may_have_died_as_before() -> None:
    assert counted("Jory Pell, 16, was shot in the head.", "16, was shot", 16, low=0) == [(0, 1, "Jory Pell")]
