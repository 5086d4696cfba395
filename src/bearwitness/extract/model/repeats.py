"""What a report says again: one count told twice by one speaker, and one person counted under several names.

The rules of the gold annotations: if one speaker repeats a value for one event, only its first statement is a claim.
"The victim", "a 19-year-old" and "Example" are one dead where nothing shows that there was another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from bearwitness.extract.drafts import Draft, beside, is_one, key, said_by
from bearwitness.extract.model.events import Told
from bearwitness.extract.model.persons import AGED, ANOTHER, counted_again, shot_and_killed
from bearwitness.extract.namesakes import is_plain
from bearwitness.record import COUNTS

Said = tuple[Told, Draft]


def once(said: list[Said], text: str) -> list[Said]:
    """``said`` without what is said again, parts of nothing larger as the whole; ``text`` is the report's."""
    about: dict[tuple[int, str], list[Draft]] = {}
    for event, draft in said:
        if draft.about in COUNTS and draft.stance == "asserts" and not draft.proposed:
            about.setdefault((event.number, draft.about), []).append(draft)
    several = {one for one, told in about.items() if any(ANOTHER.search(_words(d, text)) for d in told)}
    capitals = text.isupper()
    dropped = [draft for told in about.values() for draft in counted_again(told, text, capitals)]
    for (number, kind), told in about.items():
        if kind == "injured":
            dropped += shot_and_killed(told, about.get((number, "killed"), []), text, capitals)
    gone = {id(draft) for draft in dropped}
    about = {one: [draft for draft in told if id(draft) not in gone] for one, told in about.items()}
    said = [one for one in said if id(one[1]) not in gone]
    kept: list[Said] = []
    for event, draft in said:
        told = about.get((event.number, draft.about), [])
        if any(draft is other for other in told):
            if _again(draft, told, text, several=(event.number, draft.about) in several):
                continue
            draft = _whole(draft, told)
        kept.append((event, draft))
    return kept


def lived(drafts: list[Draft]) -> list[Draft]:
    """The drafts of one event; "four people were shot" is four injured, not up to four, where the report says of others
    that they were hurt and of nobody that he died."""
    sure = [draft for draft in drafts if not draft.proposed and draft.stance == "asserts"]
    died = any(draft.about == "killed" and draft.high != 0 for draft in sure)
    hurt = any(draft.about == "injured" and draft.low for draft in sure)
    if died or not hurt:
        return drafts
    return [
        replace(draft, low=draft.high)
        if draft.about == "injured" and draft.low == 0 and draft.high
        else draft
        for draft in drafts
    ]


def _again(draft: Draft, told: list[Draft], text: str, *, several: bool) -> bool:
    """Whether the same speaker has said this before, or counted this one person before; ``several``: "another" is told of."""
    before = [
        other
        for other in told
        if (other.start, other.end) < (draft.start, draft.end) and said_by(other) == said_by(draft)
    ]
    if not is_one(draft):
        like = (other for other in before if (other.low, other.high) == (draft.low, draft.high))
        return any(not beside(other, draft) for other in like)
    return bool(before) and not several and _one_person(told, text)


def _one_person(told: list[Draft], text: str) -> bool:
    """Whether all these claims can be of one person: none counts more, no two names or ages stand in them, and no two are told
    in one breath ("a soldier and a civilian")."""
    if not all(map(is_one, told)):
        return False
    if len({age for draft in told for age in AGED.findall(_words(draft, text))}) > 1:
        return False
    ordered = sorted((draft.start, draft.end) for draft in told)
    return len(set(_names(told))) < 2 and all(one[1] <= other[0] for one, other in pairwise(ordered))


def _names(told: Iterable[Draft]) -> Iterable[str]:
    """The last word of each name by which a person is counted."""
    for draft in told:
        words = (draft.whom or "").split()
        plain = (draft.whom or "").isupper() and all(is_plain(word.lower()) for word in words)
        if words and not plain and words[-1][0].isupper():
            yield key(words[-1]) or ""


def _whole(draft: Draft, told: list[Draft]) -> Draft:
    """A "part" that nothing larger is told of, and whose whole is not left open, is the whole."""
    if not draft.part_of:
        return draft
    larger = any(
        other.high is None or other.high > (draft.high or draft.low or 0)
        for other in told
        if other is not draft
    )
    return draft if larger else replace(draft, part_of=False)


def _words(draft: Draft, text: str) -> str:
    return f"{text[draft.start : draft.end]} {draft.whom or ''}"
