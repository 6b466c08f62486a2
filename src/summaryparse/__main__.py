"""`summaryparse` and `python -m summaryparse`: how a run starts and how it ends."""

from __future__ import annotations

import os
import sys

from summaryparse._version import __version__
from summaryparse.status import FAILED, INTERRUPTED, PIPE_CLOSED

TYPE_CHECKING = False  # as in the package
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> None:
    """Runs the command line and ends the process with the exit status of the contract."""
    try:
        status = run()
    except KeyboardInterrupt:
        leave(INTERRUPTED)
    except BrokenPipeError:
        # what is still buffered can go nowhere: give it a place, or the interpreter complains when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(PIPE_CLOSED)
    leave(status)


def leave(status: int) -> NoReturn:
    """Ends the process; behind the plain command, whose files are closed, memory is left to the system, which
    frees it at once and not object by object. An interpreter that was interrupted amid code made of a string
    would end itself by the signal."""
    plain = "summaryparse.plain_extract" in sys.modules and not (sys.flags.dev_mode or is_watched())
    if not plain and status != INTERRUPTED:
        sys.exit(status)
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(status)


def is_watched() -> bool:
    """Whether a profiler, debugger or the like waits for the end of the process."""
    if sys.gettrace() or sys.getprofile():
        return True
    return sys.version_info >= (3, 12) and any(map(sys.monitoring.get_tool, range(6)))


def run() -> int:
    """The exit status of one run; `--version` answers before anything else is imported."""
    fill_closed_descriptors()
    for stream in (sys.stdout, sys.stderr):
        # one that is closed, or replaced by something that is no text stream, cannot be told
        if hasattr(stream, "reconfigure") and not stream.closed:
            encoding = None if stream.isatty() else "utf-8"  # a terminal knows best what it can show
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    if sys.argv[1:] == ["--version"]:
        print(f"summaryparse {__version__}")  # noqa: T201 this is the command line
        status = 0
    else:
        status = run_command(sys.argv[1:])
    if sys.stdout is not None:
        sys.stdout.flush()
    return status


def run_command(arguments: list[str]) -> int:
    """The exit status of a command; the parser of options is loaded for those that have some."""
    from summaryparse.command_line import KEEPING, plain_files

    if not KEEPING.intersection(arguments[:1]):
        return run_parsed()
    from summaryparse import store

    store.turn_on()
    files = plain_files(arguments)
    status = run_plain(files) if files else run_parsed()
    store.save()
    return status


def run_plain(files: list[str]) -> int:
    """The exit status of `extract FILE...`."""
    import gc

    gc.disable()  # until all is loaded, of which nothing is garbage
    try:
        from summaryparse.plain_extract import extract_files

        return extract_files(files)
    finally:
        gc.unfreeze()
        gc.enable()


def run_parsed() -> int:
    """The exit status of a command line that typer reads."""
    from summaryparse.cli import app

    try:
        app(prog_name="summaryparse")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else (FAILED if end.code else 0)
    return 0


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
