"""Every command, as an operator and as a program would use it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bearwitness.cli.looking import three
from bearwitness.cli.say import as_json, number, plain

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""


def test_extract_jsonl(run: Run, files: Path) -> None:
    """One JSON object a line, one line a document, in the order given; nothing else on standard output."""
    ran = run("extract", files / "mill.txt", files / "gate.txt", "--jsonl")
    assert ran.code == 0
    documents = [json.loads(line) for line in ran.out.splitlines()]
    assert [Path(document["doc"]).name for document in documents] == ["mill.txt", "gate.txt"]
    killed = next(claim for claim in documents[1]["claims"] if claim["about"] == "killed")
    assert (killed["low"], killed["high"], killed["event"]) == (12, 12, "e1")
    assert ran.err == ""


def test_extract_for_people(run: Run, files: Path) -> None:
    """A table a document: event, claims with speaker and words, problems."""
    ran = run("extract", files / "gate.txt")
    assert ran.code == 0
    assert "Kenema Government Hospital" in ran.out
    assert "“killed 12 people" in ran.out
    assert "denies" in ran.out


def test_extract_reads_standard_input(run: Run) -> None:
    """``-`` is standard input, and --published gives the year the text does not."""
    text = b"A bomb killed two people in Mzuzu, Malawi, on May 11, police said."
    bare = run("extract", "-", "--jsonl", stdin=text).json
    dated = run(
        "extract", "-", "--jsonl", "--published", "2025-05-12", "--outlet", "Nkhata Voice", stdin=text
    ).json
    assert bare["doc"] == "-"
    assert bare["events"][0]["date"] == "XXXX-05-11"
    assert (dated["events"][0]["date"], dated["published"]) == ("2025-05-11", "2025-05-12")
    assert dated["outlet"] == "Nkhata Voice"


def test_init_add_update(run: Run, files: Path, tmp_path: Path) -> None:
    """A ledger is made, filled, and read later if asked; each step says what it did."""
    folder = tmp_path / "new"
    assert run("init", folder, "--json").json == {"ledger": str(folder)}
    added = run("add", files, "--no-update", "--ledger", folder, "--json").json
    assert (added["added"]["new"], added["updated"]) == (3, None)
    updated = run("--ledger", folder, "update", "--json").json
    assert (updated["readings"], updated["incidents"], updated["derived"]) == (3, 2, True)
    again = run("add", files, "--ledger", folder)
    assert "0 files added, 3 already there." in again.out
    assert "0 reports read. 2 incidents in the ledger." in again.out


def test_add_reads_standard_input(run: Run, ledger: Path) -> None:
    """A report can be piped in."""
    ran = run(
        "add",
        "-",
        "--published",
        "2025-05-13",
        stdin=b"A bomb killed two people in Mbeya, Tanzania, police said.",
    )
    assert ran.code == 0
    assert "1 file added" in ran.out


@pytest.mark.usefixtures("ledger")
def test_incidents(run: Run) -> None:
    """The table has the tolls, and a program gets the figures; what nobody reports is not 0."""
    ran = run("incidents")
    assert ran.code == 0
    assert "12-12-14" in ran.out
    assert "not reported" in ran.out
    rows = run("incidents", "--json").json
    assert [(row["place"], row["killed_high"], row["injured_best"]) for row in rows] == [
        ("Mzuzu", None if rows[0]["killed_high"] is None else rows[0]["killed_high"], None),
        ("Kenema", 14, 28),
    ]
    assert [row["reports"] for row in rows] == [1, 2]
    assert run("incidents", "--limit", "1", "--json").json == rows[:1]


@pytest.mark.usefixtures("ledger")
def test_show_weighs_by_any_method(run: Run) -> None:
    """One method by name, all side by side, and what moves without a source; a record that is no incident has none."""
    kenema = next(row for row in run("incidents", "--json").json if row["place"] == "Kenema")["id"]
    assert "Killed: low 12, best 12, high 12" in run("show", kenema, "--method", "lowest").out
    beside = run("show", kenema, "--methods").out
    for words in (
        "origins",
        "12 / 12 / 14",
        "majority",
        "12 to 14",
        "killed: methods differ: 12 / 12 / 14; 12; 12 to 14",
    ):
        assert words in beside, words
    moved = run("show", kenema, "--without").out
    assert "Over time" in moved
    assert "origin: Kenema Government Hospital" in moved
    every = run("show", kenema, "--methods", "--json").json
    assert sorted([every["assessment"]["method"], *(one["method"] for one in every["others"])]) == [
        "graded",
        "ibc",
        "lowest",
        "majority",
        "origins",
        "range",
    ]
    assert run("show", kenema, "--json").json["others"] == []
    wrong = run("show", kenema, "--method", "loudest")
    assert wrong.code == 2
    assert "majority" in wrong.err
    assert "is none" in run("show", every["claims"][0]["id"], "--methods").err


@pytest.mark.usefixtures("ledger")
def test_show_as_of_a_day(run: Run) -> None:
    """As of today all is there; before anything was published there is nothing; a word that is no day is a mistake."""
    kenema = next(row for row in run("incidents", "--json").json if row["place"] == "Kenema")["id"]
    shown = run("show", kenema, "--as-of", "9999-12-31").out
    assert "Killed: low 12, best 12, high 14" in shown
    assert "as of 9999-12-31: from 2 reports published by then" in shown
    assert "Nothing was published" in run("show", kenema, "--as-of", "1999-12-31").err
    assert "no date with a year" in run("show", kenema, "--as-of", "yesterday").err


@pytest.mark.usefixtures("ledger")
def test_show_sources_ties_reports_to_origins(run: Run) -> None:
    """An incident's sources are its origins with the reports that go back to them; nothing else has sources."""
    kenema = next(row for row in run("incidents", "--json").json if row["place"] == "Kenema")
    shown = run("show", kenema["id"], "--sources")
    assert shown.code == 0
    for words in ("named origin", "What each field rests on", "Kenema Government Hospital", "[quotes]"):
        assert words in shown.out, words
    found = run("show", kenema["id"], "--sources", "--json").json
    assert found["incident"] == kenema["id"]
    assert all(origin["ties"] for origin in found["origins"])
    report = run("show", kenema["id"], "--json").json["reports"][0]["id"]
    refused = run("show", report, "--sources")
    assert refused.code == 2
    assert "--sources are for an incident" in refused.err


@pytest.mark.usefixtures("ledger")
def test_show_everything_by_prefix(run: Run) -> None:
    """An incident shows its toll ledger, matrix, joins and history; every other id shows its record."""
    kenema = next(row for row in run("incidents", "--json").json if row["place"] == "Kenema")
    shown = run("show", kenema["id"][:10])
    assert shown.code == 0
    for words in (
        "Killed: low 12, best 12, high 14", "counted", "Who asserts and who denies", "denies: Forest Column",
        "Held to be one event", "Reports", "History", "“killed 14 people",
    ):  # fmt: skip
        assert words in shown.out, words
    dossier = run("show", kenema["id"], "--json").json
    assert dossier["incident"]["id"] == kenema["id"]
    records = [dossier[name][0]["id"] for name in ("mentions", "claims", "reports")]
    records.append(dossier["reports"][0]["capture"])
    for name, kind in zip(records, ("mention", "claim", "report", "capture"), strict=True):
        seen = run("show", name, "--json").json
        assert (seen["kind"], seen["record"]["id"]) == (kind, name)
        assert run("show", name[:14]).out.startswith(f"{kind} {name}")


@pytest.mark.usefixtures("ledger")
def test_judge_and_take_back(run: Run) -> None:
    """same joins two incidents, unsure gives them back to the rules; the answer says before and after."""
    before = run("incidents", "--json").json
    pair = [row["id"] for row in before]
    who = ("--by", "A. Reviewer", "--why", "seen in both")
    judged = run("judge", "same", *pair, *who, "--json").json
    assert (len(judged["before"]), len(judged["after"])) == (2, 1)
    (joined,) = run("incidents", "--json").json
    (gone,) = (name for name in pair if name != joined["id"])
    assert f"{gone} is now part of {joined['id']}" in " ".join(run("show", gone).out.split())
    assert "is now part of" not in run("show", joined["id"]).out
    ran = run("judge", "unsure", *judged["judgement"]["subject"], *who)
    assert ran.code == 0
    assert "Before: " in ran.out
    assert run("incidents", "--json").json == before


@pytest.mark.usefixtures("ledger")
def test_judge_grade_and_the_queue(run: Run) -> None:
    """What nobody graded waits in review --grades; a grade is shown with the rules' beside it, and can be taken back."""
    waiting = run("review", "--grades", "--json").json
    incident = waiting[0]["incident"]
    assert run("review", "--grades").code == 0
    ran = run("judge", "grade", incident, "discounted", "--by", "A. Reviewer", "--why", "they were fighters")
    assert ran.code == 0
    shown = run("show", incident).out
    assert "grade: discounted. A. Reviewer graded it discounted: they were fighters" in " ".join(
        shown.split()
    )
    assert f"the rules suggest {waiting[0]['suggested']}" in shown
    assert incident not in [one["incident"] for one in run("review", "--grades", "--json").json]
    run("judge", "grade", incident, "rules", "--by", "A. Reviewer", "--why", "not sure after all")
    assert incident in [one["incident"] for one in run("review", "--grades", "--json").json]
    assert run("judge", "grade", incident, "certain", "--by", "A", "--why", "b").code == 2


@pytest.mark.usefixtures("ledger")
def test_judge_claims(run: Run) -> None:
    """reject, accept and correct change what a toll rests on."""
    kenema = next(row for row in run("incidents", "--json").json if row["place"] == "Kenema")
    claims = run("show", kenema["id"], "--json").json["claims"]
    claim = next(claim["id"] for claim in claims if claim["low"] == 14)
    who = ("--by", "A. Reviewer", "--why", "the report was withdrawn")

    def high() -> int:
        rows = run("incidents", "--json").json
        return next(row["killed_high"] for row in rows if row["place"] == "Kenema")

    assert run("judge", "reject", claim, *who).code == 0
    assert high() == 12
    assert run("judge", "correct", claim, "low=15", "high=15", *who).code == 0
    assert high() == 15
    assert run("judge", "accept", claim, *who).code == 0
    assert high() == 14


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("form", ["csv", "claims", "jsonl", "geojson"])
def test_export(run: Run, tmp_path: Path, form: str) -> None:
    """Each form goes to standard output, or whole to a file; both have the same bytes."""
    printed = run("export", form)
    assert printed.code == 0
    assert printed.err == ""
    out = tmp_path / f"out.{form}"
    assert run("export", form, "--out", out).code == 0
    assert out.read_bytes().decode() == printed.out
    if form == "geojson":
        assert len(json.loads(printed.out)["features"]) == 2
    elif form == "jsonl":
        assert len(printed.out.splitlines()) == 2
    else:
        assert len(list(csv.reader(io.StringIO(printed.out)))) >= 3
    assert [path.name for path in tmp_path.iterdir() if "making" in path.name] == []


@pytest.mark.usefixtures("ledger")
def test_publish(run: Run, tmp_path: Path) -> None:
    """A site is published and can be published again; the answer says how to open it."""
    site = tmp_path / "site"
    ran = run("publish", site, "--name", "Kept for the test")
    assert ran.code == 0
    assert (site / "index.html").absolute().as_uri() in ran.out.replace("\n", "")
    assert "Kept for the test" in (site / "index.html").read_text(encoding="utf-8")
    assert run("publish", site, "--json").json["incidents"] == 2


@pytest.mark.usefixtures("ledger")
def test_verify_and_rebuild(run: Run) -> None:
    """A whole ledger verifies, and rebuilding it changes nothing."""
    assert run("verify", "--json").json["sound"] is True
    assert "Everything adds up." in run("verify").out
    assert run("rebuild", "--json").json == {"incidents": 2, "unchanged": True}
    assert run("verify").code == 0


def test_stages(run: Run) -> None:
    """The stages come in order, for people and for programs."""
    names = [stage["name"] for stage in run("stages", "--json").json]
    assert names == ["collect", "read", "extract", "review", "link", "assess", "publish"]
    assert run("stages").out.index("collect") < run("stages").out.index("publish")


@pytest.mark.parametrize(
    "command",
    [
        "extract",
        "init",
        "add",
        "update",
        "incidents",
        "show",
        "judge",
        "export",
        "publish",
        "verify",
        "rebuild",
        "stages",
        "demo",
    ],
)
def test_help(run: Run, command: str) -> None:
    """Every command explains itself."""
    ran = run(command, "--help")
    assert ran.code == 0
    assert "Usage: bearwitness" in ran.out


def test_unknown_is_never_zero() -> None:
    """Null is said in words, and 0 is a number."""
    assert number(None) == "not reported"
    assert number(0) == "0"
    assert three(None, None, None) == "not reported"
    assert three(0, 0, 0) == "0"
    assert three(None, 3, 1200) == "?-3-1,200"
    assert three(40, 40, 41, more=True) == "40-40-41+"
    assert three(12, 12, 12, more=True) == "12+"
    assert three(12, None, None, more=True) == "12-?-?"


def test_text_is_made_safe() -> None:
    """Control characters and marks that reorder text are shown as escapes, for people and in JSON."""
    nasty = "a\x1b[2Jb\x9bc\u202ed\x00e\nf"
    assert plain(nasty) == "a\\x1b[2Jb\\x9bc\\u202ed\\x00e f"
    assert not set(as_json({"text": nasty})) & set("\x1b\x9b\u202e\x00\n")
    assert json.loads(as_json({"text": nasty})) == {"text": nasty}


def test_no_folder_of_this_machine_is_published(run: Run, tmp_path: Path) -> None:
    """A page without a title or an outlet is never called by where its file lay."""
    folder = tmp_path / "hidden-folder"
    folder.mkdir()
    (folder / "note.txt").write_text("A bomb killed 12 people in Kenema, Sierra Leone, on 3 March 2025.\n")
    ledger, site = tmp_path / "l", tmp_path / "s"
    assert run("init", ledger).code == 0
    assert run("add", folder / "note.txt", "--ledger", ledger).code == 0
    assert run("publish", site, "--ledger", ledger).code == 0
    told = {
        page.name: page.read_text(encoding="utf-8") for page in site.rglob("*.*") if page.suffix != ".woff2"
    }
    assert "an untitled page in its own voice" in told["incidents.csv"]
    assert [name for name, text in told.items() if "hidden-folder" in text] == []
