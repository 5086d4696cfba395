"""``waiting`` lists what is kept and not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bearwitness.cli import run

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
