"""Findings to claims: each with its exact words, its speaker and whether it is hedged; none said twice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from bearwitness.extract import sites, triggers
from bearwitness.extract.actors import Deed
from bearwitness.extract.clauses import Found
from bearwitness.extract.events import Event
from bearwitness.extract.lines import Line
from bearwitness.extract.moods import untrue, weakened
from bearwitness.extract.survey import Survey
from bearwitness.extract.voices import Attribution
from bearwitness.record import About, Claim, Group, Mention, NumberKind, Report, Speaker, Stance

QUOTE_WORDS = 25
BREATH = 60  # characters
ANYBODY = frozenset((None, "people", "persons", "victims", "others", "members", "dead", "wounded"))
OWN = frozenset(("we", "they", "i", "me", "it", "he", "she"))
GRANTED = re.compile(r"\b(?:which|who|whose)\b")
Voice = tuple[Speaker | None, tuple[str, ...], bool]  # who says it, who relays it, "it was reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim before its mention has an id; offsets are characters of the report."""

    about: About
    stance: Stance
    start: int
    end: int
    headline: bool
    definite: bool = False  # "the driver": mostly somebody already counted
    speaker: Speaker | None
    via: tuple[str, ...]
    hedged: bool
    low: int | None = None
    high: int | None = None
    number_kind: NumberKind | None = None
    whom: str | None = None
    group: Group | None = None
    part_of: bool = False
    value: str | None = None
    value_class: str | None = None
    confidence: float | None = None
    speaker_confidence: float | None = None
    proposed: bool = False

    def claim(self, report: Report, mention: Mention, reader: str) -> Claim:
        """The claim as a record."""
        return Claim(
            report=report.id, mention=mention.id, about=self.about, stance=self.stance, words=report.text[self.start : self.end],
            start=self.start, end=self.end, low=self.low, high=self.high, number_kind=self.number_kind, whom=self.whom,
            group=self.group, part_of=self.part_of, value=self.value, value_class=self.value_class, speaker=self.speaker,
            via=self.via, hedged=self.hedged, reader=reader, confidence=self.confidence, speaker_confidence=self.speaker_confidence, proposed=self.proposed,
        )  # fmt: skip


class Sited(Protocol):
    """An event as the drafter knows it: its number in the report, and a site it may be given."""

    number: int
    site: tuple[int, int] | None


Told = TypeVar("Told", bound=Sited)


class Drafter:
    """Turns the findings of a report's lines into drafts."""

    def __init__(self, survey: Survey) -> None:
        self.report = survey.report
        self.attributions = survey.attributions
        self.quoted = survey.quoted
        self.numbers = survey.numbers
        self.registry = survey.registry
        self.lines = survey.lines

    def drafts(self, line: Line, event: Event) -> list[Draft]:
        """The claims of one line. A total over many events has counts only."""
        found = [self._count(line, f) for f in line.tolls if not _unlikely(f)]
        if line.total:
            return found
        made = (self.told(line, deed, event) for deed in line.deeds)
        found += [draft for draft in made if draft is not None]
        if line.status == "foiled":
            found.append(self.foiled(line))
        return found

    def words(self, line: Line, span: tuple[int, int] | None) -> str | None:
        base = line.sentence.start
        return self.report.text[base + span[0] : base + span[1]] if span else None

    def _draft(self, line: Line, about: About, stance: Stance, span: tuple[int, int], voice: Voice) -> Draft:
        start, end = self.quote(line, *span)
        speaker, via, nobody = voice
        headline = line.sentence.headline
        return Draft(
            about=about,
            stance=stance,
            start=start,
            end=end,
            headline=headline,
            speaker=speaker,
            via=via,
            hedged=nobody,
        )

    def _count(self, line: Line, found: Found) -> Draft:
        at = line.sentence.start + found.start
        draft = self._draft(
            line, found.about, self.stance(line, at), (found.start, found.end), self.voice(line, at)
        )
        hedged = weakened(line.low, found.start, found.end) or any(
            found.start - 20 <= m.start() < found.end for m in triggers.HEDGE.finditer(line.low)
        )
        return replace(
            draft, low=found.low, high=found.high, number_kind=found.kind, whom=self.words(line, found.whom),
            group=found.group or "civilian", part_of=found.part, definite=found.definite, hedged=draft.hedged or hedged,
        )  # fmt: skip

    def told(self, line: Line, deed: Deed, event: Sited) -> Draft | None:
        """The claim of one deed, or none: a denial needs one who denies, and something that was said or done."""
        if deed.looks_back:
            found = self._looked_back(line, deed)
            if found is None:
                return None
            deed = found
        draft = self.deed(line, deed, event)
        if draft.about == "perpetrator" and draft.value is None and draft.speaker is not None:
            draft = replace(draft, value=draft.speaker.organisation or draft.speaker.words)
        return draft if draft.stance != "denies" or draft.speaker is not None else None

    def deed(self, line: Line, deed: Deed, event: Sited) -> Draft:
        """The claim of one deed; a target is the event's site where it has none yet."""
        base = line.sentence.start
        if deed.about == "target" and deed.value and event.site is None and sites.is_site(line, *deed.value):
            event.site = (base + deed.value[0], base + deed.value[1])
        value = self.words(line, deed.value)
        voice = self.voice(line, base + deed.start)
        if (
            value is not None
            and re.match(r"(?:its|their|his|her) ", value, re.I)
            and voice[0] is not None
            and deed.about == "perpetrator"
        ):
            value = (
                voice[0].organisation or voice[0].name
            )  # "its fighters": those of who says so; "our forces" stays
        # "We did not do it": whoever says so.
        if value is not None and (value.lower() in OWN or value == "us"):
            if voice[0] is None and (deed.stance != "denies" or deed.speaker is not None):
                voice = (self._speaker_at(line, deed.value), (), False)
            speaker = voice[0]
            value = speaker.name if speaker is not None else value
        elif deed.speaker is not None:
            own = self._speaker_at(line, deed.speaker)
            outer = voice[0]
            relayed = outer is not None and own is not None and outer.words != own.words
            voice = (own, (outer.name,) if outer is not None and relayed else (), False)
        draft = self._draft(line, deed.about, deed.stance, _clause(line, deed), voice)
        return replace(draft, value=value, value_class=deed.value_class, hedged=draft.hedged or deed.hedged)

    def _looked_back(self, line: Line, deed: Deed) -> Deed | None:
        """A denial of what was said before, with what that was: the culprit that somebody else named last, in the sentence
        or the two before it; with none named, a charge is one of him who denies it, and a report one that there was
        violence. ``None`` where nothing of the kind was told."""
        base = line.sentence.start
        denier = self._speaker_at(line, deed.speaker) or self.voice(line, base + deed.start)[0]
        near = [one for one in self.lines if self._is_before(one, line)]
        for one in reversed(near):
            offset = one.sentence.start - base
            for named in reversed(one.deeds):
                if named.about != "perpetrator" or named.stance != "asserts" or named.value is None:
                    continue
                if offset + named.end > deed.start:  # beside or behind it in the sentence
                    continue
                if one.sentence.text[slice(*named.value)].lower() in OWN or named.value == named.speaker:
                    return deed  # who claims it is no accuser: that it happened is denied
                accuser = (
                    self._speaker_at(one, named.speaker) or self.voice(one, base + offset + named.start)[0]
                )
                if accuser is not None and (denier is None or accuser.name != denier.name):
                    value = (offset + named.value[0], offset + named.value[1])
                    return deed._replace(about="perpetrator", value=value, looks_back=False)
        violent = any(
            one.kind is not None or one.tolls or any(d.stance == "asserts" for d in one.deeds) for one in near
        )
        return deed if violent else None

    def _is_before(self, one: Line, line: Line) -> bool:
        """Whether a sentence is this one or one of the two before it."""
        gap = self.numbers[line.sentence.start] - self.numbers[one.sentence.start]
        return 0 <= gap <= 2

    def foiled(self, line: Line) -> Draft:
        match = triggers.FOILED.search(line.low)
        start = match.start() if match else 0
        end = min(len(line.sentence.text.rstrip(" .!?\"'")), (match.end() if match else 0) + 60)
        return self._draft(
            line, "occurred", "asserts", (start, end), self.voice(line, line.sentence.start + start)
        )

    def _speaker_at(self, line: Line, span: tuple[int, int] | None) -> Speaker | None:
        """The speaker that the words at ``span`` name."""
        return (
            None
            if span is None
            else self.speaker_at(line.sentence.start + span[0], line.sentence.start + span[1])
        )

    def speaker_at(self, start: int, end: int) -> Speaker:
        """The speaker that these characters of the report name, under the fullest name it has there."""
        words = self.report.text[start:end]
        attribution = Attribution(start, end, words, start, "", (start, end), words.lower() in OWN)
        return self.registry.speaker(self.registry.resolve(attribution) or attribution)

    def _around(self, line: Line, at: int) -> list[Attribution]:
        """The attributions that cover a character, innermost first."""
        own = self.attributions.get(self.numbers[line.sentence.start], [])
        inside = [a for a in own if a.scope[0] <= at < a.scope[1]]
        return sorted(inside, key=lambda a: a.scope[1] - a.scope[0])

    def stance(self, line: Line, at: int) -> Stance:
        """ "denies" where the count stands in what its speaker denies ("denied that 40 people were killed") or is called untrue, but
        not in what that takes for granted ("denied that a fire WHICH killed four was set")."""
        around = self._around(line, at)
        denied = bool(around) and around[0].denies
        granted = denied and GRANTED.search(
            line.low[around[0].cue - line.sentence.start : at - line.sentence.start]
        )
        called = untrue(line.low, at - line.sentence.start, at - line.sentence.start)
        return "denies" if (denied and not granted) or called else "asserts"

    def voice(self, line: Line, at: int) -> Voice:
        """Who says what stands at a character: the innermost attribution, else the quotation's speaker."""
        inside = self.attributed(line, at)
        if not inside:
            return None, (), bool(triggers.NOBODY.search(line.low))
        speaker, *relays = (self.registry.speaker(a) for a in inside)
        return (
            speaker,
            tuple(dict.fromkeys(s.name for s in relays if s.words != speaker.words)),
            False,
        )

    def attributed(self, line: Line, at: int) -> list[Attribution]:
        """The attributions of what stands at a character: the innermost first, else its quotation's."""
        inside = [a for a in self._around(line, at) if not a.start <= at < a.end]
        inside = inside or [a for quotation, a in self.quoted if quotation.start <= at < quotation.end][:1]
        return inside or self._with_harm(line, at)

    def _with_harm(self, line: Line, at: int) -> list[Attribution]:
        """The attributions of the harm that is told of those counted at a character: "a boy is recovering after police say
        he was shot"."""
        base = line.sentence.start
        for toll in line.tolls:
            first, last = line.chunked.span(toll.at)
            if base + first <= at < base + last <= base + toll.end - 1:
                return [a for a in self._around(line, base + toll.end - 1) if not a.start <= at < a.end]
        return []

    def quote(self, line: Line, start: int, end: int) -> tuple[int, int]:
        """The words of the sentence from ``start`` to ``end`` on whole tokens, at most 25, as report offsets."""
        inside = [t for t in line.tokens if t.end > start and t.start < end]
        first, last = inside[0].start, inside[-1].end
        spans = list(re.finditer(r"\S+", line.sentence.text[first:last]))
        if len(spans) > QUOTE_WORDS:
            last = first + spans[QUOTE_WORDS - 1].end()
        return line.sentence.start + first, line.sentence.start + last


def _clause(line: Line, deed: Deed) -> tuple[int, int]:
    """The deed's words with those beside it in its clause, at most four each side: "attack of X on Y", not "of X"."""
    inside = [k for k, t in enumerate(line.tokens) if t.end > deed.start and t.start < deed.end]
    first, last = inside[0], inside[-1]
    for _ in range(4):
        first -= first > 0 and line.tokens[first - 1].tag not in ",;s&"
        last += last + 1 < len(line.tokens) and line.tokens[last + 1].tag not in ",;s&"
    while first > 0 and line.tokens[first].tag in "o'":
        first -= 1  # never "of Norland prevented"
    while last > inside[-1] and line.tokens[last].tag in "oiatb&m;":
        last -= 1  # never "hit by a rocket in"
    return line.tokens[first].start, line.tokens[last].end


def _unlikely(found: Found) -> bool:
    """A bare plural without a number, arrested or abducted, is mostly no event of its own."""
    return found.kind == "vague" and found.low == 2 and found.about in ("detained", "abducted")


def distinct(drafts: list[tuple[Told, Draft]]) -> list[tuple[Told, Draft]]:
    """One draft for each distinct (event, about, value, speaker, stance); the headline's only if new."""
    body = {_said(draft) for _, draft in drafts if not draft.headline}
    seen: dict[tuple[object, ...], Draft] = {}
    counted: dict[tuple[int, About], list[Draft]] = {}
    for event, draft in drafts:
        if not draft.definite and not draft.proposed and draft.high != 0:
            counted.setdefault((event.number, draft.about), []).append(draft)
    kept = []
    for event, draft in drafts:
        said = _said(draft)
        ruled = (
            draft.confidence is None
        )  # by the rules alone "the driver" is not sure enough; the network weighs it
        unsure = ruled and (draft.about != "killed" or draft.high != 1)
        others = counted.get((event.number, draft.about), [])
        if draft.definite and (unsure or (others and not _by_another(draft, others))):
            continue
        if draft.headline and said in body:
            continue
        whom = key(draft.whom) if draft.low == 1 and (draft.part_of or draft.high == 1) else None
        part = draft.part_of and whom is None  # one person, told of as a part of more or not, is one
        one = (event.number, *said, said_by(draft), draft.stance, part, whom)
        before = seen.get(one)
        if before is None or beside(before, draft):
            seen[one] = draft
            kept.append((event, draft))
    return [
        (event, draft) for event, draft in kept if not any(_shorter(event, draft, *other) for other in kept)
    ]


def beside(before: Draft, draft: Draft) -> bool:
    """Whether two like numbers of one breath count different people: "two men and two women were killed"."""
    whom = {key(before.whom), key(draft.whom)}
    several = draft.low is not None and draft.low > 1
    apart = (before.start, before.end) != (draft.start, draft.end)
    return several and apart and len(whom) == 2 and not whom & ANYBODY and draft.start - before.start < BREATH


def _by_another(draft: Draft, others: list[Draft]) -> bool:
    """Whether "the boy", who is the one person counted by others, is spoken of by somebody who has not counted him."""
    new = all(said_by(other) != said_by(draft) for other in others)
    return draft.confidence is not None and not draft.proposed and new and all(map(is_one, others))


def _shorter(event: Told, draft: Draft, other_event: Told, other: Draft) -> bool:
    """Whether a name says less of what another says by the same speaker: "missiles" beside "ballistic missiles"."""
    if draft.value is None or other.value is None or event.number != other_event.number or other.proposed:
        return False
    names = [draft.speaker and draft.speaker.name, other.speaker and other.speaker.name]
    words = f" {key(draft.value)} "
    return (
        (draft.about, draft.stance) == (other.about, other.stance)
        and names[0] == names[1]
        and len(words) < len(f" {key(other.value)} ")
        and words in f" {key(other.value)} "
    )


def _said(draft: Draft) -> tuple[object, ...]:
    return draft.about, draft.low, draft.high, key(draft.value)


def said_by(draft: Draft) -> str | None:
    """Who says it, for comparing; ``None``: the outlet."""
    return key(draft.speaker.name) if draft.speaker is not None else None


def is_one(draft: Draft) -> bool:
    """Whether it counts exactly one person."""
    return draft.low == draft.high == 1


def key(words: str | None) -> str | None:
    """``words`` for comparing: lower case, one space between, no punctuation."""
    return re.sub(r"\W+", " ", words.lower()).strip() if words is not None else None
