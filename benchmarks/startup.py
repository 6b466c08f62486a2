"""What a start costs: whole processes, in rounds that run all of them after each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from figures import Figure
from processes import cost_of, summaryparse

PART = "start: whole processes"
REPORT = 8_000  # characters


def measure(texts: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """Medians of processor time, and their ratios."""
    with TemporaryDirectory() as folder:
        report = Path(folder, "report.txt")
        report.write_bytes(report_of(texts).encode("utf-8", "replace"))
        commands = {
            "nothing": [sys.executable, "-c", "pass"],
            "imports": [sys.executable, "-c", "import typer, pydantic, regex, opencc"],
            "version": [*summaryparse(), "--version"],
            "help": [*summaryparse(), "--help"],
            "extract": [*summaryparse(), "extract", str(report)],
        }
        for command in commands.values():
            cost_of(command)  # compiles what is not compiled yet
        rounds = [
            {name: cost_of(command).seconds for name, command in commands.items()}
            for _ in range(5 if quick else 15)
        ]
    middle = {name: median(costs[name] for costs in rounds) for name in commands}
    yield Figure(PART, "python -c pass", 1000 * middle["nothing"], "ms")
    yield Figure(PART, "python -c 'import typer, pydantic, regex, opencc'", 1000 * middle["imports"], "ms")
    yield Figure(PART, f"summaryparse extract, {REPORT:,} characters", 1000 * middle["extract"], "ms")
    for what, name, base, most in (
        ("extract against those imports", "extract", "imports", 1.5),
        ("--version against python -c pass", "version", "nothing", 2),
        ("--help against python -c pass", "help", "nothing", 10),
    ):
        ratio = median(costs[name] / costs[base] for costs in rounds)
        yield Figure(PART, what, ratio, "x", at_most=most)


def report_of(texts: Sequence[str]) -> str:
    """A report of that length: the texts joined, as often as it takes."""
    joined = "\n".join(texts)
    return ((joined + "\n") * (REPORT // max(len(joined), 1) + 1))[:REPORT]
