"""OpenTimestamps proofs over what is in the ledger: had of a calendar, completed later, and kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from bearwitness import anchoring
from bearwitness.collect import web
from bearwitness.errors import InputError
from bearwitness.handling import Block, File, Proof
from bearwitness.record import digest
from bearwitness.store import now, stamp

from .reading import SOFTWARE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bearwitness.store import Clock, Ledger

_SECONDS = 30.0
_MOST = 100
"""Proofs that are asked after at once."""


class Calendar:
    """A calendar at an address the operator named, asked over the same client as pages are: hosts with private network
    addresses are refused unless they are in ``allow_hosts``, and no redirect is followed."""

    def __init__(
        self,
        address: str,
        allow_hosts: frozenset[str],
        clock: Clock,
        seams: Mapping[str, object] | None = None,
    ) -> None:
        try:
            self.address = web.normal(address).rstrip("/")
        except web.Failed as failed:
            raise InputError(f"calendar: {failed.problem.sentence}") from None
        self._manners = web.Manners(agent=SOFTWARE, delay=0, allow_hosts=allow_hosts)
        self._clock = clock
        self._seams = dict(seams or {})

    def stamp(self, asked: bytes) -> bytes:
        """What it answers to a digest. ``InputError`` says why there is no answer."""
        sent = web.Sent(asked, "application/x-www-form-urlencoded", anchoring.ACCEPT)
        answer = self._ask("/digest", sent)
        if answer.status != 200 or answer.data is None:
            raise self._none(answer)
        return answer.data

    def look(self, sha256: str) -> bytes | None:
        """What it has by now for a digest it was sent; ``None`` if nothing yet."""
        answer = self._ask(f"/timestamp/{sha256}", web.Sent(None, "", anchoring.ACCEPT))
        if answer.status == 404:
            return None
        if answer.status != 200 or answer.data is None:
            raise self._none(answer)
        return answer.data

    def _ask(self, path: str, sent: web.Sent) -> web.Answer:
        async def work() -> web.Answer:
            async with web.Client(self._manners, web.Limits(), self._clock, **self._seams) as client:  # type: ignore[arg-type]
                return await client.ask(
                    web.normal(self.address + path), size=anchoring.LONGEST, seconds=_SECONDS, sent=sent
                )

        return asyncio.run(work())

    def _none(self, answer: web.Answer) -> InputError:
        why = (
            answer.problems[0].sentence
            if answer.problems
            else f"it answered with the status {answer.status}."
        )
        return InputError(f"No OpenTimestamps proof was had of {self.address}: {why} Nothing was kept.")


def anchor(
    ledger: Ledger,
    calendar: str,
    *,
    everything: bool = False,
    allow_hosts: frozenset[str] = frozenset(),
    clock: Clock = now,
) -> Proof:
    """Have ``calendar`` (an address) promise a proof of what came since its last one, or of ``everything``, and keep it.
    ``InputError``, and nothing is kept, if there is nothing new, no answer, or one that is no proof."""
    asked = Calendar(calendar, allow_hosts, clock)
    earlier = [one.entries for one in ledger.records(Proof) if one.calendar == asked.address]
    after = 0 if everything else max(earlier, default=0)
    entries, head = ledger.head()
    if entries <= after or (after and not ledger.grew(after)):
        raise InputError(
            f"nothing came into the ledger since the last proof of {asked.address}; --all has everything sent again"
            if after
            else f"there is nothing in {ledger.folder} to prove: add or fetch something"
        )
    listed = ledger.digest_list(after)
    begun = anchoring.begin(digest(listed))
    at = stamp(clock)
    try:
        proof = anchoring.answered(begun, asked.stamp(begun.asked))
        told = anchoring.told(proof, digest(listed))
    except anchoring.Unsound as fault:
        raise InputError(f"What {asked.address} answered {fault}. Nothing was kept.") from None
    if not told.pending and not told.blocks:
        raise InputError(
            f"What {asked.address} answered promises no proof that is known here. Nothing was kept."
        )
    files = _kept(ledger, listed, proof)
    made = Proof(
        calendar=asked.address, at=at, after=after, entries=entries, head=head, listed=files[0], proof=files[1],
        pending=_addresses(told), blocks=_blocks(told),
    )  # fmt: skip
    ledger.append([made])
    return made


def complete(
    ledger: Ledger, calendar: str, *, allow_hosts: frozenset[str] = frozenset(), clock: Clock = now
) -> tuple[list[Proof], int]:
    """Ask ``calendar`` after all proofs that are pending there: those it completed, which are kept, and how many are
    pending still. ``InputError`` if it gives no answer, or one that belongs to no proof."""
    asked = Calendar(calendar, allow_hosts, clock)
    every = list(ledger.records(Proof))
    replaced = {one.of for one in every}
    made: list[Proof] = []
    left = 0
    for one in [one for one in every if one.id not in replaced][-_MOST:]:
        proof = ledger.content(one.proof.sha256)
        try:
            waiting = [
                part
                for part in anchoring.told(proof, one.listed.sha256).pending
                if _same(part.calendar, asked)
            ]
            if not waiting:
                continue
            for part in waiting:
                reply = asked.look(part.digest)
                proof = anchoring.completed(proof, part, reply) if reply is not None else proof
            told = anchoring.told(proof, one.listed.sha256)
        except anchoring.Unsound as fault:
            raise InputError(
                f"What {asked.address} answered for {one.id} {fault}. It was not kept."
            ) from None
        blocks = _blocks(told)
        if blocks == one.blocks:
            left += 1
            continue
        (file,) = _kept(ledger, proof)
        done = msgspec.structs.replace(
            one, id="", at=stamp(clock), proof=file, pending=_addresses(told), blocks=blocks, of=one.id
        )
        ledger.append([done])
        made.append(done)
    return made, left


def fault_of_proof(made: Proof, proof: bytes) -> str:
    """Why the proof that was kept does not show what was noted of it: the end of a sentence; empty if it does."""
    try:
        told = anchoring.told(proof, made.listed.sha256)
    except anchoring.Unsound as fault:
        return str(fault)
    same = (made.blocks, made.pending) == (_blocks(told), _addresses(told))
    return "" if same else "does not show what was noted of it"


def _same(address: str, asked: Calendar) -> bool:
    try:
        return web.normal(address).rstrip("/") == asked.address
    except web.Failed:
        return False


def _addresses(told: anchoring.Told) -> tuple[str, ...]:
    return tuple(sorted({one.calendar for one in told.pending}))


def _blocks(told: anchoring.Told) -> tuple[Block, ...]:
    return tuple(Block(height=one.height, root=one.root) for one in told.blocks)


def _kept(ledger: Ledger, *parts: bytes) -> list[File]:
    named = zip(ledger.put_many(parts), parts, strict=True)
    return [File(sha256=sha256, size=len(data)) for sha256, data in named]
