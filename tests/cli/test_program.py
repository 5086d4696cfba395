"""The program as a process: start-up, pipes, encodings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = [sys.executable, "-m", "bearwitness"]
START = 0.3


def best(command: list[str], runs: int = 5) -> float:
    """The shortest of several runs, in seconds of the processor, so that other work on the machine does not count."""
    times = []
    for _ in range(runs):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        times.append(sum(after[2:4]) - sum(before[2:4]))  # of processes that were started and have ended
    return min(times)


def test_importing_takes_less_than_a_third_of_a_second() -> None:
    """Importing the command line, and printing its help, take under 0.3 s."""
    assert best([sys.executable, "-c", "import bearwitness.cli"]) < START
    assert best([*PROGRAM, "--help"]) < START


def test_only_click_is_brought_in() -> None:
    """Importing the command line brings in nothing heavy."""
    code = "import sys, bearwitness.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {"msgspec", "rich", "sqlalchemy", "trafilatura", "lxml", "jinja2"} & set(loaded)


def test_a_closed_pipe_is_no_error(files: Path) -> None:
    """``bearwitness extract ... | head -1`` ends quietly."""
    command = f"{' '.join(PROGRAM)} extract {files} {files} {files} --jsonl | head -c 10"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    assert ran.returncode == 0


def test_output_does_not_depend_on_the_locale(files: Path) -> None:
    """JSON is UTF-8 in any locale, and the table never breaks on a character the terminal lacks."""
    plain = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for more in ([], ["--jsonl"]):
        ran = subprocess.run(
            [*PROGRAM, "extract", str(files), *more], capture_output=True, env=plain, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert b"Kenema" in ran.stdout


def test_two_writers(ledger: Path) -> None:
    """A ledger that another process writes to is locked: code 3, and what to do."""
    from bearwitness.store import Ledger

    with Ledger.open(ledger):
        ran = subprocess.run(
            [*PROGRAM, "update", "--ledger", str(ledger)], capture_output=True, text=True, check=False
        )
    assert ran.returncode == 3
    assert "Wait" in ran.stderr
