"""Putting findings together: lines to events, findings to claims, each with its exact words and speaker."""

from __future__ import annotations

import msgspec

from bearwitness.extract import deeds, lines, places, survey, text, triggers
from bearwitness.extract.drafts import Drafter, distinct
from bearwitness.extract.events import Event, Events
from bearwitness.extract.lines import Line
from bearwitness.extract.survey import Survey, Where
from bearwitness.extract.tokens import capitalised
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import Mention, Reading, Report


def compose(report: Report, gazetteer: Gazetteer, reader: str) -> Reading:
    """Read one English report."""
    plain = text.plain(report.text)
    if not survey.violent(plain):
        return Reading(problems=(survey.nothing(),))
    return _Composer(Survey(report, plain, gazetteer), reader).read()


def told(surveyed: Survey) -> list[Event]:
    """The events that the rules see in a report, each with its sentences, day and place."""
    composer = _Composer(surveyed, "")
    composer.assigned()
    for event in composer.events.all:
        event.place = composer.where(event)
    return composer.events.all


def is_quarter(surveyed: Survey, place: Where, city: Where) -> bool:
    """Whether a place is a part of a city: said to be a neighbourhood, or close to it and far smaller."""
    if place[0].words.lower() == city[0].words.lower() or place[0].level not in ("town", "neighbourhood"):
        return False
    if place[0].level == "neighbourhood":
        return True
    small, large = surveyed.settled(place), surveyed.settled(city)
    if small.lat is None or large.lat is None or not small.candidates or not large.candidates:
        return False
    near = abs(small.lat - large.lat) + abs((small.lon or 0) - (large.lon or 0)) < 0.4
    return near and small.candidates[0].population * 5 < large.candidates[0].population


class _Composer:
    """One report on its way to a reading."""

    def __init__(self, surveyed: Survey, reader: str) -> None:
        self.survey = surveyed
        self.report = surveyed.report
        self.reader = reader
        self.problems = surveyed.problems
        self.events = Events()
        self.dateline: Where | None = None

    def read(self) -> Reading:
        """The whole reading."""
        return self._reading(self.assigned())

    def assigned(self) -> list[tuple[Line, Event]]:
        """Each line that tells of an event, with the event."""
        assigned: list[tuple[Line, Event]] = []
        for number, line in enumerate(self.survey.read):
            if line is None:
                continue
            for part in lines.parts(line, self.survey.attributions.get(number, [])):
                event = self._assign(part, number)
                if event is not None:
                    assigned.append((part, event))
        return assigned

    def _assign(self, line: Line, number: int) -> Event | None:
        """The event the line tells of, with its site."""
        when = lines.says_when(line, self.survey.attributions.get(number, []))
        where = self._event_places(line, number)
        if not line.harmful and self.events.main is not None and survey.HAPPENED.search(line.low):
            self.events.complete(line, when, where)  # "It happened on Sunday near the bridge."
        event = self.events.place_line(number, line, when, where)
        if event is not None and event.site is None and (line.tolls or line.deeds):
            site = deeds.site(line.low)
            if site is not None:
                event.site = (line.sentence.start + site[0], line.sentence.start + site[1])
        return event

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
        spans = [(a.start, a.end) for a in self.survey.attributions.get(number, [])]
        base = line.sentence.start
        spans += [(base + d.speaker[0], base + d.speaker[1]) for d in line.deeds if d.speaker is not None]
        own = [p for p in line.places if p.lead != "dateline"]
        if (
            line.sentence.headline
        ):  # a headline says "Kenema blast": its names need no preposition if the body has one
            own = [p if p.lead or p.words not in self.survey.led else p._replace(lead="in") for p in own]
        free = [p for p in own if not any(a <= base + p.start < b for a, b in spans)]
        if any(p.known and p.level != "country" for p in free):
            return free
        return [p for p in own if p in free or p.level != "country"]

    # events to mentions

    def _reading(self, assigned: list[tuple[Line, Event]]) -> Reading:
        drafter = Drafter(self.survey)
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
            mentions[event.number] = self._mention(event)
        claims = tuple(
            draft.claim(self.report, mentions[event.number], self.reader)
            for event, draft in drafts
            if event.number in mentions
        )
        if not mentions and not any(problem.code == "bad_number" for problem in self.problems):
            self.problems.append(survey.nothing())
        for mention in mentions.values():
            if mention.place is not None and mention.place.lat is None:
                self.problems.append(survey.no_match(mention.place))
        return Reading(mentions=tuple(mentions.values()), claims=claims, problems=tuple(self.problems))

    def where(self, event: Event) -> Where | None:
        """The event's place; for the main event failing that the dateline's, or the town the report speaks of
        most. A quarter of the dateline's city is a site, the city the place."""
        main = self.events.main
        if main is None or (event is not main and event.place != main.place):
            return event.place
        if event.place is None:
            return self.dateline or self._most_named() if event is main else None
        if self.dateline is not None and is_quarter(self.survey, event.place, self.dateline):
            named, base = event.place
            event.site = event.site or (base + named.start, base + named.end)
            return self.dateline
        return event.place

    def _most_named(self) -> Where | None:
        """The town named most often, twice at least or in the headline ("Milwaukee police", "a Boston man")."""
        found: dict[str, list[Where]] = {}
        for line in self.survey.lines:
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

    def _mention(self, event: Event) -> Mention:
        start, end = event.anchor
        place = None
        where = self.where(event)
        if where is not None:
            place = self.survey.settled(where)
            if place.lat is None and event.wider is not None:
                place = places.inside(place, self.survey.settled(event.wider))
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
            country=country or self.survey.likely_country(), background=event.background, series=event.series,
            developing=event is self.events.main and bool(triggers.DEVELOPING.search(self.survey.plain.lower())),
        )  # fmt: skip

    def _words(self, span: tuple[int, int] | None) -> str | None:
        return self.report.text[span[0] : span[1]] if span else None
