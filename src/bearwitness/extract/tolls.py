"""Constructions that give a number of persons harmed: who was killed, injured, missing, abducted, detained.

Each sentence is a string of symbols (``people.chunk``); each construction below is a rule over it. The rules
are independent of any page: they are tested on literal sentences.
"""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.extract.clauses import Clause, Found
from bearwitness.extract.people import Chunked

_HARM = vocabulary.load("harm")
TOLL_WORDS = frozenset(_HARM["toll"]["verbs"])
LIFE_VERBS = frozenset(_HARM["lives"]["verbs"])
BODY_VERBS = frozenset(_HARM["bodies"]["verbs"])
BODIES = frozenset(_HARM["bodies"]["nouns"])
BEASTS = frozenset(_HARM["beasts"]["words"])
UNHURT = re.compile(
    r"(?:who )?(?:had |have |has |later |both |all |(?:was|were) able to )*"
    r"(?:(?:escaped?|survived|emerged)(?: (?!and|but|while|when)[\w'-]+){0,4}?"
    r" (?:unhurt|unharmed|unscathed|uninjured|without (?:any )?injur(?:y|ies))|escaped (?:any )?injury"
    r"|(?:was|were) (?:\w+ly |otherwise )?(?:unhurt|unharmed|unscathed|uninjured)"
    r"|(?:(?:was|were)(?: not|n['’]t)|(?:has|have|had) not been) (?:physically |otherwise )?(?:hurt|injured|harmed|wounded))\b"
)
_LIMB = r"(?:arm|leg|foot|hand|knee|shoulder|thigh|ankle|calf|wrist|elbow|hip|finger|toe)s?|feet"
FATALLY = re.compile(r"(?:of (?:them|the \w+) )?fatally\b")
LIVED = re.compile(
    rf"in the (?:\w+ )?(?:{_LIMB})\b|.*\b(?:critically|seriously|wounded|injured|hospitali[sz]ed|hospital|medical cent(?:er|re)|survived?|condition|none fatally)\b"
)


def tolls(chunked: Chunked) -> list[Found]:
    """Every count of persons harmed that the sentence states, in order of its words."""
    reader = _Reader(chunked)
    reader.read()
    return sorted(reader.found, key=lambda f: (f.start, f.end))


class _Reader(Clause):
    """The constructions, each a rule over the symbols."""

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
        self._shot()
        self._unhurt()

    def _shot(self) -> None:
        """ "six people were shot" does not say how many of them lived; "shot in the leg", "shot, two critically" does;
        and "two of them fatally" are dead."""
        for number, f in enumerate(self.found):
            if f.about == "injured" and f.part and FATALLY.match(self._after(f.at, 3)):
                self.found[number] = f._replace(about="killed")
            shot = f.about == "injured" and f.low and f.low == f.high != 1 and self.low(f.verb) == "shot"
            if shot and not LIVED.match(self._after(f.verb, 14)):
                self.found[number] = f._replace(low=0)

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
            if re.match("&[NM]", self.tags[i + 1 :]) and self.low(i + 1) != "and":
                self.add(about, i + 2, i)  # "he was killed along with two others"
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
            if (
                helper > 0
                and self.tags[helper + 1 : helper + 2] in "VER"
                and not re.search("[;s]", self.tags[helper:k])
            ):
                self.add_all(about, self.subject(helper), i)
                return
        self._gapped(i, about)

    def _gapped(self, i: int, about: str) -> None:
        """A phrase right before the participle: "14 injured", "three soldiers wounded", "people killed in"."""
        if self.tags[i + 1 : i + 2] in ("t", "a") and "L" not in self.tags[max(0, i - 3) : i]:
            return  # "killed the lights": an object that is no person
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
            persons = self.persons(k)
            if (
                persons is not None and persons.whole is not None
            ):  # "one of the eight people wounded": eight were
                self.add(about, k, i, low=persons.whole[0], high=persons.whole[1])
                return
            which = [w for w in self._coordinated_left(k) if w not in self.parts or w == k]
            self.add_all(about, which, i)

    def _as_many(self, i: int, about: str) -> None:
        """ "ten people were killed and as many wounded"."""
        last = self.found[-1]
        span = self.chunked.span(i)
        many = last._replace(start=self.chunked.span(i - 2)[0], end=span[1], whom=None, at=i - 1, verb=i)
        self.found.append(many._replace(about=about))  # type: ignore[arg-type]

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
        inverted = (
            bool(after)
            and all(self.tags[w] in "NM" for w in after)
            and all(self.tags[w] in "Jdg" for w in subject)
        )
        self.add_all("killed", after if inverted else subject, i)

    def _state(self, i: int) -> None:
        """ "left nine soldiers dead", "five dead, one missing", "two people are missing"."""
        about = self.about(i)
        if self.low(i + 1) in BEASTS:
            return  # "4,000 dead trees"
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
        """ "killed or wounded 20", "20 dead and wounded": a ceiling for both, a floor for neither; some of each only where
        several are said to be both."""
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
            some = persons.low == 2 and persons.high is None and " and " in self.low(i)
            for about in ("killed", "injured"):  # "several were killed and injured": some of each
                self.add(about, w, i, low=2 if some else 0, high=persons.high)

    def _death_toll(self, i: int) -> None:
        """ "the death toll rose from 40 to 52", "put the number of wounded at 20"."""
        best = None
        for k in range(i + 1, min(i + 26, len(self.tags))):
            if self.tags[k] == "N":
                best = k
                if self.low(k - 1) != "from":
                    break
            elif (
                self.tags[k] == ";"
                or (self.tags[k] == "s" and k > i + 3 and self.low(k) != "as")
                or self.tags[k] in "EGSD"
                and k > i + 2
            ):
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
        if (
            self.low(i) in ("lives", "life")
            and self.tags[i + 1 : i + 2] == "o"
            and not {self.low(k) for k in range(max(0, i - 4), i)} & LIFE_VERBS | {"loss"} & {self.low(i - 2)}
        ):
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
        after = " ".join(token.low for token in self.chunked.tokens if self.chunked.span(i)[1] < token.start)[
            :90
        ]
        taken = re.match(
            r"(?:later |all |both |also |being |been )*(?:taken|sent|driven|carried|rushed|transported|airlifted|admitted|brought|flown|treated)\b[^,;]*?\b(?:hospitals?|clinics?|wounds|injuries)\b",
            after,
        )
        if taken or re.match(
            r"(?:listed |reported )?in (?:a )?(?:very )?(?:critical|serious|stable|grave) condition", after
        ):
            hurt = [w for w in self.subject(i) if self.tags[w] in "NM"]
            self.add_all("injured", [w for w in hurt if (p := self.persons(w)) and p.head not in BODIES], i)

    def _unhurt(self) -> None:
        """ "the president escaped unharmed", "the driver was not injured": nobody was, where the sentence names none."""
        if any(f.about == "injured" for f in self.found):
            return
        for i in range(len(self.tags)):
            persons = self.persons(i)
            if persons is None or persons.kind not in "NMFJdg" or persons.low == 0:
                continue
            if UNHURT.match(self._after(i, 12)):
                before = len(self.found)
                self.add("injured", i, i, low=0, high=0)
                self.found[before:] = [
                    f._replace(definite=False) for f in self.found[before:]
                ]  # said of him alone
                return

    def _after(self, i: int, most: int) -> str:
        """The next words after a symbol."""
        end = self.chunked.span(i)[1]
        following = [token.low for token in self.chunked.tokens if token.start >= end]
        return " ".join(following[:most])

    def _among_dead(self, i: int) -> None:
        """ "Ada Example and Ben Sample were among those killed": parts of a whole."""
        words = self.low(i)
        if not words.startswith(("among the ", "among those ")):
            return
        about = "injured" if words.endswith(("wounded", "injured")) else "killed"
        after = re.match("B[NMF](?:[,&]+[NMF])*", self.tags[i + 1 :])
        if after:  # "among the dead are two locals and one nurse"
            for w in range(i + 2, i + 1 + after.end()):
                if self.tags[w] in "NMF":
                    self.add(about, w, i, part=True)
        elif i and self.tags[i - 1] == "B":
            for w in self.subject(i - 1):
                self.add(about, w, i, part=True)

    def _dead_included(self, i: int, earlier: list[Found]) -> None:
        """ "The dead included four sisters": a part of a whole that is not numbered here."""
        before = self.token(i - 2)
        if (
            self.tags[i - 1 : i] == "C"
            and before is not None
            and before.tag in "XTE"
            and self.tags[i - 3 : i - 2] == "t"
        ):
            self.add(before.about, i, i - 2, part=True)  # "those killed included 11 people"
            return
        if earlier:
            return
        for k in range(min(3, len(self.tags))):
            token = self.token(k)
            if (
                token is not None
                and token.tag in "XTE"
                and token.about in ("killed", "injured")
                and self.tags[:k] in ("t", "")
            ):
                self.add(token.about, i, k, part=True)

    def _set_phrases(self, i: int) -> None:
        """ "cost five drivers their lives", "took nine drivers hostage"."""
        persons = self.persons(i)
        if persons is None or persons.kind not in "NMF":
            return
        if (
            persons.state in ("killed", "injured")
            and not persons.partitive
            and not any(f.at == i for f in self.found)
        ):
            self.add(persons.state, i, i)  # "three injured persons arrived"
        before, after = self.low(i - 1), self.low(i + 1)
        if after in ("hostage", "captive", "prisoner") and before in (
            "took",
            "taken",
            "taking",
            "take",
            "held",
            "holding",
            "hold",
        ):
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
