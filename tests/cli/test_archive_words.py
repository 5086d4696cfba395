"""What ``add`` says of web archives, and that nothing printed for a file ends in blanks."""

from __future__ import annotations

from pathlib import Path

import pytest
from containers import Warc
from warcio.statusandheaders import StatusAndHeaders

from bearwitness.cli import run

PAGE = (
    b"<html><head><title>Bomb kills 3 in Kenema</title></head><body><article><h1>Bomb kills 3 in Kenema</h1><p>A bomb killed 3 people "
    b"in Kenema, Sierra Leone, on 3 March 2025, the district hospital said.</p></article></body></html>"
)
ASKED = StatusAndHeaders("GET / HTTP/1.1", [("Host", "coastwire.example")], is_http_request=True)


def test_pages_of_an_archive_are_not_called_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One archive and one file are given: what came is a page out of a web archive and a file, and what the archive tells of the
    exchange is counted; a page that was gone is told of and is none."""
    warc = Warc().record("request", b"", head=ASKED).response(PAGE)
    warc.response(b"Gone.", "https://coastwire.example/gone", status="410 Gone")
    (tmp_path / "crawl.warc.gz").write_bytes(warc.data)
    (tmp_path / "gate.txt").write_text("The harbour of Kenema was quiet all day, the port said.", "utf-8")
    ledger = str(tmp_path / "ledger")
    assert run(["--ledger", ledger, "init"]) == 0
    capsys.readouterr()
    given = [str(tmp_path / name) for name in ("crawl.warc.gz", "gate.txt")]
    assert run(["--ledger", ledger, "add", *given]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 file and 1 page out of web archives added, 0 already there."
    assert lines[1] == "3 requests and answers kept as the web archives tell them."
    assert run(["--ledger", ledger, "changes", "https://coastwire.example/gone"]) == 0
    assert "as a web archive says" in capsys.readouterr().out
    assert run(["--ledger", ledger, "incidents"]) == 0
    shown = capsys.readouterr().out
    assert "Kenema" in shown
    assert all(line == line.rstrip() for line in shown.splitlines())
