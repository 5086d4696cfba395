"""Which sentence tells of which event: the mentions of one report.

A report has a main event, told by its headline and its first violent sentence. A sentence opens another event
when it gives another date or town, a total over a time, a foiled or disputed act, or says that it is another
("in a separate incident"). A sentence that gives nothing of its own goes on with the event before it; after a
background event the report comes back to its main one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bearwitness import edtf
from bearwitness.extract import dates, triggers
from bearwitness.extract.dates import News
from bearwitness.extract.lines import Line
from bearwitness.extract.places import Named
from bearwitness.record import EventKind, Status

ORDINALS = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
ORDINAL = re.compile(
    r"\b("
    + "|".join(ORDINALS)
    + r")\b[\w' -]{0,30}?\b(?:attack|bombing|strike|blast|explosion|raid|shelling|attempt|incident)\b"
)
POINTING = re.compile(
    r"\b(?:that|the|those|these|this) (?:latter )?(?:attack|attacks|blast|blasts|bombing|bombings|explosion|explosions|incident|raid|shooting|strike|strikes|killing|killings|massacre|assault|clash|clashes|same day)\b"
)
ANOTHER = re.compile(
    r"\b(?:separate|another (?:attack|incident|blast|bomb|bombing|explosion|raid|shooting|strike|town|village|city|district|part|case|clash|ambush)|elsewhere|also in|in addition|meanwhile|later (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|in a different|second (?:attack|blast|bomb|explosion|incident)|other (?:attack|incident)s?)\b"
)
EARLIER = re.compile(
    r"\b(?:last (?:month|year|week|january|february|march|april|may|june|july|august|september|october|november|december)|years? ago|months? ago|weeks? ago|days? ago|earlier (?:this|in)|previous(?:ly)?|anniversary|in (?:19|20)\d\d)\b"
)


@dataclass
class Event:
    """One event while the report is being read."""

    number: int
    kind: EventKind
    status: Status
    anchor: tuple[int, int]
    lines: list[int] = field(default_factory=list)
    date: tuple[News, int] | None = None
    place: tuple[Named, int] | None = None
    wider: tuple[Named, int] | None = None  # the known place around one the gazetteer lacks
    site: tuple[int, int] | None = None
    background: bool = False
    total: bool = False
    series: int | None = None
    by_headline: bool = False  # only the headline has told of it so far


class Events:
    """Assigns lines to events, in the order of the text."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self.main: Event | None = None
        self.current: Event | None = None

    def place_line(self, number: int, line: Line, when: list[News], where: list[Named]) -> Event | None:
        """The event that a line tells of; a new one is opened where the line says so."""
        if not line.harmful:
            return None
        news = self._anchored(line, nearest(line, when))
        town = best_place(line, where)
        event = self._choose(line, news, town)
        if event is None:
            event = self._open(line)
        elif line.kind and (event.kind == "other" or (event.by_headline and not line.sentence.headline)):
            event.kind = line.kind
        if not line.sentence.headline:
            event.by_headline = False
        self._settle(event, line, news, town, where)
        event.lines.append(number)
        self.current = event
        return event

    def complete(self, line: Line, when: list[News], where: list[Named]) -> None:
        """Give the main event the day or place that a sentence without violence adds, where it has none yet."""
        if self.main is None or (self.main.date is not None and self.main.place is not None):
            return
        news = self._anchored(line, when[0] if when else None)
        town = best_place(line, where)
        if news is not None and self.main.date is None:
            self.main.date = (news, line.sentence.start)
        if town is not None and self.main.place is None:
            self.main.place = (town, line.sentence.start)

    def _anchored(self, line: Line, news: News | None) -> News | None:
        """ "two days earlier" counts from the event told before it, not from the day of publication."""
        if news is None or self.main is None or self.main.date is None:
            return news
        return dates.before(news, line.low[news.start : news.end], self.main.date[0].edtf)

    def _choose(self, line: Line, news: News | None, town: Named | None) -> Event | None:
        """The event already open that the line goes on with; ``None`` opens another."""
        if self.main is None:
            return None
        if line.status != "occurred":
            kinds = ("disputed", "occurred") if line.status == "disputed" else (line.status,)
            same = [
                e
                for e in self.all
                if e.status in kinds and not e.total and _fits(e, town) and _when_fits(e, news)
            ]
            if same and line.status == "disputed":
                same[-1].status = "disputed"
            return same[-1] if same else None
        if line.total:
            return self._same_total(news)
        harm = any(f.about in ("killed", "injured") and f.low != 0 for f in line.tolls)
        usable = [e for e in self.all if not e.total and (e.status != "foiled" or not harm)]
        if not usable:
            return None
        if news is not None:
            return self._by_date(line, news, town, usable)
        if town is not None and town.known and (town.level != "country" or self._abroad(town, usable)):
            return self._by_place(line, town, usable)
        if line.tolls and (
            ANOTHER.search(line.low) or (EARLIER.search(line.low) and self.current is self.main)
        ):
            return None
        current = self.current
        if (
            current is not None
            and current in usable
            and (not current.background or POINTING.search(line.low))
        ):
            return current
        return self.main if self.main in usable else usable[-1]

    def _abroad(self, town: Named, usable: list[Event]) -> bool:
        """Whether "in Norland" names a country that none of the events told so far can be in."""
        return town.lead in ABROAD and not any(_fits(e, town) for e in usable)

    def _by_date(self, line: Line, news: News, town: Named | None, usable: list[Event]) -> Event | None:
        same = [
            e
            for e in usable
            if e.date is not None and compatible(e.date[0].edtf, news.edtf) and _fits(e, town)
        ]
        if same:
            return self.current if self.current in same else same[-1]
        undated = [e for e in usable if e.date is None and _fits(e, town) and e in (self.main, self.current)]
        if EARLIER.search(line.low) or not undated or (ANOTHER.search(line.low) and line.tolls):
            return None
        return self.current if self.current in undated else undated[0]

    def _by_place(self, line: Line, town: Named, usable: list[Event]) -> Event | None:
        same = [
            e
            for e in usable
            if e.place is not None and _alike(e.place[0].words, town.words) and _fits(e, town)
        ]
        if same and not (ANOTHER.search(line.low) and line.tolls):
            return self.current if self.current in same else same[-1]
        if ANOTHER.search(line.low) or EARLIER.search(line.low):
            return None
        open_ = [e for e in usable if _fits(e, town)]
        if self.current in open_:
            return self.current
        if self.main in open_:
            return self.main
        return None if line.tolls or line.kind or line.deeds else self.current

    def _same_total(self, news: News | None) -> Event | None:
        for event in self.all:
            if event.total and (news is None or event.date is None or event.date[0].edtf == news.edtf):
                return event
        return None

    def _open(self, line: Line) -> Event:
        total = line.total and self.main is not None
        event = Event(
            len(self.all) + 1, "total" if total else line.kind or _kind(line), line.status, anchor(line)
        )
        event.total = total
        event.background = self.main is not None and (total or bool(EARLIER.search(line.low)))
        event.by_headline = line.sentence.headline
        self.all.append(event)
        if self.main is None:
            self.main = event
        return event

    def _same_place(self, event: Event, line: Line) -> bool:
        """Whether an event told without a place is where the main one is: the text says so, or it is within a month."""
        if self.main is None or event is self.main or event.total or event.status != "occurred":
            return False
        if SAME_PLACE.search(line.low):
            return True
        if event.date is None or self.main.date is None or line.sentence.text.isupper():
            return False
        a, b = edtf.days(event.date[0].edtf), edtf.days(self.main.date[0].edtf)
        return a is not None and b is not None and a.year == b.year and abs(a.first - b.first) <= 31

    def _settle(
        self, event: Event, line: Line, news: News | None, town: Named | None, where: list[Named]
    ) -> None:
        base = line.sentence.start
        if news is not None and (event.date is None or _narrower(news.edtf, event.date[0].edtf)):
            event.date = (news, base)
        if town is not None and (
            event.place is None
            or (len(event.lines) < 4 and _finer(town, event.place[0]))
            or (town.known and not (event.place[0].known or event.place[0].sure))
        ):
            event.place = (town, base)
            event.wider = (
                next(((p, base) for p in where if p.known and p.start > town.end), None)
                if town.sure
                else None
            )
        elif event.place is None and self._same_place(event, line):
            event.place = self.main.place if self.main else None
        if event.series is None:
            match = ORDINAL.search(line.low)
            if match:
                event.series = ORDINALS[match.group(1)]


LEVELS = {
    "building": 0,
    "street": 0,
    "town": 1,
    "near": 2,
    "adm2": 3,
    "neighbourhood": 4,
    "adm1": 5,
    "area": 6,
    "water": 7,
    "country": 8,
}
ABROAD = frozenset(("in", "inside", "into", "at"))
DIRECT = frozenset(("in", "at", "near", "on", "outside"))
SAME_PLACE = re.compile(
    r"\b(?:the (?:city|town|village|capital|area|district|province|same)|same (?:city|town|village|place)|the (?:second|third|fourth) such)\b"
)


def _kind(line: Line) -> EventKind:
    """The kind of a line without a word for it: taken persons are an abduction, weapons and culprits an attack."""
    if any(f.about == "abducted" for f in line.tolls):
        return "abduction"
    violent = (
        line.deeds
        or line.status != "occurred"
        or any(t.tag in "EGS" and t.about == "killed" and t.low != "killed" for t in line.tokens)
    )
    return "attack" if violent else "other"


def _finer(town: Named, wider: Named) -> bool:
    """Whether a place named later is a finer word for the one named first, not another place."""
    if LEVELS[town.level] >= LEVELS[wider.level]:
        return False
    if town.sure:
        return True  # a name the gazetteer lacks, said to be in a known one
    if town.within != wider.within:
        return False
    if wider.level == "country" or town.point is None or wider.point is None:
        return True
    return (
        abs(town.point[0] - wider.point[0]) + abs(town.point[1] - wider.point[1]) < 6
    )  # degrees: provinces are large


def compatible(a: str, b: str) -> bool:
    """Whether two dates can be one day."""
    x, y = edtf.days(a), edtf.days(b)
    if x is None or y is None or x.year != y.year:
        return a == b
    return x.first <= y.last and y.first <= x.last


def _narrower(a: str, b: str) -> bool:
    x, y = edtf.days(a), edtf.days(b)
    return (
        x is not None
        and y is not None
        and x.year == y.year
        and x.length < y.length
        and y.first <= x.first <= x.last <= y.last
    )


def _alike(a: str, b: str) -> bool:
    x, y = a.lower(), b.lower()
    return x == y or x in y or y in x


def _fits(event: Event, town: Named | None) -> bool:
    """Whether the event can be there: two different towns are two places, a wider area may hold either."""
    if town is None or event.place is None or not town.known or not event.place[0].known:
        return True
    here = event.place[0]
    if _alike(here.words, town.words):
        return here.within == town.within
    if "country" in (town.level, here.level):
        return here.within == town.within
    return here.level != town.level


def _when_fits(event: Event, news: News | None) -> bool:
    return news is None or event.date is None or compatible(event.date[0].edtf, news.edtf)


def nearest(line: Line, when: list[News]) -> News | None:
    """The date that stands nearest to the line's word of violence; a day before a wider period."""
    if not when:
        return None
    match = triggers.TRIGGER.search(line.low) or triggers.HIT.search(line.low)
    at = line.tolls[0].start if line.tolls else match.start() if match else 0
    days = [n for n in when if n.kind not in ("period", "year")] or when
    return min(days, key=lambda n: (min(abs(n.start - at), abs(n.end - at)), n.start))


def best_place(line: Line, where: list[Named]) -> Named | None:
    """The place of the line's event: a known town after a preposition of place, else a wider area."""
    ranked = [
        place._replace(sure=place.sure or _sure(place, where, line.low)) for place in where if place.lead
    ]
    ranked = [place for place in ranked if place.known or place.sure or place.level not in ("town", "near")]
    if not ranked:
        return None
    return min(
        ranked,
        key=lambda place: (
            not (place.known or place.sure),
            place.lead == "beside",
            not place.apposed,
            LEVELS[place.level],
            place.lead not in DIRECT,
            place.start,
        ),
    )


INSIDE = re.compile(
    r"(?:,? an?)?(?: (?:district|village|town|area|camp|province|region|neighbourhood|neighborhood))?(?:,| in| of| near) (?:the |a |an )?[a-z' -]{0,40}$"
)


OFFICES = re.compile(
    r"\b(?:governor|minister|mayor|leader|head|chief|commander|spokes\w+|president|member|director|who)\b"
)


def _sure(place: Named, where: list[Named], low: str) -> bool:
    """Whether a name the gazetteer lacks is a place all the same: "the town of X", "X, a village in" a known one."""
    return not place.known and (place.apposed or _inside(place, where, low))


def _inside(place: Named, where: list[Named], low: str) -> bool:
    return any(
        wider.known
        and wider.start > place.end
        and INSIDE.fullmatch(low[place.end : wider.start])
        and not OFFICES.search(low[place.end : wider.start])
        for wider in where
    )


VAGUE_WORDS = frozenset(("killing", "killings", "fire", "operation", "raid on", "execution", "engaged"))


def anchor(line: Line) -> tuple[int, int]:
    """Two to eight words around the line's clearest word of violence, as characters of the report."""
    found = [*triggers.TRIGGER.finditer(line.low), *triggers.HIT.finditer(line.low)]
    found.sort(key=lambda m: (m.group() in VAGUE_WORDS, m.start(), -m.end()))
    match = found[0] if found else None
    tokens = line.tokens
    if match:
        i = next((k for k, token in enumerate(tokens) if token.end > match.start()), 0)
    elif line.tolls:
        i = next((k for k, token in enumerate(tokens) if token.end > line.tolls[0].start), 0)
    else:
        i = 0
    first, last = i, i + 1
    while first > 0 and i - first < 3 and tokens[first - 1].tag not in ",;sb":
        first -= 1
    while last < len(tokens) and last - i < 4 and tokens[last].tag not in ",;s":
        last += 1
    return line.sentence.start + tokens[first].start, line.sentence.start + tokens[last - 1].end
