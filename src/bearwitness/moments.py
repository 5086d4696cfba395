"""Tolls in short, in parts, at moments in time, and without a source: what is shown beside an assessment."""

from __future__ import annotations

from typing import Literal

from bearwitness.identity import Value


class Share(Value, frozen=True, kw_only=True):
    """How many of a toll were ``of`` one kind. Those by standing (civilian, combatant, police, unknown) make up the best
    figure; attackers are apart unless the method counts them; children, women and men are the same people told another way."""

    of: Literal["civilian", "combatant", "police", "attacker", "unknown", "children", "women", "men"]
    low: int
    best: int
    high: int
    claims: tuple[str, ...] = ()


class Brief(Value, frozen=True, kw_only=True):
    """A toll in short: its bounds, and the reason that speaks first."""

    about: Literal["killed", "injured"]
    low: int | None
    best: int | None
    high: int | None
    open_high: bool
    code: str


class Moment(Value, frozen=True, kw_only=True):
    """How tolls stood at the end of ``day`` (ISO 8601), and the ``claims`` that counted from that day on. By
    ``published`` their reports' own days are meant; ``captured`` marks a day on which some have none, and the day on
    which the ledger got them stands in."""

    day: str
    basis: Literal["published", "captured"]
    tolls: tuple[Brief, ...]
    claims: tuple[str, ...]


class Without(Value, frozen=True, kw_only=True):
    """How tolls would stand without one outlet, one side, or one origin: those that move, and how many claims go."""

    what: Literal["outlet", "side", "origin"]
    name: str
    tolls: tuple[Brief, ...]
    claims: int
