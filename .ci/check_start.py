"""Checks that the command line starts fast: check_start.py PYTHON"""

from __future__ import annotations

import subprocess
import sys
import time

LIMIT, TRIES = 0.3, 7
TIMED = "import time; start = time.perf_counter(); import bearwitness.cli; print(time.perf_counter() - start)"


def main(python: str) -> int:
    """Time the import of the command line in fresh processes; 1 if the best of them is too slow."""
    times, walls = [], []
    for _ in range(TRIES):
        start = time.perf_counter()
        run = subprocess.run([python, "-c", TIMED], capture_output=True, text=True, check=True)
        walls.append(time.perf_counter() - start)
        times.append(float(run.stdout))
    print(
        f"importing the command line: {min(times):.3f} s; with Python's own start {min(walls):.3f} s (best of {TRIES})"
    )
    if min(times) < LIMIT:
        return 0
    print(f"that is over {LIMIT} s: look at python -X importtime -c 'import bearwitness.cli'")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
