"""Words that reports write in lower case, by which names are told from the rest in texts all in capitals.

usage: PYTHONPATH=src:bench python training/plain_words.py --data ../shared/data

Counted over the newswire pool, the Syrian articles, the local reports of shootings and the invented reports, but for
what is set aside. A word is plain if it stands in lower case at least twice, and within sentences no less often than a
quarter of all times. Writes src/bearwitness/vocabulary/plain_words.txt, a word a line: a list of words, of no text.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from common import ROOT, held_out, rows

OUT = ROOT / "src/bearwitness/vocabulary/plain_words.txt"
LEAST, SHARE = 2, 0.25
_SMALL = re.compile(r"(?<![\w'’.-])[a-z][a-z]+(?![\w-])")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?![\w-])")  # where no sentence begins
# A pool, the field of its text, and the name that each of its reports has among the annotated ones.
_POOLS = (
    ("newswire/pool.jsonl.gz", "text", "{id}"),
    ("syria/articles.jsonl.gz", "article_content", "syria-{unit_id}"),
    ("gva/docs.jsonl.gz", "text", "local-{doc_id}"),
)


def texts(data: Path) -> Iterator[str]:
    """The text of every report that is not set aside."""
    aside = held_out()
    for pool, field, name in _POOLS:
        yield from (row[field] for row in rows(data / pool) if name.format(**row) not in aside)
    for path in sorted((ROOT / "training/invented").glob("*.jsonl")):
        yield from (row["text"] for row in rows(path))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts(parser.parse_args().data):
        small.update(_SMALL.findall(text))
        capital.update(word.lower() for word in _CAPITAL.findall(text))
    plain = sorted(word for word, n in small.items() if n >= LEAST and n >= SHARE * (n + capital[word]))
    OUT.write_text("\n".join(plain) + "\n", encoding="utf-8")
    print(f"{len(plain):,} words in {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
