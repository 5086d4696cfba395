"""Rows by two columns at once: one statement for many pairs. Naming the pairs in an ``IN`` would read the whole table, and naming
the first column alone all that stands beside each."""

from __future__ import annotations

from functools import cache

from sqlalchemy import TextClause, text


@cache
def paired(of: str, count: int) -> TextClause:
    """The statement that asks for ``count`` pairs; ``of`` has them for {pairs}, each as :first0 and :second0, :first1 and so on."""
    return text(of.format(pairs=", ".join(f"(:first{at}, :second{at})" for at in range(count))))
