"""A flipped bit anywhere in a ledger is found by ``bearwitness verify``, which ends with code 4 and names it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""


FLIPS = 24


def test_flipped_bits(run: Run, ledger: Path) -> None:
    """In the journal, the seal and the captures, wherever the bit is."""
    places = [path for path in sorted(ledger.rglob("*")) if path.is_file() and path.stat().st_size]
    assert {path.name for path in places} >= {"ledger.sqlite", "ledger.seal"}
    rng = random.Random(11)
    for number in range(FLIPS):
        path = places[number % len(places)]
        whole = path.read_bytes()
        at = rng.randrange(len(whole))
        path.chmod(0o644)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1 :])
        ran = run("verify", "--ledger", ledger)
        assert ran.code == 4, (path.name, at, ran)
        assert len(ran.err.strip().splitlines()) == 1
        assert ledger.name in ran.err
        path.write_bytes(whole)
        path.chmod(0o444 if path.parent.parent.name == "captures" else 0o644)
    assert run("verify", "--ledger", ledger).code == 0


def test_a_lost_capture(run: Run, ledger: Path) -> None:
    """A capture file that is gone is named."""
    lost = next(path for path in sorted((ledger / "captures").rglob("*")) if path.is_file())
    lost.unlink()
    ran = run("verify", "--ledger", ledger, "--json")
    assert ran.code == 4
    assert ran.json["sound"] is False
    assert lost.name in ran.json["first_wrong"]


def test_damaged_views_are_mended(run: Run, ledger: Path) -> None:
    """Where only what is derived was changed, rebuild mends it."""
    import sqlite3

    before = run("incidents", "--ledger", ledger, "--json").out
    with sqlite3.connect(ledger / "ledger.sqlite") as connection:
        connection.execute("UPDATE assessment SET killed_best = 999")
    connection.close()
    assert run("verify", "--ledger", ledger).code == 4
    assert run("add", ledger / "ledger.seal", "--ledger", ledger).code == 4
    assert run("rebuild", "--ledger", ledger).code == 0
    assert run("verify", "--ledger", ledger).code == 0
    assert run("incidents", "--ledger", ledger, "--json").out == before
