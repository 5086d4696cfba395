"""A program of ours in a process of its own, for files that may break what reads them, this program with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PATIENCE = 10  # times as long by the clock, on a machine that has other things to do


def run(
    script: Path, arguments: Sequence[str], given: IO[bytes], output: IO[bytes] | int, seconds: int
) -> tuple[int, bool]:
    """Run ``script`` with ``given`` as its input and ``output`` as its output: the code it ends with, below zero if a
    signal ended it, and whether that was in time. Both are files, so that neither process waits for the other.

    ``seconds`` are of the processor. The script sets that limit to itself; by the clock, ``PATIENCE`` times as many pass.
    """
    # -P: the folder of the script must not lend its modules to others; -s: nothing of the user's own.
    process = subprocess.Popen(
        [sys.executable, "-P", "-s", str(script), *arguments],
        stdin=given,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env=_surroundings(),
        start_new_session=True,
    )
    timely = True
    try:
        process.wait(seconds * PATIENCE)
    except subprocess.TimeoutExpired:
        timely = False
    finally:
        _end(process)
    # Out of processor time is out of time, too.
    return process.returncode, timely and process.returncode != -signal.SIGXCPU


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _surroundings() -> dict[str, str]:
    """What the process sees of ours: where its modules are, and no more than it needs."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    modules = os.pathsep.join(path for path in sys.path if path)
    return kept | {"PYTHONPATH": modules, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
