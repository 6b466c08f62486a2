"""`summaryparse table`: results that exist, as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summaryparse.complaints import complain
from summaryparse.errors import InputError, OutputError
from summaryparse.status import FAILED

EXAMPLE = "Example: summaryparse table results -o metrics.xlsx -o metrics.csv"


def table(
    results: Annotated[
        list[str],
        typer.Argument(
            metavar="RESULT", help="JSON or JSON Lines, or a folder of them; - is standard input."
        ),
    ],
    output: Annotated[
        list[Path],
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Table to write: .csv, .tsv, .xlsx, .sqlite or .jsonl; may be given several times.",
        ),
    ],
    fields: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Columns of the metrics, with commas between; sqlite has all."),
    ] = None,
) -> None:
    """Write the metrics of results that exist as tables, one metric a row.

    RESULT is what extract --format json or jsonl and batch have written. A workbook has further sheets for
    reports, sections and diagnostics, a database further tables. Each table is written whole or not at all. A
    result that cannot be read is named on standard error, the rest is done, and the exit status is 1.
    """
    from summaryparse.cli import check_output
    from summaryparse.tabular import open_tables
    from summaryparse.tabular.results import find_results, read_results

    files = list(find_results(results))
    for path in output:
        check_output(path, files)
    columns = chosen_fields(fields)
    try:
        tables = open_tables(output, columns)
    except OutputError as error:
        raise typer.BadParameter(str(error), param_hint="--output") from error
    failed = added = 0
    with tables:
        for file in files:
            for entry in read_results(file):
                try:
                    if isinstance(entry, InputError):
                        raise entry
                    tables.add(entry)
                    added += 1
                except InputError as error:
                    failed += 1
                    complain(str(error) if isinstance(entry, InputError) else f"{file}: {error}")
        if failed and not added:
            raise typer.Exit(FAILED)
    if failed:
        raise typer.Exit(FAILED)


def chosen_fields(fields: str | None) -> tuple[str, ...] | None:
    """The names in files of the columns that `--fields` chooses; a usage error if one is unknown."""
    if fields is None:
        return None
    from summaryparse.tabular.columns import choose

    try:
        chosen = choose([field.strip() for field in fields.split(",") if field.strip()])
    except OutputError as error:
        raise typer.BadParameter(str(error), param_hint="--fields") from error
    return tuple(column.name for column in chosen)
