"""The command `summaryparse batch`: reads arguments and leaves the work to `summaryparse.batch`."""
# ruff: noqa: PLC0415, FBT002 imports where they are needed and options as parameters, as in cli.py

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summaryparse.cli_options import Encoding, FilesFrom, MaxSize, Rules, WithText, size_of
from summaryparse.errors import OutputError
from summaryparse.status import FAILED, INTERRUPTED

if TYPE_CHECKING:
    from summaryparse.batch import Cluster, Inputs, Plan
    from summaryparse.batch.progress import Show

EPILOG = "Example: summaryparse batch reports results --table results/metrics.xlsx"
SHARD = re.compile(r"(\d+)/(\d+)")


class Engine(StrEnum):
    """Processes of this machine, or Dask."""

    LOCAL = "local"
    DASK = "dask"


Paths = Annotated[
    list[str],
    typer.Argument(metavar="IN... OUT", help="Files, folders and glob patterns; then the results' folder."),
]
Root = Annotated[
    Path | None,
    typer.Option(metavar="DIR", exists=True, file_okay=False, help="Folder that names are relative to."),
]
Fields = Annotated[
    str | None, typer.Option(metavar="NAMES", help="Columns of the tables, with commas between.")
]
Timeout = Annotated[float, typer.Option(metavar="SECONDS", min=0, help="Time limit for one file; 0 is none.")]
Include = Annotated[
    list[str] | None, typer.Option(metavar="GLOB", help="Take these instead of the known kinds of file.")
]
Exclude = Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Leave out these files and folders.")]
Tables = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE",
        help="Table of all results: .csv, .tsv, .xlsx, .sqlite or .jsonl; may be given several times.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Dask's scheduler; without it Dask runs on this machine."),
]
Gather = Annotated[bool, typer.Option("--gather", help="Write what Dask's workers give back, here.")]
Shard = Annotated[str | None, typer.Option(metavar="I/N", help="Do only the I-th of N equal parts.")]


def shard_of(text: str | None) -> tuple[int, int] | None:
    """The part and the number of parts, from 2/8."""
    if text is None:
        return None
    found = SHARD.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise typer.BadParameter(
            f"{text!r} is no part; write 2/8 for the second of eight", param_hint="--shard"
        )
    return int(found[1]), int(found[2])


def batch(
    context: typer.Context,
    paths: Paths,
    files_from: FilesFrom = None,
    root: Root = None,
    include: Include = None,
    exclude: Exclude = None,
    table: Tables = None,
    fields: Fields = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0 is one a core.")] = 0,
    engine: Annotated[Engine, typer.Option(help="What the work is done on.")] = Engine.LOCAL,
    scheduler: Scheduler = None,
    gather: Gather = False,
    timeout: Timeout = 120,
    max_size: MaxSize = "64M",
    shard: Shard = None,
    encoding: Encoding = None,
    with_text: WithText = False,
    rules: Rules = None,
    force: Annotated[bool, typer.Option("--force", help="Do unchanged inputs again.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failure.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would be done.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Name failures and nothing else.")] = False,
) -> None:
    """Read folders of reports and write one JSON for each under the same name.

    Folders are searched for text and Markdown, .docx, .pdf and web pages, .doc, .wps, .rtf and .odt (with
    LibreOffice), and .zip archives of these. What a file is, its content tells.

    a/b.txt becomes OUT/a/b.txt.json, written whole or not at all, and OUT/manifest.jsonl gets a line for
    every input. Names are relative to IN if that is one folder, else to the folder that holds all inputs.
    What has not changed since a run with the same options and rules is skipped, so a run that was broken off
    goes on where it stopped. An input that fails is named, the rest is done, and the exit status is 1. Tables
    are written at the end of a run that is not broken off, and hold what was skipped too.

    With --engine dask the same work is done on a Dask cluster, whose workers see IN and OUT under the same
    names; there is no time limit for a file then.
    """
    from summaryparse.batch import Plan, Selection, Settings, find_inputs
    from summaryparse.cli import check_encoding, is_typed
    from summaryparse.cli_table import chosen_fields

    check_encoding(encoding)
    cluster = cluster_of(context, engine, scheduler, gather=gather)
    columns = chosen_fields(fields)
    if fields and not table and is_typed(context, "fields"):
        raise typer.BadParameter("only a --table has columns", param_hint="--fields")
    given, target = split(paths, files_from)
    part = shard_of(shard)
    selection = Selection(tuple(include or ()), tuple(exclude or ()), part)
    found = find_inputs(given, target=target, selection=selection, root=root)
    settings = Settings(encoding, with_text, (str(rules),) if rules else (), size_of(max_size))
    tables = tuple(table or ())
    check_table_names(tables, columns, found, target)
    seconds = None if cluster else timeout or None
    plan = Plan(found, target, settings, jobs, seconds, force, part, tables, columns, cluster)
    if dry_run:
        foretell(plan)
    else:
        with one_interrupt():
            execute(plan, fail_fast=fail_fast, quiet=quiet)


def cluster_of(
    context: typer.Context, engine: Engine, scheduler: str | None, *, gather: bool
) -> Cluster | None:
    """Where Dask does the work, None for the local engine; ends with a usage error for what does not go."""
    from summaryparse.cli import is_typed

    if engine is Engine.DASK:
        from summaryparse.batch import Cluster

        if is_typed(context, "timeout"):
            raise typer.BadParameter("Dask keeps no time limit for a file", param_hint="--timeout")
        return Cluster(scheduler, gather)
    for name, given in (("--scheduler", scheduler), ("--gather", gather)):
        if given:
            raise typer.BadParameter("goes with --engine dask", param_hint=name)
    return None


def split(paths: list[str], files_from: str | None) -> tuple[list[str], Path]:
    """The inputs and the folder for the results; ends with a usage error where one of them is missing."""
    from summaryparse.lists import listed_files

    given, target = paths[:-1], Path(paths[-1])
    if files_from is not None:
        given += listed_files(files_from)
    elif not given:
        raise typer.BadParameter(
            "name the inputs, and then the folder for the results", param_hint="IN... OUT"
        )
    if target.exists() and not target.is_dir():
        raise typer.BadParameter(f"{target} is a file, not a folder", param_hint="OUT")
    if any(Path(path).is_dir() and Path(path).resolve() == target.resolve() for path in given):
        raise typer.BadParameter(f"{target} is also an input", param_hint="OUT")
    return given, target


def check_table_names(
    tables: tuple[Path, ...], fields: tuple[str, ...] | None, found: Inputs, target: Path
) -> None:
    """Ends with a usage error if a table cannot be written, or would replace an input."""
    from summaryparse.batch.tables import check_tables
    from summaryparse.tabular import SUFFIXES

    try:
        check_tables(tables, fields, target)
    except OutputError as error:
        raise typer.BadParameter(str(error), param_hint="--table") from error
    inputs = [found.root / name for name in found.names if name.lower().endswith(SUFFIXES)]
    for path in filter(Path.exists, tables):
        if any(file.exists() and path.samefile(file) for file in inputs):
            raise typer.BadParameter(f"{path} is also an input", param_hint="--table")


def foretell(plan: Plan) -> None:
    """Prints what a run would do, one input a line."""
    from summaryparse.batch.run import forecast
    from summaryparse.output import write_stdout
    from summaryparse.writers.plain import plain

    for entry in forecast(plan):
        end = entry.error if entry.status == "failed" else f"{plan.target}/{entry.output}"
        write_stdout(f"{entry.status}\t{plain(entry.input)}\t{plain(end or '')}\n")


def execute(plan: Plan, *, fail_fast: bool, quiet: bool) -> None:
    """Runs a plan, shows how it goes, and ends with the exit status that it deserves."""
    from summaryparse.batch import run
    from summaryparse.batch.progress import Tally, say, shown

    tally = Tally(plan.total)
    status, finished = 0, False
    try:
        with shown(tally, quiet=quiet) as show:
            tell_what_is_left_out(plan.inputs, show)
            with closing(run(plan)) as entries:
                for entry in entries:
                    tally.add(entry)
                    show.entry(entry)
                    if entry.status == "failed":
                        status = FAILED
                        if fail_fast:
                            break
                    if plan.tables and tally.finished == tally.total:
                        show.remark("all inputs are done; the tables are being written")
                else:
                    finished = True
    except KeyboardInterrupt:
        status = INTERRUPTED
    finally:
        if status == INTERRUPTED:
            say(f"interrupted after {tally.counts()}; the same command goes on from here")
        elif not quiet:
            places = ", ".join(map(str, [plan.record, *(plan.tables if finished else ())]))
            lacking = "; no table, for not all is done" if plan.tables and not finished else ""
            say(f"{tally.summary()}; written: {places}{lacking}")
    if status:
        raise typer.Exit(status)


def tell_what_is_left_out(found: Inputs, show: Show) -> None:
    """Says what folders hold besides the inputs, so that nothing is missed without a word."""
    if found.other_kinds:
        kinds = ", ".join(
            f"{suffix or 'no suffix'} {count:,}" for suffix, count in found.other_kinds.most_common(8)
        )
        show.remark(
            f"{found.other_kinds.total():,} files of other kinds are left out ({kinds}); --include takes them"
        )
    if found.links_outside:
        show.remark(f"{found.links_outside:,} links out of the tree are not followed")


@contextmanager
def one_interrupt() -> Iterator[None]:
    """Lets Ctrl-C interrupt once; all that comes after it, to the end, is not interrupted again."""

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is interrupt:
            signal.signal(signal.SIGINT, before)
