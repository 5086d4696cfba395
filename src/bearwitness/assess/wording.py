"""Sentences of the record: short, neutral, and always saying by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codes import TOLL
from .sides import NAMES

if TYPE_CHECKING:
    from ..record import About, Claim
    from .case import Case
    from .figures import Figure
    from .sides import Sides
    from .sources import Sources

_SHOWN = (
    "unattributed_only",
    "hedged_only",
    "vague_only",
    "open_low",
    "casualties_only",
    "conceded_floor",
    "named_floor",
    "toll_denied",
    "zero_stated",
    "parts_exceed_total",
    "no_longer_told",
    "outside_headline",
)
MOST_NAMES = 3

_BASIS = {
    "only_figure": "the only figure, by {by}",
    "most_origins": "the figure that most independent origins give ({by})",
    "counts_bodies": "best is by {by}, who count bodies or verify and belong to neither side",
    "all_agree": "all figures agree ({by})",
    "most_texts": "best is what most texts of different origin give ({by}), as no named sources settle it",
    "lowest_reported": "the lowest figure reported, by {by}",
    "majority": "best is what more than half of the origins give ({by})",
    "most_votes": "best is what more origins give than any other figure ({by})",
    "range_only": "from the smallest figure to the largest, and none is chosen in between",
    "rising": "best is the latest, by {by}, as the toll rose",
    "lowest": "best is the lowest, by {by}, because nothing singles out another",
    "interested_party_only": "only {by} reports it, as its own side's success, so low and best are 0",
    "conceded_floor": "{by} on the accused side concedes it",
}
"""How a figure was chosen, by code; {by} is who stands behind it."""


def number(low: int | None, high: int | None) -> str:
    """A count as words: "12", "at least 40", "up to 30", "10 to 15"."""
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def claimed(claim: Claim) -> str:
    """The number that a claim gives, as words."""
    return number(claim.low, claim.high)


def counted_sentence(case: Case, claim: Claim, roles: list[str], figure: Figure) -> str:
    """What a counted claim does in the range, and the number it counts with where that is another."""
    taken = (figure.low, figure.high)
    other = len(figure.claims) == 1 and taken != (claim.low, claim.high)
    taken_as = f", taken as {number(*taken)}" if other else ""
    if len(figure.claims) > 1 and figure.how is not None:
        taken_as = f", added to what is told beside it: {number(*taken)} in all"
    said = f"{case.who(claim)}: {claimed(claim)}{taken_as}."
    if not roles:
        return f"{said} Within the range."
    if len(roles) == 3:
        return f"{said} The range rests on it."
    return f"{said} It sets the {' and the '.join(roles)} figure."


def toll_sentence(
    case: Case,
    sources: Sources,
    sides: Sides,
    about: About,
    bounds: tuple[int | None, int | None, int | None] | None,
    current: list[Figure],
    reasons: tuple[str, ...],
    best_claims: tuple[str, ...] = (),
) -> str:
    """One sentence for a whole toll: the range, on whose word, and what weakens it."""
    if bounds is None:
        return {
            "not_reported": f"No report says how many were {about}; that is not zero.",
            "nothing_admissible": f"No admissible figure says how many were {about}; the claims made are listed.",
        }[reasons[0]]
    low, best, high = bounds
    head = _range(about, low, best, high, open_high="open_high" in reasons)
    by = _names(
        [claim for figure in current for claim in figure.claims if claim.id in best_claims], case, sources
    )
    rest = [_basis(reasons[0], by)]
    if "one_side_only" in reasons and reasons[0] != "interested_party_only":
        side = next(
            sides.of(claim.speaker)
            for figure in current
            for claim in figure.claims
            if claim.speaker is not None
        )
        rest.append(f"every named source is on {NAMES[side]}")
    shown = [code for code in _SHOWN if code in reasons[1:]]
    return f"{head}: {'; '.join(rest)}." + "".join(f" {TOLL[code]}" for code in shown)


def _range(about: str, low: int | None, best: int | None, high: int | None, *, open_high: bool) -> str:
    if low is None:
        return f"Up to {high} {about}"
    if low == high:
        return f"At least {low} {about}" if open_high and low else f"{low} {about}"
    text = f"{low} to {high}{' or more' if open_high else ''} {about}"
    return text if best is None else f"{text}, best figure {best}"


def _basis(code: str, by: str) -> str:
    told = _BASIS.get(code)
    return TOLL.get(code, "").rstrip(".") if told is None else told.replace("{by}", by)


def _names(claims: list[Claim], case: Case, sources: Sources) -> str:
    """Who stands behind ``claims``, the speakers first, at most three by name."""
    spoken = [sources.names[sources.of[claim.id]] for claim in claims if claim.speaker is not None]
    voices = [case.who(claim) for claim in claims if claim.speaker is None]
    return listing(list(dict.fromkeys([*sorted(spoken), *sorted(voices)])))


def listing(names: list[str]) -> str:
    """Names in a row, at most three of them."""
    shown = ", ".join(names[:MOST_NAMES])
    return shown + (f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")
