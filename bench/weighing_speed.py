"""How long linking and weighing take: 10,000 mentions of 2,500 invented attacks in 250 invented towns.

    python bench/weighing_speed.py [MENTIONS]

Prints seconds on one core for each stage, what all methods of weighing side by side would cost, how many incidents came out, and how many are pure (all mentions
of one attack) and whole (one attack in one incident). Needs no data and no network.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict

from bearwitness import assess, copies, link
from bearwitness.record import Claim, Mention, Place, Report, Speaker, canonical, digest

PER_INCIDENT = 4
SPEAKERS = (
    Speaker(words="police", role="state_authority", country="XA"),
    Speaker(words="the central hospital", role="hospital_morgue", country="XA"),
    Speaker(words="residents", role="witness"),
)
SITES = ("grain market", "railway bridge", "bus station", "secondary school", "customs post", "water tower")
WEAPONS = ("rocket", "car bomb", "mortar shell", "drone", "grenade")
FILLER = "According to those present the fire burned until dawn and the road to the east remained closed for hours."


def made(count: int) -> tuple[list[Mention], dict[str, list[Claim]], dict[str, Report], dict[str, int]]:
    """Mentions, claims by mention, reports by id, and which attack each mention tells of."""
    chance = random.Random(7)
    mentions: list[Mention] = []
    claims: dict[str, list[Claim]] = defaultdict(list)
    reports: dict[str, Report] = {}
    truth: dict[str, int] = {}
    for attack in range(max(1, count // PER_INCIDENT)):
        town, day = chance.randrange(250), chance.randrange(1, 29)
        month, site, weapon = chance.randrange(1, 13), chance.choice(SITES), chance.choice(WEAPONS)
        killed, lat, lon = chance.randrange(1, 60), -60 + town // 16 * 7.3, -170 + town % 16 * 21.1
        date = f"2031-{month:02d}-{day:02d}"
        place = Place(
            words=f"Town{town}",
            start=0,
            end=4,
            name=f"Town{town}",
            country="XA",
            lat=lat,
            lon=lon,
            geonameid=town + 1,
            precision="town",
        )
        for number in range(PER_INCIDENT):
            figure = max(1, killed + chance.randrange(-2, 3))
            text = (
                f"A {weapon} attack hit the {site} in Town{town} on {date}, outlet {number} writes. {figure} people "
                f"were killed, it was said. Case {attack} of edition {number}. {FILLER} " + " ".join(
                    f"word{chance.randrange(4000)}" for _ in range(150)
                )
            )  # fmt: skip
            report = Report(
                capture="c", reader="r", source=f"{attack}-{number}", text=text, text_sha256=digest(text.encode()),
                outlet=f"Outlet {chance.randrange(40)}", published=f"2031-{month:02d}-{min(28, day + number):02d}",
                published_basis="given",
            )  # fmt: skip
            reports[report.id] = report
            anchor = f"{weapon} attack"
            start = text.index(anchor)
            mention = Mention(
                report=report.id, kind="attack", status="occurred", anchor=anchor, start=start,
                end=start + len(anchor), date=date, date_basis="explicit", place=place, country="XA", site=site,
            )  # fmt: skip
            mentions.append(mention)
            truth[mention.id] = attack
            words = f"{figure} people were killed"
            at = text.index(words)
            claims[mention.id].append(
                Claim(
                    report=report.id, mention=mention.id, about="killed", stance="asserts", words=words, start=at,
                    end=at + len(words), low=figure, high=figure, whom="people", group="civilian",
                    speaker=chance.choice((*SPEAKERS, None)),
                )
            )  # fmt: skip
            claims[mention.id].append(
                Claim(
                    report=report.id, mention=mention.id, about="weapon", stance="asserts", words=weapon, start=start,
                    end=start + len(weapon), value=weapon, value_class=weapon,
                )
            )  # fmt: skip
    return mentions, claims, reports, truth


def main() -> None:
    """Make, link, weigh, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    mentions, claims, reports, truth = made(count)
    by_id = {mention.id: mention for mention in mentions}
    before = time.process_time()
    known = copies.among(reports.values())  # in a ledger they are found as reports come in
    start = time.process_time()
    incidents = link.link(mentions, claims, reports, copies=known)
    linked = time.process_time()
    stored = 0
    for incident in incidents:
        stored += len(canonical(assess.assess(incident, by_id, claims, reports, copies=known)))
    weighed = time.process_time()
    every = 0
    for incident in incidents:
        case = assess.Case(incident, by_id, claims, reports, known=known)
        every += sum(len(canonical(one)) for one in assess.side_by_side(assess.Ground(case)))
    beside = time.process_time()
    pure = sum(len({truth[name] for name in incident.mentions}) == 1 for incident in incidents)
    whole = sum(len(incident.mentions) == PER_INCIDENT for incident in incidents)
    print(f"{len(mentions)} mentions, {len(incidents)} incidents, {pure} pure, {whole} whole")
    print(f"find copies {start - before:.1f} s, link {linked - start:.1f} s, assess {weighed - linked:.1f} s")
    print(
        f"by one method {stored / len(incidents):,.0f} bytes an incident; by all {len(assess.METHODS)} side by side "
        f"{beside - weighed:.1f} s, {every / len(incidents):,.0f} bytes"
    )


if __name__ == "__main__":
    main()
