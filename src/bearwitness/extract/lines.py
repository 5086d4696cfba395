"""Reading one sentence: its tokens, counts, deeds, dates, places and who says it."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from bearwitness.extract import (
    attributions,
    dates,
    deeds,
    namesakes,
    people,
    places,
    speakers,
    text,
    tolls,
    triggers,
)
from bearwitness.extract.actors import Deed
from bearwitness.extract.clauses import Found
from bearwitness.extract.dates import News
from bearwitness.extract.moods import unreal
from bearwitness.extract.people import Chunked
from bearwitness.extract.places import Named
from bearwitness.extract.speakers import Registry
from bearwitness.extract.text import Quotation, Sentence
from bearwitness.extract.tokens import MONTHS, Token, is_given, lower, tokens
from bearwitness.extract.voices import Attribution
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import EventKind, Status

NUMBERED = re.compile(
    r"\b(?:flight|route|highway|interstate|room|apartment|resolution|boeing|airbus|channel) $"
)


class Line(NamedTuple):
    """A sentence and all that was read from it; offsets inside are characters of the sentence."""

    sentence: Sentence
    low: str
    tokens: list[Token]
    chunked: Chunked
    tolls: list[Found]
    deeds: list[Deed]
    dates: list[News]
    places: list[Named]
    kind: EventKind | None
    status: Status
    total: bool
    harmful: bool


def read_line(sentence: Sentence, gazetteer: Gazetteer, published: date | None, bad_dates: list[str]) -> Line:
    """Read one sentence that may tell of violence."""
    words = tokens(sentence.text)
    low = lower(sentence.text)
    dateline = DATELINE.match(sentence.text)
    skip = dateline.end() if dateline else 0
    found_dates, bad = dates.dates(low, published)
    given = [t.start for k, t in enumerate(words) if is_given(words, k)]
    alone = [(t.start, t.end) for k, t in enumerate(words) if _family(words, k)]
    found_dates = [
        n
        for n in found_dates
        if n.start >= skip
        and not any(n.start <= at < n.end for at in given)
        and (n.start, n.end) not in alone
    ]
    bad_dates.extend(bad)
    named = places.named(words, gazetteer, sentence.text.isupper(), sentence.text)
    named = [place._replace(lead="dateline" if place.start < skip else place.lead) for place in named]
    if not (sentence.headline and namesakes.titled(words)):
        named = namesakes.places_only(words, named, sentence.text.isupper())
    chunked = people.chunk(
        words, frozenset(k for place in named if place.lead for k in range(place.first, place.last))
    )
    counts = [found for found in tolls.tolls(chunked) if not _unreal(chunked, low, found)]
    done = [d for d in deeds.deeds(words, sentence.text, low) if not unreal(low, d.start, d.end, count=False)]
    kind = triggers.kind_of(low)
    status: Status = "occurred"
    if any(d.about == "occurred" and d.stance == "denies" for d in done):
        status = "disputed"
    elif (
        triggers.FOILED.search(low)
        and (kind or triggers.HIT.search(low) or triggers.WEAPON.search(low))
        and not any(c.about in ("killed", "injured") and c.high != 0 for c in counts)
    ):
        status = "foiled"
    total = bool(counts) and any(not SINCE_THEN.match(low, m.start()) for m in triggers.TOTALS.finditer(low))
    if triggers.FIGURATIVE.search(low) or triggers.ORDER.search(low):
        counts, done, kind, status, total = [], [], None, "occurred", False
    harmful = bool(counts or done or kind or status != "occurred")
    return Line(sentence, low, words, chunked, counts, done, found_dates, named, kind, status, total, harmful)


def _unreal(chunked: Chunked, low: str, found: Found) -> bool:
    """Whether a toll is only asked for or supposed, or its number is a thing's name."""
    start, end = chunked.span(found.at)
    if NUMBERED.search(low[:start]):
        return True
    return unreal(low, min(start, found.start), end, count=True)


def _family(words: list[Token], k: int) -> bool:
    """Whether a month's name ends a person's ("Ben Jan"), or has something ("Jan's father")."""
    if words[k].low not in MONTHS or not words[k].text[0].isupper():
        return False
    before = words[k - 1] if k else None
    named_ = (
        before is not None and before.tag == "W" and before.text[0].isupper() and not before.text.isupper()
    )
    return named_ or [t.low for t in words[k + 1 : k + 2]] == ["'s"] and len(words[k].low) == 3


def parts(line: Line, found: list[Attribution]) -> list[Line]:
    """The line, or two of it: where it ends in what somebody else claims ("commenting on the statement of Y,
    claiming that Z"), and where it tells of two towns ("16 dead in Kenema and another in Bo that killed 8")."""
    base = line.sentence.start
    nested = [
        a.scope[0] - base
        for a in found
        if a.cue_word.endswith("ing") and a.end < a.scope[0] and a.scope[0] > base
    ]
    if nested:
        before, after = _cut(line, max(nested))
        if (after.deeds or after.tolls) and any(p.lead for p in after.places):
            return [before, after]
    for token in line.tokens:
        if token.tag in "&;":
            before, after = _cut(line, token.start)
            if _tells(before) and _tells(after) and not _towns(before) & _towns(after):
                return [before, after]
    return [line]


def _cut(line: Line, at: int) -> tuple[Line, Line]:
    """The line's findings before and after a character."""
    before = line._replace(
        tolls=[f for f in line.tolls if f.start < at],
        deeds=[d for d in line.deeds if d.start < at],
        dates=[n for n in line.dates if n.start < at],
        places=[p for p in line.places if p.start < at],
    )
    after = line._replace(
        tolls=[f for f in line.tolls if f.start >= at],
        deeds=[d for d in line.deeds if d.start >= at],
        dates=[n for n in line.dates if n.start >= at],
        places=[p for p in line.places if p.start >= at],
        kind=triggers.kind_of(line.low[at:]),
    )
    return before, after


def _tells(line: Line) -> bool:
    """Whether a half line has a toll of its own and a town of its own."""
    return any(not f.part for f in line.tolls) and bool(_towns(line))


def _towns(line: Line) -> set[str]:
    return {
        p.words.lower() for p in line.places if p.lead and p.known and p.level in ("town", "near", "adm2")
    }


def says_when(line: Line, found: list[Attribution]) -> list[News]:
    """The dates of a line that are an event's: not the day of a statement."""
    kept = []
    for news in line.dates:
        accusing = (
            not line.tolls and ACCUSED.search(line.low[: news.start]) and not line.low[news.end :].strip(" .")
        )
        if accusing or POSTED.search(line.low[: news.start]) or TOLD.search(line.low[: news.start]):
            continue
        at = line.sentence.start + news.start
        statement = False
        for attribution in found:
            cue_end = attribution.cue + len(attribution.cue_word)
            said = (
                line.sentence.text[max(0, cue_end - line.sentence.start) : news.start]
                .replace(",", " ")
                .split()
            )
            told = len(said) <= 8 and all(w.lower() in TELLING or w[:1].isupper() for w in said)
            if at >= cue_end and told and not line.low[news.start : news.end + 2].endswith("'s"):
                statement = True
            if attribution.end <= at < attribution.cue:
                statement = True
        if not statement:
            kept.append(news)
    return kept


def voices(
    lines: list[Line | None], sentences: list[Sentence], registry: Registry, plain: str
) -> tuple[dict[int, list[Attribution]], list[tuple[Quotation, Attribution]]]:
    """Attributions by sentence number, pronouns resolved, and the quotations with their speakers."""
    by_sentence: dict[int, list[Attribution]] = {}
    quoted: list[tuple[Quotation, Attribution]] = []
    start = 0
    while start < len(sentences):
        end = start
        while end < len(sentences) and sentences[end].paragraph == sentences[start].paragraph:
            end += 1
        block = sentences[start:end]
        found_here: list[Attribution] = []
        for number in range(start, end):
            sentence = sentences[number]
            line = lines[number]
            words = (
                line.tokens
                if line is not None
                else tokens(sentence.text)
                if CUE.search(sentence.text)
                else []
            )
            resolved = [
                r
                for a in attributions.attributions(sentence, words)
                if (r := registry.resolve(a)) is not None
            ]
            by_sentence[number] = resolved
            found_here += resolved
            if (
                resolved
                and number > start
                and BACKWARD.search(sentence.text)
                and not by_sentence.get(number - 1)
            ):
                before = sentences[number - 1]
                by_sentence[number - 1] = [resolved[0]._replace(scope=(before.start, before.end))]
        marks = text.quotations(plain, block[0].start, block[-1].end)
        if marks and found_here:
            quoted += speakers.quotation_speakers(marks, found_here, block)
        start = end
    return by_sentence, quoted


DATELINE = re.compile(
    r"[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+){0,3}(?:, [A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?)?(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z]\w{2,8})(?:,? \d{2,4})?)?"
    r" ?(?:\([A-Za-z0-9/.' ]{2,40}\) ?)?--?(?= )"
)
ACCUSED = re.compile(r"\b(?:accused|blamed)\b.* (?:on )?$")  # "police accused the gang of the raid on Monday"
TOLD = re.compile(r"\b(?:denied|denies|rejected|dismissed|claimed|condemned) (?:late |early )?(?:on )?$")
TELLING = frozenset(
    """late early on in a an the statement statements here told reporters journalists his her its their to twitter
    facebook telegram interview press conference news briefing separate two another by telephone phone from via
    and at television state tv radio agency channel message post communique earlier later also""".split()
)
# "since Sunday when ..." counts from one event; it is no total.
SINCE_THEN = re.compile(
    r"since (?:late |early |last )?(?:\w+day\b|a\b|an\b|the (?!start|beginning|war|outbreak)|it\b|they\b)"
)
# The day a page was posted, at its very beginning.
POSTED = re.compile(r"(?:posted|published|updated)(?: on)? $")
CUE = re.compile(
    r"\b(?:according to|"
    + "|".join(sorted(map(re.escape, attributions.SAY), key=len, reverse=True))
    + r")\b",
    re.I,
)
BACKWARD = re.compile(
    r"\b(?:said|wrote|stated|announced|reported|confirmed|tweeted|posted|told \w+|claimed) (?:this|so|about this|about it)\b",
    re.I,
)
