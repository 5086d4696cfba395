"""A live blog's entries as its structured data list them (schema.org LiveBlogPosting)."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from bearwitness.read import markup

_LARGEST = 3_000_000  # characters of one script
_DEEPEST = 8
_MOST = 2_000
_NOT_LETTERS = re.compile(r"[\W_]+")
_TAG = re.compile(r"<[a-zA-Z/]")


class Post(NamedTuple):
    """One entry: its title, its lines, when it was published as the page states it, and its address."""

    title: str | None
    lines: tuple[str, ...]
    when: str | None
    address: str


def posts(tree: Any) -> tuple[Post, ...]:
    """The entries that the page's structured data list, in their order."""
    for script in tree.iter("script"):
        words = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or "liveBlogUpdate" not in words:
            continue
        if len(words) > _LARGEST:
            continue
        try:
            data = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
        updates = _updates(data, 0)
        if updates:
            return tuple(_post(update) for update in updates[:_MOST] if isinstance(update, dict))
    return ()


def match(found: tuple[Post, ...], title: str, names: list[str]) -> Post | None:
    """The entry with this title, or whose address ends in one of these names of elements."""
    letters = _letters(title)
    named = {name for name in names if len(name) >= 4}
    for post in found:
        if letters and post.title and _letters(post.title) == letters:
            return post
        if post.address.rpartition("#")[2] in named or post.address.rpartition("=")[2] in named:
            return post
    return None


def _updates(data: Any, depth: int) -> list[Any]:
    """The list of entries, wherever in the data it is."""
    if depth > _DEEPEST:
        return []
    if isinstance(data, dict):
        own = data.get("liveBlogUpdate")
        if isinstance(own, list):
            return own
        data = list(data.values())
    if isinstance(data, list):
        for inner in data[:_MOST]:
            if isinstance(inner, dict | list) and (found := _updates(inner, depth + 1)):
                return found
    return []


def _post(update: dict[str, Any]) -> Post:
    body = _string(update.get("articleBody"))
    lines = markup.strip(body) if _TAG.search(body) else body
    told = (" ".join(line.split()) for line in lines.splitlines())
    return Post(
        title=" ".join(_string(update.get("headline")).split()) or None,
        lines=tuple(line for line in told if line),
        when=_string(update.get("datePublished")) or None,
        address=_string(update.get("url")) or _string(update.get("@id")),
    )


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _letters(words: str) -> str:
    return _NOT_LETTERS.sub("", words).casefold()
