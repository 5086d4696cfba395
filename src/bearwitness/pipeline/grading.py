"""Which grades a person should look at: suggested ones that nobody decided, and decided ones whose ground has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from bearwitness import assess
from bearwitness.record import Judgement

if TYPE_CHECKING:
    from bearwitness.record import Assessment, Grade
    from bearwitness.store import Ledger

Because = Literal[
    "suggestion_changed", "contested", "confirmed", "fair", "discounted", "deaths_on_one_origin", "weak"
]
SENTENCES: dict[Because, str] = {
    "suggestion_changed": "The rules suggest another grade than when a person decided.",
    "contested": "The rules find it contested: who did it, or whether it happened.",
    "confirmed": "The rules take a party's word for acceptance of responsibility.",
    "fair": "The rules would count it in the headline: two independent origins and a party named.",
    "discounted": "A person's corrections discount it; nobody graded it.",
    "deaths_on_one_origin": "Deaths are told and independent origins are not established.",
    "weak": "Nobody graded it.",
}


class ToGrade(msgspec.Struct, frozen=True):
    """An incident whose grade waits for a person, and why."""

    incident: str
    title: str
    grade: Grade
    suggested: Grade
    rule: str
    because: Because
    sentence: str


def to_grade(ledger: Ledger, *, most: int) -> list[ToGrade]:
    """At most ``most`` incidents whose grade deserves a look: first those decided on other ground than today's, then those
    nobody decided, the most consequential first."""
    decided: dict[str, Assessment] = {}
    mentions = {one.subject[0] for one in ledger.records(Judgement) if one.verdict == "grade"}
    for identifier in sorted(set(ledger.incidents_of(mentions).values())):
        weighed = ledger.assessment(identifier, assess.DEFAULT)
        if weighed is not None and weighed.grade_rule == "graded_by_review":
            decided[identifier] = weighed
    found = [
        line
        for weighed in decided.values()
        if weighed.suggested and weighed.graded[-1].suggested not in (None, weighed.suggested.grade)
        if (line := _line(ledger, weighed, "suggestion_changed")) is not None
    ]
    for row in ledger.to_grade(assess.DEFAULT, limit=most + len(decided)):
        weighed = None if row.id in decided else ledger.assessment(row.id, assess.DEFAULT)
        if weighed is not None and (line := _line(ledger, weighed, _because(weighed))) is not None:
            found.append(line)
    return found[:most]


def _because(weighed: Assessment) -> Because:
    if weighed.grade != "weak":
        return weighed.grade
    return "deaths_on_one_origin" if weighed.killed.best else "weak"


def _line(ledger: Ledger, weighed: Assessment, because: Because) -> ToGrade | None:
    incident = ledger.incident(weighed.incident)
    if incident is None or weighed.suggested is None:
        return None
    return ToGrade(
        incident=incident.id, title=incident.title, grade=weighed.grade, suggested=weighed.suggested.grade,
        rule=weighed.suggested.rule, because=because, sentence=SENTENCES[because],
    )  # fmt: skip
