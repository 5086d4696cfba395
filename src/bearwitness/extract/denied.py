"""What a denial is of: that somebody did it, that it happened, or what was said before, in one sentence."""

from __future__ import annotations

from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.actors import is_actor, may_do
from bearwitness.extract.phrases import TIME, collect, left_phrase, noun_after, noun_before, right_phrase
from bearwitness.extract.subjects import verb_group
from bearwitness.extract.tokens import Token
from bearwitness.extract.undone import (
    BE,
    BEING,
    CULPRIT,
    DONE,
    EVENT,
    HAPPENED,
    ITS,
    PART,
    POINTERS,
    in_event,
    is_own,
    phrase_end,
    with_what,
)  # fmt: skip

_DATA = vocabulary.load("denials")
CHARGE = frozenset(_DATA["nouns"]["charge"])
REPORT = frozenset(_DATA["nouns"]["told"])
FALSE = frozenset(_DATA["nouns"]["false"])
DOING = frozenset(_DATA["deeds"]["doing"])
AGAIN = frozenset("the this that these those such all both".split())
EARLIER = frozenset("previous earlier past repeated".split())
CLAUSE = frozenset("that which who".split())
STOPS = frozenset("after as while when amid following before but although though whereas".split())
FUTURE = frozenset("would will may might".split())
TRYING = frozenset("attempt attempts effort efforts bid bids".split())
IMPLICATE = frozenset("implicate link blame accuse incriminate".split())
WANTED = frozenset("asked asks sought seeks requested demanded applied".split())
NOW = frozenset("is are 's".split())
REACH = 16  # tokens: how far behind the cue what is denied may stand


class Denied(NamedTuple):
    """What is denied: done by somebody (tokens of his name; ``None``: by who denies it), or to have been at all."""

    about: str  # perpetrator, occurred, count
    who: tuple[int, int] | None
    last: int  # the token after the words for it
    looks_back: bool = False  # "rejected the claim": what was claimed stands before


def what_is_denied(tokens: list[Token], j: int, strong: bool) -> Denied | None:
    """What is denied, from token ``j`` on; ``strong`` where the verb means nothing but denying."""
    j = _skipped(tokens, j)
    if j >= len(tokens):
        return Denied("occurred", None, j, True) if strong else None
    low = tokens[j].low
    if low == "that" and j + 1 < len(tokens) and tokens[j + 1].tag not in ",;":
        return _clause(tokens, j + 1)
    if low.endswith("ing") and strong:
        return _gerund(tokens, j)
    ends = j + 1 == len(tokens) or tokens[j + 1].tag in ",;&si" or tokens[j + 1].low in STOPS
    if low == "it" and (not (strong and ends) or any(t.low in WANTED for t in tokens[:j])):
        return None  # "asked for an escort, but the army denied it"
    if low in POINTERS and ends:
        return Denied("occurred", None, j + 1, True)
    for k in range(j, min(j + 8, len(tokens))):
        here = tokens[k]
        if here.low in PART and in_event(tokens, k):
            return Denied("perpetrator", _owner(tokens, j, k), phrase_end(tokens, k + 1))
        if here.low in CHARGE or here.low in REPORT:
            return what_is_charged(tokens, k)
        if here.low in TRYING and tokens[k + 1 : k + 2] and tokens[k + 1].low == "to":
            return _implicating(tokens, k + 2)
        if here.tag in ";o" or here.low in STOPS or here.low in CLAUSE or (here.tag == "," and k > j + 1):
            break
        if strong and here.low in EVENT:
            happened = _clause(tokens, j)
            return happened or Denied("occurred", None, phrase_end(tokens, k + 1))
        if strong and (here.tag in "T" or (k > j and here.tag in "VEHB")):
            return _clause(tokens, j)
    return _clause(tokens, j) if strong else None


def _implicating(tokens: list[Token], k: int) -> Denied | None:
    """ "any attempt to IMPLICATE the Front in it" at ``k``."""
    if k + 1 >= len(tokens) or tokens[k].low not in IMPLICATE:
        return None
    who = right_phrase(tokens, k + 1) or noun_after(tokens, k + 1)
    if who is None:
        return Denied("perpetrator", None, phrase_end(tokens, k + 1))
    own = tokens[who.core - 1].low in ("us", "me", "them", "him", "her") or is_own(
        tokens, who.first, who.core
    )
    last = next((n for n in range(who.first + 1, who.core) if tokens[n].tag == "i"), who.core)
    if not own and not may_do(tokens, who.first, last) and tokens[who.first].low not in ITS:
        return None
    return Denied("perpetrator", None if own else (who.first, last), who.last)


def _skipped(tokens: list[Token], j: int) -> int:
    """Where what is denied begins, behind adverbs and days ("again denied on Friday that") and "as absurd"."""
    while j < len(tokens):
        day = tokens[j].low == "on" and j + 1 < len(tokens) and tokens[j + 1].low in TIME
        how = tokens[j].tag == "R" and tokens[j].low != "there"
        if not (how or tokens[j].low in TIME or day):
            break
        j += 1
    if j + 2 < len(tokens) and tokens[j].low == "as" and any(t.low in FALSE for t in tokens[j + 1 : j + 4]):
        return next((k for k in range(j + 2, min(j + 6, len(tokens))) if tokens[k].low in CHARGE | REPORT), j)
    return j


def _owner(tokens: list[Token], j: int, k: int) -> tuple[int, int] | None:
    """Whose part it is that is denied ("the Column's involvement", "army involvement", "a role of the Guard")."""
    if k - 1 > j and tokens[k - 1].tag == "'":
        first = collect(tokens, k - 2)
        return (max(first, j), k - 1) if first is not None else None
    if k > j and tokens[j].low not in ITS and is_actor(tokens, j, k) and tokens[k - 1].tag in "wWPpq":
        return j, k
    if k + 2 < len(tokens) and tokens[k + 1].low in ("by", "of"):
        after = right_phrase(tokens, k + 2)
        if (
            after is not None
            and is_actor(tokens, after.first, after.core)
            and not is_own(tokens, after.first, after.core)
        ):
            return after.first, after.core
    return None


def _gerund(tokens: list[Token], j: int) -> Denied | None:
    """ "denied shelling the town", "denied having killed her", "denied being behind it"."""
    low = tokens[j].low
    following = {t.low for t in tokens[j + 1 : j + 5]}
    if low in DOING and with_what(tokens, j):
        return Denied("perpetrator", None, phrase_end(tokens, j + 1))
    part = any(t.low in PART and in_event(tokens, k) for k, t in enumerate(tokens[j + 1 : j + 5], j + 1))
    if low in ("being", "having", "playing", "giving") and (following & (BEING | DONE | CULPRIT) or part):
        return Denied("perpetrator", None, phrase_end(tokens, j + 2))
    return None


def what_is_charged(tokens: list[Token], k: int) -> Denied | None:
    """What the accusation or report at ``k`` says: a clause, deeds behind "of", or what stood before."""
    charge = tokens[k].low in CHARGE
    before = {t.low for t in tokens[max(0, k - 3) : k]}
    known = before & (AGAIN | ITS | {"'s"}) or (charge and tokens[k].low.endswith("s"))
    back = (
        Denied("perpetrator" if charge else "occurred", None, phrase_end(tokens, k + 1), True)
        if known
        else None
    )
    if before & EARLIER:
        return None  # of something else
    j = k + 1
    if j >= len(tokens) or tokens[j].tag in ",;&" or tokens[j].low in STOPS:
        return back
    if tokens[j].low in ("that", "claiming", "saying", "alleging"):
        j += 1 + (j + 1 < len(tokens) and tokens[j + 1].low in ("claim", "say", "said", "claimed"))
        said = _clause(tokens, j)
        laid = charge and any(
            t.low == "against" for t in tokens[j : j + 10]
        )  # "charges that X has laid against Y"
        return said or (Denied("perpetrator", None, phrase_end(tokens, k + 1)) if laid else None)
    if tokens[j].low.endswith("ing"):  # "any accusation implicating them"
        return Denied("perpetrator", None, phrase_end(tokens, j + 1)) if charge else None
    if tokens[j].low in ("of", "about", "on"):
        near = range(j + 1, min(j + 9, len(tokens)))
        if (
            j + 1 < len(tokens)
            and tokens[j + 1].low.endswith("ing")
            and tokens[j + 1].low in DOING | {"being", "having"}
        ):
            return _gerund(tokens, j + 1) or back
        if any(tokens[n].low in PART for n in near):
            return Denied("perpetrator", None, phrase_end(tokens, j + 1))
        if any(tokens[n].low in EVENT for n in near):
            return Denied("perpetrator" if charge else "occurred", None, phrase_end(tokens, j + 1))
        return None
    if tokens[j].low == "against" and charge:
        phrase = right_phrase(tokens, j + 1)
        named = phrase is not None and is_actor(tokens, phrase.first, phrase.core)
        if phrase is not None and named and not is_own(tokens, phrase.first, phrase.core):
            return Denied("perpetrator", (phrase.first, phrase.core), phrase.last)
        return back
    if tokens[j].low in ("by", "from", "made", "in", "as"):
        return back
    return _clause(tokens, j) or back


def _clause(tokens: list[Token], j: int) -> Denied | None:
    """What a clause from token ``j`` on says was done, by whom, or that something was at all."""
    event = False
    for k in range(j, min(j + REACH, len(tokens))):
        token = tokens[k]
        if _ends(tokens, k, j):
            break
        if (token.low in FUTURE and not _have(tokens, k)) or (token.low in CLAUSE and k > j):
            return None  # "would boycott the talks"; "a blaze which killed four was an accident"
        event = event or token.low in EVENT
        if (event and token.low in HAPPENED and tokens[k - 1].tag not in "ta") or _there_was(tokens, k):
            return Denied("occurred", None, phrase_end(tokens, k + 2) if token.low == "there" else k + 1)
        if (
            token.low in BEING | CULPRIT
            or (token.low in PART and in_event(tokens, k))
            or token.low in ("anything", "nothing")
        ):
            before = range(k - 1, j - 1, -1)
            verb = next(
                (v for v in before if tokens[v].tag in "BH" or tokens[v].low in ("took", "played", "taken")),
                None,
            )
            if verb is not None:
                who = _subject(tokens, j, verb_group(tokens, verb))
                return Denied("perpetrator", who, phrase_end(tokens, k + 1))
        group = verb_group(tokens, k)
        bare = tokens[group - 1].tag in "tao'" and not any(t.tag in "BH" for t in tokens[group:k])  # a noun
        helps = token.low == "did" and k + 1 < len(tokens) and tokens[k + 1].tag == "!"
        if token.low in DONE and group > j and not bare and not helps and with_what(tokens, k):
            return _done(tokens, j, group, k)
    return None


def _have(tokens: list[Token], k: int) -> bool:
    """Whether "would" at ``k`` is "would have", which speaks of what was."""
    return any(t.low == "have" for t in tokens[k + 1 : k + 3])


def _ends(tokens: list[Token], k: int, j: int) -> bool:
    """Whether a clause that begins at ``j`` ends before token ``k``."""
    if tokens[k].tag == "," and k + 1 < len(tokens):
        return tokens[k + 1].low in CLAUSE or tokens[k + 1].low in STOPS
    return tokens[k].low in (":", "(", "-", "--") or (k > j and tokens[k].low in STOPS)


def _there_was(tokens: list[Token], k: int) -> bool:
    """ "there had been any fighting"."""
    is_ = tokens[k].low == "there" and k + 1 < len(tokens) and tokens[k + 1].tag in "BHV"
    return is_ and any(t.low in EVENT for t in tokens[k + 1 : k + 8])


def _done(tokens: list[Token], j: int, group: int, k: int) -> Denied:
    """What the verb of doing at ``k``, whose group begins at ``group``, says in the clause from ``j`` on."""
    if tokens[k].low.endswith("ing") and any(t.low in NOW for t in tokens[group:k]):
        who = _subject(tokens, j, group)  # "denied that the air force is bombing villages": that anybody does
        own = who is None or tokens[who[0]].low in ITS
        return Denied("perpetrator" if own else "occurred", who, phrase_end(tokens, k + 1))
    if tokens[k].low.endswith("ing") or not any(t.low in BE for t in tokens[group:k]):
        return Denied("perpetrator", _subject(tokens, j, group), phrase_end(tokens, k + 1))
    by = next((b for b in range(k + 1, min(k + 7, len(tokens))) if tokens[b].tag == "b"), None)
    doer = right_phrase(tokens, by + 1) or noun_after(tokens, by + 1) if by is not None else None
    if doer is not None:
        own = is_own(tokens, doer.first, doer.core)
        return Denied("perpetrator", None if own else (doer.first, doer.core), doer.last)
    counted = any(t.tag == "Q" for t in tokens[j:group]) and tokens[k].tag == "E"
    return Denied("count" if counted else "occurred", None, phrase_end(tokens, k + 1))


def _subject(tokens: list[Token], j: int, verb: int) -> tuple[int, int] | None:
    """Who in the clause from ``j`` does the verb at ``verb``: ``None`` where it is he who speaks."""
    phrase = left_phrase(tokens, verb) or noun_before(tokens, verb)
    first, last = (max(phrase.first, j), phrase.core) if phrase is not None else (j, verb)
    if first >= last or is_own(tokens, first, last):
        return None
    return first, last
