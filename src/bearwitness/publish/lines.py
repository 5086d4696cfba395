"""One line for each incident: what the lists, the map, the timeline and the feed keep of it in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bearwitness.publish import dates, words
from bearwitness.publish.names import Names, Profile

if TYPE_CHECKING:
    from bearwitness.record import Assessment, Dossier, Incident, Place


class Line(msgspec.Struct, frozen=True):
    """One incident in the lists, on the map and on the timeline: all that is kept of it in memory."""

    id: str
    title: str
    kind: str
    kind_words: str
    status: str
    status_words: str
    when: dates.When
    place: str
    country: str
    country_words: str
    lat: float | None
    lon: float | None
    precision: str | None
    killed: tuple[int | None, int | None, int | None]
    injured: tuple[int | None, int | None, int | None]
    killed_words: str
    injured_words: str
    denied: str
    grade: str
    grade_words: str
    contested: bool
    developing: bool
    reports: int
    origins: int
    updated: str
    summary: str


def line(dossier: Dossier, profile: Profile, made: str) -> Line:
    """What the lists keep of one incident."""
    incident, assessment = dossier.incident, dossier.assessment
    names = Names(dossier.claims, profile)
    killed, injured = assessment.killed, assessment.injured
    lat, lon = point(incident.place, profile)
    words_of = {found.about: words.toll(found) for found in (killed, injured)}
    status_words, _ = words.STATUS[incident.status]
    return Line(
        id=incident.id,
        title=names.hide(incident.title),
        kind=incident.kind,
        kind_words=words.KIND[incident.kind],
        status=incident.status,
        status_words=status_words,
        when=dates.read(incident.date),
        place=names.hide(words.place(incident.place, incident.country)),
        country=_country(incident),
        country_words=words.country(_country(incident)),
        lat=lat,
        lon=lon,
        precision=_precision(incident),
        killed=(killed.low, killed.best, killed.high),
        injured=(injured.low, injured.best, injured.high),
        killed_words=words_of["killed"],
        injured_words=words_of["injured"],
        denied=names.hide(_denied(assessment)),
        grade=assessment.grade,
        grade_words=words.GRADE[assessment.grade][0],
        contested=assessment.contested,
        developing=incident.developing,
        reports=len(dossier.reports),
        origins=len(assessment.origins),
        updated=max((event.at for event in dossier.history if event.at), default=made),
        summary=names.hide(killed.sentence or injured.sentence),
    )


def _denied(assessment: Assessment) -> str:
    """Who asserts and who denies what is denied in the incident; "" where nothing is."""
    sentences = []
    for row in assessment.responsibility:
        if row.about not in ("perpetrator", "occurred") or row.status not in ("denied", "contested"):
            continue
        what, asserted = (
            (row.value, "named") if row.about == "perpetrator" else ("That it happened", "asserted")
        )
        parts = []
        for stance, verb in (("asserts", asserted), ("denies", "denied")):
            if who := [cell.speaker or "the outlet itself" for cell in row.cells if cell.stance == stance]:
                parts.append(f"{verb} by {', '.join(who)}")
        sentences.append(f"{what}: {'; '.join(parts)}.")
    return " ".join(sentences)


def _country(incident: Incident) -> str:
    return (incident.place.country if incident.place else None) or incident.country or ""


def _precision(incident: Incident) -> str | None:
    """What is known of the place; where it was not found, its country still is, if a report names one."""
    place = incident.place
    if place is not None and place.lat is not None:
        return place.precision
    return "country" if _country(incident) else None


def point(place: Place | None, profile: Profile) -> tuple[float | None, float | None]:
    """Coordinates as coarse as the profile wants them; none where the place was not found."""
    if place is None or place.lat is None or place.lon is None:
        return None, None
    return round(place.lat, profile.decimals), round(place.lon, profile.decimals)
