"""``waiting`` lists what is kept and not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bearwitness.cli import run
from bearwitness.cli.advice import ADVICE
from bearwitness.errors import PROBLEMS

GERMAN = (
    "Bewaffnete haben am Dienstag vier Händler auf dem Markt von Kenema getötet, teilte die Seewache mit."
)
LOST = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Try the search.</p></body></html>"


def test_reports_that_wait_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each once, with why and in which language; ``--code`` chooses; what is read is not among them."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(GERMAN, "utf-8")
    (pages / "b.html").write_text(LOST, "utf-8")
    (pages / "c.txt").write_text(
        "A crane fell on the quay of Kenema and nobody was hurt, the port said.", "utf-8"
    )
    ledger = str(tmp_path / "ledger")
    assert run(["--ledger", ledger, "init"]) == 0
    assert run(["--ledger", ledger, "add", str(pages)]) == 0
    capsys.readouterr()
    assert run(["--ledger", ledger, "waiting", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert sorted(one["code"] for one in told) == ["error_page", "unread_language"]
    assert [one["language"] for one in told if one["code"] == "unread_language"] == ["de"]
    assert run(["--ledger", ledger, "waiting", "--code", "unread_language"]) == 0
    shown = capsys.readouterr().out
    assert "In all: unread_language 1" in shown
    assert "error_page" not in shown
    assert run(["--ledger", ledger, "waiting", "--code", "paywall"]) == 0
    shown = capsys.readouterr().out
    assert shown == "No report waits because of paywall. Others wait: error_page 1, unread_language 1\n"


def test_problems_that_are_kept_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its code, its place, its capture and what to do; also of a file that gave no text, and of one that was not read yet;
    what sound reports often have is only counted."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("The harbour of Kenema was quiet all day.", "utf-8")
    (pages / "b.bin").write_bytes(bytes(range(256)) * 4)
    (pages / "c.zip").write_bytes(b"PK\x03\x04 and no more")
    ledger = str(tmp_path / "ledger")
    assert run(["--ledger", ledger, "init"]) == 0
    assert run(["--ledger", ledger, "waiting", "--problems"]) == 0
    assert "No problem is kept that calls for a look." in capsys.readouterr().out
    assert run(["--ledger", ledger, "add", "--no-update", str(pages)]) == 0
    capsys.readouterr()
    assert run(["--ledger", ledger, "waiting", "--problems", "--json"]) == 0
    (damaged,) = json.loads(capsys.readouterr().out)
    assert (damaged["code"], damaged["report"]) == ("damaged", None)
    assert run(["--ledger", ledger, "update"]) == 0
    capsys.readouterr()
    assert run(["--ledger", ledger, "waiting", "--problems", "--json"]) == 0
    told = {(one["code"], Path(one["source"]).name): one for one in json.loads(capsys.readouterr().out)}
    assert told.keys() == {("damaged", "c.zip"), ("binary", "c.zip"), ("binary", "b.bin")}
    binary = told["binary", "b.bin"]
    assert binary["capture"].startswith("c")
    assert "plain text" in binary["to_do"]
    assert run(["--ledger", ledger, "waiting", "--problems"]) == 0
    shown = capsys.readouterr().out
    assert f"capture {binary['capture'][:9]}" in shown
    assert "no_violence 3" in shown.splitlines()[-1]
    assert run(["--ledger", ledger, "waiting", "--problems", "--code", "no_violence"]) == 0
    assert "a.txt" in capsys.readouterr().out.replace("\n", "")  # a long path may go over a line
    assert run(["--ledger", ledger, "waiting", "--problems", "--code", "nonsense"]) == 2


def test_every_problem_has_something_to_do() -> None:
    """No code is left without a line of advice, and none is advised on that does not exist."""
    assert ADVICE.keys() == PROBLEMS.keys()
