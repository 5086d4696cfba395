"""What the network saw, made into mentions and claims by the same resolvers that the rules use."""

from __future__ import annotations

import re
from dataclasses import replace

from bearwitness.extract import denials, survey, text, triggers
from bearwitness.extract.actors import Deed, completed, trimmed
from bearwitness.extract.drafts import Draft, Drafter, Voice, distinct
from bearwitness.extract.lines import Line
from bearwitness.extract.model import accused, repeats, spans
from bearwitness.extract.model.counts import (
    Counted,
    at_least,
    counted,
    dead_or_hurt,
    to_death,
    told_kind,
    unhurt,
)
from bearwitness.extract.model.events import Teller, Told, likeliest
from bearwitness.extract.model.hints import hints
from bearwitness.extract.model.network import Network
from bearwitness.extract.model.spans import Span
from bearwitness.extract.model.uncounted import counts_nobody
from bearwitness.extract.model.words import (
    date_candidates,
    place_candidates,
    survey_dates,
    voice_candidates,
    words,
)
from bearwitness.extract.moods import unreal, weakened
from bearwitness.extract.survey import Survey
from bearwitness.extract.tokens import Token
from bearwitness.record import (
    COUNTS,
    About,
    Group,
    Problem,
    Reading,
    Speaker,
    Stance,
)

VAST = 10_000  # persons: more than one town's dead
GROUPS: tuple[Group, ...] = ("civilian", "combatant", "police", "attacker", "mixed", "unknown")
EACH = re.compile(r"\b(?:killed|dead|killing) and (?:injur|wound)\w+|\b(?:injured|wounded) and killed")
AGAIN = re.compile(
    r"(?:the (?:\w+ )?(?:victim|deceased|man|woman|boy|girl|child|teen|teenager|youth|infant|baby|\d+-year-old)|he|she|him|her)",
    re.I,
)
ARTICLE = re.compile(r"the|an?", re.I)
ALSO = re.compile(r"\b(?:but|also|as well|another|other|too)\b")
DOUBTED = re.compile(  # said just before the culprit, or within the words for him
    r"\b(?:suspected|alleged|allegedly|presumed|presumably|apparently|reportedly|probably|possibly|purportedly|supposedly"
    r"|believed to be|blamed on|accused of)\b"
)
KIND_OF_ATTACK = re.compile(r"\b(?:rocket|missile|grenade) attacks?\b")  # no object, as "air strike" is none
# without such a word no culprit, weapon or target is hedged, whatever the network thinks
WEAK = re.compile(
    r"\b(?:suspect|alleg|presum|apparent|report|probabl|possib|purport|suppos|believ|thought|think|may\b|might|could|would|seem|accus|blam"
    r"|attribut|ascrib|charg|claim|likely|implicat|link|rumou?r|appear|perhaps|unconfirmed|unclear|not clear|point(?:s|ed|ing) to|said to be|consider)"
)
# said of the culprit without anybody who says it: so the words are doubtful
ACCUSED = re.compile(
    r"[\"”)\]]* (?:(?:is|are|was|were|has been|have been|had been|being|also|now|widely) )*(?:suspected|accused|implicated|blamed|charged|believed|thought)\b"
)
ATTRIBUTED = re.compile(
    r"\b(?:attributed to|blamed on|blamed|ascribed to|implicat\w+|blaming|accus\w+) (?:the )?$"
)
STANCES: tuple[Stance, ...] = ("asserts", "denies", "doubts")


def compose(surveyed: Survey, network: Network, reader: str) -> Reading:
    """The reading of one surveyed report (``every`` sentence read)."""
    return _Composer(surveyed, network, reader).read()


class _Composer:
    def __init__(self, surveyed: Survey, network: Network, reader: str) -> None:
        self.survey = surveyed
        self.report = surveyed.report
        self.network = network
        self.reader = reader
        self.words = words(surveyed, network.pieces)
        self.steps = self.words.step
        self.drafter = Drafter(surveyed)

    def read(self) -> Reading:
        """The whole reading."""
        fixed = self._fixed()
        self.seen = spans.see(
            self.network, self.words, date_candidates(self.survey, self.words)[: spans.CANDIDATES],
            place_candidates(self.survey, self.words)[: spans.CANDIDATES], voice_candidates(self.survey, self.words)[: spans.CANDIDATES], [(first, last, deed is not None and deed.about in ("perpetrator", "weapon")) for first, last, _, deed in fixed],
            hints(self.survey, self.words), self.survey.plain,
            [news.edtf for _, news in survey_dates(self.survey)][: spans.CANDIDATES],
        )  # fmt: skip
        self.teller = Teller(self.survey, self.words, self.seen)
        told = self.teller.all_told()
        for event in told:
            for span in event.spans:
                event.drafts += [
                    replace(draft, proposed=span.proposed or self._vague(draft))
                    for draft in self._drafts(span, event)
                ]
            event.drafts = repeats.lived(event.drafts)
            counts = [d for d in event.drafts if d.about in COUNTS and not d.proposed]
            if counts and all((d.low or d.high or 0) >= VAST for d in counts):
                self.teller.place_of_total(event)
            if any(accused.undone(draft) for draft in event.drafts):
                event.status = "disputed"
        for first, last, line, deed in fixed:
            home = next((e for e in told if any(_is(span, first, last) for span in e.spans)), None)
            if home is None:  # beyond what is read of a report
                continue
            if deed is None:
                if not any(accused.undone(draft) for draft in home.drafts):
                    home.status = "foiled"
                home.drafts.append(self.drafter.foiled(line))
                continue
            draft = self.drafter.told(line, deed, home)
            if draft is None or (deed.stance == "asserts" and self._marked(first, last, deed.about)):
                continue
            if draft.about == "occurred" and draft.stance != "asserts":
                home.status = "disputed"
            accused.where(told, home, draft, self.survey.gazetteer).drafts.append(draft)
        return self._reading(told)

    def _vague(self, draft: Draft) -> bool:
        """Whether it counts by a bare plural ("soldiers died"), which must be surer than a number to be asserted."""
        bare = draft.about in COUNTS and draft.low == 2 and draft.high is None
        return bare and (draft.confidence or 0) < self.network.config.thresholds.get("count, vague", 0.0)

    def _fixed(self) -> list[tuple[int, int, Line, Deed | None]]:
        """What the rules found of denials, doubts, claims of responsibility, weapons aimed and foiled acts, which are too rare for a
        network: words, line, deed (``None``: a foiled act)."""
        found: list[tuple[int, int, Line, Deed | None]] = []
        for line in self.survey.lines:
            foiled = triggers.FOILED.search(line.low) if line.status == "foiled" else None
            if foiled is not None:
                base = line.sentence.start
                span = self.words.covering(base + foiled.start(), base + foiled.end())
                if span is not None:
                    found.append((*span, line, None))
            for deed in line.deeds:
                if (
                    deed.stance != "asserts"
                    or deed.about == "occurred"
                    or accused.owned(deed)
                    or accused.aimed(line, deed)
                ):
                    base = line.sentence.start
                    span = self.words.covering(base + deed.start, base + deed.end)
                    if span is not None:
                        found.append((*span, line, deed))
        return found

    def _marked(self, first: int, last: int, about: str) -> bool:
        """Whether the network marks a culprit, or a weapon, among words [first, last)."""
        layer = about if about == "weapon" else "perpetrator"
        marked = (s for s in self.seen.spans if s.layer == layer and not s.proposed)
        return any(_meet((s.first, s.last), (first, last)) for s in marked)

    # spans to claims

    def _text(self, first: int, last: int) -> str:
        return self.report.text[self.words.start[first] : self.words.end[last - 1]]

    def _drafts(self, span: Span, event: Told) -> list[Draft]:
        line = self.teller.line(span)
        if line is None or span.layer == "anchor" or triggers.ORDER.search(line.low):
            return []
        base = line.sentence.start
        start, end = self.words.chars(span)
        start, end = start - base, min(end - base, len(line.low))
        if unreal(line.low, start, end, count=span.layer == "count"):
            return []
        if span.layer == "count":
            return self._counts(line, span, start, end)
        if not any(t.start < end and start < t.end for t in line.tokens):
            return []  # a mere quotation mark
        if span.layer == "denial":
            return self._denial(line, span, (start, end), event)
        return self._names(line, span, start, end, event)

    def _counts(self, line: Line, span: Span, start: int, end: int) -> list[Draft]:
        if counts_nobody(line.low, start, end, span.about):
            return []
        number, part = self._number(line, span, start, end)
        if number is None or (number.low is None and number.high is None):
            return []
        number = number if part else at_least(line, start, number)
        ruled = [t for t in line.tolls if _meet(line.chunked.span(t.at), (start, end))]
        base = line.sentence.start
        quote = self._quote(line, start, end)
        voice = self._voice(self.drafter.voice(line, base + start), span)
        draft = Draft(
            about="killed", stance=self._stance(span, self.drafter.stance(line, base + start)),
            start=quote[0], end=quote[1], headline=line.sentence.headline, speaker=voice[0], via=voice[1],
            hedged=voice[2] or span.is_["hedged"][1] > 0.5 or weakened(line.low, start, end), low=number.low, high=number.high, number_kind=number.kind,
            whom=self.drafter.words(line, number.whom), group=number.group or likeliest(GROUPS, span.is_["group"]),
            part_of=part, confidence=round(span.confidence, 3), definite=_again(line, start, end, number),
            speaker_confidence=self._sure_of(span, voice[0]),
        )  # fmt: skip
        death = to_death(line, start, end)
        if death is not None:
            return [replace(draft, end=max(draft.end, base + death))]
        either = {(t.about, t.high) for t in ruled if t.low == 0}
        both = ("killed", draft.high) in either and ("injured", draft.high) in either
        harmed = span.about in ("killed", "injured") and draft.high != 0
        if span.about == "casualties" or both or (harmed and dead_or_hurt(line, start, end)):
            some = draft.low == 2 and draft.high is None and EACH.search(line.low) is not None
            low = 2 if some else 0
            return [replace(draft, about=about, low=low) for about in ("killed", "injured")]
        if span.about == "shot" or (span.about == "injured" and ("injured", draft.high) in either):
            return [replace(draft, about="injured", low=0)]
        return [replace(draft, about=told_kind(line, start, end) or _about(span.about))]

    @staticmethod
    def _number(line: Line, span: Span, start: int, end: int) -> tuple[Counted | None, bool]:
        """The number of a marked count, as the rule that found it says or as its own words do, and if it is a part."""
        part = span.is_["part"][1] > 0.5
        own = counted(line, start, end)
        if span.about == "injured" and own is not None and unhurt(line, end):
            return Counted(0, 0, "exact", own.whom, own.group), part
        abouts = {"casualties": ("killed", "injured"), "shot": ("injured",)}.get(span.about, (span.about,))
        for toll in line.tolls:
            if toll.about in abouts and _meet(line.chunked.span(toll.at), (start, end)):
                ruled = Counted(toll.low, toll.high, toll.kind, toll.whom, toll.group)
                first = own is None or not own.stated or toll.high == 0  # "two passengers escaped unhurt"
                return (ruled if first else own), part or toll.part
        return own, part

    def _names(self, line: Line, span: Span, start: int, end: int, event: Told) -> list[Draft]:
        tokens = [k for k, t in enumerate(line.tokens) if t.start < end and start < t.end]
        first, last = trimmed(line.tokens, tokens[0], tokens[-1] + 1)
        if span.about == "perpetrator":
            first, last = completed(line.tokens, first, last)
            end = max(end, line.tokens[last - 1].end)
            start = line.tokens[first].start
        while last - first > 1 and line.tokens[last - 1].tag == "'":
            last -= 1  # "Norland's shelling": Norland
        value = (max(line.tokens[first].start, start), min(line.tokens[last - 1].end, end))
        if not any(c.isalnum() for c in line.low[value[0] : value[1]]):
            return []
        if value[0] >= value[1]:
            value = (start, end)
        if span.about == "weapon" and KIND_OF_ATTACK.search(line.low[value[0] : value[1] + 9]):
            return []
        ruled = next(
            (d for d in line.deeds if d.about == span.about and d.value and _meet(d.value, value)), None
        )
        if ruled is not None and ruled.stance != "asserts":
            return []  # a denial: it is there already
        if any(accused.undone(d) and _meet((d.start, d.end), value) for d in line.deeds):
            return []  # what is denied to have been at all has no culprit
        if span.about == "perpetrator" and accused.does_none(line.low, value[1], ruled is not None):
            return []
        doubted = span.about == "perpetrator" and DOUBTED.search(line.low[max(0, value[0] - 28) : value[1]])
        weak = span.is_["hedged"][1] > 0.5 and WEAK.search(line.low)
        hedged = bool(weak or doubted) or (ruled is not None and ruled.hedged)
        stance = self._stance(span, "asserts")
        a, b = (ruled.start, ruled.end) if ruled is not None else value
        if stance == "denies" and not accused.negated(line.low, value):
            stance = "asserts"
        deed = Deed(
            _about(span.about), stance, min(a, value[0]), max(b, value[1]), value, self._class(line, span, value),
            hedged, ruled.speaker if ruled is not None else None,
        )  # fmt: skip
        draft = self.drafter.deed(line, deed, event)
        speaker, via, nobody = voice = (draft.speaker, draft.via, draft.hedged)
        if stance == "denies" and speaker is None:
            draft = replace(draft, stance="asserts")  # a denial is somebody's
        laid = ACCUSED.match(line.low, value[1]) or ATTRIBUTED.search(
            line.low[max(0, value[0] - 28) : value[0]]
        )
        if ruled is None or ruled.speaker is None:  # who claims responsibility speaks for himself
            speaker, via, nobody = self._voice(voice, span)
        return [
            replace(
                draft, speaker=speaker, via=via, hedged=nobody or hedged or (speaker is None and laid is not None),
                confidence=round(span.confidence, 3), speaker_confidence=self._sure_of(span, speaker),
            )
        ]  # fmt: skip

    def _denial(self, line: Line, span: Span, at: tuple[int, int], event: Told) -> list[Draft]:
        """Somebody's word that he did not do it, or that it did not happen; what the rules or another mark make of the
        sentence comes first."""
        number = int(self.words.sentence[span.first])
        marked = (
            s for s in self.seen.spans if s.layer == "perpetrator" and self.words.sentence[s.first] == number
        )
        if not accused.negated(line.low, (0, len(line.low))) or denials.DENYING.search(line.low):
            return []  # where there is a verb of denying, the rules know what it is of
        if any(d.stance != "asserts" for d in line.deeds) or any(
            self._stance(s, "asserts") == "denies" for s in marked
        ):
            return []
        about: About = "perpetrator" if span.about == spans.DENIED_DEED else "occurred"
        span.voices = [0.0, *span.voices[1:]]  # somebody denies it
        speaker, via, _ = self._voice(self.drafter.voice(line, line.sentence.start + at[0]), span)
        if speaker is None:
            return []
        draft = self.drafter.deed(line, Deed(about, "denies", *at, None, None, False, None), event)
        value = (speaker.organisation or speaker.words) if about == "perpetrator" else None
        return [
            replace(
                draft, speaker=speaker, via=via, value=value, confidence=round(span.confidence, 3),
                speaker_confidence=self._sure_of(span, speaker),
            )
        ]  # fmt: skip

    def _voice(self, ruled: Voice, span: Span) -> Voice:
        """Who says what a span marks: the likeliest speaker, the rules' word being one sign of it."""
        apart = [
            (k, v) for k, v in enumerate(self.seen.voices, 1)
            if not _meet(v, (span.first, span.last)) and not ARTICLE.fullmatch(self._text(*v))
        ]  # fmt: skip
        mentions = {
            name: [apart[n][0] for n in part]
            for name, part in spans.alike(self._text(*v).lower() for _, v in apart).items()
        }
        chances = {name: sum(span.voices[k] for k in part) for name, part in mentions.items()}
        best = max(chances, key=chances.__getitem__, default="")
        speaker = ruled[0]
        if not best or chances[best] < span.voices[0]:
            return ruled if speaker is None else (None, (), False)
        if speaker is not None and same_speaker(best, speaker):
            return ruled
        first, last = self.seen.voices[max(mentions[best], key=span.voices.__getitem__) - 1]
        return self.drafter.speaker_at(self.words.start[first], self.words.end[last - 1]), (), False

    def _sure_of(self, span: Span, speaker: Speaker | None) -> float:
        """How likely it is that this speaker says what the span marks."""
        line = self.network.config.calibration.get("speaker")
        if speaker is None:
            return round(spans.calibrated(float(span.voices[0]), line), 3)
        named = (
            chance
            for (first, last), chance in zip(self.seen.voices, span.voices[1:], strict=True)
            if same_speaker(self._text(first, last), speaker)
        )
        return round(spans.calibrated(float(min(1.0, sum(named))), line), 3)

    @staticmethod
    def _stance(span: Span, ruled: Stance) -> Stance:
        likely = likeliest(STANCES, span.is_["stance"])
        return likely if likely != "asserts" and max(span.is_["stance"]) > 0.7 else ruled

    @staticmethod
    def _class(line: Line, span: Span, value: tuple[int, int]) -> str | None:
        """The vocabulary's name for a weapon, by the longest word of it that the vocabulary knows."""
        if span.about != "weapon":
            return None
        found = list(triggers.WEAPON.finditer(line.low[value[0] : value[1] + 14]))
        known = [m.group() for m in found if m.group() in triggers.WEAPONS]
        return triggers.WEAPONS[max(known, key=len)] if known else None

    def _quote(self, line: Line, start: int, end: int) -> tuple[int, int]:
        """The count with the word of harm nearest to it in the sentence, at most a dozen words off (a name is one)."""
        for toll in line.tolls:
            a, b = line.chunked.span(toll.at)
            if _meet((a, b), (start, end)):
                return self.drafter.quote(line, min(toll.start, start), max(toll.end, end))
        inside = [k for k, t in enumerate(line.tokens) if t.end > start and t.start < end]
        if not inside:
            return line.sentence.start + start, line.sentence.start + end
        harm = [k for k, t in enumerate(line.tokens) if t.tag in "EGSDXKTUO"]
        step = [self._step(line, t) for t in line.tokens]
        near = [k for k in harm if step[inside[0]] - 12 <= step[k] <= step[inside[-1]] + 12]
        if near:
            best = min(
                near, key=lambda k: min(abs(step[k] - step[inside[0]]), abs(step[k] - step[inside[-1]]))
            )
            start = min(start, line.tokens[best].start)
            end = max(end, line.tokens[best].end)
        return self.drafter.quote(line, start, end)

    def _step(self, line: Line, token: Token) -> int:
        """How many words stand before a token in the report, each name one."""
        span = self.words.covering(line.sentence.start + token.start, line.sentence.start + token.end)
        return int(self.steps[span[0]]) if span is not None else 0

    # the reading

    def _reading(self, told: list[Told]) -> Reading:
        title = text.title_twice(self.report.text)
        drafts = [(e, replace(d, headline=True) if d.end <= title else d) for e in told for d in e.drafts]
        asserted = sorted(drafts, key=lambda one: one[1].proposed)  # what is asserted need not be proposed
        kept = repeats.once(distinct(asserted), self.report.text)
        saying = {
            event.number
            for event, draft in kept
            if not draft.proposed
            and (event.place is not None or event.date is not None or draft.about not in ("weapon", "target"))
        }
        main = next((e for e in told if e.number in saying), None)
        mentions = {e.number: self.teller.mention(e, main) for e in told if e.number in saying}
        claims = tuple(
            draft.claim(self.report, mentions[event.number], self.reader)
            for event, draft in kept
            if event.number in mentions
        )
        problems = list(self.survey.problems)
        if not (self.words.whole and self.seen.whole):
            sentence = "The report is too long, or tells of too much, to be read whole; its first part was."
            problems.append(Problem(code="read_in_part", where="text", sentence=sentence))
        if not mentions and not any(problem.code == "bad_number" for problem in problems):
            problems.append(survey.nothing())
        places = [mention.place for mention in mentions.values() if mention.place is not None]
        problems += [survey.no_match(place) for place in places if place.lat is None]
        return Reading(mentions=tuple(mentions.values()), claims=claims, problems=tuple(problems))


def _again(line: Line, start: int, end: int, number: Counted) -> bool:
    """Whether marked words speak of one person as known already: "the victim", "the teenage girl"."""
    words_ = line.sentence.text[start:end]
    return (
        not number.stated and number.low == number.high == 1
        and bool(AGAIN.fullmatch(words_.strip()))
        and not ALSO.search(line.low)
    )  # fmt: skip


def same_speaker(words_: str, speaker: Speaker) -> bool:
    """Whether words name a speaker: one of the two stands in the other."""
    name = words_.lower()
    return any(name in known.lower() or known.lower() in name for known in (speaker.words, speaker.name))


def _about(words_: str) -> About:
    found: dict[str, About] = {
        "killed": "killed", "injured": "injured", "missing": "missing", "abducted": "abducted",
        "detained": "detained", "perpetrator": "perpetrator", "weapon": "weapon", "target": "target",
    }  # fmt: skip
    return found[words_]


def _is(span: Span, first: int, last: int) -> bool:
    return (span.first, span.last, span.about) == (first, last, "anchor")


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
