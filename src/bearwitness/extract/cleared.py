"""Denials told of the deed rather than of who did it: "it was not the work of the Guard", "blamed the Guard and not the
Column", "the attackers were no soldiers", "he is innocent", "the town was not attacked", "that is not true"."""

from __future__ import annotations

from bearwitness import vocabulary
from bearwitness.extract.actors import Deed, clean_speaker, may_do, trimmed
from bearwitness.extract.phrases import Phrase, noun_after, right_phrase
from bearwitness.extract.subjects import verb_group, who_does
from bearwitness.extract.tokens import PLURAL, Token
from bearwitness.extract.undone import (
    BE,
    CULPRIT,
    DONE,
    EVENT,
    INNOCENCE,
    ITS,
    MODAL,
    NO_ONE,
    NOT,
    OWN,
    POINTERS,
    TOLD,
    ends_at,
    not_told,
    phrase_end,
    who_said,
)

_DATA = vocabulary.load("denials")
WORK = frozenset(_DATA["nouns"]["work"])
TIED = frozenset(_DATA["verbs"]["tied"])
LAID = frozenset(_DATA["verbs"]["laid"])
APART = frozenset(_DATA["verbs"]["apart"])
ASSAILED = frozenset(_DATA["deeds"]["assailed"])
TRUE = frozenset("true so correct accurate".split())
PARTLY = frozenset(
    "only just merely necessarily yet immediately solely simply alone probably entirely directly".split()
)
UNSAID = NO_ONE | frozenset("if whether unless cannot can't doubt question".split())


def cleared(tokens: list[Token], i: int) -> Deed | None:
    """The denial that the "not" at ``i`` makes of what is said of a deed, or none. Who denies it the sentence says around it."""
    if tokens[i].low not in NOT:
        return None
    after = [t.low for t in tokens[i + 1 : i + 3]]
    of_plea = [t.low for t in tokens[max(0, i - 2) : i]] == ["plea", "of"] and after[:1] == ["guilty"]
    if after == ["guilty", "plea"] or of_plea:
        return _plea_entered(tokens, i)
    other = _other(tokens, i)
    if other is not None:
        return _by(tokens, i, i, other)
    first = verb_group(tokens, i)
    at = next((k for k in range(i + 1, min(i + 8, len(tokens))) if tokens[k].tag not in "RB"), None)
    if at is None or not first or unsaid(tokens, first):
        return None
    if any(t.low in PARTLY for t in tokens[first : at + 1]):
        return None
    group = tokens[first:at]
    if not any(t.low in BE for t in group) or any(t.low in MODAL for t in group):
        return None
    return _of_deed(tokens, first, i, at) or _is_not(tokens, first, i, at) or _not_assailed(tokens, first, at)


def in_no_way(tokens: list[Token], i: int) -> Deed | None:
    """ "was in NO way linked to the Guard" at ``i``."""
    if [t.low for t in tokens[i - 1 : i + 2]] != ["in", "no", "way"] or i + 2 >= len(tokens):
        return None
    first = verb_group(tokens, i - 1)
    return _tied(tokens, first, i + 2) if first and not unsaid(tokens, first) else None


def stood_apart(tokens: list[Token], i: int) -> Deed | None:
    """ "DISTANCED itself from the bombing" at ``i``: of bodies; a person distances himself from much."""
    after = [t.low for t in tokens[i + 1 : i + 4]]
    if len(after) < 3 or after[0] not in ("itself", "themselves") or after[1] != "from":
        return None
    at = next((k for k in range(i + 3, min(i + 7, len(tokens))) if tokens[k].low in EVENT), None)
    if at is None or not_told(tokens[verb_group(tokens, i) : i]) or unsaid(tokens, i):
        return None
    return _own(tokens, who_does(tokens, i), i, at)


def innocent(tokens: list[Token], i: int) -> Deed | None:
    """ "I am INNOCENT" at ``i``, "insisted he is innocent"; of others, as of those who were shot, it is no denial."""
    said = [t.low for t in tokens[max(0, i - 2) : i]]
    if said == ["i", "am"] or said[-1:] == ["i'm"]:
        at = tokens[i - 1 if said[-1] == "i'm" else i - 2].start
        return Deed("perpetrator", "denies", at, tokens[i].end, (at, at + 1), None, False)
    first = verb_group(tokens, i)
    ends = ends_at(tokens, i) or tokens[i + 1].low in ("of", "in")
    if first < 2 or first == i or not ends or tokens[first - 1].low not in ("he", "she"):
        return None
    if not_told(tokens[first:i]):
        return None
    return _own(tokens, who_said(tokens, first - 1, INNOCENCE | TOLD), first - 1, i)


def _own(tokens: list[Token], phrase: Phrase | None, first: int, last: int) -> Deed | None:
    """The denial that tokens ``first`` to ``last`` make for him whom ``phrase`` names."""
    if phrase is None:
        return None
    who = clean_speaker(tokens, phrase)
    begin, end = min(who[0], tokens[first].start), max(who[1], tokens[last].end)
    return Deed("perpetrator", "denies", begin, end, who, None, False, who)


def untrue(tokens: list[Token], first: int, last: int) -> Deed:
    """What was said before called untrue in tokens [first, last)."""
    return Deed(
        "occurred", "denies", tokens[first].start, tokens[last - 1].end, None, None, False, None, True
    )


def unsaid(tokens: list[Token], k: int) -> bool:
    """Whether what begins at ``k`` is not said but asked, doubted or itself denied ("nobody claims that", "I do not think")."""
    return any(t.low in UNSAID for t in tokens[max(0, k - 8) : k])


def _is_deed(tokens: list[Token], first: int) -> bool:
    """Whether the subject before ``first`` is a deed of violence, or a word for it, and nobody who may have done it."""
    if tokens[first - 1].tag in "pP":
        return False
    return any(
        t.low in EVENT | POINTERS | {"crime"} or t.tag in "OT" for t in tokens[max(0, first - 8) : first]
    )


def _who(tokens: list[Token], k: int) -> Phrase | None:
    """Somebody who may have done it, named from token ``k`` on."""
    phrase = right_phrase(tokens, k) or noun_after(tokens, k)
    if phrase is None or tokens[phrase.core - 1].low in OWN:
        return None
    head = tokens[phrase.core - 1].low
    armed = PLURAL.get(head) in ("combatant", "police", "attacker")
    own = tokens[phrase.first].low in ITS  # "its men"
    return phrase if own or armed or may_do(tokens, phrase.first, phrase.core) else None


def _by(tokens: list[Token], start: int, i: int, phrase: Phrase) -> Deed:
    """The denial that those of ``phrase`` did it."""
    first, last = trimmed(tokens, phrase.first, phrase.core)
    begin, end = min(start, i, first), max(i + 1, last)
    value = (tokens[first].start, tokens[last - 1].end)
    return Deed("perpetrator", "denies", tokens[begin].start, tokens[end - 1].end, value, None, False)


def _other(tokens: list[Token], i: int) -> Phrase | None:
    """Of "attributed to the Guard and NOT to the Column" the Column."""
    to = i + 2 < len(tokens) and tokens[i + 1].low in ("to", "on") and tokens[i + 2].low != "mention"
    joined = i > 0 and (tokens[i - 1].low in ("and", "but") or tokens[i - 1].tag == ",")
    laid = next((k for k in range(i - 1, max(-1, i - 14), -1) if tokens[k].low in LAID), None)
    deed = laid is not None and any(t.low in EVENT or t.tag in "OT" for t in tokens[max(0, laid - 8) : i])
    return _who(tokens, i + 2) if to and joined and deed else None


def _of_deed(tokens: list[Token], first: int, i: int, at: int) -> Deed | None:
    """ "was not the work of X", "was not carried out by X", "is not linked to X": X did not do it."""
    start = max(0, first - 2)
    if tokens[at].low in TIED:
        return _tied(tokens, first, at)
    if not (_is_deed(tokens, first) or tokens[at].tag == "E"):
        return None
    work = next((k for k in range(at, min(at + 3, len(tokens))) if tokens[k].low in WORK), None)
    if work is not None and work + 2 < len(tokens) and tokens[work + 1].tag == "o":
        who = _who(tokens, work + 2)
        return _by(tokens, start, i, who) if who is not None else None
    if tokens[at].low in DONE:
        by = next((k for k in range(at + 1, min(at + 4, len(tokens))) if tokens[k].tag == "b"), None)
        who = _who(tokens, by + 1) if by is not None else None
        part = who is not None and any(t.low in PARTLY | {"but"} for t in tokens[who.last : who.last + 2])
        return _by(tokens, start, i, who) if who is not None and not part else None
    return None


def _tied(tokens: list[Token], first: int, at: int) -> Deed | None:
    """ "linked to the Guard" at ``at``."""
    if tokens[at].low not in TIED or at + 2 >= len(tokens) or tokens[at + 1].low not in ("to", "with"):
        return None
    who = _who(tokens, at + 2) if _is_deed(tokens, first) else None
    return _by(tokens, max(0, first - 2), at, who) if who is not None else None


def _is_not(tokens: list[Token], first: int, i: int, at: int) -> Deed | None:
    """ "the attackers were not soldiers", "this was not us", "it was not the army that fired", "that is not true"."""
    subject = tokens[first - 1]
    if subject.low in POINTERS and ends_at(tokens, at):
        if tokens[at].low in TRUE:
            return untrue(tokens, first - 1, at + 1)
        if tokens[at].text in ("us", "me"):
            own = (tokens[at].start, tokens[at].end)
            return Deed("perpetrator", "denies", subject.start, tokens[at].end, own, None, False)
    culprits = subject.low in CULPRIT
    it = subject.low == "it" and tokens[at].tag != "a"  # "it was not a soldier but a child"
    who = _who(tokens, at) if culprits or it or subject.low == "they" else None
    if who is None:
        return None
    after = tokens[who.core].low if who.core < len(tokens) else "."
    did = after in ("who", "that") and any(t.low in DONE for t in tokens[who.core + 1 : who.core + 5])
    plain = culprits or (it and after in ("but", "."))
    return _by(tokens, first - 1, i, who) if plain or did else None


def _not_assailed(tokens: list[Token], first: int, at: int) -> Deed | None:
    """ "the town was not attacked", "has not been occupied by the guerrillas": that it was at all is denied."""
    if tokens[at].low not in ASSAILED or tokens[first - 1].tag not in "wWPpq":
        return None
    following = tokens[at + 1 : at + 9]
    by = bool(following) and following[0].tag == "b" and not any(t.low == "but" for t in following)
    free = tokens[at].low != "occupied" and (not following or following[0].tag in ",;")
    if not by and not free:
        return None
    start, end = tokens[max(0, first - 2)].start, tokens[phrase_end(tokens, at + 1) - 1].end
    return Deed("occurred", "denies", start, end, None, None, False)


def _plea_entered(tokens: list[Token], i: int) -> Deed | None:
    """ "a NOT guilty plea was entered on Tano Bell's behalf", "Tano Bell entered a NOT guilty plea"."""
    at = next((k for k in range(i + 2, min(i + 12, len(tokens))) if tokens[k].low == "behalf"), None)
    phrase = None
    if at is not None and at + 2 < len(tokens) and tokens[at + 1].tag == "o":
        phrase = right_phrase(tokens, at + 2) or noun_after(tokens, at + 2)
    elif at is not None:
        on = next((k for k in range(at - 1, i, -1) if tokens[k].low == "on"), None)
        possessed = on is not None and tokens[at - 1].tag == "'" and on + 1 < at - 1
        phrase = Phrase(on + 1, at - 1, at - 1) if on is not None and possessed else None
    else:
        entered = next((k for k in range(i - 1, max(-1, i - 6), -1) if tokens[k].low == "entered"), None)
        phrase = who_does(tokens, entered) if entered is not None else None
    return _own(tokens, phrase, i, i + 1)
