"""Who says what: the speaker's words and the stretches said, in invented sentences."""

from __future__ import annotations

import pytest

from bearwitness.extract.attributions import attributions
from bearwitness.extract.quoting import said
from bearwitness.extract.survey import Survey
from bearwitness.extract.text import Sentence, plain
from bearwitness.extract.tokens import tokens
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import Report, digest

GAZETTEER = Gazetteer.open()


def attributed(text: str) -> list[tuple[str, str]]:
    """The speaker and the words of each attribution, stretches joined by a bar."""
    report = Report(
        capture="c", reader="t", source="t", text=text, text_sha256=digest(text.encode()), language="en"
    )
    found = said(Survey(report, plain(text), GAZETTEER, every=True))
    for one in found:
        for start, end in one.content + ((one.cue,) if one.cue else ()):
            assert 0 <= start < end <= len(text)
    return [(one.words, " | ".join(text[a:b] for a, b in one.content)) for one in found]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("The mayor said on Monday that the bridge had fallen.", "The mayor", "that the bridge had fallen"),
        ("The bridge had fallen, the mayor said.", "the mayor", "The bridge had fallen"),
        ('"We are cold," said Ada Example, head of the clinic.', "Ada Example", '"We are cold,"'),
        ("According to the clinic, four men died.", "the clinic", "four men died"),
        ("The mayor, who served two terms and later left, said he would go.", "The mayor", "he would go"),
        ("The mayor told reporters that he would go.", "The mayor", "that he would go"),
        ("Dora Lynn wants to open the road.", "Dora Lynn", "open the road"),
        ("Dora Lynn is convinced that the road is safe.", "Dora Lynn", "that the road is safe"),
        ("The residents have called for a new inquiry.", "The residents", "a new inquiry"),
        ("As the mayor said, the road is safe.", "the mayor", "the road is safe"),
    ],
)
def test_one_attribution(text: str, speaker: str, words: str) -> None:
    """The speaker before or after the cue, and what is said without speaker, cue, day or listener."""
    assert (speaker, words) in attributed(text)


def test_a_pronoun_speaks_for_its_antecedent() -> None:
    """ "She said" is the woman who spoke before."""
    text = "Ada Example said the well was dry. She said that the children were ill."
    assert ("Ada Example", "that the children were ill") in attributed(text)


def test_a_pronoun_is_no_part_of_the_noun_before_it() -> None:
    """ "Nine died in the town of Halden it said": whoever "it" is says so, not "town of Halden it"."""
    sentence = Sentence(0, 47, "Nine people died in the town of Halden it said.", 0, False)
    (found,) = attributions(sentence, tokens(sentence.text))
    assert (found.words, found.pronoun) == ("it", True)


def test_a_quotation_without_a_cue_keeps_the_speaker() -> None:
    """What goes on in quotation marks after the cue is said by the same speaker."""
    text = '"The well is dry," said Ada Example. "We have asked for help. Nobody came."'
    assert ("Ada Example", '"We have asked for help. Nobody came."') in attributed(text)


def test_two_single_marks_are_a_double_one() -> None:
    """Some papers write ''so''."""
    assert ("Ada Example", "The well is dry") in [
        (who, words.strip("',\"")) for who, words in attributed("''The well is dry,'' Ada Example said.")
    ]


def test_quoted_as_saying() -> None:
    """The passive names the speaker first."""
    found = attributed("Ada Example was quoted as saying that the raid was over.")
    assert ("Ada Example", "that the raid was over") in found


def test_a_paragraph_after_a_colon() -> None:
    """ "He added:" gives the next paragraph to him."""
    found = attributed("Ada Example wrote:\n\nThe well is dry and nobody came.")
    assert ("Ada Example", "The well is dry and nobody came") in found


@pytest.mark.parametrize(
    "text",
    [
        "The United States sent two ships.",
        "State troopers closed the road.",
        'The choir sang "The Long Road Home" at noon.',
        "Tax rules and loopholes remain.",
    ],
)
def test_nobody_says_anything(text: str) -> None:
    """Nouns that look like verbs of saying, and titles in quotation marks, are no attributions."""
    assert attributed(text) == []
