"""Checks that pages ask nothing of the network: check_offline.py FOLDER"""

from __future__ import annotations

import re
import sys
from pathlib import Path

# What a browser fetches by itself; a link that a reader may follow is not meant.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\b(?:src|srcset|data)=[\"']?(?:https?:)?//[^\s\"'>]+"
    r"|<link\b(?![^>]*\brel=[\"']?canonical)[^>]*\bhref=[\"']?(?:https?:)?//[^\s\"'>]+",
    re.IGNORECASE,
)
IN_STYLE = re.compile(r"(?:url\(|@import\s+)[\"']?(?:https?:)?//[^\s\"')]+", re.IGNORECASE)


def main(folder: str) -> int:
    """Print every outside request that the pages and styles in ``folder`` would make; 1 if there is one."""
    pages = sorted(Path(folder).rglob("*.html"))
    found = [(page, hit) for page in pages for hit in FETCHED.findall(page.read_text(encoding="utf-8"))]
    styles = [*pages, *sorted(Path(folder).rglob("*.css"))]
    found += [(style, hit) for style in styles for hit in IN_STYLE.findall(style.read_text(encoding="utf-8"))]
    print(f"{len(pages)} pages and {len(styles) - len(pages)} styles ask {len(found)} things of the network")
    for file, hit in found:
        print(f"{file}: {hit}")
    return bool(found) or not pages


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
