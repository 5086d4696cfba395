"""A marked culprit's words without loose ends."""

from __future__ import annotations

import pytest

from bearwitness.extract.actors import completed
from bearwitness.extract.tokens import tokens

COMPLETED = [
    ("terrorists of the Lake Guard attacked", 3, "terrorists of the Lake Guard"),
    ("Kenyan and Norlander warplanes hit", 2, "Kenyan and Norlander warplanes"),
    ("army and allied militias hold", 2, "army"),
    ("our personnel fled", 1, "our personnel"),
    ("rebels, police said", 2, "rebels"),
    ("gunmen in a car", 2, "gunmen"),
    ("- Kenyan forces", 3, "Kenyan forces"),
    ("Lake Guard", 2, "Lake Guard"),
]


@pytest.mark.parametrize(("text", "last", "wanted"), COMPLETED, ids=[c[0] for c in COMPLETED])
def test_a_phrase_is_completed(text: str, last: int, wanted: str) -> None:
    """It goes on to the noun it needs, or ends before what belongs to no name."""
    found = tokens(text)
    first, end = completed(found, 0, last)
    assert " ".join(token.text for token in found[first:end]) == wanted
