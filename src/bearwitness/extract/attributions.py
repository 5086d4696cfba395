"""Attributions: the cue, the phrase that names the speaker, and the stretch of text it covers."""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.documents import DOCUMENT, cut, of_document, unnamed
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
    PRONOUNS,
    accuses,
    heard,
    introduces,
    one_speaks,
    tells,
    weak_holds,
)
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import Token, capitalised
from bearwitness.extract.triggers import DENIED_OWN

_DATA = vocabulary.load("speakers")
SAY = frozenset(_DATA["verbs"]["say"])

WEAK = frozenset(_DATA["verbs"]["weak"])

DENY = frozenset(_DATA["verbs"]["deny"])

TAIL = re.compile(
    r"^[\s,]*(?:(?:late|early|on|in|at|to|by|via|told|here|today|yesterday|later|earlier|separately|meanwhile|also"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:'s)?|morning|afternoon|evening|night|the|a|an|his|her|its|their|statement|interview|twitter"
    r"|facebook|telegram|reporters|journalists|news|conference|telephone|phone|post|message|briefing|press|report|another|separate|afp|reuters"
    r"|xinhua|ap|cnn|bbc|condition|of|anonymity|state|tv|television|radio|agency|local|media|social|video|week|month|last|this)\b[\s,]*)*[.!?;:\"')\]]*$",
    re.I,
)

TOLD = re.compile(r"^ (?:the )?(?:[A-Z][\w.-]*(?:['’]s)? ?){1,3}")  # whom an outlet is told
# What goes on behind "a monitor said" at the end of what is said, where no comma stands before it.
GOES_ON = re.compile(
    r"^[\s,]*(?:(?:in|on|at|late|early|today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|afp|reuters|news|agency|a|an|its|the|new|daily|toll|statement|round-up)\b[\s,]*)*"
    r"(?:adding|as|while|ahead|including|in an? (?:attack|assault)|on the (?:operation|attack|fighting)|without|amid|and|but|when)\b|^[\s,]*in (?:a|an|its) (?:new|updated?|latest|daily|earlier|later|previous)\b",
    re.I,
)
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
TAKES = re.compile(r"\s*(?:responsibility|credit|the attack|(?:[\w,]+ ){0,4}lives\b|the life\b)", re.I)
RELAYED = frozenset(
    "statement statements claim claims report reports communique allegations assertion".split()
)

SUBORDINATE = frozenset("after before when since although though while because once until".split())

ISSUED = frozenset(("statement", "communique", "communiqué", "press release"))

STATEMENTS = frozenset(
    "statement claim report statements claims reports communique allegation allegations assertion assertions accusation accusations announcement".split()
)


# Within a quotation: who says it, its attribution tells.
FIRST = re.compile(r"(?:I|We|you)(?:['’]\w+)?", re.I)


class Attribution(NamedTuple):
    """Offsets are characters of the report. ``pronoun`` speakers are resolved against earlier ones."""

    start: int
    end: int  # of the speaker's words
    words: str
    cue: int
    cue_word: str
    scope: tuple[int, int]
    pronoun: bool
    apposition: str | None = None
    denies: bool = False
    article: bool = False  # "the" stands before a name: a body's, no person's


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
        elif low in ("citing", "quoting") or (low == "by" and i and tokens[i - 1].low in TOLD_BY):
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
        _colon(found, sentence, tokens)
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
        found.append(_make(sentence, tokens, phrase, i, (tokens[that].start, end)))


def _begins(text: str, start: int, end: int) -> int:
    """Where a speaker's words begin: behind "[TEXT]", and behind the quotation before them."""
    closed = text.find('"', start, end) if text.count('"', 0, start) % 2 else -1
    bracket = text.find("]", start, end)
    cut = max(closed, -1 if text.find("[", start, bracket) >= 0 else bracket) + 1
    while 0 < cut < end and text[cut].isspace():
        cut += 1
    return cut if 0 < cut < end else start


def _make(
    sentence: Sentence, tokens: list[Token], phrase: Phrase, cue: int, scope: tuple[int, int]
) -> Attribution:
    first = phrase.first
    while first < phrase.core - 1 and tokens[first].low in ("the", "this", "that", "from"):
        first += 1
    start, end = tokens[first].start, tokens[phrase.core - 1].end
    start = _begins(sentence.text, start, end)
    pronoun = phrase.core - phrase.first == 1 and tokens[phrase.first].low in PRONOUNS
    pronoun = pronoun or sentence.text[start:end].lower().removeprefix("the ") in ISSUED
    return Attribution(
        sentence.start + start,
        sentence.start + end,
        sentence.text[start:end],
        sentence.start + tokens[cue].start,
        tokens[cue].low,
        (sentence.start + scope[0], sentence.start + scope[1]),
        pronoun,
        sentence.text[tokens[phrase.core].end : tokens[phrase.last - 1].end].strip()
        if phrase.last > phrase.core
        else None,
        article=first > phrase.first and capitalised(tokens[first]),
    )


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
        found.append(_make(sentence, tokens, phrase, i, (tokens[i].start, length)))
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
    found.append(_make(sentence, tokens, phrase, i, scope))


def _issued(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "The school released the following statement: ..."."""
    if not any(token.low in ISSUED for token in tokens[i + 1 : i + 5]):
        return
    colon = next((token for token in tokens[i + 1 : i + 12] if token.low == ":"), None)
    phrase = left_phrase(tokens, i)
    if colon is not None and phrase is not None:
        found.append(_make(sentence, tokens, phrase, i, (colon.end, len(sentence.text))))


def _said(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """The attribution of one cue of saying, its speaker before it or, inverted, after it."""
    low = tokens[i].low
    after = sentence.text[tokens[i].end :]
    if low.endswith("ing") and low not in ("citing", "quoting"):
        _adding(found, sentence, tokens, i)
        return
    if low.startswith("claim") and TAKES.match(after):
        return  # "claimed responsibility", "claimed 12 lives"
    that = THAT.match(after) is not None
    phrase = _who(tokens, i)
    if phrase is None and that and low not in SHOWS and i and tokens[i - 1].tag not in "Bm&":
        phrase = noun_before(tokens, i)
    if (low == "pointed" and not after.startswith((" out that", " OUT THAT"))) or (
        phrase is not None and _no_word_of(tokens, i, phrase)
    ):
        return
    if phrase is None and (subject := _elided(tokens, i)) is not None:
        found.append(_make(sentence, tokens, subject, i, (tokens[i].start, len(sentence.text))))
        return
    if phrase is None:
        _inverted(found, sentence, tokens, i)
        return
    if found and low in FINDS and tokens[phrase.core - 1].low in INQUIRIES:
        return  # "police said an investigation found": police say it
    if found and low == "posted" and tokens[phrase.core - 1].low in ISSUED:
        return  # "said in a statement posted on its website that"
    outer = found[-1] if found else None
    if (
        outer is not None
        and low in COUNTS_UP
        and phrase.first
        and tokens[phrase.first - 1].start == outer.cue - sentence.start
    ):
        return  # "the mayor said hospitals have recorded": he does
    tail = TAIL.match(TOLD.sub("", after) if low == "told" else after) is not None
    if low in WEAK and low not in QUOTES and not weak_holds(sentence, tokens, i, phrase, tail):
        return
    scope = _scope(found, sentence, tokens, i, phrase, tail)
    found.append(_make(sentence, tokens, phrase, i, scope))


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
    if i and tokens[i - 1].tag in "Bm":
        return None
    return left_phrase(tokens, i)


def _elided(tokens: list[Token], i: int) -> Phrase | None:
    """ "The spokesman claimed the attack but said one man was killed": the subject of the first verb goes on."""
    if i == 0 or tokens[i - 1].low not in ("but", "and"):
        return None
    verb = next((k for k in range(1, i) if tokens[k].tag in "VEH" and tokens[k].low not in DOCUMENT), None)
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
    ends = ends or (last and tokens[i].low == "said" and any(t.tag in "EGDX" for t in tokens[:i]))
    if ends and not (
        tokens[phrase.first].tag == "Q" and phrase.last < len(tokens) and tokens[phrase.last].tag in "BHVEm"
    ):
        found.append(_make(sentence, tokens, phrase, i, (0, len(sentence.text))))


def _scope(
    found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase, tail: bool
) -> tuple[int, int]:
    """What the speaker says: what follows the cue, what stands before the speaker, or both."""
    start, whole = tokens[phrase.first].start, len(sentence.text)
    after = sentence.text[tokens[i].end :]
    lead = sentence.text[:start].rstrip()
    before = tokens[phrase.first - 1] if phrase.first else None
    verbs = any(token.tag in "VEGSDBLX" for token in tokens[: phrase.first])
    left = (
        len(lead) > 12
        and (lead[-1] in ',"' or (verbs and (tail or GOES_ON.match(after) is not None)))
        and (before is None or before.tag not in "s&")
    )
    if lead.endswith('"') and (tail or not re.match(r"[^\"]{0,60}(?:\"|\bthat\b|\badding\b)", after)):
        return 0, start  # after a quotation the outlet goes on in its own voice
    if left and not tail and introduces(tokens[: phrase.first]):
        left = False
    if before is not None and before.low in SUBORDINATE and not left:
        comma = re.search(r",(?! (?:including|among|most)\b)", sentence.text[tokens[i].end :])
        return start, tokens[i].end + comma.start() if comma is not None else whole
    if tokens[i].low.startswith("h"):  # "hold X responsible for the attack that ..."
        responsible = re.search(r"\b(?:responsible|accountable)\b", after)
        return (0 if left else start), tokens[i].end + responsible.end() if responsible else whole
    if not left:
        return start, whole if not tail else start
    begin = 0
    if tail:
        ends = [a.scope[1] - sentence.start for a in found]
        begin = max((end for end in ends if end < start - 12), default=0)
    return begin, whole


def _adding(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "..., adding that", "commenting on the statement of X, claiming that": the nearest speaker before goes on."""
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
        found.append(_make(sentence, tokens, inner, i, scope))


def _colon(found: list[Attribution], sentence: Sentence, tokens: list[Token]) -> None:
    """A headline's "...: police" or "Police: ..."."""
    for i, token in enumerate(tokens):
        if token.low == ":" and 0 < i < len(tokens) - 1:
            tail = Phrase(i + 1, len(tokens), len(tokens))
            if (
                len(tokens) - i <= 4
                and all(t.tag in "wWpPq" for t in tokens[i + 1 :])
                and is_speaker(tokens, i + 1, len(tokens))
            ):
                found.append(_make(sentence, tokens, tail, i, (0, token.start)))
