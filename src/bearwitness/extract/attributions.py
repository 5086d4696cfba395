"""Attributions: the cue, the phrase that names the speaker, and the stretch of text it covers."""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.phrases import HEADS, Phrase, collect, is_speaker, left_phrase, right_phrase
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import Token, capitalised
from bearwitness.extract.triggers import DENIED_OWN

_DATA = vocabulary.load("speakers")
SAY = frozenset(_DATA["verbs"]["say"])

WEAK = frozenset(_DATA["verbs"]["weak"])

DENY = frozenset(_DATA["verbs"]["deny"])

PRONOUNS = frozenset(_DATA["verbs"]["pronouns"])

TAIL = re.compile(
    r"^[\s,]*(?:(?:late|early|on|in|at|to|by|via|told|here|today|yesterday|later|earlier|separately|meanwhile|also"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:'s)?|morning|afternoon|evening|night|the|a|an|his|her|its|their|statement|interview|twitter"
    r"|facebook|telegram|reporters|journalists|news|conference|telephone|phone|post|message|briefing|press|report|another|separate|afp|reuters"
    r"|xinhua|ap|cnn|bbc|condition|of|anonymity|state|tv|television|radio|agency|local|media|social|video|week|month|last|this)\b[\s,]*)*[.!?;:\"')\]]*$",
    re.I,
)

QUOTES = frozenset(("quoted", "quotes", "quote", "cited"))
FINDS = frozenset(("found", "showed", "shows", "concluded"))
TAKES = re.compile(r"\s*(?:responsibility|credit|the attack|(?:[\w,]+ ){0,4}lives\b)", re.I)
DOCUMENTS = frozenset(
    "investigation inquiry autopsy report tests analysis probe survey count examination".split()
)
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


FIGURES = frozenset("put puts spoke speaks speak gave gives hold holds held".split())
TOLD_BY = frozenset(
    "identified named reported documented confirmed published".split()
)  # "identified by his family as"
NAMING = frozenset("identified identifies identify".split())
MEASURED = frozenset("raised raises lowered revised".split())  # a blast, too, may raise a toll


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
            and tokens[i + 1].low in ("that", "by", "of", "from")
            and "that" in (t.low for t in tokens[i + 1 : i + 10])
        ):
            _statement_that(found, sentence, tokens, i)
        elif low in SAY:
            _said(found, sentence, tokens, i)
        elif (
            low in DENY
            and "that" in (t.low for t in tokens[i + 1 : i + 5])
            and not DENIED_OWN.match(sentence.text.lower(), token.start)
        ):
            _said(found, sentence, tokens, i)
            if found and found[-1].cue == sentence.start + token.start:
                found[-1] = found[-1]._replace(denies=True)
        elif _tells(tokens, i):
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


def _tells(tokens: list[Token], i: int) -> bool:
    """Whether a verb that does not mean saying tells a toll or a name here."""
    low = tokens[i].low
    if low in FIGURES:
        return _gives_figure(tokens, i)
    if low in MEASURED:
        return _gives_figure(tokens, i) and _speaks(tokens, i)
    return low in NAMING and _names_one(tokens, i) and _speaks(tokens, i)


def _names_one(tokens: list[Token], i: int) -> bool:
    """ "identified the dead man AS Ben Sample", not "identified himself as a soldier"."""
    following = [token.low for token in tokens[i + 1 : i + 9]]
    return "as" in following and not following[0].endswith(("self", "selves"))


def _speaks(tokens: list[Token], i: int) -> bool:
    """Whether the subject of a verb is a name or one who speaks for a body: not "the blast raised the toll"."""
    phrase = left_phrase(tokens, i)
    if phrase is None:
        return False
    head = tokens[phrase.core - 1]
    return head.low in HEADS or (phrase.core > 1 and capitalised(head))


def _gives_figure(tokens: list[Token], i: int) -> bool:
    """ "put the toll at", "spoke of 11 dead", "gave a toll of", "holds X responsible"."""
    after = tokens[i + 1 : i + 9]
    if tokens[i].low.startswith("h"):
        return any(token.low in ("responsible", "accountable") for token in after)
    if tokens[i].low.startswith("sp"):
        return bool(after) and after[0].low == "of"
    return any(token.tag == "U" or token.tag in "TO" for token in after) and any(
        token.tag == "Q" for token in after
    )


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


def _make(
    sentence: Sentence, tokens: list[Token], phrase: Phrase, cue: int, scope: tuple[int, int]
) -> Attribution:
    first = phrase.first
    while first < phrase.core - 1 and tokens[first].low in ("the", "this", "that"):
        first += 1
    start, end = tokens[first].start, tokens[phrase.core - 1].end
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
    phrase = right_phrase(tokens, j)
    if phrase is None:
        return
    length = len(sentence.text)
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


def _said(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """The attribution of one cue of saying, its speaker before it or, inverted, after it."""
    low = tokens[i].low
    after = sentence.text[tokens[i].end :]
    if low.endswith("ing") and low not in ("citing", "quoting"):
        _adding(found, sentence, tokens, i)
        return
    if low.startswith("claim") and TAKES.match(after):
        return  # "claimed responsibility", "claimed 12 lives"
    phrase = _who(tokens, i)
    if phrase is None and (subject := _elided(tokens, i)) is not None:
        found.append(_make(sentence, tokens, subject, i, (tokens[i].start, len(sentence.text))))
        return
    if phrase is None:
        _inverted(found, sentence, tokens, i)
        return
    if found and low in FINDS and tokens[phrase.core - 1].low in DOCUMENTS:
        return  # "police said an investigation found": police say it
    tail = TAIL.match(after) is not None
    if low in WEAK and low not in QUOTES and not _weak_holds(sentence, tokens, i, phrase, tail):
        return
    scope = _scope(found, sentence, tokens, i, phrase, tail)
    found.append(_make(sentence, tokens, phrase, i, scope))


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
    verb = next((k for k in range(1, i) if tokens[k].tag in "VEH"), None)
    return left_phrase(tokens, verb) if verb is not None else None


def _inverted(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "..., said Ada Example"."""
    if i == 0 or tokens[i - 1].tag in "Bm" or (tokens[i].low in WEAK and tokens[i].low != "reported"):
        return
    phrase = right_phrase(tokens, i + 1)
    ends = tokens[i - 1].tag in ",;" or sentence.text[: tokens[i].start].rstrip().endswith('"')
    if phrase is not None and ends:
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
        and (lead[-1] in ',"' or (tail and verbs))
        and (before is None or before.tag not in "s&")
    )
    if lead.endswith('"') and (tail or not re.match(r"[^\"]{0,60}(?:\"|\bthat\b|\badding\b)", after)):
        return 0, start  # after a quotation the outlet goes on in its own voice
    if left and not tail and _introduces(tokens[: phrase.first]):
        left = False
    if before is not None and before.low in SUBORDINATE and not left:
        comma = sentence.text.find(",", tokens[i].end)
        return start, comma if comma >= 0 else whole
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


def _introduces(tokens: list[Token]) -> bool:
    """Whether what stands before the speaker is only a setting ("On Monday," "In a statement,")."""
    return not any(token.tag in "EGSDXLKU" for token in tokens) and len(tokens) < 12


def _weak_holds(sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase, tail: bool) -> bool:
    if tail:
        return True
    following = tokens[i + 1]
    if following.low == "that" or sentence.text[tokens[i].end :].lstrip()[:1] in ('"', ":"):
        return True
    if _gives_figure(tokens, i) and _speaks(tokens, i):
        return True
    names = list(tokens[phrase.first : phrase.core])
    if tokens[i].low in (
        "reported",
        "reports",
        "confirmed",
        "recorded",
        "counted",
        "documented",
        "disclosed",
        "noted",
        "revealed",
        "indicated",
        "mentioned",
        "posted",
        "claims",
        "claim",
        "report",
    ):
        return any(token.low in HEADS for token in names) or len(names) == 1 and names[0].low in PRONOUNS
    if tokens[i].low in (
        "believe",
        "believed",
        "estimate",
        "estimates",
        "suggested",
        "described",
        "describes",
        "concluded",
    ):
        return any(token.low in HEADS for token in names)
    return False


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
