"""The web is hostile: a problem or a clear error each time, nothing lost, never a traceback."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bearwitness.record import Capture, digest
from bearwitness.store import Ledger

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""

SENTENCE = "A bomb killed 3 people in Kenema, Sierra Leone, police said. "
DEEP = 60_000
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.bin": (random.Random(1).randbytes(5000), "binary"),
    "archive.txt": (b"PK\x03\x04" + bytes(200), "binary"),
    "deep.html": (b"<html><body>" + b"<div>" * DEEP + SENTENCE.encode() + b"</div>" * DEEP, "too_deep"),
    "unclosed.html": (b"<html><body>" + b"<b><i><table>" * 3000 + SENTENCE.encode(), ""),
    "latin.txt": (("Une bombe à São Paulo. " + SENTENCE).encode("latin-1"), "guessed_encoding"),
    "utf16.txt": (SENTENCE.encode("utf-16"), ""),
    "broken-utf8.txt": (b"\xff\xfe\xfa" + SENTENCE.encode() + b"\xc3\x28\xed\xa0\x80", ""),
    "rtl.txt": (("\u202eemac " + SENTENCE + "قتل ثلاثة أشخاص \x1b[31mred\x1b[0m \x9b2J\x07").encode(), "control_characters"),
    "million.txt": (b"A bomb killed " + b"9" * 1_000_000 + b" people in Kenema, police said.", ""),
    "nulls.txt": (SENTENCE.replace(" p", "\0 p").encode(), "control_characters"),
    "markup.txt": (b"[bold red]A bomb[/bold red] killed [link=x]3 people[/link] in Kenema, police [/] said.", ""),
    "formula.txt": (b'=HYPERLINK("x") killed 3 people in Kenema, the office of @SUM(A1) said.', ""),
    "one-word.txt": (b"a" * 300_000, ""),
    "lines.txt": (b"\n" * 200_000 + SENTENCE.encode(), ""),
}  # fmt: skip
# Nothing a terminal acts on, but for the line ends we print ourselves.
ACTED_ON = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder of hostile files."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name, (data, _) in HOSTILE.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", HOSTILE)
def test_extract(run: Run, hostile: Path, name: str) -> None:
    """extract ends well on each, names the problem, and prints nothing a terminal acts on."""
    ran = run("extract", hostile / name, "--jsonl")
    assert ran.code == 0
    document = json.loads(ran.out)
    problem = HOSTILE[name][1]
    assert not problem or problem in [one["code"] for one in document["problems"]]
    assert not ACTED_ON.search(ran.out)
    shown = run("extract", hostile / name)
    assert shown.code == 0
    assert not ACTED_ON.search(shown.out)


def test_nothing_is_lost(run: Run, hostile: Path, tmp_path: Path) -> None:
    """All together in a ledger: every byte is kept, every report listed, everything verifies and is published."""
    ledger = tmp_path / "ledger"
    assert run("init", ledger).code == 0
    added = run("add", hostile, "--ledger", ledger, "--json").json
    assert added["added"]["new"] == len(HOSTILE)
    assert added["updated"]["readings"] == len(HOSTILE)
    assert "reader_failed" not in added["updated"]["problems"]
    with Ledger.open(ledger, read_only=True) as opened:
        kept = {Path(capture.source).name: opened.data(capture) for capture in opened.records(Capture)}
    assert {name: digest(data) for name, data in kept.items()} == {
        name: digest(data) for name, (data, _) in HOSTILE.items()
    }
    assert run("verify", "--ledger", ledger).code == 0
    assert run("publish", tmp_path / "site", "--ledger", ledger).code == 0
    shown = run("incidents", "--ledger", ledger)
    assert shown.code == 0
    assert not ACTED_ON.search(shown.out)
    for row in run("incidents", "--ledger", ledger, "--json").json:
        shown = run("show", row["id"], "--ledger", ledger)
        assert shown.code == 0
        assert not ACTED_ON.search(shown.out)


def test_exports_on_a_terminal(
    run: Run, hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are data and hold what the reports say; shown on a terminal they are made safe."""
    ledger = tmp_path / "ledger"
    run("init", ledger)
    run("add", hostile / "rtl.txt", "--ledger", ledger)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for form in ("csv", "claims", "jsonl", "geojson"):
        ran = run("export", form, "--ledger", ledger)
        assert ran.code == 0
        assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]", ran.out)


@pytest.mark.long
def test_fifty_megabytes(run: Run, tmp_path: Path) -> None:
    """Fifty megabytes of text are kept whole and unread, with a problem, in seconds."""
    huge = tmp_path / "huge.txt"
    huge.write_bytes((SENTENCE.encode() * (50_000_000 // len(SENTENCE) + 1))[:50_000_000])
    document = run("extract", huge, "--jsonl").json
    assert [one["code"] for one in document["problems"]] == ["too_long"]
    ledger = tmp_path / "ledger"
    run("init", ledger)
    assert run("add", huge, "--ledger", ledger).code == 0
    with Ledger.open(ledger, read_only=True) as opened:
        (capture,) = opened.records(Capture)
    assert capture.size == 50_000_000


def test_hostile_names(run: Run, tmp_path: Path) -> None:
    """A file's own name is untrusted too."""
    file = tmp_path / "[bold]\x1b[31mred\n.txt"
    file.write_text(SENTENCE)
    shown = run("extract", file)
    assert shown.code == 0
    assert "[bold]\\x1b[31mred" in shown.out
    gone = run("extract", tmp_path / "gone\x1b[31m.txt")
    assert gone.code == 2
    assert not ACTED_ON.search(gone.err)
