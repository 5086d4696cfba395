"""What is derived step by step is, byte for byte, what is derived all at once."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness import extract, link, read
from bearwitness.link import again as linking
from bearwitness.link import beside, blocking
from bearwitness.pipeline.again import advance
from bearwitness.pipeline.copying import find_copies
from bearwitness.pipeline.work import _derive
from bearwitness.record import Capture, Claim, Judgement, Mention, Place, Reading, Report, Speaker, digest
from bearwitness.store import Ledger

# Sorland does not exist, nor do its towns.
TOWNS = (
    ("Torvale", 9001, 10.0, 20.0),
    ("Torvale Heights", 9003, 10.04, 20.03),
    ("Minburg", 9002, 12.5, 23.0),
)
SITES = ("the grain market", "the bus station", None, "the mill")
WEAPONS = ("rocket", "mortar", "car bomb")
SPEAKERS = (
    None,
    Speaker(words="police", role="state_authority"),
    Speaker(words="Torvale Central Hospital", role="hospital_morgue"),
)
FILLER = "the road to the river stayed closed and the ferry waited while the clerks counted sacks in the old depot by the gate"


class World:
    """A ledger to which invented reports of a few events are added, one by one."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger = ledger
        self.chance = random.Random(seed)
        self.reports: list[Report] = []
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []
        self.judgements: list[Judgement] = []

    def add(self) -> None:
        """One more report, of one or two events, now and then a copy of one before."""
        chance, number = self.chance, len(self.reports)
        body = ""
        if self.reports and chance.random() < 0.25:
            body = chance.choice(self.reports).text.partition("\n")[2]
        head = f"Outlet {number}\n"
        text = head + body
        if not body:
            text += f"Note {number}: {' '.join(chance.sample(FILLER.split(), 12))}. "
            for _ in range(chance.choice((1, 1, 2))):
                weapon = chance.choice(WEAPONS)
                text += f"A {weapon} attack killed {chance.randrange(1, 6)} people. "
            text += " ".join(chance.sample(FILLER.split(), 20)) + "."
        data = text.encode()
        self.ledger.put(data)
        capture = Capture(
            sha256=digest(data), size=len(data), source=f"{number}.txt", captured_at="2031-11-01T00:00:00Z",
            media_type="text/plain",
        )  # fmt: skip
        report = Report(
            capture=capture.id, reader=read.READER, source=f"{number}.txt", text=text, text_sha256=digest(data),
            outlet=f"Outlet {chance.randrange(3)}", published=f"2031-10-{17 + chance.randrange(4)}", published_basis="given",
        )  # fmt: skip
        self.ledger.append([capture, report])
        self.reports.append(report)
        self.read(report, extract.READER)

    def read(self, report: Report, reader: str) -> None:
        """Read a report for events, maybe otherwise than before."""
        mentions, claims = [], []
        at = report.text.find(" attack killed")
        while at >= 0:
            start = report.text.rindex("A ", 0, at)
            mention, said = self._mention(report, start, at + len(" attack"))
            mentions.append(mention)
            claims.append(said)
            at = report.text.find(" attack killed", at + 1)
        reading = Reading(mentions=tuple(mentions), claims=tuple(claims))
        self.ledger.append_reading(report.id, reader, reading)
        self.mentions += mentions
        self.claims += claims

    def _mention(self, report: Report, start: int, end: int) -> tuple[Mention, Claim]:
        chance, text = self.chance, report.text
        words, number, lat, lon = chance.choice(TOWNS)
        place = Place(
            words=words,
            start=0,
            end=1,
            name=words,
            country="XA",
            lat=lat,
            lon=lon,
            geonameid=number,
            precision="town",
        )
        date = chance.choice(("2031-10-17", "2031-10-17", "2031-10-18", None, "XXXX-10-17", "2031-10"))
        mention = Mention(
            report=report.id, kind=chance.choice(("attack", "attack", "clash", "total")),
            status=chance.choice(("occurred",) * 5 + ("foiled",)), anchor=text[start:end], start=start, end=end, date=date,
            date_basis="explicit" if date else None, place=chance.choice((place, place, None)), country="XA",
            site=chance.choice(SITES), series=chance.choice((None, None, 1, 2)), background=chance.random() < 0.2,
        )  # fmt: skip
        words = text[end + 1 : text.index(" people", end)]
        killed = int(words.split()[-1])
        claim = Claim(
            report=report.id, mention=mention.id, about="killed", stance="asserts", words=words, start=end + 1,
            end=end + 1 + len(words), low=killed, high=killed, whom="people", group="civilian", reader=extract.READER,
            speaker=chance.choice(SPEAKERS),
        )  # fmt: skip
        return mention, claim

    def judge(self) -> None:
        """Somebody judges two mentions, or a claim; now and then what was judged before is judged anew."""
        chance = self.chance
        before = chance.choice(self.judgements) if self.judgements and chance.random() < 0.3 else None
        fields: dict[str, Any] = {
            "by": "reviewer",
            "why": "both were read",
            "at": f"2031-11-02T00:00:{len(self.judgements):02d}Z",
        }
        if before is not None and len(before.subject) == 2:
            verdict: Any = chance.choice(("unsure", "same", "different"))
            made = Judgement(verdict=verdict, subject=before.subject, after=before.id, **fields)
        elif chance.random() < 0.25:
            made = Judgement(
                verdict=chance.choice(("reject", "accept")),
                subject=(chance.choice(self.claims).id,),
                **fields,
            )
        else:
            one, other = chance.sample(sorted({mention.id for mention in self.mentions}), 2)
            verdict = chance.choice(("same", "same", "different", "different", "unsure"))
            made = Judgement(verdict=verdict, subject=tuple(sorted((one, other))), **fields)
        self.ledger.append([made])
        self.judgements.append(made)

    def derived(self) -> list[str]:
        """Every row of what is derived."""
        return [
            *self.ledger.dump_views(),
            *(row for row in self.ledger.dump_links() if row[:9] != '["tangle"'),
        ]

    def check(self) -> None:
        """Derive step by step, then all at once, and compare."""
        find_copies(self.ledger)
        assert advance(self.ledger)
        found = self.derived()
        _derive(self.ledger, None)
        wanted = self.derived()
        assert sorted(set(found) - set(wanted)) == sorted(set(wanted) - set(found)) == []
        assert found == wanted


@contextmanager
def world(seed: int) -> Iterator[World]:
    """An empty one, derived."""
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "ledger") as ledger:
        made = World(ledger, seed)
        _derive(ledger, None)
        yield made


@pytest.fixture(autouse=True, scope="module")
def _near() -> Iterator[None]:
    """Lists so short that places in them matter among a handful of mentions."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (blocking, linking):
            patch.setattr(module, "REACH", 3)
        for module in (beside, link):
            patch.setattr(module, "NEIGHBOURS", 2)
        yield


@pytest.mark.parametrize("examples", [5, pytest.param(12, marks=pytest.mark.long)])
def test_step_by_step_is_all_at_once(examples: int) -> None:
    """Reports, judgements and readings anew, in any order and in batches: nothing differs from deriving everything."""

    @given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from("aaaaajjrc"), min_size=3, max_size=20))
    @settings(max_examples=examples, deadline=None)
    def law(seed: int, steps: list[str]) -> None:
        with world(seed) as made:
            for _ in range(4):
                made.add()
            for step in steps:
                if step == "a":
                    made.add()
                elif step == "j":
                    made.judge()
                elif step == "r":
                    made.read(made.chance.choice(made.reports), "extract/other")
                else:
                    made.check()
            made.check()

    law()
