"""Measure main text: token F1 against gold article text, beside trafilatura alone, resiliparse and newspaper4k.

usage: python bench/main_text.py FOLDER [-v] [--json FILE]

FOLDER holds ``ground-truth.json`` (page name to {"articleBody": ..., "url": ...}) and ``pages/`` with
``<name>.html.gz``. Tokens are words; a page's F1 is over bags of tokens; the table gives means over the pages, with
the interval that holds 95 % of 1,000 draws of pages. Half of the pages, by digest, are set aside: only their totals
were looked at when anything was chosen. The last column is ours minus the rival's, page by page, on those.

All pages are real articles, so each that is taken for a wall, an error or a page of several texts is a false alarm:
these are counted too.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

from common import keep, shown
from pages import PEERS, Page, pages, reading, rival

from bearwitness.record import Report

WORD = re.compile(r"\w+")
ALARMS = (
    "paywall",
    "consent_wall",
    "login_wall",
    "error_page",
    "needs_scripts",
    "bot_check",
    "mojibake_mended",
)

Score = tuple[float, float, float]


def score(found: str, gold: str) -> Score:
    """Precision, recall and F1 of the tokens of ``found`` against those of ``gold``."""
    a, b = Counter(WORD.findall(found.lower())), Counter(WORD.findall(gold.lower()))
    common = sum((a & b).values())
    if not common:
        return (1.0, 1.0, 1.0) if not a and not b else (0.0, 0.0, 0.0)
    precision, recall = common / sum(a.values()), common / sum(b.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def body(report: Report) -> str:
    """The article without its title (the gold text has none) and without what was left out."""
    kept, last = [], report.title_end
    for part in report.left_out:
        if part.start >= last:
            kept.append(report.text[last : part.start])
            last = part.end
    return "\n".join([*kept, report.text[last:]])


def measure(
    found: list[Page], verbose: bool
) -> tuple[dict[str, list[Score]], dict[str, float], Counter[str]]:
    """Each reader's scores, a page at a time, its seconds, and what our reports say of the pages."""
    import trafilatura

    scores: dict[str, list[Score]] = {"bearwitness": [], "trafilatura": []}
    spent = dict.fromkeys(scores, 0.0)
    said = Counter[str]()
    for page in found:
        begin = time.process_time()
        alone = trafilatura.extract(page.data, include_comments=False) or ""
        spent["trafilatura"] += time.process_time() - begin
        begin = time.process_time()
        report = reading(page.data, f"{page.name}.html")
        spent["bearwitness"] += time.process_time() - begin
        scores["trafilatura"].append(score(alone, page.gold))
        scores["bearwitness"].append(score(body(report), page.gold))
        said["title"] += report.title is not None
        said["outlet"] += report.outlet is not None
        said["several texts"] += bool(report.parts)
        said.update({problem.code for problem in report.problems})
        if verbose and not page.aside:
            ours, theirs = scores["bearwitness"][-1][2], scores["trafilatura"][-1][2]
            print(f"{page.name[:8]} ours {ours:.3f} trafilatura {theirs:.3f}")
    for name in PEERS:
        answers = rival(name, found)
        if answers is None:
            print(f"{name}: left out, bench/peers.sh makes the environment it runs in")
            continue
        told = list(answers)
        scores[name] = [score(one["text"], page.gold) for one, page in zip(told, found, strict=True)]
        spent[name] = sum(one["seconds"] for one in told)
    return scores, spent, said


def main(argv: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(argv)
    if not (asked.folder / "ground-truth.json").is_file():
        print(f"main text: skipped, no pages at {asked.folder}")
        return 0
    found = pages(asked.folder)
    scores, spent, said = measure(found, asked.verbose)
    aside = [page.aside for page in found]
    print(f"main text, {len(found)} pages, {sum(aside)} of them set aside")
    print(
        f"{'':14}{'precision':>10}{'recall':>8}{'F1 all':>23}{'F1 set aside':>23}{'ours minus':>26}{'pages/s':>9}"
    )
    figures = {}
    for who, told in scores.items():
        means = [sum(part) / len(told) for part in zip(*told, strict=True)]
        whole = [(one[2], 1.0) for one in told]
        rest = [pair for pair, out in zip(whole, aside, strict=True) if out]
        ours = [(one[2], 1.0) for one, out in zip(scores["bearwitness"], aside, strict=True) if out]
        minus = [(mine[0] - other[0], 1.0) for mine, other in zip(ours, rest, strict=True)]
        beside = "" if who == "bearwitness" else shown(minus)
        speed = len(told) / spent[who]
        print(
            f"{who:14}{means[0]:10.3f}{means[1]:8.3f}{shown(whole):>23}{shown(rest):>23}{beside:>26}{speed:9.1f}"
        )
        figures[who] = {"precision": means[0], "recall": means[1], "f1": means[2], "pages/s": speed}
        figures[who]["f1 set aside"] = sum(pair[0] for pair in rest) / len(rest)
    alarms = {code: said[code] for code in (*ALARMS, "several texts")}
    print("false alarms: " + ", ".join(f"{code} {count}" for code, count in alarms.items()))
    print(
        "found: " + ", ".join(f"{what} {count}" for what, count in sorted(said.items()) if what not in alarms)
    )
    keep(asked.json, "main_text", {**figures, "false alarms": alarms})
    return 0


if __name__ == "__main__":
    sys.exit(main())
