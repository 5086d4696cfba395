"""From annotations in the gold form to what the network is trained on: spans, their kinds, and links between them.

The gold form gives words, not offsets: a quote is looked up in the text, its number or value inside the quote,
a speaker beside it. What the guidelines leave out on purpose (the same value said again by the same speaker) is
neither right nor wrong for the network: such words are left out of the loss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from phrases import anywhere, bare, occurrences

from bearwitness.extract import numbers
from bearwitness.extract.model.spans import DENIED_DEED, DENIED_EVENT
from bearwitness.extract.model.words import (
    Words,
    date_candidates,
    place_candidates,
    survey_dates,
    voice_candidates,
)
from bearwitness.extract.survey import Survey
from bearwitness.extract.tokens import lower

COUNTS = ("killed", "injured", "missing", "abducted", "detained", "casualties", "shot")
DENIALS = (DENIED_DEED, DENIED_EVENT)
LAYERS = ("count", "perpetrator", "weapon", "target", "denial", "speaker", "place", "site", "date", "anchor")
KINDS_OF = {"count": COUNTS, "denial": DENIALS}  # layers that mark more than one kind of span
KINDS = ("attack", "clash", "arrest_raid", "abduction", "unrest", "accident", "total", "other")
STATUSES = ("occurred", "foiled", "disputed")
GROUPS = ("civilian", "combatant", "police", "attacker", "mixed", "unknown")
STANCES = ("asserts", "denies", "doubts")
NODES = ("count", "perpetrator", "weapon", "target", "denial", "anchor")


# The words of a quoted denial that deny; a quote without any of them is marked whole.
DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|reject\w*|dismiss\w*|disput\w*|refut\w*|disown\w*|disavow\w*|ruled? out|nothing to do with"
    r"|not (?:involved|responsible|behind|guilty|true|carried|fired?)|no (?:role|part|hand|involvement|responsibility|knowledge)"
    r"|false|fabricat\w+|lies?|baseless|unfounded|never|no such|did not|didn't|had not|was not|were not|no|not|none|nor|neither)\b",
    re.I,
)
ANOTHER = re.compile(r"\banother(?: one)?\b")
ARTICLE = re.compile(
    r"(?:\b(?:a|an|one|another|no|the|any|some|several|many|two|three)\s+(?:[\w-]+\s+){0,2})$"
)
NONE = re.compile(
    r"\b(?:no casualt\w+|no (?:one|body)|nobody|none"
    r"|no (?:[\w-]+ ){0,3}(?:deaths?|injur\w+|victims?|fatalit\w+|dead|wounded|losses))\b"
)
VAGUE = re.compile(
    r"\b(?:an? (?:unspecified|unknown|undetermined|undisclosed|large|small|great)?\s*number(?: of [\w-]+)?|casualties"
    r"|victims|tens|tenths?|dozens|scores|hundreds|thousands|many|several|some|few|a few|others|deaths|injuries|\d[\d,.]*"
    r"|[\w-]+ (?:civilians|people|soldiers|militants))\b"
)
ONE = re.compile(r"\b(?:he|she|him|her|a|an|one|the|another)\s?(?:[\w-]+)?\b")


@dataclass
class Span:
    """A marked stretch of words [first, last) with what is known of it; -1 is not known."""

    layer: str
    first: int
    last: int
    about: str = ""
    event: str = ""
    part: int = -1
    hedged: int = -1
    stance: int = -1
    group: int = -1
    kind: int = -1
    status: int = -1
    speakers: list[tuple[int, int]] = field(
        default_factory=list
    )  # where its speaker's words stand; none: nobody
    named: set[str] = field(default_factory=set)  # its speaker as written and in full, in lower case
    claim: bool = False
    voices: list[int] | None = None  # which candidates name its speaker; none: nobody; ``None``: not known


@dataclass
class Labels:
    """What the network should give for one report."""

    tags: dict[str, np.ndarray]  # layer -> label a word; -100 is left out
    spans: list[Span]
    dates: list[tuple[int, int, str]]  # candidates: words [first, last) and EDTF
    places: list[tuple[int, int]]
    voices: list[tuple[int, int]]
    ruled: int  # of the voices, the first, which the rules see
    right_dates: dict[str, list[int] | None]  # event -> right candidates; []: none; None: not known
    right_places: dict[str, list[int] | None]
    lost: list[str]  # claims that could not be found in the text


def label(survey: Survey, words: Words, annotation: dict[str, Any]) -> Labels:
    """Labels of one report."""
    return _Labeller(survey, words, annotation).label()


class _Labeller:
    def __init__(self, survey: Survey, words: Words, annotation: dict[str, Any]) -> None:
        self.survey = survey
        self.text = survey.report.text
        self.words = words
        self.annotation = annotation
        self.spans: list[Span] = []
        self.lost: list[str] = []
        self.low = lower(survey.plain)

    def label(self) -> Labels:
        events = {e["id"]: e for e in self.annotation["events"]}
        for claim in self.annotation["claims"]:
            self._claim(claim, events.get(claim["event"], {}))
        for event in self.annotation["events"]:
            self._event(event)
        dates = self._dates()
        places, ruled = self._places(), voice_candidates(self.survey, self.words)
        voices = self._voices(ruled)
        for span in self.spans:
            if span.claim:
                span.voices = self._right_voices(span, voices)
        right_dates = {e["id"]: self._right_dates(e, dates) for e in self.annotation["events"]}
        right_places = {e["id"]: self._right_places(e, places) for e in self.annotation["events"]}
        return Labels(
            self._tags(), self.spans, dates, places, voices, len(ruled), right_dates, right_places, self.lost
        )

    def _claim(self, claim: dict[str, Any], event: dict[str, Any]) -> None:
        about = claim["about"]
        quotes = occurrences(claim["quote"], self.text) or anywhere(claim["quote"], self.text)
        if quotes and claim["stance"] == "denies" and about in ("perpetrator", "occurred"):
            self._denial(claim, event, quotes[0])
        if about == "occurred":
            return
        span = None
        for start, end in quotes:
            span = (
                self._count_span(claim, start, end) if "low" in claim else self._value_span(claim, start, end)
            )
            if span is not None:
                quote = (start, end)
                break
        if span is None:
            self.lost.append(
                f"{about} {claim.get('low')} {claim.get('high')} {claim.get('value')}: {claim['quote']}"
            )
            return
        found = self.words.covering(*span)
        if found is None:
            return
        layer = "count" if "low" in claim else about
        if about == "injured" and claim["low"] == 0 and claim["high"]:
            about = "shot"  # "four people were shot": hurt, and some perhaps dead
        made = self._made(layer, found, about, claim, event, quote)
        made.hedged, made.stance = int(claim["hedged"]), STANCES.index(claim["stance"])
        if "low" in claim:
            made.part, made.group = int(claim["part_of"]), GROUPS.index(claim["group"])
        self._add(made)

    def _made(
        self, layer: str, found: tuple[int, int], about: str, claim: dict[str, Any], event: dict[str, Any],
        quote: tuple[int, int],
    ) -> Span:  # fmt: skip
        """A claim's span, with its event and its speaker."""
        speaker = self._speaker(claim, quote)
        return Span(
            layer, *found, about=about, event=claim["event"], claim=True,
            kind=KINDS.index(event["kind"]) if event else -1, status=STATUSES.index(event["status"]) if event else -1,
            speakers=[speaker] if speaker is not None else [],
            named={bare(name) for name in (claim["speaker"], claim["speaker_full"]) if name},
        )  # fmt: skip

    def _add(self, made: Span) -> None:
        """Keep a claim's span; one on the same words joins what is there, one that overlaps is left out."""
        for other in self.spans:
            if (other.layer, other.first, other.last) == (made.layer, made.first, made.last):
                if other.about != made.about and {other.about, made.about} <= {
                    "killed",
                    "injured",
                    "casualties",
                }:
                    other.about = "casualties"
                other.speakers += made.speakers
                other.named |= made.named
                return
            if other.layer == made.layer and other.first < made.last and made.first < other.last:
                return
        self.spans.append(made)

    def _denial(self, claim: dict[str, Any], event: dict[str, Any], quote: tuple[int, int]) -> None:
        """Mark the words that deny; where two denials share them, the first."""
        cue = DENYING.search(self.survey.plain, *quote)
        found = self.words.covering(*(cue.span() if cue else quote))
        marked = [s for s in self.spans if s.layer == "denial"]
        if found is not None and not any(s.first < found[1] and found[0] < s.last for s in marked):
            about = DENIALS[claim["about"] == "occurred"]
            self.spans.append(self._made("denial", found, about, claim, event, quote))

    def _count_span(self, claim: dict[str, Any], start: int, end: int) -> tuple[int, int] | None:
        """The number with its noun ("at least 12 people"), or the noun alone ("a boy", a name)."""
        window_start = self._sentence_start(start)
        low = self.low[window_start : end + 40]
        offset = window_start
        wanted = {(claim["low"], claim["high"])}
        if claim["low"] == 0 and claim["high"] is not None:
            wanted |= {(claim["high"], claim["high"]), (None, claim["high"])}
        if claim["low"] == 0 and claim["high"] is None:
            wanted |= {(None, None)}
        whoms = self._whoms(claim["whom"], start, end)
        found = []
        for q in numbers.quantities(low):
            a, b = q.start + offset, q.end + offset
            if b > start and a < end and (q.low, q.high) in wanted:
                rank, span = self._with_noun((a, b), whoms)
                found.append((self._taken(span, claim["about"]), rank, span))
        best = min(found, default=None)
        if (
            best is not None and best[0] and claim["low"] == claim["high"] == 1
        ):  # "killed one and hurt ANOTHER"
            other = ANOTHER.search(self.low[start:end])
            if other:
                return start + other.start(), start + other.end()
        if best is not None and not (best[1] and whoms and claim["low"] == claim["high"] == 1):
            return best[2]
        if whoms:
            return self._with_article(next((w for w in whoms if w[0] >= start), whoms[0]), start)
        return self._other_words(claim, start, end)

    def _taken(self, span: tuple[int, int], about: str) -> int:
        """Of two equal numbers in a quote, which is meant: 0 if the rules see this category there, 2 if another claim
        holds it."""
        for line in self.survey.lines:
            for toll in line.tolls:
                a, b = line.chunked.span(toll.at)
                base = line.sentence.start
                if base + a < span[1] and span[0] < base + b:
                    return 0 if toll.about == about else 2
        words = self.words.covering(*span)
        held = any(
            words is not None and s.layer == "count" and s.first < words[1] and words[0] < s.last
            for s in self.spans
        )
        return 2 if held else 1

    def _whoms(self, whom: str | None, start: int, end: int) -> list[tuple[int, int]]:
        """Where the words for the persons stand in the quote, or right after it."""
        if not whom:
            return []
        found = occurrences(whom, self.text[start:end]) or occurrences(whom, self.text[start : end + 60])[:1]
        return [(a + start, b + start) for a, b in found]

    def _with_noun(
        self, number: tuple[int, int], whoms: list[tuple[int, int]]
    ) -> tuple[int, tuple[int, int]]:
        """A number with its noun (rank 0), or alone (rank 1)."""
        a, b = number
        for w in whoms:
            if b - 1 <= w[0] <= b + 45 or (w[0] <= a and b <= w[1]):
                between = self.text[b : w[0]] if w[0] > b else ""
                if len(between.split()) <= 4 and not re.search(r"[.;]", between):
                    return 0, (min(a, w[0]), max(b, w[1]))
                return 1, number
        return 1, number

    def _with_article(self, whom: tuple[int, int], start: int) -> tuple[int, int]:
        """ "a boy" for "boy", "two of the men" for "men"."""
        a, b = whom
        begin = max(0, a - 30)
        before = ARTICLE.search(self.low[begin:a])
        if before and len(before.group().split()) <= 3 and begin + before.start() >= start - 2:
            a = begin + before.start()
        return a, b

    def _other_words(self, claim: dict[str, Any], start: int, end: int) -> tuple[int, int] | None:
        """Words that stand for a number where none is written: "no casualties", "an unknown number", "he"."""
        tests = (
            (NONE, claim["high"] == 0),
            (VAGUE, claim["low"] != 1),
            (ONE, claim["low"] == 1),
        )
        for pattern, fits in tests:
            found = pattern.search(self.low[start:end]) if fits else None
            if found:
                return start + found.start(), start + found.end()
        return None

    def _value_span(self, claim: dict[str, Any], start: int, end: int) -> tuple[int, int] | None:
        found = occurrences(claim["value"], self.text[start:end]) or anywhere(
            claim["value"], self.text[start:end]
        )
        return (start + found[0][0], start + found[0][1]) if found else None

    def _speaker(self, claim: dict[str, Any], quote: tuple[int, int]) -> tuple[int, int] | None:
        if not claim["speaker"]:
            return None
        found = occurrences(claim["speaker"], self.text) or anywhere(claim["speaker"], self.text)
        if not found:
            return None
        home = self._sentence_start(quote[0])
        best = min(
            found,
            key=lambda s: (
                abs(self._sentence_start(s[0]) - home) > 0,
                min(abs(s[0] - quote[1]), abs(quote[0] - s[1])),
            ),
        )
        span = self.words.covering(*best)
        if span is None:
            return None
        if not any(s.layer == "speaker" and s.first < span[1] and span[0] < s.last for s in self.spans):
            self.spans.append(Span("speaker", *span))
        return span

    def _event(self, event: dict[str, Any]) -> None:
        for layer, key in (
            ("anchor", "anchor"),
            ("place", "place"),
            ("site", "site"),
            ("date", "date_words"),
        ):
            phrase = event[key]
            if not phrase:
                continue
            found = occurrences(phrase, self.text) or anywhere(phrase, self.text)
            if layer in ("anchor", "site"):
                found = found[:1]
            for start, end in found:
                span = self.words.covering(start, end)
                if span is None or any(
                    s.layer == layer and s.first < span[1] and span[0] < s.last for s in self.spans
                ):
                    continue
                made = Span(layer, *span, event=event["id"])
                if layer == "anchor":
                    made.kind, made.status = KINDS.index(event["kind"]), STATUSES.index(event["status"])
                self.spans.append(made)

    def _sentence_start(self, char: int) -> int:
        return max((s.start for s in self.survey.sentences if s.start <= char), default=0)

    def _dates(self) -> list[tuple[int, int, str]]:
        spans = date_candidates(self.survey, self.words)
        return [(*span, news.edtf) for span, (_, news) in zip(spans, survey_dates(self.survey), strict=True)]

    def _places(self) -> list[tuple[int, int]]:
        found = place_candidates(self.survey, self.words)
        for span in self.spans:
            if span.layer == "place" and not any(a < span.last and span.first < b for a, b in found):
                found.append((span.first, span.last))
        return sorted(found)

    def _voices(self, ruled: list[tuple[int, int]]) -> list[tuple[int, int]]:
        spans = [(s.first, s.last) for s in self.spans if s.layer == "speaker"]
        return ruled + [s for s in spans if not any(s[0] < b and a < s[1] for a, b in ruled)]

    def _right_voices(self, span: Span, voices: list[tuple[int, int]]) -> list[int] | None:
        found = [
            k
            for k, (a, b) in enumerate(voices)
            if any(a < last and first < b for first, last in span.speakers)
            or bare(self.survey.plain[self.words.start[a] : self.words.end[b - 1]]) in span.named
        ]
        return None if span.named and not found else found

    def _right_dates(self, event: dict[str, Any], dates: list[tuple[int, int, str]]) -> list[int] | None:
        if event["date"] is None:
            return []
        at = [self.words.covering(a, b) for a, b in occurrences(event["date_words"] or "", self.text)]
        same = [k for k, d in enumerate(dates) if d[2] == event["date"]]
        exact = [k for k in same if any(s and s[0] < dates[k][1] and dates[k][0] < s[1] for s in at)]
        if exact or same:
            return exact or same
        here = [k for k, d in enumerate(dates) if any(s and s[0] < d[1] and d[0] < s[1] for s in at)]
        return here or None  # right words, whatever day the resolver makes of them

    def _right_places(self, event: dict[str, Any], places: list[tuple[int, int]]) -> list[int] | None:
        if event["place"] is None:
            return []
        at = [self.words.covering(a, b) for a, b in occurrences(event["place"], self.text)]
        return [k for k, p in enumerate(places) if any(s and s[0] < p[1] and p[0] < s[1] for s in at)] or None

    def _tags(self) -> dict[str, np.ndarray]:
        count = len(self.words)
        tags = {layer: np.zeros(count, np.int64) for layer in LAYERS}
        for span in self.spans:
            kinds = KINDS_OF.get(span.layer, ("",))
            offset = 2 * kinds.index(span.about if span.layer in KINDS_OF else "")
            first = int(self.words.leader[span.first])
            tags[span.layer][first] = offset + 1
            tags[span.layer][first + 1 : span.last] = offset + 2
        self._ignore_repeats(tags)
        unread = np.ones(count, bool)
        for window in self.words.windows:
            unread[window.first : window.last] = False
        unread |= ~self.words.own  # names go on with what their first word has
        for row in tags.values():
            row[unread] = -100
        return tags

    def _ignore_repeats(self, tags: dict[str, np.ndarray]) -> None:
        """Leave out of the loss what repeats an annotated value."""
        text = self.survey.plain
        for layer in ("perpetrator", "weapon", "target", "speaker"):
            values = {
                text[self.words.start[s.first] : self.words.end[s.last - 1]].lower()
                for s in self.spans
                if s.layer == layer
            }
            for value in values:
                for start, end in occurrences(value, self.low):
                    self._free(tags[layer], self.words.covering(start, end))
        stated = {(c["about"], c["low"], c["high"]) for c in self.annotation["claims"] if "low" in c}
        for number, line in enumerate(self.survey.read):
            if line is None:
                continue
            for toll in line.tolls:
                if (toll.about, toll.low, toll.high) in stated:
                    start, end = line.chunked.span(toll.at)
                    base = self.survey.sentences[number].start
                    self._free(tags["count"], self.words.covering(base + start, base + end))
        names = [
            c["whom"]
            for c in self.annotation["claims"]
            if c.get("whom") and c["low"] == 1 and c["whom"][:1].isupper()
        ]
        for name in names:
            for part in {name, name.split()[-1]}:
                for start, end in occurrences(part, self.text):
                    self._free(tags["count"], self.words.covering(start, end))

    @staticmethod
    def _free(tags: np.ndarray, span: tuple[int, int] | None) -> None:
        if span is not None and (tags[span[0] : span[1]] == 0).all():
            tags[span[0] : span[1]] = -100
