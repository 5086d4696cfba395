"""Phrases that name persons: counted ("at least 12 residents"), one ("a boy"), named, bare plural, definite.

They are found before any verb is looked at, and then stand as one symbol in the sentence's pattern:
  N counted   M one   F named person   J bare plural   d definite or pronoun   0 nobody
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness.extract.tokens import NONPERSONS, ORGANISATION, PLURAL, SINGULAR, TITLES, Token, is_given
from bearwitness.record import Group, NumberKind


class Persons(NamedTuple):
    """A phrase naming persons: token span [first, last), its kind, number and the words that say whom."""

    first: int
    last: int
    kind: str
    low: int | None
    high: int | None
    number_kind: NumberKind
    whom: tuple[int, int] | None  # characters in the sentence
    group: Group | None
    head: str
    whole: tuple[int | None, int | None] | None = None  # "one of the eight people": the eight
    partitive: bool = False  # "four of the injured"
    state: str = ""  # "three injured persons": injured


class Chunked(NamedTuple):
    """A sentence as symbols: ``tags[i]`` stands for ``items[i]``, a token or a phrase of persons."""

    tags: str
    items: list[Token | Persons]
    tokens: list[Token]

    def span(self, i: int) -> tuple[int, int]:
        """First and last character of symbol ``i`` in the sentence."""
        item = self.items[i]
        if isinstance(item, Persons):
            return self.tokens[item.first].start, self.tokens[item.last - 1].end
        return item.start, item.end


_INNER = "wWpPqYXR'"  # what may stand between a number and its head
_COUNTED = re.compile(r"Q(?:ot?)?")
_NAME_STOP = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december i the".split()
)
PRONOUNS = frozenset("he she they him her them himself herself themselves".split())


def chunk(tokens: list[Token], places: frozenset[int] = frozenset()) -> Chunked:
    """Gather ``tokens`` into phrases of persons; ``places`` are tokens known to belong to place names."""
    tags = "".join(token.tag for token in tokens)
    items: list[Token | Persons] = []
    symbols: list[str] = []
    i = 0
    while i < len(tokens):
        persons = _at(tokens, tags, i, places)
        if persons is None:
            items.append(tokens[i])
            symbols.append(tags[i])
            i += 1
        else:
            items.append(persons)
            symbols.append(persons.kind)
            i = persons.last
    return Chunked("".join(symbols), items, tokens)


def _at(tokens: list[Token], tags: str, i: int, places: frozenset[int]) -> Persons | None:
    tag = tags[i]
    if tag == "Q":
        return _counted(tokens, tags, i)
    if tag == "0":
        return Persons(i, i + 1, "0", 0, 0, "exact", None, None, "")
    if tag == "Z":
        return _nobody(tokens, tags, i)
    if tag == "a":
        return _one(tokens, tags, i)
    if tag in "PpqwWYX":
        persons = _named(tokens, tags, i, places)
        if persons is not None and not (
            _after_article(tokens, i) and persons.whom == _words(tokens, persons)
        ):
            return persons
        return _bare(tokens, tags, i)
    if tag == "t":
        return _definite(tokens, tags, i, places)
    return None


def _after_article(tokens: list[Token], i: int) -> bool:
    """Whether "the" stands before: "the Northern Banner" is a side, no person."""
    return i > 0 and tokens[i - 1].low == "the"


def _words(tokens: list[Token], persons: Persons) -> tuple[int, int]:
    """The characters of a whole phrase: of a name without a title these are the name."""
    return tokens[persons.first].start, tokens[persons.last - 1].end


def _run(tags: str, i: int, most: int = 6) -> int:
    """Where a run of words that may belong to one noun phrase ends ("two wounded soldiers" is one)."""
    end = i + 1 if tags[i : i + 1] == "E" and tags[i + 1 : i + 2] in ("P", "p") else i
    while end < len(tags) and end - i < most and tags[end] in _INNER:
        end += 1
    return end


def _head(tokens: list[Token], tags: str, start: int, end: int, wanted: str) -> int | None:
    """The last token of ``tags[start:end]`` tagged as one of ``wanted``, before any verb-like tag."""
    best = None
    for k in range(start, end):
        if tags[k] in wanted:
            best = k
        elif tags[k] == "R" and best is not None or tags[k] == "X" and best is not None:
            break
    return best


def _group(low: str, words: str) -> Group:
    found = PLURAL.get(low) or SINGULAR.get(low) or "civilian"
    for clue, group in (("police", "police"), ("soldier", "combatant"), ("militant", "combatant"), ("rebel", "combatant"),
                        ("insurgent", "combatant"), ("troop", "combatant"), ("army", "combatant"), ("taliban", "combatant"),
                        ("fighter", "combatant"), ("security", "combatant"), ("bomber", "attacker"), ("attacker", "attacker")):  # fmt: skip
        if clue in words:
            return group  # type: ignore[return-value]
    return found  # type: ignore[return-value]


def _counted(tokens: list[Token], tags: str, i: int) -> Persons | None:
    quantity = tokens[i].quantity
    if quantity is None:
        return None
    match = _COUNTED.match(tags, i)
    inner = _counted(tokens, tags, i + 2) if tags[i + 1 : i + 3] == "oQ" else None
    if inner is not None:
        whole = (inner.low, inner.high)
        return inner._replace(
            first=i, low=quantity.low, high=quantity.high, number_kind=quantity.kind, whole=whole
        )
    start = match.end() if match else i + 1
    end = _run(tags, start)
    head = _head(tokens, tags, start, end, "Ppq" if quantity.low == 1 else "P")
    if (
        head is None
        and start < len(tokens)
        and tags[start] == "q"
        and tokens[start].low.endswith(("ese", "ish", "ch", "ss"))
    ):
        head = start  # "the 105 Lebanese"
    if head is None and tokens[start : start + 1] and tokens[start].low in ("them", "us"):
        head = start  # "scores of them"
    if head is not None and any(tokens[k].low in NONPERSONS for k in range(start, head + 1)):
        return None
    if head is None and tags[start : start + 1] == "O" and tokens[start].low in ("bodies", "corpses"):
        head = start
    if head is None:
        if match and "ot" in match.group() and tags[start : start + 1] in ("E", "X", "T"):
            return Persons(
                i,
                start + 1,
                "N",
                quantity.low,
                quantity.high,
                quantity.kind,
                (tokens[start].start, tokens[start].end),
                None,
                tokens[start].low,
                partitive=True,
            )
        if start < end and tags[start] == "p" and tags[i + 1 : start] == "":
            head = start
        elif (
            start < len(tokens)
            and (tags[start] in "wW" and start == i + 1)
            or match
            and "o" in match.group()
            and start < len(tokens)
            and tags[start] in "wW"
        ):
            return _strange(tokens, tags, i, start, end)
        elif tags[i + 1 : i + 2] == "o":
            return None
        else:
            return Persons(i, i + 1, "N", quantity.low, quantity.high, quantity.kind, None, None, "")
    low = tokens[head].low
    partitive = match is not None and match.group() == "Qot"
    state = next((tokens[k].about for k in range(start, head) if tags[k] in "EX" and tokens[k].about), "")
    words = " ".join(token.low for token in tokens[start : head + 1])
    whom = (_whom_start(tokens, start, head), tokens[head].end)
    return Persons(
        i,
        head + 1,
        "N",
        quantity.low,
        quantity.high,
        quantity.kind,
        whom,
        _group(low, words),
        low,
        partitive=partitive,
        state=state,
    )


def _strange(tokens: list[Token], tags: str, i: int, start: int, end: int) -> Persons | None:
    """A counted noun that is in no list ("eight councilwomen"): persons unless it names a known thing."""
    quantity = tokens[i].quantity
    assert quantity is not None
    k = start
    while k < end and tags[k] in "wW'":
        if tokens[k].low in NONPERSONS:
            return None
        k += 1
    last = k - 1
    if last < start:
        return None
    low = tokens[last].low
    if tokens[start].low in ("more", "others") and last == start:
        return Persons(i, start + 1, "N", quantity.low, quantity.high, quantity.kind, None, None, "")
    if last - start > 3 or not (
        low.endswith(("s", "men", "women", "ese")) or quantity.high == 1 or tokens[last].text.isupper()
    ):
        return None
    whom = (tokens[start].start, tokens[last].end)
    return Persons(i, last + 1, "N", quantity.low, quantity.high, quantity.kind, whom, "civilian", "?" + low)


def _whom_start(tokens: list[Token], start: int, head: int) -> int:
    while start < head and tokens[start].tag in "tX'R":
        start += 1
    return tokens[start].start


def _nobody(tokens: list[Token], tags: str, i: int) -> Persons | None:
    end = _run(tags, i + 1, 4)
    for k in range(i + 1, min(end + 3, len(tokens))):
        if tags[k] == "T":
            whom = (tokens[i + 1].start, tokens[k - 1].end) if k > i + 1 else None
            return Persons(i, k + 1, "z", 0, 0, "exact", whom, None, tokens[k].about)
        if tags[k] not in "wWpP&,YE":
            break
    head = _head(tokens, tags, i + 1, end, "Pp")
    if head is None:
        return None
    whom = (tokens[i + 1].start, tokens[head].end)
    return Persons(i, head + 1, "0", 0, 0, "exact", whom, _group(tokens[head].low, ""), tokens[head].low)


def _one(tokens: list[Token], tags: str, i: int) -> Persons | None:
    start = i + 1
    end = _run(tags, start, 7)
    head = _head(tokens, tags, start, end, "pqY")
    if head is None:
        return None
    if tags[head] == "q" and head + 1 < len(tokens) and tags[head + 1] in "wWXEGYR" and tags[head + 1] != "E":
        return None  # "an Israeli strike"
    if tags[head] == "Y":
        if head + 1 < end and tags[head + 1] in "wW":
            return None if tokens[head + 1].low in NONPERSONS else _single(tokens, i, start, head)
        return _single(tokens, i, start, head)
    if head + 1 < len(tokens) and tags[head + 1] in "wP" and tags[head + 1] != "W":
        return None  # "a police car", "a suicide bomber attack"
    if head + 1 < len(tokens) and tags[head + 1] in "WF":
        last = head + 1
        while last < len(tokens) and tags[last] == "W" and last - head < 5:
            last += 1
        if last - head > 2:
            return Persons(
                i,
                last,
                "F",
                1,
                1,
                "exact",
                (tokens[head + 1].start, tokens[last - 1].end),
                _group(tokens[head].low, tokens[head].low),
                "name",
            )
    return _single(tokens, i, start, head)


def _single(tokens: list[Token], i: int, start: int, head: int) -> Persons:
    words = " ".join(token.low for token in tokens[start : head + 1])
    return Persons(
        i,
        head + 1,
        "M",
        1,
        1,
        "exact",
        (tokens[start].start, tokens[head].end),
        _group(tokens[head].low, words),
        tokens[head].low,
    )


def _named(tokens: list[Token], tags: str, i: int, places: frozenset[int]) -> Persons | None:
    """A person's name: two to six capitalised words, after a title, a trade or an age where there is one."""
    k = i
    lead = 0
    while (
        k < len(tokens)
        and k - i < 4
        and (
            tags[k] in "pY"
            or tokens[k].low.strip(".") in TITLES
            or (
                tags[k] in "wWPq"
                and k + 1 < len(tokens)
                and tags[k + 1] in "pY"
                and k - i < 3
                and not _both(tokens, k)
            )
        )
    ):
        lead += tags[k] in "pY" or tokens[k].low.strip(".") in TITLES
        k += 1
        if k < len(tokens) and tags[k] == ";" and tokens[k].low == ".":
            k += 1
    first = k
    while (
        k < len(tokens)
        and k - first < 7
        and (
            tags[k] == "W"
            or (tags[k] in "pPX" and tokens[k].text[:1].isupper() and k > first)
            or (tokens[k].low == "." and k > first and len(tokens[k - 1].text) == 1)
        )
    ):
        stop = tokens[k].low in _NAME_STOP and not is_given(tokens, k)
        if tokens[k].low in ORGANISATION or stop or k in places:
            return None
        k += 1
    length = k - first
    if length >= 2 or (length == 1 and lead and tags[first - 1] in "pY"):
        if (
            k < len(tokens)
            and tags[k] in "wPp"
            and not (k + 1 < len(tokens) and tags[k] == "w" and tags[k + 1] in "BEVH,")
        ):
            return None
        if tags[k : k + 1] == "'":
            return None
        return Persons(
            i,
            k,
            "F",
            1,
            1,
            "exact",
            (tokens[first].start, tokens[k - 1].end),
            "civilian" if not lead else _group(tokens[first - 1].low, tokens[first - 1].low),
            "name",
        )
    return None


def _both(tokens: list[Token], k: int) -> bool:
    """Whether a name ends in a word for a trade ("Ada Hunter", not "Orla Officer Ada Sample")."""
    name = tokens[k].tag == "W" and tokens[k + 1].tag == "p" and tokens[k + 1].text[0].isupper()
    return name and [t.tag for t in tokens[k + 2 : k + 3]] != ["W"]


def _bare(tokens: list[Token], tags: str, i: int) -> Persons | None:
    """A plural without a number ("civilians", "Palestinian militants")."""
    if i and tags[i - 1] in "QtaZ#":
        return None
    end = _run(tags, i, 5)
    head = _head(tokens, tags, i, end, "P")
    if head is None or any(tags[k] in "YX" for k in range(i, head)):
        return None
    if head + 1 < len(tokens) and tags[head + 1] in "pW":
        return None  # "police chief Ada Example"
    words = " ".join(token.low for token in tokens[i : head + 1])
    return Persons(
        i,
        head + 1,
        "J",
        2,
        None,
        "vague",
        (tokens[i].start, tokens[head].end),
        _group(tokens[head].low, words),
        tokens[head].low,
    )


def _definite(tokens: list[Token], tags: str, i: int, places: frozenset[int]) -> Persons | None:
    start = i + 1
    end = _run(tags, start, 6)
    if start < len(tokens) and tags[start] == "Q":
        return None
    head = _head(tokens, tags, start, end, "PpY")
    if head is None:
        return None
    if tags[head] == "p":
        named = _named(tokens, tags, head, places)
        if named is not None and named.last - head > 1:
            return named._replace(first=i)
        if head + 1 < len(tokens) and tags[head + 1] in "wP":
            return None
    kind, low, high = ("d", 1, 1) if tags[head] != "P" else ("g", 2, None)
    words = " ".join(token.low for token in tokens[start : head + 1])
    return Persons(
        i,
        head + 1,
        kind,
        low,
        high,
        "exact" if high else "vague",
        (tokens[start].start, tokens[head].end),
        _group(tokens[head].low, words),
        tokens[head].low,
    )
