"""The compact way of writing annotations by hand: one line an event or claim, turned into the gold form and checked.

usage: python training/compact.py check FILE [--texts DIR]     say what is wrong, line by line
       python training/compact.py convert FILE... [--texts DIR] print the gold form, one JSON object a line

A file holds documents. Each begins with ``=== NAME``; for an invented report its head and text follow::

    === inv-a01
    published: 2024-03-05
    style: wire
    ---
    Headline

    Body of the report.
    ---
    E e1 | attack | occurred | shells hit a market | 2024-03-04 | Monday | Kenema | market | SL
    killed e1 12 - | people | civilian | | district hospital | | killing at least 12 people
    killed e1 3 3 | children | civilian | part | district hospital | | including three children
    perpetrator e1 | Lake Guard | hedged | Northern Column | | accused the Lake Guard
    perpetrator e1 | Lake Guard | denies | Lake Guard | | The Lake Guard denied any involvement
    occurred e1 | | denies | army spokesman | | denied there was any attack

For a real report only the lines of events and claims stand there; its text is read from DIR/NAME.txt.

Event line: ``E id | kind | status | anchor | date | date_words | place | site | country``.
Count line: ``about event low high | whom | group | flags | speaker | speaker_full | quote``; ``-`` is no number.
Other claims: ``about event | value | flags | speaker | speaker_full | quote``.
Flags: any of part, hedged, denies, doubts. An empty field is null. ``\\|`` writes a bar.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

KINDS = {"attack", "clash", "arrest_raid", "abduction", "unrest", "accident", "total", "other"}
STATUSES = {"occurred", "foiled", "disputed"}
COUNTS = ("killed", "injured", "missing", "abducted", "detained")
NAMES = ("perpetrator", "weapon", "target", "occurred")
GROUPS = {"civilian", "combatant", "police", "attacker", "mixed", "unknown"}
LONGEST = 25  # words of a quote
FLAGS = {"part", "hedged", "denies", "doubts"}
DATE = re.compile(
    r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?(/[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?)?(/\.\.)?|\.\./[0-9-]+"
)


class Document(NamedTuple):
    """One annotated document; ``text`` is None for a real report, whose text lies elsewhere."""

    name: str
    head: dict[str, str]
    text: str | None
    annotation: dict[str, Any]
    wrong: list[str]


def documents(path: Path, texts: Path | None = None) -> Iterator[Document]:
    """The documents of a file, each with what is wrong in it."""
    blocks = re.split(r"^=== *", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    for block in blocks:
        name, _, rest = block.partition("\n")
        name = name.strip()
        head: dict[str, str] = {}
        text: str | None = None
        parts = re.split(r"^---[ \t]*\n", rest, flags=re.M)
        if len(parts) >= 3:
            head = {
                k.strip(): v.strip() for k, _, v in (x.partition(":") for x in parts[0].splitlines()) if v
            }
            text = "---\n".join(parts[1:-1]).strip("\n") + "\n"
        annotation, wrong = parse(name, parts[-1])
        known = text
        if known is None and texts is not None:
            source = texts / f"{name}.txt"
            if source.is_file():
                known = source.read_text(encoding="utf-8")
            else:
                wrong.append(f"there is no {source}")
        if known is not None:
            wrong += check(annotation, known)
        yield Document(name, head, text, annotation, wrong)


def fields(line: str) -> list[str | None]:
    """The fields of a line, empty ones as None."""
    return [part.replace(r"\|", "|").strip() or None for part in re.split(r"(?<!\\)\|", line)]


def parse(name: str, lines: str) -> tuple[dict[str, Any], list[str]]:
    """The annotation in the gold form, and what could not be read."""
    events: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    notes: list[str] = []
    wrong: list[str] = []
    for line in lines.splitlines():
        if not line.strip():
            continue
        if line.startswith("#"):
            notes.append(line[1:].strip())
            continue
        got = fields(line)
        first = (got[0] or "").split()
        about = first[0] if first else ""
        if about == "E" and len(got) == 9 and len(first) == 2:
            keys = ("kind", "status", "anchor", "date", "date_words", "place", "site", "country")
            events.append({"id": first[1], **dict(zip(keys, got[1:], strict=True))})
        elif about in COUNTS and len(got) == 7 and len(first) == 4:
            flags = set((got[3] or "").split())
            ends = [None if x == "-" else int(x) if x.isdigit() else x for x in first[2:]]
            wrong += [f"flag {flag}: {line}" for flag in flags - FLAGS]
            claims.append(
                {"event": first[1], "about": about, "low": ends[0], "high": ends[1], "whom": got[1],
                 "group": got[2], "part_of": "part" in flags, **said(flags, got[4:])}
            )  # fmt: skip
        elif about in NAMES and len(got) == 6 and len(first) == 2:
            flags = set((got[2] or "").split())
            wrong += [f"flag {flag}: {line}" for flag in flags - FLAGS]
            claims.append({"event": first[1], "about": about, "value": got[1], **said(flags, got[3:])})
        else:
            wrong.append(f"cannot read ({len(got)} fields): {line}")
    return {"doc": name, "events": events, "claims": claims, "notes": " ".join(notes)}, wrong


def said(flags: set[str], got: list[str | None]) -> dict[str, Any]:
    """Who says it and how."""
    stance = "denies" if "denies" in flags else "doubts" if "doubts" in flags else "asserts"
    return {
        "speaker": got[0],
        "speaker_full": got[1],
        "stance": stance,
        "hedged": "hedged" in flags,
        "quote": got[2],
    }


def check(annotation: dict[str, Any], text: str) -> list[str]:
    """What in an annotation breaks the guidelines' form or is not in the text."""
    wrong = [sentence for event in annotation["events"] for sentence in check_event(event, text)]
    ids = {event["id"] for event in annotation["events"]}
    for number, claim in enumerate(annotation["claims"]):
        where = f"claim {number} ({claim['about']} {claim.get('low', '')} {claim.get('value') or ''})"
        if claim["event"] not in ids:
            wrong.append(f"{where} event {claim['event']}")
        wrong += [f"{where} {sentence}" for sentence in check_claim(claim, text)]
    return wrong


def check_event(event: dict[str, Any], text: str) -> list[str]:
    """What is wrong with one event."""
    tests = (
        ("kind", event["kind"] in KINDS),
        ("status", event["status"] in STATUSES),
        ("date", not event["date"] or bool(DATE.fullmatch(event["date"]))),
        ("country", not event["country"] or bool(re.fullmatch("[A-Z]{2}", event["country"]))),
    )
    wrong = [f"{key} {event[key]}" for key, right in tests if not right]
    wrong += within("anchor", event["anchor"], text, needed=True)
    for key in ("date_words", "place", "site"):
        wrong += within(key, event[key], text)
    return [f"event {event['id']} {sentence}" for sentence in wrong]


def check_claim(claim: dict[str, Any], text: str) -> list[str]:
    """What is wrong with one claim."""
    wrong: list[str] = []
    if claim["about"] in COUNTS:
        wrong += check_number(claim["low"], claim["high"])
        wrong += within("whom", claim["whom"], text)
        if claim["group"] not in GROUPS:
            wrong.append(f"group {claim['group']}")
    else:
        wrong += within("value", claim["value"], text, needed=claim["about"] != "occurred")
    for key in ("speaker", "speaker_full"):
        wrong += within(key, claim[key], text)
    wrong += within("quote", claim["quote"], text, needed=True)
    quote = claim["quote"] or ""
    if len(quote.split()) > LONGEST:
        wrong.append(f"quote of {len(quote.split())} words")
    if claim.get("value") and quote and claim["value"] not in quote:
        wrong.append(f"value {claim['value']!r} not in its quote {quote!r}")
    return wrong


def check_number(low: Any, high: Any) -> list[str]:
    """What is wrong with a range."""
    if isinstance(low, str) or isinstance(high, str):
        return [f"numbers {low} {high}"]
    if low is None and high is None:
        return ["no number"]
    return ["low over high"] if low is not None and high is not None and low > high else []


def within(what: str, words: str | None, text: str, needed: bool = False) -> list[str]:
    """Whether words stand in the text, character for character."""
    if words is None:
        return [f"{what} is missing"] if needed else []
    return [] if words in text else [f"{what} not in text: {words!r}{near(words, text)}"]


def near(words: str, text: str) -> str:
    """A hint where the words stand with other white space or letter case."""
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    match = re.search(pattern, text, re.I)
    return f" (the text has {match.group()!r})" if match else ""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=("check", "convert"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path)
    asked = parser.parse_args()
    bad = seen = claims = 0
    for path in asked.files:
        for document in documents(path, asked.texts):
            seen += 1
            claims += len(document.annotation["claims"])
            bad += len(document.wrong)
            for sentence in document.wrong:
                print(f"{document.name}: {sentence}", file=sys.stderr)
            if asked.action == "convert":
                extra = {} if document.text is None else document.head | {"text": document.text}
                print(json.dumps(extra | document.annotation, ensure_ascii=False))
    print(f"{seen} documents, {claims} claims, {bad} problems", file=sys.stderr)
    if bad:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
