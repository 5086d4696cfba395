"""Text that was written as UTF-8 and once read as cp1252 on its way ("â€™" for "’"): mended only where it is certain.

It is certain where the whole text agrees: every character of it beyond ASCII, taken back to its byte, belongs to good
UTF-8, and there is more than one sign of it, which a text may show as an example.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness.record import Problem

_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # bytes that cp1252 leaves open; readers take them as they are
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)} | {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0x100) if byte not in _UNDEFINED
}
_WIDE = re.compile("[^\x00-\x7f]")
_FOLLOW = "".join(character for character, byte in _BYTES.items() if 0x80 <= byte <= 0xBF)
_LOOKS = re.compile(rf"â€[{re.escape(_FOLLOW)}]|Ã[{re.escape(_FOLLOW)}]|Â[\u00a0£§©«»°·]")
_LOST = re.compile(rf"â€(?![{re.escape(_FOLLOW)}])")
_INSIDE = re.compile(r"[a-z]â€™[a-z]")  # "itâ€™s" is no example of anything
_FEWEST = 2  # signs; a single one may be shown as an example
_SURE = 3  # places that look so, from which on a text that is not mended says so
_SHOWN = 3


class Mended(NamedTuple):
    """``text`` is as it was where it was not mended."""

    text: str
    problems: tuple[Problem, ...] = ()


def mend(text: str, source: str) -> Mended:
    """``text`` as it was before it was read in the wrong encoding, with a problem that says so; a text that looks
    damaged and does not agree throughout stays as it is, with a problem that says that."""
    if text.isascii() or not _LOOKS.search(text):
        return Mended(text)
    whole = _back(text)
    found = _WIDE.findall(whole) if whole is not None else []
    if whole is not None and (len(found) >= _FEWEST or _INSIDE.search(text)):
        shown = ", ".join(f"“{_seen(sign)}” to “{sign}”" for sign in list(dict.fromkeys(found))[:_SHOWN])
        sentence = (
            f"The text was UTF-8 read in the wrong encoding on its way, in {len(found):,} place(s), all "
            f"of which agree; it is mended ({shown}), and places in it count in the mended text."
        )
        return Mended(whole, (Problem(code="mojibake_mended", where=source, sentence=sentence),))
    places = _LOOKS.findall(text)
    if len(places) < _SURE:
        return Mended(text)
    sentence = (
        f"{len(places):,} place(s) look like UTF-8 read in the wrong encoding (“{places[0]}”), but not all of the text "
        "agrees; it is left as it is."
    )
    return Mended(text, (Problem(code="mojibake", where=source, sentence=sentence),))


def _back(text: str) -> str | None:
    """The text whose UTF-8 was read as cp1252, or None if a character or its neighbours do not fit."""
    # What nobody sees is lost on the way: the end of "”" and the hard space of "à" and of itself.
    text = _LOST.sub("â€\x9d", text).replace("Â ", "Â\u00a0").replace("Ã ", "Ã\u00a0")
    if not all(character in _BYTES for character in set(_WIDE.findall(text))):
        return None
    data = bytes(_BYTES[character] if character > "\x7f" else ord(character) for character in text)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _seen(sign: str) -> str:
    """What ``sign`` looks like when its UTF-8 is read as cp1252."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in _UNDEFINED else chr(byte) for byte in sign.encode()
    )
