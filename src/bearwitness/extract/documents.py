"""Whose a document is: "according to a new report by the observatory", "a tally", "official figures"."""

from __future__ import annotations

from bearwitness.extract.phrases import Phrase, right_phrase
from bearwitness.extract.tokens import Token

UNNAMED = frozenset(
    "official initial preliminary provisional latest first early unconfirmed local various available new other".split()
)
DOCUMENT = frozenset(
    "report reports statement statements study survey tally count figures data information toll records documents communique bulletin warrants release releases".split()
)


def unnamed(tokens: list[Token], phrase: Phrase) -> bool:
    """Whether nothing before a phrase's last word says whose it is: "initial reports", "official figures"."""
    return all(token.low in UNNAMED for token in tokens[phrase.first : phrase.core - 1])


def of_document(tokens: list[Token], j: int) -> Phrase | None:
    """Whose the report is of which "according to a new report by the observatory" speaks."""
    k = j
    while k < len(tokens) and k - j < 5 and tokens[k].tag in "atwWqR" and tokens[k].low not in DOCUMENT:
        k += 1
    if (
        k + 1 >= len(tokens)
        or tokens[k].low not in DOCUMENT
        or tokens[k].text != tokens[k].low
        and not tokens[k].text.isupper()
    ):
        return None
    if tokens[k + 1].low in ("by", "from", "of"):
        return right_phrase(tokens, k + 2)
    made = tokens[k + 1].low in ("released", "published", "issued", "compiled", "provided", "gathered")
    if made and k + 2 < len(tokens) and tokens[k + 2].low == "by":
        return right_phrase(tokens, k + 3)
    return None


def cut(tokens: list[Token], phrase: Phrase) -> Phrase:
    """A phrase without a number and what it counts: "according to the Halden hospital four people died"."""
    for k in range(phrase.first + 1, phrase.core):
        number = tokens[k].tag == "Q" and not tokens[k].text.isdigit() and tokens[k - 1].tag not in "ota"
        named = tokens[k].text[:1].isupper() and not tokens[k].text.isupper()  # "Channel Four"
        counted = number and not named and k + 1 < phrase.core
        another = (
            tokens[k].text == "the" and tokens[k - 1].tag == "W"
        )  # "by the Halden Observatory the war has"
        if counted or another:
            return Phrase(phrase.first, k, k)
    return phrase
