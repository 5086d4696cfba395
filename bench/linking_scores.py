"""Scores of a clustering, and what linking is measured beside: place and day, and the likeness of texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from math import log, sqrt
from typing import Any

import numpy as np
from linking_sets import Told, main_mention

from bearwitness import edtf

NEAR_DAYS = 7
Clusters = Mapping[str, Hashable]
"""By the name of a report, the cluster it was put in."""


def b_cubed(told: Sequence[Told], found: Clusters) -> list[tuple[float, float, float]]:
    """For each report precision and recall (of its cluster, and of its story, the share that is in both), and a one,
    by which sums over reports become means."""
    cluster, story = Counter(found[one.name] for one in told), Counter(one.story for one in told)
    both = Counter((found[one.name], one.story) for one in told)
    return [
        (
            both[found[one.name], one.story] / cluster[found[one.name]],
            both[found[one.name], one.story] / story[one.story],
            1.0,
        )
        for one in told
    ]


def b_cubed_f1(rows: Sequence[Sequence[float]]) -> float | None:
    """F1 of mean precision and mean recall, from rows of ``b_cubed`` or their sum."""
    if not rows:
        return None
    precision, recall, number = (sum(column) for column in zip(*rows, strict=True))
    return 2 * precision * recall / (precision + recall) / number if precision + recall else 0.0


def f1(told: Sequence[Told], found: Clusters) -> float:
    """B-cubed F1 of a clustering."""
    return b_cubed_f1(b_cubed(told, found)) or 0.0


def pair_counts(told: Sequence[Told], found: Clusters) -> dict[str, int]:
    """Pairs of reports: joined, joined wrongly, of one story, of one story and joined; and the near ones, that are of
    different stories of one place within a week: how many there are and how many were joined."""
    count = Counter[str]()
    groups: defaultdict[Hashable, list[Told]] = defaultdict(list)
    stories: defaultdict[str, list[Told]] = defaultdict(list)
    places: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        groups[found[one.name]].append(one)
        stories[one.story].append(one)
        places[one.near].append(one)
    for held in groups.values():
        for one, other in combinations(held, 2):
            count["joined"] += 1
            count["wrong"] += one.story != other.story
    for held in stories.values():
        for one, other in combinations(held, 2):
            count["true"] += 1
            count["kept"] += found[one.name] == found[other.name]
    for held in places.values():
        for one, other in combinations(held, 2):
            if one.story != other.story and abs(one.day - other.day) <= NEAR_DAYS:
                count["near"] += 1
                count["near_wrong"] += found[one.name] == found[other.name]
    return dict(count) | {"all": len(told) * (len(told) - 1) // 2}


def hard(told: Sequence[Told]) -> list[Told]:
    """The reports of stories that have another story of their place within a week beside them."""
    places: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        places[one.near].append(one)
    return [
        one
        for one in told
        if any(one.story != o.story and abs(one.day - o.day) <= NEAR_DAYS for o in places[one.near])
    ]


def grouped(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Clusters by joining every pair: the first name of each stands for it."""
    head = {name: name for name in names}

    def of(name: str) -> str:
        while head[name] != name:
            head[name] = name = head[head[name]]
        return name

    for one, other in pairs:
        first, second = sorted((of(one), of(other)))
        head[second] = first
    return {name: of(name) for name in head}


def place_and_day(told: Sequence[Told]) -> Clusters:
    """Reports whose main event, as read, has one place and one day; without one of them it stands alone."""
    found: dict[str, Hashable] = {}
    for one in told:
        event = main_mention(one.reading)
        days = edtf.days(event.date) if event is not None else None
        place = event.place if event is not None else None
        if days is None or not days.one_day or place is None:
            found[one.name] = one.name
        else:
            found[one.name] = (place.geonameid or place.words.casefold(), days)
    return found


def lemma(told: Sequence[Told]) -> Clusters:
    """Reports of one topic whose main event is anchored by one word (its ending cut off)."""
    found: dict[str, Hashable] = {}
    for one in told:
        event = main_mention(one.reading)
        words = re.findall(r"[a-z]+", event.anchor.lower()) if event is not None else []
        found[one.name] = (one.near, _stem(words[-1])) if words else one.name
    return found


def _stem(word: str) -> str:
    """A plain stem: what is left of a word when its commonest endings are gone."""
    return re.sub(r"(?<=...)(?:ings?|ed|es|s|er|ers)$", "", word)


def likeness(told: Sequence[Told], *, least: float = 0.05) -> list[tuple[float, str, str]]:
    """Pairs of reports with the cosine of their words, weighted by rarity (TF-IDF), from the likest down."""
    bags = [Counter(re.findall(r"[^\W\d_]{2,}|\d+", one.report.text.lower())) for one in told]
    often = Counter(word for bag in bags for word in bag)
    number = {word: at for at, word in enumerate(w for w, n in often.items() if 1 < n < len(told) / 2)}
    matrix = np.zeros((len(told), len(number)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for word, count in bag.items():
            if word in number:
                matrix[row, number[word]] = (1 + log(count)) * log(len(told) / often[word])
        length = sqrt(float(matrix[row] @ matrix[row]))
        matrix[row] /= length or 1.0
    found = []
    for row in range(len(told)):
        alike = matrix[row + 1 :] @ matrix[row]
        found += [
            (float(alike[at]), told[row].name, told[row + 1 + at].name)
            for at in np.flatnonzero(alike >= least).tolist()
        ]
    return sorted(found, reverse=True)


def alike(told: Sequence[Told], pairs: Sequence[tuple[float, str, str]], threshold: float) -> Clusters:
    """Reports whose likeness reaches the threshold, and those that such pairs connect."""
    return grouped((one.name for one in told), ((a, b) for value, a, b in pairs if value >= threshold))


def best_threshold(told: Sequence[Told], pairs: Sequence[tuple[float, str, str]]) -> float:
    """The threshold of likeness, in steps of 0.02, at which the clusters score best."""
    steps = [round(0.1 + 0.02 * step, 2) for step in range(45)]
    return max(steps, key=lambda threshold: f1(told, alike(told, pairs, threshold)))


def figures(told: Sequence[Told], found: Clusters) -> dict[str, Any]:
    """Everything that is told of one clustering."""
    rows = b_cubed(told, found)
    mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)] if rows else [0.0, 0.0, 0.0]
    counts = pair_counts(told, found)
    return {
        "precision": mean[0],
        "recall": mean[1],
        "f1": b_cubed_f1(rows),
        "spurious_of_joined": counts.get("wrong", 0) / max(1, counts.get("joined", 0)),
        "spurious_of_near": counts.get("near_wrong", 0) / max(1, counts.get("near", 0)),
        "found_of_true": counts.get("kept", 0) / max(1, counts.get("true", 0)),
        **{
            name: counts.get(name, 0)
            for name in ("joined", "wrong", "true", "kept", "near", "near_wrong", "all")
        },
    }
