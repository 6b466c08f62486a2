"""What a worker does with one input: bytes in, one JSON file and one entry of the record out."""

from __future__ import annotations

import hashlib
import json
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from summaryparse import load_rules
from summaryparse._version import SCHEMA_VERSION, __version__
from summaryparse.batch.manifest import Entry
from summaryparse.batch.target import write_whole
from summaryparse.errors import InputError, OutputError, RuleError
from summaryparse.readers import read_any
from summaryparse.readers.archive import Member, read_member
from summaryparse.rules import RuleSet, default_rules
from summaryparse.source import MAX_BYTES, Source, load_bytes
from summaryparse.writers.as_json import document_pieces

if TYPE_CHECKING:
    from summaryparse.parts import DocumentParts, ReportParts

Read = Callable[[bytes, str], Source]
Write = Callable[[Path, Path, Iterable[bytes]], None]
LIBRARIES = ("jieba", "opencc", "pypdfium2", "selectolax")  # what they find changes with their versions


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read and written; goes to worker processes, so `reader` is a function of a module.

    `reader` makes a Source of bytes and a name, or raises InputError; without one it is what `extract` uses.
    """

    encoding: str | None = None
    with_text: bool = False
    rules: tuple[str, ...] = ()
    max_bytes: int = MAX_BYTES
    reader: Read | None = None

    def read(self, content: bytes, name: str) -> Source:
        """The text that the bytes hold; raises InputError."""
        if self.reader is not None:
            return self.reader(content, name)
        return read_any(content, name, self.encoding)

    def digest(self, rules_digest: str) -> str:
        """What an output depends on besides its input: equal digests and equal bytes give equal outputs."""
        choices = [__version__, SCHEMA_VERSION, rules_digest, self.encoding, self.with_text, *versions()]
        return hashlib.sha256(json.dumps(choices).encode()).hexdigest()[:16]


@cache
def versions() -> tuple[str, ...]:
    """The versions of the libraries that text and words are read with."""
    found = []
    for library in LIBRARIES:
        try:
            found.append(version(library))
        except PackageNotFoundError:  # bundled into one file, which has a version of its own
            found.append("")
    return tuple(found)


class Task(NamedTuple):
    """One input: where it stands, as a member of an archive or by itself, and where its output goes.

    Paths are strings, which are made and sent faster than `Path`; `earlier` is an entry that still holds if
    the input has not changed.
    """

    name: str
    path: str
    member: Member | None
    output: str
    draft: str
    earlier: Entry | None


def start_worker(settings: Settings, rules_digest: str) -> Callable[[Task], Entry]:
    """The function that a worker calls for each task; raises RuleError if the rules have changed."""
    import summaryparse.pipeline  # noqa: PLC0415, F401 before the time of the first task begins

    rules = rules_of(settings.rules)
    if rules.digest != rules_digest:
        raise RuleError(["the rule files changed while the run was going"])
    return partial(do_task, settings=settings, rules=rules)


def rules_of(folders: tuple[str, ...]) -> RuleSet:
    """The built-in rules, with those of the folders over them; raises RuleError."""
    return load_rules(*folders) if folders else default_rules()


def do_task(task: Task, settings: Settings, rules: RuleSet, write: Write = write_whole) -> Entry:
    """Reads, analyses and writes one input; every fault of the input or of ours becomes a failed entry.

    `write` is given the place of the output, that of its draft, and its bytes in pieces. Raises OutputError
    where no output can be written any more, and MemoryError.
    """
    from summaryparse.pipeline import analyse_in_parts  # noqa: PLC0415 slow to import, and for workers alone

    began = time.monotonic()
    name = shown(task.name)
    size: int | None = None
    sha256: str | None = None
    try:
        content = bytes_of(Path(task.path), task.member, settings.max_bytes)
        size = len(content)
        sha256 = hashlib.sha256(content).hexdigest()
        if task.earlier is not None and task.earlier.sha256 == sha256:
            return task.earlier._replace(status="unchanged")
        source = settings.read(content, name)
        del content
        tally = Tally(analyse_in_parts(source, rules, with_text=settings.with_text))
        write(Path(task.output), Path(task.draft), tally.pieces())
    except (MemoryError, OutputError):
        raise
    except Exception as error:  # one bad input must not end the run
        seconds = round(time.monotonic() - began, 3)
        return Entry(task.name, "failed", reason_of(error, name), sha256=sha256, bytes=size, seconds=seconds)
    return Entry(
        input=task.name,
        status="done",
        output=f"{task.name}.json",
        sha256=sha256,
        bytes=size,
        encoding=source.encoding,
        reports=tally.reports,
        metrics=tally.metrics,
        diagnostics=tally.diagnostics,
        seconds=round(time.monotonic() - began, 3),
        output_bytes=tally.output_bytes,
        settings=settings.digest(rules.digest),
    )


class Tally:
    """Counts what is in an output while its bytes are made."""

    def __init__(self, document: DocumentParts) -> None:
        """Begins with what is in no report."""
        self.document = document._replace(reports=map(self.report, document.reports))
        self.diagnostics = len(document.frame.diagnostics)
        self.reports = self.metrics = self.output_bytes = 0

    def pieces(self) -> Iterator[bytes]:
        """The bytes of the output, in pieces."""
        for piece in document_pieces(self.document, pretty=False):
            data = piece.encode("utf-8")
            self.output_bytes += len(data)
            yield data

    def report(self, parts: ReportParts) -> ReportParts:
        """The same report, counted with all that is in it."""
        self.reports += 1
        self.metrics += parts.metric_count
        self.diagnostics += parts.diagnostic_count
        return parts


def bytes_of(path: Path, member: Member | None, limit: int) -> bytes:
    """The bytes of a regular file, or of a member of an archive; raises InputError, also above the limit."""
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(error.strerror or str(error)) from None
    if not stat.S_ISREG(status.st_mode):
        raise InputError("is not a regular file")
    size = status.st_size if member is None else member.size
    if size > limit:
        raise InputError(f"{size:,} bytes are more than the limit of {limit:,}")
    try:
        return load_bytes(path, limit) if member is None else read_member(path, member, str(path))
    except InputError as error:
        outer = path if member is None else f"{path}/{member.name}"
        raise InputError(reason_of(error, str(outer))) from None


def shown(name: str) -> str:
    """The name with U+FFFD in place of bytes that are no text in this system's encoding."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def reason_of(error: Exception, name: str) -> str:
    """One line that says why an input failed; its name is dropped, for the entry has it."""
    if isinstance(error, InputError | RuleError):
        return str(error).removeprefix(f"{name}: ")
    if isinstance(error, OSError):
        return f"cannot be written: {error.strerror or error}"
    return f"fault of summaryparse, {type(error).__name__}: {error}"
