"""Phrases of an annotation looked up in the text."""

from __future__ import annotations

import re

from bearwitness.extract.tokens import lower


def occurrences(needle: str, text: str) -> list[tuple[int, int]]:
    """Where a phrase stands on whole words."""
    if not needle:
        return []
    pattern = r"(?<![^\W_])" + r"\s+".join(re.escape(w) for w in needle.split()) + r"(?![^\W_])"
    return [m.span() for m in re.finditer(pattern, text)]


def bare(name: str) -> str:
    """A name in lower case without its article."""
    return re.sub(r"^(?:the|an?) ", "", lower(name))


def anywhere(needle: str, text: str) -> list[tuple[int, int]]:
    """Where a phrase stands first, inside a word too."""
    at = text.find(needle)
    return [(at, at + len(needle))] if at >= 0 else []
