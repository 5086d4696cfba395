"""Archives and web archives changed at random, for as long as asked: whether one raises, and the slowest.

usage: PYTHONPATH=tests/collect python bench/fuzz_archives.py [--seconds 600] [--seed 1]

A file that raises is left in the folder of temporary files, and the traceback names the fault.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import json
import lzma
import random
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from containers import PAGE, Warc, all_codes, raw_record, read, squeezed, tarred, zipped

TELLING = (
    b"PK\x05\x06", b"PK\x01\x02", b"\r\n\r\n", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"Content-Length: 99999999999\r\n",
    b"\xff" * 8, bytes(8), b"9" * 12,
)  # fmt: skip
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
)


def sound() -> list[bytes]:
    """One file of each kind, made by the tools that make real ones."""
    warc = Warc().response().data
    digest = "sha256:" + hashlib.sha256(warc).hexdigest()
    package = json.dumps({"resources": [{"path": "archive/d.warc.gz", "hash": digest}]}).encode()
    plain = Warc(packed=False).record("warcinfo", b"x").response()
    plain.response(squeezed(PAGE), headers=(("Content-Encoding", "gzip"),)).record("revisit", b"")
    return [
        plain.data,
        warc,
        raw_record(CHUNKED),
        zipped({"archive/d.warc.gz": warc, "datapackage.json": package}),
        zipped({"a.html": PAGE, "b/c.txt": b"Two hurt in blaze."}),
        zipped({"a": PAGE, "b": b"x" * 50}, zipfile.ZIP_BZIP2),
        tarred({"a": PAGE, "u" * 150: b"Two hurt in blaze."}),
        tarred({"a": PAGE, "ü" * 150: b"Two hurt in blaze."}, tarfile.GNU_FORMAT),
        squeezed(tarred({"a": PAGE})),
        bz2.compress(PAGE),
        lzma.compress(tarred({"a": PAGE})),
    ]


def changed(data: bytes, rng: random.Random) -> bytes:
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
            new[at:at] = rng.choice(TELLING)
        elif how == 4:
            new[at : at + 8] = rng.choice(TELLING)
        else:
            del new[at:]
    return bytes(new)


def main() -> None:
    """Change and read until the time is over."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, files = random.Random(options.seed), sound()
    found: Counter[str] = Counter()
    count, slowest, until = 0, 0.0, time.monotonic() + options.seconds
    while time.monotonic() < until:
        data = changed(rng.choice(files), rng)
        data = squeezed(data) if rng.random() < 0.3 else data
        began = time.process_time()
        try:
            found.update(all_codes(read(data)))
        except BaseException:
            (Path(tempfile.gettempdir()) / "bearwitness-fuzz.bin").write_bytes(data)
            raise
        slowest = max(slowest, time.process_time() - began)
        count += 1
    print(f"{count:,} files, none raised, the slowest took {slowest * 1000:.0f} ms; problems: {dict(found)}")


if __name__ == "__main__":
    main()
