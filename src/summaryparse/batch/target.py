"""The folder that a run writes to: one run at a time, and files that are there whole or not at all."""

from __future__ import annotations

import datetime
import errno
import os
import re
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from summaryparse.errors import OutputError
from summaryparse.output import create, failures

# Errors that will meet every further file too; others belong to the file that was being written.
HOPELESS = frozenset(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EROFS", "EIO", "ESTALE") if hasattr(errno, name)
)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # a link planted in a shared folder would lead to a file to be cut off
LOCK_AT = 1 << 30  # beyond the text of the lock file, which Windows could not read otherwise


@contextmanager
def held(target: Path, tag: str, beside: Iterable[Path] = ()) -> Iterator[None]:
    """Keeps other runs of the same tag out of the folder, which is made if need be.

    The lock is the system's own and ends with the process. The file that bears it stays, and holds a line
    only while a run is going: so it is known that a run was killed, and what it left here and in the folders
    `beside` is cleared. Raises OutputError.
    """
    name = lock_name(tag)
    with failures(target):
        target.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(target / name, os.O_RDWR | os.O_CREAT | NO_LINK, 0o644)
    try:
        if not take_lock(descriptor, target):
            raise OutputError(f"{target}: another run is writing here ({holder(target / name)})")
        with failures(target):
            if os.fstat(descriptor).st_size:
                clear(target, tag, beside)
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
            os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()} since {now}\n".encode())
        yield
        with failures(target):
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def lock_name(tag: str) -> str:
    """The file that bears the lock of all runs of a tag."""
    return f".summaryparse{tag}.lock"


def take_lock(descriptor: int, target: Path) -> bool:
    """Whether the file is now ours; raises OutputError on a file system that has no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 there is one for each system

            os.lseek(descriptor, LOCK_AT, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 as above

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}:
            return False
        raise OutputError(f"{target}: cannot be locked: {error.strerror or error}") from error
    return True


def holder(lock: Path) -> str:
    """Who has the lock, in the words of its file."""
    with suppress(OSError):
        return lock.read_text(encoding="utf-8", errors="replace").strip() or "it has just begun"
    return "it cannot be told which"


def draft_name(tag: str, number: int) -> str:
    """The name that an output has while it is written; a run that is killed may leave it."""
    return f".summaryparse{tag}-{os.getpid()}-{number}.part"


def clear(target: Path, tag: str, beside: Iterable[Path]) -> None:
    """Removes what a killed run left in its target, and elsewhere the drafts that bear its number."""
    sweep(target, tag)
    killed = re.match(r"process (\d+) on ", holder(target / lock_name(tag)))
    if killed is None:
        return
    for folder in beside:
        for draft in folder.glob(f".summaryparse{tag}-{killed[1]}-*.part"):
            remove(draft)


def sweep(target: Path, tag: str) -> None:
    """Removes the drafts that killed runs of this tag left."""
    for folder, _, names in os.walk(target):
        for name in names:
            if name.startswith(f".summaryparse{tag}-") and name.endswith(".part") and is_draft(name, tag):
                with suppress(FileNotFoundError):
                    Path(folder, name).unlink()


def is_draft(name: str, tag: str) -> bool:
    """Whether a name is a draft of this tag, and not one of another whose tag begins alike."""
    numbers = name.removeprefix(f".summaryparse{tag}-").removesuffix(".part").split("-")
    return len(numbers) == 2 and all(number.isdigit() for number in numbers)


def write_whole(path: Path, draft: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file by way of a draft in the same folder; what was there before stays until all is written.

    The pieces may be made as they are written; what their making raises leaves nothing behind either.
    Raises OutputError where no further file could be written either, and OSError for trouble with this one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(create(draft, path), "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        remove(draft)
        if error.errno in HOPELESS:
            raise OutputError(f"{path.parent}: {error.strerror}") from error
        raise
    except BaseException:
        remove(draft)
        raise


def remove(path: Path) -> None:
    """Removes a file that may not be there."""
    with suppress(OSError):
        path.unlink()
