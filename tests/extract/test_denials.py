"""Denials: who denies what, in one sentence and of what was said before; and what only looks like one."""

from __future__ import annotations

import pytest
from tests.extract.sentence_check import read

from bearwitness.extract.denials import denials
from bearwitness.extract.tokens import tokens

DEED, EVENT = "perpetrator", "occurred"

DENIED = [
    ("Two teenagers were arrested after the shooting but denied involvement.", DEED, "Two teenagers", "Two teenagers"),
    ("The 12-year-old at first denied shooting his brother.", DEED, "12-year-old", "12-year-old"),
    ("The Lake Guard, which has fought with the army since May, denied carrying out the raid.", DEED, "Lake Guard", "Lake Guard"),
    ("Ben Sample, 51, a Halden carpenter, who has denied any role in the killing, was freed.", DEED, "Ben Sample", "Ben Sample"),
    ("Another suspect, Ben Sample, has maintained his innocence in the killing.", DEED, "Ben Sample", "Ben Sample"),
    ("The rebels denied on Friday that three foreign advisers had taken part in the attack.", DEED, "foreign advisers", "rebels"),
    ("The mayor disavowed reports that the Lake Guard committed the murder.", DEED, "Lake Guard", "mayor"),
    ("The mayor rejected the interpretations that claim the army carried out the massacre.", DEED, "army", "mayor"),
    ("Tano Bell denied the Lake Guard's involvement in the bombings.", DEED, "Lake Guard", "Tano Bell"),
    ("The foreign ministry denied that the embassy had been occupied by rebels.", DEED, "rebels", "foreign ministry"),
    ("The minister dismissed as absurd claims that the army killed the priest.", DEED, "army", "minister"),
    ("The militia rejected any accusation linking it to the massacre.", DEED, "militia", "militia"),
    ("A spokesman for the Lake Guard denied any part in the bombing.", DEED, "Lake Guard", "spokesman for the Lake Guard"),
    ("THE MAYOR TODAY EMPHATICALLY DENIED ANY PART IN THE BOMBING.", DEED, "MAYOR", "MAYOR"),
    ("The driver told the Halden Star he was not the killer.", DEED, "driver", "driver"),
    ("The Lake Guard has said it did not carry out the attack.", DEED, "Lake Guard", "Lake Guard"),
    ("The Lake Guard denies that it is holding more than 100 civilians.", DEED, "Lake Guard", "Lake Guard"),
    ("The rebels denied holding two nurses.", DEED, "rebels", "rebels"),
    ("The press office [PRO], however, denied the rebel reports.", EVENT, None, "press office"),
    ("The ministry denied that there had been any fighting in Halden.", EVENT, None, "ministry"),
    ("The ministry denied that any civilian had been shot.", EVENT, None, "ministry"),
    ("The ministry called reports of a gas attack absurd.", EVENT, None, "ministry"),
    ("The ministry denied there had been executions.", EVENT, None, "ministry"),
    ("A charge that the mayor called absurd followed.", DEED, "mayor", "mayor"),
    ("Tano Bell denied setting fire to two buses.", DEED, "Tano Bell", "Tano Bell"),
    ("Tano Bell has denied pulling the trigger.", DEED, "Tano Bell", "Tano Bell"),
    ("The Lake Guard distanced itself from the bombing in Halden.", DEED, "Lake Guard", "Lake Guard"),
    ("The Lake Guard has disavowed the killing of the teachers.", DEED, "Lake Guard", "Lake Guard"),
    ("Tano Bell insists he is innocent.", DEED, "Tano Bell", "Tano Bell"),
    ("A not guilty plea was entered on Tano Bell's behalf.", DEED, "Tano Bell", "Tano Bell"),
    ("A plea of not guilty was entered on behalf of Tano Bell.", DEED, "Tano Bell", "Tano Bell"),
    ("Detectives ruled out the Lake Guard as a suspect.", DEED, "Lake Guard", "Detectives"),
    ("Detectives ruled out that the Lake Guard planted the bomb.", DEED, "Lake Guard", "Detectives"),
    ("The Lake Guard rejected any attempt to implicate its men in the killing.", DEED, "its men", "Lake Guard"),
    ("The minister rejected attempts to blame the army for the raid.", DEED, "army", "minister"),
    ("The mayor denied that the air force is bombing villages.", EVENT, None, "mayor"),
    ("The mayor denied it.", EVENT, None, "mayor"),
    ("The army denied that its troops are killing civilians.", DEED, "its troops", "army"),
    ("A previously unknown group said it took the post but denied that it had killed two officers.", DEED,
     "A previously unknown group", "A previously unknown group"),
]  # fmt: skip

SAID_BY_ANOTHER = [  # whose voice it is, the attribution of the sentence says
    ("The coalition conducted no strikes in the area, Colonel Bando said.", DEED, "coalition"),
    ("None of our fighters took part in the massacre, Commander Tano said.", DEED, "our fighters"),
    ("The police chief said his officers had not opened fire on the crowd.", DEED, "his officers"),
    ("Colonel Bando said the Lake Guard had no part in the bombing.", DEED, "Lake Guard"),
    ("The army said no such attack took place.", EVENT, None),
    ("The army said the raid never happened.", EVENT, None),
    ("Nobody bombed anybody in Halden, the colonel said.", EVENT, None),
    ("No one set fire to my house, he said.", EVENT, None),
    ("It was not us, a commander said.", DEED, "us"),
    ("I did not send anybody, the mayor said.", DEED, "I"),
    ("I gave no order, the mayor said.", DEED, "I"),
    ("Bell didn't fire, his wife said.", DEED, "Bell"),
    ("Mr. Bell never laid a hand on him, the lawyer said.", DEED, "Mr. Bell"),
    ("The ambush was not the work of the Lake Guard, the mayor said.", DEED, "Lake Guard"),
    ("The ambush was not carried out by the Lake Guard, the mayor said.", DEED, "Lake Guard"),
    ("The priest was not killed by soldiers, the mayor said.", DEED, "soldiers"),
    ("The crime is in no way linked to the Lake Guard, the mayor said.", DEED, "Lake Guard"),
    ("The killing is not connected with the Lake Guard, the mayor said.", DEED, "Lake Guard"),
    ("The raid is attributed to the Column and not to the Lake Guard, the mayor said.", DEED, "Lake Guard"),
    ("The attackers were not soldiers, the mayor said.", DEED, "soldiers"),
    ("It was not the army that fired, the mayor said.", DEED, "army"),
    ("This was not us, a commander said.", DEED, "us"),
    ("I am innocent, Tano Bell said.", DEED, "I"),
    ("We had no part in this, a commander said.", DEED, "We"),
    ("The mayor said no officers fired their weapons.", DEED, "officers"),
    ("The barracks were not attacked, the army said.", EVENT, None),
    ("The town has not been occupied by the rebels, the army said.", EVENT, None),
    ("The alleged raid is a complete fabrication, the army said.", EVENT, None),
    ("This is not true, the army said.", EVENT, None),
    ("That is a lie, the army said.", EVENT, None),
    ("Its young men had been at a feast and had no hand in it, the council said.", DEED, "Its young men"),
]

NONE = [
    "I did not participate in drafting the statement, Tano Bell said.",
    "The army denied holding people responsible for the raid.",
    "Tano Bell denied that his party would boycott the talks and did not rule out a meeting.",
    "The landlord rejected claims that a fire which killed a mother was set on purpose.",
    "He denied setting conditions for the talks.",
    "The mayor denied that he had given money to the party.",
    "Nobody was shot in Halden, the colonel said.",
    "Nobody sent help to the town, the mayor said.",
    '"I\'ll never do this job any more," he said.',
    "It was not US policy, the envoy said.",
    "The army did not deny that it had shelled the town.",
    "The ministry neither confirmed nor denied the attack.",
    "The Lake Guard refused to confirm or deny involvement in the bombing.",
    "The army would deny any role in the killing, residents said.",
    "It was a desperate attempt to deny responsibility for the attack.",
    "No group has claimed responsibility for the bombing.",
    "He was denied entry to the hospital after the bombing.",
    "The judge dismissed the charges against the gunman.",
    "The minister dismissed the idea that the war had caused the unrest.",
    "The rebels denied reports that they had moved their bases to the coast.",
    "The rebels denied accusations of selling diamonds.",
    "The group denied having any links with the arms trade.",
    "The army has denied previous accusations of using gas.",
    "The shooting did not happen on the bus, police said.",
    "There should be no violence, the mayor said.",
    "Police said they would not have shot the man.",
    "The gang is blamed for crimes they have not committed.",
    "There were no casualties in the attack, police said.",
    "The authorities denied any casualties in the explosion.",
    "The keeper denied him with a fine save after the shot.",
    "Students have repudiated the assassination of the priest.",
    "The bombing was not related to the election, the mayor said.",
    "The raid was not the work of a day.",
    "The mayor blamed the rebels and not on a whim.",
    "Police have not ruled out that the Lake Guard planted the bomb.",
    "Police ruled out that he fell.",
    "The court will say whether he is innocent.",
    "Four innocent people were killed.",
    "The town was not bombed for three days.",
    "The attackers were not seen again.",
    "They were not home when the shell fell.",
    "The attack was a false flag, the blogger wrote.",
    "The mayor distanced himself from his party.",
    "It is not clear that this is true.",
    "An attempt to blame the weather failed.",
    "The army said he was innocent and had been shot by mistake.",
    "His widow said he was innocent.",
    "The Lake Guard did not distance itself from the bombing.",
    "The army should distance itself from the massacre.",
    "The bishop distanced himself from the violence.",
    "It was not only the work of the Lake Guard, the mayor said.",
    "The raid was not necessarily the work of the Lake Guard, the mayor said.",
    "The raid has not yet been linked to the Lake Guard, the mayor said.",
    "The rescue was not the work of the army, the mayor said.",
    "Colonel Bando has not been captured, the mayor said.",
    "The building was not occupied, the mayor said.",
    "They were not rebels but farmers, the priest said of the dead.",
    "It was not the army that saved the town, the priest said.",
    "I do not think that is a lie, the mayor said.",
    "Nobody can claim that the bombing was not the work of the Column.",
    "He asked for an escort, but the army denied it.",
    "The mayor rejected an effort to involve the army in the talks.",
    "The weapon used in the attack was fabricated in Halden, police said.",
    "The land belongs to the villagers and not to the army, the mayor said.",
    "The bombing suspect is not connected to the Column, police said.",
    "The mayor blamed the army for the raid, not to mention the police.",
    "The army said no soldiers shot in the raid had been left behind.",
    "There is no doubt the attack was carried out by the Column, police said.",
    "Denied the justice they were entitled to",
]


@pytest.mark.parametrize(("text", "about", "value", "speaker"), DENIED)
def test_a_denial_names_its_denier_and_what_he_denies(
    text: str, about: str, value: str | None, speaker: str
) -> None:
    """A verb of denying, or a deed with "not" in reported speech, gives one denial, of whom, by whom."""
    (found,) = denials(tokens(text))
    assert (found.about, found.stance) == (about, "denies")
    assert found.speaker is not None
    assert text[slice(*found.speaker)] == speaker or text[slice(*found.speaker)] == f"A {speaker}"
    assert (text[slice(*found.value)] if found.value else None) == value


@pytest.mark.parametrize(("text", "about", "value"), SAID_BY_ANOTHER)
def test_what_was_not_done_is_denied_by_who_says_so(text: str, about: str, value: str | None) -> None:
    """A negated deed leaves its speaker to the attribution around it."""
    (found,) = denials(tokens(text))
    assert (found.about, found.speaker) == (about, None)
    assert (text[slice(*found.value)] if found.value else None) == value


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_denial_is_none(text: str) -> None:
    """Denials denied, asked for or of something else, and negations that deny no violence, give nothing."""
    assert denials(tokens(text)) == []


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    """The denials of a short report: about, value, speaker."""
    claims = read({"text": text}).claims
    return [(c.about, c.value, c.speaker and c.speaker.words) for c in claims if c.stance == "denies"]


def test_two_who_deny_together_each_deny() -> None:
    """ "Both the army and a militia denied it" is a denial of each."""
    found = denials(tokens("Both the army and a militia denied being behind the attack."))
    assert sorted(d.value for d in found if d.value) == [(9, 13), (18, 27)]


def test_what_a_denial_takes_for_granted_is_not_denied() -> None:
    """Who denies that a fire that killed four was set does not deny that it killed four."""
    text = "Police denied that the fire which killed four people in Halden was set by rebels."
    assert [c.stance for c in read({"text": text}).claims if c.about == "killed"] == ["asserts"]


REPORTED = [  # of what stands before it
    ("The army denied the report.", (EVENT, None, "army")),
    ("Residents of Orla denied this.", (EVENT, None, "Residents of Orla")),
]


@pytest.mark.parametrize(("denial", "wanted"), REPORTED)
def test_what_a_group_says_it_did_is_denied_to_have_been(
    denial: str, wanted: tuple[str, str | None, str]
) -> None:
    """Who denies the report of him who claims a deed accuses nobody of it: that it happened is denied."""
    assert told(f"The Column said it had shelled the barracks in Orla on Sunday. {denial}") == [wanted]


def test_what_is_denied_to_have_been_has_no_culprit() -> None:
    """Whoever denies that the air force is bombing villages does not say who did it instead, nor who did not."""
    text = "Four people were killed in Orla on Sunday, residents said. The mayor denied that the air force is bombing villages."
    assert told(text) == [(EVENT, None, "mayor")]


def test_no_speaker_is_called_i() -> None:
    """ "I'll say" within a quotation names nobody who speaks."""
    text = 'A bomb killed four people in Halden. "I\'ll say it: six people were wounded," said Ada Bell.'
    speakers = {c.speaker.words for c in read({"text": text}).claims if c.speaker}
    assert speakers == {"Ada Bell"}


def test_a_charge_is_the_one_laid_before() -> None:
    """ "Rejected the accusation" and "denied this" deny what somebody else said in the sentence before."""
    blamed = "The governor blamed the Lake Guard for the bombing that killed six people in Halden. "
    assert told(blamed + "The group rejected the accusation.") == [(DEED, "Lake Guard", "group")]
    assert told(blamed + "Residents deny this.") == [(DEED, "Lake Guard", "Residents")]


def test_a_report_denied_without_a_culprit_is_one_that_it_happened() -> None:
    """ "Denied the report" of a raid whose culprit nobody named denies the raid."""
    text = "Residents said an air strike killed six people in Halden. The ministry denied the report."
    assert told(text) == [(EVENT, None, "ministry")]


def test_what_the_outlet_says_was_not_so_is_no_denial() -> None:
    """A negated deed that nobody is said to have said is no claim."""
    assert told("A bomb killed six people in Halden. The Lake Guard was not behind the bombing.") == []


def test_sides_swapped_deny_alike() -> None:
    """The same words with the two sides exchanged give the same denial with the names exchanged."""
    text = "The {} accused the {} of the massacre that killed six people in Halden. The {} denied any role in it."
    one = told(text.format("Lake Guard", "Ash Circle", "Ash Circle"))
    other = told(text.format("Ash Circle", "Lake Guard", "Lake Guard"))
    assert one == [(DEED, "Ash Circle", "Ash Circle")]
    assert other == [(DEED, "Lake Guard", "Lake Guard")]
