"""Measure main text: token F1 against gold article text, for trafilatura alone and for bearwitness's reading.

    python bench/main_text.py PAGES

PAGES is a folder that holds ``ground-truth.json`` (page name to {"articleBody": ...}) and ``pages/`` with
``<name>.html.gz``. Tokens are words; a page's F1 is over bags of tokens; the table gives means over the pages.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from bearwitness.collect import media_type
from bearwitness.read import read
from bearwitness.record import Capture, Report, digest

WORD = re.compile(r"\w+")


def score(found: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the tokens of ``found`` against those of ``gold``."""
    a, b = Counter(WORD.findall(found.lower())), Counter(WORD.findall(gold.lower()))
    common = sum((a & b).values())
    if not common:
        return (1.0, 1.0, 1.0) if not a and not b else (0.0, 0.0, 0.0)
    precision, recall = common / sum(a.values()), common / sum(b.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def reading(data: bytes, name: str) -> Report:
    """bearwitness's report of a page."""
    capture = Capture(sha256=digest(data), size=len(data), source=name, media_type=media_type(data, name))
    return read(data, capture)


def body(report: Report) -> str:
    """The article without its title (the gold text has none) and without what was left out."""
    kept, last = [], report.title_end
    for part in report.left_out:
        if part.start >= last:
            kept.append(report.text[last : part.start])
            last = part.end
    return "\n".join([*kept, report.text[last:]])


def main(argv: list[str]) -> int:
    """Print the table."""
    folder = Path(argv[1]) if len(argv) > 1 else None
    if folder is None or not (folder / "ground-truth.json").is_file():
        print(f"main text: skipped, no pages at {folder or '(no folder given)'}")
        return 0
    import trafilatura

    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    rows: dict[str, list[tuple[float, float, float]]] = {"trafilatura": [], "bearwitness": []}
    spent = dict.fromkeys(rows, 0.0)
    found = Counter[str]()
    for name, truth in gold.items():
        data = gzip.decompress((folder / "pages" / f"{name}.html.gz").read_bytes())
        begin = time.perf_counter()
        alone = trafilatura.extract(data, include_comments=False) or ""
        spent["trafilatura"] += time.perf_counter() - begin
        begin = time.perf_counter()
        report = reading(data, f"{name}.html")
        spent["bearwitness"] += time.perf_counter() - begin
        rows["trafilatura"].append(score(alone, truth["articleBody"]))
        rows["bearwitness"].append(score(body(report), truth["articleBody"]))
        found["title"] += report.title is not None
        found["outlet"] += report.outlet is not None
        found[f"date ({report.published_basis})"] += 1
        found.update(f"problem {problem.code}" for problem in report.problems)
        if "-v" in argv:
            print(
                f"{rows['trafilatura'][-1][2]:.3f} {rows['bearwitness'][-1][2]:.3f} {name[:8]} {report.published} {report.published_basis} {report.outlet} | {report.title}"
            )
    print(
        f"{'main text, ' + str(len(gold)) + ' pages':24}{'precision':>10}{'recall':>8}{'F1':>8}{'pages/s':>9}"
    )
    for who, scores in rows.items():
        means = [sum(part) / len(scores) for part in zip(*scores, strict=True)]
        print(f"{who:24}{means[0]:10.3f}{means[1]:8.3f}{means[2]:8.3f}{len(scores) / spent[who]:9.1f}")
    print("bearwitness found: " + ", ".join(f"{what} {count}" for what, count in sorted(found.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
