"""One run over a folder: what has to be done, done by workers, and put on record."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from summaryparse.batch.cluster import Cluster, DaskPool
from summaryparse.batch.inputs import Inputs
from summaryparse.batch.job import Settings, Task, bytes_of, rules_of, start_worker
from summaryparse.batch.manifest import Entry, Manifest, earlier_entries, opened
from summaryparse.batch.same_names import clashes
from summaryparse.batch.tables import check_tables, write_tables
from summaryparse.batch.target import draft_name, held, remove
from summaryparse.batch.workers import Lost, Pool
from summaryparse.errors import InputError

MOST_JOBS = 60  # Windows waits for 63 things at once, not more


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: `seconds` is the time limit for one input, `force` does again what is done already.

    `tables` are written when all inputs are done, with every input that has an output, also an unchanged one;
    `fields` are the columns of their metrics.
    With a `cluster` the work is done on Dask, and `seconds` is None.
    Parts of the work (`shard`, as it was given to the selection) have records and locks of their own, so that
    several machines can write to one folder.
    """

    inputs: Inputs
    target: str | Path
    settings: Settings
    jobs: int = 0
    seconds: float | None = 120.0
    force: bool = False
    shard: tuple[int, int] | None = None
    tables: tuple[Path, ...] = ()
    fields: tuple[str, ...] | None = None
    cluster: Cluster | None = None

    @property
    def tag(self) -> str:
        """What tells the hidden files and the record of this part from those of others."""
        return "" if self.shard is None else f"-{self.shard[0]}-of-{self.shard[1]}"

    @property
    def record(self) -> Path:
        """Where the record is written."""
        return Path(self.target) / f"manifest{self.tag}.jsonl"

    @property
    def total(self) -> int:
        """How many entries the run gives."""
        return len(self.inputs.names) + len(self.inputs.problems)


def run(plan: Plan) -> Generator[Entry, None, None]:
    """Does all inputs and gives the entry of each as it is finished, when it is on record already.

    Closing the generator, or an exception in it, ends the workers at once and leaves nothing half done; the
    next run goes on from there. Raises RuleError, and OutputError where the target cannot be written or is
    taken.
    """
    target = Path(plan.target)
    check_tables(plan.tables, plan.fields, target)
    rules_digest = rules_of(plan.settings.rules).digest
    failed: set[str] = set()
    pool = pool_of(plan, rules_digest)
    beside = {table.resolve().parent for table in plan.tables}
    with held(target, plan.tag, beside), opened(plan.record, target / draft_name(plan.tag, 0)) as manifest:
        for name, reason in plan.inputs.problems:
            yield recorded(Entry(name, "failed", reason), manifest, target)
        unsafe = clashes(plan.inputs.names, target, plan.tag)
        for name, other in unsafe.items():
            failed.add(name)
            reason = f"its output and that of {other} cannot both be in this folder"
            manifest.add(entry := Entry(name, "failed", reason))
            yield entry
        todo = tasks(plan, manifest, plan.settings.digest(rules_digest), unsafe)
        with closing(pool.answers(todo, len(plan.inputs.names) - len(unsafe))) as answers:
            for task, answer in answers:
                entry = Entry(task.name, "failed", answer.reason) if isinstance(answer, Lost) else answer
                if entry.status == "failed":
                    failed.add(task.name)
                yield recorded(entry, manifest, target)
        manifest.tidy_up()
        if plan.tables:
            outputs = (f"{name}.json" for name in plan.inputs.names if name not in failed)
            write_tables(plan.tables, plan.fields, target, plan.tag, sorted(outputs))


def pool_of(plan: Plan, rules_digest: str) -> Pool[Task, Entry] | DaskPool:
    """What does the tasks: processes of this machine, or a cluster."""
    jobs = plan.jobs or cores()
    if plan.cluster is not None:
        return DaskPool(plan.cluster, plan.settings, rules_digest, jobs, Path(plan.target), plan.tag)
    return Pool(
        partial(start_worker, plan.settings, rules_digest),
        jobs=min(jobs, MOST_JOBS),
        limit=plan.seconds,
        forget=lambda task: remove(Path(task.draft)),
    )


def tasks(plan: Plan, manifest: Manifest, settings_digest: str, left_out: Container[str]) -> Iterator[Task]:
    """What the workers are sent, one input after the other."""
    for number, name in enumerate(plan.inputs.names, 1):
        if name in left_out:
            continue
        output = f"{plan.target}/{name}.json"
        earlier = None if plan.force else manifest.lookup(name)
        if earlier is not None and not may_hold(earlier, output, settings_digest):
            earlier = None
        draft = f"{output.rpartition('/')[0]}/{draft_name(plan.tag, number)}"
        yield Task(name, *plan.inputs.place_of(name), output, draft, earlier)


def may_hold(entry: Entry, output: str, settings_digest: str) -> bool:
    """Whether an earlier output is what a new run would give, if only the input has not changed."""
    if entry.status != "done" or entry.settings != settings_digest:
        return False
    try:
        return Path(output).stat().st_size == entry.output_bytes
    except OSError:
        return False


def recorded(entry: Entry, manifest: Manifest, target: Path) -> Entry:
    """Puts an entry on record; the output of an input that failed now, and did not before, is out of date."""
    if entry.status == "failed":
        earlier = manifest.lookup(entry.input)
        if earlier is not None and earlier.output is not None:
            remove(target / earlier.output)
    if entry.status != "unchanged":
        manifest.add(entry)
    return entry


def forecast(plan: Plan) -> Iterator[Entry]:
    """What a run would do with each input, "done" or "unchanged"; "failed" where that is known beforehand."""
    earlier = {} if plan.force else earlier_entries(plan.record)
    settings_digest = plan.settings.digest(rules_of(plan.settings.rules).digest)
    for name, reason in plan.inputs.problems:
        yield Entry(name, "failed", reason)
    for name in plan.inputs.names:
        entry = earlier.get(name)
        output = f"{name}.json"
        if entry is not None and may_hold(entry, f"{plan.target}/{output}", settings_digest):
            try:
                path, member = plan.inputs.place_of(name)
                content = bytes_of(Path(path), member, plan.settings.max_bytes)
            except InputError as error:
                yield Entry(name, "failed", str(error))
                continue
            if hashlib.sha256(content).hexdigest() == entry.sha256:
                yield Entry(name, "unchanged", output=output)
                continue
        yield Entry(name, "done", output=output)


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
