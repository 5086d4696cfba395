"""The method ``lowest``: one number, the lowest that is reported, as ACLED codes fatalities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .terms import Terms
from .tolls import Choice, Range, choose, ids

if TYPE_CHECKING:
    from .tolls import Table

# The codebook's numbers for "several", "many" and "few" (3; 10 where a person judges the attack large), "tens",
# "dozens" and "hundreds". It names none for "scores" and "thousands": the lowest that the words allow.
VAGUE = {2: (3, 3), 20: (10, 10), 24: (12, 12), 40: (20, 20), 200: (100, 100), 2000: (1000, 1000)}


class Lowest:
    """See ``rule``."""

    name = "lowest"
    rule = (
        "One number, the lowest figure in force, as ACLED codes fatalities: vague words count with its codebook's numbers "
        "(several 3, dozens 12, hundreds 100), killed and wounded together as 0, attackers' dead with the others."
    )
    terms = Terms(attackers=True, vague=VAGUE)

    def choose(self, table: Table) -> Range:
        """The smallest figure; "up to 30" gives none beside others."""
        bounded = table.bounded
        if not bounded:
            none = Choice(None, (), "open_low")
            top = max(figure.top for figure in table.current)
            high = Choice(top, ids([figure for figure in table.current if figure.top == top]))
            return Range(Choice(None), none, high)
        if not table.sound:
            one = Choice(0, ids(bounded), "casualties_only")
            return Range(one, one, one)
        flags = frozenset({"casualties_words"} if bounded != table.sound else ())
        values = {figure.value for figure in table.sound}
        agree = "all_agree" if len({figure.origin for figure in table.sound}) > 1 else "only_figure"
        code = "lowest_reported" if len(values) > 1 else agree
        one = choose(table.sound, min(values), code)
        return Range(one, one, one, flags)
