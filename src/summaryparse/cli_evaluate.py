"""`summaryparse evaluate`: scores against hand-made annotations."""
# ruff: noqa: PLC0415, FBT002 imports where they are needed and a flag as parameter, as in cli.py

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summaryparse.cli_options import Rules
from summaryparse.complaints import complain
from summaryparse.errors import InputError
from summaryparse.status import FAILED

if TYPE_CHECKING:
    from summaryparse.evaluation import Evaluation
    from summaryparse.model import Document
    from summaryparse.rules import RuleSet

EPILOG = "Example: summaryparse evaluate gold/*.json --text texts --rules my-rules --errors"


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="Annotations as JSON, one text each.")
    ],
    text: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Folder with the texts; may be repeated. Without it they are beside their annotations.",
        ),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every mistake with its place.")] = False,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", dir_okay=False, help="Write the scores here as well.")
    ] = None,
    rules: Rules = None,
) -> None:
    """Print how well annotated texts are read: precision, recall and F1 by document and by phenomenon.

    An annotation says which quantities, names and sections a careful reader finds. An annotation or a text
    that cannot be read is named on standard error, the rest is done, and the exit status is 1.
    """
    from summaryparse.cli import check_output, load_rules
    from summaryparse.evaluation import merge
    from summaryparse.evaluation.table import document_table, mistake_lines, phenomenon_table
    from summaryparse.output import open_output, write_stdout

    check_output(json, list(map(str, gold)))
    done: dict[Path, Evaluation] = {}
    for path, evaluation, original in evaluations(gold, tuple(text or ()), load_rules(rules)):
        done[path] = evaluation
        if errors:
            write_stdout(f"{path.stem}\n{''.join(mistake_lines(evaluation.mistakes, original))}\n")
    if not done:
        raise typer.Exit(FAILED)
    together = merge(done.values())
    scores = {path.stem: evaluation.figures for path, evaluation in done.items()}
    write_stdout(document_table({**scores, "ALL": together.figures}))
    write_stdout("\n" + phenomenon_table(together.phenomena))
    if json is not None:
        with open_output(json) as output:
            output.write(scores_text(done, together, errors=errors))
    if len(done) < len(dict.fromkeys(gold)):
        raise typer.Exit(FAILED)


def evaluations(
    gold: Sequence[Path], folders: tuple[Path, ...], rules: RuleSet
) -> Iterator[tuple[Path, Evaluation, str]]:
    """Each annotation with its scores and its text; one that cannot be used is named and passed over."""
    from summaryparse import extract
    from summaryparse.complaints import tried
    from summaryparse.evaluation import evaluate as compare
    from summaryparse.evaluation import find_text, read_gold

    last: Path | None = None
    document: Document | None = None
    for path in dict.fromkeys(gold):
        try:
            wanted = read_gold(path)
            found = find_text(wanted, path, folders)
        except InputError as error:
            complain(str(error))
            continue
        if found != last:
            document = tried(str(found), partial(extract, str(found), rules=rules, with_text=True))
            last = found
        if document is not None:
            yield path, compare(wanted, document, rules), document.source.text or ""


def scores_text(done: dict[Path, Evaluation], together: Evaluation, *, errors: bool) -> str:
    """All scores as JSON, and the mistakes if they are asked for."""
    from dataclasses import asdict
    from json import dumps

    documents = [
        {
            "gold": str(path),
            "figures": one.figures,
            "phenomena": one.phenomena,
            **({"errors": [asdict(mistake) for mistake in one.mistakes]} if errors else {}),
        }
        for path, one in done.items()
    ]
    result = {"documents": documents, "all": {"figures": together.figures, "phenomena": together.phenomena}}
    return dumps(result, ensure_ascii=False, indent=1) + "\n"
