"""The method ``ibc``: minimum and maximum of civilian deaths and injuries, as Iraq Body Count gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .terms import Terms
from .tolls import span

if TYPE_CHECKING:
    from .tolls import Range, Table


class Ibc:
    """See ``rule``."""

    name = "ibc"
    rule = (
        "Minimum and maximum of civilian deaths and injuries over all figures in force, as Iraq Body Count gives them: "
        "fighters are left out, police are civilians, and nothing is conceded, graded or chosen in between."
    )
    terms = Terms(civilians=True)

    def choose(self, table: Table) -> Range:
        """From the smallest to the largest; no best in between."""
        return span(table)
