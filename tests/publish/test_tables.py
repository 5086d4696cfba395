"""The files for other programs: columns, types, safety in spreadsheets, valid GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import publish_examples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.publish import Profile, tables


def written(write: Callable[..., None], record: publish_examples.World, **options: Any) -> str:
    file = io.StringIO(newline="")
    write(iter(record.dossiers), file, **options)
    return file.getvalue()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_incidents_csv_comes_back_as_it_was(record: publish_examples.World) -> None:
    """One row an incident with the documented columns; figures, dates and counts read back unchanged."""
    text = written(tables.write_csv, record)
    found = rows(text)
    assert list(found[0]) == list(tables.INCIDENT_COLUMNS)
    assert len(found) == len(record.dossiers)
    for row, dossier in zip(found, record.dossiers, strict=True):
        assert row["incident"] == dossier.incident.id
        assert row["killed_best"] == (
            "" if dossier.assessment.killed.best is None else str(dossier.assessment.killed.best)
        )
        assert row["date"] == (dossier.incident.date or "")
        assert row["claims"] == str(len(dossier.claims))
    first = found[0]
    assert (first["killed_low"], first["killed_best"], first["killed_high"]) == ("12", "14", "14")
    assert (first["injured_low"], first["injured_high"]) == ("41", "")
    assert first["perpetrator_alleged"] == "Sorland armed forces"
    assert first["perpetrator_status"] == "contested"
    assert (first["latitude"], first["longitude"], first["precision"]) == ("41.98", "44.11", "town")
    assert first["reports"] == "3"
    assert first["origins"] == "2"


def test_unknown_is_empty_and_none_is_zero(record: publish_examples.World) -> None:
    """Silence is an empty cell; "no one" is 0."""
    killed = {row["killed_best"] for row in rows(written(tables.write_csv, record))}
    assert {"", "0"} <= killed


def test_a_year_that_nobody_states_is_not_invented(record: publish_examples.World) -> None:
    """XXXX stays in the date and leaves first and last day empty."""
    row = next(row for row in rows(written(tables.write_csv, record)) if row["date"].startswith("XXXX"))
    assert row["date"] == "XXXX-10-17"
    assert row["date_first"] == row["date_last"] == ""
    assert row["latitude"] == ""


def test_claims_csv_has_every_claim(record: publish_examples.World) -> None:
    """One row a claim with its incident, speaker, words and what became of it."""
    found = rows(written(tables.write_claims_csv, record))
    assert list(found[0]) == list(tables.CLAIM_COLUMNS)
    assert [row["claim"] for row in found] == [c.id for d in record.dossiers for c in d.claims]
    assert {row["counted"] for row in found} == {"true", "false", ""}
    denial = next(row for row in found if row["via"])
    assert (denial["stance"], denial["speaker"]) == ("denies", "the Foreign Ministry of Sorland")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_cell_is_a_formula(text: str) -> None:
    """No text becomes a cell that starts as a formula, and all of it can still be read."""
    cell = tables.safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert cell.removeprefix("'") == text.replace("\x00", "\ufffd").removeprefix("'")


@pytest.mark.parametrize("number", [-3, 0, 12, -71.25])
def test_numbers_stay_numbers(number: float) -> None:
    """A number is written as it is, minus sign included."""
    assert float(tables.safe_cell(number)) == number


def test_formulas_in_reports_are_neutralised(record: publish_examples.World) -> None:
    """A title or value that begins with = gets a leading apostrophe in both tables."""
    incidents, claims = written(tables.write_csv, record), written(tables.write_claims_csv, record)
    assert any(row["title"].startswith("'=1+1") for row in rows(incidents))
    assert any(row["value"].startswith("'=cmd") for row in rows(claims))
    for text in (incidents, claims):
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not any(cell.startswith(("=", "@", "+")) for cell in row)


def test_jsonl_is_one_object_a_line(record: publish_examples.World) -> None:
    """Each line is one incident with claims, sources and matrix; quotations have at most 25 words."""
    lines = written(tables.write_jsonl, record).splitlines()
    found = [json.loads(line) for line in lines]
    assert [one["incident"] for one in found] == [d.incident.id for d in record.dossiers]
    assert all(len(claim["quote"].split()) <= 26 for one in found for claim in one["claims_told"])
    assert found[0]["killed_best"] == 14
    assert found[0]["injured_high"] is None
    assert {party["stance"] for party in found[0]["responsibility"][0]["parties"]} == {"asserts", "denies"}
    assert all(len(source["text_sha256"]) == 64 for source in found[0]["sources"])


def test_long_quotations_are_cut() -> None:
    """A quotation of more than 25 words ends in an ellipsis; a shorter one stands as it is."""
    assert tables.quoted("one  two") == "one  two"
    assert tables.quoted("w " * 40).split() == ["w"] * 25 + ["…"]


def test_geojson_is_valid(record: publish_examples.World) -> None:
    """A FeatureCollection of RFC 7946: longitude first, null geometry where no place was found, precision given."""
    found = json.loads(written(tables.write_geojson, record))
    assert found["type"] == "FeatureCollection"
    assert set(found) == {"type", "features"}
    assert len(found["features"]) == len(record.dossiers)
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert set(feature) == {"type", "id", "geometry", "properties"}
        if feature["geometry"] is None:
            assert feature["properties"]["precision"] is None
            continue
        assert feature["geometry"]["type"] == "Point"
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert feature["properties"]["precision"]
    assert found["features"][0]["geometry"]["coordinates"] == [44.11, 41.98]


def test_no_incidents_give_valid_files() -> None:
    """Without any incident the tables hold their header and GeoJSON an empty collection."""
    empty = publish_examples.World([], [])
    assert rows(written(tables.write_csv, empty)) == []
    assert json.loads(written(tables.write_geojson, empty))["features"] == []
    assert written(tables.write_jsonl, empty) == ""


def test_coordinates_are_as_coarse_as_the_profile(record: publish_examples.World) -> None:
    """Coordinates keep no more decimal places than the profile allows."""
    found = json.loads(written(tables.write_geojson, record, profile=Profile(decimals=0)))
    assert found["features"][0]["geometry"]["coordinates"] == [44.0, 42.0]


@pytest.mark.parametrize("name", list(tables.FILES))
def test_same_input_gives_the_same_file(name: str, record: publish_examples.World) -> None:
    """Each writer is a function of its input alone."""
    assert written(tables.FILES[name], record) == written(tables.FILES[name], record)


def test_jsonl_ties_reports_to_origins_without_names_in_keys(record: publish_examples.World) -> None:
    """Origins are numbered, since their keys hold names in pieces; what rests on one names its number."""
    for row in map(json.loads, written(tables.write_jsonl, record).splitlines()):
        known = {origin["origin"] for origin in row["origins_told"]}
        assert len(known) == row["origins"]
        for origin in row["origins_told"]:
            assert "key" not in origin
            assert origin["rests_on"] is None or origin["rests_on"] in known
        for field in row["backing"]:
            assert set(field["origins"]) <= known
