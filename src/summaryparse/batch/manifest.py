"""The record of a run: a line of JSON for each input, added when the input is finished."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from summaryparse.batch.target import NO_LINK, remove
from summaryparse.output import failures, write_all
from summaryparse.writers.as_json import escape

Status = Literal["done", "unchanged", "failed"]


class Entry(NamedTuple):
    """What became of one input; "unchanged" is told to the caller and never written.

    `diagnostics` is their number; `settings` is the digest of what the output depends on besides the input.
    """

    input: str
    status: Status
    error: str | None = None
    output: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    encoding: str | None = None
    reports: int = 0
    metrics: int = 0
    diagnostics: int = 0
    seconds: float = 0.0
    output_bytes: int | None = None
    settings: str = ""


@dataclass(slots=True)
class Manifest:
    """The record on disk, and where in it each input's last line begins; lines themselves are not kept."""

    path: Path
    draft: Path
    descriptor: int
    lines: IO[bytes]
    places: dict[str, int] = field(default_factory=dict)
    end: int = 0
    tidy: bool = True

    def scan(self) -> None:
        """Finds the lines of earlier runs; a last line that was cut off is dropped, a damaged one ignored."""
        previous = ""
        for line in self.lines:
            if not line.endswith(b"\n"):
                break
            entry = parse(line)
            if entry is None or entry.input in self.places or entry.input < previous:
                self.tidy = False
            if entry is not None:
                self.places[entry.input] = self.end
                previous = entry.input
            self.end += len(line)
        os.ftruncate(self.descriptor, self.end)

    def lookup(self, name: str) -> Entry | None:
        """The last entry of an input, if it has one."""
        if name not in self.places:
            return None
        return parse(self.line_at(self.places[name]))

    def line_at(self, place: int) -> bytes:
        """The line that begins there."""
        self.lines.seek(place)
        return self.lines.readline()

    def add(self, entry: Entry) -> None:
        """Appends a line, which is on its way to the disk when this returns."""
        data = line_of(entry)
        with failures(self.path):
            write_all(self.descriptor, data)
        self.places[entry.input] = self.end
        self.end += len(data)
        self.tidy = False

    def tidy_up(self) -> None:
        """One line for each input, in the order of their names; nothing where that is so already."""
        if self.tidy:
            return
        with failures(self.path):
            try:
                with self.draft.open("xb") as tidied:
                    for name in sorted(self.places):
                        tidied.write(self.line_at(self.places[name]))
                    tidied.flush()
                    os.fsync(tidied.fileno())
                self.close()  # Windows replaces no file that is open
                self.draft.replace(self.path)
            finally:
                remove(self.draft)

    def close(self) -> None:
        """Lets go of the file; safe to call twice."""
        self.lines.close()
        if self.descriptor >= 0:
            os.close(self.descriptor)
        self.descriptor = -1


@contextmanager
def opened(path: Path, draft: Path) -> Iterator[Manifest]:
    """The record at `path`, which is made if need be; raises OutputError where it cannot be written."""
    with failures(path):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_LINK | getattr(os, "O_BINARY", 0)
        manifest = Manifest(path, draft, os.open(path, flags, 0o644), path.open("rb"))
    try:
        with failures(path):
            manifest.scan()
        yield manifest
    finally:
        manifest.close()


def earlier_entries(path: Path) -> dict[str, Entry]:
    """All entries of a record that may not exist, for a look that changes nothing."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return {}
    return {entry.input: entry for entry in map(parse, lines) if entry is not None}


def line_of(entry: Entry) -> bytes:
    """The entry as one line of JSON; names that are no UTF-8 are kept as escapes."""
    record = entry._asdict()
    try:
        return (escape(json.dumps(record, ensure_ascii=False)) + "\n").encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(record) + "\n").encode("ascii")


def parse(line: bytes) -> Entry | None:
    """The entry that a line holds, or None for a damaged one."""
    try:
        record: Any = json.loads(line)
        return Entry(**{name: record[name] for name in Entry._fields})
    except (ValueError, KeyError, TypeError):
        return None
