"""Constructions that give a number of persons harmed: who was killed, injured, missing, abducted, detained.

Each sentence is a string of symbols (``people.chunk``); each construction below is a rule over it. The rules
are independent of any page: they are tested on literal sentences.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.people import Chunked, Persons
from bearwitness.extract.tokens import Token
from bearwitness.record import About, Group, NumberKind

_HARM = vocabulary.load("harm")
TOLL_WORDS = frozenset(_HARM["toll"]["verbs"])
LIFE_VERBS = frozenset(_HARM["lives"]["verbs"])
BODY_VERBS = frozenset(_HARM["bodies"]["verbs"])
BODIES = frozenset(_HARM["bodies"]["nouns"])

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


def tolls(chunked: Chunked) -> list[Found]:
    """Every count of persons harmed that the sentence states, in order of its words."""
    reader = _Reader(chunked)
    reader.read()
    found = sorted(reader.found, key=lambda f: (f.start, f.end))
    return found


class _Reader:
    """The rules over one sentence. ``used`` are phrases already counted, by category."""

    def __init__(self, chunked: Chunked) -> None:
        self.chunked = chunked
        self.tags = chunked.tags
        self.found: list[Found] = []
        self.used: set[tuple[int, str]] = set()
        self.passed: set[int] = set()
        self.parts: set[int] = self._parts()

    def read(self) -> None:
        for i, tag in enumerate(self.tags):
            if tag == "K":
                self._either(i)
            elif tag == "E":
                self._done_to(i)
            elif tag in "GS":
                self._doing(i)
            elif tag == "D":
                self._died(i)
            elif tag == "X":
                self._state(i)
            elif tag == "U":
                self._death_toll(i)
            elif tag in "TO":
                self._nominal(i)
            elif tag == "z":
                self._none(i)
            elif tag == "C":
                self._among_dead(i)
            self._bodies(i)
            self._set_phrases(i)
            self._in_hospital(i)
        self._attach_parts()

    # helpers

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
        if any(p is None or p.kind not in "NM" or p.low is None or p.low == 0 or p.high != p.low for p in persons):
            return False
        groups = {p.group for p in persons if p is not None}
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
            after = re.match(rf"[,RoiwW:;t]{{0,2}}([{PERSONS}](?:[,&]+[t]?[{PERSONS}](?![BE]|HE|LE))*)", self.tags[i + 1 :])
            if after:
                found |= {k for k in range(i + 1 + after.start(1), i + 1 + after.end(1)) if self.tags[k] in PERSONS}
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
            return k >= 0 and self.tags[k] == "!"
        if k >= 0 and self.tags[k] == "m":
            return True
        return False

    def subject(self, i: int) -> list[int]:
        """The phrases that are subject of the verb group beginning at ``i``, coordinated ones included."""
        k = i - 1
        steps = 0
        while k >= 0 and steps < 16:
            tag = self.tags[k]
            if tag in PERSONS and k not in self.parts and k not in self.passed and not self._age(k) and not self._of(k):
                alone = self.low(i) in ("was", "is", "has")
                return [k] if alone and tag in "Md" else self._coordinated_left(k)
            if tag in "EGSDVULK" or (tag == "s" and k != i - 1) or tag == "m":
                if not (tag == "E" and self.low(k) in ("injured", "wounded", "reported")):
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
            and not self.tags[k + 1 : k + 2] == "&"
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

    # constructions

    def _done_to(self, i: int) -> None:
        """ "were killed", "two killed", "killed 12", "people killed in"."""
        about = self.about(i)
        if self.modal(i):
            return
        k = i - 1
        while k >= 0 and self.tags[k] in "R!":
            k -= 1
        passive = k >= 0 and self.tags[k] == "B"
        if passive:
            while k >= 0 and self.tags[k] in "BHRm":
                k -= 1
            self.add_all(about, self.subject(k + 1), i)
            return
        objects = self._objects(i)
        if (
            objects
            and self.tags[i + 1 : i + 2] != "b"
            and not (self.low(i) == "shot" and self.low(i + 1) == "at")
        ):
            self.add_all(about, objects, i)
            return
        if k >= 0 and self.tags[k] in "&," and not objects:
            helper = self.tags.rfind("B", 0, k)
            if helper > 0 and self.tags[helper + 1 : helper + 2] in "VER" and not re.search("[;s]", self.tags[helper:k]):
                self.add_all(about, self.subject(helper), i)
                return
        self._gapped(i, about)

    def _gapped(self, i: int, about: str) -> None:
        """A phrase right before the participle: "14 injured", "three soldiers wounded", "people killed in"."""
        if self.tags[i + 1 : i + 2] in ("t", "a"):
            return
        if self.low(i - 1) == "many" and self.low(i - 2) == "as" and self.found:
            self._as_many(i, about)
            return
        k = i - 1
        while k >= 0 and self.tags[k] in "RH" and i - k < 3:
            k -= 1
        if (
            k >= 0
            and self.tags[k] in "NM0"
            or (
                k >= 0
                and self.tags[k] in "JF"
                and (self.tags[i + 1 : i + 2] in ("i", "b", "", "s") or k == 0)
            )
        ):
            which = [w for w in self._coordinated_left(k) if w not in self.parts or w == k]
            self.add_all(about, which, i)

    def _as_many(self, i: int, about: str) -> None:
        """ "ten people were killed and as many wounded"."""
        last = self.found[-1]
        span = self.chunked.span(i)
        self.found.append(last._replace(about=about, start=self.chunked.span(i - 2)[0], end=span[1], whom=None, at=i - 1, verb=i))  # type: ignore[arg-type]

    def _doing(self, i: int) -> None:
        """ "killing nine villagers and injuring nine others", "attackers kill 30", "killing of 60"."""
        if self.modal(i) and self.tags[i] == "S":
            return
        about = self.about(i)
        if self.tags[i + 1 : i + 2] == "o":
            self._nominal(i)
            return
        self.add_all(about, self._objects(i), i)

    def _died(self, i: int) -> None:
        if self.modal(i):
            return
        k = i
        while k > 0 and self.tags[k - 1] in "HRB":
            k -= 1
        subject, after = self.subject(k), self._objects(i)
        inverted = bool(after) and all(self.tags[w] in "NM" for w in after) and all(self.tags[w] in "Jdg" for w in subject)
        self.add_all("killed", after if inverted else subject, i)

    def _state(self, i: int) -> None:
        """ "left nine soldiers dead", "five dead, one missing", "two people are missing"."""
        about = self.about(i)
        k = i - 1
        while k >= 0 and self.tags[k] == "R":
            k -= 1
        if k >= 0 and self.tags[k] == "B":
            while k >= 0 and self.tags[k] in "BHR":
                k -= 1
            self.add_all(about, self.subject(k + 1), i)
        elif k >= 0 and self.tags[k] in "NM0F" and not (self.tags[k - 1 : k] == "L" and self.modal(k - 1)):
            which = self._coordinated_left(k)
            self.add_all(about, [w for w in which if w not in self.parts or w == k], i)

    def _either(self, i: int) -> None:
        """ "killed or wounded 20", "20 dead and wounded": a ceiling for both, a floor for neither."""
        which = self._objects(i)
        if not which:
            k = i
            while k > 0 and self.tags[k - 1] in "BHR":
                k -= 1
            which = self.subject(k) if k < i else ([i - 1] if i and self.tags[i - 1] in "NM" else [])
        for w in which:
            persons = self.persons(w)
            if persons is None:
                continue
            for about in ("killed", "injured"):
                self.add(about, w, i, low=0, high=persons.high)

    def _death_toll(self, i: int) -> None:
        """ "the death toll rose from 40 to 52", "put the number of wounded at 20"."""
        best = None
        for k in range(i + 1, min(i + 14, len(self.tags))):
            if self.tags[k] == "N":
                best = k
                if self.low(k - 1) != "from":
                    break
            elif self.tags[k] == ";" or (self.tags[k] == "s" and k > i + 3):
                break
            elif self.tags[k] in "EGSD" and k > i + 2:
                break
        if best is None or not any(self.low(k) in TOLL_WORDS for k in range(i + 1, best)):
            return
        persons = self.persons(best)
        if persons is not None and persons.number_kind == "range" and self.low(best - 1) == "from":
            self.add(self.about(i), best, i, low=persons.high, high=persons.high)
        else:
            self.add(self.about(i), best, i)

    def _nominal(self, i: int) -> None:
        """ "18 deaths", "the deaths of 33 soldiers", "the loss of several lives", "claimed 20 lives"."""
        about = self.about(i)
        if self.low(i) in ("lives", "life") and self.tags[i + 1 : i + 2] == "o" and not {self.low(k) for k in range(max(0, i - 4), i)} & LIFE_VERBS | {"loss"} & {self.low(i - 2)}:
            return
        if self.tags[i + 1 : i + 2] == "o":
            which = self._objects(i)
            if which and about != "injured" or self.low(i) in ("injury", "injuries", "wounding", "injuring"):
                self.add_all("killed" if about == "casualties" else about, which, i)
            if which:
                return
        before = i - 1
        while before >= 0 and self.tags[before] in "wWXREp" and i - before < 4:
            before -= 1
        persons = self.persons(before)
        if persons is None or persons.kind not in "N" or self.tags[i] not in "TO":
            return
        if self.tags[i] == "O" and self.low(i) not in ("lives", "deaths"):
            return
        if about == "casualties":
            for kind in ("killed", "injured"):
                self.add(kind, before, i, low=0, high=persons.high)
        elif self.low(i) == "lives":
            if before and self.low(before - 1) in LIFE_VERBS:
                self.add("killed", before, before - 1)
        else:
            self.add(about, before, i)

    def _none(self, i: int) -> None:
        persons = self.persons(i)
        if persons is None:
            return
        for about in ("killed", "injured") if persons.head == "casualties" else (persons.head,):
            self.add(about, i, i)

    def _bodies(self, i: int) -> None:
        """ "recovered 12 bodies", "the bodies of two men were found"."""
        persons = self.persons(i)
        if persons is None or persons.kind not in "N" or persons.head not in BODIES:
            return
        first, last = max(0, persons.first - 4), persons.last + 6
        if {token.low for token in self.chunked.tokens[first:last]} & BODY_VERBS:
            self.add("killed", i, i)

    def _in_hospital(self, i: int) -> None:
        """ "four victims were taken to hospital", "at least one was in critical condition": injured."""
        if self.tags[i] != "B" or i + 1 >= len(self.tags):
            return
        after = " ".join(token.low for token in self.chunked.tokens if self.chunked.span(i)[1] < token.start)[:90]
        taken = re.match(r"(?:later |all |both |also |being |been )*(?:taken|rushed|transported|airlifted|admitted|brought|flown|treated)\b[^,;]*?\b(?:hospitals?|clinics?|wounds|injuries)\b", after)
        if taken or re.match(r"(?:listed |reported )?in (?:a )?(?:very )?(?:critical|serious|stable|grave) condition", after):
            self.add_all("injured", [w for w in self.subject(i) if self.tags[w] in "NM"], i)

    def _among_dead(self, i: int) -> None:
        """ "Ada Example and Ben Sample were among those killed": parts of a whole."""
        about = {"among those killed": "killed", "among the dead": "killed", "among the victims": "killed"}.get(self.low(i))
        if about is not None and i and self.tags[i - 1] == "B":
            for w in self.subject(i - 1):
                self.add(about, w, i, part=True)

    def _dead_included(self, i: int, earlier: list[Found]) -> None:
        """ "The dead included four sisters": a part of a whole that is not numbered here."""
        if earlier:
            return
        for k in range(min(3, len(self.tags))):
            token = self.token(k)
            if token is not None and token.tag in "XTE" and token.about in ("killed", "injured") and self.tags[:k] in ("t", ""):
                self.add(token.about, i, k, part=True)

    def _set_phrases(self, i: int) -> None:
        """ "cost five drivers their lives", "took nine drivers hostage"."""
        persons = self.persons(i)
        if persons is None or persons.kind not in "NMF":
            return
        before, after = self.low(i - 1), self.low(i + 1)
        if after in ("hostage", "captive", "prisoner") and before in ("took", "taken", "taking", "take", "held", "holding", "hold"):
            self.add("abducted" if after != "prisoner" else "detained", i, i + 1)
        elif before in ("cost", "costing") and self.low(i + 2) in ("lives", "life"):
            self.add("killed", i, i + 2)

    def _attach_parts(self) -> None:
        """Phrases after "including" take the category of the count they belong to."""
        for i in sorted(self.parts):
            earlier = [f for f in self.found if f.at < i and not f.part and f.at not in self.parts]
            self._dead_included(i, earlier)
            same = [f for f in self.found if f.at == i]
            if same or not earlier:
                for f in same:
                    self.found[self.found.index(f)] = f._replace(part=True)
                continue
            nearest = max(earlier, key=lambda f: f.at)
            persons = self.persons(i)
            if persons is not None and persons.kind in "NMFJ" and persons.low != 0:
                for f in [f for f in earlier if f.at == nearest.at]:
                    self.add(f.about, i, i, part=True)
        self.found = [f._replace(part=True) if f.at in self.parts else f for f in self.found]
