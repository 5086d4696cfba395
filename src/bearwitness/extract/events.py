"""Which sentence tells of which event: the mentions of one report.

A report has a main event, told by its headline and its first violent sentence. A sentence opens another event
when it gives another date or town, a total over a time, a foiled or disputed act, or says that it is another
("in a separate incident"). A sentence that gives nothing of its own goes on with the event before it; after a
background event the report comes back to its main one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bearwitness.extract import deeds
from bearwitness.extract.dates import News
from bearwitness.extract.lines import Line
from bearwitness.extract.places import Named
from bearwitness.record import EventKind, Status

ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
ORDINAL = re.compile(r"\b(" + "|".join(ORDINALS) + r")\b[\w' -]{0,30}?\b(?:attack|bombing|strike|blast|explosion|raid|shelling|attempt|incident)\b")
POINTING = re.compile(r"\b(?:that|the|those|these|this) (?:latter )?(?:attack|attacks|blast|blasts|bombing|bombings|explosion|explosions|incident|raid|shooting|strike|strikes|killing|killings|massacre|assault|clash|clashes|same day)\b")
ANOTHER = re.compile(r"\b(?:separate|another|elsewhere|also in|in addition|meanwhile|later (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|in a different|second (?:attack|blast|bomb|explosion|incident)|other (?:attack|incident)s?)\b")
EARLIER = re.compile(r"\b(?:last (?:month|year|week|january|february|march|april|may|june|july|august|september|october|november|december)|years? ago|months? ago|weeks? ago|days? ago|earlier (?:this|in)|previous(?:ly)?|anniversary|in (?:19|20)\d\d)\b")


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
    site: tuple[int, int] | None = None
    background: bool = False
    total: bool = False
    series: int | None = None


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
        news = when[0] if when else None
        town = best_place(line, where)
        event = self._choose(line, news, town)
        if event is None:
            event = self._open(line, news, town)
        elif event.kind == "other" and line.kind:
            event.kind = line.kind
        self._settle(event, line, news, town)
        event.lines.append(number)
        self.current = event
        return event

    def _choose(self, line: Line, news: News | None, town: Named | None) -> Event | None:
        if self.main is None:
            return None
        if line.status != "occurred":
            return None
        if line.total:
            return self._same_total(news)
        usable = [e for e in self.all if not e.total and e.status == "occurred"]
        if not usable:
            return None
        if news is not None and news.kind not in ("period",):
            same = [e for e in usable if e.date is not None and _compatible(e.date[0].edtf, news.edtf) and _fits(e, town)]
            if same:
                return self.current if self.current in same else same[-1]
            undated = [e for e in usable if e.date is None and _fits(e, town) and (e is self.main and len(e.lines) <= 3)]
            return undated[0] if undated and not EARLIER.search(line.low) else None
        if town is not None and town.level != "country":
            same = [e for e in usable if e.place is not None and _alike(e.place[0].words, town.words)]
            if same:
                return self.current if self.current in same else same[-1]
            if ANOTHER.search(line.low):
                return None
            open_ = [e for e in usable if e.place is None or e.place[0].level != "town" or town.level != "town"]
            if self.current in open_:
                return self.current
            if open_ and self.main in open_:
                return self.main
            return None if line.tolls or line.kind else self.current
        if ANOTHER.search(line.low) and line.tolls and len(self.all) < 12:
            return None
        if EARLIER.search(line.low) and line.tolls and self.current is self.main:
            return None
        if self.current is not None and self.current in usable and (not self.current.background or POINTING.search(line.low)):
            return self.current
        return self.main if self.main in usable else usable[-1]

    def _same_total(self, news: News | None) -> Event | None:
        for event in self.all:
            if event.total and (news is None or event.date is None or event.date[0].edtf == news.edtf):
                return event
        return None

    def _open(self, line: Line, news: News | None, town: Named | None) -> Event:
        event = Event(
            number=len(self.all) + 1,
            kind="total" if line.total and self.main is not None else line.kind or "attack",
            status=line.status,
            anchor=anchor(line),
        )
        event.total = event.kind == "total"
        event.background = bool(EARLIER.search(line.low)) and self.main is not None or event.total
        self.all.append(event)
        if self.main is None:
            self.main = event
        return event

    def _settle(self, event: Event, line: Line, news: News | None, town: Named | None) -> None:
        base = line.sentence.start
        if news is not None and event.date is None:
            event.date = (news, base)
        if town is not None and (event.place is None or (event.place[0].level in ("country", "adm1") and town.level in ("town", "adm2", "near") and event is self.current)):
            event.place = (town, base)
        if event.series is None:
            match = ORDINAL.search(line.low)
            if match:
                event.series = ORDINALS[match.group(1)]


def _compatible(a: str, b: str) -> bool:
    return a == b or (len(a) != len(b) and (a.startswith(b) or b.startswith(a))) or ("/" in a and b in a) or ("/" in b and a in b)


def _alike(a: str, b: str) -> bool:
    x, y = a.lower(), b.lower()
    return x == y or x in y or y in x


def _fits(event: Event, town: Named | None) -> bool:
    if town is None or event.place is None or town.level == "country" or event.place[0].level == "country":
        return True
    if _alike(event.place[0].words, town.words):
        return True
    return event.place[0].level != town.level


def best_place(line: Line, where: list[Named]) -> Named | None:
    """The place of the line's event: the first town after a preposition of place, else a wider area."""
    ranked = [place for place in where if place.lead]
    if line.sentence.headline:
        ranked = ranked or where
    for levels in (("town", "near"), ("adm2",), ("adm1", "area"), ("country",)):
        for place in ranked:
            if place.level in levels:
                return place
    return None


def anchor(line: Line) -> tuple[int, int]:
    """Two to eight words around the line's clearest word of violence, as characters of the report."""
    match = deeds.TRIGGER.search(line.low) or deeds.HIT.search(line.low)
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
