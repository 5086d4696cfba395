"""Assess: from the claims about one incident, toll ranges, responsibility, independence and a grade.

Nothing here is typed in: every figure rests on named claims, every claim left out has a reason, and the
same records always give the same assessment. Methods are chosen by name; docs/methods.md explains each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..errors import InputError
from .case import Case
from .codes import CODES
from .origins import Origins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..copies import Copies
    from ..pages import Version
    from ..record import Assessment, Claim, Incident, Judgement, Mention, Report

__all__ = ["CODES", "DEFAULT", "METHODS", "RULE", "Case", "Method", "assess"]

RULE = "assess/3"
"""Name and version of the rules of weighing; it changes when the same records would give another assessment."""


class Method(Protocol):
    """A way of weighing claims. Its docstring says what it does in a sentence or two."""

    name: str

    def weigh(self, case: Case) -> Assessment:
        """The assessment of one incident."""
        ...


METHODS: dict[str, Method] = {"origins": Origins()}
DEFAULT = "origins"


def assess(
    incident: Incident,
    mentions: Mapping[str, Mention],
    claims: Mapping[str, Sequence[Claim]],
    reports: Mapping[str, Report],
    judgements: Sequence[Judgement] = (),
    copies: Copies | None = None,
    method: str = DEFAULT,
    versions: Mapping[str, Version] | None = None,
) -> Assessment:
    """Weigh one incident. ``mentions`` and ``reports`` are by id and may hold more than the incident's own;
    ``claims`` are by mention id, ``versions`` by report id, for editions of pages that had several; ``copies`` are those
    among the reports, looked for if not given. Raises ``InputError`` for a method that does not exist."""
    if method not in METHODS:
        raise InputError(f"there is no method {method!r}; choose one of: {', '.join(sorted(METHODS))}")
    case = Case(incident, mentions, claims, reports, judgements, versions or {}, copies)
    return METHODS[method].weigh(case)
