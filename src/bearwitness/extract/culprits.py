"""Who is said to have done it: subjects of attacks, "by gunmen", "Norland's attack", both sides of a clash."""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.extract.actors import (
    Deed,
    deed,
    is_actor,
    is_passive,
    may_do,
    named,
    near,
    phrase_end,
    token_at,
    trimmed,
)
from bearwitness.extract.namesakes import WITHIN
from bearwitness.extract.tokens import NONPERSONS, ONE_OF, SINGULAR, SOME_OF, TITLES, Token, capitalised
from bearwitness.extract.triggers import ACTOR_HEADS, ACTOR_NAME, ATTACK_NOUN, FIRED, HIT, WEAPONS

_DATES = vocabulary.load("dates")
NO_OWNER = TITLES | SINGULAR.keys() | {*_DATES["weekdays"], *_DATES["months"], "today", "yesterday"}
DONE = frozenset(("perpetrated", "led", "carried"))
STRIKES = frozenset(
    "strike strikes airstrike airstrikes shelling bombardment bombing raid raids attack attacks".split()
)
CLASHES = re.compile(
    r"\b(?:clash(?:ed|es|ing)?|battled|fought|skirmished|traded fire|exchanged fire)\b(?P<other> (?:with|against)\b)?"
)


def culprits(found: list[Deed], tokens: list[Token], low: str, hedges: list[int]) -> None:
    """Add the perpetrators that one sentence names."""
    _Culprits(found, tokens, low, hedges).read()


class _Culprits:
    """The rules over one sentence; ``taken`` are tokens that already begin a perpetrator's phrase."""

    def __init__(self, found: list[Deed], tokens: list[Token], low: str, hedges: list[int]) -> None:
        self.found = found
        self.tokens = tokens
        self.low = low
        self.hedges = hedges
        self.taken: set[int] = set()
        self.hits = {token_at(tokens, m.start()) for pattern in (HIT, FIRED) for m in pattern.finditer(low)}

    def read(self) -> None:
        for i, token in enumerate(self.tokens):
            harm = token.tag == "K" or token.tag in "EGS" and token.about in ("killed", "injured", "abducted")
            if i and (harm or i in self.hits) and not is_passive(self.tokens, i):
                self._subject(i)
            if token.tag == "b" and i and self._done_before(i):
                self._by(i)
            if ATTACK_NOUN.fullmatch(token.low):
                self._of_attack(i)
            if token.low in WEAPONS and i >= 2:
                self._owner(i)
        for match in CLASHES.finditer(self.low):
            verb = token_at(self.tokens, match.start())
            self._clash(verb, token_at(self.tokens, match.end()) if match["other"] else None)

    def put(self, first: int, last: int, around: tuple[int, int]) -> None:
        """Add tokens [first, last) as a perpetrator, once."""
        first, last = trimmed(self.tokens, first, last)
        if first in self.taken or last <= first or self.tokens[last - 1].low in NONPERSONS:
            return
        self.taken.add(first)
        hedged = near(self.hedges, self.tokens[first].start - 14, self.tokens[last - 1].end)
        self.found.append(deed("perpetrator", self.tokens, first, last, around, hedged))

    def _done_before(self, i: int) -> bool:
        """Whether something done stands shortly before "by"."""
        window = range(max(0, i - 12), i)
        return any(
            self.tokens[k].tag in "EV"
            or k in self.hits
            or self.tokens[k].low in DONE
            or ATTACK_NOUN.fullmatch(self.tokens[k].low)
            for k in window
        )

    def _by(self, i: int) -> None:
        last = phrase_end(self.tokens, i + 1)
        if last > i + 1 and self._names(i + 1, last):
            self.put(i + 1, last, (self.tokens[max(0, i - 3)].start, self.tokens[last - 1].end))

    def _names(self, first: int, last: int) -> bool:
        return may_do(self.tokens, first, last)

    def _subject(self, i: int) -> None:
        """The actor right before the verb at ``i``."""
        tokens = self.tokens
        if tokens[i].tag == "E" and i + 1 >= len(tokens):
            return
        span = self._left(i - 1)
        if span is not None and self._names(*span):
            self.put(*span, (tokens[span[0]].start, tokens[i].end))

    def _left(self, k: int) -> tuple[int, int] | None:
        """The noun phrase that ends at or just before token ``k``."""
        tokens = self.tokens
        skip = ("who", "that", "which", "this", "morning", "today", "yesterday")
        while k >= 0 and (tokens[k].tag in "RH" or tokens[k].low in skip):
            k -= 1
        if k < 0 or tokens[k].tag in ",;":
            return None
        first = k + 1
        while (
            first > 0
            and k - first < 6
            and (
                tokens[first - 1].tag in "wWpPqtaQRX'YO"
                or capitalised(tokens[first - 1])
                or self._within(first - 1)
            )
        ):
            first -= 1
            if tokens[first].tag in "ta":
                break
        return (first, k + 1) if first <= k else None

    def _within(self, k: int) -> bool:
        """Whether a word stands within a name ("the Shield of Orla")."""
        around = self.tokens[k - 1 : k] + self.tokens[k + 1 : k + 2]
        return (
            self.tokens[k].low in ("of", *WITHIN)
            and len(around) == 2
            and all(named(t) and not t.text.isupper() for t in around)
        )

    def _of_attack(self, i: int) -> None:
        """ "attack by gunmen", "attack of the armed forces", "Norland's second attack", "Norlandic airstrike"."""
        tokens = self.tokens
        if i + 2 < len(tokens) and tokens[i + 1].low in ("of", "by"):
            last = phrase_end(tokens, i + 2)
            if last > i + 2 and is_actor(tokens, i + 2, last):
                self.put(i + 2, last, (tokens[i].start, tokens[last - 1].end))
        if not self._owner(i) and tokens[i].low in STRIKES:
            self._adjective(i)

    def _owner(self, i: int) -> bool:
        """ "Norland's second missile attack", "Norland's drones": the owner of the noun at ``i``."""
        tokens = self.tokens
        k = i - 1
        while k >= 0 and i - k < 5 and tokens[k].tag in "wQWE" and tokens[k].low != "'s":
            k -= 1
        if k < 1 or tokens[k].low != "'s" or tokens[k - 1].tag not in "WqpP":
            return False
        first = k - 1
        while first > 0 and tokens[first - 1].tag in "Wq":
            first -= 1
        if (
            capitalised(tokens[first])
            and tokens[first].low not in NO_OWNER
            and tokens[k - 1].low not in SINGULAR
        ):
            self.put(first, k, (tokens[first].start, tokens[i].end))
        return True

    def _adjective(self, i: int) -> None:
        tokens = self.tokens
        k = i - 1
        while k >= 0 and i - k < 4 and tokens[k].tag == "w":
            k -= 1
        if (
            k < 0
            or tokens[k].low in SOME_OF
            or not (tokens[k].low in ONE_OF or ACTOR_NAME.fullmatch(tokens[k].low))
        ):
            return
        last = k + 1
        while last < i and tokens[last].low in ACTOR_HEADS | {"armed"}:
            last += 1
        self.put(k, last, (tokens[k].start, tokens[i].end))

    def _clash(self, verb: int, after: int | None) -> None:
        """ "the Column clashed with the Guard", "the Column and the Guard clashed": both are perpetrators."""
        sides = [self._left(verb - 1)]
        if after is not None:
            sides.append((after, phrase_end(self.tokens, after)))
        elif sides[0] is not None and sides[0][0] >= 2 and self.tokens[sides[0][0] - 1].tag == "&":
            sides.append(self._left(sides[0][0] - 2))
        for side in sides:
            if side is not None and side[1] > side[0] and self._names(*side):
                start = min(self.tokens[side[0]].start, self.tokens[verb].start)
                self.put(*side, (start, max(self.tokens[side[1] - 1].end, self.tokens[verb].end)))
