"""The method ``range``: low, best and high of all deaths, as UCDP gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .origins import counted_bodies
from .terms import Terms
from .tolls import Choice, Range, boast, choose, least, widest

if TYPE_CHECKING:
    from .tolls import Table


class Ranged:
    """See ``rule``."""

    name = "range"
    rule = (
        "Low, best and high of all dead, fighters and attackers included, as UCDP gives them: best is the figure of an "
        "independent source that counts bodies or verifies, else the lowest; what only the perpetrator reports, as its own "
        "success, goes to high alone."
    )
    terms = Terms(attackers=True)

    def choose(self, table: Table) -> Range:
        """Best is low unless somebody counted bodies."""
        only = boast(table)
        if only is not None:
            return only
        (low, barred), (high, free) = least(table), widest(table)
        if not table.sound:
            best = Choice(None, (), "casualties_only" if table.bounded else "open_low")
            return Range(low._replace(code=""), best, high, barred | free)
        base = table.base
        if len({figure.value for figure in base}) == 1:
            best = choose(
                base, base[0].value, "only_figure" if len({f.origin for f in base}) == 1 else "all_agree"
            )
            return Range(low, best, high, barred | free)
        plain = [figure for figure in base if not figure.hedged] or base
        best = counted_bodies(table, plain) or choose(plain, min(figure.value for figure in plain), "lowest")
        return Range(low, best, high, barred | free)
