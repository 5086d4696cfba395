"""Time stamps: had of an authority of our own that runs ``openssl ts``, kept, checked, and refused where they are unsound."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from authority import POLICY, Authority, Keys, openssl
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness import pipeline, timestamping
from bearwitness.errors import InputError
from bearwitness.record import Capture, digest
from bearwitness.store import Ledger
from bearwitness.timestamping.order import in_order

LIMITS = timestamping.Limits(seconds=60.0)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """A certificate authority with a certificate for time stamps, and one that has run out."""
    made = Keys(tmp_path_factory.mktemp("tsa") / "one")
    made.give("stamper")
    made.give("late", days="-1")
    return made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of two reports that nobody has read."""
    with Ledger.create(tmp_path / "ledger") as made:
        items = [pipeline.item(name, b"A bomb killed 12 people in Kenema.") for name in ("a.txt", "b.txt")]
        pipeline.add_items(made, items, {})
        yield made


def verified(ledger: Ledger) -> str | None:
    """What is wrong with the closed ledger, or nothing."""
    ledger.close()
    return pipeline.verify(ledger.folder).first_wrong


def test_a_time_stamp_is_kept_and_openssl_alone_can_check_it(small: Ledger, keys: Keys) -> None:
    """What is sent is one digest; the list and the answer are kept, and the commands of the documentation check them in
    the ledger's folder. What comes later is listed by the next stamp, with the files of the first."""
    with Authority(keys.reply) as authority:
        first = pipeline.timestamp(small, authority.address, roots=keys.ca, limits=LIMITS)
        with pytest.raises(InputError, match="nothing came"):
            pipeline.timestamp(small, authority.address, roots=keys.ca, limits=LIMITS)
        pipeline.add_items(small, [pipeline.item("c.txt", b"Three died in Mzuzu.")], {})
        second = pipeline.timestamp(small, authority.address, roots=keys.ca, limits=LIMITS)
        everything = pipeline.timestamp(
            small, authority.address, roots=keys.ca, everything=True, limits=LIMITS
        )
        assert len(authority.asked) == 3
        assert max(map(len, authority.asked)) < 100
    assert (first.after, first.entries, first.policy, first.signer) == (0, 2, POLICY, "CN=Test stamper")
    assert (second.after, second.entries) == (2, 4)
    assert everything.after == 0
    for made in (first, second, everything):
        listed, reply, roots = (
            f"captures/{part.sha256[:2]}/{part.sha256}" for part in (made.listed, made.reply, made.roots)
        )
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c", listed], cwd=small.folder, check=True)
        openssl(small.folder, "ts", "-verify", "-data", listed, "-in", reply, "-CAfile", roots)
    sha256 = next(small.records(Capture)).sha256
    words = small.content(first.listed.sha256).decode()
    assert words.splitlines() == [
        "# bearwitness digest list 1",
        "# after: 0",
        "# entries: 2",
        f"# head: {first.head}",
        f"{sha256}  captures/{sha256[:2]}/{sha256}",
    ]
    assert first.reply.sha256 in small.content(second.listed.sha256).decode()
    small.close()
    found = pipeline.verify(small.folder)
    assert found.sound
    assert (found.custody.stamps, found.custody.proven, found.custody.stamped) == (3, 3, 3)


def refused(ledger: Ledger, authority: Authority, roots: Path, seconds: float = 60.0) -> str:
    """The words with which the answer of an authority is refused; nothing is kept of it."""
    before = ledger.counts()
    limits = timestamping.Limits(seconds=seconds)
    with authority, pytest.raises(InputError) as caught:
        pipeline.timestamp(ledger, authority.address, roots=roots, limits=limits)
    assert ledger.counts() == before
    return str(caught.value)


def test_unsound_answers_are_refused_with_words(small: Ledger, keys: Keys, tmp_path: Path) -> None:
    """Answers to other requests, for other digests, by certificates that are not trusted, have run out or are for
    another use, refusals, altered ones, and what is no answer at all."""
    other, nonce = timestamping.request(b"something else")
    replayed = keys.reply(other)

    def altered(query: bytes) -> bytes:
        data = bytearray(keys.reply(query))
        data[-10] ^= 1
        return bytes(data)

    def without_nonce(query: bytes) -> bytes:
        listed = small.digest_list(0)
        return keys.reply(timestamping.request(listed)[0])

    assert "over another digest" in refused(small, Authority(lambda query: replayed), keys.ca)
    assert "another request" in refused(small, Authority(without_nonce), keys.ca)
    assert "cannot be trusted" in refused(small, Authority(altered), keys.ca)
    stranger = Keys(tmp_path / "stranger", "Somebody Else")
    assert "cannot be trusted" in refused(small, Authority(keys.reply), stranger.ca)
    assert "cannot be trusted" in refused(small, Authority(lambda query: keys.reply(query, "late")), keys.ca)
    rejected = keys.reply(query_of_sha1(keys))
    assert "is a refusal (status 2" in refused(small, Authority(lambda query: rejected), keys.ca)
    assert "no answer by RFC 3161" in refused(small, Authority(lambda query: b"<html>no</html>"), keys.ca)
    assert "no answer by RFC 3161" in refused(small, Authority(lambda query: b""), keys.ca)
    assert nonce >= 0
    assert verified(small) is None


def query_of_sha1(keys: Keys) -> bytes:
    """A request by a digest that the authority does not take."""
    return openssl(keys.folder, "ts", "-query", "-digest", "00" * 20, "-sha1", "-cert")


def test_authorities_that_do_not_behave(small: Ledger, keys: Keys) -> None:
    """Endless answers, slow ones, errors, redirects and silence end soon, in words."""
    assert "more than 262,144 bytes" in refused(small, Authority(lambda query: bytes(9_000_000)), keys.ca)
    assert "within 0.5 seconds" in refused(small, Authority(keys.reply, drip=0.05), keys.ca, seconds=0.5)
    assert "status 500" in refused(small, Authority(lambda query: b"x", status=500), keys.ca)
    assert "status 302" in refused(small, Authority(lambda query: b"x", status=302), keys.ca)
    for address, words in (
        ("http://127.0.0.1:1025/", "No time stamp was had"),
        ("ftp://lake.example/", "no address of the web"),
        ("http://[", "No time stamp was had|no address of the web"),
        ("", "no address of the web"),
    ):
        with pytest.raises(InputError, match=words):
            pipeline.timestamp(small, address, roots=keys.ca, limits=LIMITS)


def test_certificates_must_be_there(small: Ledger, keys: Keys, tmp_path: Path) -> None:
    """A missing file of certificates, or one that holds none, is said to be so before anything is sent."""
    with Authority(keys.reply) as authority:
        for roots in (tmp_path / "none.pem", keys.folder / "serial"):
            with pytest.raises(InputError, match=roots.name):
                pipeline.timestamp(small, authority.address, roots=roots, limits=LIMITS)
        assert not authority.asked


def test_verify_finds_a_stamp_that_proves_nothing(small: Ledger, keys: Keys, tmp_path: Path) -> None:
    """A stamp put in by hand over another list, or with an answer that is not for its list, is found."""
    with Authority(keys.reply) as authority:
        good = pipeline.timestamp(small, authority.address, roots=keys.ca, limits=LIMITS)
    entries, head = small.head()
    small.append([msgspec.structs.replace(good, id="", after=0, entries=entries, head=head)])
    found = verified(small)
    assert found is not None
    assert "does not follow from the journal" in found


def test_the_order_of_certificates_is_no_matter(keys: Keys) -> None:
    """Some authorities write their certificates in the order of the chain, some in that of DER; both are taken."""
    query, nonce = timestamping.request(b"a list")
    reply = keys.reply(query)
    ordered = in_order(reply)
    assert sorted(ordered) == sorted(reply)
    assert in_order(ordered) == ordered
    for one in (reply, ordered):
        told = timestamping.check(one, digest(b"a list"), keys.ca.read_bytes(), nonce)
        assert told.signer == "CN=Test stamper"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_bytes_are_an_answer_or_unsound(keys: Keys, data: st.DataObject) -> None:
    """Answers with bytes changed, cut off or put in are told of or refused, never anything else."""
    query, _ = timestamping.request(b"a list")
    sound = (keys.folder / "kept").read_bytes() if (keys.folder / "kept").exists() else keys.reply(query)
    (keys.folder / "kept").write_bytes(sound)
    at = data.draw(st.integers(0, len(sound)))
    changed = sound[:at] + data.draw(st.binary(max_size=20)) + sound[data.draw(st.integers(at, len(sound))) :]
    for roots in (keys.ca.read_bytes(), b"no certificates"):
        try:
            timestamping.check(changed, digest(b"a list"), roots)
            timestamping.anchors(changed, roots)
        except timestamping.Unsound:
            continue
