"""Attackers among those whom a figure counts: "nine people, including the bomber" are eight victims (standards T12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..record import Claim
    from .case import Case

_WITH_ATTACKER = re.compile(
    r"\b(?:including|counting) (?:the|a|an|one|1)(?: lone| suicide)* (?:bomber|attacker|assailant|gunman|shooter)\b",
    re.IGNORECASE,
)


def attackers_within(case: Case, claim: Claim) -> int:
    """How many attackers a figure counts among the dead by its words ("nine people, including the bomber"), or by those
    of the same number in the same report; 0 if it says nothing of any."""
    alike = [
        other
        for other in case.about(claim.about)
        if (other.mention, other.low, other.high) == (claim.mention, claim.low, claim.high)
        and not other.part_of
    ]
    return int(claim.about != "detained" and any(_WITH_ATTACKER.search(other.words) for other in alike))
