"""How the command line names what failed, and goes on with the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from summaryparse.errors import SummaryParseError

Result = TypeVar("Result")


def complain(message: str) -> None:
    """One line on standard error, without anything that a terminal would act on."""
    from summaryparse.output import write_stderr
    from summaryparse.writers.plain import plain

    write_stderr(f"summaryparse: {plain(message)}\n")


def results(files: Iterable[str], failed: list[str], read: Callable[[str], Result]) -> Iterator[Result]:
    """What a function gives for every file that it can read; the others are named and added to `failed`."""
    for file in files:
        try:
            yield read(file)
        except SummaryParseError as error:
            failed.append(file)
            complain(str(error))
        except Exception as error:
            if sys.flags.dev_mode:  # python -X dev shows where a fault of our own comes from
                raise
            failed.append(file)
            complain(f"{file}: fault of summaryparse, {type(error).__name__}: {error}")
