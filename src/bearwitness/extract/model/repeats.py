"""What a report says again: one count told twice by one speaker, and one person counted under several names.

The rules of the gold annotations: if one speaker repeats a value for one event, only its first statement is a claim.
"The victim", "a 19-year-old" and "Example" are one dead where nothing shows that there was another. A report that has given a
number in somebody's words and gives it again in its own says nothing new, and a number of three and more that is told again of
the same day, and of no other place, is that of the same event, though the network takes it for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from bearwitness.extract.drafts import Draft, key
from bearwitness.extract.model.events import Told
from bearwitness.extract.namesakes import is_plain
from bearwitness.record import COUNTS

Said = tuple[Told, Draft]
TELLING = 3  # from here on a number is hardly that of two events of one day
ANOTHER = re.compile(r"\b(?:another|other|second|third|fourth|fifth|sixth|too|also)\b", re.I)


def once(said: list[Said], text: str) -> list[Said]:
    """``said`` without what is said again, parts of nothing larger as the whole; ``text`` is the report's."""
    about: dict[tuple[int, str], list[Draft]] = {}
    for event, draft in said:
        if _counts(draft):
            about.setdefault((event.number, draft.about), []).append(draft)
    kept: list[Said] = []
    for event, draft in said:
        told = about.get((event.number, draft.about), [])
        if any(draft is other for other in told):
            if _again(draft, told, text):
                continue
            draft = _whole(draft, told)
        kept.append((event, draft))
    counts = [one for one in kept if _counts(one[1])]
    return [one for one in kept if not any(_retold(one, other) for other in counts)]


def _counts(draft: Draft) -> bool:
    return draft.about in COUNTS and draft.stance == "asserts" and not draft.proposed


def _retold(one: Said, other: Said) -> bool:
    """Whether a number was told before: of this event by somebody whom the report now follows, or of an event of the same
    day that is hardly another."""
    (event, draft), (told, first) = one, other
    if (first.about, first.low, first.high) != (
        draft.about,
        draft.low,
        draft.high,
    ) or draft.stance != "asserts":
        return False
    if _one(draft) or not _before(first, draft):
        return False
    if event.number == told.number:
        return draft.speaker is None and first.speaker is not None
    return (
        (draft.low or 0) >= TELLING
        and (draft.speaker is None or _voice(draft) == _voice(first))
        and _day(event) == _day(told)
        and (event.place is None or told.place is None or _place(event) == _place(told))
    )


def _before(first: Draft, second: Draft) -> bool:
    return (first.start, first.end) < (second.start, second.end)


def _day(event: Told) -> str | None:
    return event.date[0].edtf if event.date is not None else None


def _place(event: Told) -> str | None:
    return event.place[0].words.lower() if event.place is not None else None


def _again(draft: Draft, told: list[Draft], text: str) -> bool:
    """Whether the same speaker has said this before, or counted this one person before."""
    before = [other for other in told if _before(other, draft) and _voice(other) == _voice(draft)]
    if not _one(draft):
        return any((other.low, other.high) == (draft.low, draft.high) for other in before)
    return bool(before) and _one_person(told, text)


def _one_person(told: list[Draft], text: str) -> bool:
    """Whether all these claims can be of one person: none counts more, no two names or "another" stand in them, and no
    two are told in one breath ("a soldier and a civilian")."""
    if not all(_one(draft) for draft in told) or any(ANOTHER.search(_words(d, text)) for d in told):
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


def _one(draft: Draft) -> bool:
    return draft.low == draft.high == 1


def _voice(draft: Draft) -> str | None:
    return key(draft.speaker.name) if draft.speaker is not None else None


def _words(draft: Draft, text: str) -> str:
    return f"{text[draft.start : draft.end]} {draft.whom or ''}"
