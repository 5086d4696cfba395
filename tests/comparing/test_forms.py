"""Reading others' rows: which form a file has, what each column becomes, and what is said of cells that make no sense."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from published_rows import ACLED, AIRWARS, UCDP, acled_row, airwars_row, ucdp_row

from bearwitness.comparing import forms
from bearwitness.comparing.cells import country, day_of, telling
from bearwitness.comparing.evidence import party_of
from bearwitness.comparing.row import Figures, Row
from bearwitness.edtf import Days
from bearwitness.errors import InputError


def read(form: forms.Form, cells: dict[str, Any]) -> Row:
    """A row that can be read, with nothing wrong."""
    found = forms.read(form, 1, cells)
    assert found.row is not None
    assert not found.wrong
    return found.row


def days(first: str, last: str | None = None) -> Days:
    """Days from ISO dates."""
    return Days(date.fromisoformat(first).toordinal(), date.fromisoformat(last or first).toordinal())


@pytest.mark.parametrize(("columns", "form"), [(ACLED, "acled"), (UCDP, "ucdp"), (AIRWARS, "airwars")])
def test_columns_tell_the_form(columns: tuple[str, ...], form: str) -> None:
    """The published columns tell whose file it is, in any case and with a byte-order mark."""
    assert forms.recognised(columns) == form
    shouted = [name.upper() for name in columns]
    assert forms.recognised(["\ufeff" + shouted[0], *shouted[1:]]) == form


def test_other_columns_are_refused_by_name() -> None:
    """A file of no known form is refused with its columns; one that lacks what is needed, with what that is."""
    with pytest.raises(InputError, match=r"neither .* The columns are: when, where, dead"):
        forms.recognised(["when", "where", "dead"])
    without = [name for name in UCDP if name != "date_start"]
    with pytest.raises(InputError, match="UCDP needs the column date_start"):
        forms.recognised(without)
    with pytest.raises(InputError, match="ACLED needs the columns event_date, fatalities"):
        forms.recognised(UCDP, "acled")


def test_ucdp_without_a_header_is_known_by_its_49_cells() -> None:
    """A Candidate file without names begins with a row of 49 cells, the first a number."""
    row = [str(ucdp_row().get(name, "")) for name in UCDP]
    assert forms.headerless(row) == UCDP
    assert forms.headerless(UCDP) is None
    assert forms.headerless(row[:-1]) is None


def test_acled_row_in_our_terms() -> None:
    """A row of the 31 columns: day, place with its precision, kinds, means, actors, figure and sources."""
    row = read("acled", acled_row(source="Eastern Mirror; Radio Nkhata"))
    assert (row.id, row.days, row.country) == ("SIE1001", days("2025-03-03"), "SL")
    assert row.point is not None
    assert (row.point.lat, row.point.lon, row.level) == (7.8758, -11.1903, "town")
    assert row.kinds[0] == "attack"
    assert row.means == {"explosion"}
    assert row.actors == ("Forest Column", "Civilians (Sierra Leone)")
    assert row.killed == Figures(12, 12, 12)
    assert row.civilians.best == 12
    assert row.sources == ("Eastern Mirror", "Radio Nkhata")
    assert {"grain", "gate"} <= row.words
    assert "killed" not in row.words


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [(1, "2025-03-16", None), (2, "2025-03-13", "2025-03-19"), (3, "2025-03-01", "2025-03-31")],
)
def test_acled_time_precision_opens_days_around_the_middle(
    precision: int, first: str, last: str | None
) -> None:
    """1 is the day, 2 the week and 3 the month that the day given is the middle of."""
    assert read("acled", acled_row(event_date="2025-03-16", time_precision=precision)).days == days(
        first, last
    )


def test_ucdp_row_in_our_terms() -> None:
    """A row of the 49 columns: its days, precision, three figures, civilians and offices."""
    row = read("ucdp", ucdp_row(date_end="2025-03-05 00:00:00.000", where_prec=4))
    assert row.days == days("2025-03-03", "2025-03-05")
    assert row.date == "2025-03-03/2025-03-05"
    assert (row.level, row.country) == ("adm1", "SL")
    assert row.killed == Figures(12, 12, 14)
    assert row.civilians.best == 12
    assert row.sources == ("Eastern Mirror",)
    assert read("ucdp", ucdp_row(source_office="")).sources == ("Eastern Mirror",)
    assert read("ucdp", ucdp_row(where_prec=6)).point is None


def test_airwars_row_in_our_terms() -> None:
    """Airwars' ranges: civilians and fighters killed are one range together, civilians are kept apart."""
    row = read("airwars", airwars_row(belligerents_killed_min=1, belligerents_killed_max=2))
    assert row.killed == Figures(13, None, 16)
    assert row.civilians == Figures(12, None, 14)
    assert row.injured == Figures(28, None, 30)
    assert row.actors == ("Forest Column",)


@pytest.mark.parametrize(
    ("form", "cells", "column"),
    [
        ("acled", acled_row(event_date="03/16/2025"), "event_date"),
        ("acled", acled_row(event_date="2025-02-30"), "event_date"),
        ("acled", acled_row(event_date=""), "event_date"),
        ("ucdp", ucdp_row(date_start=None), "date_start"),
        ("airwars", airwars_row(date="soon"), "date"),
    ],
)
def test_row_without_a_day_cannot_be_compared(form: forms.Form, cells: dict[str, Any], column: str) -> None:
    """Without a day that can be read there is no row, and the column is named."""
    found = forms.read(form, 7, cells)
    assert found.row is None
    assert [(wrong.column, wrong.fatal) for wrong in found.wrong] == [(column, True)]


@pytest.mark.parametrize(
    ("form", "cells", "column"),
    [
        ("acled", acled_row(fatalities="many"), "fatalities"),
        ("acled", acled_row(fatalities=-1), "fatalities"),
        ("acled", acled_row(fatalities=2.5), "fatalities"),
        ("acled", acled_row(latitude=97), "latitude"),
        ("acled", acled_row(longitude="east"), "longitude"),
        ("acled", acled_row(geo_precision=9), "geo_precision"),
        ("ucdp", ucdp_row(low=13), "best"),
        ("ucdp", ucdp_row(date_end="2025-01-01"), "date_end"),
        ("airwars", airwars_row(civilian_non_combatants_killed_min=20), "civilian_non_combatants_killed_min"),
    ],
)
def test_cells_that_make_no_sense_are_named_and_the_row_is_kept(
    form: forms.Form, cells: dict[str, Any], column: str
) -> None:
    """Any other cell that makes no sense is a problem of its column; the rest of the row is compared."""
    found = forms.read(form, 7, cells)
    assert found.row is not None
    assert [(wrong.column, wrong.fatal) for wrong in found.wrong] == [(column, False)]


def test_silence_is_not_zero() -> None:
    """An empty figure is none; 0 is 0, and may be silence in ACLED's files alone."""
    assert not read("ucdp", ucdp_row(low="", best="", high="")).killed.known
    assert read("ucdp", ucdp_row(low=0, best=0, high=0)).killed == Figures(0, 0, 0)
    assert not read("ucdp", ucdp_row()).silent_zero
    assert read("acled", acled_row(fatalities=0)).silent_zero


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-16", date(2025, 3, 16)),
        ("2025-03-16 00:00:00.000", date(2025, 3, 16)),
        ("2025-03-16T00:00:00", date(2025, 3, 16)),
        ("16 March 2025", date(2025, 3, 16)),
        ("16-Mar-2025", date(2025, 3, 16)),
        ("March 16, 2025", date(2025, 3, 16)),
        ("03/04/2025", None),  # March or April
        ("31 April 2025", None),
        ("Someday 16, 2025", None),
    ],
)
def test_days_as_the_files_write_them(text: str, day: date | None) -> None:
    """Days that can mean one thing only are read; a day is never shifted by a time of day."""
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("name", "code"),
    [("DR Congo (Zaire)", "CD"), ("Yemen (North Yemen)", "YE"), ("Palestine", "PS"), ("Ivory Coast", "CI"), ("Verania", None)],
)  # fmt: skip
def test_countries_by_the_files_names(name: str, code: str | None) -> None:
    """Names with former names in brackets are known; a country that does not exist is none."""
    assert country(name) == code


def test_actors_names_are_parties() -> None:
    """Years and countries in brackets do not make another party, and civilians and protesters are nobody."""
    assert party_of("Military Forces of Sudan (2019-)").country == "SD"
    for nobody in (
        "Civilians (Sudan)",
        "Protesters (Nigeria)",
        "Unidentified Armed Group (Mali)",
        "Rioters (Chad)",
    ):
        assert party_of(nobody).generic, nobody
    assert party_of("IS").group == party_of("Islamic State (Iraq)").group == "Islamic State"


def test_telling_words_leave_out_what_all_events_share() -> None:
    """Common words of violence, places of any town, numbers and short words tell nothing."""
    assert telling("12 people were killed near the Al-Quraysha mill") == {"al-quraysha", "quraysha", "mill"}


def test_tags_of_the_humanitarian_data_exchange_are_no_row() -> None:
    """The line of HXL tags below the names is no event."""
    assert forms.is_tags({"event_date": "#date+occurred", "fatalities": "#affected+killed", "notes": ""})
    assert not forms.is_tags(acled_row(notes="#1 of two"))
