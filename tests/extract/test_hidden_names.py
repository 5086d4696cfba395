"""Names are hidden from the network: what it reads of a text does not hang on who is named."""

from __future__ import annotations

import pytest
from plain_texts import surveyed

from bearwitness import extract
from bearwitness.extract.model import names
from bearwitness.extract.model.names import COUNTRIES, NAMES, PEOPLES
from bearwitness.extract.model.words import words


def hidden(body: str) -> list[str]:
    """The names of a text that are hidden."""
    survey = surveyed(body)
    return [survey.plain[h.start : h.end] for h in names.hidden(survey)]


HIDDEN = [
    ("Police in Kenema said Ada Lorne was shot.", ["Ada Lorne"]),
    ("Gunmen of the Lake Guard killed four.", ["Lake Guard"]),
    ("Kess's brother saw Kess fall.", ["Kess", "Kess"]),
    ("Meanwhile, troops fired.", []),
    ("Houses were burned. Four people were hurt.", []),
    ("The attack on Friday, 3 March, killed two.", []),
    ("Two Kenyan soldiers died near the border of Uganda.", ["Kenyan", "Uganda"]),
    ("Colonel Bo Kess said the army had lost two men.", ["Bo Kess"]),
    ("THREE MEN DIED IN KENYA, POLICE SAID.", ["KENYA"]),
    ("THE MAYOR, BO KESS, WAS SHOT BY REBELS OF THE OLD ZUARA BRIGADE.", ["BO KESS", "ZUARA BRIGADE"]),
    ("Two soldiers of the Interior Ministry died.", ["Interior"]),
    (
        "The raid by the People's Guard of Norland and the May Brigade failed.",
        ["People's Guard of Norland", "May Brigade"],
    ),
    ("A spokesman of the Black Mountain Front denied it.", ["Black Mountain Front"]),
    ("The bomb of the Red Sail Youth killed two.", ["Red Sail Youth"]),
    ("Yesterday Bo T. Kess Jr. was shot.", ["Bo T. Kess Jr."]),
    ("Yesterday Bo Kess, Jr., 32, was shot by Mr. Lorne.", ["Bo Kess, Jr.", "Lorne"]),
    ("Orlanka said two had died. Protesters ran.", ["Orlanka"]),
]


@pytest.mark.parametrize(("body", "wanted"), HIDDEN, ids=[b for b, _ in HIDDEN])
def test_only_names_are_hidden(body: str, wanted: list[str]) -> None:
    """Words of names are hidden, at the head of a sentence too; known places, titles, days and plain words are not."""
    assert hidden(body) == wanted


def test_a_name_keeps_its_stand_in() -> None:
    """A name has one stand-in throughout, in short too, another name another, and a people that of its country's number."""
    survey = surveyed("Ada Lorne of Kenya accused Bo Kess. Kess hit Lorne, a Kenyan, in Uganda.")
    found = {survey.plain[h.start : h.end]: h.piece for h in names.hidden(survey)}
    assert found["Ada Lorne"] == found["Lorne"] != found["Bo Kess"] == found["Kess"]
    assert {found["Lorne"], found["Kess"]} <= set(NAMES)
    assert COUNTRIES.index(found["Kenya"]) == PEOPLES.index(found["Kenyan"])
    assert found["Uganda"] != found["Kenya"]


def test_other_names_give_the_same_pieces() -> None:
    """A text under other names of the same kinds is the same text to the network."""
    body = "{0} {1} was shot by men of the {2} {3}, police said. {1}'s brother blamed {2} {3} rebels in {4}."
    one, other = (
        words(surveyed(body.format(*n)), extract.network().pieces)
        for n in (
            ("Ada", "Lorne", "Red", "Column", "Kenya"),
            ("Yusra Maria", "Okonta", "Garde du Val", "Noire", "Norway"),
        )
    )
    assert [w.pieces for w in one.windows] == [w.pieces for w in other.windows]


def test_a_junior_has_the_stand_in_of_his_name() -> None:
    """ "Jr." behind a name tells no two names alike."""
    survey = surveyed("Then Ada Orlanka Jr. accused Bo Kess, Jr., and Orlanka hit Kess.")
    pieces = [h.piece for h in names.hidden(survey)]
    assert pieces[:2] == pieces[2:]
    assert pieces[0] != pieces[1]
