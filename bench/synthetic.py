"""Synthetic mentions as a ledger of years holds them, for benches of linking: invented events in real towns.

Events: towns of the gazetteer by population, eight cities that have a quarter of everything, one day in one of them that has
a hundredth; eight years; kinds, weapons, sites, tolls. Reports: one to three hundred of an event, most often one; a fifth of
those of larger events are syndicated copies; every fifth also tells of an earlier event of the town, every tenth of another of the
day. Mentions: the day, no date, a month, a year, or a day without a year; the town, its region, its country, or a name that was
not found. Persons are invented. The same numbers give the same reports on every run.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

from bearwitness.gazetteer import Gazetteer
from bearwitness.gazetteer.places import TOWN, Entry
from bearwitness.record import Claim, Mention, Place, Report, Speaker, digest

FIRST_DAY, DAYS = date(2031, 1, 1), 8 * 365
COUNTRIES = (
    "AF",
    "IQ",
    "SY",
    "UA",
    "YE",
    "SD",
    "NG",
    "SO",
    "ML",
    "BF",
    "CD",
    "MM",
    "PK",
    "CO",
    "MX",
    "ET",
    "LB",
    "PH",
)
HOT, HOT_SHARE, BURST_SHARE = 8, 0.25, 0.01
KINDS = ("attack",) * 12 + ("clash",) * 3 + ("abduction", "arrest_raid", "unrest", "accident", "other")
WEAPONS = (
    "rocket", "car bomb", "mortar", "drone", "grenade", "missile", "artillery", "machine gun", "landmine", "airstrike",
    "knife", "arson",
)  # fmt: skip
SITES = (
    "grain market", "railway bridge", "bus station", "secondary school", "customs post", "water tower", "power station",
    "central hospital", "police station", "checkpoint", "football ground", "wedding hall", "bakery", "mosque", "church",
    "refugee camp", "fuel depot", "village well", "court house", "radio mast", "port", "airport", "residential area", "house",
    "northern road", "town hall", "clinic", "textile factory", "cattle market", "university",
)  # fmt: skip
ACTORS = (
    "gunmen",
    "Forest Column",
    "Grey Lantern",
    "River Front",
    "the army",
    "Night Guard",
    "armed men",
    "the militia",
)
GIVEN = ("Adil", "Bera", "Cosmin", "Dalia", "Emre", "Farah", "Goran", "Hana", "Idris", "Jana", "Kofi", "Lena", "Musa", "Nadia")  # fmt: skip
FAMILY = (
    "Abadov",
    "Beshari",
    "Corlan",
    "Dokhani",
    "Esmere",
    "Fanoule",
    "Girmay",
    "Haddon",
    "Ilunga",
    "Jarro",
    "Kantor",
)
SPEAKERS = (
    None, None, Speaker(words="police", role="state_authority"), Speaker(words="residents", role="witness"),
    Speaker(words="the central hospital", role="hospital_morgue"), Speaker(words="the regional governor", role="local_official"),
    Speaker(words="the defence ministry", role="state_authority"), Speaker(words="Plain Count Observatory", role="ngo_monitor"),
)  # fmt: skip


class Event(NamedTuple):
    """What happened, with everything that reports may tell of it."""

    town: Entry
    day: date
    kind: Any
    weapon: str
    site: str
    killed: int
    injured: int
    actor: str
    person: str


class Told(NamedTuple):
    """One report with what is read from it, the event of each mention, and the head of the copies it is among, if any."""

    report: Report
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    events: tuple[int, ...]
    copied: str


@cache
def _towns() -> tuple[list[Entry], list[float], list[Entry]]:
    """The towns, their cumulated weights, and the cities that have a quarter of everything."""
    gazetteer = Gazetteer.open()
    table = gazetteer.table
    rows = [row for row in map(table.row, range(table.size)) if row.feature == TOWN]
    chosen = [entry for row in rows if (entry := gazetteer._entry(row)).country in COUNTRIES]
    chosen.sort(key=lambda entry: (-entry.population, entry.geonameid, entry.name))
    chance = random.Random(1)
    country = {code: chance.paretovariate(1.2) for code in COUNTRIES}
    weights = list(accumulate(country[entry.country] * max(500, entry.population) ** 0.8 for entry in chosen))
    return chosen, weights, chosen[:HOT]


@cache
def _event(number: int) -> Event:
    chance = random.Random(number * 7 + 1)
    towns, weights, hot = _towns()
    draw = chance.random()
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    if draw < BURST_SHARE:
        town, day = hot[0], FIRST_DAY + timedelta(days=1000)
    elif draw < HOT_SHARE:
        town = hot[min(HOT - 1, int(chance.expovariate(0.5)))]
    else:
        town = chance.choices(towns, cum_weights=weights)[0]
    killed = min(900, int(chance.paretovariate(0.9))) if chance.random() < 0.8 else 0
    return Event(
        town, day, chance.choice(KINDS), chance.choice(WEAPONS), chance.choice(SITES), killed,
        int(killed * chance.random() * 4), chance.choice(ACTORS), f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
    )  # fmt: skip


def told(mentions: int, first: int = 0) -> Iterator[Told]:
    """Reports with ``mentions`` mentions in all (or one or two more), from event number ``first`` on."""
    made, number = 0, first
    while made < mentions:
        for one in _reports(number):
            yield one
            made += len(one.mentions)
            if made >= mentions:
                return
        number += 1


def _reports(number: int) -> Iterator[Told]:
    chance = random.Random(number * 7 + 2)
    count = min(300, int(chance.paretovariate(1.1)))
    copies = count // 5 if count >= 4 else 0
    written: list[Told] = []
    for at in range(count):
        if 0 < at <= copies and (model := written[0]):
            written.append(_written(number, at, chance, model))
        else:
            written.append(_written(number, at, chance, None))
    copied = [one.report.id for one in written[: copies + 1]] if copies else []
    for one in written:
        yield one._replace(copied=min(copied) if one.report.id in copied else "")


def _written(number: int, at: int, chance: random.Random, model: Told | None) -> Told:
    events = [number]
    if model is not None:
        events = list(model.events)
    else:
        if number > 100 and chance.random() < 0.2:
            events.append(number - chance.randrange(1, 100))
        if chance.random() < 0.1:
            events.append(number + 1)
    published = (_event(number).day + timedelta(days=min(20, int(chance.expovariate(1.2))))).isoformat()
    outlet = f"Outlet {chance.randrange(400)}"
    text = f"{outlet}, page {number}.{at}. "
    if model is not None:
        return _again(model, text, outlet, published)
    drafts = []
    for place, event in enumerate(events):
        anchor, said, fields = _told(
            _event(event), chance, published, background=place == 1 and event < number
        )
        start = len(text)
        text += anchor + ". "
        marks = []
        for words, more in said:
            marks.append((len(text), words, more))
            text += words + ". "
        drafts.append((start, anchor, fields, marks))
    return _records(text, outlet, published, drafts, tuple(events))


def _records(text: str, outlet: str, published: str, drafts: list[Any], events: tuple[int, ...]) -> Told:
    report = Report(
        capture="c" + digest(text.encode())[:32], reader="read/bench", source=f"{digest(text.encode())[:12]}.txt", text=text,
        text_sha256=digest(text.encode()), outlet=outlet, published=published, published_basis="given", language="en",
    )  # fmt: skip
    mentions, claims = [], []
    for start, anchor, fields, marks in drafts:
        mention = Mention(
            report=report.id, status="occurred", anchor=anchor, start=start, end=start + len(anchor), **fields
        )
        mentions.append(mention)
        for begin, words, more in marks:
            claims.append(
                Claim(
                    report=report.id, mention=mention.id, stance="asserts", words=words, start=begin,
                    end=begin + len(words), **more,
                )
            )  # fmt: skip
    return Told(report, tuple(mentions), tuple(claims), events, "")


def _again(model: Told, head: str, outlet: str, published: str) -> Told:
    """The same text under another outlet's head."""
    first = model.mentions[0].start
    shift = len(head) - first
    drafts = []
    for mention in model.mentions:
        fields = {name: getattr(mention, name) for name in ("kind", "date", "date_basis", "place", "site", "country", "background")}  # fmt: skip
        marks = [
            (claim.start + shift, claim.words,
             {name: getattr(claim, name) for name in ("about", "low", "high", "whom", "group", "value", "speaker")})
            for claim in model.claims if claim.mention == mention.id
        ]  # fmt: skip
        drafts.append((mention.start + shift, mention.anchor, fields, marks))
    return _records(head + model.report.text[first:], outlet, published, drafts, model.events)


def _told(
    event: Event, chance: random.Random, published: str, background: bool
) -> tuple[str, list[tuple[str, dict[str, Any]]], dict[str, Any]]:
    """The words of one mention, its claims, and its fields."""
    day, draw = event.day, chance.random()
    when: str | None = day.isoformat()
    if draw < 0.12:
        when = None
    elif draw < 0.17:
        when = f"XXXX-{day.month:02d}-{day.day:02d}"
    elif draw < 0.21:
        when = f"{day.year}-{day.month:02d}"
    elif draw < 0.23:
        when = str(day.year)
    words = (
        f"{event.weapon} {chance.choice(('attack', 'strike', 'assault', 'explosion', 'blast', 'incident'))}"
    )
    said: list[tuple[str, dict[str, Any]]] = []
    if event.killed:
        killed = (
            event.killed if chance.random() < 0.7 else max(1, int(event.killed * chance.uniform(0.6, 1.3)))
        )
        count = {
            "low": killed,
            "high": killed,
            "whom": "people",
            "group": "civilian",
            "speaker": chance.choice(SPEAKERS),
        }
        said.append((f"{killed} people were killed", {"about": "killed", **count}))
        if event.injured and chance.random() < 0.6:
            hurt = {"low": event.injured, "high": event.injured, "whom": "people", "group": "civilian"}
            said.append(
                (
                    f"{event.injured} people were hurt",
                    {"about": "injured", **hurt, "speaker": count["speaker"]},
                )
            )
    if chance.random() < 0.6:
        said.append((f"it was a {event.weapon}", {"about": "weapon", "value": event.weapon}))
    if chance.random() < 0.3:
        said.append((f"{event.actor} did it", {"about": "perpetrator", "value": event.actor}))
    if event.killed and chance.random() < 0.15:
        one = {"about": "killed", "low": 1, "high": 1, "whom": event.person, "group": "civilian"}
        said.append((f"{event.person} was among them", one))
    place = _place(event.town, chance)
    fields = {
        "kind": event.kind if chance.random() < 0.9 else "attack",
        "date": when,
        "date_basis": "explicit" if when else None,
        "place": place,
        "country": event.town.country,
        "site": event.site if chance.random() < 0.55 else None,
        "background": background,
    }
    return words, said, fields


def _place(town: Entry, chance: random.Random) -> Place | None:
    draw = chance.random()
    if draw < 0.06:
        return None
    common: dict[str, Any] = {"start": 0, "end": 1, "country": town.country}
    if draw < 0.10:
        return Place(words=f"Old {town.name}", **common)
    if draw < 0.18 and town.admin1:
        lat, lon = round(town.lat) + 0.5, round(town.lon) + 0.5
        return Place(
            words=f"{town.admin1} region", name=town.admin1, lat=lat, lon=lon, precision="adm1", **common
        )
    return Place(
        words=town.name, name=town.name, lat=town.lat, lon=town.lon, geonameid=town.geonameid or None,
        precision="town", score=0.9, **common,
    )  # fmt: skip
