"""An invented world for tests of linking and weighing: two countries, a few towns, reports made of sentences."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

from bearwitness import assess, link
from bearwitness.record import (
    Assessment,
    Claim,
    Incident,
    Judgement,
    Mention,
    Place,
    Report,
    Speaker,
    Toll,
    digest,
)

# Sorland (XA) and Norland (XB) do not exist, nor do their towns.
TOWNS = {
    "Torvale": (9001, 10.0, 20.0, "XA"),
    "Minburg": (9002, 12.5, 23.0, "XA"),
    "Torvale Heights": (9003, 10.04, 20.03, "XA"),
    "Kestria": (9004, -30.0, 40.0, "XB"),
}

PROSECUTOR = Speaker(words="Prosecutor's office of Sorland", role="state_authority", country="XA")
POLICE = Speaker(words="police", role="state_authority", country="XA")
HOSPITAL = Speaker(words="Torvale Central Hospital", role="hospital_morgue", country="XA")
RESIDENTS = Speaker(words="residents", role="witness")
MONITOR = Speaker(words="Plain Count Observatory", role="ngo_monitor")
NORLAND = Speaker(words="Foreign Ministry of Norland", role="state_authority", country="XB")
NORLAND_ARMY = Speaker(words="Norland army command", role="state_authority", country="XB")
REBELS = Speaker(words="Grey Lantern", role="claimant_group")


def place(town: str, precision: Any = "town") -> Place:
    """A town of the invented world, or a name that no gazetteer has."""
    if town not in TOWNS:
        return Place(words=town, start=0, end=len(town))
    number, lat, lon, country = TOWNS[town]
    return Place(
        words=town,
        start=0,
        end=len(town),
        name=town,
        country=country,
        lat=lat,
        lon=lon,
        geonameid=number,
        precision=precision,
        score=0.9,
    )


class World:
    """Reports, mentions and claims, added one at a time in any order."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}
        self.mentions: dict[str, Mention] = {}
        self.claims: defaultdict[str, list[Claim]] = defaultdict(list)
        self.judgements: list[Judgement] = []

    def report(
        self, text: str, outlet: str | None = "The Lamp", published: str | None = "2031-10-18"
    ) -> Report:
        """A report of this text."""
        made = Report(
            capture="c" + digest((text + str(outlet)).encode())[:32],
            reader="read/test",
            source=f"{outlet}.txt",
            text=text,
            text_sha256=digest(text.encode()),
            outlet=outlet,
            published=published,
            published_basis="given" if published else None,
            language="en",
        )
        self.reports[made.id] = made
        return made

    def mention(self, report: Report, anchor: str, town: str | None = "Torvale", **fields: Any) -> Mention:
        """A mention anchored at the first place where ``anchor`` stands."""
        start = report.text.index(anchor)
        date = fields.pop("date", "2031-10-17")
        where = fields.pop("place", place(town) if town else None)
        made = Mention(
            report=report.id,
            kind=fields.pop("kind", "attack"),
            status=fields.pop("status", "occurred"),
            anchor=anchor,
            start=start,
            end=start + len(anchor),
            date=date,
            date_basis="explicit" if date else None,
            place=where,
            country=fields.pop("country", where.country if where else None),
            **fields,
        )
        self.mentions[made.id] = made
        return made

    def claim(self, mention: Mention, about: Any, words: str, count: Any = None, **fields: Any) -> Claim:
        """A claim in these words; ``count`` is a number, or low and high."""
        text = self.reports[mention.report].text
        start = text.index(words)
        low, high = count if isinstance(count, tuple) else (count, count)
        made = Claim(
            report=mention.report,
            mention=mention.id,
            about=about,
            stance=fields.pop("stance", "asserts"),
            words=words,
            start=start,
            end=start + len(words),
            low=low,
            high=high,
            whom=fields.pop("whom", "people" if low is not None or high is not None else None),
            group=fields.pop("group", "civilian" if low is not None or high is not None else None),
            **fields,
        )
        self.claims[mention.id].append(made)
        return made

    def said(self, count: Any, speaker: Speaker | None, about: Any = "killed", **fields: Any) -> Claim:
        """A whole report of the one attack in which one speaker gives one figure."""
        number = len(self.reports)
        published = fields.pop("published", "2031-10-18")
        outlet = fields.pop("outlet", f"Outlet {number}")
        background = fields.pop("background", False)
        text = (
            fields.pop("text", None)
            or f"Note {number}. In the rocket attack on Torvale the count was {count}."
        )
        report = self.report(text, outlet, published)
        mention = self.mention(
            report, "rocket attack on Torvale", site="the grain market", background=background
        )
        return self.claim(mention, about, "the count was", count, speaker=speaker, **fields)

    def accuse(self, value: str, speaker: Speaker | None, stance: Any = "asserts", **fields: Any) -> Claim:
        """A whole report of the one attack in which one speaker accuses, or denies that someone did it."""
        number = len(self.reports)
        published = fields.pop("published", "2031-10-18")
        report = self.report(
            f"Word {number}. Of the rocket attack on Torvale somebody spoke.", f"Outlet {number}", published
        )
        mention = self.mention(report, "rocket attack on Torvale", site="the grain market")
        return self.claim(
            mention, "perpetrator", "somebody spoke", value=value, speaker=speaker, stance=stance, **fields
        )

    def judge(self, verdict: Any, *subject: str, after: Judgement | None = None, **fields: Any) -> Judgement:
        """A judgement by a person, kept with the others."""
        made = Judgement(
            verdict=verdict,
            subject=tuple(sorted(subject)),
            by=fields.pop("by", "reviewer one"),
            why=fields.pop("why", "the two texts were read side by side"),
            after=after.id if after else None,
            **fields,
        )
        self.judgements.append(made)
        return made

    def link(self) -> list[Incident]:
        """The incidents."""
        return link.link(self.mentions.values(), self.claims, self.reports, self.judgements)

    def assess(self, incident: Incident) -> Assessment:
        """The assessment of one of them."""
        return assess.assess(incident, self.mentions, self.claims, self.reports, self.judgements)

    def only(self) -> Assessment:
        """The assessment of the one incident there is (or must be, by a person's word)."""
        names = sorted(self.mentions)
        held = [judgement.subject for judgement in self.judgements]
        for one, other in pairwise(names):
            if (one, other) not in held:
                self.judge("same", one, other)
        (incident,) = self.link()
        return self.assess(incident)


def codes(toll: Toll) -> dict[str, str]:
    """The fate of each claim in a toll."""
    return {reason.claim: reason.code for reason in (*toll.counted, *toll.left_out)}


def bounds(toll: Toll) -> tuple[int | None, int | None, int | None]:
    """Low, best and high."""
    return toll.low, toll.best, toll.high
