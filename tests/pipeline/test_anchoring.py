"""OpenTimestamps proofs: promised by a calendar of our own, completed later, kept, checked, and plain about what they show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from calendar_server import Calendar, written
from hypothesis import given, settings
from hypothesis import strategies as st
from opentimestamps.core.notary import BitcoinBlockHeaderAttestation
from opentimestamps.core.op import OpSHA256
from opentimestamps.core.serialize import BytesDeserializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp
from web_server import Server, moved, page

from bearwitness import anchoring, pipeline
from bearwitness.errors import InputError
from bearwitness.handling import Proof
from bearwitness.record import Capture
from bearwitness.store import Ledger
from bearwitness.store.custody import Custody

LOOPBACK = frozenset({"127.0.0.1"})
SHA256 = "ab" * 32


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of a report that nobody has read."""
    with Ledger.create(tmp_path / "ledger") as made:
        pipeline.add_items(made, [pipeline.item("a.txt", b"A bomb killed 12 people in Kenema.")], {})
        yield made


def custody(ledger: Ledger) -> Custody:
    """How the captures of a sound ledger are vouched for."""
    found = pipeline.verify(ledger.folder)
    assert found.first_wrong is None
    assert "OpenTimestamps" not in " ".join(found.notes)
    return found.custody


def told(ledger: Ledger) -> str:
    """The chain of custody of the ledger's capture."""
    (capture,) = ledger.records(Capture)
    return " ".join(" ".join(pipeline.as_text(pipeline.chain_of_custody(ledger, capture.id))).split())


def test_a_promise_proves_nothing_until_it_is_completed(small: Ledger) -> None:
    """The proof is kept as it stands, said to be pending, asked after again, and then leads to a block, which is told with
    the Merkle root that the block must have; the library itself reads both files, over the list's digest."""
    with Calendar() as calendar:
        first = pipeline.anchor(small, calendar.address, allow_hosts=LOOPBACK)
        assert (first.blocks, first.pending) == ((), (calendar.address,))
        assert "proves nothing yet" in told(small)
        assert (custody(small).proofs, custody(small).anchored) == (1, 0)
        assert pipeline.complete(small, calendar.address, allow_hosts=LOOPBACK) == ([], 1)
        calendar.height = 840_001
        ((second,), left) = pipeline.complete(small, calendar.address, allow_hosts=LOOPBACK)
        assert (left, second.of, second.listed, second.pending) == (0, first.id, first.listed, ())
        assert pipeline.complete(small, calendar.address, allow_hosts=LOOPBACK) == ([], 0)
        sent = [one.body for one in calendar.server.asked if one.path == "/digest"]
    (block,) = second.blocks
    file = DetachedTimestampFile.deserialize(BytesDeserializationContext(small.content(second.proof.sha256)))
    assert file.file_digest.hex() == second.listed.sha256
    (root,) = [
        message
        for message, one in file.timestamp.all_attestations()
        if isinstance(one, BitcoinBlockHeaderAttestation)
    ]
    assert (block.height, bytes.fromhex(block.root)[::-1]) == (840_001, root)
    # The calendar does not learn the digest itself.
    assert len(sent) == 1
    assert sent[0].hex() != first.listed.sha256
    document = told(small)
    assert "before block 840,001" in document
    assert block.root in document
    assert "did not compare it" in document
    assert "proves nothing yet" not in document
    assert (custody(small).proofs, custody(small).anchored) == (1, 1)


def test_what_was_sent_is_not_sent_again(small: Ledger) -> None:
    """A second proof is only of what came since, unless all is asked for."""
    with Calendar() as calendar:
        first = pipeline.anchor(small, calendar.address, allow_hosts=LOOPBACK)
        with pytest.raises(InputError, match="nothing came"):
            pipeline.anchor(small, calendar.address, allow_hosts=LOOPBACK)
        again = pipeline.anchor(small, calendar.address, everything=True, allow_hosts=LOOPBACK)
        pipeline.add_items(small, [pipeline.item("b.txt", b"Three died in Mzuzu.")], {})
        third = pipeline.anchor(small, calendar.address, allow_hosts=LOOPBACK)
    assert (first.after, again.after, third.after) == (0, 0, again.entries)
    assert custody(small).proofs == 3


def test_calendars_are_asked_as_carefully_as_pages_are(small: Ledger) -> None:
    """A private network address is refused unless it was allowed by name, a redirect is not followed, and an answer that is
    too long, broken, of another digest or promises nothing is none; nothing of it is kept."""
    other = Timestamp(bytes(32))
    other.ops.add(OpSHA256()).attestations.add(BitcoinBlockHeaderAttestation(5))
    with Server() as server:
        with pytest.raises(InputError, match="--allow-host"):
            pipeline.anchor(small, server.at(""))
        assert not server.asked
        for answer in (
            moved("/elsewhere"), page("", "500 Internal Server Error"), page(b"\x00" * 20), page(b""),
            page(b"\xff" * 20_000), page(b"\xf0\x01" * 400), page(written(other) + b"\x00"),
        ):  # fmt: skip
            server.says["/digest"] = answer
            with pytest.raises(InputError, match="Nothing was kept"):
                pipeline.anchor(small, server.at(""), allow_hosts=LOOPBACK)
        assert not server.counts["/elsewhere"]
    for address in ("ftp://calendar.example", "http://", "calendar.example"):
        with pytest.raises(InputError, match="calendar"):
            pipeline.anchor(small, address, allow_hosts=LOOPBACK)
    assert not list(small.records(Proof))


def test_only_the_calendar_that_was_named_is_asked_again(small: Ledger) -> None:
    """A proof that is pending at one calendar is not asked after at another, wherever its answer pointed."""
    with Calendar() as calendar, Calendar() as other:
        pipeline.anchor(small, calendar.address, allow_hosts=LOOPBACK)
        calendar.height = other.height = 840_001
        assert pipeline.complete(small, other.address, allow_hosts=LOOPBACK) == ([], 0)
        assert not other.server.asked
        assert [one.path for one in calendar.server.asked] == ["/digest"]


def test_a_proof_that_was_changed_is_found(small: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the journal says of it more than it shows; without the library it is said that nothing was checked."""
    with Calendar() as calendar:
        made = pipeline.anchor(small, calendar.address, allow_hosts=LOOPBACK)
    proof = small.content(made.proof.sha256)
    assert pipeline.verify(small.folder).first_wrong is None
    path = small.captures.path(made.proof.sha256)
    path.chmod(0o644)
    path.write_bytes(proof[:-1] + b"x")
    assert "altered" in (pipeline.verify(small.folder).first_wrong or "")
    path.write_bytes(proof)
    monkeypatch.setattr(
        "bearwitness.anchoring.told", lambda *_: anchoring.Told((anchoring.Block(1, "0" * 64),), ())
    )
    assert "does not show what was noted" in (pipeline.verify(small.folder).first_wrong or "")


# Tags of operations and attestations, and lengths, so that some answers are sound for a stretch.
PARTS = st.sampled_from([b"\xff", b"\x08", b"\x02", b"\x67", b"\xf2", b"\xf3", b"\xf0\x01a", b"\xf1\x02bc", b"\x00",
                         bytes.fromhex("0588960d73d71901") + b"\x01\x05", bytes.fromhex("83dfe30d2ef90c8e") + b"\x08\x07http://", b"\x01"])  # fmt: skip


@given(st.one_of(st.binary(max_size=400), st.lists(PARTS, max_size=20).map(b"".join)))
@settings(max_examples=300, deadline=None)
def test_no_answer_breaks_the_reading_of_proofs(data: bytes) -> None:
    """Any bytes are a proof, or said to be none."""
    begun = anchoring.begin(SHA256)
    try:
        found = anchoring.told(anchoring.answered(begun, data), SHA256)
    except anchoring.Unsound:
        return
    assert all(len(block.root) == 64 for block in found.blocks)
