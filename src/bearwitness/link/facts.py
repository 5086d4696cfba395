"""What linking needs to know of a mention, worked out once: dates, place, and what distinguishes it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import copies, edtf, parties, vocabulary
from ..record import COUNTS
from ..review import stands
from .telling import telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..record import Claim, Mention, Report
    from ..review import Rulings

PUBLICATION_WINDOW = 3  # days before publication in which an undated event of a report's own is looked for
COUNTRY_RUNG = 4
SURE_DAY, SURE_PLACE, SURE_POINT = 0.85, 0.75, 0.5
"""A date or place that the reader was less sure of than this bars nothing; the last is how sure the gazetteer was."""
_DULL = ("common_anchor", "demographic", "wholes", "non_state")


@cache
def table(name: str) -> dict[str, Any]:
    """A table of ``vocabulary/linking.toml``."""
    found: dict[str, Any] = vocabulary.load("linking")[name]
    return found


@cache
def means_of(word: str) -> str | None:
    """The means that ``word`` tells of, or ``None``."""
    return next((name for name, words in table("means").items() if word in words), None)


class Statement(NamedTuple):
    """A count with its speaker's institution."""

    about: str
    low: int | None
    high: int | None
    institution: frozenset[str]


class Fact(NamedTuple):
    """One mention made ready to compare. ``report`` tells one text from another: the parts of a report are several. Token
    sets are folded words; ``rung`` is the precision of the place; ``words`` and ``names`` are the telling words around it
    (``telling``). ``day_doubtful`` and ``place_doubtful`` say that the reader was not sure of the date, of the place. ``accused`` are
    ``actors`` and organs of a state that are not told which ("the army"), ``denying`` who denies it or counts nobody harmed."""

    id: str
    report: str
    kind: str
    status: str
    days: edtf.Days | None
    windowed: bool
    published: edtf.Days | None
    background: bool
    series: int | None
    order: int
    copied: str
    country: str | None
    place_words: tuple[str, ...]
    geonameid: int | None
    lat: float | None
    lon: float | None
    rung: int
    reach: float
    anchor: frozenset[str]
    wording: frozenset[str]
    means: frozenset[str]
    weapons: frozenset[str]
    targets: frozenset[str]
    sites: frozenset[str]
    persons: frozenset[tuple[str, ...]]
    statements: tuple[Statement, ...]
    actors: tuple[parties.Party, ...]
    figures: frozenset[tuple[str, int]]
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    day_doubtful: bool = False
    place_doubtful: bool = False
    accused: tuple[parties.Party, ...] = ()
    denying: tuple[parties.Party, ...] = ()


def facts(
    mentions: Iterable[Mention],
    claims: Mapping[str, Sequence[Claim]],
    reports: Mapping[str, Report],
    rulings: Rulings,
    known: copies.Copies | None = None,
) -> list[Fact]:
    """The facts of all ``mentions``, in order of id; ``known`` are the copies among the reports, if they are known."""
    ordered = sorted({mention.id: mention for mention in mentions}.values(), key=lambda mention: mention.id)
    told = sorted({mention.report for mention in ordered if mention.report in reports})
    copied = (known or copies.among(reports[key] for key in told)).heads
    order = _order(ordered)
    said = {mention.id: weighed(claims.get(mention.id, ()), rulings) for mention in ordered}
    speakers: dict[str, set[str]] = {}
    for mention in ordered:
        speakers.setdefault(mention.report, set()).update(
            word for claim in said[mention.id] if claim.speaker for word in parties.tokens(claim.speaker.name)
        )
    return [
        _fact(mention, said[mention.id], reports, copied, order[mention.id], speakers[mention.report])
        for mention in ordered
    ]


def weighed(claims: Iterable[Claim], rulings: Rulings) -> list[Claim]:
    """The claims as ruled: rejected and merely proposed ones left out, corrected ones as corrected, in order of id."""
    kept = {claim.id: rulings.corrected.get(claim.id, claim) for claim in claims if stands(claim, rulings)}
    return [kept[key] for key in sorted(kept)]


def _order(mentions: list[Mention]) -> dict[str, int]:
    """Each mention's number within its report, by where it stands."""
    by_report: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_report.setdefault(mention.report, []).append(mention)
    return {
        mention.id: number
        for told in by_report.values()
        for number, mention in enumerate(sorted(told, key=lambda mention: (mention.start, mention.id)))
    }


def _fact(
    mention: Mention,
    claims: list[Claim],
    reports: Mapping[str, Report],
    copied: Mapping[str, str],
    order: int,
    speakers: set[str],
) -> Fact:
    report = reports.get(mention.report)
    published = edtf.days(report.published_at(mention.start)) if report is not None else None
    part = report.part(mention.start) if report is not None else None
    days = edtf.days(mention.date)
    windowed = days is None and published is not None and published.year and not mention.background
    if windowed and published is not None:
        days = edtf.shifted(published, before=PUBLICATION_WINDOW)
    place = mention.place
    precision = place.precision if place is not None else None
    found = place is not None and place.lat is not None
    words = parties.tokens(place.words) if place is not None else ()
    rung = table("rung").get(precision or "town", 1) if place is not None else COUNTRY_RUNG
    anchor = frozenset(parties.tokens(mention.anchor)) - frozenset(words)
    weapons = [claim for claim in claims if claim.about == "weapon" and claim.stance == "asserts"]
    spoken = frozenset(word for claim in weapons for word in parties.tokens(claim.value or ""))
    sites = _telling(mention.site or "")
    around, names = _around(mention, claims, report, speakers.union(words))
    return Fact(
        id=mention.id,
        report=f"{mention.report} {part.start}" if part is not None else mention.report,
        kind=mention.kind,
        status=mention.status,
        days=days,
        windowed=windowed,
        published=published,
        background=mention.background,
        series=mention.series,
        order=order,
        copied=copied.get(mention.report, "") if part is None else "",
        country=mention.country or (place.country if place is not None else None),
        place_words=words,
        geonameid=place.geonameid if place is not None else None,
        lat=place.lat if place is not None and found else None,
        lon=place.lon if place is not None and found else None,
        rung=rung,
        reach=float(table("reach").get(precision or "town", 0.0)),
        anchor=anchor,
        wording=frozenset(word for word in anchor if _tells(word) and means_of(word) is None),
        means=frozenset(means for word in anchor | spoken if (means := means_of(word)) is not None),
        weapons=frozenset(parties.fold(claim.value_class or claim.value or "") for claim in weapons),
        targets=sites
        | frozenset(word for claim in claims if _is_target(claim) for word in _telling(claim.value or "")),
        sites=sites,
        persons=frozenset(parties.tokens(claim.whom or "") for claim in claims if is_person(claim)),
        statements=_statements(claims),
        actors=_actors(claims),
        figures=_figures(claims),
        words=around,
        names=names,
        day_doubtful=_doubtful(mention.date_confidence, SURE_DAY),
        place_doubtful=_doubtful(mention.place_confidence, SURE_PLACE)
        or (found and place is not None and _doubtful(place.score, SURE_POINT)),
        accused=_accused(claims),
        denying=_denying(claims),
    )


def _doubtful(confidence: float | None, least: float) -> bool:
    """Whether a confidence is given and too low."""
    return confidence is not None and confidence < least


def _around(
    mention: Mention, claims: list[Claim], report: Report | None, shared: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The telling words and names around a mention; its place and whoever speaks in the report (``shared``) are none."""
    if report is None:
        return (), ()
    spans = [(mention.start, mention.end), *((claim.start, claim.end) for claim in claims)]
    return telling(report.text, spans, mention.start, frozenset(shared))


def _is_target(claim: Claim) -> bool:
    return claim.about == "target" and claim.stance == "asserts"


def _tells(word: str) -> bool:
    return len(word) > 2 and not word.isdigit() and not any(word in parties.listed(name) for name in _DULL)


def _telling(text: str) -> frozenset[str]:
    return frozenset(
        word for word in parties.tokens(text) if _tells(word) and word not in parties.listed("wholes")
    )


def is_person(claim: Claim) -> bool:
    """Whether the claim counts one person by name."""
    named = claim.about in COUNTS and claim.low == claim.high == 1 and claim.stance == "asserts"
    return named and parties.is_person(claim.whom or "")


def _statements(claims: list[Claim]) -> tuple[Statement, ...]:
    return tuple(
        Statement(claim.about, claim.low, claim.high, parties.institution(claim.speaker))
        for claim in claims
        if claim.speaker is not None and claim.about in COUNTS and claim.stance == "asserts"
    )


def _actors(claims: list[Claim]) -> tuple[parties.Party, ...]:
    found = [
        parties.party(claim.value or "")
        for claim in claims
        if claim.about == "perpetrator" and claim.stance == "asserts"
    ]
    return tuple(actor for actor in found if not actor.generic)


def _accused(claims: list[Claim]) -> tuple[parties.Party, ...]:
    found = [
        parties.party(claim.value or "")
        for claim in claims
        if claim.about == "perpetrator" and claim.stance == "asserts"
    ]
    return tuple(party for party in found if party.state or not party.generic)


def _denying(claims: list[Claim]) -> tuple[parties.Party, ...]:
    """The parties that deny a deed or its harm, or count nobody harmed, which is a denial in other words if they are accused."""
    found = []
    for claim in claims:
        speaker = claim.speaker
        none = claim.about in COUNTS and claim.stance == "asserts" and claim.high == 0
        if speaker is None or not (none or claim.stance == "denies"):
            continue
        party = parties.of_speaker(speaker)
        if party.state or not party.generic:
            found.append(party)
    return tuple(found)


def _figures(claims: list[Claim]) -> frozenset[tuple[str, int]]:
    """The numbers given for the whole, each with what it counts; vague ones and zeros aside."""
    return frozenset(
        (claim.about, claim.low)
        for claim in claims
        if claim.about in COUNTS
        and claim.stance == "asserts"
        and not claim.part_of
        and claim.low
        and claim.number_kind != "vague"
    )
