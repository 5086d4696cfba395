"""The method ``graded``: minimum and maximum of civilians harmed beside the incident's grade, as Airwars gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .terms import Terms
from .tolls import floored, span

if TYPE_CHECKING:
    from .tolls import Range, Table

# What its published ranges show for "casualties", for a plural without a number and for "dozens".
VAGUE = {0: (0, 2), 2: (2, 2), 24: (12, 24)}


class Graded:
    """See ``rule``."""

    name = "graded"
    rule = (
        "Minimum and maximum of civilians harmed over all sources, as Airwars gives them, with the grade: fighters are left "
        "out, what the accused concedes is a floor, and only incidents graded confirmed or fair enter a headline sum."
    )
    terms = Terms(civilians=True, vague=VAGUE)

    def choose(self, table: Table) -> Range:
        """From the smallest to the largest; no best in between."""
        floors = _told(table)
        heard = [figure for figure in table.current if figure.value >= floors.get(figure.report, 0)]
        # Beside a number a vague word sets nothing, unless it says more than any number: "dozens" beside 5.
        numbers = [figure for figure in heard if not figure.vague and not figure.casualties]
        most = max((figure.top for figure in numbers), default=0)
        numbers = (
            [*numbers, *(figure for figure in heard if figure.vague and figure.value > most)]
            if numbers
            else heard
        )
        chosen = span(table._replace(current=numbers))
        if len(heard) < len(table.current):
            chosen = chosen.flagged("floor_told")
        if len(numbers) < len(heard):
            chosen = chosen.flagged("vague_words")
        chosen = floored(table, chosen)
        grade = table.ground.grade.grade
        return chosen if grade in ("confirmed", "fair") else chosen.flagged("outside_headline")


def _told(table: Table) -> dict[str, int]:
    """By report, the number that it gives in its own voice. Who wrote it had seen what the report quotes: lower figures
    that it attributes to others were partial, or early."""
    found: dict[str, int] = {}
    for figure in table.current:
        if figure.low and not (figure.spoken or figure.vague or figure.hedged):
            found[figure.report] = max(found.get(figure.report, 0), figure.low)
    return found
