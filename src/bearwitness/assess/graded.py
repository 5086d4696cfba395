"""The method ``graded``: minimum and maximum of civilians harmed beside the incident's grade, as Airwars gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .terms import Terms
from .tolls import floored, span

if TYPE_CHECKING:
    from .tolls import Range, Table

# What its published ranges show for a plural without a number and for "dozens".
VAGUE = {2: (2, 2), 24: (12, 24)}


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
        chosen = floored(table, span(table))
        grade = table.ground.grade[0]
        return chosen if grade in ("confirmed", "fair") else chosen.flagged("outside_headline")
