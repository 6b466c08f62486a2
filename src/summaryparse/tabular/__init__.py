"""Tables of many results: CSV, TSV, XLSX, SQLite and JSON Lines, written a result at a time.

    with open_tables([Path("metrics.xlsx")]) as tables:
        tables.add(document)

A table takes its name when the block ends well; when it raises, what was there before stays.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from summaryparse.errors import OutputError
from summaryparse.output import create, failures

if TYPE_CHECKING:
    from summaryparse.model import Document
    from summaryparse.tabular.columns import Column
    from summaryparse.tabular.results import Result

SUFFIXES = (".csv", ".tsv", ".xlsx", ".sqlite", ".jsonl")


class Table(Protocol):
    """A file that takes the rows of one result after another."""

    def add(self, result: Result) -> None:
        """Writes the rows of a result."""

    def close(self) -> None:
        """Makes the file whole."""

    def abandon(self) -> None:
        """Lets go of the file, whatever state it is in."""


class Tables:
    """Several tables of the same results; none of them is seen under its name before all are whole."""

    def __init__(self, paths: Sequence[Path], columns: Sequence[Column], drafts: Sequence[str]) -> None:
        """Begins every table beside its target, under the names of the drafts."""
        self.targets = [path.resolve() for path in paths]
        self.drafts = [path.with_name(name) for path, name in zip(self.targets, drafts, strict=True)]
        self.tables: list[Table] = []
        try:
            for target, draft in zip(self.targets, self.drafts, strict=True):
                with failures(target):
                    os.close(create(draft, target))
                    self.tables.append(begin(target.suffix.lower(), draft, columns))
        except BaseException:
            self.abandon()
            raise

    def add(self, document: Document | Mapping[str, Any]) -> None:
        """Writes the rows of a document, or of the JSON of one, to every table.

        Raises InputError, and writes nothing, where this is no result; OutputError where writing fails.
        """
        from summaryparse.tabular.results import result_of

        result = result_of(document)
        for target, table in zip(self.targets, self.tables, strict=True):
            with failures(target):
                table.add(result)

    def close(self) -> None:
        """Gives every table its name, if all can be made whole."""
        try:
            for target, table in zip(self.targets, self.tables, strict=True):
                with failures(target):
                    table.close()
            for target, draft in zip(self.targets, self.drafts, strict=True):
                with failures(target):
                    secure(draft)
                    if target.exists():
                        draft.chmod(target.stat().st_mode & 0o777)
                    draft.replace(target)
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        """Leaves what was there before."""
        for table in self.tables:
            with suppress(Exception):
                table.abandon()
        for draft in self.drafts:
            with suppress(OSError):
                draft.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


def open_tables(
    paths: Sequence[Path], fields: Sequence[str] | None = None, drafts: Sequence[str] | None = None
) -> Tables:
    """Tables whose forms follow from the suffixes of their names; `fields` are the columns of the metrics.

    SQLite always has all columns. `drafts` are the names, one for each path, that the files have until they
    are whole. Raises OutputError for a suffix or a column that is not known, for a target named twice, and
    for one that cannot be written.
    """
    names = drafts or [f".summaryparse-{secrets.token_hex(8)}.part" for _ in paths]
    return Tables(paths, check_targets(paths, fields), names)


def check_targets(paths: Sequence[Path], fields: Sequence[str] | None = None) -> tuple[Column, ...]:
    """The columns that the fields choose; raises OutputError as `open_tables` does, and writes nothing."""
    from summaryparse.tabular.columns import choose

    columns = choose(fields)
    for path in paths:
        if path.suffix.lower() not in SUFFIXES:
            raise OutputError(f"{path}: a table's name ends in one of {', '.join(SUFFIXES)}")
        if path.exists() and not path.is_file():
            raise OutputError(f"{path}: not a file")
    if len({path.resolve() for path in paths}) < len(paths):
        raise OutputError("two tables have the same name")
    return columns


def secure(draft: Path) -> None:
    """Waits until the disk has a file."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def begin(suffix: str, path: Path, columns: Sequence[Column]) -> Table:
    """A table of the form that a suffix stands for; only the libraries it needs are imported."""
    if suffix == ".xlsx":
        from summaryparse.tabular.as_xlsx import Workbook

        return Workbook(path, columns)
    if suffix == ".sqlite":
        from summaryparse.tabular.as_sqlite import Database

        return Database(path)
    from summaryparse.tabular.as_lines import DelimitedTable, JsonLinesTable

    if suffix == ".jsonl":
        return JsonLinesTable(path, columns)
    return DelimitedTable(path, columns, "\t" if suffix == ".tsv" else ",")
