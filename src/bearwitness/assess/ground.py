"""What all methods stand on: origins, sides, responsibility, independence and grade of one case, worked out once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .grade import grade, graded
from .graph import graph
from .responsibility import responsibility
from .sides import Sides
from .sources import independence, sources

if TYPE_CHECKING:
    from ..record import Independence, Origin, Suggested
    from .case import Case
    from .responsibility import Responsibility
    from .sources import Sources


class Ground:
    """One case with what does not depend on the method of counting, each worked out when it is first asked for."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def sources(self) -> Sources:
        """Where the claims first came from."""
        return sources(self.case)

    @cached_property
    def sides(self) -> Sides:
        """Whose side each speaker is on."""
        return Sides(self.case)

    @cached_property
    def matrix(self) -> Responsibility:
        """Who asserts and who denies what."""
        return responsibility(self.case, self.sources, self.sides)

    @cached_property
    def independence(self) -> tuple[Independence, str]:
        """Whether independent origins report it, and a sentence."""
        return independence(self.case, self.sources, self.sides)

    @cached_property
    def suggested(self) -> Suggested:
        """The grade that the rules suggest, with the rule that fired and what it rests on."""
        return grade(self.case, self.matrix, self.sources, self.sides)

    @cached_property
    def grade(self) -> Suggested:
        """The grade that holds: a person's if there is one, else the one suggested."""
        return graded(self.case, self.suggested)

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """The origins of the claims, each with its ties to the reports and why."""
        return graph(self.case, self.sources, self.sides)

    def leaving_out(self, claims: frozenset[str]) -> Ground:
        """The same without these claims. Whose words and on which side the others are does not change by that."""
        rest = Ground(self.case.leaving_out(claims))
        rest.__dict__ |= {"sources": self.sources, "sides": self.sides}
        return rest
