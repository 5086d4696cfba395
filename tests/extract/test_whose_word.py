"""Whose word a count is where more than a name stands before the cue, in invented sentences."""

from __future__ import annotations

import time

import pytest
from plain_texts import seen, speaker

SAID = [
    ("A fourth shooting victim, whom authorities believe was shot in the same incident, turned up.", "shot", "authorities"),
    ('After a "physical struggle," Trainer said, the man pulled out a gun and shot his ex-wife in her right arm.', "his ex-wife", "Trainer"),
    ("The other three men, all in their early 20s, Schurmo said, were taken to hospitals with gunshot wounds.", "wounds", "Schurmo"),
    ("The Halden Police Department is investigating after they say a 2-year-old child died Wednesday night after being shot in the chest.", "a 2-year-old child", "Halden Police Department"),
    ("Family members identified Erin Joss and her 9-year-old daughter, Akiva, as the two people found dead inside a Port home Tuesday.", "the two people", "Family members"),
    ("Metro County Coroner Wes Stockton identified the people found dead in an out-building on the property as Lara J. Carlin, 49.", "dead", "Metro County Coroner Wes Stockton"),
    ("JUDGE LARRY OVIEDA IDENTIFIED THE DEAD MEN AS SALVO BONILO, 38, AND JOSE MARQUO, 42.", "DEAD", "JUDGE LARRY OVIEDA"),
    ("John Lango, Caleb Boozo and Jon Morriso have been identified as the dead by the Hamil County Sheriff's Office.", "dead", "Hamil County Sheriff's Office"),
    ("Police also released the names of two Kansan City men who were killed Thursday in separate shootings.", "two Kansan City men", "Police"),
    ("EL NACIONALE HAS PUBLISHED A LIST OF 47 PEOPLE KILLED AND 50 PEOPLE MISSING.", "47 PEOPLE", "EL NACIONALE"),
    ("Deputies determined the older boy accidentally shot the victim in the back.", "the victim", "Deputies"),
    ("REGIONAL AUTHORITIES TOOK A CENSUS OF THE POPULATION AND DETERMINED THAT A TOTAL OF 31 PEOPLE WERE KIDNAPPED.", "A TOTAL OF 31 PEOPLE", "REGIONAL AUTHORITIES"),
    ("NEVERTHELESS, THE ARMY RECOGNIZED THAT TWO SOLDIERS AND TWO CIVILIANS HAD DIED.", "TWO SOLDIERS", "ARMY"),
    ("RELIABLE SOURCES HAVE INFORMED THE NATIONAL NETWORK THAT GUILLO ROJO, THE UNION LEADER, DIED IN SOYAPO.", "THE UNION LEADER", "RELIABLE SOURCES"),
    ("Investigators think the gunman may have killed a few family members.", "a few family members", "Investigators"),
    ("THE OFFICERS SHOUTED OVER LOUDSPEAKERS THAT THEY HAD KILLED ELLACO.", "KILLED", "OFFICERS"),
    ("MARIO SOLORO, LEADER OF GUATEMO'S DEMOCRATIC PARTY, REPORTED TODAY THAT THE POLITICAL LEADER HECTOR OQUELO WAS KILLED.", "KILLED", "MARIO SOLORO"),
    ("EVEN ELLIO ABRAMO, FORMER ASSISTANT SECRETARY OF STATE, HAS STATED ON THE FACE THE NATION TELEVISION PROGRAM ON 27 NOVEMBER, THAT THE MURDER OF THE SIX JESUITS WAS AN ACTION BY THE FORCES.", "THE SIX JESUITS", "EVEN ELLIO ABRAMO"),
    ("Fifteen of the wounded were in critical condition said the head of the Britain-based group that relies on a network of sources.", "Fifteen of the wounded", "head of the Britain-based group"),
    ("At least 20 militants were killed in the failed attack said the statement which did not provide any further information.", "At least 20 militants", "statement"),
    ('"At least six people were killed and 20 others wounded in a car bomb attack on the Zahro district" said the Orlan Observatory for Human Rights a Britain-based group with a network of contacts.', "At least six people", "Orlan Observatory for Human Rights a Britain-based group with a network of contacts"),
    ("At least four people died when gas was dropped on a neighbourhood of the Orlan city of Halden on Wednesday a hospital and a civil defence group said.", "At least four people", "a hospital and a civil defence group"),
    ("Airstrikes on opposition-held areas Monday killed at least 36 people including children opposition activists said as violence in Orla continued.", "at least 36 people", "opposition activists"),
    ("Forces repel a rebel offensive on the northern fringes of Halden on Tuesday killing 40 attackers Norlands defence ministry said.", "40 attackers", "Norlands defence ministry"),
    ("A twin bombing struck a crowd killing 44 people and wounding dozens more Orlas state-run news agency and Kurdo media reported.", "44 people", "Orlas state-run news agency and Kurdo media"),
    ("Airstrikes struck a center killing eight volunteers opposition activists said Saturday.", "eight volunteers opposition activists", "opposition activists"),
    ("A bomb exploded in a district on Wednesday killing six and wounding 32 people Orlan state television reported.", "six", "Orlan state television"),
    ("A Orlan war monitoring group on Tuesday raised the death toll from airstrikes on a market in a northern town the previous day to 61 as rescue workers continued searching.", "61", "A Orlan war monitoring group"),
    ("However the Orlan Center for Policy Research an NGO has put the total death toll from conflict now in its sixth year at more than 470000.", "more than 470000", "Orlan Center for Policy Research"),
    ("The death toll reached 330 overnight civil defence sources told The New Arab as airstrikes targeted the quarters.", "330", "civil defence sources"),
    ("At least 40 people were killed in the strikes ORA news agency quoted Norlands Defence Ministry as saying.", "At least 40 people", "Norlands Defence Ministry"),
    ("The monitor had initially given a death toll of 34 civilians but the number spiked.", "34 civilians", "monitor"),
    ("Damascon-based Shamo News Network put the number at 60 in addition to six civilians killed.", "60", "Damascon-based Shamo News Network"),
    ("Another bomb attack was also reported on the road west of the capital with regime media saying one person had been killed and three injured.", "one person", "regime media"),
    ("The process became marred by violence with the government, saying that over 3,000 people died in the conflict.", "over 3,000 people", "government"),
    ("The terrorists fired rocket shells on the quarters leaving eight people injured a source at Halden Police Command said in a statement to ORA reporter.", "eight people", "a source at Halden Police Command"),
    ("Police in Chestor, Delawo County confirm a 14-year-old male was among those wounded in a quadruple shooting.", "a 14-year-old male", "Police"),
    ("A spokesman at the hospital in Kafro Takhar in Idlo said an air strike hit its courtyard killing 14 people.", "14 people", "A spokesman at the hospital in Kafro Takhar"),
    ("An IMPO sergeant standing outside the emergency room entrance at Rilo told The Orlan Star that the 13-year-old boy was wounded.", "the 13-year-old boy", "An IMPO sergeant"),
    ("Orla Civil Defence a Orlan rescue service operating in rebel-held territory said it had recorded three deaths.", "three", "Orla Civil Defence"),
    ("Three soldiers were killed fighting after the capture of five villages the Orlan Observatory for Human Rights a Britain-based war monitor said on Monday.", "Three soldiers", "Orlan Observatory for Human Rights"),
    ("Norvo agency also reported residents and rescue workers as saying that two dozen people were killed.", "two dozen people", "residents and rescue workers"),
    ("THE MINISTER REJECTED THE POSSIBILITY OF PERSONNEL BEING RECRUITED AND ADDED THAT INCIDENTS LIKE THE ONE WHEN SOLDIERS MURDERED 17 FISHERMEN WILL NOT BE REPEATED.", "17 FISHERMEN", "MINISTER"),
    ("The ISO group also claimed an October 2 bomb attack at a police station in the capital that killed at least 17 people.", "at least 17 people", None),
    ("A massive bomb blast claimed by the Dasho terror group killed at least 44 people and wounded dozens on Wednesday.", "at least 44 people", None),
    ("THE ELO KIDNAPPED OLSO, DECLARED HIM A PRISONER OF WAR, AND KILLED ONE MAN.", "ONE MAN", None),
    ("IT WAS REPORTED THAT PELAEZO WAS ARRESTED IN BOGO AND IS CHARGED WITH KILLING TWO MEN IN THE UNITED STATES.", "TWO MEN", None),
    ("At 10 p.m., officers responded to a call of shots fired in the block of East Avenue, and found a 37-year-old woman with a gunshot wound to the torso.", "wound", None),
    ("Police in the city of Lyono were searching for a man believed to be responsible for a Friday blast which injured several people.", "several people", None),
    ("THE POLICE DEPARTMENT DECLARED THE STATE OF ALERT AS A RESULT OF A WAVE THAT BEGAN WITH THE KILLING OF THREE PEOPLE.", "THREE PEOPLE", None),
    ("Two men were killed while strikes in Baghdo, including one in the heavily fortified Green Zone claimed by an Al-Qaedo-linked group, injured four civilians.", "Two men", None),
    ("This follows the release of a video posted online purportedly showing fighters killing 25 soldiers.", "25 soldiers", None),
    ("A 10-year-old boy from Indio County is recovering after police say he was accidentally shot by his teenage brother.", "shot", "police"),
    ("Charlo Police are investigating after they say four people were shot in West Port early Saturday morning.", "four people", "Charlo Police"),
    ("Washington blames the Orlan government for the attack which it says kills more than 1400 people.", "more than 1400 people", "Washington"),
    ("The United States accused Damasco of that attack which it estimates killed 1429 people.", "1429 people", "United States"),
    ("Agreement was reached after he asked Congress to approve air strikes to punish the government over an August 21 gas attack the United States says killed more than 1400 people.", "more than 1400 people", "United States"),
    ("He has asked Congress to authorize strikes in response to what the United States says was a chemical weapons attack by the government that killed more than 1400 people.", "more than 1400 people", "United States"),
    ("The feud, which police believe began with a July 15 shooting in Hawtho, led to shootings that have left three people dead and eight wounded, Becko said.", "three people", "Becko"),
    ("Ray Howo was arrested Monday in the killing of two men, according to a news release from the Los Ango County Sheriff's Department.", "Ray Howo", "Los Ango County Sheriff's Department"),
    ("Two people were killed by soldiers in Ostin, the Interior Department said.", "Two people", "Interior Department"),
    ("A man was shot by an officer in Ostin, the Halden Police Department said.", "A man", "Halden Police Department"),
    ("Ten people were killed by soldiers in Ostin Veld said.", "Ten people", "Ostin Veld"),
    ("The dead man was identified as a farmer killed by soldiers.", "a farmer", None),
    ("The rebels claimed to have killed 12 soldiers.", "12 soldiers", "rebels"),
    ("The mayor confirmed by telephone that 12 people were killed.", "12 people", "mayor"),
    ("The army declared 12 rebels were killed.", "12 rebels", "army"),
    ('"Two boys were killed," an activist posted on Telegram.', "Two boys", "an activist"),
    ('Ada Veld continued: "Twelve people were shot."', "Twelve people", "Ada Veld"),
    ("The army claimed the assault on the town killed 12 rebels.", "12 rebels", "army"),
    ("Rebels overran the base and the army said 12 soldiers were killed.", "12 soldiers", "army"),
    ("The court convicted a man after it said he killed two women.", "two women", "court"),
    ("Yesterday the army withdrew after it said 12 soldiers were killed.", "12 soldiers", "army"),
    ("Rebels released from lists of prisoners killed 12 people.", "12 people", None),
    ("The killer released a list of demands after he shot 12 people.", "12 people", None),
    ("The court heard Veld was responsible for the fire that killed 12 people.", "12 people", None),
    ("In the United States officials said 12 people were killed.", "12 people", "officials"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "name"), SAID, ids=[text[:40] for text, _, _ in SAID])
def test_who_says_how_many(text: str, at: str, name: str | None) -> None:
    """Two speakers joined by "and", places between a head and its verb, those counted right before him who counts them,
    clauses that tell of somebody what another says, lists of names, and words of saying that say nothing."""
    first = "The town lies on the river."
    body = f"{first.upper() if text.isupper() else first}\n\n{text}"
    assert speaker(seen(body), at) == name


HEADLINES = [
    ("Police: 3 killed, 2 injured in Halden shooting", "3 killed", "Police"),
    ("10 October 2017 Norland Defense Ministry: More than 100 rebels killed in Orla", "100 rebels", "Norland Defense Ministry"),
    ("12 killed in Halden blast: police", "12 killed", "police"),
    ("Army kills 18 civilians in Halden Monitor", "18 civilians", "Monitor"),
    ("Army kills 18 civilians in Halden Monitor AFP Sunday 26 Nov 2017", "18 civilians", "Monitor"),
    ("RPD: 4 shot in Halden Court", "4 shot", "RPD"),
    ("Bomb at army base: 12 killed in Halden", "12 killed", None),
    ("State of emergency: 12 killed in Halden", "12 killed", None),
    ("Blast kills 12 working for NGO", "12", None),
    ("Two dead: 3 hurt in Halden", "3 hurt", None),
    ("Halden: 3 hurt in blast", "3 hurt", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "at", "name"), HEADLINES, ids=[title[:30] for title, _, _ in HEADLINES])
def test_who_speaks_in_a_headline(title: str, at: str, name: str | None) -> None:
    """Before a colon, behind one, or at the end without one."""
    body = f"{title}\n\nThe town lies on the river."
    assert speaker(seen(body, len(title)), at) == name


def test_words_of_saying_without_end_take_no_longer_than_their_length() -> None:
    """A sentence that says and says is read in seconds."""
    began = time.process_time()
    seen("The mayor said that " * 1_500 + "two people were killed.")
    seen("said " * 4_000)
    assert time.process_time() - began < 20
