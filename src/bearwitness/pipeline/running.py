"""One run of fetching: workers visit, one keeper writes, and what feeds name is taken in."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import TYPE_CHECKING

import msgspec

from bearwitness.collect import web
from bearwitness.record import Capture, Problem
from bearwitness.store import stamp
from bearwitness.visit import Visit

from .frontier import Frontier, Job
from .visiting import Visited, keep

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bearwitness.store import Clock, Ledger

    from .ahead import Ahead
    from .deriving import Progress
    from .fetching import Fetching

BATCH = 32
BATCH_BYTES = 32 * 1024 * 1024
BATCH_SECONDS = 0.25
SPARE = 4
"""Threads beside one for each visit."""
HELD = 16
"""Answers that wait to be kept, beside those under way; each may be large."""
WINDOW = 5_000
"""Addresses that wait at once, so that memory does not grow with the list."""
MOST_FOUND = 100_000
"""Addresses that the feeds and sitemaps of one run may lead to."""
DEEPEST = 3
"""Indexes of sitemaps that may lead to one another."""
CAME = ("new", "changed", "unchanged")
NOTED = 20
REFUSED = 1_000
"""Refused addresses that are told of, beside the other problems; all are journalled."""


Again = Callable[["Visit", Job], bool]
"""Whether an address that a feed or a sitemap names is visited, though it was before: its last visit was this one."""


def only_failed(last: Visit, _job: Job) -> bool:
    """Only where the last visit failed for a reason that may pass."""
    return last.again


class Run:
    """A run on its way. ``outcomes``, ``problems`` (the first of them) and ``more`` say how it went so far, ``refused``
    which addresses are none of the web, ``back`` which pages are there again (the first of them).

    Addresses that are ``resting`` are not visited; what their feeds named at the last visit is, if it never was.
    """

    def __init__(
        self,
        ledger: Ledger,
        given: Mapping[str, str],
        how: Fetching,
        name: str,
        clock: Clock,
        progress: Progress | None,
        resting: Collection[str] = (),
        again: Again = only_failed,
        ahead: Ahead | None = None,
    ) -> None:
        self.outcomes: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.refused: list[Problem] = []
        self.back: list[str] = []
        self._none: list[Problem] = []
        self.more = 0
        self._ledger = ledger
        self._given = given
        self._how = how
        self._name = name
        self._clock = clock
        self._progress = progress
        self._resting = resting
        self._again = again
        self._ahead = ahead
        self._frontier = Frontier(how.per_host)
        self._results: asyncio.Queue[tuple[Job, Visited]] = asyncio.Queue(HELD)
        self._seen: set[str] = set()
        self._waiting: deque[Job] = deque()
        self._open = 0
        self._found = 0

    async def go(self, addresses: Iterable[str], seams: Mapping[str, object]) -> None:
        """Visit all addresses, and what they lead to."""
        # Names that are slow to resolve, each in a thread, must not keep the writer from its own.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self._how.at_once + SPARE))
        for address in addresses:
            self._given_address(address)
        await self._note_refused()
        manners = web.Manners(
            agent=self._how.agent,
            delay=self._how.delay,
            per_host=self._how.per_host,
            allow_hosts=self._how.allow_hosts,
        )
        async with (
            web.Visitor(manners, self._how.limits, self._clock, **seams) as visitor,  # type: ignore[arg-type]
            asyncio.TaskGroup() as tasks,
        ):
            await self._refill()
            for _ in range(self._how.at_once if self._open else 0):
                tasks.create_task(self._work(visitor))
            while self._open:
                await self._keep_batch()
            self._frontier.close()

    def _given_address(self, address: str) -> None:
        """Take in an address of the operator's."""
        try:
            found = web.normal(address)
        except web.Failed as failed:
            found = failed.problem.where
            if found not in self._seen:
                self._none.append(failed.problem)
        if found in self._seen:
            self.outcomes["repeated"] += 1
            return
        self._seen.add(found)
        if not self._none or self._none[-1].where != found:
            self._waiting.append(Job(found, None, listing=self._how.feeds))

    async def _note_refused(self) -> None:
        """Journal a visit of each address that is none, so that no address is lost; again only in another run."""
        for start in range(0, len(self._none), WINDOW):
            problems = {problem.where: problem for problem in self._none[start : start + WINDOW]}
            before = self._ledger.last_visits(problems)
            fresh = [
                Visit(
                    address=where,
                    run=self._name,
                    at=stamp(self._clock),
                    agent=self._how.agent,
                    outcome="failed",
                    final=where,
                    problems=(problem,),
                )
                for where, problem in problems.items()
                if where not in before or before[where].run != self._name
            ]
            await asyncio.to_thread(self._ledger.append, fresh)
            self.outcomes["failed"] += len(fresh)
            self.outcomes["done"] += len(problems) - len(fresh)
            for visit in fresh:
                if len(self.refused) < REFUSED:
                    self.refused.append(visit.problems[0])
                else:
                    self.more += 1

    async def _refill(self) -> None:
        """Give the workers more of what waits, if they have little left."""
        while self._waiting and self._frontier.waiting < WINDOW:
            jobs = [self._waiting.popleft() for _ in range(min(WINDOW, len(self._waiting)))]
            visits = self._ledger.last_visits([job.address for job in jobs])
            for job in jobs:
                await self._take(job, visits.get(job.address))

    async def _take(self, job: Job, last: Visit | None) -> None:
        """Let a job be visited, unless there is no need to."""
        if last is not None and last.run == self._name:
            self.outcomes["done"] += 1
            await self._found_again(job, last)
        elif last is not None and job.address in self._resting and not job.depth:
            self.outcomes["resting"] += 1
            await self._found_again(job, last)
        elif last is not None and job.depth and not job.listing and not self._again(last, job):
            self.outcomes["known"] += 1
        else:
            self._open += 1
            found = (last.kept, last.outcome) if last else (None, "")
            self._frontier.add(job._replace(before=found[0], was=found[1]))

    async def _found_again(self, job: Job, last: Visit) -> None:
        """What a feed or sitemap named when it was read last."""
        if last.kept is not None and last.kept.kind != "page":
            listing = await self._listing(last.kept.sha256, last.final)
            if listing is not None:
                self._follow(job, listing)

    async def _listing(self, sha256: str, address: str) -> web.Listing | None:
        data = await asyncio.to_thread(self._ledger.content, sha256)
        return await asyncio.to_thread(web.read_listing, data, address)

    async def _work(self, visitor: web.Visitor) -> None:
        """One worker: visit after visit."""
        async with aclosing(self._frontier.jobs()) as jobs:
            async for job in jobs:
                before = job.before
                known = (
                    web.Known(final=before.final, etag=before.etag, last_modified=before.last_modified)
                    if before
                    else None
                )
                answer = await visitor.visit(job.address, known)
                await self._results.put((job, await self._look_into(job, answer)))

    async def _look_into(self, job: Job, answer: web.Answer) -> Visited:
        """The answer with what it names, if it is a feed or a sitemap."""
        listing: web.Listing | None = None
        if answer.data is not None:
            if web.may_list(answer.data):
                listing = await asyncio.to_thread(web.read_listing, answer.data, answer.final)
            if listing is None and job.listing:
                sentence = f"{answer.final} is neither a feed nor a sitemap; nothing of it was read."
                problem = Problem(code="bad_feed", where=job.address, sentence=sentence)
                answer = msgspec.structs.replace(answer, data=None, problems=(problem,))
        elif answer.unchanged and job.before is not None and job.before.kind != "page":
            listing = await self._listing(job.before.sha256, answer.final)
        return Visited(answer, job.before, listing)

    async def _keep_batch(self) -> None:
        """Keep what comes in a moment, and let the workers have what it leads to."""
        batch = [await self._results.get()]
        size, until = self._size(batch[0]), asyncio.get_running_loop().time() + BATCH_SECONDS
        while len(batch) < min(BATCH, self._open) and size < BATCH_BYTES:
            left = until - asyncio.get_running_loop().time()
            try:
                if self._results.empty():
                    batch.append(await asyncio.wait_for(self._results.get(), max(0.0, left)))
                else:
                    batch.append(self._results.get_nowait())
            except TimeoutError:
                break
            size += self._size(batch[-1])
        visits = await asyncio.to_thread(self._keep, [visited for _, visited in batch])
        for (job, visited), visit in zip(batch, visits, strict=True):
            self._note(visit.outcome, visit.problems)
            if job.was == "gone" and visit.outcome in CAME and len(self.back) < NOTED:
                self.back.append(visit.address)
            if visited.listing is not None:
                self._follow(job, visited.listing)
        self._open -= len(batch)
        await self._refill()
        if self._progress:
            done = self.outcomes.total()
            self._progress("fetching", done, done + self._open + len(self._waiting))

    def _keep(self, batch: list[Visited]) -> list[Visit]:
        """Keep some visits, and hand on what they brought to those who read."""
        visits = keep(self._ledger, batch, self._given, self._name, self._how.agent, stamp(self._clock))
        if self._ahead is not None:
            came = {
                visit.kept.capture: one.answer.data
                for one, visit in zip(batch, visits, strict=True)
                if visit.kept
                and visit.kept.capture
                and visit.outcome in ("new", "changed")
                and one.answer.data
            }
            captures = self._ledger.get_many(came)
            self._ahead.take([(came[one.id], one) for one in captures.values() if isinstance(one, Capture)])
        return visits

    @staticmethod
    def _size(result: tuple[Job, Visited]) -> int:
        answer = result[1].answer
        return len(answer.data or b"") + sum(len(exchange.received) for exchange in answer.exchanges)

    def _follow(self, job: Job, listing: web.Listing) -> None:
        """Take in what a feed or sitemap names."""
        index = listing.kind == "index"
        if job.depth >= DEEPEST if index else job.depth and not job.listing:
            return  # too many indexes, or a feed that a feed names
        fresh = [entry for entry in listing.entries if entry not in self._seen]
        room = MOST_FOUND - self._found
        if len(fresh) > room:
            sentence = f"{job.address} names more addresses than the {MOST_FOUND:,} that one run looks for."
            self._told((Problem(code="bad_feed", where=job.address, sentence=sentence),))
            fresh = fresh[:room]
        self._found += len(fresh)
        self._seen.update(fresh)
        named = (Job(entry, None, job.depth + 1, listing=index, of=listing.kind) for entry in fresh)
        self._waiting.extend(named)

    def _note(self, outcome: str, problems: Sequence[Problem]) -> None:
        self.outcomes[outcome] += 1
        self._told(problems)

    def _told(self, problems: Sequence[Problem]) -> None:
        room = NOTED - len(self.problems)
        self.problems.extend(problems[:room])
        self.more += max(0, len(problems) - room)
