"""Fit the weights of linking on labelled pairs of reports, and choose the sum from which two are joined.

usage: python bench/linking_fit.py DATA [--least LOGODDS] [--write]

The pairs are those that linking itself would compare, of the main events of reports on the half "develop" of the local
reports of shootings; nothing of the other half is looked at. Logistic regression over the codes of ``link.matching``, with a
penalty on large weights; what speaks for a join never weighs less than nothing and what speaks against never more. Codes that
such pairs cannot show are set by hand (``FIXED``). Printed are the pairs that each threshold would join, by cross-validation over
cities, and the weights. ``--least`` is the threshold in log odds: 1.5 was chosen, where one in fifty of the pairs is
of two events (of the clusters that come of them fewer). ``--write`` puts all into src/bearwitness/vocabulary/linking.toml.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import linking_sets as sets
import numpy as np
from common import ROOT
from linking_sets import Told

from bearwitness import review
from bearwitness.link import facts_of
from bearwitness.link.blocking import candidates
from bearwitness.link.codes import AGAINST, FOR
from bearwitness.link.compare import compare
from bearwitness.link.facts import Fact, table

TABLE = ROOT / "src/bearwitness/vocabulary/linking.toml"
FOLDS = 5
PENALTY = 1.0
DOUBTFUL = (
    "next_day",
    "other_day",
    "far_day",
    "later_report",
    "other_place",
    "other_country",
    "place_unknown",
)
ALWAYS = (
    "same_day", "dates_meet", "publication_window", "year_unknown", "year_untold", "no_date", "next_day", "other_day", "far_day",
    "later_report", "same_place", "near_place", "same_words", "country_only", "no_place", "other_place", "other_country",
    "place_unknown",
)  # fmt: skip
"""Codes of how time and place agree that may stand in a join: those the table does not hold never do."""
FIXED = {
    "copied_text": 40, "same_order": 5, "same_statement": 20, "same_target": 20, "same_weapon": 10, "near_toll": 2,
    "year_unknown": 10, "year_untold": 3, "country_only": -30, "no_date": 0, "no_place": 0, "different_sites": -3,
    "different_actors": -10,
}  # fmt: skip
"""Set by hand, since shootings of one town show them too seldom or not as reports of war do (where the same building, the
same weapon or the same speaker's figure tells one event, and a house or a gun does not)."""
FREE = {
    *DOUBTFUL,
    "same_day",
    "dates_meet",
    "publication_window",
    "year_unknown",
    "year_untold",
    "near_place",
    "same_words",
}
"""Codes of time and place, whose weights may have either sign."""


class Pair(NamedTuple):
    """Two reports compared: whether they tell one event, the codes, whether the rules besides the sum let them join."""

    same: bool
    codes: tuple[str, ...]
    open: bool
    fold: int


def facts(told: list[Told]) -> list[Fact]:
    """The facts of all events of reports, in order of id."""
    mentions = [event for one in told for event in one.reading.mentions]
    reports = {one.report.id: one.report for one in told}
    return facts_of(mentions, sets.by_mention(told), reports, review.apply([], []))


def compared(told: list[Told]) -> Iterator[tuple[Told, Told, tuple[str, ...], bool]]:
    """The pairs of main events that linking compares, with their codes and whether rules besides the sum let them join."""
    main = {event.id: one for one in told if (event := sets.main_mention(one.reading)) is not None}
    every = facts(told)
    for a, b, _ in candidates(every):
        one, other = main.get(every[a].id), main.get(every[b].id)
        if one is None or other is None:
            continue
        found = compare(every[a], every[b])
        if found.bar is None:
            closed = {"nothing_distinguishing", "too_doubtful", "different_kinds"}.intersection(found.codes)
            known = set(table("weights"))
            open_ = not closed and known.issuperset(set(found.codes[:2]))
            yield one, other, found.codes, open_


def shootings(data: Path) -> Iterator[Pair]:
    """Pairs of local reports of shootings."""
    told = [one for one in sets.gva(data / "gva") if one.half == "develop"]
    for one, other, codes, open_ in compared(told):
        yield Pair(one.story == other.story, codes, open_, fold(one.near))


def fold(key: str) -> int:
    """The part of the cross-validation that a key falls into."""
    return int(hashlib.sha256(f"fold {key}".encode()).hexdigest(), 16) % FOLDS


def matrix(pairs: list[Pair], codes: list[str]) -> np.ndarray:
    """A row a pair, a column a code and one for the level."""
    at = {code: number for number, code in enumerate(codes)}
    found = np.zeros((len(pairs), len(codes) + 1))
    found[:, -1] = 1.0
    for row, pair in enumerate(pairs):
        for code in pair.codes:
            if code in at:
                found[row, at[code]] = 1.0
    return found


def fit(x: np.ndarray, same: np.ndarray, offset: np.ndarray, codes: list[str]) -> np.ndarray:
    """Weights by Newton's method; one with the wrong sign is set to nothing and the others are fitted again."""
    active = np.ones(x.shape[1], dtype=bool)
    while True:
        beta = np.zeros(x.shape[1])
        penalty = np.full(x.shape[1], PENALTY)
        penalty[-1] = 1e-6
        for _ in range(60):
            chance = 1 / (1 + np.exp(-np.clip(x @ beta + offset, -30, 30)))
            slope = x.T @ (same - chance) - penalty * beta
            curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(penalty)
            step = np.zeros_like(beta)
            step[active] = np.linalg.solve(curve[np.ix_(active, active)], slope[active])
            beta += step
            if np.abs(step).max() < 1e-7:
                break
        wrong = [
            at
            for at, code in enumerate(codes)
            if active[at] and code not in FREE and ((code in AGAINST) != (beta[at] < 0)) and beta[at] != 0
        ]
        if not wrong:
            return beta
        active[wrong] = False


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--least", type=float, default=1.5, help="log odds from which two are joined")
    asked = parser.parse_args()
    pairs = list(shootings(asked.data.resolve()))
    telling = [code for code in (*FOR, *AGAINST) if any(code in pair.codes for pair in pairs)]
    passed = {"too_little", "too_doubtful", "nothing_distinguishing", *FIXED}
    codes = [code for code in telling if code not in passed]
    offset = np.array([sum(FIXED.get(code, 0) for code in pair.codes) / 10 for pair in pairs])
    x, same = matrix(pairs, codes), np.array([pair.same for pair in pairs], dtype=float)
    folds, open_ = np.array([pair.fold for pair in pairs]), np.array([pair.open for pair in pairs])
    held = np.zeros(len(pairs))
    for part in range(FOLDS):
        aside = folds == part
        held[aside] = x[aside] @ fit(x[~aside], same[~aside], offset[~aside], codes) + offset[aside]
    for least in np.arange(-3, 5, 0.5):
        joined = open_ & (held >= least)
        print(
            f"{least:5.1f} joined {joined.sum():5d} wrong {int((joined & (same == 0)).sum()):4d} recall {(joined & (same == 1)).sum() / same.sum():.3f}"
        )
    beta = fit(x, same, offset, codes)
    for code, value in zip([*codes, "level"], beta, strict=True):
        with_it = [pair.same for pair in pairs if code in pair.codes]
        print(f"{code:26}{10 * value:6.0f}   same {sum(with_it):5d}  two {len(with_it) - sum(with_it):5d}")
    if asked.write:
        write(codes, beta, asked.least)


def write(codes: list[str], beta: np.ndarray, least: float) -> None:
    """Put the weights, in tenths, and the threshold into the vocabulary, in place of what stood there."""
    text = TABLE.read_text(encoding="utf-8")
    weights = dict(zip(codes, (round(10 * value) for value in beta[:-1]), strict=True)) | FIXED
    lines = [
        f"{code} = {weights.get(code, 0)}" for code in (*FOR, *AGAINST) if weights.get(code) or code in ALWAYS
    ]
    head, _, _ = text.partition("[threshold]")
    joins = round(10 * (least - beta[-1]))
    text = f"{head}[threshold]\njoins = {joins}\n\n[weights]\n" + "\n".join(lines) + "\n"
    TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
