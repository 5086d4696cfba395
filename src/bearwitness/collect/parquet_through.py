"""A program that reads a Parquet file, its standard input, from beginning to end and tells nothing: whether it lives is
the answer. pyarrow ends the process it is in, rather than raise, on some files that no one meant.

    python -P -s parquet_through.py SECONDS < FILE
"""

from __future__ import annotations

import resource
import sys

from bearwitness.collect.parquet import failures, parquet_batches


def main() -> None:
    """Read it through. What pyarrow raises is no matter here: it raises it again where the file is read."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for _ in parquet_batches(sys.stdin.buffer):
            pass
    except failures():
        pass


if __name__ == "__main__":
    main()
