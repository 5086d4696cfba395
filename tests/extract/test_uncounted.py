"""Marked numbers that count nobody harmed, and the like of them that do."""

from __future__ import annotations

import time

import pytest
from plain_texts import marked

from bearwitness.extract.model.uncounted import counts_nobody

# The marked words stand between braces.
NOBODY = [
    ("there have been no reports of {casualties}", "casualties"),
    ("officials have not reported {any casualties} yet", "casualties"),
    ("the army gave {no casualty} figures", "casualties"),
    ("it was not clear if {anyone} was hurt", "injured"),
    ("{more than 7,000 death} sentences were passed", "killed"),
    ("{nine prisoners} were on death row", "killed"),
    ("the guerrillas have killed an average of {12 people} since may", "killed"),
    ("on average {four people} are killed every day in the region", "killed"),
    ("{60 refugees} die each week", "killed"),
    ("two men, ages 30 and {19}, were shot", "injured"),
    ("the men, who ranged in age from {20} to 22, were wounded", "injured"),
    ("ann example, {25, was} injured", "injured"),
    ("two girls, {13 and 17 years of age}, were hurt", "injured"),
    ("a guard of channel {7 television} was killed", "killed"),
    ("he called {911} saying he had been shot", "injured"),
    ("updated aug {012016} a helicopter was shot down", "injured"),
    ("a 59-year-old mother of {two} died", "killed"),
    ("{three gunshots} were heard", "injured"),
    ("{two men} shot and killed a 65-year-old clerk", "killed"),
    ("{two officers} fatally shot 16-year-old ann example", "killed"),
    ("they pulled {10 people} alive from the rubble", "killed"),
    ("14 died and {two} survived", "injured"),
    ("a warrant was issued for the arrest of {ann example}", "detained"),
    ("a reward for information leading to the arrest of {the gunman}", "detained"),
    ("gunmen killed {sample}'s two sons", "killed"),
    ("police said {sample} was not arrested", "detained"),
    ("{a 5-year-old boy} shot and critically injured his brother", "injured"),
    ("he is accused of the attempted murder of {a 20-year-old man}", "killed"),
    ("the lake guard raped {a 22-year-old woman} in orla", "killed"),
    ("soldiers raped {hundreds of women}, a group said", "abducted"),
    ("after the rape of {a local schoolgirl} by three soldiers", "killed"),
    ("{two women} were raped", "injured"),
    ("the weapon was a single shot {223}", "injured"),
    ("a {12-gauge} shotgun was found", "injured"),
    ("there were {no survivors}", "killed"),
    ("the survivors named by the hospital are ann orla and {ben example}", "killed"),
    ("and {over 1 million people} have had to leave the country", "killed"),
    ("{some 3,000 persons} die of drugs in the country every year", "killed"),
    ("there were 41 attacks in september and {57} in august", "killed"),
    ("police recorded 603 robberies last year and {472} the previous year", "killed"),
    ("he called for the assassination of {general example}", "killed"),
    ("{an official} was arrested by anti-graft officers", "detained"),
]
SOMEBODY = [
    ("{two women} were raped and killed", "killed"),
    ("they raped {a girl} and wounded her brother", "injured"),
    ("police shot {12} in kenema", "killed"),
    ("{12} in september and 14 in august were killed", "killed"),
    ("there were 41 killings in september and {57} in august", "killed"),
    ("police condemned the assassination of {general example}", "killed"),
    ("dozens died and {dozens of others} were left injured", "injured"),
    ("shells killed {26 displaced people} in the camp", "killed"),
    ("{80 refugees} were believed killed", "killed"),
    ("{an official} was arrested over the killing of an anti-graft officer", "detained"),
    ("the survivors are safe, but {four others} died", "killed"),
    ("soldiers raped and slaughtered {six women} in kenema", "killed"),
    ("{two sisters} were raped and slain in kenema", "killed"),
    ("rebels raped {two nurses} and then shot them", "killed"),
    ("fighters raped {12 hostages} in kenema", "abducted"),
    ("four women were raped and {six men} were gunned down", "killed"),
    ("the survivors were taken to kenema, and {14 bodies} recovered", "killed"),
    ("the survivors are {three wounded soldiers}", "injured"),
    ("{two} die in a blast a day after the vote", "killed"),
    ("after several incidents, rebels abducted 12 in june and {20} in july", "abducted"),
    ("police arrested {15 students} who protested against election fraud", "detained"),
    ("the junta arrested {two ministers} and the head of the anti-corruption commission", "detained"),
    ("the army detained {three journalists} who reported on corruption", "detained"),
    ("amnesty called for the killing of {14 protesters} to be probed", "killed"),
    ("{four villagers} were evacuated with gunshot wounds", "injured"),
    ("{seven people} forced to flee were killed in kenema", "killed"),
    ("{six suspects} fled but were later arrested", "detained"),
    ("a bullet grazed {the child}'s head", "injured"),
    ("soldiers killed {ten men}, shot their wives and burned their homes", "killed"),
    ("gunmen shot {two guards}, then killed a clerk", "shot"),
    ("{eight civilians} killed an hour later were from orla", "killed"),
    ("{two men} stabbed a dozen times died", "injured"),
    ("{eight women} were burned alive", "killed"),
    ("{six wounded soldiers} were evacuated", "injured"),
    ("{two wounded men} survived", "injured"),
    ("{five missing miners} were rescued", "missing"),
    ("in the ward {12 people} died", "killed"),
    ("along the route {11 marchers} were shot", "killed"),
    ("gunmen killed {six worshippers} at the festival held each year in daru", "killed"),
    ("shelling killed {four people} a week and a half into the siege", "killed"),
    ("{three people} were killed each night of the riot", "killed"),
    ("the ministry has not reported {two deaths} that doctors confirmed", "killed"),
    ("shelling killed {12} in homes and five in cars", "killed"),
    ("in kenema, {12, had} died", "killed"),
    ("the army ordered the arrest of {two colonels}, who were detained", "detained"),
    ("it is not clear if they fled, but {three people} were killed", "killed"),
    ("{four death squad members} were killed", "killed"),
    ("{two people} were killed a day after the truce", "killed"),
    ("the attack killed {30 people} in less than a week", "killed"),
    ("{six others} were hurt at a night club", "injured"),
    ("the father of {two sisters} who were shot", "injured"),
    ("a mother and {two} children died", "killed"),
    ("gunmen shot {two officers} on a road", "injured"),
    ("{two people} shot a block away were treated", "injured"),
    ("{three men} were shot and killed", "killed"),
    ("{five people} survived with severe burns", "injured"),
    ("gunmen released {ten hostages} who were rescued", "abducted"),
    ("a tip led to the arrest of {two men}", "detained"),
    ("the murder of {a 20-year-old man}", "killed"),
    ("no report names {the four dead}", "killed"),
    ("in bo, {25 were} injured", "injured"),
    ("{seven people} aged 20 to 30 were killed", "killed"),
]  # fmt: skip


def nobody(sentence: str, about: str) -> bool:
    """What is made of the words in braces."""
    plain, start, end = marked(sentence)
    return counts_nobody(plain, start, end, about)


@pytest.mark.parametrize(("sentence", "about"), NOBODY)
def test_what_counts_nobody_is_no_claim(sentence: str, about: str) -> None:
    """An age, a rate, a number of something, who shot, who lived, and harm of which there is no word."""
    assert nobody(sentence, about)


@pytest.mark.parametrize(("sentence", "about"), SOMEBODY)
def test_what_only_looks_like_it_counts(sentence: str, about: str) -> None:
    """The dead and hurt whose sentences have the same words."""
    assert not nobody(sentence, about)


@pytest.mark.parametrize(
    "word",
    [
        "two ",
        "no report ",
        "shot a ",
        "ages 30 and ",
        "lead to the arrest of ",
        "every ",
        "the dead are ",
        "the survivors are ",
        "raped a ",
        "41 attacks in may and ",
    ],
)
def test_long_sentences_are_weighed_in_bounded_time(word: str) -> None:
    """A sentence of 20,000 words costs a fraction of a second, whatever the words."""
    low = word * (20_000 // len(word.split()))
    before = time.process_time()
    for about in ("killed", "injured", "detained"):
        counts_nobody(low, len(low) // 2, len(low) // 2 + 3, about)
    assert time.process_time() - before < 1
