"""The tables of a run, from the outputs of all its inputs, whether they were written now or before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from summaryparse.batch.target import draft_name
from summaryparse.errors import OutputError
from summaryparse.tabular import check_targets, open_tables


def check_tables(paths: Sequence[Path], fields: Sequence[str] | None, target: Path) -> None:
    """Raises OutputError where the tables cannot be written when the run is over."""
    check_targets(paths, fields)
    for path in paths:
        place = path.resolve()
        if place.suffix.lower() == ".jsonl" and place.is_relative_to(target.resolve()):
            raise OutputError(f"{path}: the lines of a table would be taken for results in this folder")
        if not place.parent.is_dir() and place.parent != target.resolve():
            raise OutputError(f"{path}: there is no folder {path.parent}")


def write_tables(
    paths: Sequence[Path], fields: Sequence[str] | None, target: Path, tag: str, outputs: Iterable[str]
) -> None:
    """Writes the rows of the outputs, which are paths relative to the target, one output after the other.

    Until they are whole they bear the names of drafts, which are known to be what a killed run left.

    Raises OutputError, and leaves the tables that were there, where one cannot be written or an output is no
    longer what the run wrote: a table that lacks rows would not show it.
    """
    from pydantic import ValidationError  # noqa: PLC0415 slow to import, and for tables alone

    from summaryparse.model import Document  # noqa: PLC0415 as above

    drafts = [draft_name(tag, number) for number in range(len(paths))]
    with open_tables(paths, fields, drafts) as tables:
        for output in outputs:
            file = target / output
            try:
                document = Document.model_validate_json(file.read_bytes())
            except (OSError, ValidationError) as error:
                reason = error.strerror if isinstance(error, OSError) else "not what was written there"
                raise OutputError(f"{file}: {reason}; no table was written, --force does it again") from None
            tables.add(document)
