"""The method ``origins``: tolls by independent origins (T1 to T11), a matrix of responsibility, a grade (G1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..record import COUNTS, Assessment
from .grade import decisions, grade, graded
from .graph import backing, graph, summary
from .responsibility import responsibility
from .sides import Sides
from .sources import independence, sources
from .tolls import toll

if TYPE_CHECKING:
    from .case import Case


class Origins:
    """Counts origins, not pages. Low is the smallest figure in force, high the largest; best is taken from
    who counts bodies, then from most independent origins, then from a toll that rose, then the lowest."""

    name = "origins"

    def weigh(self, case: Case) -> Assessment:
        """The assessment of ``case``."""
        found, sides = sources(case), Sides(case)
        matrix = responsibility(case, found, sides)
        standing, sentence = independence(case, found, sides)
        suggested = grade(case, matrix, found, sides)
        final = graded(case, suggested)
        told = {claim.about for claim in case.claims}
        origins = graph(case, found, sides)
        return Assessment(
            incident=case.incident.id,
            method=self.name,
            killed=toll(case, found, sides, "killed"),
            injured=toll(case, found, sides, "injured"),
            other=tuple(toll(case, found, sides, about) for about in COUNTS[2:] if about in told),
            responsibility=matrix.rows,
            contested=matrix.contested,
            grade=final.grade,
            grade_rule=final.rule,
            grade_sentence=final.sentence,
            suggested=suggested,
            graded=decisions(case, suggested),
            origins=origins,
            origins_sentence=summary(case, origins),
            backing=backing(case, found, sides, matrix.rows),
            independence=standing,
            independence_sentence=sentence,
        )
