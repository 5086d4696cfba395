"""Groups of spans made into events: their kind, day, place and site, and the words that first tell of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from bearwitness import edtf
from bearwitness.extract import dates, deeds, events, places, sites, triggers
from bearwitness.extract.compose import is_quarter
from bearwitness.extract.dates import News
from bearwitness.extract.drafts import Draft
from bearwitness.extract.lines import Line
from bearwitness.extract.model import spans
from bearwitness.extract.model.spans import Seen, Span
from bearwitness.extract.model.words import Words, survey_dates, survey_places
from bearwitness.extract.places import Named
from bearwitness.extract.survey import Survey, Where
from bearwitness.record import EventKind, Mention, Place, Status

T = TypeVar("T")
KINDS: tuple[EventKind, ...] = (
    "attack", "clash", "arrest_raid", "abduction", "unrest", "accident", "total", "other",
)  # fmt: skip
STATUSES: tuple[Status, ...] = ("occurred", "foiled", "disputed")


@dataclass
class Told:
    """One event as it is put together."""

    number: int
    spans: list[Span]
    lines: list[int]
    kind: EventKind
    status: Status
    date: tuple[News, int] | None = None
    place: Where | None = None
    wider: Where | None = None
    site: tuple[int, int] | None = None
    drafts: list[Draft] = field(default_factory=list)
    date_confidence: float | None = None
    place_confidence: float | None = None


class Teller:
    """Makes events of what the network saw in one report."""

    def __init__(self, surveyed: Survey, words: Words, seen: Seen) -> None:
        self.survey = surveyed
        self.words = words
        self.seen = seen
        self.dates = survey_dates(surveyed)
        self.places: list[Where] = [
            (place, base) for base, place in survey_places(surveyed)[: spans.CANDIDATES]
        ]
        self.places += [self._named(*span) for span in seen.places[len(self.places) :]]

    def line(self, span: Span) -> Line | None:
        """The sentence that a span begins in."""
        return self.survey.read[int(self.words.sentence[span.first])]

    def all_told(self) -> list[Told]:
        """The events of all groups, in order. What counts nobody is no event of its own beside one of its place and day."""
        groups = self.seen.groups
        told = [self.told(number, group) for number, group in enumerate(groups, 1)]
        for event in told:
            home = next((e for e in told if e is not event and e.spans and _one(event, e)), None)
            if home is not None:
                first, second = groups[home.number - 1], groups[event.number - 1]
                first.spans = sorted({*first.spans, *second.spans})
                told[home.number - 1], event.spans = self.told(home.number, first), []
        return [event for event in told if event.spans]

    def told(self, number: int, group: spans.Group) -> Told:
        """The event of one group."""
        all_ = [self.seen.spans[k] for k in group.spans]
        members = [span for span in all_ if not span.proposed]
        numbers = sorted({int(self.words.sentence[s.first]) for s in members})
        event = Told(
            number, all_, numbers, vote(KINDS, members, "kind"), vote(STATUSES, members, "status"),
            date_confidence=round(group.date_confidence, 3), place_confidence=round(group.place_confidence, 3),
        )  # fmt: skip
        if group.date >= 0:
            base, news = self.dates[group.date]
            event.date = (news, base)
        if group.place >= 0:
            event.place = self._said_best(self.places[group.place])
            city = self._city(event.place)
            if city is not None:
                event.site, event.place = self._at(event.place), city
            event.wider = self._wider(event.place)
        event.site = event.site or self._site(members, event)
        return event

    def _named(self, first_word: int, last_word: int) -> Where:
        """A place that only the network saw."""
        line = self.survey.read[int(self.words.sentence[first_word])]
        base = line.sentence.start if line is not None else 0
        start, end = self.words.start[first_word], self.words.end[last_word - 1]
        text = self.survey.report.text[start:end]
        first, last = 0, 0
        if line is not None:
            inside = [k for k, t in enumerate(line.tokens) if t.end > start - base and t.start < end - base]
            first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
        name = Named(
            start - base, end - base, text, "in", self.survey.gazetteer.country(text), "town", first, last
        )
        return places.known(name, self.survey.gazetteer, self.survey.context), base

    def _said_best(self, where: Where) -> Where:
        """Of the mentions of one name, one whose sentence names the country."""
        same = [w for w in self.places if w[0].words.lower() == where[0].words.lower()]
        written = [
            w for w in [where, *same] if not w[0].words.isupper()
        ]  # "Kenema" rather than a dateline's "KENEMA"
        named = [*written, where, *same]
        return next((w for w in named if self.survey.countries.get(w[1])), named[0])

    def _city(self, where: Where) -> Where | None:
        """The city that a place is a quarter of: the dateline's, or a town named right after a neighbourhood."""
        dateline = next(
            (w for w in self.places if w[0].lead == "dateline" and w[0].known and w[0].level == "town"), None
        )
        if dateline is not None and is_quarter(self.survey, where, dateline):
            return dateline
        if where[0].level != "neighbourhood":
            return None
        after = [w for w in self.places if w[1] == where[1] and w[0].known and w[0].level == "town"]
        return min((w for w in after if w[0].start > where[0].end), key=lambda w: w[0].start, default=None)

    def _wider(self, where: Where) -> Where | None:
        """The known place that the sentence names right after one the gazetteer lacks."""
        name, base = where
        if name.known:
            return None
        after = [(p, b) for p, b in self.places if b == base and p.known and p.start > name.end]
        return min(after, key=lambda w: w[0].start, default=None)

    def _site(self, members: list[Span], event: Told) -> tuple[int, int] | None:
        """A building, road or quarter that the network marks, or a rule finds, in a sentence of the event."""
        own = {int(self.words.sentence[s.first]) for s in members}
        for site in self.seen.sites:
            if int(self.words.sentence[site.first]) in own:
                start, end = self.words.chars(site)
                found = self._site_at(int(self.words.sentence[site.first]), start, end)
                if found is not None and (event.place is None or found != self._at(event.place)):
                    return found
        for number in sorted(own):
            line = self.survey.read[number]
            found = deeds.site(line.low) if line is not None else None
            if line is not None and found is not None:
                return line.sentence.start + found[0], line.sentence.start + found[1]
        return None

    def _site_at(self, number: int, start: int, end: int) -> tuple[int, int] | None:
        """The site that characters ``start`` to ``end`` of the report mark in a sentence, unless it is a town."""
        line = self.survey.read[number]
        base = line.sentence.start if line is not None else 0
        found = sites.whole(line, start - base, end - base) if line is not None else None
        if found is None:
            return None
        at = base + found[0], base + found[1]
        towns = (self._at(w) for w in self.places if w[0].known and w[0].level == "town")
        return None if at in towns else at

    @staticmethod
    def _at(where: Where) -> tuple[int, int]:
        return where[1] + where[0].start, where[1] + where[0].end

    def place_of_total(self, event: Told) -> None:
        """Ten thousand dead fell in no one town: such a total keeps its place only if a sentence of the event names it, and
        else has the country that such a sentence names, or none."""
        own = {line.sentence.start for n in event.lines if (line := self.survey.read[n]) is not None}
        if event.place is None or event.place[1] in own:
            return
        event.place = next((w for w in self.places if w[1] in own and w[0].country is not None), None)
        event.site = event.wider = None

    def mention(self, event: Told, main: Told | None) -> Mention:
        """The event as a record."""
        start, end = self._anchor(event)
        text = self.survey.report.text
        place: Place | None = None
        if event.place is not None:
            place = self.survey.settled(event.place)
            if place.lat is None and event.wider is not None:
                place = places.inside(place, self.survey.settled(event.wider))
        news = self._news(event, main)
        low = " ".join(line.low for n in event.lines if (line := self.survey.read[n]) is not None)
        ordinal = events.ORDINAL.search(low)
        country = place.country if place is not None else None
        return Mention(
            report=self.survey.report.id, kind=event.kind, status=event.status, anchor=text[start:end], start=start, end=end,
            date=news.edtf if news else None,
            date_words=text[event.date[1] + event.date[0].start : event.date[1] + event.date[0].end] if event.date else None,
            date_basis=news.basis if news else None, place=place,
            site=text[event.site[0] : event.site[1]] if event.site else None,
            country=country or self.survey.likely_country(), background=self._background(event, main, low),
            series=events.ORDINALS[ordinal.group(1)] if ordinal else None,
            date_confidence=event.date_confidence, place_confidence=event.place_confidence,
            developing=event is main and bool(triggers.DEVELOPING.search(self.survey.plain.lower())),
        )  # fmt: skip

    def _news(self, event: Told, main: Told | None) -> News | None:
        """The event's day; "two days earlier" counts from the main event's."""
        if event.date is None:
            return None
        news, base = event.date
        if event is main or main is None or main.date is None:
            return news
        return dates.before(
            news, self.survey.plain[base + news.start : base + news.end].lower(), main.date[0].edtf
        )

    @staticmethod
    def _background(event: Told, main: Told | None, low: str) -> bool:
        """Whether the event is told beside the report's own: a total, or one that lies before it."""
        if main is None or event is main:
            return False
        if event.kind == "total" or events.EARLIER.search(low):
            return True
        if event.date is None or main.date is None:
            return False
        a, b = edtf.days(event.date[0].edtf), edtf.days(main.date[0].edtf)
        return a is not None and b is not None and a.year == b.year and a.last < b.first - 1

    def _anchor(self, event: Told) -> tuple[int, int]:
        """The words that first tell of the event."""
        marked = [s for s in event.spans if s.layer == "anchor"]
        if marked:
            best = max(marked, key=lambda s: (s.confidence, -s.first))
            return self.words.chars(best)
        line = self.line(event.spans[0])
        return events.anchor(line) if line is not None else self.words.chars(event.spans[0])


def _one(event: Told, other: Told) -> bool:
    """Whether an event that counts nobody is told again as another of its place and its day."""
    if any(span.layer == "count" and not span.proposed for span in event.spans):
        return False
    if event.place is None or other.place is None or (event.status == "foiled") != (other.status == "foiled"):
        return False
    same_place = event.place[0].words.casefold() == other.place[0].words.casefold()
    return same_place and (event.date and event.date[0].edtf) == (other.date and other.date[0].edtf)


def likeliest(values: tuple[T, ...], chances: list[float]) -> T:
    """The value with the highest chance."""
    return values[max(range(len(values)), key=chances.__getitem__)]


def vote(values: tuple[T, ...], members: list[Span], name: str) -> T:
    """The value that the spans of an event find likeliest together."""
    sums = [sum(span.is_[name][k] for span in members) for k in range(len(values))]
    return likeliest(values, sums)
