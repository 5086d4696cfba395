"""The neighbours that a key has in sorted lists: one statement for many lists at once, whatever the table."""

from __future__ import annotations

from functools import cache

from sqlalchemy import TextClause, text


@cache
def neighbours(near: str, count: int) -> TextClause:
    """The statement that asks for the neighbours at ``count`` places at once; ``near`` is the part for one place and side, with
    {at}, {side}, {than} and {order}."""
    sides = ((0, "<", "DESC"), (1, ">", "ASC"))
    return text(
        " UNION ALL ".join(
            near.format(at=at, side=side, than=than, order=order)
            for at in range(count)
            for side, than, order in sides
        )
    )
