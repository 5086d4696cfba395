"""Whether a word that may mean saying does so in its sentence, by its subject and what follows it."""

from __future__ import annotations

from bearwitness import vocabulary
from bearwitness.extract.phrases import HEADS, Phrase, left_phrase
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import Token, capitalised

PRONOUNS = frozenset(vocabulary.load("speakers")["verbs"]["pronouns"])
FIGURES = frozenset("put puts spoke speaks speak gave gives hold holds held".split())
NAMING = frozenset("identified identifies identify".split())
MEASURED = frozenset("raised raises lowered revised".split())  # a blast, too, may raise a toll
COURTS = frozenset("court inquest jury tribunal hearing inquiry trial".split())
PLURALS = frozenset(
    "some many police people staff media army government family council coalition union ministry".split()
)
SETTING = frozenset(
    "when as while after before if asked although though since at in on during by with".split()
)
INQUIRIES = frozenset(
    "investigation inquiry autopsy report tests analysis probe survey count examination".split()
)


def tells(tokens: list[Token], i: int) -> bool:
    """Whether a verb that does not mean saying tells a toll or a name here."""
    low = tokens[i].low
    if low in FIGURES:
        return gives_figure(tokens, i)
    if low in MEASURED:
        return gives_figure(tokens, i) and speaks(tokens, i)
    return low in NAMING and names_one(tokens, i) and speaks(tokens, i)


def names_one(tokens: list[Token], i: int) -> bool:
    """ "identified the dead man AS Ben Sample", "identified two people killed", not "identified himself as a soldier"."""
    following = [token.low for token in tokens[i + 1 : i + 9]]
    counted = [token.tag for token in tokens[i + 1 : i + 3]] in (["Q", "P"], ["Q", "p"])
    counted = (
        counted
        and any(token.tag in "EXDT" for token in tokens[i + 3 : i + 7])
        and "and" not in following[2:3]
    )
    return counted or ("as" in following and not following[0].endswith(("self", "selves")))


def speaks(tokens: list[Token], i: int) -> bool:
    """Whether the subject of a verb is a name or one who speaks for a body: not "the blast raised the toll"."""
    phrase = left_phrase(tokens, i)
    if phrase is None:
        return False
    head = tokens[phrase.core - 1]
    return head.low in HEADS or (phrase.core > 1 and capitalised(head))


def gives_figure(tokens: list[Token], i: int) -> bool:
    """ "put the toll at", "spoke of 11 dead", "gave a toll of", "holds X responsible"."""
    after = tokens[i + 1 : i + 9]
    if tokens[i].low.startswith("h"):
        return any(token.low in ("responsible", "accountable") for token in after)
    if tokens[i].low.startswith("sp"):
        return bool(after) and after[0].low == "of"
    return any(token.tag == "U" or token.tag in "TO" for token in after) and any(
        token.tag == "Q" for token in after
    )


def weak_holds(sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase, tail: bool) -> bool:
    if tail:
        return True
    following = tokens[i + 1]
    if following.low == "that" or sentence.text[tokens[i].end :].lstrip()[:1] in ('"', ":"):
        return True
    names = list(tokens[phrase.first : phrase.core])
    finds = (
        tokens[i].low == "found" and names[-1].low not in INQUIRIES
    )  # "police found the bodies of two men"
    if not finds and gives_figure(tokens, i) and speaks(tokens, i):
        return True
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
        paper = (
            tokens[i].low in ("reported", "reports")
            and names[0].text == "The"
            and len(names) > 1
            and capitalised(names[1])
            and phrase.first == 0
        )
        return (
            paper
            or any(token.low in HEADS for token in names)
            or len(names) == 1
            and names[0].low in PRONOUNS
        )
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


def introduces(tokens: list[Token]) -> bool:
    """Whether what stands before the speaker is only a setting ("On Monday," "In a statement,")."""
    told = any(token.tag == "B" for token in tokens) and tokens[0].low not in SETTING
    return not told and not any(token.tag in "EGSDXLKU" for token in tokens) and len(tokens) < 12


def accuses(tokens: list[Token], i: int) -> bool:
    """ "the mayor accused the group of killing 12 people", not "the accused leader of the gang"."""
    phrase = left_phrase(tokens, i)
    if phrase is None or tokens[phrase.core - 1].tag == "o" or i + 1 >= len(tokens):
        return False
    if tokens[i + 1].tag not in "tWwqPp":
        return False
    pairs = zip(tokens[i + 2 : i + 14], tokens[i + 3 : i + 15], strict=False)
    return any(of.low == "of" and deed.low.endswith("ing") for of, deed in pairs)


def heard(tokens: list[Token], i: int) -> bool:
    """ "the court heard that", "..., the court heard", not "people outside the court heard two blasts"."""
    if i < 2 or tokens[i - 1].low not in COURTS or tokens[i - 2].tag not in "ta":
        return False
    following = tokens[i + 1].low if i + 1 < len(tokens) else "."
    return (i == 2 or tokens[i - 3].tag in ",;") and (following == "that" or not following[0].isalnum())


def one_speaks(tokens: list[Token], phrase: Phrase) -> bool:
    """Whether the subject is one, so that a verb without an s does not go with it."""
    words = tokens[phrase.first : phrase.core]
    head = words[-1]
    named = any(token.tag == "&" or token.low in PLURALS for token in words)
    many = named or head.tag in "PjW" or head.low.endswith("s")
    return words[0].tag in "at" and words[0].low not in ("these", "those") and not many
