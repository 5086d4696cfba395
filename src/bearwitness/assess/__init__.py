"""Assess: from the claims about one incident, toll ranges, responsibility, independence and a grade.

Nothing here is typed in: every figure rests on named claims, every claim left out has a reason, and the
same records always give the same assessment. Methods are chosen by name; docs/methods.md explains each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InputError
from ..record import COUNTS, Assessment
from .case import Case
from .codes import CODES
from .grade import decisions
from .graded import Graded
from .graph import backing, summary
from .ground import Ground
from .ibc import Ibc
from .lowest import Lowest
from .majority import Majority
from .moments import moments
from .origins import Origins
from .ranged import Ranged
from .tolls import Method, toll
from .without import without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..copies import Copies
    from ..pages import Version
    from ..record import Claim, Incident, Judgement, Mention, Report

__all__ = [
    "CODES",
    "DEFAULT",
    "METHODS",
    "RULE",
    "Case",
    "Ground",
    "Method",
    "as_of",
    "assess",
    "chosen",
    "moments",
    "side_by_side",
    "weigh",
    "without",
]

RULE = "assess/5"
"""Name and version of the rules of weighing; it changes when the same records would give another assessment."""

METHODS: dict[str, Method] = {
    one.name: one for one in (Origins(), Lowest(), Ranged(), Graded(), Ibc(), Majority())
}
DEFAULT = "origins"


def assess(
    incident: Incident,
    mentions: Mapping[str, Mention],
    claims: Mapping[str, Sequence[Claim]],
    reports: Mapping[str, Report],
    judgements: Sequence[Judgement] = (),
    copies: Copies | None = None,
    method: str = DEFAULT,
    versions: Mapping[str, Version] | None = None,
) -> Assessment:
    """Weigh one incident. ``mentions`` and ``reports`` are by id and may hold more than the incident's own;
    ``claims`` are by mention id, ``versions`` by report id, for editions of pages that had several; ``copies`` are those
    among the reports, looked for if not given. Raises ``InputError`` for a method that does not exist."""
    case = Case(incident, mentions, claims, reports, judgements, versions or {}, copies)
    return weigh(Ground(case), chosen(method))


def chosen(name: str) -> Method:
    """The method of that name; ``InputError`` if there is none."""
    if name not in METHODS:
        raise InputError(f"there is no method {name!r}; choose one of: {', '.join(sorted(METHODS))}")
    return METHODS[name]


def weigh(ground: Ground, method: Method) -> Assessment:
    """The assessment of one case by one method. Only the tolls differ from method to method."""
    case = ground.case
    told = {claim.about for claim in case.claims}
    final, origins = ground.grade, ground.origins
    standing, sentence = ground.independence
    return Assessment(
        incident=case.incident.id,
        method=method.name,
        killed=toll(ground, "killed", method),
        injured=toll(ground, "injured", method),
        other=tuple(toll(ground, about, method) for about in COUNTS[2:] if about in told),
        responsibility=ground.matrix.rows,
        contested=ground.matrix.contested,
        grade=final.grade,
        grade_rule=final.rule,
        grade_sentence=final.sentence,
        suggested=ground.suggested,
        graded=decisions(case, ground.suggested),
        origins=origins,
        origins_sentence=summary(case, origins),
        backing=backing(case, ground.sources, ground.sides, ground.matrix.rows),
        independence=standing,
        independence_sentence=sentence,
    )


def side_by_side(ground: Ground) -> list[Assessment]:
    """The assessments by all methods, the default first."""
    return [weigh(ground, method) for method in METHODS.values()]


def as_of(case: Case, day: int, method: Method) -> Assessment | None:
    """The assessment as it stood at the end of ``day`` (a date's ordinal); ``None`` if nothing was published by then."""
    then = case.until(day)
    return weigh(Ground(then), method) if then is not None else None
