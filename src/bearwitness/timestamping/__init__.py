"""Time stamps by RFC 3161: asking an authority for one, and checking what it gives.

    client.py  the request over HTTP, within bounds
    token.py   what is asked and what is answered, held against certificates; order.py: these put in order

It needs the extra ``timestamp``.
"""

from __future__ import annotations

from bearwitness.errors import MissingExtra

try:
    from bearwitness.timestamping.client import Limits, ask
    from bearwitness.timestamping.token import Told, Unsound, anchors, check, request
except ModuleNotFoundError as error:
    if (error.name or "").startswith("bearwitness"):
        raise
    raise MissingExtra(
        f"Time stamps need {error.name}, which is not installed: pip install 'bearwitness[timestamp]'"
    ) from error

__all__ = ["Limits", "Told", "Unsound", "anchors", "ask", "check", "request"]
