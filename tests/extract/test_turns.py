"""Whose turn it is in a transcript with names in brackets, in invented texts."""

from __future__ import annotations

import time

import pytest
from plain_texts import seen, speaker

from bearwitness.extract import text
from bearwitness.extract.turns import turns

INTERVIEW = """PORTO, 3 MAY 90 (RADIO ORLA) -- [INTERVIEW WITH COLONEL RENO OSTIN, COMMANDER OF THE 2D BRIGADE, BY MARTA VELO] [TEXT]
   [BEGIN RECORDING] [VELO] COLONEL, WAS ANYBODY HURT?
   [OSTIN] FOUR SOLDIERS [WORDS INDISTINCT] WERE WOUNDED. THE [ORLAN LIBERATION] FRONT LOST 12 MEN.
   [VELO] WHAT OF THE SIX NUNS WHO WERE KILLED?
   [OSTIN] THE POLICE SAID THAT TWO MEN WERE ARRESTED. [END RECORDING] THE CITY IS CALM. THREE PERSONS DIED ELSEWHERE.
"""


def said(body: str) -> list[str]:
    """The names of a text's turns."""
    return [body[t.start : t.end] for t in turns(text.plain(body))]


def test_an_interview_is_his_who_answers() -> None:
    """Who answers says what stands behind his name, until the next name or the end of the recording; who asks is the outlet."""
    assert said(INTERVIEW) == ["OSTIN", "OSTIN"]
    assert speaker(seen(INTERVIEW), "FOUR SOLDIERS") == "OSTIN"
    assert speaker(seen(INTERVIEW), "12 MEN") == "OSTIN"
    assert speaker(seen(INTERVIEW), "SIX NUNS") is None
    assert speaker(seen(INTERVIEW), "THREE PERSONS") is None


def test_who_is_quoted_in_a_turn_comes_first() -> None:
    """What the colonel says that the police said is the police's word."""
    assert speaker(seen(INTERVIEW), "TWO MEN") == "POLICE"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (
            "[COMMUNIQUE] [NORTHERN COMMAND OF THE ORLAN FRONT (OF)] [TEXT]",
            "NORTHERN COMMAND OF THE ORLAN FRONT (OF)",
        ),
        ("[SPEECH] [PRESIDENT DANO OSTIN] [TEXT] [CONTINUED]", "PRESIDENT DANO OSTIN"),
        ("[STATEMENT] [COLONEL RENO OSTIN, CHIEF OF STAFF] [TEXT]", "COLONEL RENO OSTIN"),
        ("[COMMUNIQUE] [ORLAN REVOLUTIONARY MOVEMENT, ORM] [TEXT]", "ORLAN REVOLUTIONARY MOVEMENT, ORM"),
        ("[REPORT] [ARMED FORCES PRESS COMMITTEE] [TEXT]", "ARMED FORCES PRESS COMMITTEE"),
        ("[REPORT] [MARTA VELO] [TEXT]", None),
        ("[TEXT]", None),
        ("[COMMENTARY] [TEXT]", None),
    ],
)
def test_a_text_under_a_name_is_its_issuer_s(header: str, name: str | None) -> None:
    """A communique, a statement or a speech is the word of who stands over it; a reporter's text is the outlet's."""
    body = f"PORTO, 3 MAY 90 (RADIO ORLA) -- {header} NINE PERSONS WERE KILLED IN PORTO.\n"
    assert speaker(seen(body), "NINE PERSONS") == name


@pytest.mark.parametrize(
    "body",
    [
        "THE FRONT [FMO] KILLED NINE. [THE] MINISTRY REPORTED IT. [NUMBER AS HEARD] TWO DIED.",
        "Nine [sic] people died. [Photo] The mayor left.",
        "[",
        "[]",
        "] [ [ ]",
        "[BEGIN RECORDING]",
        "[  ] Two men were killed.",
        "[Soldiers] killed 12 people. [Soldiers] left.",
        "HALDEN, 5 MAY -- [COMMUNIQUE] [ , ] [TEXT] TWO MEN WERE KILLED.",
        "HALDEN, 5 MAY -- [SPEECH] [LIVE] TWO MEN WERE KILLED.",
        "HALDEN, 5 MAY -- [REPORT] [POLICE BEAT] [TEXT] THE LIBERATION ARMY [ELN] CAME. [ELN] FIGHTERS KILLED 12. [ELN] FIGHTERS FLED.",
    ],
)
def test_what_else_stands_in_brackets_is_no_turn(body: str) -> None:
    """Glosses, notes and stray brackets give nobody a turn."""
    assert said(body) == []


def test_brackets_without_end_take_no_longer_than_their_length() -> None:
    """Fifty thousand brackets are read in seconds."""
    began = time.process_time()
    turns("[REPORTER] WHY? [OSTIN] SO. " * 8_000)
    turns("[" * 200_000)
    turns("[X] " * 50_000)
    assert time.process_time() - began < 10
