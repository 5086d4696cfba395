"""``custody``, ``views``, exports that are noted, and what ``verify`` says of where captures came from."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from calendar_server import Calendar
from web_server import Server, moved, page

from bearwitness import pipeline
from bearwitness.collect.web import Limits
from bearwitness.handling import Export
from bearwitness.record import Capture
from bearwitness.store import Ledger, Looks
from bearwitness.visit import Visit

Run = Callable[..., Any]
"""Runs a command and gives what it printed and its exit code; see the fixture."""

WORDS = "A bomb killed 12 people in Kenema, Sierra Leone, on 3 March 2025, police said."
PAGE = f"<html><head><title>Gate</title></head><body><p>{WORDS}</p><script>alert(1)</script></body></html>"
HOW = pipeline.Fetching(
    allow_hosts=frozenset({"127.0.0.1"}), delay=0, limits=Limits(tries=1, connecting=60.0)
)


def fetched(folder: Path) -> tuple[str, str]:
    """A ledger in ``folder`` of one page that was fetched by way of a redirect: the capture's id and its address."""
    says = {"/old": moved("/gate"), "/gate": page(PAGE, x_served_by="lake-7\x1b[31m")}
    with Ledger.create(folder) as ledger, Server(dict(says)) as server:
        pipeline.fetch(ledger, [server.at("/old")], {"outlet": "Coast Wire"}, HOW)
        pipeline.fetch(ledger, [server.at("/old")], {"outlet": "Coast Wire"}, HOW)
        (capture,) = ledger.records(Capture)
        return capture.id, server.at("/gate")


def test_the_chain_of_custody_of_a_fetched_page(run: Run, tmp_path: Path) -> None:
    """What came, from where, by way of which redirect, with which headers, by which version, what was done with it since,
    and what all that does not prove; nothing in it can move the cursor, and as a page it runs nothing."""
    folder = tmp_path / "cases"
    name, address = fetched(folder)
    assert run("update", "--ledger", folder).code == 0
    assert run("export", "wacz", name, "--out", tmp_path / "gate.wacz", "--ledger", folder).code == 0
    shown = run("custody", name[:10], "--ledger", folder)
    assert shown.code == 0
    for words in (
        f"Chain of custody of {name}",
        f"Source: {address}",
        f"SHA-256: {hashlib.sha256(PAGE.encode()).hexdigest()}",
        "Said by the operator, outlet: Coast Wire",
        "Kept by: bearwitness/",
        "HTTP/1.1 302 Found",
        "Location: /gate",
        "X-Served-By: lake-7\\x1b[31m",
        "(127.0.0.1)",
        "unchanged, status 200",
        "report r",
        "wacz to “gate.wacz” by bearwitness/",
        "It is under none.",
        "Looks at this ledger are not noted",
        "That what the page says is true.",
        "That the clocks were right.",
        "That nothing was missed",
    ):
        assert words in shown.out, words
    assert "\x1b" not in shown.out
    done = run("custody", name, "--html", tmp_path / "gate.html", "--ledger", folder)
    assert (done.code, done.out) == (0, "")
    text = (tmp_path / "gate.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert run("custody", name, "--json", "--ledger", folder).json["What was received"]


def test_custody_tells_of_visits_that_brought_other_bytes(run: Run, tmp_path: Path) -> None:
    """A page that changed, changed back and is gone was visited all the while: the document of each capture says what every
    later visit brought, and none says that there was no visit."""
    other = PAGE.replace("12 people", "14 people")
    folder = tmp_path / "cases"
    with Ledger.create(folder) as ledger, Server() as server:
        for answer in (page(PAGE), page(other), page(PAGE), page("", "410 Gone")):
            server.says["/gate"] = answer
            pipeline.fetch(ledger, [server.at("/gate")], {}, HOW)
        first, second = (capture.id for capture in ledger.records(Capture))
        visits = list(ledger.records(Visit))
    told = run("custody", first, "--json", "--ledger", folder).json["Later visits to the address"]
    words = [str(line) for line in told]
    assert len(words) == 3
    assert f"brought other bytes, kept as capture {second}" in words[0]
    assert "brought these bytes again" in words[1]
    assert "brought no bytes that are kept" in words[2]
    document = run("custody", second, "--json", "--ledger", folder).json
    (other,) = document["Other captures of the same page"]
    assert first in str(other)
    told = document["Later visits to the address"]
    words = [str(line) for line in told]
    assert len(words) == 2
    assert f"brought other bytes, kept as capture {first}" in words[0]
    assert visits[3].id in words[1]


def test_verify_follows_exchanges(run: Run, tmp_path: Path) -> None:
    """Of a fetched page, the exchange gives the very bytes; a visit whose exchange gives others is found, though
    every digest fits."""
    folder = tmp_path / "cases"
    name, _ = fetched(folder)
    run("add", tmp_path / "cases" / "ledger.seal", "--no-update", "--ledger", folder)
    found = run("verify", "--json", "--ledger", folder).json
    assert found["sound"]
    assert found["custody"] == {
        "fetched": 1, "match": 1, "added": 1, "archived": 0, "stamped": 0, "stamps": 0, "proven": 0, "exports": 0,
        "proofs": 0, "anchored": 0,
    }  # fmt: skip
    with Ledger.open(folder) as ledger:
        visit = next(iter(ledger.records(Visit)))
        other = ledger.put(b"other words")
        assert visit.kept is not None
        assert ledger.get(name) is not None
        kept = msgspec.structs.replace(visit.kept, sha256=other, size=11, capture=None)
        ledger.append([msgspec.structs.replace(visit, id="", kept=kept, run="another")])
    wrong = run("verify", "--ledger", folder)
    assert wrong.code == 4
    assert "do not give what was kept of" in wrong.err


def test_exports_are_noted(run: Run, files: Path, tmp_path: Path) -> None:
    """Each export and site is noted with the digest of what was written, and incidents need not be derived anew; not
    with --unrecorded."""
    folder, out = tmp_path / "cases", tmp_path / "out"
    out.mkdir()
    run("init", folder)
    run("add", files, "--ledger", folder)
    printed = run("export", "csv", "--ledger", folder).out
    assert run("export", "claims", "--names", "--out", out / "c.csv", "--ledger", folder).code == 0
    assert run("publish", out / "site", "--ledger", folder).code == 0
    assert run("export", "wacz", "--out", out / "all.wacz", "--ledger", folder).code == 0
    for more in (("export", "jsonl"), ("publish", out / "site")):
        assert run(*more, "--unrecorded", "--ledger", folder).code == 0
    with Ledger.open(folder, read_only=True) as ledger:
        csv, claims, site, wacz = ledger.records(Export)
    assert (csv.form, csv.to, csv.whole, csv.names) == ("csv", "-", True, False)
    assert csv.sha256 == hashlib.sha256(printed.encode()).hexdigest()
    assert (claims.to, claims.names, claims.size) == ("c.csv", True, (out / "c.csv").stat().st_size)
    assert (site.form, site.to) == ("site", "site")
    assert wacz.sha256 == hashlib.sha256((out / "all.wacz").read_bytes()).hexdigest()
    assert zipfile.ZipFile(out / "all.wacz").testzip() is None
    assert "4 exports noted" in run("verify", "--ledger", folder).out
    for wrong, words in (
        (("export", "wacz"), "name it with --out"),
        (("export", "csv", "c123"), "takes no ids"),
        (("export", "wacz", "--out", out / "x.wacz", "zz"), "not an id"),
    ):
        refused = run(*wrong, "--ledger", folder)
        assert (refused.code, words in refused.err) == (2, True), refused.err


def test_views_are_noted_only_where_that_is_wanted(run: Run, files: Path, tmp_path: Path) -> None:
    """Off at first. Once on, each look is a line that ``custody`` tells of; changing or taking out a line is found, and where
    the line cannot be written nothing is shown."""
    folder = tmp_path / "cases"
    run("init", folder)
    run("add", files / "mill.txt", "--ledger", folder)
    with Ledger.open(folder, read_only=True) as ledger:
        name = next(iter(ledger.records(Capture))).id
    run("show", name, "--ledger", folder)
    assert run("views", "--json", "--ledger", folder).json == {"noted": False, "looks": []}
    assert run("views", "--on", "--ledger", folder).code == 0
    for command in ("show", "custody", "show"):
        assert run(command, name, "--ledger", folder).code == 0
    assert [look.command for look in Looks(folder).all()] == ["show", "custody", "show"]
    assert f"custody {name}" in run("custody", name, "--ledger", folder).out
    assert run("verify", "--ledger", folder).code == 0
    path = folder / "ledger.views"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], *lines[2:]]))
    wrong = run("verify", "--ledger", folder)
    assert wrong.code == 4
    assert "Line 2 of" in wrong.err
    path.unlink()
    path.mkdir()
    assert run("show", name, "--ledger", folder).code == 3


def test_a_calendar_is_asked_and_asked_again(run: Run, tmp_path: Path) -> None:
    """What it promised is said to prove nothing yet, by each command that tells of it, until it is completed."""
    folder = tmp_path / "cases"
    run("init", "--ledger", folder)
    (tmp_path / "note.txt").write_text(WORDS)
    run("add", tmp_path / "note.txt", "--no-update", "--ledger", folder)
    with Calendar() as calendar:
        ask = ("timestamp", "--calendar", calendar.address, "--ledger", folder)
        assert run(*ask).code != 0  # it is on loopback
        begun = run(*ask, "--allow-host", "127.0.0.1")
        assert begun.code == 0
        assert "It proves nothing yet." in begun.out
        assert f"--complete --calendar {calendar.address}" in begun.out
        assert "1 pending, which prove nothing yet" in " ".join(run("verify", "--ledger", folder).out.split())
        assert (
            "0 proofs completed, 1 still pending" in run(*ask, "--complete", "--allow-host", "127.0.0.1").out
        )
        calendar.height = 840_001
        done = run(*ask, "--complete", "--allow-host", "127.0.0.1", "--json").json
        assert (done["pending"], done["proofs"][0]["blocks"][0]["height"]) == (0, 840_001)
    assert "1 lead to a block" in " ".join(run("verify", "--ledger", folder).out.split())
    for wrong in ((), ("--calendar", "http://a.example", "--authority", "http://b.example"), ("--complete",)):
        assert run("timestamp", *wrong, "--ledger", folder).code == 2
