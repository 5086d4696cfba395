"""Attackers among those whom a figure counts: "nine people, including the bomber" are eight victims (standards T12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..record import About, Claim
    from .case import Case

_WITH_ATTACKER = re.compile(
    r"\b(?:including|counting) (?:the|a|an|one|1)(?: lone| suicide)* (?:bomber|attacker|assailant|gunman|shooter)\b",
    re.IGNORECASE,
)


Number = tuple[str, int | None, int | None]


class WithAttacker:
    """The numbers of one category that count an attacker among the dead by their words ("nine people, including the bomber"),
    wherever one report gives the same number again."""

    def __init__(self, case: Case, about: About) -> None:
        self._numbers: frozenset[Number] = frozenset(
            _number(claim)
            for claim in case.about(about)
            if about != "detained" and not claim.part_of and _WITH_ATTACKER.search(claim.words)
        )

    def any(self, claims: Iterable[Claim]) -> bool:
        """Whether one of the claims gives such a number."""
        return any(_number(claim) in self._numbers for claim in claims)


def _number(claim: Claim) -> Number:
    return claim.mention, claim.low, claim.high
