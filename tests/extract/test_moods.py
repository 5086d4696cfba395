"""What is asked, supposed or wanted is nobody's claim; what a question takes for granted is; doubtful words are a hedge."""

from __future__ import annotations

import pytest

from bearwitness.extract.moods import asked, supposed, untrue, weakened

ASKED = [
    ("did a bomb kill 30 people in orla on sunday?", "30 people"),
    ("general, did the army kill seven villagers?", "seven villagers"),
    ('"did the army kill seven villagers?" the reporter asked.', "seven villagers"),
    ("how many people were killed in halden?", "many people"),
    ("can you tell how many rebels have died in this offensive?", "rebels have died"),
    ("do you think that 30 people died?", "30 people"),
    ("do you know if 30 people died?", "30 people"),
    ("was anybody hurt?", "anybody hurt"),
    ("four of them dead?", "four of them"),
    ("he was asked who shot first: were 12 civilians killed?", "12 civilians"),
    ("is it true that the shells wounded 12 soldiers?", "12 soldiers"),
    ("were nine killed, and did 20 die of their wounds later?", "20 die"),
]
SAID = [
    ("who killed the four teachers in rimal?", "four teachers"),
    ("what led to a father killing his wife?", "his wife"),
    ("did the army kill the seven villagers?", "seven villagers"),
    ("is the front charged with the death of two journalists?", "death of two journalists"),
    ("are those linked to the squads which murdered 300 citizens?", "300 citizens"),
    ("was it signed after the attack that killed nine?", "nine"),
    ("do you know that 30 people died?", "30 people"),
    ("was anybody hurt? three people died.", "three people"),
    ('four people died. "why?" he asked.', "four people"),
    ('four people died, he said, and asked: "why?"', "four people"),
    ("what does the fact that two candidates were killed mean to you?", "two candidates"),
]


@pytest.mark.parametrize(("sentence", "words"), ASKED)
def test_a_count_that_is_only_asked_for_is_not_said(sentence: str, words: str) -> None:
    start = sentence.index(words)
    assert asked(sentence, start, start + len(words), count=True)


@pytest.mark.parametrize(("sentence", "words"), SAID)
def test_a_count_that_a_question_takes_for_granted_is_said(sentence: str, words: str) -> None:
    start = sentence.index(words)
    assert not asked(sentence, start, start + len(words), count=True)


def test_a_culprit_is_asked_for_where_those_killed_are_known() -> None:
    sentence = "did the army kill the seven villagers?"
    assert asked(sentence, 4, 12, count=False)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("if the army had fired at the crowd, 30 people would have been killed.", "30 people"),
        ("police said the plot would have killed dozens of shoppers.", "dozens of shoppers"),
        ("had the bomb exploded, it would have killed up to 50 people.", "up to 50 people"),
        ("doctors saved 14 people who would otherwise have died.", "14 people"),
        ("the rebels failed to kill the 12 guards.", "12 guards"),
        ("the group threatened to\nkill 30 hostages.", "30 hostages"),
        ("they vowed to avenge the raid by killing 100 soldiers.", "100 soldiers"),
        ("the militia offered a reward for killing 10 soldiers.", "10 soldiers"),
        ("imagine that a bomb killed 40 of your neighbours.", "40 of"),
        ("a drill in halden simulated an attack in which 40 people were killed.", "40 people"),
        ("the mayor said he hoped nobody had died.", "nobody had died"),
        ("every 30 minutes a child is killed in the war.", "a child"),
    ],
)
def test_harm_that_is_only_wanted_imagined_or_would_have_come_is_supposed(sentence: str, words: str) -> None:
    start = sentence.index(words)
    assert supposed(sentence, start, start + len(words), count=True)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("the man who tried to flee and wounded 12 soldiers was shot.", "12 soldiers"),
        ("rebels trying to kill the mayor blew up a bus; nine people died.", "nine people"),
        ("the man is wanted in connection to the murder of two teachers.", "two teachers"),
        ("police tried to learn what led to the shooting of three people.", "three people"),
        ("he was charged with killing four people.", "four people"),
        ("shells fall every day and four people were killed on friday.", "four people"),
        ("nine people died. if they had stayed home, they would have lived.", "nine people"),
    ],
)
def test_harm_beside_what_is_wanted_or_would_be_is_no_supposition(sentence: str, words: str) -> None:
    start = sentence.index(words)
    assert not supposed(sentence, start, start + len(words), count=True)


@pytest.mark.parametrize(
    ("sentence", "called"),
    [
        ("it is not true that 30 people were killed.", True),
        ("rumours that 30 people were killed in orla are false, police said.", True),
        ("contrary to claims that 30 people died, the mill stood empty.", True),
        ("the 30 people were not killed but captured, the army said.", True),
        ("contrary to the front's report, 30 people died.", False),
        ("30 people died and the guards were not killed.", False),
        ("reports that 30 people were killed are true.", False),
        ("30 people died and the claim of the front is false.", False),
    ],
)
def test_a_count_within_what_is_called_untrue_is_denied(sentence: str, called: bool) -> None:
    start = sentence.index("30 people")
    assert untrue(sentence, start, start + 9) is called


@pytest.mark.parametrize(
    ("sentence", "hedge"),
    [
        ("30 people may have been killed in the camp.", True),
        ("at least 30 people are feared dead.", True),
        ("30 people were reportedly killed.", True),
        ("it was reported that 30 people were wounded.", True),
        ("police believe he shot 30 people.", True),
        ("initial reports say 30 people died.", True),
        ("30 people were killed, and the man believed to be the leader fled.", False),
        ("30 people died, said the man, who may have been a soldier.", False),
        ("30 people were killed. reportedly nobody was hurt in orla.", False),
    ],
)
def test_a_count_is_hedged_where_the_doubt_is_about_the_harm(sentence: str, hedge: bool) -> None:
    start = sentence.index("30 people")
    assert weakened(sentence, start, start + 9) is hedge
