"""The bar that a terminal shows: how far, how fast, how long yet, how many failures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from summaryparse.batch.manifest import Entry
from summaryparse.batch.progress import Show, Tally, complaint
from summaryparse.writers.plain import plain


@dataclass(slots=True)
class Bar:
    """A bar at the foot of the terminal; failures and remarks scroll above it."""

    progress: Progress
    task: TaskID
    tally: Tally

    def entry(self, entry: Entry) -> None:
        """Moves the bar on; names a failure."""
        if entry.status == "failed":
            self.remark(complaint(entry))
        failed = self.tally.by_status["failed"]
        self.progress.update(
            self.task,
            completed=self.tally.finished,
            rate=f"{self.tally.rate:,.1f}/s",
            left=f"{self.tally.remaining} left",
            failures=f"{failed:,} failed" if failed else "",
        )

    def remark(self, message: str) -> None:
        """Shows a line above the bar."""
        self.progress.console.print(Text(f"summaryparse: {plain(message)}"), soft_wrap=True)


@contextmanager
def bar(tally: Tally) -> Iterator[Show]:
    """A bar on standard error, gone when the block ends."""
    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[left]}"),
        TextColumn("[red]{task.fields[failures]}"),
        console=Console(stderr=True),
        transient=True,
    )
    with progress:
        task = progress.add_task("", total=tally.total, rate="", left="", failures="")
        yield Bar(progress, task, tally)
