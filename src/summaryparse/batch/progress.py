"""What a person sees of a run on standard error: a bar on a terminal, else plain lines, and a last line."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from summaryparse.output import write_stderr
from summaryparse.writers.plain import plain

if TYPE_CHECKING:
    from summaryparse.batch.manifest import Entry

EVERY = 10.0  # seconds between two plain lines


@dataclass(slots=True)
class Tally:
    """What a run has done so far."""

    total: int
    begun: float = field(default_factory=time.monotonic)
    by_status: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    metrics: int = 0

    def add(self, entry: Entry) -> None:
        """Counts an entry."""
        self.by_status[entry.status] += 1
        self.reports += entry.reports
        self.metrics += entry.metrics

    @property
    def finished(self) -> int:
        """How many inputs have an entry."""
        return self.by_status.total()

    @property
    def rate(self) -> float:
        """Inputs a second."""
        return self.finished / max(time.monotonic() - self.begun, 1e-6)

    @property
    def remaining(self) -> str:
        """The time that is left, if it goes on like this."""
        return duration((self.total - self.finished) / self.rate) if self.finished else "?"

    def counts(self) -> str:
        """How many of which kind."""
        kinds = ", ".join(f"{self.by_status[kind]:,} {kind}" for kind in ("done", "unchanged", "failed"))
        return f"{self.finished:,} of {self.total:,} inputs: {kinds}"

    def summary(self) -> str:
        """One line for the end."""
        took = time.monotonic() - self.begun
        found = f"{self.reports:,} reports, {self.metrics:,} metrics"
        return f"{self.counts()}; {found}; {duration(took)}, {self.rate:,.1f} a second"


class Show(Protocol):
    """Where entries and remarks are shown."""

    def entry(self, entry: Entry) -> None:
        """Shows that an input is finished, and names it if it failed."""

    def remark(self, message: str) -> None:
        """Shows a line."""


def say(message: str) -> None:
    """One line on standard error, without anything that a terminal would act on."""
    write_stderr(f"summaryparse: {plain(message)}\n")


def complaint(entry: Entry) -> str:
    """The line that names an input that failed."""
    return f"{entry.input}: {entry.error}"


@dataclass(slots=True)
class Lines:
    """Plain lines: each failure, and now and then how far it is; `quiet` leaves the failures."""

    tally: Tally
    quiet: bool
    last: float = field(default_factory=time.monotonic)

    def entry(self, entry: Entry) -> None:
        """Names a failure; tells how far it is if that was not done for a while."""
        if entry.status == "failed":
            say(complaint(entry))
        if not self.quiet and time.monotonic() - self.last > EVERY:
            self.last = time.monotonic()
            say(f"{self.tally.counts()}; {self.tally.rate:,.1f} a second, {self.tally.remaining} left")

    def remark(self, message: str) -> None:
        """Shows a line."""
        if not self.quiet:
            say(message)


@contextmanager
def shown(tally: Tally, *, quiet: bool) -> Iterator[Show]:
    """Shows a run in the way that suits where standard error goes."""
    terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if quiet or not terminal:
        yield Lines(tally, quiet)
    else:
        from summaryparse.batch.bar import bar  # noqa: PLC0415 rich is loaded only where it is seen

        with bar(tally) as show:
            yield show


def duration(seconds: float) -> str:
    """Seconds, minutes or hours, whichever reads best."""
    if seconds < 100:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 100:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
