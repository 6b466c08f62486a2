"""Lists of files that another program prints: one name a line, or between NULs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from summaryparse.errors import InputError
from summaryparse.source import standard_input


def listed_files(path: str) -> Iterator[str]:
    """The names in a list, "-" for standard input, each as soon as it is there. Raises InputError."""
    try:
        if path == "-":
            yield from names(standard_input())
        else:
            with Path(path).open("rb") as file:
                yield from names(file)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def names(file: IO[bytes]) -> Iterator[str]:
    """Names as a system gives them, which need not be UTF-8; empty lines are passed over."""
    for line in file:
        for name in line.rstrip(b"\r\n").split(b"\0"):
            if name:
                yield os.fsdecode(name)
