"""A reply or a message passed on that is HTML, as the plain text that a mail program would have written beside it.

Finding a page's main text drops what tells an earlier message from the answer: its indentation, the line "Ann wrote:" and
the head of what is passed on. So a message that shows signs of holding another one is written out line by line, what it
quotes behind ">" as plain mail has it, and is then read by the rules of plain mail.
"""

from __future__ import annotations

import re
from typing import Any

from bearwitness.read import markup

_SIGNS = re.compile(
    r"gmail_quote|gmail_attr|\btype\s*=\s*[\"']?cite|divRplyFwdMsg|OutlookMessageHeader|moz-cite-prefix"
    r"|moz-forward-container|yahoo_quoted|protonmail_quote|-{3,}\s*Original Message\s*-{3,}",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"gmail_quote|cite|yahoo_quoted|protonmail_quote", re.IGNORECASE)
_PASSED = frozenset("head title script style noscript template svg".split())
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote section article header footer table tr pre hr br address".split()
)


def written_out(page: str, tree_of: Any) -> str | None:
    """The lines of ``page`` (HTML as characters) with what it quotes behind ">"; None where nothing shows that it holds
    another message, or it cannot be parsed. ``tree_of`` parses it."""
    if not _SIGNS.search(page) or markup.why_not(page):
        return None
    tree = tree_of(page)
    if tree is None:
        return None
    lines: list[str] = []
    line: list[str] = []

    def end(depth: int) -> None:
        words = " ".join("".join(line).split())
        line.clear()
        if words:
            lines.append(f"{'> ' if depth else ''}{words}")

    def walk(element: Any, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag in _PASSED:
            return
        inner = depth + (element.tag == "blockquote" and _is_quoted(element))
        if element.tag in _BLOCKS:
            end(depth)
        line.append(element.text or "")
        for child in element:
            walk(child, inner)
            line.append(child.tail or "")
        if element.tag in _BLOCKS:
            end(inner)

    walk(tree, 0)
    end(0)
    return "\n".join(lines) or None


def _is_quoted(element: Any) -> bool:
    """Whether a block quotation is an earlier message, as mail programs mark it."""
    return bool(_QUOTES.search(f"{element.get('type') or ''} {element.get('class') or ''}"))
