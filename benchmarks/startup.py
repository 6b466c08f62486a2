"""What a start costs: whole processes, in rounds that run all of them after each other."""

from __future__ import annotations

import compileall
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from figures import Figure
from processes import cost_of, summaryparse
from summaryparse import errors

PART = "start: whole processes"
PACKAGE = Path(errors.__file__).parent
REPORT = 8_000  # characters


def measure(texts: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """Medians of processor time, and their ratios.

    The package is compiled first, as pip compiles what it installs. The command keeps what it has compiled in
    a folder of this run, which its first run fills.
    """
    compileall.compile_dir(PACKAGE, quiet=2)
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
        kept = {"SUMMARYPARSE_CACHE": str(Path(folder, "kept"))}
        for command in commands.values():
            cost_of(command, environment=kept)
        rounds = [
            {name: cost_of(command, environment=kept).seconds for name, command in commands.items()}
            for _ in range(5 if quick else 15)
        ]
        anew = cost_of(commands["extract"], environment={"SUMMARYPARSE_CACHE": ""}).seconds
    middle = {name: median(costs[name] for costs in rounds) for name in commands}
    yield Figure(PART, "python -c pass", 1000 * middle["nothing"], "ms")
    yield Figure(PART, "python -c 'import typer, pydantic, regex, opencc'", 1000 * middle["imports"], "ms")
    yield Figure(PART, f"summaryparse extract, {REPORT:,} characters", 1000 * middle["extract"], "ms")
    yield Figure(PART, "the same where nothing is kept from an earlier run", 1000 * anew, "ms")
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
