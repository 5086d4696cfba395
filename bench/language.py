"""Measure language: invented sentences in many languages, and real English reports cut short; beside py3langid alone.

usage: python bench/language.py DATA [--texts N] [--json FILE]

The sentences are those of gold/languages.tsv; those marked ``aside`` were written after the limits were chosen. The English reports are those of DATA/gold and DATA/newswire, whole and
cut after 60, 120 and 250 characters. Two errors matter: English that is taken for another language is not read, and
another language that is taken for English is. None is an answer, and neither: a report of unknown language is read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from common import ROOT, keep, shown
from walls import texts

from bearwitness.read.language import language

CUTS = {"whole": None, "250 characters": 250, "120 characters": 120, "60 characters": 60}
Told = Callable[[str], str | None]


def alone(text: str) -> str | None:
    """What py3langid says, without any rule of ours."""
    from py3langid import classify

    return str(classify(text)[0])


def sentences() -> list[tuple[str, str, str]]:
    """Language, kind and words of the invented ones."""
    lines = (ROOT / "bench/gold/languages.tsv").read_text(encoding="utf-8").splitlines()
    return [
        (code, kind, words) for code, kind, words in (line.split("\t") for line in lines if line[0] != "#")
    ]


def main(argv: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--texts", type=int, default=1_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(argv)
    figures = {}
    told = sentences()
    print(f"invented sentences in {len({code for code, _, _ in told})} languages")
    print(f"{'':12}{'':12}{'right':>23}{'unknown':>9}{'wrong':>7}   {'taken for English':18}")
    for who, ask in (("bearwitness", language), ("py3langid", alone)):
        for kind in ("report", "headline", "aside"):
            answers = [(code, ask(words)) for code, of, words in told if of == kind]
            right = [(float(code == found), 1.0) for code, found in answers]
            unknown = sum(found is None for _, found in answers)
            wrong = Counter(f"{code} as {found}" for code, found in answers if found not in (code, None))
            english = sum(found == "en" for code, found in answers if code != "en")
            print(
                f"{who:12}{kind:12}{shown(right):>23}{unknown:9}{wrong.total():7}   {english:<4}{dict(wrong) or ''}"
            )
            figures[f"{who}, {kind}"] = {
                "right": sum(pair[0] for pair in right) / len(right),
                "as English": english,
            }
    real = list(texts(asked.data))[: asked.texts] if (asked.data / "gold").is_dir() else []
    if real:
        print(f"{len(real):,} real English reports: not taken for English, unknown / another language")
    for who, ask in (("bearwitness", language), ("py3langid", alone)) if real else ():
        line = []
        for name, cut in CUTS.items():
            answers = [ask(text.strip()[:cut]) for text in real]
            unknown = sum(found is None for found in answers)
            other = sum(found not in ("en", None) for found in answers)
            line.append(f"{name} {unknown} / {other}")
            figures[f"{who}, English, {name}"] = {"unknown": unknown / len(real), "other": other / len(real)}
        print(f"{who:12}" + "; ".join(line))
    keep(asked.json, "language", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
