"""`summaryparse` and `python -m summaryparse`: how a run starts and how it ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from summaryparse._version import __version__
from summaryparse.status import FAILED, INTERRUPTED, PIPE_CLOSED


def main() -> None:
    """Runs the command line and ends the process with the exit status of the contract."""
    try:
        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # what is still buffered can go nowhere: give it a place, or the interpreter complains when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(PIPE_CLOSED)


def run() -> int:
    """The exit status of one run; `--version` answers before anything else is imported."""
    fill_closed_descriptors()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):  # closed, or replaced by something that is no text stream
            encoding = None if stream.isatty() else "utf-8"  # a terminal knows best what it can show
            stream.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[union-attr]
    status: object = 0
    if sys.argv[1:] == ["--version"]:
        print(f"summaryparse {__version__}")  # noqa: T201 this is the command line
    else:
        from summaryparse.cli import app

        try:
            app(prog_name="summaryparse")
        except SystemExit as end:
            status = end.code
    if sys.stdout is not None:
        sys.stdout.flush()
    return status if isinstance(status, int) else (FAILED if status else 0)


def fill_closed_descriptors() -> None:
    """Keeps files from taking the numbers of standard streams that are closed, and mends standard error."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if descriptor == 2 else os.O_RDONLY)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 it stays open


if __name__ == "__main__":
    main()
