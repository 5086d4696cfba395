"""The sets that linking is measured on: reports as our own reader read them, each with the story it tells.

Every set is split in two halves by a digest of what its hard neighbours share (the city of a shooting, the topic, the
city and day), so that reports which could be mixed up stand on one side. Comparers are made on ``develop`` alone.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from common import rows
from readings import Text, readings

from bearwitness.record import COUNTS, Claim, Mention, Reading, Report

HALVES = ("develop", "report")
VIOLENT = (3, 8, 12, 13, 14, 16, 18, 19, 21, 22, 32, 33)
"""Topics of ECB+ in which somebody is killed, hurt, robbed or burned out by another; chosen by their first sentences
before anything was linked. Each tells two stories of one sort."""


class Told(NamedTuple):
    """A report as read: its ``story`` is the gold cluster; ``near`` and ``day`` (ordinal) say which others are hard."""

    name: str
    half: str
    story: str
    near: str
    day: int
    report: Report
    reading: Reading
    outlet: str = ""


def half(key: str) -> str:
    """The half that everything with this key belongs to."""
    return HALVES[int(hashlib.sha256(f"bearwitness/linking/{key}".encode()).hexdigest(), 16) % 2]


def gva(folder: Path) -> Iterator[Told]:
    """Local reports of shootings; the story is the incident, and those of one city are near."""
    incidents = {row["incident_uri"]: row for row in rows(folder / "incidents.jsonl.gz")}
    listed = [row for row in rows(folder / "docs.jsonl.gz") if row["incident_id"] in incidents]
    for row, (report, reading) in zip(listed, readings("gva", map(_local, listed)), strict=True):
        incident = incidents[row["incident_id"]]
        city = f"{incident['city_or_county']}, {incident['state']}"
        day = datetime.strptime(incident["date"], "%B %d, %Y").toordinal()
        yield Told(row["doc_id"], half(city), row["incident_id"], city, day, report, reading)


def _local(row: dict[str, str]) -> Text:
    title, body = (row["title"] or "").strip(), row["text"].strip()
    whole = body if not title or body.startswith(title) else f"{title}\n\n{body}"
    return Text(f"gva-{row['doc_id']}", whole + "\n", row["dct"] or None)


def ecb(folder: Path) -> Iterator[Told]:
    """Reports of the violent topics; the story is one of the two that a topic tells, and the other is near."""
    texts = list(ecb_texts(folder))
    for text, (report, reading) in zip(texts, readings("ecbplus", texts), strict=True):
        _, topic, rest = text.name.split("-")
        story = f"{topic}-{rest.lstrip('0123456789')}"
        yield Told(text.name, half(f"topic {topic}"), story, topic, 0, report, reading)


def ecb_texts(folder: Path) -> Iterator[Text]:
    """The reports of the violent topics, as texts."""
    for topic in VIOLENT:
        for path in sorted((folder / str(topic)).glob("*.xml")):
            found = re.fullmatch(r"\d+_(\d+ecb(?:plus)?)", path.stem)
            if found:
                yield Text(f"ecb-{topic}-{found[1]}", _plain(path))


def _plain(path: Path) -> str:
    """The text of a file of tokens, a line a sentence. Marks and clitics are put back on the word before them."""
    lines: dict[int, list[str]] = {}
    for token in ElementTree.parse(path).getroot().iter("token"):
        lines.setdefault(int(token.get("sentence", 0)), []).append(token.text or "")
    text = "\n".join(" ".join(words) for _, words in sorted(lines.items()))
    text = re.sub(r" (n't|'(?:s|re|ve|ll|d|m)?\b|[.,;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$]) ", r"\1", text).replace("`` ", '"').replace(" ''", '"')
    return re.sub(r"^https?:.*\n", "", text) + "\n"


def syria(folder: Path) -> Iterator[Told]:
    """Reports of the Syrian war. No story is known; reports of one city and day are near."""
    listed = list(rows(folder / "articles.jsonl.gz"))
    for row, (report, reading) in zip(listed, readings("syria", map(_article, listed)), strict=True):
        near = f"{row['location']} {row['date']}"
        day = datetime.strptime(row["date"], "%m/%d/%Y").toordinal()
        yield Told(row["unit_id"], half(near), "", near, day, report, reading, row["source"])


def _article(row: dict[str, str]) -> Text:
    title, body = row["article_title"].strip(), row["article_content"].strip()
    # The text begins with the day and hour of publication and the title, which a page would show above it.
    body = re.sub(r"^\w{3} \d\d \w{3} \d{4}(?: at \d{4})?\s*", "", body).removeprefix(title).lstrip(" .")
    published = datetime.strptime(row["date"], "%m/%d/%Y").date().isoformat()
    return Text(f"syria-{row['unit_id']}", f"{title}\n\n{body}\n", published, row["source"])


def main_mention(reading: Reading) -> Mention | None:
    """The event that a report is about: of those that are no look back and no total, the one with most claims of
    harm, of equal ones the first; of all, if there is no such event."""
    claims = Counter(claim.mention for claim in reading.claims if claim.about in COUNTS)
    own = [event for event in reading.mentions if not event.background and event.kind != "total"]
    events = own or list(reading.mentions)
    return min(events, key=lambda event: (-claims[event.id], event.start, event.id), default=None)


def by_mention(told: list[Told]) -> dict[str, list[Claim]]:
    """All claims, by mention."""
    found: dict[str, list[Claim]] = {}
    for one in told:
        for claim in one.reading.claims:
            found.setdefault(claim.mention, []).append(claim)
    return found
