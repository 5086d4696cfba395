"""Ages that were read as numbers of persons: "Boy, 7, dies" tells of one who died, and "two men, ages 28 and 22, were wounded" of two."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from bearwitness import vocabulary
from bearwitness.record import COUNTS

if TYPE_CHECKING:
    from bearwitness.record import Claim, Reading, Report

OLDEST = 110
_BEFORE = 80  # characters before a number in which the person stands whose age it is
_LISTED = re.compile(
    r"\b(?:aged?|ages)(?: of| between| from)*(?: \d+,?)*(?: and| to| or)? $|\bboth $", re.IGNORECASE
)
_GOES_ON = re.compile(r",(?! (?:including|mostly|most|among|all|of|many|some|with|\d))")
_PLACE = re.compile(r"\b(?:in|at|near|of|from|on) $", re.IGNORECASE)
_AT_PLACE = re.compile(r"(?:in|at|near|of|from|on) ", re.IGNORECASE)


@cache
def _person() -> re.Pattern[str]:
    """A person in the words before ", 7,": a name of two words or more, or one word for one person with what describes it."""
    words = vocabulary.load("parties")
    nouns = "|".join(sorted({*words["female"], *words["male"], *words["one_person"]}))
    return re.compile(
        rf"(?<![\w’'-])(?P<who>(?:[A-Z][\w’'.-]+ )+[A-Z][\w’'-]+|(?:[\w’'-]+ )?(?i:{nouns})), $"
    )


def told_as_ages(report: Report, reading: Reading) -> Reading:
    """``reading`` with one person counted where the number was that person's age, and without counts that are ages in a list."""
    claims: list[Claim] = []
    for claim in reading.claims:
        kept = _without_age(report.text, claim)
        if kept is not None:
            claims.append(kept)
    if claims == list(reading.claims):
        return reading
    known = {claim.id: claim for claim in claims}
    return msgspec.structs.replace(reading, claims=tuple(known.values()))


def _without_age(text: str, claim: Claim) -> Claim | None:
    """The claim as it is to be counted; ``None`` if it is nothing but an age."""
    number = claim.high
    if claim.about not in COUNTS or claim.whom is not None or number is None or not 2 < number <= OLDEST:
        return claim
    found = re.search(rf"(?<![\w.,]){number}(?![\w.]|,\d)", claim.words)
    if found is None:
        return claim
    start, end = claim.start + found.start(), claim.start + found.end()
    before = text[max(0, start - _BEFORE) : start]
    if _LISTED.search(before):
        return None
    person = _person().search(before)
    if person is None or not _GOES_ON.match(text[end:]):
        return claim
    first = start - len(before) + person.start("who")
    if _PLACE.search(text[max(0, first - 6) : first]) or _AT_PLACE.match(person["who"]):
        return claim  # "in Port Torvale, 12, ..." names no person
    return msgspec.structs.replace(
        claim,
        id="",
        words=text[first : claim.end],
        start=first,
        low=0 if claim.low == 0 else 1,
        high=1,
        whom=person["who"],
    )
