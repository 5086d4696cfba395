"""From what the network gives to spans, groups of spans that tell of one event, and each group's day and place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from bearwitness.extract.model import hints
from bearwitness.extract.model.network import Floats, Ints, Network, distance_codes, sigmoid
from bearwitness.extract.model.words import DEEDS, INDEX, TOLLS, Words
from bearwitness.extract.namesakes import is_plain
from bearwitness.extract.places import of_a_body

CLAIMS = ("count", "perpetrator", "weapon", "target")
DENIED_DEED, DENIED_EVENT = "denied deed", "denied event"  # that somebody did it, that it happened
EDGE = 0.35  # a word this likely belongs to a span
SURE_KIND = 0.8  # so likely a kind of count outdoes what a rule says
NEXT_WORD = re.compile(r"\s([^\W\d_]+)")
UNITS = frozenset("battalion battalions brigade brigades regiment squadron unit squad".split())
BARE = frozenset("county parish district province".split())
LED = re.compile(r"\b(?:in|at|near|from|of|outside)\s+$", re.I)
AGED = re.compile(r", \d{1,2}(?:,| and\b)")
PROPOSED = 0.7  # of what a span needs: from here on it is proposed
MOST = 400  # spans of one report that tell of events; a page of numbers is read as far as this
LEAST_CHANCE = 0.001  # of a marked day or place: what is less is as little
CANDIDATES = 200  # days, places and speakers that they may be linked to, of each


@dataclass
class Span:
    """Words [first, last) marked by a layer; ``confidence`` between 0 and 1."""

    layer: str
    first: int
    last: int
    about: str
    confidence: float
    is_: dict[str, list[float]] = field(default_factory=dict)  # attribute -> probability of each value
    voices: list[float] = field(default_factory=list)  # how likely nobody, then each candidate, says it
    proposed: bool = False  # too unlikely to be asserted
    joins: bool = False  # tells of an event that something else tells of (a denial of having done it)


@dataclass
class Group:
    """Spans that tell of one event, by number, and its day and place as candidates (-1: none) with probabilities."""

    spans: list[int]
    date: int = -1
    date_confidence: float = 0.0
    place: int = -1
    place_confidence: float = 0.0


@dataclass
class Seen:
    """All that the network sees in one report."""

    spans: list[Span]
    groups: list[Group]
    places: list[tuple[int, int]]
    voices: list[tuple[int, int]]
    sites: list[Span]
    ruled: int  # of the voices, the first, which the rules see
    whole: bool = True  # whether no span was left out


def see(
    network: Network,
    words: Words,
    dates: list[tuple[int, int]],
    places: list[tuple[int, int]],
    voices: list[tuple[int, int]],
    fixed: list[tuple[int, int, bool]],
    given: hints.Hints,
    text: str,
    days: list[str],
) -> Seen:
    """Run the network. ``dates``, ``places`` and ``voices`` are candidates as words [first, last), to which places and
    voices that only the network sees are added; ``fixed`` are stretches that tell of an event whatever the network
    thinks (a denial that the rules found), each with whether it tells of one told elsewhere. ``given`` is what the rules hold for the day and the place of what each
    sentence tells; ``text`` is the report's; ``days`` are the dates in EDTF."""
    hidden = network.encode(words)
    tags = network.tags(hidden, words)
    limit = network.config.thresholds
    read = np.zeros(len(words), bool)
    for window in words.windows:
        read[window.first : window.last] = True
    found = {}
    for layer, chances in tags.items():
        chances[~read] = 0
        found[layer] = decode(
            layer, chances, network.config.kinds.get(layer, [layer]), limit.get(layer, EDGE)
        )
        if layer in CLAIMS:
            found[layer] = _weighed(layer, words, chances, found[layer], network)
    for span in found["denial"]:
        span.joins = span.about == DENIED_DEED
    nodes = [span for layer in (*CLAIMS, "denial", "anchor") for span in found[layer]]
    nodes += [Span("anchor", first, last, "anchor", 1.0, joins=joins) for first, last, joins in fixed]
    nodes.sort(key=lambda s: (s.first, s.last, s.layer))
    seen = Seen(
        nodes[:MOST],
        [],
        _with(places, [s for s in found["place"] if nameable(words, text, s)]),
        _with(voices, found["speaker"]),
        found["site"],
        len(voices),
        len(nodes) <= MOST,
    )
    if nodes:
        marked = {
            name: limit.get(f"{name}, marked", 0.0) * _marked(tags[name], at)
            for name, at in (("date", dates), ("place", seen.places))
        }
        marked["place"] -= limit.get("place, site", 0.0) * hints.of_sites(words, seen.places, text)
        _link(network, words, hidden, seen, dates, given, text, days, marked)
    return seen


def _marked(chances: Floats, candidates: list[tuple[int, int]]) -> Floats:
    """How likely the network marks each candidate as the day or the place of some event, in log odds."""
    inside = np.array([chances[a:b, 1:].sum(1).mean() for a, b in candidates], np.float32)
    inside = np.clip(inside, LEAST_CHANCE, 1 - LEAST_CHANCE)
    found: Floats = np.log(inside / (1 - inside))
    return found


def _weighed(layer: str, words: Words, chances: Floats, seen: list[Span], network: Network) -> list[Span]:
    """What the network marks and what the rules found, each kept if it is likely enough: what both see needs less.

    A span below its threshold and not too far from it is proposed.
    """
    counts, limit = network.config.kinds["count"], network.config.thresholds
    ruled = _ruled(layer, words)
    kept = [*seen, *(s for s in ruled if not any(_meet(s, other) for other in seen))]
    found = []
    for span in kept:
        both = next((s for s in ruled if _meet(s, span)), None)
        inside = chances[span.first : span.last, 1:]
        kinds = (inside[:, 0::2] + inside[:, 1::2]).mean(0)
        if layer == "count":
            span.about = counts[int(kinds.argmax())]
            if both is not None and kinds.max() < SURE_KIND:
                span.about = both.about
        span.confidence = float(inside.sum(1).mean())
        needed = limit.get(f"{layer}, ruled", 0.3) if both is not None else limit.get(f"{layer}, new", 0.6)
        if span.confidence < PROPOSED * needed:
            continue
        span.proposed = span.confidence < needed
        line = network.config.calibration.get(f"{layer}, ruled" if both is not None else f"{layer}, new")
        span.confidence = calibrated(span.confidence, line)
        found.append(span)
    return found


def _ruled(layer: str, words: Words) -> list[Span]:
    """The spans that the rules mark."""
    column = words.marks[:, INDEX["toll" if layer == "count" else "deed"]]
    found: list[Span] = []
    first = 0
    for k in range(1, len(column) + 1):
        if k < len(column) and column[k] == column[first]:
            continue
        value = int(column[first])
        if layer == "count" and value:
            found.append(Span(layer, first, k, TOLLS[(value - 1) % len(TOLLS)], 0.0))
        elif layer != "count" and value == DEEDS[layer]:
            found.append(Span(layer, first, k, layer, 0.0))
        first = k
    return found


def _meet(one: Span, other: Span) -> bool:
    return one.first < other.last and other.first < one.last


def calibrated(chance: float, line: list[float] | None) -> float:
    """A chance as often right as it says: a straight line through its log odds, fitted on reports set aside."""
    if line is None:
        return chance
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    odds = line[0] * math.log(chance / (1 - chance)) + line[1]
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def nameable(words: Words, text: str, span: Span) -> bool:
    """Whether marked words can be a place's name: longer than two letters, written with a capital, and not plainly that of a
    unit ("Talo Battalion"), a body in brackets ("[FENO]"), a person ("Ada Doran, 18,") or nothing ("GENOCIDAL")."""
    start, end = words.start[span.first], words.end[span.last - 1]
    name = text[start:end]
    parts = name.lower().split()
    if len(name) <= 2 or not any(c.isupper() for c in name) or not parts:
        return False
    follows = NEXT_WORD.match(text, end)
    led = LED.search(text, max(0, start - 12), start) is not None  # "in MOBILE"
    unit = not UNITS.isdisjoint([*parts[1:], follows[1].lower() if follows else ""])
    bracketed = text[max(0, start - 1) : start] in ("[", "(") and text[end : end + 1] in ("]", ")")
    initials = bracketed and len(parts) == 1 and name.isupper() and len(name) <= 10
    aged = len(parts) > 1 and not led and AGED.match(text, end) is not None
    word = len(parts) == 1 and not led and name.isupper() and is_plain(parts[0])
    mixed = any(c.islower() for c in text[max(0, start - 40) : end + 40])
    short = mixed and of_a_body(name)  # "BRPD"
    bare = len(parts) == 1 and parts[0] in BARE  # "the County"
    return not (
        unit or initials or aged or word or short or bare or parts[-1].endswith(("-led", "-backed", "-based"))
    )


def _with(candidates: list[tuple[int, int]], seen: list[Span]) -> list[tuple[int, int]]:
    """The candidates, and after them what only the network saw."""
    more = [(s.first, s.last) for s in seen if not any(a < s.last and s.first < b for a, b in candidates)]
    return [*candidates, *more][:CANDIDATES]


def decode(layer: str, tags: Floats, kinds: list[str], threshold: float) -> list[Span]:
    """Spans of one layer: words whose chance of standing in a span is at least ``threshold``, cut where one begins.

    The labels are 0 for none, then for each kind one for its first word and one for those after it.
    """
    inside = tags[:, 1:]
    marked = inside.sum(1) >= threshold
    goes_on = marked & (inside[:, 0::2].sum(1) <= inside[:, 1::2].sum(1))
    found: list[Span] = []
    k = 0
    for at in np.flatnonzero(marked).tolist():
        if at < k:
            continue  # a later word of the span before
        first, k = at, at + 1
        while k < len(tags) and goes_on[k]:
            k += 1
        likely = (inside[first:k, 0::2] + inside[first:k, 1::2]).mean(0)
        found.append(Span(layer, first, k, kinds[int(likely.argmax())], float(likely.max())))
    return found


def _link(
    network: Network, words: Words, hidden: Floats, seen: Seen, dates: list[tuple[int, int]], given: hints.Hints, text: str,
    days: list[str], marked: dict[str, Floats],
) -> None:  # fmt: skip
    names = network.config.span_types
    relations = network.config.relations
    first, last = _ends([(s.first, s.last) for s in seen.spans])
    types = np.array([names.index(s.about) for s in seen.spans], np.int64)
    vectors = network.vectors(hidden, words, first, last, types)
    values = network.attributes(vectors)
    same = _between(network, words, (vectors, first), (vectors, first))[:, :, relations.index("same")]
    together = sigmoid((same + same.T) * np.float32(0.5))
    nothing = network.nothing(vectors)
    chances = {}
    sentences = words.sentence[first].tolist()
    places, voices = (
        [text[words.start[a] : words.end[b - 1]] for a, b in c] for c in (seen.places, seen.voices)
    )
    for name, candidates, codes, kinds in (
        ("date", dates, hints.dates(given, sentences, dates), hints.date_kinds(words, dates)),
        ("place", seen.places, hints.places(given, sentences, places), hints.place_kinds(words, seen.places, places)),
        ("speaker", seen.voices, hints.voices(given, first.tolist(), seen.voices),
         hints.voice_kinds(voices, seen.ruled)),
    ):  # fmt: skip
        number = relations.index(name)
        scores = nothing[:, number : number + 1] + network.hinted(codes[:, 0])[:, number : number + 1]
        if candidates:
            a, b = _ends(candidates)
            right = network.vectors(hidden, words, a, b, np.full(len(a), names.index(name), np.int64))
            links = _between(network, words, (vectors, first), (right, a), codes[:, 1:], kinds)
            scores = np.concatenate([scores, links[:, :, number]], 1)
        # how much more the rules' word weighs than the network learnt; of who denies they know nothing here
        weight = network.config.thresholds.get(f"{name}, rules", 0.0) * (codes == hints.THIS)
        if name == "speaker":
            weight[[span.layer == "denial" for span in seen.spans]] = 0
        scores = scores + weight
        chances[name] = scores - scores.max(1, keepdims=True)
        chances[name] -= np.log(np.exp(chances[name]).sum(1, keepdims=True))
    named = [" ".join(name.lower().split()) for name in places]  # over the end of a line as within one
    for row, span in enumerate(seen.spans):
        span.is_ = {name: part[row].tolist() for name, part in values.items()}
        span.voices = np.exp(chances["speaker"][row]).tolist()
    lines, limit = network.config.calibration, network.config.thresholds
    sure = [k for k, span in enumerate(seen.spans) if not span.proposed and not span.joins]
    sure = sure or [k for k, span in enumerate(seen.spans) if not span.proposed]
    for part in cluster(together[np.ix_(sure, sure)], network.config.thresholds.get("same", 0.5)):
        members = [sure[k] for k in part]
        group = Group(members)
        told = {sentences[k] for k in members}
        linked = []
        for name, candidates, keys in (("date", dates, days), ("place", seen.places, named)):
            beside = np.array([int(words.sentence[a]) in told for a, _ in candidates], np.float32)
            speaks = (marked[name], limit.get(f"{name}, beside", 0.0) * beside)
            nothing_said = limit.get(f"{name}, none", 0.0)
            linked.append(choose(chances[name][members], keys, lines.get(name), speaks, nothing_said))
        (group.date, group.date_confidence), (group.place, group.place_confidence) = linked
        seen.groups.append(group)
    if seen.groups:  # what is only proposed, and a denial, joins the event it fits best, and opens none
        means = np.stack([together[:, group.spans].mean(1) for group in seen.groups])
        for k in sorted(set(range(len(seen.spans))) - set(sure)):
            seen.groups[int(means[:, k].argmax())].spans.append(k)


def _between(
    network: Network,
    words: Words,
    left: tuple[Floats, Ints],
    right: tuple[Floats, Ints],
    codes: Ints | None = None,
    kinds: Ints | None = None,
) -> Floats:
    sentence = words.sentence.astype(np.int64)
    step = words.step
    distance = distance_codes(step[left[1]], step[right[1]])
    return network.links(
        left[0], right[0], distance, distance_codes(sentence[left[1]], sentence[right[1]]),
        np.zeros_like(distance) if codes is None else codes, np.zeros_like(right[1]) if kinds is None else kinds,
    )  # fmt: skip


def _ends(spans: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    return np.array([a for a, _ in spans], np.int64), np.array([b for _, b in spans], np.int64)


def alike(keys: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of the candidates of each key, in order."""
    same: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        same.setdefault(key, []).append(number)
    return same


def choose(
    logs: Floats, keys: list[str], line: list[float] | None, speaks: tuple[Floats, ...] = (), nothing: float = 0.0
) -> tuple[int, float]:  # fmt: skip
    """The candidate that the spans of a group agree on (-1: none), and how likely it is.

    Candidates of one key are one day or one name: their chances add up, and the likeliest mention stands for them.
    ``speaks`` says what else speaks for each candidate, in log odds, and ``nothing`` what speaks for none: of each,
    the mention counts for which it is most.
    """
    parts = [[0], *([1 + k for k in part] for part in alike(keys).values())]
    mean = np.stack([np.logaddexp.reduce(logs[:, columns], axis=1).mean() for columns in parts])
    mean[0] += nothing
    for more in speaks:
        mean[1:] += [more[[k - 1 for k in columns]].max() for columns in parts[1:]]
    chances = np.exp(mean - mean.max())
    chances /= chances.sum()
    best = int(chances.argmax())
    column = max(parts[best], key=logs.mean(0).__getitem__)
    return column - 1, calibrated(float(chances[best]), line)


def cluster(together: Floats, threshold: float) -> list[list[int]]:
    """Groups of spans by average linkage: the two groups most likely to be one are joined while they are likelier
    one than ``threshold``. Groups stand in the order of their first spans."""
    if not len(together):
        return []
    groups = [[k] for k in range(len(together))]
    sums = together.astype(np.float64).copy()  # sums[i, j]: of all pairs between two groups
    sizes = np.ones(len(together))
    alive = np.ones(len(together), bool)
    while alive.sum() > 1:
        means = sums / np.outer(sizes, sizes)
        means[~alive] = -1
        means[:, ~alive] = -1
        np.fill_diagonal(means, -1)
        i, j = divmod(int(means.argmax()), len(together))
        if means[i, j] < threshold:
            break
        i, j = min(i, j), max(i, j)
        groups[i] += groups[j]
        sums[i] += sums[j]
        sums[:, i] += sums[:, j]
        sizes[i] += sizes[j]
        alive[j] = False
    return [sorted(groups[k]) for k in np.flatnonzero(alive)]
