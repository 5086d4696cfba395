"""Hold the incidents of a ledger against ``expected.toml``. Each check gives sentences; none means it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bearwitness.record import COUNTS, Dossier, Toll

Expected = Mapping[str, Any]


class Found:
    """The dossiers of a ledger, to be found by the report and the day of an event they hold."""

    def __init__(self, dossiers: Iterable[Dossier]) -> None:
        self.dossiers = tuple(dossiers)
        self.stem = {
            report.id: Path(report.source).stem for dossier in self.dossiers for report in dossier.reports
        }

    def stems(self, dossier: Dossier) -> set[str]:
        """The names of the reports that tell this incident."""
        return {self.stem[mention.report] for mention in dossier.mentions}

    def best(self, incident: Expected) -> Dossier | None:
        """The dossier that is this incident: its day and place if any has them, then most reports shared."""
        wanted = set(incident["reports"])

        def fit(dossier: Dossier) -> tuple[int, int, int]:
            place = dossier.incident.place
            same_day = dossier.incident.date == incident["date"]
            same_place = place is not None and incident["place"] in (place.name, place.words)
            shared = len(wanted & self.stems(dossier))
            return (shared and same_day + same_place, shared, -len(self.stems(dossier) - wanted))

        ranked = sorted(self.dossiers, key=fit, reverse=True)
        return ranked[0] if ranked and wanted & self.stems(ranked[0]) else None


def wrong(found: Found, incident: Expected) -> Iterator[str]:
    """What is wrong with one expected incident."""
    dossier = found.best(incident)
    if dossier is None:
        yield "no incident holds any of its reports"
        return
    stems, wanted = found.stems(dossier), set(incident["reports"])
    if stems != wanted:
        yield f"reports missing {sorted(wanted - stems)}, too many {sorted(stems - wanted)}"
    yield from wrong_facts(dossier, incident)
    yield from wrong_tolls(dossier, incident)
    yield from wrong_parties(dossier, incident)


def wrong_facts(dossier: Dossier, incident: Expected) -> Iterator[str]:
    """Date, kind, status, country and place."""
    for key in ("date", "kind", "status", "country"):
        ours = getattr(dossier.incident, key)
        if ours != incident[key]:
            yield f"{key} is {ours}, not {incident[key]}"
    place = dossier.incident.place
    if place is None:
        yield f"no place, not {incident['place']}"
    elif place.geonameid != incident.get("geonameid", place.geonameid):
        yield f"place is {place.name} ({place.geonameid}), not {incident['place']} ({incident['geonameid']})"
    elif "geonameid" not in incident and place.precision == "town" and place.geonameid is not None:
        yield f"place is the town {place.name}, but no town is told or known"


def wrong_tolls(dossier: Dossier, incident: Expected) -> Iterator[str]:
    """The figures of each category for which some are admissible."""
    assessment = dossier.assessment
    tolls: dict[str, Toll] = {"killed": assessment.killed, "injured": assessment.injured}
    tolls |= {toll.about: toll for toll in assessment.other}
    for about in COUNTS:
        for figure, admissible in incident.get(about, {}).items():
            ours = getattr(tolls[about], figure) if about in tolls else None
            if ours not in admissible:
                yield f"{about} {figure} is {ours}, not in {admissible}"


def wrong_parties(dossier: Dossier, incident: Expected) -> Iterator[str]:
    """Who stands in the responsibility matrix, and whether it is contested."""
    named = {row.value for row in dossier.assessment.responsibility if row.about == "perpetrator"}
    for accused in incident.get("accused", ()):
        if not any(accused.casefold() in (value or "").casefold() for value in named):
            yield f"{accused} is not among the accused: {sorted(map(str, named))}"
    ours = dossier.assessment.contested
    if ours != incident.get("contested", ours):
        yield f"contested is {ours}"


def origins_of(found: Found, stems: Iterable[str], about: str) -> set[str]:
    """The origins of all claims of one kind that these reports make."""
    keys = set()
    wanted = set(stems)
    for dossier in found.dossiers:
        mine = {c.id for c in dossier.claims if c.about == about and found.stem[c.report] in wanted}
        keys |= {origin.key for origin in dossier.assessment.origins if mine & set(origin.claims)}
    return keys
