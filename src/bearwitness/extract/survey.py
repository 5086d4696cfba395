"""A first look at a report, before anything is decided: its sentences, and in each the counts, deeds, dates,
places and voices that rules find. Both readers start from it: the rules compose it, the model weighs it.
"""

from __future__ import annotations

import re
from datetime import date

from bearwitness.extract import dates, lines, namesakes, places, text, triggers, turns
from bearwitness.extract.lines import Line
from bearwitness.extract.people import Persons
from bearwitness.extract.printed import printed
from bearwitness.extract.speakers import Registry
from bearwitness.extract.text import Quotation
from bearwitness.extract.voices import Attribution
from bearwitness.gazetteer import Context, Gazetteer
from bearwitness.record import Place, Problem, Report

DATELINE = re.compile(r"^[A-Z][A-Z .,'()-]{2,60}?,? (\d{1,2} [A-Za-z]{3,9} \d{2}) \(")
HAPPENED = re.compile(
    r"\b(?:it|this|that|incidents?|tragedy|drama|violence|event|crime)\b[\w ]{0,20}? (?:happened|occurred|took place|began|unfolded|started)\b"
    r"|^(?:early |late )?(?:on )?\w+day\b.{0,60}\b(?:dispatch|911|officers|deputies|police|emergency|called|calls)\b"
)

BREAKS = str.maketrans(dict.fromkeys(".,;:!?\"'()[]{}<>-/\\_*#@&%$|+=~", " "))

Where = tuple[places.Named, int]  # a place name and where its sentence begins


def violent(plain: str) -> bool:
    """Whether the text may tell of violence; what plainly does not is not read.

    One word that is hardly said of anything else is enough, or two different words that often are; in a text of
    less than 60 words, one of these.
    """
    words = plain.lower().translate(BREAKS).split()
    seen = set(words)
    if not triggers.SURE.isdisjoint(seen):
        return True
    return len(triggers.SIGNS & seen) >= (2 if len(words) >= 60 else 1)


def nothing() -> Problem:
    """The problem of a report that tells of no violence."""
    return Problem(code="no_violence", where="text", sentence="No word of violence was found in the article.")


def no_match(place: Place) -> Problem:
    """The problem of a place that the gazetteer does not have."""
    where = f"{place.start}-{place.end}"
    return Problem(code="no_place_match", where=where, sentence=f"“{place.words}” is not in the gazetteer.")


MOST = 150_000  # characters that are looked at in every sentence: more than the network reads of a text


class Survey:
    """One English report, sentence by sentence.

    ``read[k]`` is what rules found in ``sentences[k]``, or ``None`` where the sentence was passed over: with
    ``every`` none is. Offsets of lines are characters of their sentence, all others characters of the report.
    """

    def __init__(self, report: Report, plain: str, gazetteer: Gazetteer, *, every: bool = False) -> None:
        self.report = report
        self.plain = plain
        self.gazetteer = gazetteer
        self.problems: list[Problem] = []
        self.registry = Registry()
        self.published = self._published()
        self.sentences = text.sentences(report, plain)
        self.whole = not every or len(plain) <= MOST
        if not self.whole:
            self.sentences = [s for s in self.sentences if s.start < MOST]
        bad_dates: list[str] = []
        read: list[Line | None] = [
            lines.read_line(s, gazetteer, self._day(s.start), bad_dates)
            if every or triggers.GATE.search(s.text.lower()) or HAPPENED.search(s.text.lower())
            else None
            for s in self.sentences
        ]
        self.problems += [
            Problem(code="bad_date", where=words, sentence=f"“{words}” is no day of the calendar.")
            for words in dict.fromkeys(bad_dates)
        ]
        self.problems += [problem for line in read if line is not None for problem in _too_large(line)]
        self._note_persons(read)
        self.families = {
            name for line in read if line for name in namesakes.families(line.tokens, line.chunked.items)
        }
        self.families -= {
            p.words.lower() for line in read if line for p in line.places if namesakes.led(line.tokens, p)
        }
        self.context = self._context(read)
        self.read = [line and line._replace(places=self._known(line)) for line in read]
        self.lines = [line for line in self.read if line is not None]
        self.led = {p.words for line in self.lines for p in line.places if p.lead and p.known}
        self.countries = {
            line.sentence.start: {p.country for p in line.places if p.country} for line in self.lines
        }
        self.numbers = {sentence.start: number for number, sentence in enumerate(self.sentences)}
        self.attributions: dict[int, list[Attribution]]
        self.quoted: list[tuple[Quotation, Attribution]]
        self.attributions, self.quoted = lines.voices(self.read, self.sentences, self.registry, plain)
        self._hear_turns()

    def _hear_turns(self) -> None:
        """What is said in somebody's turn of a transcript is his, as in a quotation; quotations within it come first."""
        for turn in turns.turns(self.plain):
            words = self.plain[turn.start : turn.end]
            at = Attribution(turn.start, turn.end, words, turn.start, "", turn.scope, False)
            self.registry.known.append(at)
            self.quoted.append((Quotation(*turn.scope), at))

    def settled(self, where: Where) -> Place:
        """The place in the gazetteer; a country named in the same sentence weighs most."""
        named, base = where
        context = self.context
        beside = {code: 8 for code in self.countries.get(base, ()) if code}
        if beside:
            context = Context(countries=context.countries | beside, places=context.places)
        return places.settle(named, base, self.gazetteer, context)

    def likely_country(self) -> str | None:
        """The country that the report's names speak for most, if one stands out."""
        counts = sorted(self.context.countries.items(), key=lambda item: (-item[1], item[0]))
        return counts[0][0] if len(counts) == 1 or (len(counts) > 1 and counts[0][1] > counts[1][1]) else None

    def _day(self, offset: int) -> date | None:
        """The day that weekdays at ``offset`` are counted from: that of an embedded post, else the report's."""
        passage = self.report.passage(offset)
        said = passage.said if passage is not None else None
        return dates.parse_published(said) if said else self.published

    def _published(self) -> date | None:
        """The day that weekdays are counted from: the one printed above the text, else the report's."""
        day = dates.parse_published(self.report.published)
        above = printed(self.plain[self.report.title_end or 0 :])
        if above is not None and above != day:
            if day is not None and abs(above - day).days > 1:
                sentence = (
                    f"The text prints {above} as its day, its publication is given as {day};"
                    " days such as “Friday” are counted from the printed one."
                )
                self.problems.append(Problem(code="dates_differ", where="published", sentence=sentence))
            return above
        if day is None and self.report.published is None:
            head = self.plain.lstrip()[:120]
            match = DATELINE.match(head) or lines.DATELINE.match(head)
            found = dates.dates(match.group(0).lower(), None)[0] if match else []
            day = dates.parse_published(found[0].edtf) if found else None
        return day

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
            if namesakes.in_short(line.tokens, place, self.families):
                continue
            if len(place.words) < 2:
                continue  # the "E." of "E. 132nd St."
            kept.append(places.known(place, self.gazetteer, self.context))
        return kept

    def _context(self, read: list[Line | None]) -> Context:
        names = [
            place.words
            for line in read
            if line is not None
            for place in line.places
            if place.lead and not namesakes.in_short(line.tokens, place, self.families)
        ]
        people: dict[str, int] = {}
        for line in read:
            if line is None:
                continue
            for k, token in enumerate(line.tokens):
                if token.tag in "qPW" and token.text[:1].isupper() and not namesakes.is_given(line.tokens, k):
                    code = self.gazetteer.country(token.text)
                    if code:
                        people[code] = people.get(code, 0) + 1
        return self.gazetteer.settle(names, countries=people)


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
