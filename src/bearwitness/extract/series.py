"""Tolls of several events told as one number: lifted to an event of kind ``total`` (standards T13, M5).

"A wave of strikes across the province killed 30 people. In one town a strike on a bakery killed 12, in another nine died."
The 30 are of the wave; they must not stand beside the bakery's 12. A report that does not tell two of the events one by one,
each with a toll of its own, is left as it is: there the wave is the event. So are several strikes on one site.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bearwitness import vocabulary
from bearwitness.extract import text as plain_text
from bearwitness.record import COUNTS, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bearwitness.extract.text import Sentence
    from bearwitness.record import Claim, Reading, Report


class Cue(NamedTuple):
    """Words that tell of several events ("a wave of strikes", "the two bombings"), and the sentence they stand in."""

    start: int
    end: int
    sentence: Sentence


@cache
def _pattern() -> re.Pattern[str]:
    words = vocabulary.load("deeds")["series"]
    several, acts, numbers, together = (
        "|".join(words[name]) for name in ("several", "acts", "numbers", "together")
    )
    word = r"(?:(?!(?:in|by|of|and|at|on|to|from|with|as) )[\w-]+ )"
    at_one = r"(?! (?:on|at|against|targeting|near|outside|which) )(?! in (?:the|a|an|one) )"
    return re.compile(
        rf"\b(?:a |the |this )?(?:{several}) of {word}{{0,3}}?(?:{acts})\b{at_one}"
        rf"|\b(?:the |these |those |all )?(?:{numbers}) (?:of the )?{word}{{0,2}}?(?:{acts})\b{at_one}"
        # "The strikes have killed 13 people in all": what they killed together.
        rf"|\b(?:the|these|those) {word}{{0,2}}?(?:{acts})\b{at_one}(?=[^.;:]*?\b(?:{together})\b)"
        rf"|\b(?:{together})\b(?=[^.;:]*?\b(?:the|these|those) {word}{{0,2}}?(?:{acts})\b{at_one})"
    )


def told_apart(report: Report, reading: Reading) -> Reading:
    """``reading`` with the tolls of several events under mentions of their own, where it tells of one of these besides."""
    text = plain_text.plain(report.text)
    if not _pattern().search(text.lower()):
        return reading
    cues = [
        Cue(sentence.start + match.start(), sentence.start + match.end(), sentence)
        for sentence in plain_text.sentences(report, text)
        if (match := _pattern().search(sentence.text.lower()))
    ]
    counted = {claim.id: cue for claim in reading.claims if (cue := _cue(claim, cues)) is not None}
    parts = _parts(reading, counted)
    if len(set(parts)) < 2:
        # "A wave of strikes SINCE MAY has killed 14" tells of more than the one strike besides.
        counted = {name: cue for name, cue in counted.items() if parts and _SPREAD.search(cue.sentence.text)}
    by_id = {mention.id: mention for mention in reading.mentions}
    counted = {
        name: cue
        for claim in reading.claims
        if (cue := counted.get(name := claim.id))
        and (_SPREAD.search(cue.sentence.text) or not _at_one_place(by_id[claim.mention], cue, parts))
    }
    mentions: list[Mention] = []
    moved: dict[str, str] = {}
    for mention in reading.mentions:
        claims = [claim for claim in reading.claims if claim.mention == mention.id]
        of_series = [claim for claim in claims if claim.id in counted]
        if not of_series:
            mentions.append(mention)
        elif mention.kind == "total":
            total = _undated(mention, counted[of_series[0].id])
            mentions.append(total)
            moved |= dict.fromkeys((claim.id for claim in claims), total.id) if total != mention else {}
        elif _is_series(mention, claims, counted, cues):
            total = _widened(mention, cues)
            mentions.append(total)
            moved |= dict.fromkeys((claim.id for claim in claims), total.id)
        else:
            mentions.append(mention)
            for cue in dict.fromkeys(counted[claim.id] for claim in of_series):
                total = _total(mention, cue, report, here=len({where for _, where in parts}) == 1)
                mentions.append(total)
                moved |= {claim.id: total.id for claim in of_series if counted[claim.id] == cue}
    if not moved:
        return reading
    told = tuple(
        msgspec.structs.replace(claim, id="", mention=moved[claim.id]) if claim.id in moved else claim
        for claim in reading.claims
    )
    known = {mention.id: mention for mention in mentions}
    return msgspec.structs.replace(reading, mentions=tuple(known.values()), claims=told)


def _parts(reading: Reading, counted: dict[str, Cue]) -> list[tuple[str | None, str | None]]:
    """The days and places of the events told besides, each with a toll of its own."""
    own = {claim.mention for claim in reading.claims if claim.about in COUNTS and claim.id not in counted}
    told = [
        one for one in reading.mentions if one.id in own and one.kind != "total" and one.status == "occurred"
    ]
    return [(one.date, one.place.words.casefold() if one.place else None) for one in told]


def _at_one_place(mention: Mention, cue: Cue, parts: list[tuple[str | None, str | None]]) -> bool:
    """Whether the sentence puts all of the acts in the event's own town, of which nothing else is told: one event of several
    strikes, and no series of events."""
    place = mention.place
    if place is None or place.precision in _WIDE or place.words not in cue.sentence.text:
        return False
    return len({day for day, where in parts if where == place.words.casefold()}) < 2


_SPREAD = re.compile(
    r"\bsince (?!then|midnight|dawn|the (?:attack|strike|blast|bombing|shooting|explosion))"
    r"|\b(?:over|in|within|during) (?:the )?(?:past|last) (?:\w+ )?(?:days|weeks|months|years|week|month|year)\b"
)
_WIDE = frozenset({"adm1", "adm2", "area", "country"})


def _cue(claim: Claim, cues: Iterable[Cue]) -> Cue | None:
    """The words for several events in the sentence of a count, in the same clause with it."""
    if claim.about not in COUNTS or claim.part_of:
        return None
    for cue in cues:
        if cue.sentence.start <= claim.start and claim.end <= cue.sentence.end:
            first, second = sorted(((cue.start, cue.end), (claim.start, claim.end)))
            between = cue.sentence.text[first[1] - cue.sentence.start : second[0] - cue.sentence.start]
            if not _APART.search(between):
                return cue
    return None


_APART = re.compile(
    r"[;:]|\b(?:including|among them|one of (?:which|them)|in one|of which|when|but|while)\b|, (?:and )?(?:in|at|on) "
)


def _is_series(mention: Mention, claims: list[Claim], counted: dict[str, Cue], cues: list[Cue]) -> bool:
    """Whether a mention tells of the series and of nothing else: its words are the cue's, and so are all its counts."""
    own = any(mention.start < cue.end and cue.start < mention.end for cue in cues)
    return own and all(claim.id in counted for claim in claims if claim.about in COUNTS)


def _widened(mention: Mention, cues: list[Cue]) -> Mention:
    """A mention of the series as one."""
    cue = next(cue for cue in cues if mention.start < cue.end and cue.start < mention.end)
    return _undated(msgspec.structs.replace(mention, id="", kind="total", series=None), cue)


def _undated(mention: Mention, cue: Cue) -> Mention:
    """A mention without a day that its own sentence does not give: that was one event's."""
    if mention.date is None or _dated(mention, cue):
        return mention
    return msgspec.structs.replace(mention, id="", date=None, date_words=None, date_basis=None)


def _dated(mention: Mention, cue: Cue) -> bool:
    return bool(mention.date_words) and str(mention.date_words) in cue.sentence.text


def _total(mention: Mention, cue: Cue, report: Report, *, here: bool) -> Mention:
    """The series that ``cue`` tells of; when and where as far as its sentence says so in the words of the event beside it, or
    where that event was if all that is told was in one place (``here``)."""
    dated = _dated(mention, cue)
    placed = here or (
        mention.place is not None and cue.sentence.start <= mention.place.start < cue.sentence.end
    )
    return Mention(
        report=mention.report,
        kind="total",
        status="occurred",
        anchor=report.text[cue.start : cue.end],
        start=cue.start,
        end=cue.end,
        date=mention.date if dated else None,
        date_words=mention.date_words if dated else None,
        date_basis=mention.date_basis if dated else None,
        place=mention.place if placed else None,
        country=mention.country,
        background=mention.background,
    )
