"""Running the command line inside the test, and files to run it on."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from reports import TEXTS

from bearwitness import cli


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("add", path, stdin=b"...")``; a traceback fails the test, since a bug raises."""
    for name in ("BEARWITNESS_LEDGER", "COLUMNS"):  # the width is that of a pipe
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return command


def three(folder: Path) -> Path:
    """The three reports, as files in a new folder."""
    folder.mkdir()
    for name in ("gate.txt", "gate-later.txt", "mill.txt"):
        (folder / name).write_text(TEXTS[name], encoding="utf-8")
    return folder


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of three reports of two events."""
    return three(tmp_path / "pages")


@pytest.fixture(scope="session")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the three reports; tests take ``ledger``, a copy of it."""
    folder = tmp_path_factory.mktemp("added")
    ledger, pages = folder / "cases", three(folder / "pages")
    with redirect_stdout(io.StringIO()):
        assert cli.run(["init", str(ledger)]) == 0
        assert cli.run(["add", str(pages), "--ledger", str(ledger)]) == 0
    return ledger


@pytest.fixture
def ledger(added: Path, run: Run, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of the three reports, chosen by the environment."""
    folder = tmp_path / "cases"
    shutil.copytree(added, folder)
    monkeypatch.setenv("BEARWITNESS_LEDGER", str(folder))
    return folder
