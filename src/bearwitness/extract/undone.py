"""Deeds with "not", "no" or "never": denials where somebody says so, of himself or of one who may have done it."""

from __future__ import annotations

from bearwitness import vocabulary
from bearwitness.extract.actors import Deed, clean_speaker, is_actor, is_body, trimmed
from bearwitness.extract.phrases import Phrase, is_speaker, left_phrase, noun_before
from bearwitness.extract.subjects import body, first_subject, verb_group, who_does
from bearwitness.extract.tokens import PLURAL, Token
from bearwitness.extract.triggers import WEAPONS

_DATA = vocabulary.load("denials")
PART = frozenset(_DATA["nouns"]["part"])
CULPRIT = frozenset(_DATA["nouns"]["culprit"])
EVENT = frozenset(_DATA["nouns"]["event"])
DONE = frozenset(_DATA["deeds"]["done"])
LOOSE = frozenset(_DATA["nouns"]["loose"])
BARE = frozenset(_DATA["deeds"]["bare"])
BEING = frozenset(_DATA["deeds"]["being"])
HAPPENED = frozenset(_DATA["deeds"]["happened"])
WITH = {word: frozenset(behind) for word, behind in _DATA["with"].items()}
THIRD = frozenset("it they he she".split())
POINTERS = frozenset("this that it these those".split())
OWN = frozenset("it they he she we i me".split())
ITS = frozenset("its their his her our my".split())
MODAL = frozenset("would will may might could can should must".split())
BE = frozenset("was were is are be been being 's".split())
NOT = frozenset("not n't never".split())
NOBODY = frozenset(("nobody", "no one"))
NO_ONE = NOT | NOBODY | frozenset("no none neither nor nothing".split())
HOLDING = frozenset("had has have play played plays took bears bear bore".split())
TOLD = frozenset("told tells telling".split())
# "Hold somebody responsible", "participate in drafting", "in the talks"
NO_DEED = frozenset(_DATA["nouns"]["no_deed"])
INNOCENCE = frozenset(_DATA["verbs"]["innocence"])
SAYING = TOLD | frozenset(vocabulary.load("speakers")["verbs"]["say"])


def phrase_end(tokens: list[Token], k: int) -> int:
    """A few more words of what is denied, for the words that the claim rests on."""
    end = k
    while end < len(tokens) and end - k < 5 and tokens[end].tag not in ",;s&":
        end += 1
    while end > k and tokens[end - 1].tag in "oitabm":
        end -= 1
    return end


def ends_at(tokens: list[Token], i: int) -> bool:
    """Whether a clause ends with token ``i``."""
    return i + 1 == len(tokens) or tokens[i + 1].tag in ",;&"


def not_told(group: list[Token]) -> bool:
    """Whether a verb group says that something is not, or only may be."""
    return any(t.tag == "!" or t.low in MODAL for t in group)


def in_event(tokens: list[Token], k: int) -> bool:
    """Whether the part at ``k`` is one in an event: "any role in the killing", "any role.", not "a role in the talks"."""
    after = tokens[k + 1 : k + 10]
    if tokens[k].low not in LOOSE:
        return True
    stop = next((n for n, t in enumerate(after) if t.tag in ",;" or t.low in ("but", "and")), len(after))
    if stop == 2 and after[0].low == "in" and after[1].low in ("this", "that", "these"):
        return True
    return stop < 2 or any(
        t.low in EVENT or t.tag in "OTEGK" or t.low in ("it", "death", "crime") for t in after[:stop]
    )


def is_own(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a phrase is a pronoun or "any of its members": who speaks, or his own."""
    return tokens[last - 1].low in OWN or any(
        t.low in ("its", "their", "our") for t in tokens[first + 1 : last]
    )


def with_what(tokens: list[Token], k: int) -> bool:
    """Whether the verb at ``k`` has behind it what makes it a deed of violence, if it needs that ("set FIRE to it")."""
    needed, after = WITH.get(tokens[k].low), tokens[k + 1 : k + 6]
    if any(t.low in NO_DEED for t in after):
        return False
    return needed is None or any(t.low in needed for t in after)


def not_done(tokens: list[Token], i: int) -> Deed | None:
    """What the "not", "no" or "none" at ``i`` says was not done, by whom: "did not carry out the attack", "was not behind
    it", "had no part in it", "none of its men fired", "there was no attack". Whoever says so denies it, of himself or of
    one who may have done it; of others, and of what might be, it is no denial."""
    if tokens[i].low == "no" and (happened := _no_event(tokens, i)) is not None:
        return Deed("occurred", "denies", tokens[i].start, tokens[happened].end, None, None, False)
    if tokens[i].low in NOBODY and (done := _nobody_did(tokens, i)) is not None:
        return Deed("occurred", "denies", tokens[i].start, tokens[done - 1].end, None, None, False)
    if tokens[i].low in NOT and (happened := _never_was(tokens, i)) is not None:
        return Deed(
            "occurred", "denies", tokens[max(0, i - 2)].start, tokens[happened].end, None, None, False
        )
    none = _none_did(tokens, i)
    found = none or _did_not(tokens, i)
    if found is None:
        return None
    who, last = found
    armed = none is not None and PLURAL.get(tokens[who[1] - 1].low) in ("combatant", "police")
    named = is_body(tokens, *who) and any(token.text.islower() for token in tokens)  # "the Lake Guard"
    if tokens[who[0]].low not in ITS:
        who = trimmed(tokens, *who)
    if tokens[who[1] - 1].low in OWN:
        who = (who[1] - 1, who[1])  # "told reporters they had no part in it"
    if not named and not armed and not _speaks_of(tokens, *who):
        return None
    value = (tokens[who[0]].start, tokens[who[1] - 1].end)
    start = min(value[0], tokens[i].start)
    speaker = None
    if tokens[who[0]].low in THIRD and (phrase := who_said(tokens, who[0])) is not None:
        speaker = clean_speaker(tokens, phrase)
        first, end = body(tokens, phrase)
        first, end = trimmed(tokens, first, end)
        start, value = speaker[0], (tokens[first].start, tokens[end - 1].end)
    return Deed("perpetrator", "denies", start, tokens[last - 1].end, value, None, False, speaker)


def who_said(tokens: list[Token], first: int, verbs: frozenset[str] = SAYING) -> Phrase | None:
    """Who is said, before the pronoun at ``first``, to say what it begins ("the Front HAS SAID it did not do it")."""
    for k in range(first - 1, max(-1, first - 9), -1):
        if tokens[k].low in verbs and (tokens[k].tag == "V" or tokens[k].low in TOLD | INNOCENCE):
            return who_does(tokens, k)
    return None


def _no_event(tokens: list[Token], i: int) -> int | None:
    """The last word of "there was NO ATTACK", "no such raid", "no strike took place"."""
    at = next(
        (
            k
            for k in range(i + 1, min(i + 5, len(tokens)))
            if tokens[k].low in EVENT or tokens[k].tag in "oiT"
        ),
        None,
    )
    if (
        at is None
        or tokens[at].low not in EVENT
        or tokens[i + 1].low in ("doubt", "question")
        or [t.low for t in tokens[at : at + 2]] == ["fighting", "before"]
        or any(t.low in MODAL for t in tokens[max(0, i - 3) : i])
    ):
        return None
    there = any(t.low == "there" for t in tokens[max(0, i - 4) : i])
    if (there and tokens[i - 1].tag in "BHV") or tokens[i + 1].low == "such":
        return at
    return next((k for k in range(at + 1, min(at + 8, len(tokens))) if tokens[k].low in HAPPENED), None)


def _nobody_did(tokens: list[Token], i: int) -> int | None:
    """The token after "NOBODY BOMBED anybody", "no one set fire to it": that it was done at all is denied."""
    k = next((k for k in range(i + 1, len(tokens)) if tokens[k].tag not in "RH"), None)
    did = k is not None and tokens[k].low in DONE and _whole(tokens, k)
    return phrase_end(tokens, k + 1) if did and k is not None else None


def _never_was(tokens: list[Token], i: int) -> int | None:
    """The last word of "the raid NEVER HAPPENED"; "did not happen on the bus" says only where."""
    at = next((k for k in range(i + 1, min(i + 4, len(tokens))) if tokens[k].low in HAPPENED), None)
    if at is None or not any(t.low in EVENT for t in tokens[max(0, i - 6) : i]):
        return None
    return at if ends_at(tokens, at) else None


def _none_did(tokens: list[Token], i: int) -> tuple[tuple[int, int], int] | None:
    """ "none of its fighters took part", "no unit of ours fired", "neither the army nor the police were behind it"."""
    if tokens[i].low not in ("none", "no", "neither") or (
        i and tokens[i - 1].tag in "BHV" and tokens[i - 1].low not in SAYING and tokens[i].low == "no"
    ):
        return None
    for k in range(i + 2, min(i + 12, len(tokens))):
        if tokens[k].tag in ",;s":
            return None
        group = verb_group(tokens, k)
        if group <= i + 1 or not _deed_at(tokens, k, group):
            continue
        if (
            tokens[k].tag == "E"
            and group == k
            and not (k + 1 < len(tokens) and tokens[k + 1].tag in "taQPpWwjq")
        ):
            return None  # "no soldiers shot in the raid": they were
        return (i + 1, group), phrase_end(tokens, k + 1)
    return None


def _deed_at(tokens: list[Token], k: int, group: int) -> bool:
    """Whether the word at ``k``, whose verb group begins at ``group``, is a deed done or a part in one."""
    low = tokens[k].low
    auxiliaries = {t.low for t in tokens[group:k]}
    if low in BEING or low in CULPRIT:
        return bool(auxiliaries & BE)
    if low in ("took", "taken", "had", "played"):
        return any(t.low in PART and in_event(tokens, k + n) for n, t in enumerate(tokens[k + 1 : k + 4], 1))
    return low in DONE and not auxiliaries & BE and _whole(tokens, k)


def _whole(tokens: list[Token], k: int) -> bool:
    """Whether a verb that may mean anything has the word that makes it a deed: "carry OUT", "open FIRE"."""
    low, after = tokens[k].low, [t.low for t in tokens[k + 1 : k + 5]]
    if low in ("carry", "carried", "carrying"):
        return "out" in after[:1]
    if low in ("open", "opened"):
        return "fire" in after[:1]
    if low in ("do", "done", "did"):
        alone = len(after) < 2 or tokens[k + 2].tag not in "wWpPO"  # not "do this job"
        return bool(after) and after[0] in ("it", "this") and alone
    if low in ("use", "used", "using", "drop", "dropped", "order", "ordered"):
        return any(t.low in EVENT or t.tag in "OTEGK" or t.low in WEAPONS for t in tokens[k + 1 : k + 7])
    return with_what(tokens, k)


def _did_not(tokens: list[Token], i: int) -> tuple[tuple[int, int], int] | None:
    """Who did not do it, and the token after the words: the subject of "did not", "was not", "had nothing", "had no"."""
    low = tokens[i].low
    group = verb_group(tokens, i)
    last = None
    us = i + 1 < len(tokens) and tokens[i + 1].text in ("us", "me")  # not the US
    if low in NOT and us and tokens[i - 1].low in BE and tokens[group - 1].low == "it":
        return (i + 1, i + 2), i + 2  # "it was not us"
    if low in NOT and group <= i:
        last = _not_deed(tokens, i, group)
    elif low == "nothing" and [t.low for t in tokens[i + 1 : i + 4]] == ["to", "do", "with"]:
        last = phrase_end(tokens, i + 4)
    elif low == "no" and i:
        group = verb_group(tokens, i - 1)
        after = tokens[i + 1 : i + 4]
        part = any(t.low in PART and in_event(tokens, i + n) for n, t in enumerate(after, 1))
        part = part and tokens[i - 1].low in HOLDING
        needed = WITH.get(tokens[i - 1].low, EVENT)
        if part or (tokens[i - 1].low in DONE and any(t.low in needed for t in after)):
            last = phrase_end(tokens, i + 2)
    future = group > 0 and tokens[group - 1].low.endswith(("'ll", "’ll", "'d", "’d"))  # "I'll never do it"
    if last is None or future or any(t.low in MODAL for t in tokens[group:i]):
        return None
    phrase = left_phrase(tokens, group) or noun_before(tokens, group)
    if phrase is None and group and tokens[group - 1].low in ("and", "but"):
        phrase = first_subject(tokens, group - 1)
    if (
        phrase is None
        or phrase.first >= phrase.core
        or {"if", "whether"} & {t.low for t in tokens[max(0, phrase.first - 2) : phrase.core]}
    ):
        return None
    return (phrase.first, phrase.core), last


def _not_deed(tokens: list[Token], i: int, group: int) -> int | None:
    """The token after the deed that "not" at ``i`` denies."""
    at = next((k for k in range(i + 1, min(i + 6, len(tokens))) if not _light(tokens[k])), None)
    if at is None:
        return None
    low, auxiliaries = tokens[at].low, {t.low for t in tokens[group:at]}
    being = bool(auxiliaries & BE)
    after = tokens[at : at + 5]
    if low in BEING or any(t.low in CULPRIT for t in after[:3]):
        return phrase_end(tokens, at + 1) if being else None
    if low in ("take", "taken", "play", "played", "have", "had"):
        part = any(
            (t.low in PART and in_event(tokens, at + n)) or t.low == "anything" for n, t in enumerate(after)
        )
        return phrase_end(tokens, at + 2) if part else None
    did = bool(auxiliaries & {"did", "do", "does"}) or tokens[i].low == "never"
    had = bool(auxiliaries & {"had", "has", "have"}) or tokens[i].low == "never"
    deed = (low in BARE and did) or (low in DONE and had)
    return phrase_end(tokens, at + 1) if deed and not being and _whole(tokens, at) else None


def _light(token: Token) -> bool:
    """Whether a word may stand between "not" and what is not done."""
    return token.tag in "RBH" or token.low in ("ever", "even", "in", "any", "way", "to")


def _speaks_of(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a phrase stands for who speaks ("we", "its men", "it" behind a word of saying) or for one who may do harm."""
    head = tokens[last - 1].low
    if head in ("we", "i", "me") or tokens[last - 1].text == "us":
        return True
    if head in OWN:
        return any(t.low in SAYING for t in tokens[max(0, first - 9) : first]) and not _of_noun(tokens, first)
    own = any(t.low in ITS for t in tokens[first:last])
    if all(t.tag == "W" and t.text[0].isupper() and not t.text.isupper() for t in tokens[first:last]):
        return True  # "Bell didn't fire"
    return own or (is_actor(tokens, first, last) and is_speaker(tokens, first, last))


def _of_noun(tokens: list[Token], first: int) -> bool:
    """Whether a pronoun begins a clause that tells of the noun before it ("acts they have not committed")."""
    before = tokens[first - 1]
    return (
        before.tag in "wP"
        and before.low not in SAYING
        and not any(t.low in TOLD for t in tokens[max(0, first - 9) : first])
    )
