"""Who says what: the reader beside rivals on PolNeAR, whose articles are annotated with source, cue and content.

usage: python bench/attribution.py FOLDER [--part tuned|rest] [--no-peers] [--json FILE]

FOLDER holds text/NAME.txt and attributions/NAME_CODE.ann. A third of the documents, by digest of the name, is the
part the rules were tuned on; the rest was not looked at, and is reported apart. Where several people annotated a
document the first file by name counts.

- content P, R, F1: characters inside any attribution's content, all attributions together.
- found: gold attributions of which some answer's content shares half of the characters of both together (best
  intersection over union >= .5).
- speaker: of the found ones with a gold source, those whose speaker is right: half of the gold source's words
  (small words aside) are in it, or one is inside the other; a pronoun is right where it stands at the gold source,
  or where the reader's antecedent of it is the gold source.
- documents a second on one core while the machine may be busy; loading not counted.

The intervals hold 95 % of 1,000 draws of documents. Rivals run in .venv-peers (bench/peers.sh); without it they
are left out. The 60-line rules were written anew for this bench: the first such rules, not kept, are on record
with content F1 .662 (.764 with quoted strings) on the same 84 documents. What a rival raises is counted as a failure and as no answer. No text is printed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import common

from bearwitness.extract.quoting import said
from bearwitness.extract.survey import Survey
from bearwitness.extract.text import plain
from bearwitness.gazetteer import Gazetteer

ROOT = Path(__file__).parents[1]
PEERS = {
    "rules": "60-line cue rules, spaCy sm",
    "rules+quotes": "the same + quoted strings",
    "textacy": "textacy 0.13 quotations",
    "regkg": "gdelt-regkg 2.1.2",
}
Span = tuple[int, int]
SMALL = frozenset("the a an of in on at for and to from by with his her its their this that s".split())
PRONOUNS = frozenset("he she it they we i you him her them who which".split())


class Said(NamedTuple):
    """One attribution, gold or answered; ``sources`` are the forms of the speaker's words that may be right."""

    content: frozenset[int]
    source: list[Span]
    sources: list[str]
    cue: str = ""


class Document(NamedTuple):
    name: str
    text: str
    gold: list[Said]


class Answer(NamedTuple):
    spans: list[Said]
    seconds: float
    error: bool


def tuned(name: str) -> bool:
    """Whether a document is of the third whose errors may be looked at."""
    return common.tuning(name, "")


def characters(spans: list[Span]) -> frozenset[int]:
    return frozenset(i for a, b in spans for i in range(a, b))


def gold_of(path: Path, text: str) -> list[Said]:
    """The attributions of one annotation file."""
    spans: dict[str, list[Span]] = {}
    found = []
    for line in path.read_text("utf-8").splitlines():
        key, rest, *_ = line.split("\t")
        if key.startswith("T"):
            pairs = rest.split(" ", 1)[1].split(";")
            spans[key] = [(int(a), int(b)) for a, b in (pair.split() for pair in pairs)]
        elif key.startswith("E"):
            roles = [part.split(":") for part in rest.split()[1:]]
            content = [span for role, at in roles if role.startswith("Content") for span in spans.get(at, [])]
            source = [span for role, at in roles if role.startswith("Source") for span in spans.get(at, [])]
            cue = [span for role, at in roles if role.startswith("Cue") for span in spans.get(at, [])]
            if content:
                words = [" ".join(text[a:b] for a, b in source)] if source else []
                found.append(Said(characters(content), source, words, " ".join(text[a:b] for a, b in cue)))
    return found


def documents(folder: Path) -> list[Document]:
    """All documents, in order of their names."""
    found = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        notes = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if notes:
            found.append(Document(path.stem, text, gold_of(notes[0], text)))
    return found


def ours(texts: list[str]) -> list[Answer]:
    """The reader's attributions."""
    gazetteer = Gazetteer.open()
    answers = []
    for text in texts:
        began = time.perf_counter()
        report = common.report_of("article", text)
        found = said(Survey(report, plain(report.text), gazetteer, every=True))
        seconds = time.perf_counter() - began
        spans = [
            Said(
                characters(list(one.content)),
                [(one.start, one.end)] if one.words else [],
                [text[one.start : one.end], one.words],
            )
            for one in found
        ]
        answers.append(Answer(spans, seconds, False))
    return answers


def peer(name: str, texts: list[str]) -> list[Answer]:
    """A rival's attributions, from its own process."""
    command = [str(ROOT / ".venv-peers/bin/python"), str(ROOT / "bench/attribution_peers.py"), name]
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    answers = []
    for line in done.stdout.splitlines()[1:]:
        answer: dict[str, Any] = json.loads(line)
        spans = [
            Said(
                characters([(a, b) for a, b in one["content"]]),
                [(a, b) for a, b in one["source"]],
                [one["source_words"]] if one["source_words"] else [],
            )
            for one in answer["spans"]
        ]
        answers.append(Answer(spans, answer["seconds"], answer["error"] is not None))
    return answers


def words_of(phrase: str) -> set[str]:
    every = re.findall(r"\w+", phrase.lower())
    return {word for word in every if word not in SMALL} or set(every)


def same_speaker(gold: Said, answer: Said) -> bool:
    """Whether the answer's speaker is the gold source."""
    wanted = words_of(" ".join(gold.sources))
    for phrase in answer.sources:
        given = words_of(phrase)
        if not given or not wanted:
            continue
        if given <= PRONOUNS or wanted <= PRONOUNS:
            at = characters(answer.source) & characters(gold.source)
            if given == wanted and at:
                return True
        elif given <= wanted or wanted <= given or 2 * len(given & wanted) >= len(wanted):
            return True
    return False


def count(gold: list[Said], answers: list[Said]) -> tuple[int, ...]:
    """Content characters right, answered, gold; attributions gold, found; of those with a source, speaker right."""
    covered = frozenset().union(*(one.content for one in answers))
    wanted = frozenset().union(*(one.content for one in gold))
    found = sourced = right = 0
    for one in gold:
        best, share = None, 0.0
        for answer in answers:
            both = len(one.content & answer.content)
            value = both / len(one.content | answer.content) if both else 0.0
            if value > share or value == share and best and value and not best.sources:
                best, share = answer, value
        if best is not None and share >= 0.5:
            found += 1
            if one.source:
                sourced += 1
                right += same_speaker(one, best)
    return len(covered & wanted), len(covered), len(wanted), len(gold), found, sourced, right


# Each figure of the table from one document's counts, as common.shown takes it.
FIGURES: dict[str, tuple[Callable[[tuple[int, ...]], tuple[float, ...]], Any]] = {
    "content P": (lambda c: (c[0], c[1]), common.ratio),
    "content R": (lambda c: (c[0], c[2]), common.ratio),
    "content F1": (lambda c: (c[0], c[1], c[2]), common.f1),
    "found": (lambda c: (c[4], c[3]), common.ratio),
    "speaker": (lambda c: (c[6], c[5]), common.ratio),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("tuned", "rest"))
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if not (asked.folder / "text").is_dir():
        print(f"attribution: skipped, there is no PolNeAR part in {asked.folder}")
        return
    every = documents(asked.folder)
    systems: dict[str, Callable[[list[str]], list[Answer]]] = {"bearwitness": ours}
    if not asked.no_peers and (ROOT / ".venv-peers/bin/python").exists():
        for name, label in PEERS.items():
            systems[label] = lambda texts, name=name: peer(name, texts)  # type: ignore[misc]
    elif not asked.no_peers:
        print("rivals skipped: there is no .venv-peers (bench/peers.sh makes it)")
    texts = [document.text for document in every]
    answered = {label: run(texts) for label, run in systems.items()}
    kept = {}
    parts = [("tuned on", True), ("not looked at", False)]
    if asked.part:
        parts = [parts[asked.part == "rest"]]
    for part, chosen in parts:
        at = [k for k, document in enumerate(every) if tuned(document.name) == chosen]
        total = sum(len(every[k].gold) for k in at)
        print(f"\n{part}: {len(at)} documents, {total} attributions")
        print(f"{'':28}" + "".join(f"{name:22}" for name in FIGURES) + "docs/s  failed")
        for label, answers in answered.items():
            counts = [count(every[k].gold, answers[k].spans) for k in at]
            speed = len(at) / sum(answers[k].seconds for k in at)
            failed = sum(answers[k].error for k in at)
            cells = ""
            row: dict[str, Any] = {"documents_a_second": round(speed, 1), "failed": failed}
            names = any(one.sources for answer in answers for one in answer.spans)
            for name, (pick, figure) in FIGURES.items():
                if name == "speaker" and not names:  # this one gives no speaker at all
                    cells += f"{'-':22}"
                    continue
                picked = [pick(c) for c in counts]
                cells += f"{common.shown(picked, figure):22}"
                row[name] = [figure(picked), common.interval(picked, figure)]
            print(f"{label:28}{cells}{speed:6.1f}{failed:8}")
            kept[f"{part}: {label}"] = row
    common.keep(asked.json, "attribution", kept)


if __name__ == "__main__":
    main()
