"""The grade that rule G1 suggests, in its order: discounted, confirmed, contested, fair, weak; and the one that a person
decided, which goes before it (G2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ..record import Grade, Graded, Suggested
from .codes import GRADE
from .responsibility import accused_party
from .sources import bloc, told_of_it
from .speech import accepts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..record import Assertion, Claim, Judgement
    from .case import Case
    from .responsibility import Responsibility
    from .sides import Sides
    from .sources import Sources


def grade(case: Case, matrix: Responsibility, sources: Sources, sides: Sides) -> Suggested:
    """The grade, with the rule that fired and what it rests on.

    What counts for *fair* is who reports the incident, whatever each says of it; a toll has an independence of its own.
    """
    if _discounted(case):
        return _said("discounted", "discounted_by_review", _dead(case))
    accepted = [
        (row.value, taken)
        for row in matrix.rows
        if row.about == "perpetrator" and row.status in ("claimed", "conceded")
        if (taken := _accepted(row, case))
    ]
    if len(accepted) == 1:
        value, claims = accepted[0]
        rest = f", which is contested: {_clause(matrix.why)}" if matrix.contested else ""
        return _said("confirmed", "confirmed_accepted", claims, f"{value} accepts responsibility{rest}.")
    blamed = [claim for claim in case.about("perpetrator") if claim.stance == "asserts"]
    if matrix.contested:
        return _said("contested", matrix.why, [*blamed, *_denials(case)])
    told = told_of_it(case, sources, sides)
    counted = {key: claim for claim in reversed(told) if (key := bloc(claim, sources, sides)) is not None}
    if len(counted) < 2:
        return _said("weak", "weak_one_origin", list(counted.values()))
    # "The army", with no more said, is that of the state where it happened; "gunmen" are nobody in particular.
    named = [claim for claim in blamed if (party := accused_party(claim)).state or not party.generic]
    first = [counted[key] for key in sorted(counted)]
    if not named:
        return _said("weak", "weak_no_party", first)
    return _said("fair", "fair_two_origins", [*first, *named])


def graded(case: Case, suggested: Suggested) -> Suggested:
    """The grade that holds: a person's if there is one, with who and why, else the one suggested. Of several that stand for
    one incident (two that were joined), the latest binds."""
    standing = [case.rulings.grades[name] for name in case.mentions if name in case.rulings.grades]
    if not standing:
        return suggested
    last = max(standing, key=lambda one: (one.at, one.id))
    name = _grade(last)
    if name is None:
        return suggested
    sentence = f"{last.by} graded it {name}: {last.why}"
    return Suggested(grade=name, rule="graded_by_review", sentence=sentence, claims=suggested.claims)


def decisions(case: Case, suggested: Suggested) -> tuple[Graded, ...]:
    """Every grade that a person gave, first to last, each with the grade that stood before it."""
    found: list[Graded] = []
    for one in case.decisions:
        was = _text(one.correction.get("suggested"))
        earlier = found[-1].grade if found and found[-1].grade else was
        found.append(
            Graded(
                judgement=one.id, grade=_grade(one), by=one.by, why=one.why, at=one.at,
                suggested=was, rule=_text(one.correction.get("rule")), before=earlier or suggested.grade,
            )
        )  # fmt: skip
    return tuple(found)


def _grade(one: Judgement) -> Grade | None:
    given = one.correction.get("grade")
    return next((name for name in get_args(Grade) if name == given), None)


def _text(value: str | int | bool | None) -> str | None:
    return value if isinstance(value, str) else None


def _accepted(row: Assertion, case: Case) -> list[Claim]:
    """The claims by which a party takes the deed upon itself; merely to tell of an act of war is not to."""
    own = {name for cell in row.cells if cell.own and cell.stance == "asserts" for name in cell.claims}
    return [claim for claim in case.about("perpetrator") if claim.id in own and accepts(claim, case)]


def _denials(case: Case) -> list[Claim]:
    return [claim for claim in case.about("perpetrator", "occurred") if claim.stance == "denies"]


def _said(name: Grade, code: str, claims: Sequence[Claim], sentence: str = "") -> Suggested:
    ids = tuple(dict.fromkeys(claim.id for claim in claims))
    return Suggested(grade=name, rule=code, sentence=sentence or GRADE[code], claims=ids)


def _clause(code: str) -> str:
    """The sentence of a code within another."""
    told = GRADE[code].rstrip(".")
    return told[0].lower() + told[1:]


def _dead(case: Case) -> list[Claim]:
    return [claim for claim in case.about("killed") if claim.stance == "asserts" and claim.high != 0]


def _discounted(case: Case) -> bool:
    """Whether a person found every count of dead to be of combatants (never the perpetrator's word alone)."""
    dead = _dead(case)
    found = [claim for claim in dead if "group" in _correction(case, claim.id)]
    return bool(found) and all(claim.group in ("combatant", "attacker") for claim in dead)


def _correction(case: Case, claim: str) -> dict[str, str | int | bool | None]:
    judgement = case.rulings.corrections.get(claim)
    return judgement.correction if judgement is not None and claim in case.rulings.corrected else {}
