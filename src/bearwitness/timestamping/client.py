"""One request to a time-stamp authority over HTTP (RFC 3161, 3.4). No redirect is followed, no proxy asked."""

from __future__ import annotations

import asyncio

import httpx
import msgspec

from bearwitness.errors import InputError

_QUERY = "application/timestamp-query"
_REPLY = "application/timestamp-reply"


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much an authority may take: seconds for all of it, bytes of its answer."""

    seconds: float = 30.0
    size: int = 256 * 1024


def ask(authority: str, request: bytes, agent: str, limits: Limits) -> bytes:
    """What the authority at that address (http or https) answers to ``request``. ``InputError`` says why there is no
    answer; whether it is any good is for ``token.check`` to say."""
    try:
        url = httpx.URL(authority)
    except (httpx.InvalidURL, TypeError, ValueError):
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise InputError(
            f"authority: {authority!r} is no address of the web: it begins with http:// or https://"
        )
    try:
        return asyncio.run(_ask(url, request, agent, limits))
    except TimeoutError:
        raise _none(authority, f"it did not answer in full within {limits.seconds:g} seconds") from None
    except httpx.HTTPError as error:
        raise _none(authority, str(error) or type(error).__name__) from None


async def _ask(url: httpx.URL, request: bytes, agent: str, limits: Limits) -> bytes:
    headers = {"User-Agent": agent, "Content-Type": _QUERY, "Accept": _REPLY, "Accept-Encoding": "identity"}
    async with (
        asyncio.timeout(limits.seconds),
        httpx.AsyncClient(trust_env=False, timeout=limits.seconds) as client,
        client.stream("POST", url, content=request, headers=headers) as answer,
    ):
        if answer.status_code != 200:
            raise _none(str(url), f"it answered with the status {answer.status_code}")
        data = bytearray()
        async for piece in answer.aiter_raw():
            data += piece
            if len(data) > limits.size:
                raise _none(
                    str(url), f"it answered with more than {limits.size:,} bytes, which is no time stamp"
                )
        return bytes(data)


def _none(authority: str, why: str) -> InputError:
    return InputError(
        f"No time stamp was had of {authority}: {why}. Nothing was kept; try again, or another authority."
    )
