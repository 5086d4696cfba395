"""``python -m bearwitness`` is the ``bearwitness`` program."""

from __future__ import annotations

from bearwitness.cli import main

if __name__ == "__main__":
    main()
