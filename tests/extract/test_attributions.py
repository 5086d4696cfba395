"""Who says what: the speaker's words and the stretches said, in invented sentences."""

from __future__ import annotations

import pytest
from plain_texts import seen, speaker

from bearwitness.extract.attributions import attributions
from bearwitness.extract.quoting import said
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import tokens


def attributed(text: str) -> list[tuple[str, str]]:
    """The speaker and the words of each attribution, stretches joined by a bar."""
    found = said(seen(text))
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


def voice(text: str, at: str) -> str | None:
    """Who says what stands at a word of a report with a line before it in the same letters."""
    first = "The town lies on the river."
    text = f"{first.upper() if text.isupper() else first}\n\n{text}"
    return speaker(seen(text), at, len(first))


VOICES = [
    ("Six people were killed in a strike in Halden province the Norland Defense Ministry said adding that two fled.", "killed", "Norland Defense Ministry"),
    ("All six were taken to a hospital, police said, where the woman died.", "taken", "police"),
    ("Bombers struck outside a shrine leaving 20 people dead a monitor said in an attack claimed by the Guard.", "dead", "a monitor"),
    ("Sixteen people were killed and 25 were wounded said the Halden Observatory for Human Rights.", "wounded", "Halden Observatory for Human Rights"),
    ("According to the Al-Nour hospital four people died in the attack.", "died", "Al-Nour hospital"),
    ("ACCORDING TO COPRELLA, THREE CREWMEN DIED DURING THE ACCIDENT.", "DIED", "COPRELLA"),
    ("THE SOURCE POINTED OUT THAT THE DRIVER WAS SHOT SIX TIMES.", "SHOT", "SOURCE"),
    ("MINISTER CARLO LAMBRO HAS HINTED THAT REBELS MURDERED THE MINERS.", "MURDERED", "MINISTER CARLO LAMBRO"),
    ("CRISTELLO OFFICIALLY ACKNOWLEDGED THAT SOLDIERS KILLED THE MINERS.", "KILLED", "CRISTELLO"),
    ("THE GUERRILLAS CLAIM THAT THEY HAVE KILLED 40 SOLDIERS.", "KILLED", "GUERRILLAS"),
    ("THE DIRECTORATE [DIJORO] THIS WEEK REPORTED THAT 326 PEOPLE HAVE BEEN KIDNAPPED.", "KIDNAPPED", "DIRECTORATE"),
    ("IN A PRELIMINARY REPORT, THE ARMY ADMITTED TO THREE DEAD, AND SAID THAT NINE REBELS HAD BEEN KILLED.", "KILLED", "ARMY"),
    ("The Halden Observatory for Human Rights a Norland-based monitor said at least 15 people were killed.", "killed", "Halden Observatory for Human Rights"),
    ("At least 15 people were killed in the northern province of Halden a monitoring group said.", "killed", "a monitoring group"),
    ("Ada Example, a spokeswoman for the Red Star (RS), part of the same movement, said 25 workers were taken away.", "taken", "Ada Example"),
    ("BEN SAMPLE, A TOP PARTY LEADER, TOLD AFP THAT THREE MEMBERS WERE ARRESTED.", "ARRESTED", "BEN SAMPLE"),
    ("According to a new report by the Halden Center for Research the war has killed 400 people.", "killed", "Halden Center for Research"),
    ("The Observatory which monitors the conflict said at least 11 people were killed.", "killed", "Observatory"),
    ("SANA news agency reported the attack quoting Mayor Ben Sample as putting the death toll at six.", "death toll", "Mayor Ben Sample"),
    ("On Wednesday media reported citing a military source that the army had killed 28 fighters.", "killed", "a military source"),
    ("Nine people were killed by these mines, the court heard.", "killed", "court"),
    ("Ada Example of the Halden Rescue said hospitals have documented the deaths of 43 people.", "deaths", "Ada Example of the Halden Rescue"),
    ('A school representative released the following statement: "We mourn the loss of a student."', "loss", "A school representative"),
    ('"Shells led to the deaths of three women" activist Ben Sample told The Herald adding that dozens fled.', "deaths", "activist Ben Sample"),
    ("Also Monday police identified two people shot and killed last week.", "killed", "police"),
    ("Northern Norland police on Friday found the bodies of two women, rescue workers said.", "bodies", "rescue workers"),
    ("Activists accused the army of launching an attack that killed at least 213 people.", "killed", "Activists"),
    ("Ten people were killed, the official report from the Halden police said.", "killed", "Halden police"),
    ("Ten people were killed, according to official figures.", "killed", None),
    ("A man accused of killing 12 people was arrested.", "killing", None),
    ("Ben Sample, accused mastermind of the bombing that killed 12 people, appeared in court.", "killed", None),
    ("The army say 12 people were killed.", "killed", "army"),
    ("Mayor Ada Example indicated that 12 people were killed.", "killed", "Mayor Ada Example"),
    ("The governor told reporters that reports said 12 people were killed.", "killed", "governor"),
    ("People outside the court heard two blasts that killed 12 people.", "killed", None),
    ("Twelve people were killed, according to Channel Four.", "killed", "Channel Four"),
    ("Channel 4 said 12 people were killed.", "killed", "Channel 4"),
    ('Abu "Tiger" Sample said 12 people were killed.', "killed", 'Abu "Tiger" Sample'),
    ("The dead were sorted according to nationality after 12 were killed.", "killed", None),
    ("In Orla and the Halden District a resident said 12 people were killed.", "killed", "a resident"),
    ("Initial reports said 12 people were killed.", "killed", None),
    ("The gunman pointed that rifle at two boys and killed them.", "killed", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "speaker"), VOICES, ids=[text[:40] for text, _, _ in VOICES])
def test_who_says_what_stands_at_a_word(text: str, at: str, speaker: str | None) -> None:
    """Names in capitals, words behind a name without commas, what goes on behind the speaker, whose a report is, whom an
    outlet quotes."""
    assert voice(text, at) == speaker
