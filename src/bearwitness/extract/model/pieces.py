"""Words to word pieces, as BERT's uncased vocabulary has them.

The library for this (tokenizers) brings thirteen other packages, among them a client of a model hub, for what is
twenty lines on words that are already cut; the training script checks these lines against it on every text.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

LONGEST = 100  # characters of a word; a longer one is unknown
_PARTS = re.compile(r"[^\W_]+|[^\w\s]|_")


class Pieces:
    """A vocabulary of word pieces, one a line, numbered from 0; "##" marks those that go on."""

    def __init__(self, vocabulary: list[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._seen: dict[str, list[int]] = {}
        self.unknown, self.begin, self.end = (self._numbers[p] for p in ("[UNK]", "[CLS]", "[SEP]"))

    @classmethod
    def open(cls, path: Path) -> Pieces:
        """The vocabulary in a file."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def of(self, word: str) -> list[int]:
        """The pieces of one word; at least one."""
        found = self._seen.get(word)
        if found is None:
            parts = _PARTS.findall(_plain(word))
            found = [piece for part in parts for piece in self._cut(part)] or [self.unknown]
            if len(self._seen) < 100_000:
                self._seen[word] = found
        return found

    def _cut(self, part: str) -> list[int]:
        """The longest pieces from the left."""
        found: list[int] = []
        start = 0
        while start < len(part) and len(part) <= LONGEST:
            for end in range(len(part), start, -1):
                number = self._numbers.get(("##" if start else "") + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return found or [self.unknown]


def _plain(word: str) -> str:
    """Lower case without accents."""
    parted = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in parted if unicodedata.category(c) != "Mn")
