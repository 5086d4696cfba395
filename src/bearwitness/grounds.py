"""What conclusions rest on besides figures: joins of mentions, how incidents stand to each other, origins and how they hang
together, what a denial is of, who graded.

Derived values of the records; ``record`` is where the rest of the program takes them from.
"""

from __future__ import annotations

from typing import Literal

from bearwitness.identity import Value

Side = Literal["accused", "victims", "third", "none"]
"""Whose side an origin is on; ``none`` is an outlet's own voice."""
Independence = Literal["established", "not_established", "dependent"]
TieCode = Literal[
    "quotes", "cites", "own_voice", "copied_text", "shared_passage", "same_page", "credits_agency", "same_outlet",
    "same_institution", "echoes",
]  # fmt: skip
Word = Literal[
    "asserts", "alleges", "claims", "concedes", "denies", "doubts", "no_comment", "under_investigation",
]  # fmt: skip
"""What a party does with an assertion: alleges it of others, claims or concedes its own part, or says it will not say."""
Denied = Literal["responsibility", "occurrence", "toll", "civilian_status", "location", "weapon", "target"]
"""What a denial is of (standards D1)."""


Relation = Literal["episode", "part", "series", "background", "same_place"]
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]


class Tie(Value, frozen=True, kw_only=True):
    """One edge of the graph of origins: why ``first`` goes back to ``second``.

    Both are nodes: the id of a report, the key of an origin, or the name of someone who speaks for one. ``words`` are
    ``Report.text[start:end]`` of ``report``; empty where the edge rests on no words (one outlet, one address).
    """

    code: TieCode
    first: str
    second: str
    sentence: str
    report: str
    words: str = ""
    start: int = 0
    end: int = 0


class Origin(Value, frozen=True, kw_only=True):
    """Where claims first came from: one speaker's statement or one text, however many pages carry it.

    ``named`` says that somebody is named as saying it; only such origins confirm anything. ``rests_on`` is the key of the
    named origin whose figures an outlet only repeats in its own voice. ``speakers`` are those who speak for it.
    """

    key: str
    name: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    side: Side = "none"
    named: bool = False
    speakers: tuple[str, ...] = ()
    rests_on: str | None = None
    ties: tuple[Tie, ...] = ()


class Backing(Value, frozen=True, kw_only=True):
    """On how many independent origins one field of an incident rests (standards S5).

    ``about`` is a claim's, ``value`` which perpetrator, weapon or target it is; ``origins`` are the keys of the named
    origins that assert it, ``reports`` counts the reports that carry it.
    """

    about: str
    value: str | None = None
    independence: Independence
    sentence: str
    origins: tuple[str, ...] = ()
    reports: int = 0


class Suggested(Value, frozen=True, kw_only=True):
    """The grade that the rules suggest: which rule fired, why in a sentence, and the claims it rests on."""

    grade: Grade
    rule: str
    sentence: str
    claims: tuple[str, ...] = ()


class Graded(Value, frozen=True, kw_only=True):
    """A person's grade, or that the rules' holds again (``grade`` is null): by whom, why, when, and what the rules suggested
    and which grade stood before that."""

    judgement: str
    grade: Grade | None
    by: str
    why: str
    at: str
    suggested: str | None = None
    rule: str | None = None
    before: str | None = None


class Join(Value, frozen=True, kw_only=True):
    """Why two mentions are held to be one event: reason codes, a sentence, and by whom (a rule or a person)."""

    first: str
    second: str
    by: str
    reasons: tuple[str, ...]
    sentence: str


class Related(Value, frozen=True, kw_only=True):
    """Another incident told beside this one, and how the reports relate them: the ``episode`` (a toll of several events) that
    this one is part of, a ``part`` of this one, another of a counted series, background, or the same place."""

    incident: str
    relation: Relation
    sentence: str
