"""The demonstration: from invented stories, or one's own files, to a site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bearwitness

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_bundled_stories(run: Run, here: Path, files: Path) -> None:
    """At least eight incidents from at least twenty-five reports, a table, a site and where it lies; what an earlier
    demonstration left is replaced."""
    assert run("demo", files).code == 0
    earlier = {row["id"] for row in run("incidents", "--ledger", here / "demo" / "ledger", "--json").json}
    ran = run("demo")
    assert ran.code == 0
    assert "killed" in ran.out
    assert (here / "demo" / "site" / "index.html").as_uri() in ran.out.replace("\n", "")
    rows = run("incidents", "--ledger", here / "demo" / "ledger", "--json").json
    assert len(rows) >= 8
    assert earlier
    assert not earlier & {row["id"] for row in rows}
    assert len(list((Path(bearwitness.__file__).parent / "stories").glob("*-*"))) >= 25
    assert run("verify", "--ledger", here / "demo" / "ledger").code == 0


def test_own_files(run: Run, here: Path, files: Path) -> None:
    """The same on the user's own files, where the user says."""
    ran = run("demo", files, "--out", here / "mine")
    assert ran.code == 0
    assert "Kenema" in ran.out
    assert (here / "mine" / "site" / "index.html").is_file()


def test_other_folders_are_left_alone(run: Run, here: Path) -> None:
    """A folder that holds anything but an earlier demonstration is never replaced."""
    (here / "demo").mkdir()
    (here / "demo" / "letters.txt").write_text("private")
    ran = run("demo")
    assert ran.code == 2
    assert "left alone" in ran.err
    assert (here / "demo" / "letters.txt").read_text() == "private"


def test_missing_file_keeps_the_earlier_demo(run: Run, here: Path, files: Path) -> None:
    """A misspelt name is found out before anything is replaced."""
    assert run("demo", files).code == 0
    assert run("demo", "gone.txt").code == 2
    assert (here / "demo" / "site" / "index.html").is_file()
