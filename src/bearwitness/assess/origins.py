"""The method ``origins``: tolls by independent origins (T1 to T11)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .. import edtf
from .terms import PLAIN
from .tolls import Choice, Range, blocs, boast, choose, floored, ids, least, widest

if TYPE_CHECKING:
    from .figures import Figure
    from .sides import Sides
    from .tolls import Table

BODIES = ("hospital_morgue", "un_igo")  # roles that count bodies or verify, the higher rank first


class Origins:
    """See ``rule``."""

    name = "origins"
    rule = (
        "Counts independent origins, not pages. Low is the smallest figure in force, high the largest; best is taken from "
        "who counts bodies, then from most independent origins, then from a toll that rose, then from most texts, then the lowest."
    )
    terms = PLAIN

    def choose(self, table: Table) -> Range:
        """T6 to T9."""
        return floored(table, boast(table) or _range(table))


def _range(table: Table) -> Range:
    (low, barred), (high, free) = least(table), widest(table)
    if not table.sound:
        code = "casualties_only" if table.bounded else "open_low"
        return Range(low._replace(code=""), Choice(None, (), code), high, barred | free)
    return Range(low, _best(table), high, barred | free)


def _best(table: Table) -> Choice:
    """T8: bodies counted, then most origins, then a rising toll, then most texts, then the lowest; ties go down."""
    base = table.base
    if len({figure.value for figure in base}) == 1:
        several = len({figure.origin for figure in base}) > 1
        code = "most_origins" if several and blocs(table, base) > 1 else "only_figure"
        return choose(base, base[0].value, code)
    plain = [figure for figure in base if not figure.hedged] or base
    bodies = counted_bodies(table, plain)
    if bodies is not None:
        return bodies
    support = {
        value: blocs(table, [figure for figure in plain if figure.value == value])
        for value in {figure.value for figure in plain}
    }
    most = max(support.values())
    if most > 1:
        return choose(plain, min(value for value, count in support.items() if count == most), "most_origins")
    rising = _rising([*plain, *table.superseded])
    if rising is not None and any(figure.value == rising for figure in plain):
        return choose(plain, rising, "rising")
    texts = Counter(value for _, value in {(figure.origin, figure.value) for figure in plain})
    most = max(texts.values())
    if most > 1:
        return choose(plain, min(value for value, count in texts.items() if count == most), "most_texts")
    return choose(plain, min(figure.value for figure in plain), "lowest")


def counted_bodies(table: Table, among: list[Figure]) -> Choice | None:
    """The latest figure of the highest-ranked independent origin that counts bodies (T8b)."""
    for role in BODIES:
        counted = [figure for figure in among if _by_role(figure, role, table.ground.sides)]
        last = [
            figure
            for figure in counted
            if not any(edtf.later(other.published, figure.published) for other in counted)
        ]
        if last:
            return Choice(
                value := min(figure.value for figure in last),
                ids([figure for figure in last if figure.value == value]),
                "counts_bodies",
            )
    return None


def _by_role(figure: Figure, role: str, sides: Sides) -> bool:
    return any(
        claim.speaker is not None and claim.speaker.role == role and sides.of(claim.speaker) == "third"
        for claim in figure.claims
    )


def _rising(told: list[Figure]) -> int | None:
    """The latest exact figure if every later figure is higher than every earlier one, else ``None``."""
    exact = [figure for figure in told if figure.exact and edtf.days(figure.published) is not None]
    if len(exact) < 2 or len(exact) < len([figure for figure in told if not figure.vague]):
        return None
    for one in exact:
        for other in exact:
            if edtf.later(other.published, one.published):
                if other.value <= one.value:
                    return None
            elif not edtf.later(one.published, other.published) and one.value != other.value:
                return None
    return max(figure.value for figure in exact)
