"""The method ``majority``: the figure that most origins give, each with one vote."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .terms import PLAIN
from .tolls import Choice, Range, choose, least, widest

if TYPE_CHECKING:
    from .figures import Figure
    from .tolls import Table


class Majority:
    """See ``rule``."""

    name = "majority"
    rule = (
        "The figure that most origins give; each origin has one vote, also an outlet that names no source, whoever counts "
        "best and whichever side it is on; what an outlet says in the words of one that it names has none of its own. Ties go down. Low and high are the smallest and the largest figure."
    )
    terms = PLAIN

    def choose(self, table: Table) -> Range:
        """Votes are counted; copies of one text are one vote."""
        (low, barred), (high, free) = least(table), widest(table)
        if not table.sound:
            best = Choice(None, (), "casualties_only" if table.bounded else "open_low")
            return Range(low._replace(code=""), best, high, barred | free)
        base = [figure for figure in table.base if not _echo(figure, table.base)]
        votes = Counter(value for _, value in {(figure.origin, figure.value) for figure in base})
        most = max(votes.values())
        value = min(value for value, count in votes.items() if count == most)
        if len(votes) == 1:
            code = "only_figure" if most == 1 else "all_agree"
        else:
            code = "majority" if 2 * most > sum(votes.values()) else "most_votes" if most > 1 else "lowest"
        return Range(low, choose(base, value, code), high, barred | free)


def _echo(figure: Figure, base: list[Figure]) -> bool:
    """Whether an outlet's own voice, as in a headline, says what somebody is named for in the same report."""
    return not figure.spoken and any(
        other.spoken and other.report == figure.report and other.value == figure.value for other in base
    )
