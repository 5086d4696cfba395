"""The grade that rule G1 suggests, in its order: discounted, confirmed, contested, fair, weak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import GRADE
from .responsibility import accused_party

if TYPE_CHECKING:
    from ..record import Grade, Independence
    from .case import Case
    from .responsibility import Responsibility


def grade(case: Case, matrix: Responsibility, independence: Independence) -> tuple[Grade, str, str]:
    """The grade, the code of the rule that fired, and a sentence."""
    if _discounted(case):
        return _said("discounted", "discounted_by_review")
    accepted = [
        row for row in matrix.rows if row.about == "perpetrator" and row.status in ("claimed", "conceded")
    ]
    if len(accepted) == 1:
        return _said("confirmed", "confirmed_accepted", f"{accepted[0].value} accepts responsibility.")
    if matrix.contested:
        return _said("contested", matrix.why)
    if independence != "established":
        return _said("weak", "weak_one_origin")
    named = any(
        claim.stance == "asserts" and not accused_party(claim).generic for claim in case.about("perpetrator")
    )
    return _said("fair", "fair_two_origins") if named else _said("weak", "weak_no_party")


def _said(name: Grade, code: str, sentence: str = "") -> tuple[Grade, str, str]:
    return name, code, sentence or GRADE[code]


def _discounted(case: Case) -> bool:
    """Whether a person found every count of dead to be of combatants (never the perpetrator's word alone)."""
    dead = [claim for claim in case.about("killed") if claim.stance == "asserts" and claim.high != 0]
    found = [claim for claim in dead if "group" in _correction(case, claim.id)]
    return bool(found) and all(claim.group in ("combatant", "attacker") for claim in dead)


def _correction(case: Case, claim: str) -> dict[str, str | int | bool | None]:
    judgement = case.rulings.corrections.get(claim)
    return judgement.correction if judgement is not None and claim in case.rulings.corrected else {}
