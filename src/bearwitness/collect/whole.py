"""One item of all that is in a stream."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from bearwitness.collect.item import Item, without_data
from bearwitness.collect.media import media_type
from bearwitness.collect.stream import BLOCK, Stream, Window

if TYPE_CHECKING:
    from bearwitness.collect.setting import Setting

_KEPT = frozenset({"damaged", "digest_mismatch"})
"""Faults that leave bytes worth keeping."""


def whole(window: Window, setting: Setting) -> Item:
    """All that is in ``window`` as one item; past the limit, none of it and a problem that names its size and
    digest. Where it ends early, what there was of it, with a problem that says so."""
    data = window.exactly(setting.limit + 1)
    fault = window.take_fault()
    if len(data) > setting.limit:
        item = too_large(window, setting, data)
    elif fault and (fault.code not in _KEPT or not data):
        item = setting.fault(fault)
    else:
        problems = (setting.problem(*fault),) if fault else ()
        item = Item(
            source=setting.source, data=data, media_type=media_type(data, setting.name), problems=problems
        )
    return msgspec.structs.replace(item, problems=(*item.problems, *setting.problems))


def too_large(stream: Stream, setting: Setting, data: bytes) -> Item:
    """An item for more than the limit. A part of a file is not the file, so none of it is kept; the rest is read
    for its digest, block by block. A stream without end is left where it is."""
    known = f"more than {setting.limit:,} bytes"
    if stream.has_end:
        summed, size = hashlib.sha256(data), len(data)
        while block := stream.read(BLOCK):
            summed.update(block)
            size += len(block)
        known = f"{size:,} bytes, SHA-256 {summed.hexdigest()}"
    sentence = (
        f"{setting.source} is larger than the limit of {setting.limit:,} bytes ({known}); none of it was kept or read. "
        "Split it into reports, or raise the limit."
    )
    return without_data(setting.source, "too_large", sentence)
