"""Feeds and sitemaps: recognised by their content, and the addresses they name.

RSS, Atom, JSON Feed, sitemaps, news sitemaps and indexes of sitemaps are read, gzipped or not. What they hold is
never trusted: no entity is expanded, nothing outside is loaded, and how much is read is bounded.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec
from lxml import etree

from bearwitness.collect.web.addresses import normal
from bearwitness.collect.web.values import Failed
from bearwitness.record import Problem

Kind = Literal["feed", "sitemap", "index"]

MOST = 10_000
"""Entries of one feed or sitemap that are used."""
LARGEST = 50 * 1024 * 1024
"""Bytes of a feed or sitemap after decompression; the sitemap protocol allows no more."""

_SAMPLE = 4_096
_ROOTS: dict[str, Kind] = {
    "rss": "feed",
    "feed": "feed",
    "RDF": "feed",
    "urlset": "sitemap",
    "sitemapindex": "index",
}
_ROOT = re.compile(
    rb"\A(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[[^\]]*\])?\s*>\s*)*"
    rb"<(?:[\w.-]{1,40}:)?(rss|feed|RDF|urlset|sitemapindex)[\s>/]",
    re.DOTALL,
)
_ATOM = "{http://www.w3.org/2005/Atom}"


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed or sitemap names: addresses in normal form, each once, in its own order."""

    kind: Kind
    entries: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Item(msgspec.Struct):
    url: str | None = None
    external_url: str | None = None


class _JsonFeed(msgspec.Struct):
    version: str
    items: list[_Item] = []


def read_listing(data: bytes, address: str) -> Listing | None:
    """What the feed or sitemap ``data``, which was found at ``address``, names; ``None`` if it is neither.

    One that is damaged, or that tries to do harm, gives what could be read of it and the problem ``bad_feed``.
    """
    plain = _unzipped(data)
    if plain is None:
        return None
    head = _head(plain)
    if head[:1] == b"{":
        return _json(plain, address) if b"jsonfeed.org/version" in head.replace(b"\\/", b"/") else None
    root = _ROOT.match(head)
    return _xml(plain, address, _ROOTS[root[1].decode()]) if root else None


def may_list(data: bytes) -> bool:
    """Whether ``data`` may be a feed or a sitemap, from its first bytes; told in no time."""
    head = _head(data)
    return data.startswith(b"\x1f\x8b") or head[:1] == b"{" or _ROOT.match(head) is not None


def _head(data: bytes) -> bytes:
    """The first bytes without the marks of encodings."""
    head = data[:_SAMPLE].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _unzipped(data: bytes) -> bytes | None:
    """``data``, or what is in it if it is gzipped (a sitemap often is); ``None`` if it is damaged or too large."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        stream = zlib.decompressobj(31)
        plain = stream.decompress(data, LARGEST + 1)
    except zlib.error:
        return None
    return plain if len(plain) <= LARGEST else None


def _json(data: bytes, address: str) -> Listing:
    try:
        feed = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_JsonFeed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        problem = _problem(address, f"it is not as JSON Feed has it ({str(error)[:120]})")
        return Listing(kind="feed", problems=(problem,))
    found = ((item.url or item.external_url or "", address) for item in feed.items)
    return _listing("feed", found, address, [])


def _xml(data: bytes, address: str, kind: Kind) -> Listing:
    if b"<!ENTITY" in data.replace(b"\0", b""):
        return Listing(kind=kind, problems=(_problem(address, "it defines entities, as no feed needs to"),))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser, base_url=address)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Listing(kind=kind, problems=(_problem(address, f"it is not XML ({str(error)[:120]})"),))
    if root is None:
        return Listing(kind=kind, problems=(_problem(address, "it is not XML"),))
    problems = []
    if len(parser.error_log):
        fault = " ".join(str(parser.error_log[0].message).split())[:120]
        problems.append(_problem(address, f"it is damaged, so entries may be missing ({fault})"))
    found = _entries(root) if kind == "feed" else _places(root, "url" if kind == "sitemap" else "sitemap")
    return _listing(kind, found, address, problems)


def _listing(kind: Kind, found: Iterable[tuple[str, str]], address: str, problems: list[Problem]) -> Listing:
    """The addresses of ``found`` (as written, with what they are relative to) in normal form, each once."""
    entries: dict[str, None] = {}
    lost: list[str] = []
    for count, (words, base) in enumerate(found):
        if count == MOST:
            problems.append(
                _problem(address, f"it names more than {MOST:,} entries; the rest was not looked at")
            )
            break
        try:
            entries[normal(words, base) if words.strip() else ""] = None
        except Failed as failed:
            lost.append(failed.problem.sentence)
    if "" in entries:
        del entries[""]
        problems.append(_problem(address, "some entries name no address"))
    if lost:
        many = "1 entry" if len(lost) == 1 else f"{len(lost):,} entries"
        problems.append(
            _problem(address, f"{many} cannot be fetched, the first because: {lost[0].removesuffix('.')}")
        )
    return Listing(kind=kind, entries=tuple(entries), problems=tuple(problems))


def _entries(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The link of every item (RSS) or entry (Atom), and what it is relative to."""
    for item in root.iter("{*}item", "{*}entry"):
        yield _link(item)


def _link(item: etree._Element) -> tuple[str, str]:
    spare = ("", "")
    for child in item:
        # Not by QName, which refuses the names that a damaged feed can have.
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        base = child.base or ""
        href = child.get("href", "")
        if name == "link" and href and child.get("rel", "alternate") == "alternate":
            return href, base
        words = (child.text or "").strip()
        if name == "link" and words and not child.tag.startswith(_ATOM):
            return words, base
        linked = name in ("guid", "id") and child.get("isPermaLink", "true") != "false"
        if linked and words.startswith(("http://", "https://")):
            spare = words, base
    return spare


def _places(root: etree._Element, name: str) -> Iterator[tuple[str, str]]:
    """The place (``loc``) of every part of a sitemap."""
    for part in root.iterchildren(f"{{*}}{name}"):
        place = next(part.iterchildren("{*}loc"), None)
        yield ((place.text or "") if place is not None else "", root.base or "")


def _problem(address: str, why: str) -> Problem:
    sentence = f"The feed or sitemap {address} cannot be used in full: {why}."
    return Problem(code="bad_feed", where=address, sentence=sentence)
