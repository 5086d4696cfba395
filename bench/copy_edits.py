"""What outlets do to a text they carry, done by rule: for ``copies.py``. Each takes a text, others to borrow from, and chance."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

AGENCIES = ("Coast Wire", "Lake Agency", "Meridian Press", "Eastwire")
TOWNS = ("KENEMA", "MZUZU", "SOKODE", "SALTO", "TRONGSA")
FOOTERS = (
    (
        "Follow us for the latest news from the region. All rights reserved. This material may not be published, "
        "broadcast, rewritten or redistributed without permission of the publisher."
    ),
    (
        "Read more on this topic on our pages. Sign up for our morning letter and get the day's news before breakfast. "
        "If you saw a mistake in this text, select it and write to the newsroom."
    ),
)
LEADS = (
    "Readers of this paper will want to know what became known today, and our desk has put together what there is.",
    "Here is what the newsroom has been able to learn so far about the matter, which many people asked us about.",
)
LEAST = 60  # words that a copy of a cut text still has

Edit = Callable[[str, Sequence[str], random.Random], str]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; sentences, where it has one paragraph."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    return parts if len(parts) > 2 else [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


def mirrored(text: str, _others: Sequence[str], chance: random.Random) -> str:
    """Under other page furniture."""
    return f"Home News World Sport\n\n{text}\n\n{chance.choice(FOOTERS)}"


def headline(text: str, others: Sequence[str], chance: random.Random) -> str:
    """Under another headline."""
    return f"{paragraphs(chance.choice(others))[0][:70]}\n\n{text}"


def cut(text: str, _others: Sequence[str], chance: random.Random) -> str:
    """Cut from the end to between a third and two thirds."""
    parts, wanted = paragraphs(text), len(text.split()) * chance.uniform(0.33, 0.66)
    kept: list[str] = []
    while parts and sum(len(part.split()) for part in kept) < max(wanted, LEAST):
        kept.append(parts.pop(0))
    return "\n\n".join(kept)


def gaps(text: str, _others: Sequence[str], chance: random.Random) -> str:
    """One paragraph in four taken out, the first kept."""
    first, *rest = paragraphs(text)
    return "\n\n".join([first, *(part for part in rest if chance.random() > 0.25)])


def lead(text: str, _others: Sequence[str], chance: random.Random) -> str:
    """The first paragraph in other words."""
    first, *rest = paragraphs(text)
    words = first.split()
    mixed = " ".join(word for at, word in enumerate(words) if at % 3 != 1)
    return "\n\n".join([f"{chance.choice(LEADS)} {mixed}", *rest])


def agency(text: str, _others: Sequence[str], chance: random.Random) -> str:
    """Another dateline and another credit at the end."""
    day = f"{chance.choice(('May', 'June'))} {chance.randrange(1, 29)}"
    return f"{chance.choice(TOWNS)}, {day} ({chance.choice(AGENCIES)}) - {text}\n\nSource: {chance.choice(AGENCIES)}"


def encoding(text: str, _others: Sequence[str], chance: random.Random) -> str:
    """Other quotation marks, accents taken apart or lost, hard spaces, or capitals throughout."""
    way = chance.randrange(4)
    if way == 0:
        return text.upper()
    if way == 1:
        return unicodedata.normalize("NFD", text).replace("'", "’").replace(' "', " “").replace('"', "”")
    if way == 2:
        return text.replace("'", "â€™").replace('"', "â€œ").replace(" - ", " â€“ ")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace(
        " ", "\xa0 "
    )


def subbed(text: str, _others: Sequence[str], chance: random.Random) -> str:
    """Every twentieth word or so changed or taken out."""
    words = []
    for word in text.split(" "):
        if chance.random() > 0.05:
            words.append(word)
        elif chance.random() < 0.5:
            words.append(chance.choice(("also", "later", "officials", "told", "area")))
    return " ".join(words)


def all_at_once(text: str, others: Sequence[str], chance: random.Random) -> str:
    """Another headline and agency, rewritten lead, cut, subbed, under other furniture."""
    for edit in (lead, cut, subbed, agency, headline, mirrored):
        text = edit(text, others, chance)
    return text


def quoted(text: str, others: Sequence[str], chance: random.Random) -> str:
    """A passage of 60 to 120 words within another report."""
    words, host = text.split(), paragraphs(chance.choice(others))
    size = min(len(words), chance.randrange(60, 121))
    at = chance.randrange(0, len(words) - size + 1)
    place = chance.randrange(1, len(host) + 1)
    return "\n\n".join(
        [*host[:place], f"Coast Wire writes: {' '.join(words[at : at + size])}", *host[place:]]
    )


def short_quoted(text: str, others: Sequence[str], chance: random.Random) -> str:
    """A passage of 45 to 60 words within another report."""
    words, host = text.split(), paragraphs(chance.choice(others))
    size = min(len(words), chance.randrange(45, 61))
    at = chance.randrange(0, len(words) - size + 1)
    place = chance.randrange(1, len(host) + 1)
    return "\n\n".join([*host[:place], " ".join(words[at : at + size]), *host[place:]])


WHOLE: dict[str, Edit] = {
    "mirror, other furniture": mirrored,
    "headline changed": headline,
    "cut from the end": cut,
    "paragraphs taken out": gaps,
    "lead rewritten": lead,
    "agency line swapped": agency,
    "encoding": encoding,
    "every twentieth word": subbed,
    "all at once": all_at_once,
}
PASSAGES: dict[str, Edit] = {"quoted, 60 to 120 words": quoted, "quoted, 45 to 60 words": short_quoted}
