"""Tokens of a sentence with one-letter tags, so that constructions can be written as patterns over tags.

Tags (one a token):
  Q quantity            a "a/an"                t "the", "his", "these" ...   Y age ("47-year-old")
  P plural persons      p one person            W other capitalised word      w other word
  j pronoun             q one of a people ("Palestinian", "Iraqi")     # a number too large to be a count
  E killed, injured ... G killing ...           S kill, kills                 D died
  X dead, missing       K "killed or wounded"   T deaths, casualties          U "death toll"
  O death, murder       L left, leaving         C including                   Z no, without
  B was, were, is       H has, had              m may, could, to              R adverb, "also"
  ! not                 V other verb            s who, when, after, that      & and, or
  o of                  i preposition           b by                          ' possessive
  , comma               ; other break           " quotation mark (left out of the sequence)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract import numbers
from bearwitness.extract.numbers import Quantity

_HARM = vocabulary.load("harm")
_PERSONS = vocabulary.load("persons")
_SPEAKERS = vocabulary.load("speakers")
_DEEDS = vocabulary.load("deeds")


class Token(NamedTuple):
    """One token of a sentence: offsets within the sentence, its tag, and the harm it tells of, if any."""

    start: int
    end: int
    text: str
    low: str
    tag: str
    about: str = ""
    quantity: Quantity | None = None


def _plural(noun: str, irregular: dict[str, str]) -> str:
    if noun in irregular:
        return irregular[noun]
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


def _people() -> tuple[dict[str, str], dict[str, str]]:
    """Singular and plural person nouns (single words), each with its group."""
    one: dict[str, str] = {}
    many: dict[str, str] = {}
    for group in ("civilian", "combatant", "police", "attacker"):
        data = _PERSONS[group]
        for noun in data["nouns"]:
            one[noun] = group
            many[_plural(noun, data["irregular"])] = group
        for noun in data["collective"]:
            many[noun] = group
    for noun in many:
        one.pop(noun, None)
    return one, many


SINGULAR, PLURAL = _people()


def _demonyms() -> tuple[frozenset[str], frozenset[str]]:
    """Single-word names of a country's people: one of them, several of them."""
    one = {
        word.lower()
        for country in vocabulary.load("countries").values()
        for word in country.get("people", ())
        if " " not in word
    }
    return frozenset(one), frozenset(
        word + "s" for word in one if not word.endswith(("ese", "ish", "ch", "ss"))
    )


ONE_OF, SOME_OF = _demonyms()
NONPERSONS = frozenset(_PERSONS["nonpersons"]["words"])
TITLES = frozenset(_PERSONS["titles"]["words"])
ORGANISATION = frozenset(_PERSONS["organisation"]["words"])

WORDS: dict[str, tuple[str, str]] = {}


def _put(tag: str, words: str | list[str], about: str = "") -> None:
    for word in words.split() if isinstance(words, str) else words:
        WORDS.setdefault(word, (tag, about))


_put("L", _HARM["leave"]["words"])
for verb in _HARM["verbs"]:
    _put("E", verb["past"], verb["about"])
    _put("G", verb["ing"], verb["about"])
    _put("S", verb["present"], verb["about"])
_put("D", _HARM["intransitive"]["killed"], "killed")
for _about in ("killed", "injured", "missing"):
    _put("X", _HARM["states"][_about], _about)
_put("T", ["deaths", "fatalities", "fatality", "killings"], "killed")
_put("T", ["injuries"], "injured")
_put("T", ["casualties", "casualty"], "casualties")
for _about, _nouns in _HARM["of"].items():
    _put("O", _nouns, _about)
_put("C", ["including", "include", "included", "includes"])
_put("Z", ["no", "without", "zero"])
_put("B", "was were is are be been being 's 're got gets get")
_put("H", "has have had having")
_put("m", "may might could would should will can shall must to")
_put("!", "not n't never")
_put(
    "R",
    "also later reportedly allegedly apparently then still already since immediately instantly seriously critically severely badly slightly lightly gravely fatally all both initially recently subsequently since together respectively now yet only just again officially so alone themselves himself herself simultaneously feared believed confirmed presumed",
)
_put(
    "s",
    "who whom which that when where while as after before because if but although though whereas whose what why how until unless than whether amid",
)
_put("&", "and or & nor")
_put("j", "it he she they we i you")
_put("R", "early late today yesterday tonight overnight there here")
_put("i", "according")
_put("o", "of")
_put("b", "by")
_put(
    "i",
    "in at on near from into with for against during outside inside around across between through under over off along towards toward upon within behind beside beyond above below about amongst among via per throughout aboard following despite",
)
_put("a", "a an another")
_put("t", "the this these those his her their its our my your each every some any such one's")
_put(
    "V",
    "is do does did go goes went come came make makes made take takes took give gave get got see saw seen say hit hits struck fired fire fires attacked attack destroyed damaged exploded ripped tore opened launched carried arrived continued began started ended caused sparked triggered followed fled escaped survived rushed transported treated admitted evacuated broke happened occurred erupted clashed stormed raided ambushed targeted shelled bombed bombarded fell collapsed crashed overturned sank capsized collided travelled traveled gathered used using planted detonated threw lobbed accused blamed denied vowed pledged threatened demanded called urged asked wanted tried trying managed failed ordered decided agreed refused held holds hold brought put kept keep remained remain became become suffered suffering sustained lost lose losing won win met visited returned left entered reached identified recovered retrieved pulled discovered dumped buried described thought believe planned helped led leads working living being going leading driving riding walking",
)
for _verb in _SPEAKERS["verbs"]["say"]:
    if " " not in _verb:
        _put("V", [_verb])

_PHRASES: dict[str, tuple[str, str]] = {}
for _key, (_sign, _a) in {
    "past_killed": ("E", "killed"), "ing_killed": ("G", "killed"), "past_injured": ("E", "injured"),
    "past_abducted": ("E", "abducted"), "past_detained": ("E", "detained"), "killed_or_injured": ("K", "both"),
}.items():  # fmt: skip
    for _words in _HARM["phrases"][_key]:
        _PHRASES[_words] = (_sign, _a)
for _about in ("killed", "injured"):
    for _words in _HARM["toll"][_about]:
        _PHRASES[_words] = ("U", _about)
for _words in _HARM["parts"]["words"]:
    if " " in _words:
        _PHRASES[_words] = ("C", "")
for _words in _HARM["none"]["persons"]:
    if " " in _words or "-" in _words:
        _PHRASES[_words] = ("0", "")
for _words in _HARM["of"]["killed"]:
    if " " in _words:
        _PHRASES[_words] = ("O", "killed")
for _words in ("as well as", "along with", "together with", "in addition to", "plus", "alongside"):
    _PHRASES[_words] = ("&", "")
_PHRASES["nobody"] = _PHRASES["none"] = ("0", "")

_PHRASE = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _PHRASES), key=len, reverse=True)) + r")\b")
# "the total number of Palestinians killed", "the number of wounded soldiers".
_TOLL = re.compile(
    r"\b(?:total )?number of (?:the |those |people )?(?:[\w-]+ ){0,2}?(killed|dead|wounded|injured)\b"
)
_AGE = re.compile(
    r"(?<![\w-])(?:\w+-)?\w+-(?:year|month|week|day)s?-olds?\b|(?<!\d)\d+[- ]years?[- ]olds?\b", re.I
)
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|n't\b|'[sS]\b|[^\W\d_]+?(?=n't\b)|[^\W\d_]+(?:(?:[-.&/]|'(?!s\b|t\b|S\b))[^\W_]+)*"
    r"|\d[\d.,:]*\d(?:[^\W\d_]+)?|\d(?:[^\W\d_]+)?|@\w+|\.\.+|[^\w\s]"
)

# Their dot ends nothing: "Lt. Example", "Example Jr. was", "A. Example".
SHORT = frozenset(
    """mr mrs ms dr prof gen col maj capt lt sgt cpl rev sen rep gov hon jr sr st adm brig cmdr pvt supt insp det""".split()
)


def capitalised(token: Token) -> bool:
    """Whether the token is written like a name; in text all in capitals nothing is."""
    return token.text[:1].isupper() and (not token.text.isupper() or token.tag == "W")


OF_STATE = re.compile(
    r" (?:media|television|tv|radio|news|agency|newspaper|police|troopers?|security|department|government|prosecutors?|officials?|run|owned|controlled)\b"
)


def lower(text: str) -> str:
    """``text`` in lower case, character for character (letters whose lower case is longer are kept)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def tokens(text: str) -> list[Token]:
    """The tokens of one sentence. Quotation marks are left out; quantities and set phrases are one token."""
    low = lower(text)
    capitals = text.isupper()
    fixed: list[tuple[int, int, str, str, Quantity | None]] = []
    for match in _AGE.finditer(text):
        tag = "P" if low[match.end() - 1] == "s" else "Y"
        fixed.append((match.start(), match.end(), tag, "age", None))
    for match in _PHRASE.finditer(low):
        tag, about = _PHRASES[match.group()]
        fixed.append((match.start(), match.end(), tag, about, None))
    for match in _TOLL.finditer(low):
        about = "killed" if match.group(1) in ("killed", "dead") else "injured"
        fixed.append((match.start(), match.end(), "U", about, None))
    fixed += [(m.start(), m.end(), "#", "", None) for m in numbers.too_large(low)]
    fixed += [(q.start, q.end, "Q", "", q) for q in numbers.quantities(low)]
    fixed.sort(key=lambda item: (item[0], -item[1]))
    found: list[Token] = []
    here = 0
    for start, end, tag, about, quantity in fixed:
        if start < here:
            continue
        _plain_tokens(found, text, low, here, start, capitals)
        found.append(Token(start, end, text[start:end], low[start:end], tag, about, quantity))
        here = end
    _plain_tokens(found, text, low, here, len(text), capitals)
    if not capitals:
        for k, token in enumerate(found):
            if token.low in MONTHS and token.tag != "W" and is_given(found, k):
                found[k] = token._replace(tag="W", about="")
    return found


MONTHS = frozenset((*vocabulary.load("dates")["months"], *vocabulary.load("dates")["abbreviations"]))
_BEFORE_DAYS = frozenset("last next this since early late mid mid- until till every each between".split())


def is_given(tokens: list[Token], k: int) -> bool:
    """Whether a month's name begins a longer name here ("April Sample", "the May Brigade"): a capitalised word that is
    no word of plain English stands behind it, or, behind "the", any; and nothing before it says when."""
    if tokens[k].low not in MONTHS or not tokens[k].text[0].isupper() or k + 1 >= len(tokens):
        return False
    after, before = tokens[k + 1], tokens[k - 1] if k else None
    if (
        after.tag not in "Wp"
        or not after.text[0].isupper()
        or after.low in MONTHS
        or after.start != tokens[k].end + 1
    ):
        return False
    if before is None or before.text[0] in ".!?:":
        return tokens[k].low != "may" and after.low not in vocabulary.plain_words()
    return (
        before.tag not in "iQ#m"
        and before.low not in _BEFORE_DAYS
        and (before.tag == "Y" or not before.text[0].isdigit())
    )


def _plain_tokens(found: list[Token], text: str, low: str, start: int, end: int, capitals: bool) -> None:
    for match in _TOKEN.finditer(text, start, end):
        a, b = match.span()
        if text[a] == '"' or (text[a:b] == "." and _shortens(found, text, a)):
            continue
        tag, about = _tag(text[a:b], low[a:b], not found, capitals)
        if low[a:b] == "state" and OF_STATE.match(low, b) and not (found and found[-1].tag == "P"):
            tag, about = "w", ""  # "state media", which state nothing
        found.append(Token(a, b, text[a:b], low[a:b], tag, about))


def _shortens(found: list[Token], text: str, at: int) -> bool:
    """Whether the dot at ``at`` belongs to the word before it, and the sentence goes on."""
    before = found[-1] if found and found[-1].end == at else None
    if before is None or not text[at + 1 :].strip():
        return False
    return before.low in SHORT or (len(before.text) == 1 and before.text.isupper())


def _tag(word: str, low: str, first: bool, capitals: bool) -> tuple[str, str]:
    if not word[0].isalnum():
        return {",": ",", "'": "'", "'s": "'", "@": "W"}.get(
            low if low in ("'s", "n't") else word[0], ";"
        ), ""
    if low in WORDS:
        return WORDS[low]
    if low in PLURAL:
        return "P", PLURAL[low]
    if low in SINGULAR:
        return "p", SINGULAR[low]
    if low in SOME_OF:
        return "P", "civilian"
    if low in ONE_OF:
        return "q", "civilian"
    if low.endswith("ly") and len(low) > 4 and not word[0].isupper():
        return "R", ""
    if (word[0].isupper() or (word[2:] != word[2:].lower() and "-" in word)) and not capitals:
        return "W", ""
    tail = low.rsplit("-", 1)[-1]
    if "-" in low and tail in PLURAL:
        return "P", PLURAL[tail]
    if "-" in low and tail in SINGULAR:
        return "p", SINGULAR[tail]
    return "w", ""
