"""The work of a run on the workers of a Dask cluster, or on processes of this machine that Dask starts.

Tasks are handed out a window at a time, so ten million of them cost no more memory than a thousand. A task
whose worker dies is tried again, as often as `distributed.scheduler.allowed-failures` says, and once more at
the end when nothing else is under way; if that kills its worker too, it alone is lost. Every attempt writes a
draft of its own, so two attempts at one task cannot mix.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summaryparse import __version__
from summaryparse.batch.job import Settings, Task, do_task, reason_of, rules_of, shown
from summaryparse.batch.manifest import Entry
from summaryparse.batch.target import sweep, write_whole
from summaryparse.batch.workers import Lost
from summaryparse.errors import OutputError, RuleError, SummaryParseError
from summaryparse.rules import RuleSet

if TYPE_CHECKING:
    from distributed import Client, Future

Answer = tuple[Entry, bytes | None]
INSTALL = "pip install 'summaryparse[dask]'"
ONE_MORE_ATTEMPT = {"distributed.scheduler.allowed-failures": 1}
AHEAD = 8  # tasks for each thread of a worker, one open and the others on their way
KILLED = Lost("its worker process died every time")
LONGEST_WAIT = 10  # seconds for an answer of the scheduler, and for workers to come


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the workers are: at the address of a scheduler, or on this machine without one.

    With `gather` the workers give their results back and this machine writes them; otherwise they write to
    the target themselves, which must be a folder that all of them see under the same name.
    """

    scheduler: str | None = None
    gather: bool = False


class DaskPool:
    """Does tasks as `Pool` does, on Dask."""

    def __init__(
        self, cluster: Cluster, settings: Settings, rules_digest: str, jobs: int, target: Path, tag: str
    ) -> None:
        """`jobs` is the number of processes where there is no scheduler; `target` and `tag` are the run's."""
        self.cluster, self.jobs, self.target, self.tag = cluster, jobs, target, tag
        self.work = partial(
            answer, settings=settings, rules_digest=rules_digest, version=__version__, gather=cluster.gather
        )

    def answers(self, items: Iterator[Task], total: int) -> Generator[tuple[Task, Entry | Lost], None, None]:
        """Every task with its entry or what became of it, as they finish; `total` is their number.

        Closing the generator cancels what is under way. Raises OutputError where no scheduler answers or no
        output can be written, and RuleError where a worker has other rules.
        """
        if not total:
            return
        with ExitStack() as stack:
            client = self.connect(stack)
            try:
                client.wait_for_workers(1, timeout=LONGEST_WAIT)
            except TimeoutError:
                raise OutputError(f"{self.place}: the scheduler has no workers") from None
            try:
                crew = set(client.scheduler_info(n_workers=-1)["workers"])
                yield from self.collect(client, items)
                lost = crew - set(client.scheduler_info(n_workers=-1)["workers"])
            except (OSError, CancelledError) as error:
                reason = " ".join(str(error).split())
                raise OutputError(f"{self.place}: the scheduler went away ({reason})") from None
            if lost:
                sweep(self.target, self.tag)

    def collect(
        self, client: Client, items: Iterator[Task]
    ) -> Generator[tuple[Task, Entry | Lost], None, None]:
        """Keeps the window full and gives what comes out of it."""
        from distributed import as_completed  # noqa: PLC0415 an extra, and slow to import

        open_tasks: dict[Future[Answer], Task] = {}
        suspects: list[Task] = []
        finished = as_completed(loop=client.loop, raise_errors=False)

        def fill(room: int) -> None:
            for task in islice(items, max(room - len(open_tasks), 0)):
                future = self.submit(client, task)
                open_tasks[future] = task
                finished.add(future)

        room = room_of(client)
        fill(room)
        for number, future in enumerate(finished, 1):
            task = open_tasks.pop(future)
            if number % room == 0:  # workers may have come or gone
                room = room_of(client)
            fill(room)
            outcome = self.outcome(task, future)
            if outcome is KILLED:
                suspects.append(task)  # or a neighbour on its worker was to blame
            else:
                yield task, outcome
            future.release()
        for task in suspects:
            for future in as_completed([self.submit(client, task)], loop=client.loop, raise_errors=False):
                yield task, self.outcome(task, future)

    def submit(self, client: Client, task: Task) -> Future[Answer]:
        """The promise of one task's answer."""
        return client.submit(self.work, task, pure=False)

    def outcome(self, task: Task, future: Future[Answer]) -> Entry | Lost:
        """What a finished task gave; raises what ends the whole run.

        Where the answer was on a worker that has died since, this waits until Dask has done the task again.
        """
        from distributed import KilledWorker  # noqa: PLC0415 an extra, and slow to import

        try:
            entry, data = future.result()
        except KilledWorker:
            return KILLED
        except MemoryError:
            return Lost("out of memory")
        except (SummaryParseError, OSError, CancelledError):
            raise
        except Exception as error:  # whatever it is, it is of this task alone
            return Lost(f"Dask gave it up: {type(error).__name__}: {error}")
        return entry if data is None else written(task, entry, data)

    def connect(self, stack: ExitStack) -> Client:
        """A client of the cluster, which is closed with the stack; raises OutputError."""
        try:
            import dask  # noqa: PLC0415 an extra, and slow to import
            from distributed import Client, LocalCluster  # noqa: PLC0415 as above
            from distributed.utils import LoopRunner  # noqa: PLC0415 as above
        except ImportError:
            raise OutputError(f"the Dask engine is not installed: {INSTALL}") from None
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        address: Any = self.cluster.scheduler
        try:
            if address is None:
                stack.enter_context(dask.config.set(ONE_MORE_ATTEMPT))
                address = stack.enter_context(
                    LocalCluster(
                        n_workers=self.jobs,
                        threads_per_worker=1,
                        dashboard_address=":0",
                        silence_logs=logging.CRITICAL,
                    )
                )
            else:
                LoopRunner().run_sync(knock, address)
            client: Client = stack.enter_context(Client(address, timeout=LONGEST_WAIT, set_as_default=False))
        except (OSError, TypeError, ValueError) as error:  # TypeError: TLS without its files
            raise OutputError(f"{self.place}: no Dask scheduler answers ({error})") from None
        return client

    @property
    def place(self) -> str:
        """Where the scheduler is."""
        return "this machine" if self.cluster.scheduler is None else self.cluster.scheduler


async def knock(address: str) -> None:
    """Returns when a scheduler answers; a client that finds none complains for long after it was given up."""
    from distributed import Security  # noqa: PLC0415 an extra, and slow to import
    from distributed.comm.core import connect  # noqa: PLC0415 as above

    arguments = Security().get_connection_args("client")
    comm = await connect(address, timeout=LONGEST_WAIT, **arguments)
    await comm.close()


def room_of(client: Client) -> int:
    """How many tasks may be open at once."""
    threads: dict[str, int] = client.nthreads()
    return AHEAD * max(sum(threads.values()), 1)


def written(task: Task, entry: Entry, data: bytes) -> Entry:
    """The entry of a task whose output this machine has written, or could not."""
    try:
        write_whole(Path(task.output), Path(task.draft), [data])
    except OSError as error:
        return Entry(task.name, "failed", reason_of(error, shown(task.name)), bytes=entry.bytes)
    return entry


def answer(task: Task, settings: Settings, rules_digest: str, version: str, *, gather: bool) -> Answer:
    """What a worker does with a task: its entry, and with `gather` the bytes of the output.

    Raises OutputError where the worker has another version of this package, and RuleError where it has other
    rules.
    """
    if version != __version__:
        raise OutputError(f"a worker has summaryparse {__version__}, and this machine {version}")
    rules = known_rules(settings, rules_digest)
    if not gather:
        return do_task(with_own_draft(task), settings, rules), None
    kept: list[bytes] = []
    entry = do_task(task, settings, rules, write=lambda _output, _draft, data: kept.append(b"".join(data)))
    return entry, kept[0] if kept else None


@cache
def known_rules(settings: Settings, rules_digest: str) -> RuleSet:
    """The rules, loaded once in a worker; raises RuleError if they are not those of the run."""
    rules = rules_of(settings.rules)
    if rules.digest != rules_digest:
        raise RuleError(["a worker has other rule files than this machine"])
    return rules


def with_own_draft(task: Task) -> Task:
    """The task with a draft that no other attempt writes, on this machine or another where a process has the
    same number; its name still has two numbers, see `is_draft`."""
    return task._replace(draft=f"{task.draft.removesuffix('.part')}{secrets.randbelow(10**18):018d}.part")
