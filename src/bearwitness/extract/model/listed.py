"""What holds of those in a list: "among the injured are A, B and C", "the wounded nuns are A and B", "were arrested, including A"."""

from __future__ import annotations

import re

from bearwitness.record import About

_KINDS: dict[str, About] = {
    "dead": "killed", "killed": "killed", "injured": "injured", "wounded": "injured", "missing": "missing",
    "arrested": "detained", "detained": "detained", "kidnapped": "abducted", "abducted": "abducted",
}  # fmt: skip
_KIND = rf"(?:{'|'.join(_KINDS)})"
# A list is of nouns and names: no verb, no preposition but "of" stands in it, and a semicolon only between its items.
_ENDS = (
    r"(?:\w{2,}(?:ed|ing)|in|at|to|by|on|for|as|with|from|where|who|which|that|during|while|when|after|before|but|though|is|are|was|were|has|have|had|be|been"
    r"|said|says|told|took|taken|left|dead|deceased|died|dies|hurt|hit|slain|slew|lost|lives|bodies|murder\w*|killer\w*|hostages?|captives?|others)"
)
LIST = rf"(?:(?!\b{_ENDS}\b)(?:[^.!?]|(?<=\b[a-z])\.))*"
NEAR = 40  # characters behind one of a list that may still say what befell him
LONGEST = 1500  # characters of a list before one of it
HARM = re.compile(
    r"\b(?:hurt|injur|wound|kill|dead\b|died\b|dies\b|hospital|missing|abduct|kidnap|arrest|detain|hostage|execut|captur|custody|gunshot|burn|slain|perish|drown|murder|shot\b|lives\b)"
)
HEADED = re.compile(
    rf"\bthe (?:[\w-]+ ){{0,2}}?(?P<kind>{_KIND})(?: (?!and\b|or\b|in\b|by\b|of\b|to\b)[\w-]+){{0,2}}(?: ?[-—–] [^-—–.]*[-—–])?"
    rf" (?:is|are|was|were|include[ds]?|(?:(?:is|are|was|were|have been) )?(?:identified|named) as):? {LIST}$"
)
NUMBER_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|dozens|some"
NUMBER = re.compile(rf"\d|(?:{NUMBER_WORD}|others)\b")
# Only names: "three were killed, including a boy, and 12 hurt" goes on with others.
INCLUDING = re.compile(
    rf"(?<!and )(?<!or )\b(?:was|were|been) (?P<kind>{_KIND}),? (?:including|among them):? {LIST}$"
)


def kind(low: str, start: int, end: int) -> About | None:
    """The kind of harm that the head of a list names for what stands at [start, end) of a sentence in lower case."""
    if HARM.search(low, start, end + NEAR):
        return None  # "including two boys and 20 OTHERS WOUNDED"
    first = max(0, start - LONGEST)
    head = HEADED.search(low, first, start)
    if head is None and NUMBER.match(low, start) is None:
        head = INCLUDING.search(low, first, start)
    return _KINDS[head["kind"]] if head is not None else None
