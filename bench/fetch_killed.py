"""Kills 5,000 loopback visits at 50 random moments: nothing lost, nothing twice, the ledger verifies each time.

python bench/fetch_killed.py [--addresses N] [--kills N] [--seed N] [--read]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pipeline"))

from fetch_kills import fetch_and_kill


def main() -> None:
    """Fetch, kill, and print how it went; an assertion fails where anything is lost or twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20260302)
    parser.add_argument("--read", action="store_true", help="read what comes, by a second process")
    asked = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        killed = fetch_and_kill(Path(folder), asked.addresses, asked.kills, asked.seed, read=asked.read)
    print(
        f"{killed.addresses:,} pages, killed {killed.kills} times: nothing lost, nothing twice, the ledger verified "
        f"after each kill. {killed.requests - killed.addresses:,} pages were asked for more than once, {killed.reports:,} read "
        f"({time.perf_counter() - began:.0f} s)."
    )


if __name__ == "__main__":
    main()
