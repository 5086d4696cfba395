"""PDF, mail and tables from the command line to the ledger and the site."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from pdf_files import column, pdf

Run = Callable[..., Any]
STORY = ["A bomb killed 12 people in Kenema, Sierra Leone, on 3 March 2025, police", "said on Tuesday."]


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A folder with a letter that carries a PDF, and a table."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    letter = EmailMessage()
    letter["From"], letter["Message-ID"] = "Ann Lee <ann@coastwire.example>", "<1@coastwire.example>"
    letter["Subject"], letter["Date"] = "The report of the Lake Guard", "Tue, 04 Mar 2025 09:00:00 +0000"
    letter.set_content("Please find attached what the Lake Guard has written of the year.\n")
    letter.add_attachment(
        pdf([column(["The year at the lake was a calm one."]), column(STORY)]),
        maintype="application",
        subtype="pdf",
        filename="lake.pdf",
    )
    (folder / "letter.eml").write_bytes(letter.as_bytes())
    row = {
        "title": "Raid",
        "content": "A raid in Mzuzu, Malawi, on May 11 left three dead, police said.",
        "date": "2025-05-12",
    }
    (folder / "reports.jsonl").write_text(json.dumps(row) + "\n")
    return folder


def test_from_evidence_to_site(run: Run, evidence: Path, tmp_path: Path) -> None:
    """Everything is kept and verifies; the incident and the site say on which page the words stand."""
    ledger = tmp_path / "ledger"
    run("init", ledger)
    added = run("add", evidence, "--ledger", ledger, "--json").json
    assert (added["added"]["new"], added["updated"]["incidents"]) == (3, 2)
    assert run("add", evidence, "--ledger", ledger, "--json").json["added"]["known"] == 3
    assert run("verify", "--ledger", ledger).code == 0
    first = run("incidents", "--ledger", ledger, "--json").json[-1]
    shown = run("show", first["id"], "--ledger", ledger).out
    assert "page 2)" in " ".join(shown.split())
    assert run("publish", tmp_path / "site", "--ledger", ledger).code == 0
    pages = "".join(path.read_text() for path in (tmp_path / "site").rglob("*.html"))
    assert pages.count("page 2") >= 2


def test_extract_gives_pages(run: Run, tmp_path: Path) -> None:
    """The interchange form says where pages begin and on which one a claim stands."""
    path = tmp_path / "lake.pdf"
    path.write_bytes(pdf([column(["The year at the lake was a calm one."]), column(STORY)]))
    document = run("extract", path, "--jsonl").json
    assert document["pages"] == [0, len("The year at the lake was a calm one.\n\n")]
    assert {claim["page"] for claim in document["claims"]} == {2}


def test_columns_are_checked(run: Run, evidence: Path) -> None:
    """A field that is not known, and a column that is not there, are errors that say what there is."""
    ran = run("extract", evidence / "reports.jsonl", "--columns", "words=content")
    assert (ran.code, "text, title, published, outlet, language, url" in ran.err) == (2, True)
    ran = run("extract", evidence / "reports.jsonl", "--columns", "text=story")
    assert (ran.code, "the columns are: title, content, date" in ran.err) == (2, True)


@pytest.mark.parametrize(("name", "module"), [("letter.eml", "pypdfium2"), ("x.parquet", "pyarrow")])
def test_what_is_not_installed_is_said(
    run: Run, evidence: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    """As a problem of that file, with what to install; the others are read."""
    (evidence / "x.parquet").write_bytes(b"PAR1" + bytes(20) + b"PAR1")
    monkeypatch.setitem(sys.modules, module, None)
    ran = run("extract", evidence / name, evidence / "reports.jsonl")
    assert (ran.code, "pip install 'bearwitness[" in ran.out, "three dead" in ran.out) == (0, True, True)
