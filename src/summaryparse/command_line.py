"""Command lines that are understood without typer, whose loading takes most of the time of such a run."""

from __future__ import annotations

import os

CONFIG_FILE = "summaryparse.toml"
COMPLETION = "_SUMMARYPARSE_COMPLETE"  # set by a shell that asks how a line goes on
KEEPING = frozenset(("extract", "batch", "evaluate"))  # commands that read rules


def plain_files(arguments: list[str]) -> list[str]:
    """The files of `extract FILE...` without options, typed or configured; none if it is anything else."""
    command, *files = arguments or [""]
    if command != "extract" or any(file.startswith("-") and file != "-" for file in files):
        return []
    # Windows leaves it to the program to find the files that *.txt means
    if os.name == "nt" or COMPLETION in os.environ or os.path.isfile(CONFIG_FILE):  # noqa: PTH113 `pathlib` is slow
        return []
    return files
