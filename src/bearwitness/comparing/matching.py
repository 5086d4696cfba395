"""Which row goes with which incident: one to one where that can be, the best of all such pairings.

Pairs that are likely enough are gathered first, a bounded number for each incident, and then looked at more closely: which
rare words the row shares with the reports of the incident. Rows and incidents that hang together
by them are then paired so that the sum of what each scores above the least likely is greatest; where too many hang together for that, the best pair
goes first. What is left over may share the incident (or the row) of another, which is said.
"""

from __future__ import annotations

from collections import Counter
from heapq import heappush, heapreplace
from math import exp, log
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from .. import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from .evidence import Evidence

MOST_ROWS = 24
"""Rows kept for each incident: no more are ever looked at again, however many there are in a file."""
RAREST = 4.0
"""What one shared word counts at most, however rare it is: a slip of the pen is rare too."""
SHORT = 100
"""Rows by which a file is taken to be longer than it is when its rare words are told."""
FEW = 3
"""Words of a row below which it says nothing that our reports use none of them."""
LONG = 25
"""Telling words that our reports must have for that: a headline alone says nothing by what it leaves out."""
LARGEST = 400
"""Rows or incidents that hang together of which the best pairing is worked out."""

Status = Literal["matched", "also", "possible"]


class Pair(NamedTuple):
    """A row (its number) and an incident (its place in the index) that could be one event."""

    row: int
    ours: int
    evidence: Evidence
    words: frozenset[str] = frozenset()


class Match(NamedTuple):
    """What was decided of a pair. ``confidence`` is the chance that it is right, rivals taken in. ``also`` is a pair whose
    incident (``taken_by`` a row) or whose row (``taken_by`` an incident) has a better one."""

    pair: Pair
    status: Status
    confidence: float
    rivals: int
    taken_by_row: int | None = None
    taken_by_incident: int | None = None


class Candidates:
    """Pairs as they are found, the best ``MOST_ROWS`` of each incident."""

    def __init__(self) -> None:
        self._kept: dict[int, list[tuple[float, int, Pair]]] = {}
        self._often: Counter[str] = Counter()
        self._rows = 0
        self.dropped = 0
        """Pairs that were likely enough, and were not kept since better ones filled the place."""

    def add(self, pair: Pair) -> None:
        """Keep a pair, if it is likely enough and among the best of its incident."""
        if pair.evidence.chance < threshold("looked_at"):
            return
        kept = self._kept.setdefault(pair.ours, [])
        entry = (pair.evidence.score, -pair.row, pair)
        if len(kept) < MOST_ROWS:
            heappush(kept, entry)
            return
        self.dropped += 1
        if entry > kept[0]:
            heapreplace(kept, entry)

    def met(self, words: frozenset[str]) -> None:
        """Count the words of a row that has candidates, so that it is known which are rare."""
        self._rows += 1
        self._often.update(words)

    def pairs(self, told: Callable[[int], frozenset[str]]) -> Iterator[Pair]:
        """All that were kept, with the words they share counted in. ``told`` gives the words of the reports of the
        incident at that place of the index, and is asked once for each."""
        for ours, kept in sorted(self._kept.items()):
            words = told(ours)
            for _, _, pair in kept:
                yield pair._replace(evidence=pair.evidence.with_words(self._strength(pair.words, words)))

    def _strength(self, theirs: frozenset[str], ours: frozenset[str]) -> float | None:
        """How rare the words are that the two share, added up; ``None`` where they share none and have too few for that to
        say anything."""
        shared = theirs & ours
        if not shared and (len(theirs) < FEW or len(ours) < LONG):
            return None
        # In a short file every word is rare: it is weighed as if it were longer.
        every = self._rows + SHORT
        return sum(min(RAREST, log(every / (self._often[word] + 1))) for word in shared)


def threshold(name: str) -> float:
    """A threshold of ``vocabulary/comparing.toml``."""
    return float(vocabulary.load("comparing")["thresholds"][name])


def match(pairs: Iterable[Pair]) -> list[Match]:
    """What is decided of rows and incidents, each row once: the pair it is in, or the one it would be in if the incident
    were not taken; and each incident that is left over with the row it would have had."""
    by_row: dict[int, list[Pair]] = {}
    by_ours: dict[int, list[Pair]] = {}
    for pair in sorted(pairs, key=lambda one: one[:2]):
        if pair.evidence.chance < threshold("possible"):
            continue
        by_row.setdefault(pair.row, []).append(pair)
        by_ours.setdefault(pair.ours, []).append(pair)
    chosen = [pair for group in _groups(by_row, by_ours) for pair in _best(group)]
    row_of = {pair.ours: pair.row for pair in chosen}
    ours_of = {pair.row: pair.ours for pair in chosen}
    found = [_decided(pair, by_row[pair.row], by_ours[pair.ours], row_of, ours_of) for pair in chosen]
    for row, several in by_row.items():
        if row not in ours_of:
            best = max(several, key=_order)
            taker = next((one for one in by_ours[best.ours] if one.row == row_of.get(best.ours)), None)
            found += _left_over(best, taker, taker.row if taker else None, None)
    for ours, several in by_ours.items():
        if ours not in row_of:
            best = max(several, key=_order)
            taker = next((one for one in by_row[best.row] if one.ours == ours_of.get(best.row)), None)
            found += _left_over(best, taker, None, taker.ours if taker else None)
    return sorted(found, key=lambda one: (one.pair.row, one.pair.ours))


def _order(pair: Pair) -> tuple[float, int, int]:
    """The likelier pair first; of equal ones that of the earlier row."""
    return pair.evidence.score, -pair.row, -pair.ours


def _decided(
    pair: Pair,
    beside_row: Iterable[Pair],
    beside_ours: Iterable[Pair],
    row_of: dict[int, int],
    ours_of: dict[int, int],
) -> Match:
    steep = threshold("steep")
    rivals = [other for other in (*beside_row, *beside_ours) if other[:2] != pair[:2]]
    # A rival whose own partner fits it better than we do is hardly one.
    weight = 1.0
    for other in rivals:
        partner = row_of.get(other.ours) if other.row == pair.row else ours_of.get(other.row)
        settled = threshold("settled") if partner is not None else 1.0
        weight += settled * exp(min(30.0, steep * (other.evidence.score - pair.evidence.score)))
    confidence = pair.evidence.chance / weight
    status: Status = "matched" if confidence >= threshold("matched") else "possible"
    return Match(pair, status, confidence, len(rivals))


def _left_over(pair: Pair, taker: Pair | None, row: int | None, ours: int | None) -> Iterator[Match]:
    """What becomes of the second row of an incident, or of the second incident of a row, if anything does."""
    ahead = taker.evidence.score - pair.evidence.score if taker else 0.0
    confidence = pair.evidence.chance / (1.0 + exp(max(-30.0, min(30.0, threshold("steep") * ahead))))
    if pair.evidence.tells and pair.evidence.chance >= threshold("matched"):
        # An event that one of the two has in pieces: not a rival, and not a pair of its own.
        yield Match(pair, "also", confidence, 1, row, ours)
    elif confidence >= threshold("possible"):
        yield Match(pair, "possible", confidence, 1, row, ours)


def _groups(by_row: dict[int, list[Pair]], by_ours: dict[int, list[Pair]]) -> Iterator[list[Pair]]:
    """The pairs that hang together by their rows and incidents."""
    seen: set[int] = set()
    for start in by_row:
        if start in seen:
            continue
        seen.add(start)
        waiting, group = [start], list[Pair]()
        met: set[int] = set()
        while waiting:
            row = waiting.pop()
            group += by_row[row]
            for ours in {pair.ours for pair in by_row[row]} - met:
                met.add(ours)
                for other in by_ours[ours]:
                    if other.row not in seen:
                        seen.add(other.row)
                        waiting.append(other.row)
        yield sorted(group, key=lambda pair: pair[:2])


def _best(group: list[Pair]) -> list[Pair]:
    """The pairing of a group whose scores add up to most."""
    rows, ours = sorted({pair.row for pair in group}), sorted({pair.ours for pair in group})
    if len(group) == 1:
        return group
    if max(len(rows), len(ours)) > LARGEST:
        return _greedy(group)
    if len(rows) > len(ours):
        turned = {(pair.ours, pair.row): pair for pair in group}
        return _assigned(ours, rows, turned)
    return _assigned(rows, ours, {(pair.row, pair.ours): pair for pair in group})


def _greedy(group: list[Pair]) -> list[Pair]:
    rows: set[int] = set()
    ours: set[int] = set()
    chosen = []
    for pair in sorted(group, key=_order, reverse=True):
        if pair.row not in rows and pair.ours not in ours:
            rows.add(pair.row)
            ours.add(pair.ours)
            chosen.append(pair)
    return chosen


def _assigned(few: list[int], many: list[int], pairs: dict[tuple[int, int], Pair]) -> list[Pair]:
    """The best pairing by the Hungarian method (shortest augmenting paths), each of ``few`` with one of ``many`` or with
    none: a gain is how far a score lies above that of the least likely pair that is kept."""
    least = min(pair.evidence.score for pair in pairs.values()) - 1.0
    gain = np.zeros((len(few), len(many)))
    place = {name: at for at, name in enumerate(many)}
    for at, one in enumerate(few):
        for other in many:
            if pair := pairs.get((one, other)):
                gain[at, place[other]] = pair.evidence.score - least
    partner = _hungarian(gain.max() - gain)
    return [pair for at, one in enumerate(few) if (pair := pairs.get((one, many[partner[at]]))) is not None]


def _hungarian(cost: NDArray[np.float64]) -> list[int]:
    """For each row of ``cost`` (no more rows than columns) its column, so that the sum is least."""
    height, width = cost.shape
    up, across = np.zeros(height + 1), np.zeros(width + 1)
    row_at = np.zeros(width + 1, dtype=int)  # which row, from 1, a column has; 0 for none
    for row in range(1, height + 1):
        row_at[0] = row
        column = 0
        least, came, used = (
            np.full(width + 1, np.inf),
            np.zeros(width + 1, dtype=int),
            np.zeros(width + 1, bool),
        )
        while row_at[column]:
            used[column] = True
            here = row_at[column]
            reduced = cost[here - 1] - up[here] - across[1:]
            better = ~used[1:] & (reduced < least[1:])
            least[1:][better] = reduced[better]
            came[1:][better] = column
            free = np.where(used[1:], np.inf, least[1:])
            following = int(np.argmin(free)) + 1
            step = least[following]
            up[row_at[used]] += step
            across[used] -= step
            least[~used] -= step
            column = following
        while column:
            before = int(came[column])
            row_at[column] = row_at[before]
            column = before
    found = [-1] * height
    for column in range(1, width + 1):
        if row_at[column]:
            found[row_at[column] - 1] = column - 1
    return found
