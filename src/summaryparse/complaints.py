"""How the command line names what failed, and goes on with the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from summaryparse.errors import OutputError, SummaryParseError

Result = TypeVar("Result")


def complain(message: str) -> None:
    """One line on standard error, without anything that a terminal would act on."""
    from summaryparse.output import write_stderr
    from summaryparse.writers.plain import plain

    write_stderr(f"summaryparse: {plain(message)}\n")


def tried(file: str, work: Callable[[], Result]) -> Result | None:
    """What the work on a file gives; None where the file makes it fail, and the file is named."""
    try:
        return work()
    except (BrokenPipeError, OutputError):
        raise
    except SummaryParseError as error:
        complain(str(error))
    except Exception as error:
        if sys.flags.dev_mode:  # python -X dev shows where a fault of our own comes from
            raise
        complain(f"{file}: fault of summaryparse, {type(error).__name__}: {error}")
    return None
