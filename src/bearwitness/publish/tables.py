"""Incidents and claims as files for other programs: CSV, JSON Lines, GeoJSON.

The columns of ``incidents.csv`` and ``claims.csv`` are those of ``INCIDENT_COLUMNS`` and ``CLAIM_COLUMNS``, in
that order. A figure that is not known is an empty cell; 0 is "no one". Cells of text that a spreadsheet would
take for a formula get a leading apostrophe. Quotations are cut at 25 words. The same input gives the same
bytes. Writers take any iterator of dossiers and hold one at a time.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

import msgspec

from bearwitness.pages import Page
from bearwitness.publish import dates, words
from bearwitness.publish.incident_view import version
from bearwitness.publish.lines import point
from bearwitness.publish.names import Names, Profile
from bearwitness.record import Assertion, Backing, Claim, Dossier, Origin, Report, Toll

QUOTED = 25  # words of a quotation that a file may hold

INCIDENT_COLUMNS: dict[str, str] = {
    "incident": "id; names the incident's page",
    "version": "changes when the incident or its assessment does",
    "method": "the method behind the figures",
    "title": "short title",
    "kind": "attack, clash, arrest_raid, abduction, unrest, accident, total, other",
    "status": "occurred, foiled, disputed: as reported",
    "date": "EDTF; XXXX is a year that no report states",
    "date_first": "first day covered, empty if the year is unknown",
    "date_last": "last day covered, empty if the year is unknown",
    "date_basis": "how the date was found: explicit, weekday, relative, inferred",
    "place": "place name, empty if none is stated",
    "admin1": "province",
    "country": "ISO 3166 two-letter code",
    "latitude": "WGS 84 degrees, empty if the place was not found",
    "longitude": "WGS 84 degrees, empty if the place was not found",
    "precision": "what the coordinates stand for: town, near, adm2, adm1, area, country, water ...",
    "killed_low": "persons",
    "killed_best": "persons",
    "killed_high": "persons",
    "injured_low": "persons",
    "injured_best": "persons",
    "injured_high": "persons",
    "killed_why": "one sentence",
    "injured_why": "one sentence",
    "perpetrator_alleged": "who is said to be responsible, separated by semicolons",
    "perpetrator_status": "alleged, claimed, denied, contested, conceded: one for each name",
    "grade": "confirmed, fair, weak, contested, discounted: a person's, or else suggested by rule",
    "grade_why": "one sentence",
    "grade_rule": "code of the rule; graded_by_review if a person decided",
    "grade_suggested": "what the rules suggest",
    "independence": "established, not_established, dependent",
    "reports": "number of reports, copies included",
    "origins": "number of origins, copies not counted",
    "claims": "number of claims",
    "developing": "true if the reports say that the toll may change",
}
CLAIM_COLUMNS: dict[str, str] = {
    "claim": "id; the anchor on the report's page",
    "incident": "id of the incident",
    "report": "id of the report",
    "about": "killed, injured, missing, abducted, detained, perpetrator, weapon, target, occurred",
    "stance": "asserts, denies, doubts",
    "low": "persons, empty if open",
    "high": "persons, empty if open",
    "number_kind": "exact, at_least, at_most, about, range, vague",
    "value": "who, which weapon or target",
    "value_class": "the vocabulary's name for the value",
    "whom": "whom a count is about",
    "group": "civilian, combatant, police, attacker, mixed, unknown",
    "part_of": "true if it is part of a larger figure",
    "speaker": "who says it; empty if the outlet names no one",
    "speaker_role": "kind of speaker",
    "via": "who relays it, outermost last, separated by semicolons",
    "hedged": "true if the speaker is not sure",
    "quote": "exact words, at most 25",
    "start": "first character in the report's text",
    "end": "character after the last",
    "outlet": "who carries it",
    "published": "EDTF",
    "counted": "true if it counted in the toll, false if not, empty if it is no toll figure",
    "reason": "code of the reason",
    "reason_sentence": "the reason",
    "stood": "when its page made the claim last, if it makes it no more",
    "gone": "when its page was first met without it",
    "now": "id of the claim that took its place there",
}


def write_csv(dossiers: Iterable[Dossier], file: IO[str], *, profile: Profile | None = None) -> None:
    """One row for each incident, columns as in ``INCIDENT_COLUMNS``, after a header row."""
    chosen = profile or Profile()
    _rows(file, INCIDENT_COLUMNS, (_incident(dossier, chosen) for dossier in dossiers))


def write_claims_csv(dossiers: Iterable[Dossier], file: IO[str], *, profile: Profile | None = None) -> None:
    """One row for each claim of each incident, columns as in ``CLAIM_COLUMNS``, after a header row."""
    chosen = profile or Profile()
    _rows(file, CLAIM_COLUMNS, (row for dossier in dossiers for row in _claims(dossier, chosen)))


def write_jsonl(dossiers: Iterable[Dossier], file: IO[str], *, profile: Profile | None = None) -> None:
    """One JSON object a line for each incident: its row, its claims, sources, matrix, origins and what each field rests on."""
    chosen = profile or Profile()
    for dossier in dossiers:
        names = Names(dossier.claims, chosen)
        found = _incident(dossier, chosen)
        found["sources"] = [
            _source(report, names) | {"page": _page(report, dossier.pages)} for report in dossier.reports
        ]
        found["responsibility"] = [_assertion(row, names) for row in dossier.assessment.responsibility]
        origins = dossier.assessment.origins
        found["origins_told"] = list(_origins(origins, names))
        found["backing"] = list(_backing(dossier.assessment.backing, origins, names))
        found["claims_told"] = list(_claims(dossier, chosen))
        file.write(_json(found) + "\n")


def write_geojson(dossiers: Iterable[Dossier], file: IO[str], *, profile: Profile | None = None) -> None:
    """A FeatureCollection (RFC 7946) with a feature for each incident; a place not found has a null geometry.

    The point of a province or country only says which one; ``precision`` must be read with it.
    """
    chosen = profile or Profile()
    file.write('{"type":"FeatureCollection","features":[')
    for number, dossier in enumerate(dossiers):
        row = _incident(dossier, chosen)
        lat, lon = row.pop("latitude"), row.pop("longitude")
        feature = {
            "type": "Feature",
            "id": row["incident"],
            "geometry": None if lat is None else {"type": "Point", "coordinates": [lon, lat]},
            "properties": row,
        }
        file.write(("," if number else "") + "\n" + _json(feature))
    file.write("\n]}\n")


FILES: dict[str, Callable[..., None]] = {
    "incidents.csv": write_csv,
    "claims.csv": write_claims_csv,
    "incidents.jsonl": write_jsonl,
    "incidents.geojson": write_geojson,
}


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula. Numbers stay numbers, and so does their minus sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\x00", "\ufffd")
    # Full-width forms are read as the plain ones by some spreadsheets.
    return (
        "'" + text
        if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
        else text
    )


def quoted(text: str) -> str:
    """At most ``QUOTED`` words of a quotation."""
    every = text.split()
    return text if len(every) <= QUOTED else " ".join(every[:QUOTED]) + " …"


def _rows(file: IO[str], columns: dict[str, str], rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(row[column]) for column in columns])


def _incident(dossier: Dossier, profile: Profile) -> dict[str, Any]:
    incident, assessment, place = dossier.incident, dossier.assessment, dossier.incident.place
    names = Names(dossier.claims, profile)
    when = dates.read(incident.date)
    lat, lon = point(place, profile)
    blamed = [row for row in assessment.responsibility if row.about == "perpetrator" and row.value]
    bases = sorted({m.date_basis for m in dossier.mentions if m.date_basis and m.date == incident.date})
    return {
        "incident": incident.id,
        "version": version(dossier),
        "method": assessment.method,
        "title": names.hide(incident.title),
        "kind": incident.kind,
        "status": incident.status,
        "date": incident.date,
        "date_first": when.first.isoformat() if when.first else None,
        "date_last": when.last.isoformat() if when.last else None,
        "date_basis": ";".join(bases) or None,
        "place": names.hide(place.name or place.words) if place else None,
        "admin1": place.admin1 if place else None,
        "country": (place.country if place else None) or incident.country,
        "latitude": lat,
        "longitude": lon,
        "precision": place.precision if place else None,
        **_figures("killed", assessment.killed),
        **_figures("injured", assessment.injured),
        "killed_why": names.hide(assessment.killed.sentence),
        "injured_why": names.hide(assessment.injured.sentence),
        "perpetrator_alleged": "; ".join(names.hide(row.value or "") for row in blamed) or None,
        "perpetrator_status": "; ".join(row.status for row in blamed) or None,
        "grade": assessment.grade,
        "grade_why": names.hide(assessment.grade_sentence),
        "grade_rule": assessment.grade_rule,
        "grade_suggested": assessment.suggested.grade if assessment.suggested else None,
        "independence": assessment.independence,
        "reports": len(dossier.reports),
        "origins": len(assessment.origins),
        "claims": len(dossier.claims),
        "developing": incident.developing,
    }


def _figures(name: str, toll: Toll) -> dict[str, int | None]:
    return {f"{name}_low": toll.low, f"{name}_best": toll.best, f"{name}_high": toll.high}


def _claims(dossier: Dossier, profile: Profile) -> Iterator[dict[str, Any]]:
    names = Names(dossier.claims, profile)
    reports = {report.id: report for report in dossier.reports}
    assessment = dossier.assessment
    fates = {fate.claim: fate for fate in dossier.fates}
    became = {}
    for toll in (assessment.killed, assessment.injured, *assessment.other):
        became.update({reason.claim: (False, reason) for reason in toll.left_out})
        became.update({reason.claim: (True, reason) for reason in toll.counted})
    for claim in dossier.claims:
        counted, reason = became.get(claim.id, (None, None))
        yield {
            **_claim(claim, names, reports.get(claim.report)),
            "incident": dossier.incident.id,
            "counted": counted,
            "reason": reason.code if reason else None,
            "reason_sentence": names.hide(reason.sentence) if reason else None,
            **{name: getattr(fates.get(claim.id), name, None) for name in ("stood", "gone", "now")},
        }


def _claim(claim: Claim, names: Names, report: Report | None) -> dict[str, Any]:
    speaker = claim.speaker
    return {
        "claim": claim.id,
        "report": claim.report,
        "about": claim.about,
        "stance": claim.stance,
        "low": claim.low,
        "high": claim.high,
        "number_kind": claim.number_kind,
        "value": names.hide(claim.value) if claim.value else None,
        "value_class": claim.value_class,
        "whom": names.whom(claim) or None,
        "group": claim.group,
        "part_of": claim.part_of,
        "speaker": names.speaker(speaker) if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "via": "; ".join(names.hide(name) for name in claim.via) or None,
        "hedged": claim.hedged,
        "quote": quoted(names.hide(claim.words)),
        "start": claim.start,
        "end": claim.end,
        "outlet": report.outlet if report else None,
        "published": report.published_at(claim.start) if report else None,
    }


def _source(report: Report, names: Names) -> dict[str, Any]:
    return {
        "report": report.id,
        "title": names.hide(report.title) if report.title else None,
        "outlet": report.outlet,
        "published": report.published,
        "published_basis": report.published_basis,
        "language": report.language,
        "text_sha256": report.text_sha256,
        "reader": report.reader,
        "source": words.source(report.source)[0],
    }


def _assertion(row: Assertion, names: Names) -> dict[str, Any]:
    """One row of the matrix. Of who did it: who alleges it of others, claims, denies and concedes it, apart (D1)."""

    def who(word: str) -> list[str | None]:
        return [names.hide(cell.speaker) if cell.speaker else None for cell in row.cells if cell.word == word]

    apart = {"alleged_by": who("alleges"), "claimed_by": who("claims"), "denied_by": who("denies"), "conceded_by": who("concedes")}  # fmt: skip
    return {
        "about": row.about,
        "value": names.hide(row.value) if row.value else None,
        "status": row.status,
        "silent": row.silent,
        **(apart if row.about == "perpetrator" else {}),
        "parties": [
            {
                "stance": cell.stance,
                "word": cell.word,
                "denied": cell.denied,
                "claims": cell.claims,
                "own": cell.own,
            }
            for cell in row.cells
        ],
    }


def _origins(origins: Sequence[Origin], names: Names) -> Iterator[dict[str, Any]]:
    """The graph of origins. Keys hold names in pieces, so that origins are numbered instead."""
    number = {origin.key: f"o{at}" for at, origin in enumerate(origins, start=1)}
    for origin in origins:
        yield {
            "origin": number[origin.key],
            "name": names.hide(origin.name),
            "side": origin.side,
            "named": origin.named,
            "rests_on": number.get(origin.rests_on or ""),
            "claims": origin.claims,
            "reports": origin.reports,
            "ties": [
                {
                    "code": tie.code,
                    "first": names.hide(tie.first),
                    "second": number.get(tie.second, tie.second),
                    "sentence": names.hide(tie.sentence),
                    "report": tie.report,
                    "quote": quoted(names.hide(tie.words)),
                    "start": tie.start,
                    "end": tie.end,
                }
                for tie in origin.ties
            ],
        }


def _backing(found: Sequence[Backing], origins: Sequence[Origin], names: Names) -> Iterator[dict[str, Any]]:
    number = {origin.key: f"o{at}" for at, origin in enumerate(origins, start=1)}
    for one in found:
        yield {
            "about": one.about,
            "value": names.hide(one.value) if one.value else None,
            "independence": one.independence,
            "sentence": names.hide(one.sentence),
            "origins": [number[key] for key in one.origins],
            "reports": one.reports,
        }


def _page(report: Report, pages: Iterable[Page]) -> dict[str, Any] | None:
    """The page of the web that a report is an edition of; ``None`` for reports from elsewhere."""
    for page in pages:
        for number, edition in enumerate(page.editions, start=1):
            if edition.report == report.id:
                return {
                    "address": page.address,
                    "edition": number,
                    "editions": len(page.editions),
                    "first": edition.first,
                    "last": edition.last,
                    "state": page.state,
                    "since": page.spells[-1].first if page.spells else None,
                    "last_seen": page.last_seen,
                }
    return None


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
