"""brotli and Zstandard: asked for where a library is there, bounded like gzip, and kept as they came where none is."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import partial
from importlib import import_module

import brotli
import pytest
from containers import Warc, codes, read
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.collect import encodings
from bearwitness.collect.web import Failed
from bearwitness.collect.web.body import Body

AT = "http://coastwire.example/story"
PAGE = b"<html><body><p>Four people were hurt in a fire at a mill.</p></body></html>" * 40
# The tightest setting, which is brotli's own, takes long and gives the reader nothing else to do.
PACK: dict[str, Callable[[bytes], bytes]] = {"br": partial(brotli.compress, quality=5)}
for package in ("compression.zstd", "backports.zstd"):  # one of the standard library, one for older ones
    if importlib.util.find_spec(package.partition(".")[0]) and importlib.util.find_spec(package):
        PACK["zstd"] = import_module(package).compress
NAMES = sorted(PACK)


def fed(encoding: str, data: bytes, size: int, limit: int = 1_000_000) -> bytes | None:
    """What comes of ``data`` in pieces of ``size``."""
    body = Body(AT, encoding, limit)
    for at in range(0, len(data), size):
        body.feed(data[at : at + size])
    assert not body.unknown
    return body.finish()


@pytest.mark.parametrize("name", NAMES)
def test_only_what_can_be_decoded_is_asked_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoding is in Accept-Encoding with its library, and is not without it."""
    assert name in encodings.accepted().split(", ")
    monkeypatch.setattr("bearwitness.collect.encodings.find_spec", lambda _name: None)
    assert encodings.accepted() == "gzip, deflate"
    body = Body(AT, name, 1_000)
    assert body.unknown == name


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=3_000), times=st.integers(1, 60), size=st.integers(1, 5_000))
@settings(max_examples=40, deadline=None)
def test_what_was_packed_comes_out_in_whatever_pieces_it_came(
    name: str, data: bytes, times: int, size: int
) -> None:
    """Of every length, alone or under gzip's name beside it."""
    assert fed(name, PACK[name](data * times), size) == data * times


@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_ends_at_the_limit(name: str) -> None:
    """A few bytes that come to 64 MB are given up soon after the limit, with the code of too large an answer."""
    body = Body(AT, name, 100_000)
    with pytest.raises(Failed) as failed:
        body.feed(PACK[name](bytes(64_000_000)))
    assert failed.value.problem.code == "too_large"


@pytest.mark.parametrize("name", NAMES)
def test_damage_and_an_early_end(name: str) -> None:
    """A stream that stops before its end is not whole, and one that is none is an answer that cannot be used."""
    packed = PACK[name](bytes(range(256)) * 20)
    assert fed(name, packed[:-3], 100) is None
    with pytest.raises(Failed) as failed:
        fed(name, b"<html>no such thing at all</html>" * 3, 10)
    assert failed.value.problem.code == "bad_answer"


@pytest.mark.parametrize("name", NAMES)
def test_records_of_web_archives(name: str) -> None:
    """The page of a record is unpacked, also under gzip; a bomb stays packed, and so does all where no library is there."""
    (item,) = read(Warc().response(PACK[name](PAGE), headers=(("Content-Encoding", name),)).data)
    assert (item.data, codes(item)) == (PAGE, [])
    (item,) = read(Warc().response(PAGE, headers=(("Content-Encoding", name),)).data)
    assert (item.data, codes(item)) == (PAGE, [])  # kept unpacked under the header it came with
    bomb = PACK[name](bytes(3_000_000))
    (item,) = read(Warc().response(bomb, headers=(("Content-Encoding", name),)).data)
    assert (item.data, codes(item)) == (bomb, ["bomb"])


def test_records_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are kept as they are, and the problem says what to install."""
    monkeypatch.setattr("bearwitness.collect.encodings.find_spec", lambda _name: None)
    packed = brotli.compress(bytes(range(256)) * 3)
    (item,) = read(Warc().response(packed, headers=(("Content-Encoding", "br"),)).data)
    assert (item.data, codes(item)) == (packed, ["undecoded"])
    assert "bearwitness[encodings]" in item.problems[0].sentence
