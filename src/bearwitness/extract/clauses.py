"""What stands around a word of harm: its subject, its objects, the whole a phrase is part of."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from bearwitness.extract.people import Chunked, Persons
from bearwitness.extract.tokens import Token
from bearwitness.record import About, Group, NumberKind

PERSONS = "NMFJdg0"
COUNTED = "NMFJ0"


class Found(NamedTuple):
    """One count in one sentence; offsets are characters of the sentence."""

    about: About
    low: int | None
    high: int | None
    kind: NumberKind
    whom: tuple[int, int] | None
    group: Group | None
    start: int
    end: int
    at: int  # symbol of the phrase
    verb: int  # symbol of the word of harm
    part: bool = False
    definite: bool = False
    named: bool = False
    hedged: bool = False


class Clause:
    """One sentence's symbols, what stands around each, and the counts found so far.

    ``used`` are phrases already counted, by category; ``parts`` are parts of a larger whole; ``passed`` only
    describe a part ("seven of them schoolboys").
    """

    def __init__(self, chunked: Chunked) -> None:
        self.chunked = chunked
        self.tags = chunked.tags
        self.found: list[Found] = []
        self.used: set[tuple[int, str]] = set()
        self.passed: set[int] = set()
        self.parts: set[int] = self._parts()

    def token(self, i: int) -> Token | None:
        item = self.chunked.items[i] if 0 <= i < len(self.tags) else None
        return item if isinstance(item, Token) else None

    def low(self, i: int) -> str:
        token = self.token(i)
        return token.low if token else ""

    def about(self, i: int) -> str:
        token = self.token(i)
        return token.about if token else ""

    def persons(self, i: int) -> Persons | None:
        item = self.chunked.items[i] if 0 <= i < len(self.tags) else None
        return item if isinstance(item, Persons) else None

    def add(
        self,
        about: str,
        i: int,
        verb: int,
        *,
        low: int | None = -1,
        high: int | None = -1,
        part: bool = False,
    ) -> None:
        persons = self.persons(i)
        if persons is None or (i, about) in self.used or i in self.passed:
            return
        if about not in ("killed", "injured", "missing", "abducted", "detained"):
            return
        part = part or (persons.partitive and about == "injured")
        self.used.add((i, about))
        spans = [self.chunked.span(i), self.chunked.span(verb)]
        start, end = min(a for a, _ in spans), max(b for _, b in spans)
        self.found.append(
            Found(
                about=about,  # type: ignore[arg-type]
                low=persons.low if low == -1 else low,
                high=persons.high if high == -1 else high,
                kind=persons.number_kind,
                whom=persons.whom,
                group=persons.group,
                start=start,
                end=end,
                at=i,
                verb=verb,
                part=part,
                definite=persons.kind in "dg",
                named=persons.kind == "F",
            )
        )

    def add_all(self, about: str, which: list[int], verb: int) -> None:
        """Count every phrase; a list in one noun phrase ("three men and a woman") makes its sum, each a part."""
        listed = [i for i in which if i not in self.parts]
        sums = len(listed) > 1 and self._one_list(listed)
        for i in which:
            self.add(about, i, verb, part=sums)
        if sums:
            self._sum(about, listed, verb)

    def _one_list(self, which: list[int]) -> bool:
        persons = [self.persons(i) for i in which]
        if any(
            p is None or p.kind not in "NM" or p.low is None or p.low == 0 or p.high != p.low for p in persons
        ):
            return False
        groups = {p.group for p in persons if p is not None}
        if groups == {"combatant"}:  # they may be of two sides: "30 rebels and four soldiers"
            return False
        return len(groups) == 1 and all(set(self.tags[a + 1 : b]) <= set(",&") for a, b in pairwise(which))

    def _sum(self, about: str, which: list[int], verb: int) -> None:
        first = next((f for f in self.found if f.at == which[0] and f.about == about), None)
        if first is None:
            return
        persons = [p for i in which if (p := self.persons(i)) is not None]
        total = sum(p.low or 0 for p in persons)
        ends = (self.chunked.span(which[0])[0], self.chunked.span(which[-1])[1])
        start, end = min(ends[0], first.start), max(ends[1], self.chunked.span(verb)[1])
        whole = (first.whom[0] if first.whom else ends[0], ends[1])
        self.found.append(first._replace(low=total, high=total, part=False, whom=whole, start=start, end=end))

    def _parts(self) -> set[int]:
        """Phrases of persons that an "including" before them makes a part, or an "of them" after them."""
        found = set()
        for match in re.finditer(r"C", self.tags):
            i = match.start()
            words = self.low(i)
            if words in ("of them", "of whom", "among them", "amongst them", "among whom"):
                k = i - 1
                if k >= 0 and self.tags[k] in "NM":
                    found.add(k)
                    after = re.match(rf"[BR]*[{PERSONS}](?:[wR,&s]{{1,3}}[{PERSONS}])*", self.tags[i + 1 :])
                    if after:
                        self.passed |= set(range(i + 1, i + 1 + after.end()))
                    continue
            after = re.match(
                rf"[,RoiwW:;t]{{0,2}}([{PERSONS}](?:[,&]+[t]?[{PERSONS}](?![BE]|HE|LE))*)", self.tags[i + 1 :]
            )
            if after:
                found |= {
                    k for k in range(i + 1 + after.start(1), i + 1 + after.end(1)) if self.tags[k] in PERSONS
                }
        for match in re.finditer(rf"B([{PERSONS}](?:[,&]+[t]?[{PERSONS}])*);?$", self.tags):
            if self.low(0) in ("among", "amongst"):
                found |= {k for k in range(match.start(1), match.end(1)) if self.tags[k] in PERSONS}
        return found

    def modal(self, i: int) -> bool:
        """Whether the verb at ``i`` is only possible, planned or denied ("could kill", "to kill")."""
        k = i - 1
        while k >= 0 and self.tags[k] in "RB":
            k -= 1
        if k >= 0 and self.tags[k] == "!":
            return True
        if k >= 0 and self.tags[k] == "H":
            k -= 1
            return k >= 0 and (self.tags[k] == "!" or self.low(k) in ("could", "would", "should"))
        return bool(k >= 0 and self.tags[k] == "m")

    def subject(self, i: int) -> list[int]:
        """The phrases that are subject of the verb group beginning at ``i``, coordinated ones included."""
        k = i - 1
        steps = 0
        while k >= 0 and steps < 16:
            tag = self.tags[k]
            if (
                tag in PERSONS
                and k not in self.parts
                and k not in self.passed
                and not self._age(k)
                and not self._of(k)
            ):
                alone = self.low(i) in ("was", "is", "has")
                return [k] if alone and tag in "Md" else self._coordinated_left(k)
            if tag == "V" and self.low(k).endswith("ing") or self.low(k) == "to":
                k, steps = k - 1, steps + 1
                continue  # "a nurse working for the clinic was", "a soldier assigned to the brigade was"
            stops = tag in "EGSDVULKm" or (tag == "s" and k != i - 1)
            if stops and not (tag == "E" and self.low(k) in ("injured", "wounded", "reported")):
                return []
            if tag == ";" and self.low(k) not in (")", "(", "-", "[", "]"):
                return []
            k -= 1
            steps += 1
        return []

    def _age(self, k: int) -> bool:
        """ "Ada Example, 20, was": the 20 is an age."""
        persons = self.persons(k)
        if persons is None or persons.whom is not None or persons.kind != "N":
            return False
        return (
            k >= 2
            and self.tags[k - 1] == ","
            and self.tags[k - 2] in PERSONS + "W"
            and self.tags[k + 1 : k + 2] in (",", ";", "")
            and self.tags[k + 1 : k + 2] != "&"
        )

    def _of(self, k: int) -> bool:
        """Whether the phrase hangs on another ("five neighbours of the family", "members of the crew")."""
        if k < 2 or self.tags[k - 1] not in "oi" or self.tags[k - 2] == "C":
            return False
        for back in range(k - 2, max(-1, k - 8), -1):
            if self.tags[back] in "NM":
                return True
            if self.tags[back] in "VEGSDB,;s":
                return False
        return False

    def _coordinated_left(self, k: int) -> list[int]:
        which = [k]
        while True:
            match = re.search(rf"([{PERSONS}])(?:[oi][wWtPJd]{{1,3}})?[,&]+t?$", self.tags[: which[0]])
            if match and self._age(match.start(1)):  # "Ada Example, 34, and her son": past the age
                match = re.search(rf"([{PERSONS}]),$", self.tags[: match.start(1)])
            if not match or match.start(1) in self.parts:
                return which
            if self.tags[match.start(1)] in "J" and self.tags[k] in "NM":
                return which
            if match.start(1) and self.tags[match.start(1) - 1] in "EGSD":
                return which  # that one is the object of another verb
            which.insert(0, match.start(1))

    def _objects(self, i: int) -> list[int]:
        """The phrases that follow the verb at ``i`` as its objects, coordinated ones included."""
        match = re.match(r"[Rt'o]{0,2}", self.tags[i + 1 :])
        k = i + 1 + (match.end() if match else 0)
        if k >= len(self.tags) or self.tags[k] not in PERSONS:
            return []
        which = [k]
        while True:
            match = re.match(
                rf"(?:[oi](?:[wWtPJdgN]|a?w){{1,4}}?)?[,&]+t?([{PERSONS}])(?!B|'|R?V|R?[EXD])",
                self.tags[k + 1 :],
            )
            if not match:
                return which
            k = k + 1 + match.start(1)
            if k in self.parts or self._age(k):
                return which
            if self.tags[k] == "F" and self.tags[which[-1]] == "N":
                return which
            which.append(k)
