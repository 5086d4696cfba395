"""Invented dossiers for the site's tests and screenshots: made-up people, outlets and countries throughout.

``world()`` gives a small record with the hard cases: two tolls for one event, an accusation with denial and
counter-accusation, an earlier incident in the same story, a foiled and a disputed event, no year, a place
known only by province, by country, or not found, long names, and hostile text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from bearwitness.record import (
    Assertion,
    Assessment,
    Candidate,
    Cell,
    Claim,
    Dossier,
    Event,
    Incident,
    Join,
    Judgement,
    LeftOut,
    Mention,
    Origin,
    Place,
    Problem,
    Reason,
    Related,
    Report,
    Shelf,
    Speaker,
    Toll,
    digest,
)

MADE = "2031-05-02T08:30:00Z"


def report(text: str, *, left_out: Sequence[tuple[str, str]] = (), **fields: Any) -> Report:
    """A report of ``text``; ``left_out`` names stretches by their words and why."""
    parts = []
    for found, why in left_out:
        start = text.index(found)
        parts.append(LeftOut(start=start, end=start + len(found), why=why))  # type: ignore[arg-type]
    defaults: dict[str, Any] = {
        "capture": "c" + digest(text.encode())[:32],
        "reader": "read/1",
        "source": "story.html",
        "language": "en",
        "title": text.split("\n", maxsplit=1)[0],
        "title_end": len(text.split("\n", maxsplit=1)[0]),
        "left_out": tuple(parts),
    }
    if fields.get("published"):
        defaults["published_basis"] = "structured"
    return Report(text=text, text_sha256=digest(text.encode()), **(defaults | fields))


def mention(told: Report, anchor: str, **fields: Any) -> Mention:
    """A mention of an event in a report at the first place where ``anchor`` stands."""
    start = told.text.index(anchor)
    defaults: dict[str, Any] = {"kind": "attack", "status": "occurred"}
    if fields.get("date"):
        defaults["date_basis"] = "explicit"
    return Mention(report=told.id, anchor=anchor, start=start, end=start + len(anchor), **(defaults | fields))


def claim(of: Mention, told: Report, about: str, words: str, *, after: str = "", **fields: Any) -> Claim:
    """A claim whose words stand in the report, the first time after ``after``."""
    start = told.text.index(words, told.text.index(after) if after else 0)
    number = fields.pop("number", None)
    if number is not None:
        fields |= {"low": number, "high": number, "number_kind": "exact"}
    defaults: dict[str, Any] = {"stance": "asserts", "reader": "rules/1"}
    return Claim(
        report=told.id,
        mention=of.id,
        about=about,
        words=words,
        start=start,
        end=start + len(words),
        **(defaults | fields),
    )


def toll(about: str, low: int | None, best: int | None, high: int | None, **fields: Any) -> Toll:
    """A toll that rests on the claims in ``on``."""
    on = tuple(found.id for found in fields.pop("on", ()))
    return Toll(
        about=about,  # type: ignore[arg-type]
        low=low,
        best=best,
        high=high,
        low_claims=on if low is not None else (),
        best_claims=on if best is not None else (),
        high_claims=on if high is not None else (),
        **fields,
    )


UNKNOWN = {"sentence": "No report gives a figure. That is silence, not zero.", "reasons": ("no_claim",)}
PROSECUTOR = Speaker(
    words="the prosecutor's office",
    full="the Prosecutor General's Office of Verania",
    role="state_authority",
    country="VR",
)
AIDE = Speaker(
    words="Orin Taskel", full="Orin Taskel, aide to the President of Verania", role="party_victim_side"
)
FOREIGN = Speaker(
    words="the foreign ministry", full="the Foreign Ministry of Sorland", role="party_perpetrator_alleged"
)
DEFENCE = Speaker(
    words="the defence ministry", full="the Ministry of Defence of Verania", role="party_victim_side"
)
HOSPITAL = Speaker(words="the town hospital", full="the District Hospital of Lumen", role="hospital_morgue")
LUMEN = Place(
    words="Lumen", start=0, end=5, name="Lumen", country="GE", admin1="Upper Vale", lat=41.98, lon=44.11, geonameid=1,
    precision="town", score=0.9,
    candidates=(
        Candidate(geonameid=1, name="Lumen", country="GE", admin1="Upper Vale", lat=41.98, lon=44.11, population=90000, score=0.9),
        Candidate(geonameid=2, name="Lumen", country="TR", admin1="Coast", lat=39.1, lon=35.0, population=900, score=0.3),
    ),
)  # fmt: skip


@dataclasses.dataclass
class World:
    """A whole invented record."""

    dossiers: list[Dossier]
    shelves: list[Shelf]


STORY = """As a result of a rocket attack on Lumen, 12 residents were killed and at least 40 people were injured

On the night of October 17, a rocket attack on Lumen killed 12 people and injured more than 40 civilians, the Prosecutor General's Office of Verania reported.
The emergency service said that the search under the rubble goes on.
The attack of the Sorland armed forces was carried out with a Vulkan missile system, Orin Taskel, aide to the President of Verania, wrote on Saturday.
"Launching such missiles at residential streets shows complete immorality and madness," Taskel said, adding that the Foreign Ministry of Sorland "is trying to deny the responsibility of its state" while claiming that Veranian drones were aimed at targets in Sorland.
In turn, the Ministry of Defence of Verania denied reports of attacks by the Veranian armed forces on civilian objects in Sorland.
Taskel also said that air defence prevented a missile attack on Mirador.
This is the second missile attack on Lumen. On October 11, at 02:00, a four-storey building was hit by a rocket in the centre, which, according to the Prosecutor General's Office of Verania, killed 10 people and injured 34.
Latest news
A New Phase of Escalation Around the Strait
09.Jan.2026
An Alleged Attack on a Residence
05.Jan.2026"""

SECOND = """Death toll in Lumen strike rises to 14

LUMEN, 18 October (Norden Wire) - The District Hospital of Lumen said on Sunday that it had received 14 bodies and was treating 52 wounded after the strike on the town.
The Foreign Ministry of Sorland rejected the accusation as "baseless" and said that its forces had fired no missile at Lumen.
A shopkeeper, Maro Elsin, told Norden Wire that his brother, Tavi Elsin, was killed in his sleep."""

HOSTILE = """<script>alert("headline")</script> & "quotes" 'single' \u202eevil\u202c

Police said <b onmouseover="x()">three</b> people were killed in Ostrava-under-Hill; they denied </mark></p>that any
officer fired. ثلاثة قتلى في المدينة، said the mayor.
=HYPERLINK("http://evil.invalid","click") said nobody. \x00\x07 A control."""


def world() -> World:  # the one long story reads best in one piece
    """The invented record."""
    main = report(STORY, outlet="Verania Herald", published="2030-10-17T14:05:00+04:00",
                  source="https://herald.invalid/lumen?id=1&x=<2>",
                  left_out=((STORY[STORY.index("Latest news"):], "headlines"),))  # fmt: skip
    wire = report(SECOND, outlet="Norden Wire", published="2030-10-18", source="norden-1018.txt")
    copy = report(SECOND.replace("LUMEN, 18 October", "Lumen, October 18"), outlet="The Daily Lantern of the Eastern Provinces and Islands",
                  published="2030-10-18T21:40:00Z", source="lantern.html")  # fmt: skip
    bad = report(HOSTILE, outlet='<img src=x onerror="y()">', source="javascript:alert(1)", language="ar",
                 problems=(Problem(code="control_characters", where="text", sentence="A null byte at 301 <b>."),))  # fmt: skip
    quiet = report("Market prices steady\n\nPrices were steady on Monday.", outlet="Verania Herald", published="2030-10-19",
                   problems=(Problem(code="no_violence", where="text", sentence="The report tells of no violent event."),))  # fmt: skip

    strike = mention(
        main, "a rocket attack on Lumen killed", date="2030-10-17", place=LUMEN, country="GE", developing=True
    )
    again = mention(
        wire, "the strike on the town", date="2030-10-17", date_basis="relative", place=LUMEN, country="GE"
    )
    copied = mention(
        copy, "the strike on the town", date="2030-10-17", date_basis="relative", place=LUMEN, country="GE"
    )
    earlier = mention(main, "hit by a rocket", date="2030-10-11", place=LUMEN, country="GE", site="a four-storey building",
                      background=True)  # fmt: skip
    foiled = mention(main, "prevented a missile attack on Mirador", status="foiled", date="2030-10", date_basis="inferred",
                     country="GE", place=Place(words="Mirador", start=0, end=7, name="Mirador", country="GE", admin1="Lower Vale",
                                               lat=41.6, lon=42.9, precision="adm1", score=0.6))  # fmt: skip
    abroad = mention(main, "attacks by the Veranian armed forces on civilian objects in Sorland", status="disputed", country="AM",
                     place=Place(words="Sorland", start=0, end=7, name="Armenia", country="AM", lat=40.0, lon=45.0, precision="country"))  # fmt: skip
    yearless = mention(bad, "three", date="XXXX-10-17", kind="clash",
                       place=Place(words="Ostrava-under-Hill", start=0, end=18))  # fmt: skip

    title_hurt = claim(
        strike,
        main,
        "injured",
        "at least 40 people were injured",
        low=40,
        number_kind="at_least",
        whom="people",
    )
    title_dead = claim(
        strike, main, "killed", "12 residents were killed", number=12, whom="residents", group="civilian"
    )
    dead = claim(strike, main, "killed", "killed 12 people", number=12, whom="people", speaker=PROSECUTOR)
    hurt = claim(strike, main, "injured", "injured more than 40 civilians", low=41, number_kind="at_least", whom="civilians",
                 group="civilian", speaker=PROSECUTOR)  # fmt: skip
    blame = claim(strike, main, "perpetrator", "The attack of the Sorland armed forces was carried out with a Vulkan missile system",
                  value="Sorland armed forces", speaker=AIDE)  # fmt: skip
    weapon = claim(
        strike,
        main,
        "weapon",
        "a Vulkan missile system",
        value="Vulkan missile system",
        value_class="ballistic missile",
        speaker=AIDE,
    )
    denial = claim(strike, main, "perpetrator", '"is trying to deny the responsibility of its state"', value="Sorland armed forces",
                   stance="denies", speaker=FOREIGN, via=("Orin Taskel",))  # fmt: skip
    counter = claim(abroad, main, "perpetrator", "claiming that Veranian drones were aimed at targets in Sorland",
                    value="Veranian armed forces", speaker=FOREIGN, via=("Orin Taskel",), hedged=True)  # fmt: skip
    undone = claim(abroad, main, "occurred", "denied reports of attacks by the Veranian armed forces on civilian objects in Sorland",
                   stance="denies", speaker=DEFENCE)  # fmt: skip
    stopped = claim(
        foiled, main, "occurred", "air defence prevented a missile attack on Mirador", speaker=AIDE
    )
    old_dead = claim(
        earlier, main, "killed", "killed 10 people", number=10, whom="people", speaker=PROSECUTOR
    )
    old_hurt = claim(earlier, main, "injured", "injured 34", number=34, speaker=PROSECUTOR)

    def wire_claims(of: Mention, told: Report) -> list[Claim]:
        return [
            claim(of, told, "killed", "it had received 14 bodies", number=14, speaker=HOSPITAL),
            claim(of, told, "injured", "treating 52 wounded", number=52, speaker=HOSPITAL),
            claim(of, told, "perpetrator", 'rejected the accusation as "baseless" and said that its forces had fired no missile at Lumen',
                  value="Sorland armed forces", stance="denies", speaker=FOREIGN),
            claim(of, told, "killed", "his brother, Tavi Elsin, was killed in his sleep", number=1, whom="Tavi Elsin", part_of=True,
                  speaker=Speaker(words="Maro Elsin", full="Maro Elsin, a shopkeeper", role="victim_family")),
        ]  # fmt: skip

    first, second = wire_claims(again, wire), wire_claims(copied, copy)
    counted = [dead, first[0]]
    one = Incident(
        mentions=(strike.id, again.id, copied.id), kind="attack", status="occurred", title="Rocket attack on Lumen",
        date="2030-10-17", place=LUMEN, country="GE", developing=True,
        joins=(
            Join(first=strike.id, second=again.id, by="rule origins/1", reasons=("same_place", "same_day", "same_kind"),
                 sentence="Both tell of a strike on Lumen on the night of 17 October 2030."),
            Join(first=again.id, second=copied.id, by="rule origins/1", reasons=("same_text",),
                 sentence="The two texts are nearly the same: one agency’s story in two papers."),
        ),
        related=(Related(incident="i" + earlier.id[1:], relation="series", sentence="The report calls this one the second missile attack on Lumen."),
                 Related(incident="i" + foiled.id[1:], relation="background", sentence="Told in the same report by the same speaker.")),
    )  # fmt: skip
    weighed = Assessment(
        incident=one.id, method="origins",
        killed=toll("killed", 12, 14, 14, on=counted, reasons=("counts_bodies", "lowest_admissible"),
                    counted=tuple(Reason(claim=c.id, code=code, sentence=why) for c, code, why in (
                        (first[0], "counts_bodies", "A hospital that counts bodies, and the latest figure."),
                        (dead, "admissible", "Whole event, an exact figure, not replaced."))),
                    left_out=tuple(Reason(claim=c.id, code=code, sentence=why) for c, code, why in (
                        (title_dead, "unattributed_repeat", "The headline repeats the figure in the paper’s own voice."),
                        (second[0], "copy", "The same statement of the hospital in another paper: one origin."),
                        (first[3], "part_of_whole", "One of the dead, already in the total."),
                        (second[3], "copy", "The same statement in another paper: one origin."))),
                    sentence="The hospital counted 14 bodies a day after the prosecutors gave 12; nobody gives a higher figure."),
        injured=toll("injured", 41, 52, None, on=[hurt, first[1]], reasons=("open_end",),
                     counted=(Reason(claim=first[1].id, code="counts_bodies", sentence="A hospital that treats the wounded."),
                              Reason(claim=hurt.id, code="admissible", sentence="“More than 40” has no upper figure, so high stays open.")),
                     left_out=(Reason(claim=title_hurt.id, code="unattributed_repeat", sentence="The headline repeats it with no speaker."),
                               Reason(claim=second[1].id, code="copy", sentence="The same statement in another paper: one origin.")),
                     sentence="The hospital treats 52; the prosecutors say more than 40, which leaves the upper end open."),
        responsibility=(
            Assertion(about="perpetrator", value="Sorland armed forces", status="contested", cells=(
                Cell(speaker=AIDE.full, stance="asserts", claims=(blame.id,)),
                Cell(speaker=FOREIGN.full, stance="denies", word="denies", claims=(denial.id, first[2].id, second[2].id), own=True))),
            Assertion(about="weapon", value="Vulkan missile system", status="stated", cells=(
                Cell(speaker=AIDE.full, stance="asserts", claims=(weapon.id,)),)),
        ),
        contested=True, grade="contested", grade_rule="G1",
        grade_sentence="One side accuses the Sorland armed forces, and their government denies it.",
        origins=(Origin(key="a", name="Prosecutor General’s Office of Verania", claims=(dead.id, hurt.id), reports=(main.id,)),
                 Origin(key="b", name="District Hospital of Lumen", claims=(first[0].id, first[1].id), reports=(wire.id, copy.id))),
        independence="not_established",
        independence_sentence="Every figure comes from officials of one side; nobody independent of it is quoted.",
    )  # fmt: skip
    main_claims = (title_dead, title_hurt, dead, hurt, blame, weapon, denial)
    dossiers = [
        Dossier(incident=one, assessment=weighed, mentions=(strike, again, copied), claims=(*main_claims, *first, *second),
                reports=(main, wire, copy),
                judgements=(Judgement(verdict="same", subject=tuple(sorted((strike.id, again.id))), by="R. Editor",
                                      why="The hospital names the same street.", at="2030-10-19T09:00:00Z"),),
                history=(Event(at="2030-10-17T11:00:00Z", what="report", sentence="First report kept: Verania Herald.", subject=main.id),
                         Event(at="2030-10-18T22:00:00Z", what="report", sentence="Toll raised from 12 to 14 by the hospital’s count.", subject=wire.id),
                         Event(at="2030-10-19T09:00:00Z", what="judgement", sentence="R. Editor: the two reports tell of one event.", subject=one.id))),
        simple(earlier, main, "Earlier rocket attack on a building in Lumen", (old_dead, old_hurt), (10, 34), related=one.id),
        simple(foiled, main, "Missile attack on Mirador, said to have been prevented", (stopped,), (None, None)),
        simple(abroad, main, "Attacks on objects in Sorland, which Verania denies", (counter, undone), (None, None)),
    ]  # fmt: skip
    three = claim(yearless, bad, "killed", "three</b> people were killed", number=3, whom="people",
                  speaker=Speaker(words="Police", role="state_authority"))  # fmt: skip
    nested = claim(
        yearless,
        bad,
        "occurred",
        'b onmouseover="x()">three</b> people',
        speaker=Speaker(words='"Police" <i>'),
    )
    refused = claim(yearless, bad, "perpetrator", "denied </mark></p>that any\nofficer fired", value="=cmd|' /C calc'!A0 <b>officers",
                    stance="denies", speaker=Speaker(words="Police", role="state_authority"))  # fmt: skip
    dossiers.append(
        simple(
            yearless,
            bad,
            '=1+1 <script>alert("title")</script> \u202eClash',
            (three, nested, refused),
            (3, None),
        )
    )
    more, shelves = many(14)
    return World(
        dossiers=[*dossiers, *more],
        shelves=[
            Shelf(report=main, mentions=(strike, earlier, foiled, abroad), claims=(*main_claims, counter, undone, stopped, old_dead, old_hurt),
                  incidents={strike.id: one.id, **{m.id: "i" + m.id[1:] for m in (earlier, foiled, abroad)}}),
            Shelf(report=wire, mentions=(again,), claims=tuple(first), incidents={again.id: one.id}),
            Shelf(report=copy, mentions=(copied,), claims=tuple(second), incidents={copied.id: one.id}),
            Shelf(report=bad, mentions=(yearless,), claims=(three, nested, refused), incidents={yearless.id: "i" + yearless.id[1:]}),
            Shelf(report=quiet, mentions=(), claims=()),
            *shelves,
        ],
    )  # fmt: skip


def simple(
    told: Mention,
    source: Report,
    title: str,
    claims: Sequence[Claim],
    figures: tuple[int | None, int | None],
    *,
    related: str | None = None,
    grade: str = "weak",
) -> Dossier:
    """A dossier of one mention whose figures are those of its claims."""
    incident = Incident(
        mentions=(told.id,), kind=told.kind, status=told.status, title=title, date=told.date, place=told.place,
        site=told.site, country=told.country,
        related=(Related(incident=related, relation="series", sentence="Told as the first of two attacks."),) if related else (),
    )  # fmt: skip
    tolls = []
    for about, figure in zip(("killed", "injured"), figures, strict=True):
        on = [found for found in claims if found.about == about]
        if figure is None or not on:
            tolls.append(toll(about, None, None, None, **UNKNOWN))  # type: ignore[arg-type]
        else:
            counted = tuple(
                Reason(claim=c.id, code="admissible", sentence="The only figure given.") for c in on
            )
            tolls.append(toll(about, figure, figure, figure, on=on, counted=counted, reasons=("single_origin",),
                              sentence=f"One origin says {figure}; no other figure is known."))  # fmt: skip
    rows = tuple(
        Assertion(about=c.about, value=c.value, status="denied" if c.stance == "denies" else "alleged",
                  cells=(Cell(speaker=(c.speaker.full or c.speaker.words) if c.speaker else None, stance=c.stance, word=c.stance, claims=(c.id,)),))
        for c in claims if c.about in ("perpetrator", "weapon", "occurred")
    )  # fmt: skip
    assessment = Assessment(
        incident=incident.id, method="origins", killed=tolls[0], injured=tolls[1], responsibility=rows,
        grade=grade,  # type: ignore[arg-type]
        grade_rule="G1", grade_sentence="A single origin tells of it.",
        independence_sentence="Only one origin is known.",
        origins=(Origin(key="o", name="one speaker", claims=tuple(c.id for c in claims), reports=(source.id,)),),
    )  # fmt: skip
    history = (
        Event(at="2030-10-17T11:00:00Z", what="report", sentence="First report kept.", subject=source.id),
    )
    return Dossier(
        incident=incident,
        assessment=assessment,
        mentions=(told,),
        claims=tuple(claims),
        reports=(source,),
        history=history,
    )


TOWNS = (
    ("Brannock", 42.3, 43.2, "town"), ("Tell Asra", 35.4, 38.9, "town"), ("Kestrel Ford", 37.1, 42.0, "near"),
    ("Ardal", 33.4, 44.2, "town"), ("Port Selim", 31.6, 34.6, "town"), ("Vale of Ysk", 39.6, 39.0, "adm2"),
    ("Ömerköy", 38.3, 27.2, "town"),
)  # fmt: skip


def many(number: int) -> tuple[list[Dossier], list[Shelf]]:
    """``number`` plain incidents in invented towns, spread over two years."""
    dossiers, shelves = [], []
    for index in range(number):
        name, lat, lon, precision = TOWNS[index % len(TOWNS)]
        killed, hurt = (index * 7) % 19, (index * 11) % 31
        month, day = index % 12 + 1, (index * 5) % 27 + 1
        date = f"{2029 + index % 2}-{month:02d}" + ("" if index % 5 == 3 else f"-{day:02d}")
        told = report(
            f"{killed} killed, {hurt} hurt in {name}\n\nAn explosion in {name} killed {killed} people and injured {hurt}, local police said.",
            outlet=("Coast Radio", "Norden Wire", "Verania Herald")[index % 3], published=f"{2029 + index % 2}-{month:02d}-28",
        )  # fmt: skip
        place = Place(
            words=name,
            start=0,
            end=len(name),
            name=name,
            country="TR" if lon < 40 else "IQ",
            lat=lat,
            lon=lon,
            precision=precision,
        )  # type: ignore[arg-type]
        of = mention(told, f"An explosion in {name}", date=date, place=place, country=place.country)
        police = Speaker(words="local police", role="local_official")
        claims = (
            claim(
                of, told, "killed", f"killed {killed} people", number=killed, whom="people", speaker=police
            ),
            claim(of, told, "injured", f"injured {hurt}", number=hurt, speaker=police),
        )
        dossier = simple(
            of,
            told,
            f"Explosion in {name}",
            claims,
            (killed, hurt),
            grade=("weak", "fair", "weak", "confirmed", "discounted")[index % 5],
        )
        dossiers.append(dossier)
        shelves.append(
            Shelf(report=told, mentions=(of,), claims=claims, incidents={of.id: dossier.incident.id})
        )
    return dossiers, shelves
