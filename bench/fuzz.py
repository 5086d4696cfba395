"""Every parser that is fed with bytes from outside, on sound files changed at random: whether one raises, and the slowest.

    python bench/fuzz.py [--seconds 600] [--seed 1] [PARSER ...]

``--seconds`` are of the processor, for each parser; without a name all of them run, one after the other. Bytes on which a parser raises,
takes longer than ``SLOWEST`` or ends this process are left in the folder of temporary files.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from fuzz_parsers import PARSERS, Parser

SLOWEST = 20.0
"""Seconds of the processor that no input may take."""


def spent() -> float:
    """Seconds of the processor that were used so far, also by processes that this one began and that have ended."""
    return sum(os.times()[:4])


def changed(data: bytes, telling: tuple[bytes, ...], rng: random.Random) -> bytes:
    """The file with one to eight changes: bytes set, taken out, repeated, put in, or all behind cut off."""
    new = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(new) + 1)
        end = min(len(new), at + rng.choice((1, 2, 4, 8, 64, 600)))
        how = rng.randrange(6)
        if how == 0:
            new[at:end] = rng.randbytes(end - at)
        elif how == 1:
            del new[at:end]
        elif how == 2:
            new[at:at] = new[rng.randrange(len(new) + 1) :][: rng.choice((4, 46, 512))]
        elif how == 3:
            new[at:at] = rng.choice(telling)
        elif how == 4:
            new[at : at + 8] = rng.choice(telling)
        else:
            del new[at:]
    return bytes(new)


def fuzz(name: str, parser: Parser, seconds: float, seed: int) -> str:
    """Change and parse until so much of the processor is used; what came of it, in a line. Whatever the parser raises goes on up."""
    rng, sound = random.Random(seed), parser.sound()
    found: Counter[str] = Counter()
    for data in sound:
        parser.parse(data)
    count, slowest, until = 0, 0.0, spent() + seconds
    left = Path(tempfile.gettempdir()) / f"bearwitness-fuzz-{name}-{os.getpid()}.bin"
    with left.open("wb", buffering=0) as at_hand:
        while spent() < until:
            data = changed(rng.choice(sound), parser.telling, rng)
            at_hand.truncate(0)
            os.pwrite(at_hand.fileno(), data, 0)
            began = spent()
            try:
                found.update(parser.parse(data))
                took = spent() - began
                assert took < SLOWEST, f"{took:.0f} s"
            except BaseException:
                print(f"{name}: the bytes are in {left}", file=sys.stderr)
                raise
            slowest = max(slowest, took)
            count += 1
    left.unlink()
    told = ", ".join(f"{code} {many:,}" for code, many in found.most_common())
    return f"{name}: {count:,} inputs, none raised, the slowest took {slowest * 1000:.0f} ms; {told or 'no problems'}"


def main() -> None:
    """Fuzz what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parsers", nargs="*", metavar="PARSER", help=", ".join(PARSERS))
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if strange := sorted(set(options.parsers) - set(PARSERS)):
        parser.error(f"there is no parser {strange[0]}: choose of {', '.join(PARSERS)}")
    for name in options.parsers or PARSERS:
        print(fuzz(name, PARSERS[name], options.seconds, options.seed), flush=True)


if __name__ == "__main__":
    main()
