"""A ledger's own incidents as rows in the exact form of ACLED (31 columns), UCDP (49) and Airwars, and invented rows.

What a form cannot hold (an incident without a point, of an unknown year, a total of many) is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bearwitness import edtf, vocabulary
from bearwitness.record import Assessment, Incident
from bearwitness.store import Ledger

ACLED = tuple(
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp".split(",")
)
UCDP = tuple(
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob".split(
        ","
    )
)
AIRWARS = (
    "post_id", "post_status", "permalink", "code", "previous_codes", "date_type", "date", "date_end", "country_name",
    "country_slug", "location_name", "region", "strike_status_name", "strike_status_slug", "strike_type_name",
    "strike_type_slug", "civilian_harm_reported", "civilian_harm_status_name", "civilian_harm_status_slug", "latitude",
    "longitude", "geolocation_accuracy_name", "geolocation_accuracy_slug", "civilian_non_combatants_killed_min",
    "civilian_non_combatants_killed_max", "civilian_non_combatants_injured_min", "civilian_non_combatants_injured_max",
    "belligerents_killed_min", "belligerents_killed_max", "num_sources", "summary", "belligerent_1_belligerent_name",
    "belligerent_1_type",
)  # fmt: skip

ACLED_KIND = {
    "attack": ("Violence against civilians", "Attack"),
    "clash": ("Battles", "Armed clash"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
    "unrest": ("Riots", "Mob violence"),
    "arrest_raid": ("Strategic developments", "Arrests"),
}
ACLED_PLACE = {"building": 1, "street": 1, "neighbourhood": 1, "town": 1, "near": 2, "adm2": 2, "adm1": 3, "area": 3, "water": 3}  # fmt: skip
UCDP_PLACE = {"building": 1, "street": 1, "neighbourhood": 1, "town": 1, "near": 2, "adm2": 3, "adm1": 4, "area": 5, "water": 7}  # fmt: skip
AIRWARS_PLACE = {"building": "exact_location_other", "street": "street", "neighbourhood": "neighbourhood_area", "town": "town", "near": "subdistrict", "adm2": "district", "adm1": "province_governorate", "area": "province_governorate"}  # fmt: skip


def country_name(code: str | None) -> str:
    """The English name of a country."""
    return str(vocabulary.load("countries")[code]["name"]) if code else ""


def exportable(ledger: Ledger) -> Iterable[tuple[Incident, Assessment, edtf.Days]]:
    """The incidents that all three forms can hold, with their assessment and days."""
    for incident, assessment in ledger.assessed("origins"):
        days, place = edtf.days(incident.date), incident.place
        if incident.kind not in ACLED_KIND or days is None or not days.year or days.length > 31:
            continue
        if place is None or place.lat is None or place.precision not in AIRWARS_PLACE:
            continue
        yield incident, assessment, days


def accused(assessment: Assessment) -> list[str]:
    """Whom anybody accuses or who claims it."""
    return [row.value or "" for row in assessment.responsibility if row.about == "perpetrator"]


def as_acled(incident: Incident, assessment: Assessment, days: edtf.Days) -> dict[str, Any]:
    """One incident as ACLED's codebook has it, as far as we can say it."""
    middle = date.fromordinal((days.first + days.last) // 2)
    event, sub = ACLED_KIND[incident.kind]
    place = incident.place
    assert place is not None
    return {
        "event_id_cnty": f"X{incident.id[1:9]}",
        "event_date": middle.isoformat(),
        "year": middle.year,
        "time_precision": 1 if days.one_day else 2 if days.length <= 7 else 3,
        "event_type": event,
        "sub_event_type": sub,
        "actor1": "; ".join(accused(assessment))
        or f"Unidentified Armed Group ({country_name(incident.country)})",
        "country": country_name(place.country or incident.country),
        "location": place.name or place.words,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": ACLED_PLACE[place.precision or "town"],
        "fatalities": assessment.killed.best or 0,
        "timestamp": 1700000000,
    }


def as_ucdp(incident: Incident, assessment: Assessment, days: edtf.Days) -> dict[str, Any]:
    """One incident as a row of the GED."""
    place, killed = incident.place, assessment.killed
    assert place is not None
    first, last = (date.fromordinal(day) for day in (days.first, days.last))
    return {
        "id": int(incident.id[1:9], 16),
        "year": first.year,
        "type_of_violence": 3 if incident.kind == "attack" else 1,
        "side_a": "; ".join(accused(assessment)) or "Unknown",
        "side_b": "Civilians",
        "where_prec": UCDP_PLACE[place.precision or "town"],
        "where_coordinates": place.name or place.words,
        "latitude": place.lat,
        "longitude": place.lon,
        "country": country_name(place.country or incident.country),
        "event_clarity": 1,
        "date_prec": 1 if days.one_day else 2,
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
        "best": killed.best or 0,
        "high": killed.high or killed.best or 0,
        "low": killed.low or 0,
    }


def as_airwars(incident: Incident, assessment: Assessment, days: edtf.Days) -> dict[str, Any]:
    """One incident in the columns of Airwars' export."""
    place, killed, injured = incident.place, assessment.killed, assessment.injured
    assert place is not None
    first, last = (date.fromordinal(day) for day in (days.first, days.last))
    return {
        "code": f"X{incident.id[1:9]}",
        "date_type": "single_date" if days.one_day else "date_range",
        "date": first.isoformat(),
        "date_end": "" if days.one_day else last.isoformat(),
        "country_name": country_name(place.country or incident.country),
        "location_name": place.name or place.words,
        "latitude": place.lat,
        "longitude": place.lon,
        "geolocation_accuracy_slug": AIRWARS_PLACE[place.precision or "town"],
        "civilian_harm_status_slug": assessment.grade,
        "civilian_non_combatants_killed_min": killed.low,
        "civilian_non_combatants_killed_max": killed.high,
        "civilian_non_combatants_injured_min": injured.low,
        "civilian_non_combatants_injured_max": injured.high,
        "belligerent_1_belligerent_name": next(iter(accused(assessment)), ""),
    }


FORMS = {"acled": (ACLED, as_acled), "ucdp": (UCDP, as_ucdp), "airwars": (AIRWARS, as_airwars)}


def write(path: Path, columns: Sequence[str], rows: Iterable[dict[str, Any]], *, header: bool = True) -> Path:
    """A CSV file of rows in those columns, in their order; what a row does not say is empty."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        if header:
            writer.writeheader()
        writer.writerows(rows)
    return path


def acled_row(**fields: Any) -> dict[str, Any]:
    """The invented attack of ``reports.py`` on the grain gate of Kenema, as ACLED would code it."""
    return {
        "event_id_cnty": "SIE1001", "event_date": "2025-03-03", "year": 2025, "time_precision": 1,
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Remote explosive/landmine/IED", "actor1": "Forest Column", "inter1": "Rebel group",
        "actor2": "Civilians (Sierra Leone)", "inter2": "Civilians", "interaction": "Rebel group-Civilians",
        "civilian_targeting": "Civilian targeting", "iso": 694, "region": "Western Africa", "country": "Sierra Leone",
        "admin1": "Eastern", "location": "Kenema", "latitude": 7.8758, "longitude": -11.1903, "geo_precision": 1,
        "source": "Eastern Mirror", "source_scale": "National",
        "notes": "On 3 March 2025, a bomb exploded at the grain gate in Kenema. 12 people were killed.",
        "fatalities": 12, "timestamp": 1741100000,
    } | fields  # fmt: skip


def ucdp_row(**fields: Any) -> dict[str, Any]:
    """The same attack as UCDP would code it."""
    return {
        "id": 900001, "relid": "SIE-2025-3-1-1", "year": 2025, "active_year": 1, "code_status": "Clear",
        "type_of_violence": 3, "conflict_name": "Forest Column - Civilians", "dyad_name": "Forest Column - Civilians",
        "side_a": "Forest Column", "side_b": "Civilians", "number_of_sources": 1,
        "source_article": '"Eastern Mirror,2025-03-04,Blast at Kenema grain gate kills 12"',
        "source_office": "Eastern Mirror", "source_date": "2025-03-04",
        "source_headline": "Blast at Kenema grain gate kills 12", "source_original": "hospital", "where_prec": 1,
        "where_coordinates": "Kenema town", "where_description": "the grain gate of Kenema", "adm_1": "Eastern",
        "latitude": 7.8758, "longitude": -11.1903, "geom_wkt": "POINT (-11.1903 7.8758)", "country": "Sierra Leone",
        "country_id": 451, "region": "Africa", "event_clarity": 1, "date_prec": 1,
        "date_start": "2025-03-03 00:00:00.000", "date_end": "2025-03-03 00:00:00.000", "deaths_a": 0, "deaths_b": 0,
        "deaths_civilians": 12, "deaths_unknown": 0, "best": 12, "high": 14, "low": 12,
    } | fields  # fmt: skip


def airwars_row(**fields: Any) -> dict[str, Any]:
    """The same attack in Airwars' columns."""
    return {
        "post_id": 1, "code": "SL001", "date_type": "single_date", "date": "2025-03-03", "country_name": "Sierra Leone",
        "location_name": "grain gate, Kenema", "strike_status_slug": "likely_strike", "strike_type_name": "Explosion",
        "civilian_harm_status_slug": "fair", "latitude": 7.8758, "longitude": -11.1903,
        "geolocation_accuracy_slug": "town", "civilian_non_combatants_killed_min": 12,
        "civilian_non_combatants_killed_max": 14, "civilian_non_combatants_injured_min": 28,
        "civilian_non_combatants_injured_max": 30, "belligerent_1_belligerent_name": "Forest Column",
    } | fields  # fmt: skip
