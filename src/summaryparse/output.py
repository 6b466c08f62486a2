"""Where results go: standard output, or a file that is written whole or not at all, in UTF-8 always."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from summaryparse.errors import OutputError

if TYPE_CHECKING:
    from typing import TextIO

Write = Callable[[str], None]
HELD = 1 << 22  # characters of a part that wait for its end before any goes where nothing can be taken back


class Output:
    """Writes text to where nothing can be taken back: standard output, a device, a named pipe."""

    def __init__(self, write: Write) -> None:
        """Takes the function that writes at once."""
        self.write = write

    @contextmanager
    def part(self) -> Iterator[Write]:
        """A function that writes what belongs together; nothing of it comes out if the block raises.

        Of a long part some is out by then; a line end closes that.
        """
        held: list[str] = []
        size = 0

        def write(text: str) -> None:
            nonlocal size
            size += len(text)
            held.append(text)
            if size > HELD:
                self.write("".join(held))
                held.clear()

        try:
            yield write
        except (OSError, OutputError):
            raise
        except Exception:
            if size > HELD:
                self.write("\n")
            raise
        self.write("".join(held))


def write_part(out: Output, pieces: Iterable[str]) -> bool:
    """Writes what belongs together; what raises on the way leaves nothing of it."""
    with out.part() as write:
        for piece in pieces:
            write(piece)
    return True


class Draft(Output):
    """Writes text to a file that has no name yet."""

    def __init__(self, file: TextIO, path: Path) -> None:
        """Takes the open file and the name that it will get."""
        super().__init__(self.add)
        self.file = file
        self.path = path

    def add(self, text: str) -> None:
        """Writes behind what is there."""
        with failures(self.path):
            self.file.write(text)

    @contextmanager
    def part(self) -> Iterator[Write]:
        """A function that writes what belongs together; if the block raises, the file is cut back."""
        with failures(self.path):
            start = self.file.tell()
        try:
            yield self.write
        except Exception:
            with failures(self.path):
                self.file.seek(start)
                self.file.truncate()
            raise


@contextmanager
def open_output(path: Path | None, encoding: str = "utf-8") -> Iterator[Output]:
    """Where to write text: `path`, or standard output without one.

    A file gets its name when the block ends well; when the block raises, what was there before stays.
    Raises OutputError where writing fails, and lets BrokenPipeError pass.
    """
    if path is None:
        yield Output(write_stdout)
    elif path.exists() and not path.is_file():  # a device or a named pipe cannot be replaced
        with failures(path), path.open("wb", buffering=0) as device:
            encoder = codecs.getincrementalencoder(encoding)()
            yield Output(lambda text: write_all(device.fileno(), encoder.encode(text)))
    else:
        yield from replaced(path.resolve(), encoding)


def replaced(path: Path, encoding: str) -> Iterator[Output]:
    """Writes beside `path` and takes its name at the end."""
    draft = path.with_name(f".summaryparse-{os.urandom(8).hex()}.part")
    try:
        with failures(path), open_new(draft, path, encoding=encoding) as file:
            yield Draft(file, path)
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


def write_stderr(text: str) -> None:
    """Text to standard error, if that takes it: what cannot be said stops no work. A closed pipe does."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError):
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 it stays open


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
