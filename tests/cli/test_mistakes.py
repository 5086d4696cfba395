"""Exit codes mean something, and an operator's mistake is one line that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bearwitness import cli, pipeline

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["incidents", "--ledger", "nowhere"], 3, "bearwitness init"),
        (["verify", "--ledger", "nowhere"], 3, "bearwitness init"),
        (["add", "x.txt", "--ledger", "nowhere"], 3, "bearwitness init"),
        (["extract", "gone.txt"], 2, "gone.txt"),
        (["extract", "-", "--published", "17.10.2020"], 2, "2020-10-17"),
        (["extract"], 2, "Missing argument"),
        (["show", "i00", "--ledger", "."], 3, "not a ledger"),
        (["nonsense"], 2, "No such command"),
        (["judge", "same", "m1", "m2"], 2, "--by"),
        (["export", "xls"], 2, "xls"),
        (["demo", "gone.txt"], 2, "gone.txt"),
    ],
)
def test_exit_codes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    """A mistake ends with its own code and a line that names what is wrong or what to do."""
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code == code
    assert words in ran.err
    assert ran.out == ""
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "gone.txt"], "gone.txt"),
        (["show", "i000000000000"], "nothing in the ledger"),
        (["show", "../etc"], "not an id"),
        (["show", "c"], "more than one"),
        (["judge", "reject", "i", "--by", "A", "--why", "B"], "more than one|needs a claim"),
        (["judge", "correct", "c", "low", "--by", "A", "--why", "B"], "FIELD=VALUE"),
        (["judge", "correct", "c", "low=many", "--by", "A", "--why", "B"], "whole number"),
        (["publish", "pages/mill.txt/site"], "cannot be written"),
        (["export", "csv", "--out", "no/such/folder/x.csv"], "cannot be written"),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_mistakes_on_a_ledger(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    """With a ledger at hand, too: code 2, one line, and the ledger stays whole."""
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code == 2
    assert any(word in ran.err for word in words.split("|")), ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert run("verify").code == 0


def test_init_leaves_other_folders_alone(run: Run, tmp_path: Path) -> None:
    """A folder with anything in it does not become a ledger."""
    (tmp_path / "letters.txt").write_text("private")
    ran = run("init", tmp_path)
    assert (ran.code, (tmp_path / "letters.txt").read_text()) == (3, "private")


@pytest.mark.usefixtures("ledger")
def test_publish_leaves_other_folders_alone(run: Run, tmp_path: Path) -> None:
    """A folder with anything but an earlier site in it is not replaced."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letters.txt").write_text("private")
    assert run("publish", mine).code == 2
    assert (mine / "letters.txt").read_text() == "private"


@pytest.mark.usefixtures("ledger")
def test_adding_without_updating_is_told(run: Run, files: Path, tmp_path: Path) -> None:
    """Publishing what is out of date is refused, with the command that mends it."""
    (files / "new.txt").write_text("A new report of nothing much.")
    assert run("add", files / "new.txt", "--no-update").code == 0
    ran = run("publish", tmp_path / "site")
    assert ran.code == 3
    assert "bearwitness update" in ran.err


def test_ctrl_c(run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupting ends with 130 and says how to go on."""

    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "update", interrupted, raising=False)
    ran = run("update", "--ledger", ledger)
    assert ran.code == 130
    assert "bearwitness update" in ran.err
    monkeypatch.undo()
    assert run("verify", "--ledger", ledger).code == 0


def test_a_bug_is_a_traceback(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is not dressed up as the operator's mistake."""

    def broken(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "update", broken, raising=False)
    with pytest.raises(ZeroDivisionError):
        cli.run(["update", "--ledger", str(ledger)])
