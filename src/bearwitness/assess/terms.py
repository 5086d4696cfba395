"""What a method takes for a figure: whom it counts, and which number a vague word stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..record import Claim

Number = tuple[int | None, int | None]


class Terms(NamedTuple):
    """``attackers``: the attackers' own dead are among the dead. ``civilians``: fighters are not. ``vague`` gives, by
    the lower bound that the reader writes for a vague word ("dozens" is 24), the number or range the method takes."""

    attackers: bool = False
    civilians: bool = False
    vague: Mapping[int, Number] = {}

    def number(self, claim: Claim) -> Number:
        """The lower and upper number that a claim counts with."""
        read = (claim.low, claim.high)
        if claim.number_kind != "vague" or claim.low is None:
            return read
        return self.vague.get(claim.low, read)


PLAIN = Terms()
"""Counts as read: attackers apart, everybody else, vague words with an open end."""
