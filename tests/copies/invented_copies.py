"""Invented stories and reports of them, for the tests of copies."""

from __future__ import annotations

import random

from bearwitness.record import Report, digest

WORDS = (
    "river", "market", "gate", "Kenema", "lorry", "rice", "guard", "Northern", "Column", "Lake", "bridge", "morning", "smoke",
    "doctor", "school", "road", "council", "fishermen", "ferry", "night", "officer", "village", "trader", "radio", "tower",
    "engine", "crowd", "window", "letter", "harvest", "soldier", "driver", "bakery", "valley", "border", "witness", "clinic",
)  # fmt: skip


def story(number: int, words: int = 160) -> str:
    """Words of an invented story, in sentences; each number has its own."""
    chance = random.Random(number)
    return " ".join(
        f"{chance.choice(WORDS)}{'.' if at % 12 == 11 else ''}" + ("\n\n" if at % 40 == 39 else "")
        for at in range(words)
    )


def report(text: str, outlet: str | None = None, published: str | None = None, source: str = "") -> Report:
    """A report of this text."""
    return Report(
        capture="c" + digest(f"{text}{outlet}{source}".encode())[:32],
        reader="read/test",
        source=source or f"{outlet}.txt",
        text=text,
        text_sha256=digest(text.encode()),
        outlet=outlet,
        published=published,
        published_basis="given" if published else None,
    )
