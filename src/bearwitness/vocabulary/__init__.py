"""The field's words as data: one TOML file a subject, read once and shared by the stages.

Adding a word here changes what is read without touching code; each file says at its head what its keys mean.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed content of ``vocabulary/<name>.toml``. Callers must not change it."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def plain_words() -> frozenset[str]:
    """English words that reports write in lower case (``plain_words.txt``, which training/plain_words.py makes)."""
    return frozenset(files(__package__).joinpath("plain_words.txt").read_text(encoding="utf-8").split())
