"""What two mentions share that other events of the kind do not, and what counts against: codes, each with its weight.

The weights are log odds in tenths, fitted on labelled pairs (bench/linking_fit.py) and kept in ``vocabulary/linking.toml``, so that
what made a join is a sum anyone can do by hand.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .. import parties, vocabulary
from .facts import Fact, table

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = 3  # figures below this are too common to tell one event from another
SOME, MANY = 3, 6  # telling words that two accounts share
THIRD, HALF = 0.34, 0.5  # of the telling words of the account that has fewer
PERSONS = frozenset({"same_person", "same_persons"})
NAMES = PERSONS | {"same_name", "same_names", "copied_text"}
NAMING = NAMES | {"same_words_told"}
DAYS = frozenset({"other_day", "later_report"})
TELLING = NAMING | {"same_statement", "same_target", "same_weapon", "same_actor", "same_toll", "denied_deed"}
FIGURES = frozenset({"same_figure", "near_toll", "same_toll"})
AT_TWO_SITES = NAMING | {"same_statement", "denied_deed"}
COMMON = frozenset({"same_means", "common_weapon", "same_wording", "few_words_told", "common_target"})


def matches(one: Fact, other: Fact) -> Iterator[str]:
    """Codes of ``codes.FOR``, then of ``codes.AGAINST``."""
    if _copied(one, other):
        yield "copied_text"
        if one.order == other.order:
            yield "same_order"
    persons = one.persons & other.persons
    if persons:
        yield "same_persons" if len(persons) > 1 else "same_person"
    yield from _told(one, other)
    said = _statement(one, other)
    if said:
        yield "same_statement" if said > 1 else "small_statement"
    yield from _deed(one, other)
    yield from _tolls(one, other)
    if one.wording & other.wording:
        yield "same_wording"
    if one.kind == other.kind:
        yield "same_kind"
    if _actors(one, other) < 0:
        yield "different_actors"
    if one.sites and other.sites and not one.targets & other.targets:
        yield "different_sites"
    if one.sites and other.sites and _two_sites(one, other):
        yield "two_sites"
    if one.persons and other.persons and not persons:
        yield "different_persons"


def possible(one: Fact, other: Fact) -> bool:
    """Whether the two share anything that can set an event apart (see ``distinguishes``): if not, they are not joined whatever else
    they share. Most of those who stand near each other in a crowded list share nothing, and this is quick to see."""
    return bool(
        not one.weapons.isdisjoint(other.weapons)
        or not one.targets.isdisjoint(other.targets)
        or not one.figures.isdisjoint(other.figures)
        or not one.persons.isdisjoint(other.persons)
        or (
            one.figures
            and other.figures
            and not (one.means | one.wording).isdisjoint(other.means | other.wording)
        )
        or (one.copied and one.copied == other.copied)
        or not set(one.words).isdisjoint(other.words)
        or not set(one.names).isdisjoint(other.names)
        or any(said[:3] == again[:3] for said in one.statements for again in other.statements)
        or _actors(one, other) > 0
        or _denied(one, other)
        or _denied(other, one)
    )


def _deed(one: Fact, other: Fact) -> Iterator[str]:
    """What was attacked, with what and by whom, where the two agree on it."""
    if shared := one.targets & other.targets:
        close = len(shared) > 1 or overlap(one.targets, other.targets) >= HALF
        yield "same_target" if close and not shared <= _common("sites") else "common_target"
    if weapons := one.weapons & other.weapons:
        yield "common_weapon" if weapons <= parties.listed("common_weapons") else "same_weapon"
    elif one.means & other.means:
        yield "same_means"
    if _actors(one, other) > 0:
        yield "same_actor"
    if (one.means & other.means or weapons) and (_denied(one, other) or _denied(other, one)):
        yield "denied_deed"


def worth(codes: tuple[str, ...]) -> int:
    """The sum of the weights of ``codes``, in tenths of log odds."""
    weights = table("weights")
    return sum([weights.get(code, 0) for code in codes])


def distinguishes(codes: tuple[str, ...], *, exact: bool) -> bool:
    """Whether something sets the event apart: a telling match, or like figures with like means or words, or a few telling
    words where day and place are exactly the same (``exact``). Common words ("a man was shot") never do, however many
    of them agree; nor does a number alone (standards M2). At two sites only what names the event does."""
    found = set(codes)
    if not exact:
        found.discard("denied_deed")
    if "two_sites" in found:
        return bool(found & AT_TWO_SITES)
    if found & TELLING or (exact and "few_words_told" in found):
        return True
    return bool(found & FIGURES) and bool(found & COMMON)


def outweighs(codes: tuple[str, ...], doubts: frozenset[str]) -> bool:
    """Whether what is shared shows that the reader was wrong where it doubted: a name, or many telling words, for one doubt
    (for another day a name alone); for two (date and place) a person harmed and a name or many telling words besides."""
    found = set(codes)
    if len(doubts) < 2 and "far_day" not in doubts:
        return not doubts or bool(found & (NAMES if doubts & DAYS else NAMING))
    return bool(found & PERSONS) and len(found & NAMING) > 1


def _denied(accusing: Fact, other: Fact) -> bool:
    """Whether a party that one accuses denies it in the other."""
    return any(parties.same(party, again) for party in accusing.accused for again in other.denying)


def _two_sites(one: Fact, other: Fact) -> bool:
    """Whether the sites are of two kinds, or of one kind and have two names."""
    ours, theirs = _kinds(one.targets), _kinds(other.targets)
    if not ours or not theirs:
        return False
    if not ours & theirs:
        return True
    shared = {"", *one.place_words, *other.place_words}
    first, second = (frozenset(map(_name_only, fact.sites)) - shared for fact in (one, other))
    return bool(first and second) and not first & second


@cache
def _kinds(words: frozenset[str]) -> frozenset[str]:
    return frozenset(
        kind
        for kind, called in table("site_kinds").items()
        if any(words.issuperset(name.split()) for name in called)
    )


def _name_only(word: str) -> str:
    """A word that is part of a site's name, or an empty one for a plain word ("grain", "market")."""
    return "" if word in vocabulary.plain_words() or word in _common("words") else word


def _copied(one: Fact, other: Fact) -> bool:
    """Whether the texts are copies and the two mentions the same passage of them: alike in the words of the
    event, in a figure or in the target (outlets give copies headlines of their own)."""
    if not one.copied or one.copied != other.copied:
        return False
    alike = overlap(one.anchor, other.anchor) >= HALF
    return alike or bool(one.figures & other.figures) or bool(one.targets & other.targets)


def _told(one: Fact, other: Fact) -> Iterator[str]:
    """What the telling words around the two share; the names of their places are looked at elsewhere."""
    if one.names and other.names and (names := set(one.names).intersection(other.names)):
        yield "same_names" if len(names) > 1 else "same_name"
    if not (one.words and other.words):
        return
    shared = set(one.words).intersection(other.words)
    if not shared or not (shared := shared.difference(one.place_words, other.place_words)):
        return
    places = {*one.place_words, *other.place_words}
    fewer = min(len(set(one.words) - places), len(set(other.words) - places))
    if len(shared) >= MANY or (len(shared) >= SOME and len(shared) >= THIRD * fewer):
        yield "same_words_told"
    elif len(shared) >= SOME or (shared and len(shared) >= THIRD * fewer):
        yield "few_words_told"
    if len(shared) >= SOME and len(shared) >= HALF * fewer:
        yield "most_words_told"


@cache
def _common(name: str) -> frozenset[str]:
    return frozenset(table("common")[name])


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Of all that two sets hold, the share that both hold."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def _statement(one: Fact, other: Fact) -> int:
    """What one speaker's one figure is worth: 2, or 1 if the figure is one or two, or the speaker only "police"."""
    found = 0
    for said in one.statements:
        for again in other.statements:
            if said[:3] == again[:3] and parties.one_voice(said.institution, again.institution):
                named = not said.institution <= parties.listed("generic")
                small = max(said.low or 0, said.high or 0) < SMALL
                found = max(found, 1 if small or not named else 2)
    return found


def _actors(one: Fact, other: Fact) -> int:
    """1 if both name one actor, -1 if both name actors and none is shared, 0 if one names none."""
    if not one.actors or not other.actors:
        return 0
    return 1 if any(parties.same(actor, again) for actor in one.actors for again in other.actors) else -1


def _tolls(one: Fact, other: Fact) -> Iterator[str]:
    if not (one.figures and other.figures):
        return
    shared = one.figures & other.figures
    if len({about for about, _ in shared}) > 1 and sum(number for _, number in shared) >= 5:
        yield "same_toll"
    elif shared and max(number for _, number in shared) >= SMALL:
        yield "same_figure"
    elif any(map(_revised, _largest(one.figures), _largest(other.figures))):
        yield "near_toll"


@lru_cache(maxsize=65536)
def _largest(figures: frozenset[tuple[str, int]]) -> tuple[int, ...]:
    """The largest figures of those killed, abducted and injured; 0 where there is none."""
    return tuple(
        max((number for name, number in figures if name == about), default=0)
        for about in ("killed", "abducted", "injured")
    )


def _revised(ours: int, theirs: int) -> bool:
    """Whether the largest figures of two could be one toll, counted again."""
    return min(ours, theirs) >= SMALL and 2 * min(ours, theirs) >= max(ours, theirs)
