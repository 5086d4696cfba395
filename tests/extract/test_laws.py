"""What holds of every reading, whatever the text: the span law, short quotes, claims that refer to mentions."""

from __future__ import annotations

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_sentences import CASES, reading_of

from bearwitness.record import COUNTS

SENTENCES = [case["text"] for case in CASES]
HOSTILE = [
    "\u202eAt least 12 people were killed\u202c",
    "\x00",
    "“",
    '"',
    "’s",
    "\u0130",
    "ß" * 20,
    "12,345,678 people killed",
    "1" * 400,
]
FRAGMENTS = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.sampled_from(
        [
            "\n\n",
            "\n",
            " ",
            '" ',
            " said ",
            " killed ",
            " and ",
            ", ",
            ". ",
            "according to ",
            " 12 people ",
            " of ",
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(FRAGMENTS, max_size=12).map(lambda parts: "".join(parts) or "."),
    st.sampled_from([None, "2025-03-04", "2025", "2025-03"]),
)
@example("ON 12 MAY 1989 ANOTHER SEVEN DIED, " * 50, None)
def test_span_law(text: str, published: str | None) -> None:
    """Every claim's and mention's words are the text's own at their offsets, in a sentence of any text."""
    reading = reading_of(text, published)
    mentions = {mention.id for mention in reading.mentions}
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.anchor
        if mention.place is not None:
            assert text[mention.place.start : mention.place.end] == mention.place.words
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.words
        assert claim.mention in mentions
        assert len(claim.words.split()) <= 25
        if claim.about in COUNTS and claim.whom is not None:
            assert claim.whom in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_reading_is_a_function_of_the_text(sentences: list[str]) -> None:
    """The same text gives the same mentions and claims, ids included."""
    text = "\n\n".join(sentences)
    assert reading_of(text) == reading_of(text)


def test_no_year_is_ever_made_up() -> None:
    """Without a publication date, a day and month keep their year unknown."""
    reading = reading_of("On October 17, a bomb killed 12 people in Kenema.")
    assert [mention.date for mention in reading.mentions] == ["XXXX-10-17"]


def test_silence_is_not_zero() -> None:
    """A report that gives no number gives no count; "no one was killed" gives zero."""
    silent = reading_of("A bomb exploded in Kenema on Monday, police said.")
    assert not [claim for claim in silent.claims if claim.about in COUNTS]
    stated = reading_of("A bomb exploded in Kenema. No one was killed.")
    assert [(c.about, c.low, c.high) for c in stated.claims if c.about in COUNTS] == [("killed", 0, 0)]


def test_long_text_takes_time_in_proportion() -> None:
    """Eight times the text takes no more than some twenty times as long: no rule is quadratic in the text."""
    one = " ".join(SENTENCES[:120])

    def seconds(text: str) -> float:
        best = []
        for _ in range(2):
            began = time.perf_counter()
            reading_of(text)
            best.append(time.perf_counter() - began)
        return min(best)

    assert seconds("\n\n".join([one] * 8)) < 20 * max(seconds(one), 0.05)


def test_a_sentence_without_end_is_read_in_bounded_time() -> None:
    """A megabyte without a full stop, or of digits, or of quotation marks, is read in seconds."""
    for text in (
        "killed " * 60_000,
        "9" * 400_000 + " people were killed",
        '"' * 200_000,
        "(" * 200_000 + " killed 3",
    ):
        began = time.process_time()
        reading_of(text)
        assert time.process_time() - began < 20


def test_a_number_too_large_is_a_problem_and_no_count() -> None:
    """A number no crowd can have is reported and dropped, and its noun does not become a vague count."""
    reading = reading_of("A raid killed 99999999999 people in Kenema and wounded two, police said.")
    assert [(c.about, c.low, c.high) for c in reading.claims if c.about in COUNTS] == [("injured", 2, 2)]
    assert [problem.code for problem in reading.problems] == ["bad_number"]
