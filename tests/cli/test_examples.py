"""The examples of docs/commands.md run: every command line in a console block, in order, ends with code 0.

A line of one command is run inside the test, a line with a pipe or a redirection by a shell with the real program.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)
# Ids follow from what the reader finds, so those of the page may be those of an earlier reader.
SHOWN = re.compile(r"show i[0-9a-f]+")
JUDGED = re.compile(r"(accept|reject) c[0-9a-f]+")


SHELL = re.compile(r"[|<>]|^export ")


def test_examples_run(run: Run, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with the three reports in pages/, as the page assumes."""
    assert files.name == "pages"
    program = tmp_path / "bin" / "bearwitness"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m bearwitness "$@"\n')
    program.chmod(0o755)
    env = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}", "BEARWITNESS_LEDGER": "cases"}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BEARWITNESS_LEDGER", "cases")

    def ran(command: str) -> str:
        if not SHELL.search(command):
            name, *arguments = shlex.split(command)
            assert name == "bearwitness"
            inside = run(*arguments)
            assert inside.code == 0, f"{command}\n{inside.err}"
            return str(inside.out)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), f"{command}\n{done.stderr}"
        return done.stdout

    commands = [
        command for block in BLOCK.findall(PAGE.read_text("utf-8")) for command in COMMAND.findall(block)
    ]
    assert len(commands) > 10
    for command in commands:
        if SHOWN.search(command) or JUDGED.search(command):
            incident = json.loads(ran("bearwitness incidents --json"))[-1]["id"]
            claim = json.loads(ran(f"bearwitness show {incident} --json"))["claims"][0]["id"]
            command = JUDGED.sub(rf"\1 {claim}", SHOWN.sub(f"show {incident}", command))
        ran(command)
