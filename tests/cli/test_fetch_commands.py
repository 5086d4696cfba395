"""fetch and retry on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from web_server import Server, page, story

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""

POLITE = ("--allow-host", "127.0.0.1", "--delay", "0")


def test_fetch_and_retry(run: Run, ledger: Path, tmp_path: Path) -> None:
    """A list with comments, an address twice and one that fails; retry lists it, mends it, and says when nothing is left."""
    says = {"/busy": page("", "403 Forbidden"), "/one": page(story(1))}
    with Server(says) as server:
        listed = tmp_path / "list.txt"
        listed.write_text(f"# Lake Guard\n\n{server.at('/one')}\n{server.at('/busy')}\n")
        ran = run("fetch", server.at("/one"), "--list", listed, *POLITE, "--outlet", "Coast Wire")
        assert ran.code == 0
        assert "3 addresses: 1 new, 1 failed, 1 given more than once." in ran.out
        assert "http_error" in ran.out
        assert "1 report read. 3 incidents in the ledger." in ran.out
        assert run("retry").out.startswith("0 addresses to try again.")
        assert "/busy was not given: the server answered 403" in run("retry", "--list", "--all").out
        (failed,) = run("retry", "--list", "--all", "--json").json
        assert (failed["outcome"], failed["status"]) == ("failed", 403)
        assert "403" in run("show", failed["id"]).out
        server.says["/busy"] = page(story(2))
        ran = run("retry", "--all", *POLITE, "--json")
        assert ran.json["fetched"]["outcomes"] == {"new": 1}
        assert ran.json["updated"]["readings"] == 1
    assert run("retry", "--list", "--all").out == "0 addresses to try again.\n"
    assert run("verify").code == 0


def test_a_list_on_standard_input(run: Run, ledger: Path) -> None:
    """Addresses may be piped in; without reading, the command to read them is named."""
    with Server({"/one": page(story(1))}) as server:
        ran = run("fetch", "--list", "-", "--no-update", *POLITE, stdin=server.at("/one").encode() + b"\n")
    assert ran.code == 0
    assert ran.out == "1 address: 1 new.\nRead them: bearwitness update\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fetch"], "nothing to fetch"),
        (["fetch", "--list", "gone.txt"], "gone.txt"),
        (["fetch", "http://a.example/", "--contact", "a\nX-Other: b"], "contact"),
        (["fetch", "http://a.example/", "--published", "17.10.2020"], "2020-10-17"),
        (["fetch", "http://a.example/", "--per-host", "0"], "--per-host"),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_mistakes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    """An operator's mistake is code 2 and a line that names it; nothing is asked."""
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code == 2
    assert words in ran.err


@pytest.mark.usefixtures("ledger")
def test_private_addresses_are_refused_with_the_way_out(run: Run) -> None:
    """Loopback is not asked unless allowed by name, and the sentence says how."""
    with Server({"/one": page(story(1))}) as server:
        ran = run("fetch", server.at("/one"), "--delay", "0")
        assert not server.asked
    assert ran.code == 0
    assert "refused_address" in ran.out
    assert "--allow-host 127.0.0.1" in " ".join(ran.out.split())
