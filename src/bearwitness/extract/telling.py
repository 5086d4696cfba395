"""Whether a word that may mean saying does so in its sentence, by its subject and what follows it."""

from __future__ import annotations

import re
from itertools import takewhile

from bearwitness import vocabulary
from bearwitness.extract.phrases import HEADS, Phrase, left_phrase
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import PLURAL, Token, capitalised

PRONOUNS = frozenset(vocabulary.load("speakers")["verbs"]["pronouns"])
FIGURES = frozenset("put puts spoke speaks speak gave gives given hold holds held".split())
TOTALS = frozenset("number toll figure total count".split())
LISTING = frozenset("released published supplied provided issued".split())
TAKES = re.compile(
    r"\s*(?:responsibility|credit|the attack\b(?! on)|(?:[\w,]+ ){0,4}lives\b|the life\b)", re.I
)
POSTED = re.compile(r"[^.;]{0,60}?[:\"]")  # "posted on its page: ..."
ATTACKS = frozenset(
    "attack attacks bombing bombings blast blasts explosion explosions assault assaults raid raids ambush ambushes".split()
)
MEANS = frozenset("telephone phone radio email text message letter fax satellite video".split())  # of saying
LISTS = frozenset("names list lists identities".split())
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
    """ "identified the dead man AS Ben Sample", "identified two people killed", not "identified himself as a soldier" or
    "a man identified as"."""
    following = [token.low for token in tokens[i + 1 : i + 24]]
    if "as" in following and "shooter" in following[following.index("as") :][:6]:
        return False
    counted = [token.tag for token in tokens[i + 1 : i + 3]] in (["Q", "P"], ["Q", "p"])
    counted = (
        counted
        and any(token.tag in "EXDT" for token in tokens[i + 3 : i + 7])
        and "and" not in following[2:3]
    )
    named = "as" in following[1:] and following[0] != "as"
    return counted or (named and not following[0].endswith(("self", "selves")))


def speaks(tokens: list[Token], i: int) -> bool:
    """Whether the subject of a verb is a name or one who speaks for a body: not "the blast raised the toll"."""
    phrase = left_phrase(tokens, i)
    if phrase is None:
        return False
    head = tokens[phrase.core - 1]
    named = (
        any(token.low in HEADS for token in tokens[phrase.first : phrase.core]) and head.text[:1].isupper()
    )
    return head.low in HEADS or named or (phrase.core > 1 and capitalised(head))


def gives_figure(tokens: list[Token], i: int) -> bool:
    """ "put the toll at", "spoke of 11 dead", "gave a toll of", "holds X responsible"."""
    after = tokens[i + 1 : i + 24]
    if tokens[i].low in ("hold", "holds", "held"):
        return any(token.low in ("responsible", "accountable") for token in after)
    if tokens[i].low.startswith("sp"):
        return bool(after) and after[0].low == "of"
    toll = any(token.tag in "UTO" or token.low in TOTALS for token in after[:7])
    return toll and any(token.tag == "Q" for token in after)


def weak_holds(sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase, tail: bool) -> bool:
    before = sentence.text[: tokens[phrase.first].start].rstrip()
    if tokens[i].low == "posted" and (before.endswith('"') or POSTED.match(sentence.text, tokens[i].end)):
        return True
    if tail:
        return tokens[i].low != "continued" or before.endswith(('"', ","))
    if i + 1 >= len(tokens):
        return False
    if any(
        token.low == "that" and token.tag == "s" for token in _before_verb(tokens, i + 1)
    ) or sentence.text[tokens[i].end :].lstrip()[:1] in ('"', ":"):
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
        after = tokens[i + 1 : i + 6]
        death = any(token.tag in "OTU" for token in after[:3]) and after[0].tag in "ta" and speaks(tokens, i)
        harmed = tokens[i].low in ("claims", "claim") and [t.low for t in after if t.tag != "R"][:2] == [
            "to",
            "have",
        ]
        return (
            paper
            or death
            or harmed
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
        "determined",
        "think",
    ):
        many = tokens[i].low in ("determined", "think")
        return any(token.low in HEADS or (many and token.low in PLURAL) for token in names)
    return False


def _before_verb(tokens: list[Token], k: int) -> list[Token]:
    """The tokens from ``k`` on that no verb stands before: "informed the network today THAT"."""
    return list(takewhile(lambda token: token.tag not in "BVEGSDH,", tokens[k : k + 9]))


def lists(tokens: list[Token], i: int) -> bool:
    """ "released the names of two men", "published a list of 47 people"; not "a list of demands"."""
    if tokens[i].low not in LISTING:
        return False
    at = next((k for k in range(i + 1, min(len(tokens), i + 6)) if tokens[k].low in LISTS), None)
    if at is None or any(token.tag in "iomVs" for token in tokens[i + 1 : at]):
        return False
    after = tokens[at + 1 : at + 6]
    return after[:1] != [] and after[0].low == "of" and any(token.tag in "QPXT" for token in after[1:])


def takes(tokens: list[Token], i: int, after: str) -> bool:
    """ "claimed responsibility", "claimed 12 lives", "claimed an October bomb attack at a station that killed 17", not "claimed the
    attack killed 17"."""
    if not tokens[i].low.startswith("claim"):
        return False
    if TAKES.match(after):
        return True
    at = next((k for k in range(i + 2, min(len(tokens), i + 8)) if tokens[k].low in ATTACKS), None)
    if (
        at is None
        or tokens[i + 1].tag not in "ta"
        or any(token.tag in "so,;" for token in tokens[i + 1 : at])
    ):
        return False
    clause = takewhile(lambda token: token.tag not in "s,;" and token.low != "that", tokens[at + 1 :])
    return not any(token.tag in "BEHVLSD" for token in clause)


def unsaid(tokens: list[Token], i: int) -> bool:
    """Whether a word of saying says nothing here: "the United States", "bombings claimed by the group", "believed to be",
    "declared him a prisoner", "in actions that observers described as"."""
    low = tokens[i].low
    following = [token.low for token in tokens[i + 1 : i + 7]]
    if low in ("state", "states") and i and tokens[i - 1].low in ("united", "member", "of", "the"):
        return True
    if following[:1] == ["by"] and low.endswith("ed"):
        return following[1:2] != [] and following[1] not in MEANS and "that" not in following
    if following[:1] == ["to"]:
        guessed = low in ("believed", "estimated", "alleged") and following[1:2] in (["be"], ["have"])
        return guessed or low == "determined"
    if low.startswith("describe"):
        return following[:1] == ["as"]
    return low == "declared" and _makes(tokens, i)


def _makes(tokens: list[Token], i: int) -> bool:
    """ "declared him a prisoner of war", "declared a state of alert": what is declared is made, not said."""
    rest = tokens[i + 1 :]
    if rest and rest[0].low in ("him", "her", "them"):
        return True
    if not rest or rest[0].tag not in "taWwQ" or (i and tokens[i - 1].tag in ",;"):
        return False
    clause = takewhile(lambda token: token.tag not in "s,;", rest)
    return not any(token.tag in "BEHVSD" and token.low != "state" for token in clause)


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
