"""Addresses of the web, put into one form, or refused."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import httpx

from bearwitness.collect.web.values import Failed
from bearwitness.record import Problem

LONGEST = 2_000  # characters
_SHOWN = 200
_PORTS = {"http": 80, "https": 443}  # below 1024; others speak other languages than HTTP
_HOST = re.compile(rb"[A-Za-z0-9._-]{1,253}|\[?[0-9A-Fa-f:.]{2,45}\]?")
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
# An address that has its one form already: nothing in it is escaped, in capitals, left out or gone back on.
_SETTLED = re.compile(
    rf"(https?)://((?:{_OCTET}\.){{3}}{_OCTET}|(?:[a-z0-9-]{{1,63}}\.){{0,9}}[a-z][a-z0-9-]{{0,62}})(?::([1-9][0-9]{{3,4}}))?"
    r"(/(?:(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~-]+/)*(?:(?!\.{1,2}\Z)[A-Za-z0-9._~-]+)?)",
    re.ASCII,
)


def normal(address: str, base: str = "") -> str:
    """``address`` in one form: absolute (taken relative to ``base``), lower-case ASCII host, no fragment.

    Raises ``Failed`` (``refused_address``) for what is no address of the web that may be asked.
    """
    text = address.strip()
    if len(text) > LONGEST:
        raise refused(text, f"it is longer than {LONGEST:,} characters")
    if not base and _settled(text):
        return text
    try:
        url = httpx.URL(base).join(text) if base else httpx.URL(text)
        url = url.copy_with(fragment=None) if "#" in text or "#" in base else url
        url = (
            httpx.URL(str(url)) if url.port in _PORTS.values() else url
        )  # a scheme in capitals hides that a port is its own
        host = url.raw_host  # ValueError where a literal address holds letters beyond ASCII
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise refused(text, f"it cannot be read ({error})") from None
    if url.scheme not in ("http", "https"):
        named = base or "://" in text
        raise refused(
            text, "only http and https are fetched" if named else "it does not begin with http:// or https://"
        )
    if not _HOST.fullmatch(host):
        raise refused(text, "it names no host")
    if url.userinfo:
        raise refused(text, "it holds a user name or a password, which would be kept and shown")
    if url.port is not None and url.port not in _PORTS.values() and not 1024 <= url.port < 65536:
        raise refused(text, f"no web server listens on port {url.port}")
    found = _with_path(str(url))
    if len(found) > LONGEST:
        raise refused(text, f"it is longer than {LONGEST:,} characters")
    return found


_USER = re.compile(r"(?<=://)[^/?#\s]*@")


def _settled(address: str) -> re.Match[str] | None:
    """The parts of ``address`` if it is plainly in its one form, as most are; to take it apart for that costs far more."""
    match = _SETTLED.fullmatch(address)
    return match if match is not None and (match[3] is None or 1024 <= int(match[3]) < 65536) else None


class Address(NamedTuple):
    """An address in normal form, taken apart: what is connected to, and what is asked for there. ``netloc`` is the host
    with its port as in the address."""

    scheme: str
    host: str
    port: int
    netloc: bytes
    target: bytes


@lru_cache(maxsize=1_000)
def parts(address: str) -> Address:
    """``address``, which is in normal form, taken apart. One that is visited is asked for its parts several times."""
    if match := _settled(address):
        scheme, host, port, target = match.groups()
        netloc = f"{host}:{port}" if port else host
        return Address(
            scheme, host, int(port or _PORTS[scheme]), netloc.encode("ascii"), target.encode("ascii")
        )
    url = httpx.URL(address)
    host = url.raw_host.decode("ascii").strip("[]")
    return Address(url.scheme, host, url.port or _PORTS[url.scheme], url.netloc, url.raw_path)


def _with_path(address: str) -> str:
    """The address with the slash of an empty path, which nobody need write."""
    scheme, mark, rest = address.partition("://")
    host, query_mark, query = rest.partition("?")
    return address if "/" in host else f"{scheme}{mark}{host}/{query_mark}{query}"


def refused(address: str, why: str) -> Failed:
    """The problem of an address that is not asked at all. It names the address without a user's name and password."""
    shown = _USER.sub("…@", address[:_SHOWN]).encode("utf-8", "replace").decode()
    return Failed(Problem(code="refused_address", where=shown, sentence=f"{shown} was not fetched: {why}."))
