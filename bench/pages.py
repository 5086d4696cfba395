"""Pages with known articles, and the rivals that read them: what bench/main_text.py and bench/published.py share."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from bearwitness.collect import media_type
from bearwitness.read import read
from bearwitness.record import Capture, Report, digest

ROOT = Path(__file__).parents[1]
PEERS = {"resiliparse": "resiliparse", "newspaper4k": "newspaper"}


class Page(NamedTuple):
    """One page: its name, address, bytes and the gold text of its article."""

    name: str
    url: str
    path: Path
    data: bytes
    gold: str

    @property
    def aside(self) -> bool:
        """Whether the page is in the half set aside: nothing was chosen on it."""
        return int(hashlib.sha256(f"bearwitness/html/{self.name}".encode()).hexdigest(), 16) % 2 == 1


def pages(folder: Path) -> list[Page]:
    """The pages of ``folder``: ``ground-truth.json`` and ``pages/NAME.html.gz``."""
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    found = []
    for name, truth in gold.items():
        path = folder / "pages" / f"{name}.html.gz"
        data = gzip.decompress(path.read_bytes())
        found.append(Page(name, truth["url"], path, data, truth["articleBody"]))
    return found


def reading(data: bytes, source: str) -> Report:
    """bearwitness's report of a page."""
    kind = media_type(data, "page.html")
    return read(data, Capture(sha256=digest(data), size=len(data), source=source, media_type=kind))


def rival(name: str, found: Sequence[Page]) -> Iterator[dict[str, Any]] | None:
    """What a rival answers for each page (see html_peers.py); None where it is not installed."""
    python = ROOT / ".venv-peers/bin/python"
    if not python.exists():
        if find_spec(PEERS[name]) is None:
            return None
        python = Path(sys.executable)
    return _answers([str(python), str(ROOT / "bench/html_peers.py"), name], found)


def _answers(command: list[str], found: Sequence[Page]) -> Iterator[dict[str, Any]]:
    asked = "".join(json.dumps({"path": str(page.path), "url": page.url}) + "\n" for page in found)
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines()[1:]:
        yield json.loads(line)
