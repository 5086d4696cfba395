"""Putting findings together: lines to events, findings to claims, each with its exact words and speaker."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from bearwitness.extract import dates, deeds, lines, places, text
from bearwitness.extract.deeds import Deed
from bearwitness.extract.events import Event, Events
from bearwitness.extract.lines import Line
from bearwitness.extract.people import Persons
from bearwitness.extract.speakers import Attribution, Registry, role_of
from bearwitness.extract.text import Quotation, Sentence
from bearwitness.extract.tolls import Found
from bearwitness.gazetteer import Context, Gazetteer
from bearwitness.record import Claim, Mention, Place, Problem, Reading, Report, Speaker

QUOTE_WORDS = 25
DATELINE = re.compile(r"^[A-Z][A-Z .,'()-]{2,60}?,? (\d{1,2} [A-Za-z]{3,9} \d{2}) \(")


def compose(report: Report, gazetteer: Gazetteer, reader: str) -> Reading:
    """Read one English report."""
    plain = text.plain(report.text)
    if not deeds.GATE.search(plain.lower()):
        return Reading(problems=(_nothing(),))
    return _Composer(report, plain, gazetteer, reader).read()


def _nothing() -> Problem:
    return Problem(code="no_violence", where="text", sentence="No word of violence was found in the article.")


class _Composer:
    """One report on its way to a reading."""

    def __init__(self, report: Report, plain: str, gazetteer: Gazetteer, reader: str) -> None:
        self.report = report
        self.plain = plain
        self.gazetteer = gazetteer
        self.reader = reader
        self.problems: list[Problem] = []
        self.registry = Registry()
        self.published = self._published()
        self.events = Events()
        self.dateline: tuple[places.Named, int] | None = None

    def read(self) -> Reading:
        """The whole reading."""
        sentences = text.sentences(self.report, self.plain)
        bad_dates: list[str] = []
        read: list[Line | None] = [
            lines.read_line(s, self.gazetteer, self.published, bad_dates)
            if deeds.GATE.search(s.text.lower())
            else None
            for s in sentences
        ]
        self.problems += [
            Problem(code="bad_date", where=words, sentence=f"“{words}” is no day of the calendar.")
            for words in dict.fromkeys(bad_dates)
        ]
        self._note_persons(read)
        self.context = self._context(read)
        read = [line and line._replace(places=self._known(line)) for line in read]
        self.numbers = {sentence.start: number for number, sentence in enumerate(sentences)}
        self.attributions, self.quoted = lines.voices(read, sentences, self.registry, self.plain)
        assigned: list[tuple[Line, Event]] = []
        for number, line in enumerate(read):
            if line is None:
                continue
            when = lines.says_when(line, self.attributions.get(number, []))
            where = self._event_places(line, number)
            event = self.events.place_line(number, line, when, where)
            if event is not None:
                assigned.append((line, event))
        return self._reading(assigned, sentences, read)

    def _note_persons(self, read: list[Line | None]) -> None:
        """Persons named with a title or a trade, to whom a later "he said" may point."""
        for line in read:
            for item in line.chunked.items if line is not None else ():
                if line is not None and isinstance(item, Persons) and item.kind == "F" and item.whom is not None:
                    a, b = line.chunked.tokens[item.first].start, item.whom[1]
                    self.registry.seen(line.sentence.text[a:b], line.sentence.start + a, line.sentence.start + b)

    def _published(self) -> date | None:
        day = dates.parse_published(self.report.published)
        if day is None and self.report.published is None:
            head = self.plain.lstrip()[:120]
            match = DATELINE.match(head) or lines.DATELINE.match(head)
            found = dates.dates(match.group(0).lower(), None)[0] if match else []
            day = dates.parse_published(found[0].edtf) if found else None
        return day

    def _event_places(self, line: Line, number: int) -> list[places.Named]:
        """Places of the line that do not belong to a speaker's name."""
        if self.dateline is None:
            self.dateline = next(((p, line.sentence.start) for p in line.places if p.lead == "dateline" and p.known), None)
        spans = [(a.start, a.end) for a in self.attributions.get(number, [])]
        base = line.sentence.start
        return [p for p in line.places if p.lead != "dateline" and not any(a <= base + p.start < b for a, b in spans)]

    # events to mentions

    def _reading(
        self, assigned: list[tuple[Line, Event]], sentences: list[Sentence], read: list[Line | None]
    ) -> Reading:
        drafts = [(event, claim) for line, event in assigned for claim in self._claims(line, event)]
        drafts = self._distinct(drafts)
        told = {event.number for event, _ in drafts}
        kept = [e for e in self.events.all if e.number in told or (e.status != "occurred")]
        mentions: dict[int, Mention] = {}
        for event in kept:
            mentions[event.number] = self._mention(event, self.context)
        claims = tuple(
            self._claim(draft, mentions[event.number]) for event, draft in drafts if event.number in mentions
        )
        if not mentions:
            self.problems.append(_nothing())
        for mention in mentions.values():
            if mention.place is not None and mention.place.lat is None:
                where = f"{mention.place.start}-{mention.place.end}"
                self.problems.append(
                    Problem(
                        code="no_place_match",
                        where=where,
                        sentence=f"“{mention.place.words}” is not in the gazetteer.",
                    )
                )
        return Reading(mentions=tuple(mentions.values()), claims=claims, problems=tuple(self.problems))

    def _known(self, line: Line) -> list[places.Named]:
        """The line's places, each marked as known or not in the light of the whole report; no parts of names."""
        persons = [
            (line.chunked.tokens[item.first].start, line.chunked.tokens[item.last - 1].end)
            for item in line.chunked.items
            if isinstance(item, Persons) and item.kind == "F"
        ]
        kept = []
        for place in line.places:
            if place.country is None and any(a <= place.start < b for a, b in persons):
                continue
            kept.append(places.known(place, self.gazetteer, self.context))
        return kept

    def _context(self, read: list[Line | None]) -> Context:
        names = [place.words for line in read if line is not None for place in line.places if place.lead]
        people: dict[str, int] = {}
        for line in read:
            if line is None:
                continue
            for token in line.tokens:
                if token.tag in "qPW" and token.text[:1].isupper():
                    code = self.gazetteer.country(token.text)
                    if code:
                        people[code] = people.get(code, 0) + 1
        return self.gazetteer.settle(names, countries=people)

    def _mention(self, event: Event, context: Context) -> Mention:
        start, end = event.anchor
        place = None
        where = event.place or (self.dateline if event is self.events.main else None)
        if where is not None:
            named, base = where
            place = places.settle(named, base, self.gazetteer, context)
            place = place_words(place, self.report.text)
        date_words = basis = edtf = None
        if event.date is not None:
            news, base = event.date
            edtf, basis = news.edtf, news.basis
            date_words = self.report.text[base + news.start : base + news.end]
        country = place.country if place else None
        return Mention(
            report=self.report.id, kind=event.kind, status=event.status, anchor=self.report.text[start:end], start=start, end=end,
            date=edtf, date_words=date_words, date_basis=basis, place=place, site=self._words(event.site),
            country=country or self._likely_country(context), background=event.background, series=event.series,
            developing=event is self.events.main and bool(deeds.DEVELOPING.search(self.plain.lower())),
        )  # fmt: skip

    def _likely_country(self, context: Context) -> str | None:
        counts = sorted(context.countries.items(), key=lambda item: (-item[1], item[0]))
        return counts[0][0] if len(counts) == 1 or (len(counts) > 1 and counts[0][1] > counts[1][1]) else None

    def _words(self, span: tuple[int, int] | None) -> str | None:
        return self.report.text[span[0] : span[1]] if span else None

    # findings to claims

    def _claims(self, line: Line, event: Event) -> list[dict[str, object]]:
        drafts: list[dict[str, object]] = []
        for found in line.tolls:
            if found.definite or self._unlikely(line, found):
                continue
            drafts.append(self._count(line, found))
        if line.total:
            return drafts
        for deed in line.deeds:
            drafts.append(self._deed(line, deed, event))
        if line.status == "foiled":
            drafts.append(self._foiled(line))
        return drafts

    def _unlikely(self, line: Line, found: Found) -> bool:
        """A bare plural without a number is a claim only where it is plainly a victim."""
        return found.kind == "vague" and found.low == 2 and found.about in ("detained", "abducted")

    def _count(self, line: Line, found: Found) -> dict[str, object]:
        base = line.sentence.start
        start, end = self._quote(line, found.start, found.end)
        speaker, via, nobody = self._speaker(line, base + found.start)
        return {
            "about": found.about, "stance": self._stance(line, base + found.start), "start": start, "end": end, "low": found.low, "high": found.high,
            "number_kind": found.kind, "whom": self._words((base + found.whom[0], base + found.whom[1])) if found.whom else None,
            "group": found.group or "civilian", "part_of": found.part, "speaker": speaker, "via": via,
            "hedged": nobody or self._hedged(line, found.start, found.end), "headline": line.sentence.headline,
        }  # fmt: skip

    def _deed(self, line: Line, deed: Deed, event: Event) -> dict[str, object]:
        base = line.sentence.start
        start, end = self._quote(line, deed.start, deed.end)
        if deed.about == "target" and deed.value and event.site is None:
            event.site = (base + deed.value[0], base + deed.value[1])
        value = self._words((base + deed.value[0], base + deed.value[1])) if deed.value else None
        if value is not None and value.lower() in ("we", "they", "i", "it", "he", "she"):
            speaker, via, nobody = self._speaker(line, base + deed.start)
            if speaker is None and deed.speaker is not None:
                speaker = self._named_speaker(value, base + deed.start, base + deed.start + len(value))
            value = (speaker.full or speaker.words) if speaker is not None else value
        elif deed.speaker is not None:
            words = self.report.text[base + deed.speaker[0] : base + deed.speaker[1]]
            outer, _, nobody = self._speaker(line, base + deed.start)
            speaker = self._named_speaker(
                words, base + deed.speaker[0], base + deed.speaker[1]
            )
            via = (outer.full or outer.words,) if outer is not None and outer.words != words else ()
            nobody = False
        else:
            speaker, via, nobody = self._speaker(line, base + deed.start)
        return {
            "about": deed.about, "stance": deed.stance, "start": start, "end": end,
            "value": value, "value_class": deed.value_class, "speaker": speaker, "via": via, "hedged": deed.hedged or nobody,
            "headline": line.sentence.headline,
        }  # fmt: skip

    def _stance(self, line: Line, at: int) -> str:
        """ "denies" where the count stands in what its speaker denies ("denied that 40 people were killed")."""
        around = [a for a in self.attributions.get(self.numbers[line.sentence.start], []) if a.scope[0] <= at < a.scope[1]]
        return "denies" if around and min(around, key=lambda a: a.scope[1] - a.scope[0]).denies else "asserts"

    def _named_speaker(self, words: str, start: int, end: int) -> Speaker:
        attribution = Attribution(
            start, end, words, start, "", (start, end), words.lower() in ("he", "she", "it", "they")
        )
        resolved = self.registry.resolve(attribution)
        return self.registry.speaker(resolved or attribution)

    def _foiled(self, line: Line) -> dict[str, object]:
        match = deeds.FOILED.search(line.low)
        assert match is not None
        end = min(len(line.sentence.text), match.end() + 60)
        start, end = self._quote(line, match.start(), end)
        speaker, via, nobody = self._speaker(line, line.sentence.start + match.start())
        return {
            "about": "occurred",
            "stance": "asserts",
            "start": start,
            "end": end,
            "speaker": speaker,
            "via": via,
            "hedged": nobody,
            "headline": line.sentence.headline,
        }

    def _speaker(self, line: Line, at: int) -> tuple[Speaker | None, tuple[str, ...], bool]:
        """Who says what stands at a character: the innermost attribution, else the quotation's speaker."""
        inside = [
            a
            for a in self.attributions.get(self.numbers[line.sentence.start], [])
            if a.scope[0] <= at < a.scope[1] and not a.start <= at < a.end
        ]
        inside.sort(key=lambda a: a.scope[1] - a.scope[0])
        if not inside:
            for quotation, attribution in self.quoted:
                if quotation.start <= at < quotation.end:
                    inside = [attribution]
                    break
        if not inside:
            return None, (), bool(deeds.NOBODY.search(line.low))
        first = inside[0]
        speaker = self.registry.speaker(first)
        via = tuple(
            dict.fromkeys(
                (s.full or s.words)
                for a in inside[1:]
                if (s := self.registry.speaker(a)).words != speaker.words
            )
        )
        return speaker, via, False

    def _hedged(self, line: Line, start: int, end: int) -> bool:
        return any(start - 20 <= m.start() < end for m in deeds.HEDGE.finditer(line.low))

    def _quote(self, line: Line, start: int, end: int) -> tuple[int, int]:
        """The words of the sentence from ``start`` to ``end`` on whole tokens, at most 25, as report offsets."""
        inside = [t for t in line.tokens if t.end > start and t.start < end]
        words = line.sentence.text[inside[0].start : inside[-1].end].split()
        first, last = inside[0].start, inside[-1].end
        if len(words) > QUOTE_WORDS:
            spans = list(re.finditer(r"\S+", line.sentence.text[first:last]))
            last = first + spans[QUOTE_WORDS - 1].end()
        return line.sentence.start + first, line.sentence.start + last

    def _distinct(
        self, drafts: list[tuple[Event, dict[str, object]]]
    ) -> list[tuple[Event, dict[str, object]]]:
        """One record for each distinct (event, about, value, speaker, stance); the headline's only if new."""
        seen: set[tuple[object, ...]] = set()
        body = {
            (d["about"], d.get("low"), d.get("high"), _key(d.get("value")))
            for _, d in drafts
            if not d["headline"]
        }
        kept = []
        for event, draft in drafts:
            value = _key(draft.get("value"))
            said = (event.number, draft["about"], draft.get("low"), draft.get("high"), value)
            if draft["headline"] and said[1:] in body:
                continue
            speaker = draft["speaker"]
            name = _key((speaker.full or speaker.words) if isinstance(speaker, Speaker) else None)
            whom = (
                draft.get("whom")
                if draft.get("part_of") or (draft.get("low"), draft.get("high")) == (1, 1)
                else None
            )
            key = (
                *said,
                name,
                draft["stance"],
                draft.get("part_of"),
                _key(whom) if draft.get("low") == 1 else None,
            )
            if key in seen:
                continue
            seen.add(key)
            kept.append((event, draft))
        return kept

    def _claim(self, draft: dict[str, object], mention: Mention) -> Claim:
        fields = {k: v for k, v in draft.items() if k != "headline"}
        start, end = int(str(fields["start"])), int(str(fields["end"]))
        return Claim(
            report=self.report.id,
            mention=mention.id,
            words=self.report.text[start:end],
            reader=self.reader,
            **fields,
        )  # type: ignore[arg-type]


def _key(value: object) -> str | None:
    return re.sub(r"\W+", " ", str(value).lower()).strip() if value is not None else None


def place_words(place: Place, whole: str) -> Place:
    """The place with its words exactly as the report writes them (typographic variants kept)."""
    return msgspec.structs.replace(place, words=whole[place.start : place.end])


__all__ = ["Quotation", "compose", "role_of"]
