"""The command line: reads arguments and leaves the work to the library."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from summaryparse import __version__, cli_batch, cli_evaluate
from summaryparse.cli_config import apply_config
from summaryparse.cli_options import Encoding, FilesFrom, MaxSize, Rules, WithText, size_of
from summaryparse.cli_table import EXAMPLE, chosen_fields, table
from summaryparse.complaints import complain, tried
from summaryparse.errors import RuleError, SummaryParseError
from summaryparse.status import FAILED, PIPE_CLOSED

if TYPE_CHECKING:
    from summaryparse.output import Output
    from summaryparse.parts import DocumentParts
    from summaryparse.rules import RuleSet
    from summaryparse.writers import Screen


class Format(StrEnum):
    """What `extract` prints."""

    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    table = "table"
    tree = "tree"


class Commands(TyperGroup):
    """The commands, with one way to end for all of them: a plain line on standard error and exit 1."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 typer ships its own click, whose types are not public
        """Runs a command; errors that a user can cause end it without a traceback."""
        try:
            return super().invoke(ctx)
        except RuleError as error:
            for problem in error.problems:
                complain(problem)
        except SummaryParseError as error:
            complain(str(error))
        except BrokenPipeError:
            raise typer.Exit(PIPE_CLOSED) from None
        raise typer.Exit(FAILED)


app = typer.Typer(
    name="summaryparse",
    cls=Commands,
    help="Sections and metrics of Chinese institutional reports as JSON, offline.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
patterns = typer.Typer(help="Work on rule files.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(patterns, name="patterns")
app.command(epilog=cli_batch.EPILOG)(cli_batch.batch)
app.command(epilog=EXAMPLE)(table)
app.command(epilog=cli_evaluate.EPILOG)(cli_evaluate.evaluate)


def show_version(wanted: bool) -> None:  # noqa: FBT001 typer calls it with the option's value
    """Prints the version and ends."""
    if wanted:
        typer.echo(f"summaryparse {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 its callback answers
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Options as TOML; without it summaryparse.toml of the working folder.",
        ),
    ] = None,
) -> None:
    """Sections and metrics of Chinese institutional reports as JSON, offline."""
    apply_config(context, config)


@app.command(
    epilog="Example: summaryparse extract samples/*.txt --format csv -o metrics.csv",
)
def extract(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="Reports in any format that is read; - is standard input."),
    ] = None,
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.json,
    with_text: WithText = False,
    encoding: Encoding = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", dir_okay=False, help="Write here, whole or not at all."
        ),
    ] = None,
    rules: Rules = None,
    files_from: FilesFrom = None,
    fields: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Columns of csv, with commas between.")
    ] = None,
    max_size: MaxSize = "64M",
) -> None:
    """Print what each FILE holds: reports, sections, metrics.

    Read are text and Markdown (UTF-8, UTF-16, GB18030, Big5), .docx, .pdf with text, web pages, and, where
    LibreOffice is installed, .doc, .wps, .rtf and .odt. What a file is, its content tells.

    JSON is the default, indented when it goes to a terminal and else one document a line; jsonl is one report
    a line, csv one metric a line; table and tree are for reading. A file that fails is named on standard
    error, the rest is done, and the exit status is 1.
    """
    from summaryparse.output import is_terminal, open_output
    from summaryparse.writers import heading_row, render

    check_encoding(encoding)
    limit = size_of(max_size)
    check_output(output, files or [])
    columns = chosen_fields(fields) or ()
    if fields and format is not Format.csv and is_typed(context, "fields"):
        raise typer.BadParameter("only csv has columns", param_hint="--fields")
    inputs = inputs_of(files or [], files_from, output)
    screen = screen_of(terminal=output is None and is_terminal())
    for_excel = output is not None and format is Format.csv
    loaded = load_rules(rules)
    load_stages()
    with open_output(output, "utf-8-sig" if for_excel else "utf-8") as out:
        head = heading_row(format.value, columns)
        keep_text = with_text or format not in {Format.json, Format.jsonl}

        def pieces(file: str, head: str) -> Iterator[str]:
            yield head
            document = document_of(file, encoding, limit, loaded, with_text=keep_text)
            yield from render(document, format.value, screen, columns)

        done, failed = write_files(out, inputs, head, pieces)
        if failed and not done:
            raise typer.Exit(FAILED)
    if failed:
        raise typer.Exit(FAILED)


def load_stages() -> None:
    """Imports what reading takes, before there is a draft: an interrupted import may end as another error."""
    for name in ("assemble", "pipeline", "readers", "writers.as_json"):
        import_module(f"summaryparse.{name}")


def document_of(
    file: str, encoding: str | None, max_bytes: int, rules: RuleSet, *, with_text: bool
) -> DocumentParts:
    """What a file holds, read a report at a time as it is written."""
    from summaryparse.pipeline import analyse_in_parts
    from summaryparse.readers import read_any

    source = read_any(file, encoding=encoding, max_bytes=max_bytes)
    return analyse_in_parts(source, rules, with_text=with_text)


def write_files(
    out: Output, files: Iterable[str], head: str, pieces: Callable[[str, str], Iterable[str]]
) -> tuple[int, int]:
    """Writes what `pieces` makes of each file, the first behind the head; returns how many did and failed."""
    from summaryparse.output import write_part

    done = failed = 0
    for file in files:
        if tried(file, partial(write_part, out, pieces(file, "" if done else head))):
            done += 1
        else:
            failed += 1
    return done, failed


@app.command(epilog="Example: summaryparse schema > summaryparse.schema.json")
def schema() -> None:
    """Print the JSON Schema of what extract prints."""
    import json

    from summaryparse.model import Document
    from summaryparse.output import write_stdout

    write_stdout(json.dumps(Document.model_json_schema(), ensure_ascii=False, indent=2) + "\n")


@patterns.command(epilog="Example: summaryparse patterns check my-rules")
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]", exists=True, file_okay=False, help="Rule files over the built-in ones."
        ),
    ] = None,
) -> None:
    """Run every example and counter-example of the rules."""
    from summaryparse.output import write_stdout
    from summaryparse.rule_files import check_examples

    loaded = load_rules(folder)
    problems = check_examples(loaded)
    if problems:
        raise RuleError(problems)
    write_stdout(f"{len(loaded.by_id)} rules: all examples hold\n")


def is_typed(context: typer.Context, name: str) -> bool:
    """Whether an option comes from the command line and not from a configuration file."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def inputs_of(files: list[str], files_from: str | None, output: Path | None) -> Iterable[str]:
    """The files that are named, or those of a list as they come; a usage error if it is none or both."""
    if (files_from is None) == (not files):
        raise typer.BadParameter("give FILE or --files-from", param_hint="FILE")
    if files_from is None:
        return files
    from summaryparse.lists import listed_files

    return checked(listed_files(files_from), output)


def checked(files: Iterable[str], output: Path | None) -> Iterator[str]:
    """The files as they come; a usage error at one that the output would replace."""
    for file in files:
        check_output(output, [file])
        yield file


def load_rules(folder: Path | None) -> RuleSet:
    """The built-in rules, with those of a folder over them if there is one."""
    from summaryparse import load_rules as load
    from summaryparse.rules import default_rules

    return default_rules() if folder is None else load(folder)


def check_encoding(name: str | None) -> None:
    """Ends with a usage error if there is no such text encoding."""
    try:
        known = name is None or "".encode(name) is not None
    except (LookupError, UnicodeError, TypeError, ValueError):
        known = False
    if not known:
        raise typer.BadParameter(f"no text encoding is called {name!r}", param_hint="--encoding")


def check_output(output: Path | None, files: list[str]) -> None:
    """Ends with a usage error if the output would replace an input or has no folder."""
    if output is None:
        return
    if not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent}", param_hint="--output")
    for file in files:
        if file != "-" and output.exists() and Path(file).exists() and output.samefile(file):
            raise typer.BadParameter(f"{output} is also an input", param_hint="--output")


def screen_of(*, terminal: bool) -> Screen:
    """What the output is shown on; NO_COLOR and TERM=dumb are respected."""
    from summaryparse.writers import Screen

    width = shutil.get_terminal_size((120, 24)).columns
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(terminal=terminal, width=width, colour=colour)
