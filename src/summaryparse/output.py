"""Where results go: standard output, or a file that is written whole or not at all, in UTF-8 always."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from summaryparse.errors import OutputError

Write = Callable[[str], None]


@contextmanager
def open_output(path: Path | None, encoding: str = "utf-8") -> Iterator[Write]:
    """A function that writes text to `path`, or to standard output without one.

    A file gets its name when the block ends well; when the block raises, what was there before stays.
    Raises OutputError where writing fails, and lets BrokenPipeError pass.
    """
    if path is None:
        yield write_stdout
    elif path.exists() and not path.is_file():  # a device or a named pipe cannot be replaced
        with failures(path), path.open("wb", buffering=0) as device:
            yield lambda text: write_all(device.fileno(), text.encode(encoding))
    else:
        yield from replaced(path.resolve(), encoding)


def replaced(path: Path, encoding: str) -> Iterator[Write]:
    """Writes beside `path` and takes its name at the end."""
    draft = path.with_name(f".summaryparse-{secrets.token_hex(8)}.part")
    try:
        with failures(path), open_new(draft, path, encoding=encoding) as file:

            def write(text: str) -> None:
                with failures(path):
                    file.write(text)

            yield write
            file.flush()
            os.fsync(file.fileno())
        with failures(path):
            if path.exists():
                draft.chmod(path.stat().st_mode & 0o777)
            draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink()


def create(draft: Path, instead_of: Path) -> int:
    """A descriptor of a new file that nobody may read who may not read the file whose place it takes."""
    mode = instead_of.stat().st_mode & 0o777 | 0o200 if instead_of.exists() else 0o666
    return os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)


def open_new(draft: Path, instead_of: Path, *, encoding: str) -> TextIO:
    """A new text file as `create` makes it, with line ends as they are written."""
    return os.fdopen(create(draft, instead_of), "w", encoding=encoding, newline="")


def write_stdout(text: str) -> None:
    """All of the text to standard output, unbuffered, so that nothing is left to fail at the end."""
    with failures("standard output"):
        write_all(1, text.encode("utf-8"))


def write_all(descriptor: int, data: bytes) -> None:
    """All bytes to a descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


@contextmanager
def failures(place: Path | str) -> Iterator[None]:
    """Turns a system's error into an OutputError that names the place; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{place}: {error.strerror or error}") from error


def is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout is not None and sys.stdout.isatty()
