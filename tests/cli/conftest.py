"""Running the command line inside the test, and files to run it on."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bearwitness import cli

TEXTS = {
    "gate.txt": (
        "Blast at Kenema grain gate kills 12\n\n"
        "A bomb killed 12 people and wounded 30 at the grain gate in Kenema, Sierra Leone, on 3 March 2025, the "
        "Kenema Government Hospital said.\n"
        "Police accused the Forest Column of the attack. The Forest Column denied responsibility.\n"
    ),
    "gate-later.txt": (
        "Kenema grain gate bomb killed 14\n\n"
        "The bomb at the grain gate in Kenema, Sierra Leone, on 3 March 2025 killed 14 people and wounded 28, the "
        "Kenema Government Hospital said.\n"
    ),
    "mill.txt": (
        "Gunmen attack mill in Mzuzu\n\n"
        "Gunmen attacked a mill in Mzuzu, Malawi, on 11 May 2025 and killed at least three guards, the district "
        "governor said.\n"
    ),
}


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
    monkeypatch.delenv("BEARWITNESS_LEDGER", raising=False)

    def command(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return command


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of three reports of two events."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def ledger(run: Run, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of the three reports, chosen by the environment."""
    folder = tmp_path / "cases"
    assert run("init", folder).code == 0
    monkeypatch.setenv("BEARWITNESS_LEDGER", str(folder))
    assert run("add", files).code == 0
    return folder
