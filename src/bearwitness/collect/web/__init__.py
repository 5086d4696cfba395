"""The web as a source: polite, bounded, and never led into a private network.

    addresses.py  addresses in one form, or refused
    guard.py      which network addresses may be connected to
    wire.py       connections to the very address that was checked, with what went over them
    body.py       content encodings, undone within bounds
    client.py     one request and its answer
    visitor.py    one address: robots.txt, redirects, waiting, trying again
    hosts.py      manners towards one host
    feeds.py      feeds and sitemaps: the addresses they name
    remote.py     a large file, read as it comes
    warc.py       exchanges as WARC records

Nothing here raises for what a server does: an ``Answer`` holds what came, or the problem that stood in the way.
"""

from __future__ import annotations

from bearwitness.errors import MissingExtra

try:
    from bearwitness.collect.web.addresses import normal
    from bearwitness.collect.web.client import Client, Sent
    from bearwitness.collect.web.feeds import Listing, may_list, read_listing
    from bearwitness.collect.web.remote import Remote
    from bearwitness.collect.web.values import Answer, Exchange, Failed, Known, Limits, Manners
    from bearwitness.collect.web.visitor import Visitor
    from bearwitness.collect.web.warc import Archive
    from bearwitness.collect.web.wire import Connect, Resolve
except ModuleNotFoundError as error:
    if (error.name or "").startswith("bearwitness"):
        raise
    raise MissingExtra(
        f"Fetching from the web needs {error.name}, which is not installed: pip install 'bearwitness[fetch]'"
    ) from error

__all__ = [
    "Answer",
    "Archive",
    "Client",
    "Connect",
    "Exchange",
    "Failed",
    "Known",
    "Limits",
    "Listing",
    "Manners",
    "Remote",
    "Resolve",
    "Sent",
    "Visitor",
    "may_list",
    "normal",
    "read_listing",
]
