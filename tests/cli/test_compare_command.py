"""``bearwitness compare`` from the outside: files in the published columns, all forms of output, mistakes, and what it leaves alone."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "comparing"))
from published_rows import ACLED, AIRWARS, UCDP, acled_row, airwars_row, ucdp_row, write

ROWS = {"acled": (ACLED, acled_row), "ucdp": (UCDP, ucdp_row), "airwars": (AIRWARS, airwars_row)}


Run = Callable[..., Any]


@pytest.fixture
def ledger(run: Run, files: Path, tmp_path: Path) -> Path:
    """A ledger of the attacks on the grain gate and on the mill."""
    folder = tmp_path / "cases"
    assert run("init", "--ledger", folder).code == 0
    assert run("add", files, "--outlet", "Eastern Mirror", "--ledger", folder).code == 0
    assert run("update", "--ledger", folder).code == 0
    return folder


def digest(folder: Path) -> dict[str, str]:
    """What every file of a folder holds."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_rows_are_matched_by_whatever_method_the_figures_are(run: Run, ledger: Path, tmp_path: Path) -> None:
    """ACLED's numbers are the lowest: compared with ours by that method, the same rows are matched."""
    path = write(tmp_path / "theirs.csv", ACLED, [acled_row()])
    for method in ("origins", "lowest"):
        found = run("compare", path, "--method", method, "--ledger", ledger, "--json").json
        assert [row["status"] for row in found["rows"]] == ["matched"], method


@pytest.mark.parametrize("form", sorted(ROWS))
def test_row_is_matched_and_the_lacking_listed(form: str, run: Run, ledger: Path, tmp_path: Path) -> None:
    """The gate's row is matched with the gate's incident, with its evidence and fields; the mill is ours alone, and a row
    of another year is beyond what the ledger covers. The ledger is not touched."""
    columns, made = ROWS[form]
    day = {"acled": "event_date", "ucdp": "date_start", "airwars": "date"}[form]
    other = made(**{day: "2019-01-01"}) | ({"date_end": ""} if form == "ucdp" else {})
    path = write(tmp_path / "theirs.csv", columns, [made(), other])
    before = digest(ledger)
    found = run("compare", path, "--ledger", ledger, "--json").json
    assert digest(ledger) == before
    first, second = found["rows"]
    assert (first["status"], second["status"]) == ("matched", "outside")
    assert first["confidence"] > 0.7
    gate = next(
        one for one in run("incidents", "--ledger", ledger, "--json").json if one["place"] == "Kenema"
    )
    assert first["incident"] == gate["id"]
    assert {"same_day", "same_point"} <= {one["code"] for one in first["evidence"]}
    assert all(one["sentence"] for one in first["evidence"])
    fields = {one["field"]: one for one in first["fields"]}
    assert fields["date"]["status"] == fields["country"]["status"] == "agree"
    assert fields["actor"]["status"] == "agree"
    if form == "acled":
        assert (fields["killed_best"]["ours"], fields["killed_best"]["theirs"]) == (12, 12)
        assert fields["killed_best"]["status"] == "agree"
    (mill,) = found["incidents"]
    assert (mill["status"], mill["place"]) == ("only_ours", "Mzuzu")
    summary = found["summary"]
    assert summary["form"] == form
    assert summary["rows"]["matched"] == summary["incidents"]["matched"] == 1
    assert summary["share_of_rows_matched"] == 1.0
    assert summary["tolls"]["matched_ours"]["best"] == 12


def test_differences_are_named_by_field_and_size(run: Run, ledger: Path, tmp_path: Path) -> None:
    """A row a day later, ten kilometres away, with another toll and actor, differs in these, by how much."""
    row = acled_row(
        event_date="2025-03-04", latitude=7.9658, fatalities=31, actor1="Military Forces of Guinea (2021-)",
        civilian_targeting="", event_type="Battles", source="Radio Nkhata",
    )  # fmt: skip
    path = write(tmp_path / "theirs.csv", ACLED, [row])
    (one,) = run("compare", path, "--ledger", ledger, "--json").json["rows"]
    assert one["incident"]
    fields = {field["field"]: field for field in one["fields"]}
    assert (fields["date"]["status"], fields["date"]["by"]) == ("differ", 1.0)
    assert fields["coordinates"]["status"] == "near"
    assert 9 < fields["coordinates"]["by"] < 11
    assert (fields["killed_best"]["status"], fields["killed_best"]["by"]) == ("differ", 19.0)
    assert fields["actor"]["status"] == "differ"
    assert fields["source"]["status"] == "differ"


def test_jsonl_has_a_line_for_each_and_the_summary_last(run: Run, ledger: Path, tmp_path: Path) -> None:
    """JSON Lines: rows in the file's order, then incidents, then the summary; the same as JSON holds."""
    path = write(tmp_path / "theirs.csv", UCDP, [ucdp_row(), ucdp_row(id=2, date_start="x", date_end="")])
    lines = [
        json.loads(line) for line in run("compare", path, "--ledger", ledger, "--jsonl").out.splitlines()
    ]
    assert [line["what"] for line in lines] == ["row", "row", "incident", "summary"]
    whole = run("compare", path, "--ledger", ledger, "--json").json
    assert [*whole["rows"], *whole["incidents"], whole["summary"]] == lines
    assert lines[1]["status"] == "unread"
    assert lines[1]["problems"] == ["row 2, column date_start: “x” is no day; write it as 2025-03-16"]


def test_csv_is_for_spreadsheets_and_holds_no_formula(run: Run, ledger: Path, tmp_path: Path) -> None:
    """A line for each row and incident, fields side by side; what a spreadsheet would run is made harmless; -o replaces
    the file whole."""
    row = acled_row(event_id_cnty='=HYPERLINK("x")', actor1="@SUM(A1)", location="+Kenema", source="-1+1")
    path = write(tmp_path / "theirs.csv", ACLED, [row])
    out = tmp_path / "compared.csv"
    assert run("compare", path, "--ledger", ledger, "--csv", "-o", out).code == 0
    text = out.read_text(encoding="utf-8")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(line["what"], line["status"]) for line in lines] == [
        ("row", "matched"),
        ("incident", "only_ours"),
    ]
    assert not [cell for line in lines for cell in line.values() if cell.startswith(("=", "@", "+", "-1+"))]
    assert lines[0]["their_id"] == '\'=HYPERLINK("x")'
    assert (lines[0]["killed_best_ours"], lines[0]["killed_best_theirs"]) == ("12", "12")
    assert lines[1]["killed_best_ours"] == "3"
    assert run("compare", path, "--ledger", ledger, "--csv").out.splitlines() == text.splitlines()


def test_text_says_why_and_what_is_wrong(run: Run, ledger: Path, tmp_path: Path) -> None:
    """For people: the match with its reasons, differences, what is only on one side, problems, and the sums with what
    they are; control characters of the file do not reach the terminal."""
    bad = acled_row(event_id_cnty="SIE2", fatalities="lots\x1b[2J", event_date="2025-05-30", location="Mzuzu")
    path = write(tmp_path / "theirs.csv", ACLED, [acled_row(), bad])
    out = run("compare", path, "--ledger", ledger).out
    assert "row 1 SIE1001 = i" in out
    assert "Both give the same day." in out
    assert "Only in the ledger (1)" in out
    assert "row 2, column fatalities: “lots" in " ".join(out.split())
    assert "\x1b[2J" not in out
    assert "outer bounds" in out


@pytest.mark.parametrize("kind", ["jsonl", "json", "api", "parquet", "semicolons", "headerless", "tagged"])
def test_every_kind_of_table_gives_the_same(kind: str, run: Run, ledger: Path, tmp_path: Path) -> None:
    """JSON Lines, JSON documents and answers of a database, Parquet, other separators, UCDP files without names and files
    with a line of HXL tags are read alike."""
    row = {name: ucdp_row().get(name) for name in UCDP}
    path = tmp_path / "theirs"
    if kind == "parquet":
        import pyarrow
        from pyarrow import parquet

        parquet.write_table(pyarrow.Table.from_pylist([row]), path)
    elif kind == "semicolons":
        text = write(tmp_path / "commas.csv", UCDP, [row]).read_text(encoding="utf-8")
        held = csv.reader(io.StringIO(text))
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file, delimiter=";").writerows(held)
    elif kind == "headerless":
        write(path, UCDP, [row], header=False)
    elif kind == "tagged":
        tags = {"date_start": "#date+start", "best": "#affected+killed", "country": "#country+name"}
        write(path, UCDP, [tags, row])
    else:
        one = json.dumps(row)
        many = {
            "jsonl": f"{one}\n{one}\n",
            "json": f"[{one},\n{one}]",
            "api": json.dumps({"TotalCount": 1, "Result": [row]}),
        }
        path.write_text(many[kind], encoding="utf-8")
    found = run("compare", path, "--ledger", ledger, "--json").json
    assert found["summary"]["form"] == "ucdp"
    first = found["rows"][0]
    assert (first["id"], first["killed"]) == ("900001", [12, 12, 14])
    assert first["incident"]
    if kind not in ("jsonl", "json"):  # where two rows are of one event
        assert first["status"] == "matched"


def test_scope_leaves_out_other_days_and_countries(run: Run, ledger: Path, tmp_path: Path) -> None:
    """--from, --to and --country bound both sides."""
    path = write(tmp_path / "theirs.csv", ACLED, [acled_row()])

    def incidents(*options: str) -> tuple[str, dict[str, int]]:
        found = run("compare", path, "--ledger", ledger, "--json", *options).json
        return found["rows"][0]["status"], found["summary"]["incidents"]

    assert incidents("--country", "sl") == ("matched", {"matched": 1, "also": 0, "possible": 0, "only_ours": 0, "not_comparable": 0})  # fmt: skip
    assert incidents("--country", "MW")[0] == "outside"
    assert incidents("--from", "2025-04")[0] == "outside"
    assert incidents("--to", "2025-03-03")[1]["only_ours"] == 0


def test_mistakes_are_one_line_and_exit_code_2(run: Run, ledger: Path, tmp_path: Path) -> None:
    """A file that is none of theirs, an Excel workbook, damaged JSON, a day that is none: what is wrong and what to do."""
    cases: dict[str, tuple[bytes, str]] = {
        "other.csv": (b"when,where,dead\n2025-03-03,Kenema,12\n", "--as acled, ucdp or airwars"),
        "book.xlsx": (b"PK\x03\x04rest", "save it as CSV"),
        "packed.gz": (b"\x1f\x8brest", "unpack it first"),
        "empty.csv": (b" \n", "is empty"),
        "cut.json": (b'[{"event_date": "2025', "is no sound JSON"),
        "cut.parquet": (b"PAR1junkPAR1", "no sound Parquet"),
    }
    for name, (data, words) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        ran = run("compare", path, "--ledger", ledger)
        assert (ran.code, len(ran.err.splitlines())) == (2, 1), name
        assert words in ran.err, name
    good = write(tmp_path / "theirs.csv", ACLED, [acled_row()])
    for options, words in (
        (("--from", "soon"), "no day, month or year"),
        (("--country", "Malawi"), "two letters"),
        (("--json", "--csv"), "choose one"),
        (("-o", tmp_path / "x"), "add --csv"),
        (("--method", "guess"), "no method"),
    ):
        ran = run("compare", good, "--ledger", ledger, *options)
        assert ran.code == 2, options
        assert words in ran.err, options


def test_bad_rows_are_kept_problems(run: Run, ledger: Path, tmp_path: Path) -> None:
    """Rows with too many cells or an open quotation mark are named by number and do not stop the rest."""
    path = write(tmp_path / "theirs.csv", ACLED, [acled_row()])
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "a," * 40 + "b\r\n" + text.splitlines()[1] + '\r\n"open', encoding="utf-8")
    found = run("compare", path, "--ledger", ledger, "--json").json
    assert [one["status"] for one in found["rows"]].count("unread") == 2
    assert found["rows"][1]["problems"] == ["row 2: it has 41 cells, and there are 31 columns"]
    assert "row 4: it opens a quotation mark" in found["rows"][3]["problems"][0]
    assert found["rows"][0]["incident"]


def test_ledger_whose_incidents_were_never_derived_is_refused(run: Run, tmp_path: Path) -> None:
    """Without incidents there would be nothing to compare with: say what to run."""
    run("init", "--ledger", tmp_path / "new")
    path = write(tmp_path / "theirs.csv", ACLED, [acled_row()])
    ran = run("compare", path, "--ledger", tmp_path / "new")
    assert ran.code == 3
    assert "bearwitness update" in ran.err


@pytest.mark.long
def test_a_large_file_is_streamed(run: Run, ledger: Path, tmp_path: Path) -> None:
    """Three thousand rows of another year and one of ours: memory does not hold them, and each has its line."""
    import tracemalloc

    def rows() -> Any:
        for number in range(3_000):
            yield ucdp_row(id=number, date_start=f"20{10 + number % 9}-01-{1 + number % 28:02}", date_end="")
        yield ucdp_row(id=777_777)

    path = write(tmp_path / "theirs.csv", UCDP, rows())
    out = tmp_path / "compared.jsonl"
    # What the command keeps of itself is not of the rows. They alone would be more than ten times what is allowed.
    few = write(tmp_path / "few.csv", UCDP, [ucdp_row()])
    assert run("compare", few, "--ledger", ledger, "--jsonl", "-o", out).code == 0
    tracemalloc.start()
    try:
        assert run("compare", path, "--ledger", ledger, "--jsonl", "-o", out).code == 0
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 1.2e6
    assert peak < 1e6, f"{peak:,} bytes"
    with out.open(encoding="utf-8") as file:
        lines = sum(1 for _ in file)
    assert lines == 3_001 + 1 + 1
