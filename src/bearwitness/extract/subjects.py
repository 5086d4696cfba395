"""Who does what a verb says: its subject, through "who", "but" and what stands between commas."""

from __future__ import annotations

from bearwitness import vocabulary
from bearwitness.extract.phrases import Phrase, collect, left_phrase, noun_after, noun_before, right_phrase
from bearwitness.extract.tokens import Token

TRYING = frozenset(vocabulary.load("denials")["verbs"]["trying"])
ASIDE = frozenset("however though meanwhile nevertheless nonetheless".split())
MOST = 16  # tokens of a verb group
SPEAKING = frozenset(
    """spokesman spokeswoman spokesperson spokesmen statement leader commander official officials member members
    representative representatives communique centre center office service bureau wing""".split()
)


def verb_group(tokens: list[Token], i: int) -> int:
    """The first token of the verb group that ends at ``i`` ("is viciously trying to deny")."""
    k = i
    while i - MOST < k > 0 and (
        (tokens[k - 1].tag in "RBHm!" and tokens[k - 1].low != "n't") or tokens[k - 1].low in TRYING or _adverb(tokens[k - 1]) or tokens[k - 1].low in ("did", "do", "does", "n't")
    ):  # fmt: skip
        k -= 1
    return k


def _adverb(token: Token) -> bool:
    """Whether a word is an adverb in text all in capitals, where it is tagged as any word."""
    return token.low.endswith("ly") and token.text.isupper() and token.tag == "w"


def who_does(tokens: list[Token], i: int) -> Phrase | None:
    """Who does what the verb at ``i`` says: its subject, of "who" and of a verb after "but" that of the main clause."""
    k = verb_group(tokens, i)
    if k > 1 and tokens[k - 1].low in ("who", "which"):
        return antecedent(tokens, k - 1)
    if [t.low for t in tokens[max(0, k - 2) : k]] == ["at", "first"]:
        k -= 2
    k = _aside(tokens, k)
    plain = k > 0 and tokens[k - 1].tag in "wWPpq"  # "a communique denying any part in it"
    if (
        k
        and tokens[k - 1].low in ("but", "and", "then")
        or (tokens[i].low.endswith("ing") and k == i and not plain)
    ):
        return first_subject(tokens, k - 1)
    phrase = left_phrase(tokens, k) or noun_before(tokens, k) or _of_age(tokens, k)
    if phrase is None:
        relative = relative_clause(tokens, k)
        return antecedent(tokens, relative) if relative is not None else None
    if (
        phrase.core < phrase.last
        and _is_name(tokens[phrase.core + 1 : phrase.last])
        and tokens[phrase.core - 1].text[0].islower()
        and tokens[phrase.core - 1].tag != "W"  # "a spokesman for the Ansar al-Orla, Ben Sample, denied"
    ):
        return Phrase(phrase.core + 1, phrase.last, phrase.last)  # "another suspect, Ben Sample, denied"
    if phrase.first and tokens[phrase.first - 1].low in ("told", "tells"):
        return left_phrase(tokens, phrase.first - 1) or phrase
    relative = relative_clause(tokens, phrase.first)
    return antecedent(tokens, relative) if relative is not None else phrase


def _aside(tokens: list[Token], k: int) -> int:
    """Where words end that "[NAME]" or ", however," divides from the verb group at ``k``."""
    if k > 3 and tokens[k - 1].tag == "," and tokens[k - 2].low in ASIDE and tokens[k - 3].tag == ",":
        k -= 3
    if k > 2 and tokens[k - 1].text == "]":
        opens = next((n for n in range(k - 2, max(0, k - 6), -1) if tokens[n].text == "["), None)
        return opens if opens is not None else k
    return k


def _of_age(tokens: list[Token], k: int) -> Phrase | None:
    """ "the 12-year-old" """
    while k and tokens[k - 1].tag == "R":
        k -= 1
    return Phrase(k - 2, k, k) if k > 1 and tokens[k - 1].tag == "Y" and tokens[k - 2].tag in "ta" else None


def relative_clause(tokens: list[Token], first: int) -> int | None:
    """Where a clause with "who" or "which" begins that a phrase is the last part of ("the army, which has fought with the
    government since May, denied"): then the verb is that of what stands before it."""
    for k in range(first - 1, max(0, first - 18), -1):
        if tokens[k].tag in ",;" or tokens[k].low in ("that", "said", "says"):
            return None
        if tokens[k].low in ("who", "which"):
            inside = tokens[k + 1 : first]
            return k if inside and inside[0].tag in "VEHBmRD" else None
    return None


def antecedent(tokens: list[Token], k: int) -> Phrase | None:
    """What "who" at ``k`` stands for; behind a name and what he is between commas, the name."""
    j = k - 1 if tokens[k - 1].tag == "," else k
    if j < 1:
        return None
    first = collect(tokens, j - 1)
    if first is not None and first > 1 and tokens[first - 1].tag == ",":
        for end in range(first - 1, max(0, first - 6), -1):
            name = collect(tokens, end - 1) if tokens[end].tag == "," else None
            if name is not None and tokens[end - 1].text[:1].isupper() and tokens[first].tag in "taw":
                return Phrase(name, end, end)
    return left_phrase(tokens, j) or noun_before(tokens, j)


def first_subject(tokens: list[Token], end: int) -> Phrase | None:
    """The subject of the sentence or of the clause before ``end``."""
    for k in range(max(end, 0) + 1):
        opens = k == 0 or tokens[k - 1].tag in ",;"
        if not opens or tokens[k].tag in "isR&":
            continue
        found = right_phrase(tokens, k) or noun_after(tokens, k)
        if found is None and tokens[k].tag == "j":
            found = Phrase(k, k + 1, k + 1)
        if found is not None and found.last <= end and tokens[found.last].tag in "VEHBmRD,":
            return found
    return None


def _is_name(words: list[Token]) -> bool:
    return bool(words) and all(t.text[0].isupper() or t.tag == "W" for t in words)


def body(tokens: list[Token], phrase: Phrase) -> tuple[int, int]:
    """Who is denied to have done it where one who speaks for a body denies it: the body."""
    for k in range(phrase.first, phrase.core - 2):
        if tokens[k].low in SPEAKING and tokens[k + 1].low in ("of", "for", "from", "by"):
            first = k + 2 + (tokens[k + 2].low == "the")
            if first < phrase.core:
                return first, phrase.core
    return phrase.first, phrase.core
