"""Putting findings together: lines to events, findings to claims, each with its exact words and speaker."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from bearwitness.extract import dates, deeds, lines, places, text, triggers
from bearwitness.extract.drafts import Drafter, distinct
from bearwitness.extract.events import Event, Events
from bearwitness.extract.lines import Line
from bearwitness.extract.people import Persons
from bearwitness.extract.speakers import Registry
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import capitalised
from bearwitness.gazetteer import Context, Gazetteer
from bearwitness.record import Mention, Place, Problem, Reading, Report

DATELINE = re.compile(r"^[A-Z][A-Z .,'()-]{2,60}?,? (\d{1,2} [A-Za-z]{3,9} \d{2}) \(")


def compose(report: Report, gazetteer: Gazetteer, reader: str) -> Reading:
    """Read one English report."""
    plain = text.plain(report.text)
    if not triggers.GATE.search(plain.lower()):
        return Reading(problems=(_nothing(),))
    return _Composer(report, plain, gazetteer, reader).read()


def _too_large(line: Line) -> list[Problem]:
    """A problem for each number beside a word of harm that is too large to be a count."""
    if not any(token.tag in "EGSDXTUK" for token in line.tokens):
        return []
    return [
        Problem(
            code="bad_number",
            where=str(line.sentence.start + token.start),
            sentence=f"“{token.text[:40]}” is too large to be a count of persons.",
        )
        for token in line.tokens
        if token.tag == "#"
    ]


def _nothing() -> Problem:
    return Problem(code="no_violence", where="text", sentence="No word of violence was found in the article.")


Where = tuple[places.Named, int]  # a place name and where its sentence begins


HAPPENED = re.compile(
    r"\b(?:it|this|that|incidents?|tragedy|drama|violence|event|crime)\b[\w ]{0,20}? (?:happened|occurred|took place|began|unfolded|started)\b"
    r"|^(?:early |late )?(?:on )?\w+day\b.{0,60}\b(?:dispatch|911|officers|deputies|police|emergency|called|calls)\b"
)


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
        self.dateline: Where | None = None

    def read(self) -> Reading:
        """The whole reading."""
        sentences = text.sentences(self.report, self.plain)
        bad_dates: list[str] = []
        read: list[Line | None] = [
            lines.read_line(s, self.gazetteer, self.published, bad_dates)
            if triggers.GATE.search(s.text.lower()) or HAPPENED.search(s.text.lower())
            else None
            for s in sentences
        ]
        self.problems += [
            Problem(code="bad_date", where=words, sentence=f"“{words}” is no day of the calendar.")
            for words in dict.fromkeys(bad_dates)
        ]
        self.problems += [problem for line in read if line is not None for problem in _too_large(line)]
        self._note_persons(read)
        self.context = self._context(read)
        read = [line and line._replace(places=self._known(line)) for line in read]
        self.read_lines = [line for line in read if line is not None]
        self.led = {p.words for line in read if line is not None for p in line.places if p.lead and p.known}
        self.countries = {
            line.sentence.start: {p.country for p in line.places if p.country}
            for line in read
            if line is not None
        }
        self.numbers = {sentence.start: number for number, sentence in enumerate(sentences)}
        self.attributions, self.quoted = lines.voices(read, sentences, self.registry, self.plain)
        assigned: list[tuple[Line, Event]] = []
        for number, line in enumerate(read):
            if line is None:
                continue
            for part in lines.parts(line, self.attributions.get(number, [])):
                event = self._assign(part, number)
                if event is not None:
                    assigned.append((part, event))
        return self._reading(assigned, sentences, read)

    def _assign(self, line: Line, number: int) -> Event | None:
        """The event the line tells of, with its site."""
        when = lines.says_when(line, self.attributions.get(number, []))
        where = self._event_places(line, number)
        if not line.harmful and self.events.main is not None and HAPPENED.search(line.low):
            self.events.complete(line, when, where)  # "It happened on Sunday near the bridge."
        event = self.events.place_line(number, line, when, where)
        if event is not None and event.site is None and (line.tolls or line.deeds):
            site = deeds.site(line.low)
            if site is not None:
                event.site = (line.sentence.start + site[0], line.sentence.start + site[1])
        return event

    def _note_persons(self, read: list[Line | None]) -> None:
        """Persons named with a title or a trade, to whom a later "he said" may point."""
        for line in read:
            for item in line.chunked.items if line is not None else ():
                if (
                    line is not None
                    and isinstance(item, Persons)
                    and item.kind == "F"
                    and item.whom is not None
                ):
                    a, b = line.chunked.tokens[item.first].start, item.whom[1]
                    self.registry.seen(
                        line.sentence.text[a:b], line.sentence.start + a, line.sentence.start + b
                    )

    def _published(self) -> date | None:
        day = dates.parse_published(self.report.published)
        if day is None and self.report.published is None:
            head = self.plain.lstrip()[:120]
            match = DATELINE.match(head) or lines.DATELINE.match(head)
            found = dates.dates(match.group(0).lower(), None)[0] if match else []
            day = dates.parse_published(found[0].edtf) if found else None
        return day

    def _event_places(self, line: Line, number: int) -> list[places.Named]:
        """Places of the line, those in a speaker's name ("the hospital in Kenema") only where there is no other."""
        if self.dateline is None:
            self.dateline = next(
                (
                    (p, line.sentence.start)
                    for p in line.places
                    if p.lead == "dateline" and p.known and p.level == "town"
                ),
                None,
            )
        spans = [(a.start, a.end) for a in self.attributions.get(number, [])]
        base = line.sentence.start
        spans += [(base + d.speaker[0], base + d.speaker[1]) for d in line.deeds if d.speaker is not None]
        own = [p for p in line.places if p.lead != "dateline"]
        if (
            line.sentence.headline
        ):  # a headline says "Kenema blast": its names need no preposition if the body has one
            own = [p if p.lead or p.words not in self.led else p._replace(lead="in") for p in own]
        free = [p for p in own if not any(a <= base + p.start < b for a, b in spans)]
        if any(p.known and p.level != "country" for p in free):
            return free
        return [p for p in own if p in free or p.level != "country"]

    # events to mentions

    def _reading(
        self, assigned: list[tuple[Line, Event]], sentences: list[Sentence], read: list[Line | None]
    ) -> Reading:
        drafter = Drafter(self.report, self.attributions, self.quoted, self.numbers, self.registry)
        drafts = distinct(
            [(event, draft) for line, event in assigned for draft in drafter.drafts(line, event)]
        )
        told = {
            event.number
            for event, draft in drafts
            if event.place is not None or draft.about not in ("weapon", "target")
        }
        kept = [e for e in self.events.all if e.number in told or (e.status != "occurred")]
        mentions: dict[int, Mention] = {}
        for event in kept:
            mentions[event.number] = self._mention(event, self.context)
        claims = tuple(
            draft.claim(self.report, mentions[event.number], self.reader)
            for event, draft in drafts
            if event.number in mentions
        )
        if not mentions and not any(problem.code == "bad_number" for problem in self.problems):
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

    def _settled(self, where: Where, context: Context) -> Place:
        """The place in the gazetteer; a country named in the same sentence weighs most."""
        named, base = where
        beside = {code: 8 for code in self.countries.get(base, ()) if code}
        if beside:
            context = Context(countries=context.countries | beside, places=context.places)
        return places.settle(named, base, self.gazetteer, context)

    def _where(self, event: Event, context: Context) -> Where | None:
        """The event's place; for the main event failing that the dateline's, or the town the report speaks of
        most. A quarter of the dateline's city is a site, the city the place."""
        main = self.events.main
        if main is None or (event is not main and event.place != main.place):
            return event.place
        if event.place is None:
            return self.dateline or self._most_named() if event is main else None
        if self.dateline is not None and self._is_quarter(event.place, self.dateline, context):
            named, base = event.place
            event.site = event.site or (base + named.start, base + named.end)
            return self.dateline
        return event.place

    def _is_quarter(self, place: Where, city: Where, context: Context) -> bool:
        if place[0].words.lower() == city[0].words.lower() or place[0].level not in ("town", "neighbourhood"):
            return False
        if place[0].level == "neighbourhood":
            return True
        small, large = self._settled(place, context), self._settled(city, context)
        if small.lat is None or large.lat is None or not small.candidates or not large.candidates:
            return False
        near = abs(small.lat - large.lat) + abs((small.lon or 0) - (large.lon or 0)) < 0.4
        return near and small.candidates[0].population * 5 < large.candidates[0].population

    def _most_named(self) -> Where | None:
        """The town named most often, twice at least or in the headline ("Milwaukee police", "a Boston man")."""
        found: dict[str, list[Where]] = {}
        for line in self.read_lines:
            for place in line.places:
                before = line.tokens[place.first - 1] if place.first else None
                surname = before is not None and before.tag in "Wp" and capitalised(before)
                if place.known and place.level == "town" and place.country is None and not surname:
                    found.setdefault(place.words.lower(), []).append((place, line.sentence.start))
        if not found:
            return None
        led = {name: all_ for name, all_ in found.items() if any(p.lead for p, _ in all_)}
        found = led or found
        best = max(found.values(), key=lambda all_: (len(all_), -all_[0][1]))
        headline = best[0][1] < self.report.title_end
        return best[0] if len(best) > 1 or headline else None

    def _mention(self, event: Event, context: Context) -> Mention:
        start, end = event.anchor
        place = None
        where = self._where(event, context)
        if where is not None:
            place = self._settled(where, context)
            if place.lat is None and event.wider is not None:
                place = places.inside(place, self._settled(event.wider, context))
            place = msgspec.structs.replace(place, words=self.report.text[place.start : place.end])
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
            developing=event is self.events.main and bool(triggers.DEVELOPING.search(self.plain.lower())),
        )  # fmt: skip

    def _likely_country(self, context: Context) -> str | None:
        counts = sorted(context.countries.items(), key=lambda item: (-item[1], item[0]))
        return counts[0][0] if len(counts) == 1 or (len(counts) > 1 and counts[0][1] > counts[1][1]) else None

    def _words(self, span: tuple[int, int] | None) -> str | None:
        return self.report.text[span[0] : span[1]] if span else None
