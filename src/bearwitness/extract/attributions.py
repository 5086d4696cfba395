"""Attributions: the cue, the phrase that names the speaker, and the stretch of text it covers."""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.extract import scopes
from bearwitness.extract.documents import DOCUMENT, cut, of_document, unnamed
from bearwitness.extract.headlines import of_headline
from bearwitness.extract.namesakes import is_plain
from bearwitness.extract.phrases import (
    HEADS,
    Phrase,
    collect,
    is_speaker,
    left_phrase,
    noun_after,
    noun_before,
    right_phrase,
)
from bearwitness.extract.telling import (
    INQUIRIES,
    accuses,
    heard,
    lists,
    one_speaks,
    takes,
    tells,
    unsaid,
    weak_holds,
)
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import Token, capitalised
from bearwitness.extract.triggers import DENIED_OWN
from bearwitness.extract.voices import ISSUED, Attribution, made
from bearwitness.extract.whose import whose

_DATA = vocabulary.load("speakers")
SAY = frozenset(_DATA["verbs"]["say"])

WEAK = frozenset(_DATA["verbs"]["weak"])

DENY = frozenset(_DATA["verbs"]["deny"])

SINGLE = frozenset("report claim estimate state note".split())  # nouns, unless many speak
# Things that "show that" or "suggest that", and are nobody's word.
SHOWS = frozenset(
    "shows showed show suggests suggested indicates indicate indicated found reveals reveal revealed".split()
)
ACCUSES = frozenset("accused accuses accuse".split())
THAT = re.compile(r",? (?:out )?that\b", re.I)
RELEASES = frozenset("released issued".split())

QUOTES = frozenset(("quoted", "quotes", "quote", "cited"))
FINDS = frozenset(("found", "showed", "shows", "concluded"))
AS_SAYING = re.compile(r"^ as saying\b", re.I)

RELAYED = frozenset(
    "statement statements claim claims report reports communique allegations assertion".split()
)

STATEMENTS = frozenset(
    "statement claim report statements claims reports communique allegation allegations assertion assertions accusation accusations announcement".split()
)

# Within a quotation: who says it, its attribution tells.
FIRST = re.compile(r"(?:I|We|you)(?:['’]\w+)?", re.I)

COUNTS_UP = frozenset("documented recorded counted identified".split())
TOLD_BY = frozenset(
    "identified named reported documented confirmed published".split()
)  # "identified by his family as"


def attributions(sentence: Sentence, tokens: list[Token]) -> list[Attribution]:
    """The attributions of one sentence, in order of their cues."""
    found: list[Attribution] = []
    for i, token in enumerate(tokens):
        low = token.low
        if (
            low == "according"
            and i + 1 < len(tokens)
            and tokens[i + 1].low == "to"
            or low in ("data", "information", "figures")
            and i + 1 < len(tokens)
            and tokens[i + 1].low in ("of", "from")
            and "by" in (t.low for t in tokens[max(0, i - 2) : i])
        ):
            _according(found, sentence, tokens, i, i + 2)
        elif low in ("citing", "quoting") or (low == "by" and i and _told_by(tokens, i)):
            _according(found, sentence, tokens, i, i + 1)
        elif (
            low in STATEMENTS
            and token.tag in "wV"
            and i + 1 < len(tokens)
            and (
                tokens[i + 1].low in ("by", "of", "from")
                or (tokens[i + 1].low == "that" and i and tokens[i - 1].tag == "'")
            )
            and "that" in (t.low for t in tokens[i + 1 : i + 10])
        ):
            _statement_that(found, sentence, tokens, i)
        elif low in SAY or (low == "heard" and heard(tokens, i)):
            _said(found, sentence, tokens, i)
        elif low in ACCUSES and accuses(tokens, i):
            _said(found, sentence, tokens, i)  # "the mayor accused the group of killing 12 people"
        elif lists(tokens, i):
            _listed(found, sentence, tokens, i)
        elif low in RELEASES:
            _issued(found, sentence, tokens, i)
        elif (
            low in DENY
            and "that" in (t.low for t in tokens[i + 1 : i + 5])
            and not DENIED_OWN.match(sentence.text.lower(), token.start)
        ):
            _said(found, sentence, tokens, i)
            if found and found[-1].cue == sentence.start + token.start:
                found[-1] = found[-1]._replace(denies=True)
        elif tells(tokens, i):
            _said(found, sentence, tokens, i)
    if sentence.headline and not found:
        found = of_headline(sentence, tokens)
    others = [
        one
        for one in found
        if not FIRST.fullmatch(sentence.text, one.start - sentence.start, one.end - sentence.start)
    ]
    return _apart(others, sentence)


def _apart(found: list[Attribution], sentence: Sentence) -> list[Attribution]:
    """One speaker's words end where another's clause begins ("..., the mayor said, but residents spoke of ...")."""
    parted = []
    for number, attribution in enumerate(found):
        for later in found[number + 1 :]:
            begins = later.scope[0] >= later.start - 1 and later.start > attribution.cue
            joined = sentence.text[: later.start - sentence.start].rstrip()
            if (
                begins
                and re.search(r"(?:[,;]|\b(?:but|while|whereas|and|although|as)(?: the| a| an)?)$", joined)
                and attribution.scope[1] > later.start
            ):
                attribution = attribution._replace(scope=(attribution.scope[0], later.start))
        parted.append(attribution)
    return parted


def _statement_that(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "commenting on the rebels' statement that ...", "the claim by X that ..."."""
    if i + 1 >= len(tokens):
        return
    if tokens[i + 1].low == "that" and i >= 2 and tokens[i - 1].tag == "'":
        first = collect(tokens, i - 2)
        phrase = Phrase(first, i - 1, i - 1) if first is not None else None
        that = i + 1
    elif tokens[i + 1].low in ("by", "of", "from"):
        phrase = right_phrase(tokens, i + 2)
        if phrase is None or phrase.last >= len(tokens) or tokens[phrase.last].low != "that":
            return
        that = phrase.last
    else:
        return
    if phrase is not None and is_speaker(tokens, phrase.first, phrase.core):
        end = len(sentence.text)
        for token in tokens[that + 1 :]:
            if token.tag == "," and found and found[-1].scope[1] == sentence.start + len(sentence.text):
                end = token.start
                break
        found.append(made(sentence, tokens, phrase, i, (tokens[that].start, end)))


def _according(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int, j: int) -> None:
    phrase = of_document(tokens, j) or right_phrase(tokens, j)
    if phrase is None and (i == 0 or tokens[i - 1].tag == ","):
        some = noun_after(tokens, j)  # "according to several ex-hostages"
        phrase = some if some is not None and tokens[some.last - 1].low.endswith("s") else None
    if phrase is None:
        return
    phrase = cut(tokens, phrase)
    if tokens[phrase.core - 1].low in DOCUMENT and unnamed(tokens, phrase):
        return  # "according to official figures": nobody's
    length = len(sentence.text)
    following = tokens[phrase.last].low if phrase.last < len(tokens) else ""
    if tokens[i].low in ("citing", "quoting") and following in ("as", "that"):
        found.append(made(sentence, tokens, phrase, i, (tokens[i].start, length)))
        return
    before = i - 1
    while before >= 0 and tokens[before].tag == ",":
        before -= 1
    begin = max(
        (a.scope[1] - sentence.start for a in found if a.scope[1] - sentence.start <= tokens[i].start),
        default=0,
    )
    if before >= 0 and tokens[before].tag in "s&" and i - before <= 2:
        scope = (tokens[i].start, length)
    else:
        scope = (begin if begin < tokens[i].start - 20 else 0, length)
    found.append(made(sentence, tokens, phrase, i, scope))


def _told_by(tokens: list[Token], i: int) -> bool:
    """ "reported by", "identified as the dead by"."""
    if tokens[i - 1].low in TOLD_BY:
        return True
    named = next((k for k in range(i - 1, max(0, i - 8), -1) if tokens[k].low == "identified"), None)
    if named is None or tokens[named - 1].tag != "B" or tokens[named + 1].low != "as":
        return False
    return not any(token.tag in "EGSVDLs" for token in tokens[named + 2 : i])


def _listed(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "The police released the names of ...", "the paper has published a list of ..."."""
    phrase = left_phrase(tokens, i) or noun_before(tokens, i)
    if phrase is not None:
        found.append(made(sentence, tokens, phrase, i, (tokens[phrase.first].start, len(sentence.text))))


def _issued(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "The school released the following statement: ..."."""
    if not any(token.low in ISSUED for token in tokens[i + 1 : i + 5]):
        return
    colon = next((token for token in tokens[i + 1 : i + 12] if token.low == ":"), None)
    phrase = left_phrase(tokens, i)
    if colon is not None and phrase is not None:
        found.append(made(sentence, tokens, phrase, i, (colon.end, len(sentence.text))))


def _said(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """The attribution of one cue of saying, its speaker before it or, inverted, after it."""
    low = tokens[i].low
    after = sentence.text[tokens[i].end :]
    if unsaid(tokens, i) or takes(tokens, i, after):
        return
    if low.endswith("ing") and low not in ("citing", "quoting"):
        _adding(found, sentence, tokens, i)
        return
    phrase = _who(tokens, i)
    if phrase is None and THAT.match(after) and low not in SHOWS and i and tokens[i - 1].tag not in "Bm&":
        phrase = noun_before(tokens, i)
    if (low == "pointed" and not after.startswith((" out that", " OUT THAT"))) or (
        phrase is not None and _no_word_of(tokens, i, phrase)
    ):
        return
    if low == "said" and phrase is not None and _turned(sentence, tokens, i, phrase):
        _inverted(found, sentence, tokens, i)
        return
    if low not in QUOTES and not (i and tokens[i - 1].tag in "Bm"):
        phrase = whose(tokens, i, phrase)
    if phrase is None and (subject := _elided(tokens, i)) is not None:
        found.append(made(sentence, tokens, subject, i, (tokens[i].start, len(sentence.text))))
    elif phrase is None:
        _inverted(found, sentence, tokens, i)
    elif not (found and _within(found[-1], sentence, tokens, i, phrase)):
        _by(found, sentence, tokens, i, phrase)


def _by(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase) -> None:
    """What ``phrase`` says by a cue, if the cue holds."""
    low = tokens[i].low
    tail = scopes.ends(low, sentence.text[tokens[i].end :])
    rest = sentence.text[tokens[phrase.core - 1].end :]
    saying = AS_SAYING.match(rest) if low in QUOTES and phrase.first > i else None
    if saying is not None and scopes.ends(low, rest[saying.end() :]):
        found.append(made(sentence, tokens, phrase, i, (0, tokens[i].start)))
    elif low not in WEAK or low in QUOTES or weak_holds(sentence, tokens, i, phrase, tail):
        before = [a.scope[1] - sentence.start for a in found]
        scope = scopes.scope(before, sentence, tokens, i, phrase, tail)
        found.append(made(sentence, tokens, phrase, i, scope))


def _within(outer: Attribution, sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase) -> bool:
    """Whether a cue is part of what another says: "police said an investigation found", "said in a statement posted on",
    "the mayor said hospitals have recorded"."""
    low, head = tokens[i].low, tokens[phrase.core - 1].low
    told = phrase.first and tokens[phrase.first - 1].start == outer.cue - sentence.start
    return bool(
        (low in FINDS and head in INQUIRIES)
        or (low == "posted" and head in ISSUED)
        or (low in COUNTS_UP and told)
    )


def _no_word_of(tokens: list[Token], i: int, phrase: Phrase) -> bool:
    """Whether a verb is none ("the official report said"), or nobody's word ("all indicates that", "initial reports said")."""
    low, head = tokens[i].low, tokens[phrase.core - 1]
    noun = low in SINGLE and one_speaks(tokens, phrase)
    noun = noun or (low in ("report", "reports") and [t.low in SAY for t in tokens[i + 1 : i + 2]] == [True])
    rumour = head.low == "reports" and unnamed(tokens, phrase)
    shows = low in SHOWS and low.startswith(("indicate", "reveal")) and head.low not in HEADS | DOCUMENT
    return noun or rumour or (shows and head.tag != "j" and not capitalised(head) and is_plain(head.low))


def _who(tokens: list[Token], i: int) -> Phrase | None:
    if tokens[i].low == "quoted" and i and tokens[i - 1].tag == "B":
        return left_phrase(tokens, i - 1)
    if tokens[i].low in QUOTES and i + 1 < len(tokens):
        return right_phrase(tokens, i + 1)
    if tokens[i].low == "reported":  # "the agency reported residents as saying that"
        other = right_phrase(tokens, i + 1)
        if other is not None and [t.low for t in tokens[other.last : other.last + 2]] == ["as", "saying"]:
            return other
    if i and tokens[i - 1].tag in "Bm":
        return None
    return left_phrase(tokens, i)


def _elided(tokens: list[Token], i: int) -> Phrase | None:
    """ "The spokesman claimed the attack but said one man was killed": the subject of the first verb goes on."""
    if i == 0 or tokens[i - 1].low not in ("but", "and"):
        return None
    if tokens[i].low == "found":
        return None  # "responded to a call, and found a man shot"
    verbs = (k for k in range(1, i) if tokens[k].tag in "VEH" or tokens[k].low in DENY)
    verb = next((k for k in verbs if tokens[k].low not in DOCUMENT), None)
    return left_phrase(tokens, verb) if verb is not None else None


def _inverted(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "..., said Ada Example"."""
    if (
        i == 0
        or tokens[i - 1].tag in "Bm"
        or tokens[i].low == "told"
        or (tokens[i].low in WEAK and tokens[i].low != "reported")
    ):
        return
    phrase = right_phrase(tokens, i + 1)
    ends = tokens[i - 1].tag in ",;" or sentence.text[: tokens[i].start].rstrip().endswith('"')
    if phrase is None:
        return
    last = phrase.last >= len(tokens) or not sentence.text[tokens[phrase.last].start :].strip(" .!?\"'")
    told = last or tokens[phrase.last].low in ("which", "who", "that") or tokens[phrase.last].tag == "a"
    ends = ends or (told and tokens[i].low == "said" and any(t.tag in "EGDX" for t in tokens[:i]))
    if ends and not (
        tokens[phrase.first].tag == "Q" and phrase.last < len(tokens) and tokens[phrase.last].tag in "BHVEm"
    ):
        found.append(made(sentence, tokens, phrase, i, (0, len(sentence.text))))


def _turned(sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase) -> bool:
    """Whether the speaker stands behind "said", though another phrase stands before it: "nine women said Ada Example"."""
    right = right_phrase(tokens, i + 1)
    following = tokens[right.last] if right is not None and right.last < len(tokens) else None
    verb = (
        following is not None and following.tag in "BHVEGSDmR" and following.low not in ("adding", "saying")
    )
    if right is None or verb:
        return False
    quoted = sentence.text[: tokens[i].start].rstrip().endswith('"')
    counted = any(token.tag == "Q" for token in tokens[phrase.first : phrase.core])
    ends = following is None or not sentence.text[following.start :].strip(" .!?\"'")
    return quoted or (counted and ends)


def _adding(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "..., adding that", "commenting on the statement of X, claiming that": the nearest speaker before goes on."""
    own = left_phrase(tokens, i - (tokens[i - 1].tag == ",")) if i else None
    if own is not None and own.first and tokens[own.first - 1].low == "with":  # "with state media saying"
        found.append(made(sentence, tokens, own, i, (tokens[i].start, len(sentence.text))))
        return
    nested = None
    for k in range(i - 1, max(-1, i - 14), -1):
        if tokens[k].low in RELAYED:
            if k + 1 < i and tokens[k + 1].low in ("of", "by", "from"):
                nested = right_phrase(tokens, k + 2)
            elif k + 1 <= i and k >= 2 and tokens[k - 1].tag == "'":
                first = collect(tokens, k - 2)
                nested = Phrase(first, k - 1, k - 1) if first is not None else None
            break
    scope = (tokens[i].start, len(sentence.text))
    inner = nested if nested is not None and is_speaker(tokens, nested.first, nested.core) else None
    if found:
        start = scope[0] - (1 if inner is not None else 0)  # wider than the inner one: who relays it
        found.append(
            found[-1]._replace(
                cue=sentence.start + tokens[i].start,
                cue_word=tokens[i].low,
                scope=(sentence.start + start, sentence.start + scope[1]),
            )
        )
    if inner is not None:
        found.append(made(sentence, tokens, inner, i, scope))
