"""watch and changes on the command line."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from web_server import Server, page, story

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""

POLITE = ("--allow-host", "127.0.0.1", "--delay", "0")
LATER = (
    "A bomb killed 15 people at mill 3 in Kenema, Sierra Leone, on 4 March 2025, the district hospital said."
)


def test_watch_and_what_changed(run: Run, ledger: Path, tmp_path: Path) -> None:
    """A list with a time, a round, a page edited meanwhile, then gone: told by watch, changes and show."""
    with Server({"/mill": page(story(3))}) as server:
        listed = tmp_path / "sources.txt"
        listed.write_text(f"# Lake Guard\n{server.at('/mill')} 1h\n")
        ran = run("watch", "--list", listed, "--once", *POLITE)
        assert ran.code == 0
        assert "round 1: 1 new. 1 report read, 3 incidents in the ledger. Next: " in ran.out
        assert "1 source, by their last visit: 1 there for the first time." in ran.out
        assert "round 1: 1 not due yet." in run("watch", "--list", listed, "--once", *POLITE).out
        assert run("changes").out == "No page changed, and none was gone.\n"
        edited = (
            f"<html><body><article><h1>Bomb at mill 3 kills 15</h1><p>{LATER}</p></article></body></html>"
        )
        for said in (page(edited), page("", "410 Gone")):
            server.says["/mill"] = said
            time.sleep(1.1)  # times are whole seconds, and what came within one has no order
            run("fetch", server.at("/mill"), *POLITE)
        shown = run("changes", server.at("/mill")).out
        address = server.at("/mill")
    assert "2 editions, last seen" in shown
    assert "; no longer online since" in shown
    assert "− Police accused the Northern Column." in shown
    assert f"+ {LATER}" in " ".join(shown.split())
    assert "killed: 4 people → 15 people, district hospital" in shown
    assert "perpetrator denies: Northern Column" in shown
    assert address in run("changes").out
    (listing,) = run("changes", "--json").json
    assert [spell["state"] for spell in listing["spells"]] == ["online", "gone"]
    told = run("changes", listing["editions"][0]["report"][:12], "--json").json
    assert [(before["low"], after["low"]) for before, after in told["steps"][0]["changed"]] == [(4, 15)]
    incident = told["steps"][0]["changed"][0][0]["mention"].replace("m", "i", 1)
    words = " ".join(run("show", incident).out.split())
    assert "No longer said by their pages" in words
    assert "It now says 15 people." in words
    assert "The page of 127.0.0.1 was no longer online." in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["watch"], "nothing to watch"),
        (["watch", "http://a.example/", "--every", "5s"], "60 seconds"),
        (["watch", "http://a.example/", "--every", "soon"], "90s, 15m, 2h or 1d"),
        (["watch", "--list", "list.txt"], "behind an address"),
        (["changes", "https://coastwire.example/a"], "never fetched"),
        (["changes", "c00"], "begins with c00"),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_mistakes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    """An operator's mistake is code 2 and a line that names it; nothing is asked."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.txt").write_text("http://a.example/ often\n")
    ran = run(*arguments)
    assert ran.code == 2
    assert words in " ".join(ran.err.split())
