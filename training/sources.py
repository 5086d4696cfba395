"""The texts of the real reports annotated in ``training/real``, made from the evaluation data, which holds them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linking_sets import ecb_texts


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _titled(title: str | None, body: str) -> str:
    """A body with its headline before it, unless it begins with it."""
    title, body = (title or "").strip(), body.strip() + "\n"
    return body if not title or body.startswith(title) else f"{title}\n\n{body}"


def texts(data: Path) -> dict[str, str]:
    """Text by name of every report of the pools the annotated ones were drawn from."""
    found = {row["id"]: _titled(row["title"], row["text"]) for row in _rows(data / "newswire/pool.jsonl.gz")}
    found |= {
        f"local-{row['doc_id']}": _titled(row["title"], row["text"])
        for row in _rows(data / "gva/docs.jsonl.gz")
    }
    for row in _rows(data / "syria/articles.jsonl.gz"):
        title = (row["article_title"] or "").strip()
        found[f"syria-{row['unit_id']}"] = f"{title}\n\n{row['article_content'].strip()}\n"
    found |= {
        f"muc-{row['id'].lower()}": row["text"].strip() + "\n" for row in _rows(data / "muc/dev.jsonl.gz")
    }
    found |= {
        f"wiki-{row['doc_id']}": row["text"].strip() + "\n" for row in _rows(data / "wikievents/dev.jsonl.gz")
    }
    found |= {text.name: text.words for text in ecb_texts(data / "ecbplus")}
    return found
