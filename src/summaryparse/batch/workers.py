"""Worker processes that may die: what they finished is kept, and the item that kills them is found out.

A worker holds a chunk of two items at most, one that is open and one that waits, and answers each as it is
done. When it dies, the chunk is tried again in two halves: the waiting item at once, and the one that was
open, now under suspicion, when nothing else is left to do and no other worker is busy, so that memory is all
its own. If its worker dies again, the item stands alone: it is lost, and the caller is told which. Processes
are spawned, never forked, which is the same on every system.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from summaryparse.errors import OutputError, SummaryParseError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

AHEAD = 2
STARTS = 3  # processes in a row that may die before they are ready
OUT_OF_MEMORY = 71


@dataclass(frozen=True, slots=True)
class Lost:
    """Why there is no answer for an item."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stop:
    """What a worker says when no further item can be done."""

    reason: str


@dataclass(slots=True)
class Worker(Generic[Item]):
    """A process, the items that it was given, and when it began with the first of them."""

    process: BaseProcess
    connection: Connection[Any, Any]
    ready: bool = False
    alone: bool = False
    since: float = 0.0
    items: deque[Item] = field(default_factory=deque)


class Pool(Generic[Item, Answer]):
    """Processes that each call `start` once and then the function it gave for every item they are sent."""

    def __init__(
        self,
        start: Callable[[], Callable[[Item], Answer]],
        *,
        jobs: int,
        limit: float | None,
        forget: Callable[[Item], None],
    ) -> None:
        """`limit` is in seconds for an item; `forget` is called for items that a dead worker had open."""
        self.start = start
        self.jobs = jobs
        self.limit = limit
        self.forget = forget
        self.workers: list[Worker[Item]] = []
        self.returned: deque[Item] = deque()
        self.suspects: deque[Item] = deque()
        self.stillborn = 0

    def answers(self, items: Iterator[Item], total: int) -> Generator[tuple[Item, Answer | Lost], None, None]:
        """Every item with its answer or what became of it, as they finish; `total` is their number.

        Closing the generator ends all workers at once. Raises OutputError if a worker says so.
        """
        left = total
        try:
            while left:
                self.hire(min(self.jobs, left))
                self.hand_out(items)
                for outcome in self.collect():
                    left -= 1
                    yield outcome
        finally:
            self.dismiss()

    def hire(self, wanted: int) -> None:
        """Starts processes until there are as many as wanted."""
        while len(self.workers) < wanted:
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, self.start), daemon=True)
            with no_interrupts():
                process.start()
            theirs.close()
            self.workers.append(Worker(process, ours))

    def hand_out(self, items: Iterator[Item]) -> None:
        """Gives workers what they have room for, first one each so that the last items are shared out."""
        for room in range(1, AHEAD + 1):
            for worker in self.workers:
                while worker.ready and not worker.alone and len(worker.items) < room:
                    item = self.returned.popleft() if self.returned else next(items, None)
                    if item is None:
                        break
                    give(worker, item)
        idle = [worker for worker in self.workers if worker.ready]
        if self.suspects and idle and not any(worker.items for worker in self.workers):
            idle[0].alone = True
            give(idle[0], self.suspects.popleft())

    def collect(self) -> Iterator[tuple[Item, Answer | Lost]]:
        """Waits until something happens and tells what is finished by it."""
        heard = wait([worker.connection for worker in self.workers], self.patience())
        for worker in [worker for worker in self.workers if worker.connection in heard]:
            yield from self.hear(worker)
        now = time.monotonic()
        for worker in list(self.workers):
            if self.limit is not None and worker.items and now - worker.since > self.limit:
                item = worker.items[0]
                self.bury(worker)
                yield item, Lost(f"took longer than {self.limit:g} s")

    def patience(self) -> float | None:
        """The seconds until the first time limit is reached."""
        begun = [worker.since for worker in self.workers if worker.items]
        if self.limit is None or not begun:
            return None
        return max(0.0, min(begun) + self.limit - time.monotonic()) + 0.01

    def hear(self, worker: Worker[Item]) -> Iterator[tuple[Item, Answer | Lost]]:
        """Takes in one thing that a worker has sent, or its end."""
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            yield from self.mourn(worker)
            return
        if isinstance(message, Stop):
            raise OutputError(message.reason)
        if not worker.ready:
            worker.ready = True
            self.stillborn = 0
            return
        item = worker.items.popleft()
        worker.alone = False
        worker.since = time.monotonic()
        yield item, message

    def mourn(self, worker: Worker[Item]) -> Iterator[tuple[Item, Lost]]:
        """Deals with a worker that died: the item it had open is suspected, or lost if it was so before."""
        alone = worker.alone
        item = self.bury(worker)
        if not worker.ready:
            self.stillborn += 1
            if self.stillborn >= STARTS:
                raise OutputError(f"worker processes cannot start: {cause(worker.process.exitcode)}")
        if item is None:
            return
        if alone:
            yield item, Lost(f"its worker process died twice: {cause(worker.process.exitcode)}")
        else:
            self.suspects.append(item)

    def bury(self, worker: Worker[Item]) -> Item | None:
        """Makes sure that a process is gone, takes back what it had waiting, and gives what it had open."""
        self.workers.remove(worker)
        end(worker)
        if not worker.items:
            return None
        item = worker.items.popleft()
        self.forget(item)
        self.returned.extendleft(reversed(worker.items))
        return item

    def dismiss(self) -> None:
        """Ends all processes, whatever they are at."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            end(worker)
            for item in worker.items:
                self.forget(item)
        self.workers.clear()


def give(worker: Worker[Item], item: Item) -> None:
    """Sends an item; that the worker is dead shows when it is listened to."""
    if not worker.items:
        worker.since = time.monotonic()
    worker.items.append(item)
    with suppress(OSError):
        worker.connection.send(item)


def end(worker: Worker[Item]) -> None:
    """Kills a process that is not dead yet and waits for its end."""
    worker.process.join(0.05)
    worker.process.kill()
    worker.process.join(1)
    worker.connection.close()


def cause(code: int | None) -> str:
    """What an exit code says of a death."""
    if code == OUT_OF_MEMORY:
        return "out of memory"
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        return f"killed by {name}"
    return f"exit status {code}"


@contextmanager
def no_interrupts() -> Iterator[None]:
    """Keeps Ctrl-C from a process that is being started, where the system can; it is for the parent alone."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(connection: Connection[Any, Any], start: Callable[[], Callable[[Any], Any]]) -> None:
    """The life of a worker: gets ready, then answers items until its parent has no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        work = start()
        connection.send(None)
        while True:
            connection.send(work(connection.recv()))
    except SummaryParseError as error:
        with suppress(OSError):
            connection.send(Stop(str(error)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing more can be trusted here; the parent sees a worker that died
    except (EOFError, OSError):
        return  # the parent is gone or wants nothing more


def end_with_parent() -> None:
    """Ends this process when its parent is gone, even in the middle of an item."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
