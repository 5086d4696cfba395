"""What a speaker says: the stretch of his sentence that stands behind the cue, before him, or both."""

from __future__ import annotations

import re

from bearwitness.extract.phrases import Phrase, collect
from bearwitness.extract.telling import SETTING, introduces
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import Token

TAIL = re.compile(
    r"^[\s,]*(?:(?:late|early|on|in|at|to|by|via|told|here|today|yesterday|later|earlier|separately|meanwhile|also"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:'s)?|morning|afternoon|evening|night|the|a|an|his|her|its|their|statement|interview|twitter"
    r"|facebook|telegram|reporters|journalists|news|conference|telephone|phone|post|message|briefing|press|report|another|separate|afp|reuters"
    r"|xinhua|ap|cnn|bbc|condition|of|anonymity|state|tv|television|radio|agency|local|media|social|video|week|month|last|this)\b[\s,]*)*[.!?;:\"')\]]*$",
    re.I,
)
TOLD = re.compile(r"^ (?:the )?(?:[A-Z][\w.-]*(?:['’]s)? ?){1,3}")  # whom an outlet is told
TO_WHOM = re.compile(
    r" to (?:the |an? )?[A-Z][\w.-]*(?:['’]s)? (?:reporter|correspondent|newspaper|television|news agency|agency)\b"
)
# What goes on behind "a monitor said" at the end of what is said, where no comma stands before it.
GOES_ON = re.compile(
    r"^[\s,]*(?:(?:in|on|at|late|early|today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|afp|reuters|news|agency|a|an|its|the|new|daily|toll|statement|round-up)\b[\s,]*)*"
    r"(?:adding|as|while|ahead|including|in an? (?:attack|assault)|on the (?:operation|attack|fighting)|without|amid|and|but|when)\b|^[\s,]*in (?:a|an|its) (?:new|updated?|latest|daily|earlier|later|previous)\b",
    re.I,
)
SUBJECT_GOES_ON = re.compile(r", (?:was|were|is|are|had|has|have|will)\b")
RELATIVES = frozenset("that which whom who".split())
SUBORDINATE = frozenset("after before when since although though while because once until".split())


def ends(low: str, after: str) -> bool:
    """Whether nothing but a day or a setting follows a cue: what is said stands before it."""
    return TAIL.match(TOLD.sub("", after) if low == "told" else TO_WHOM.sub("", after)) is not None


def scope(
    before_it: list[int], sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase, tail: bool
) -> tuple[int, int]:
    """What the speaker says: what follows the cue, what stands before the speaker, or both; ``before_it`` is where the words
    of others end. All are characters of the sentence."""
    start, whole = tokens[phrase.first].start, len(sentence.text)
    after = sentence.text[tokens[i].end :]
    lead = sentence.text[:start].rstrip()
    before = tokens[phrase.first - 1] if phrase.first else None
    verbs = any(token.tag in "VEGSDBLX" for token in tokens[: phrase.first])
    on = TOLD.sub("", after) if tokens[i].low == "told" else after
    left = (
        len(lead) > 12
        and (lead[-1] in ',"' or (verbs and (tail or GOES_ON.match(on) is not None)))
        and (before is None or before.tag not in "s&")
    )
    whole_quote = lead.endswith('"') and not (
        tokens[0].low in SETTING and lead[:1] != '"' and lead.count('"') == 2
    )
    if whole_quote and (tail or not re.match(r"[^\"]{0,60}(?:\"|\bthat\b|\badding\b)", after)):
        return 0, start  # after a quotation the outlet goes on in its own voice
    if left and not tail and introduces(tokens[: phrase.first]) and not SUBJECT_GOES_ON.match(after):
        left = False
    if before is not None and before.low in RELATIVES and not left:
        return _relative(sentence, tokens, i, phrase)
    if before is not None and before.low in SUBORDINATE and not left:
        comma = re.search(r",(?! (?:including|among|most)\b)", sentence.text[tokens[i].end :])
        return start, tokens[i].end + comma.start() if comma is not None else whole
    if tokens[i].low in ("hold", "holds", "held"):  # "hold X responsible for the attack that ..."
        responsible = re.search(r"\b(?:responsible|accountable)\b", after)
        return (0 if left else start), tokens[i].end + responsible.end() if responsible else whole
    if not left:
        return start, whole if not tail else start
    begin = 0
    if tail:
        begin = max((end for end in before_it if end < start - 12), default=0)
    return begin, whole


def _relative(sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase) -> tuple[int, int]:
    """ "a fourth man whom police said was shot": what he is told of is said with it; between commas, no more than that."""
    start, whole = tokens[phrase.first].start, len(sentence.text)
    of = phrase.first - 2
    if of >= 0 and tokens[of].tag == ",":
        comma = sentence.text.find(",", tokens[i].end)
        whole = comma if comma > 0 else whole
        of -= 1
    following = next((t for t in tokens[i + 1 :] if t.tag != "R"), None)
    told = collect(tokens, of) if of >= 0 and following is not None and following.tag in "BHVEGSm" else None
    return tokens[told].start if told is not None else start, whole
