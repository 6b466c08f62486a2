"""Sections and metrics of Chinese institutional reports: the same functions that the command line uses.

    from summaryparse import extract
    document = extract("report.txt")
    for metric in document.reports[0].metrics:
        print(metric.name, metric.value, metric.unit)

Importing this package loads neither the models nor the language data; the first call does. All spans are
half-open pairs of code points. Nothing here prints or keeps state; threads may call every function.
"""

from __future__ import annotations

from summaryparse._version import __version__

TYPE_CHECKING = False  # as in `typing`, whose import costs more than all that `--version` does
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from summaryparse.errors import InputError, OutputError, RuleError, SummaryParseError
    from summaryparse.model import (
        Diagnostic,
        Document,
        Issued,
        Metric,
        Paragraph,
        Period,
        Report,
        Section,
        Source,
        TextSpan,
        Title,
        TocEntry,
    )
    from summaryparse.rules import RuleSet

__all__ = [
    "Diagnostic",
    "Document",
    "InputError",
    "Issued",
    "Metric",
    "OutputError",
    "Paragraph",
    "Period",
    "Report",
    "RuleError",
    "RuleSet",
    "Section",
    "Source",
    "SummaryParseError",
    "TextSpan",
    "Title",
    "TocEntry",
    "__version__",
    "extract",
    "extract_text",
    "load_rules",
]

_HOMES = {
    **dict.fromkeys(("InputError", "OutputError", "RuleError", "SummaryParseError"), "summaryparse.errors"),
    "RuleSet": "summaryparse.rules",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 a module attribute has no common type
    """Loads a model, error or rule class when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES.get(name, "summaryparse.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)


def extract(
    path: str | Path, *, encoding: str | None = None, rules: RuleSet | None = None, with_text: bool = False
) -> Document:
    """Everything found in one file; `encoding` forces what is else found by content.

    `rules` are the built-in ones unless given (see `load_rules`); `with_text` puts the decoded text, which
    spans index, into `source.text`. Raises InputError for a file that cannot be read.
    """
    from summaryparse.pipeline import analyse
    from summaryparse.readers import read_any
    from summaryparse.rules import default_rules

    return analyse(read_any(path, encoding=encoding), rules or default_rules(), with_text=with_text)


def extract_text(
    text: str, *, path: str = "<text>", rules: RuleSet | None = None, with_text: bool = False
) -> Document:
    """Everything found in a text that is already decoded; `path` only names it in the result."""
    from summaryparse.pipeline import analyse, given_text
    from summaryparse.rules import default_rules

    return analyse(given_text(text, path), rules or default_rules(), with_text=with_text)


def load_rules(*folders: str | Path) -> RuleSet:
    """The built-in rules with those of `folders` laid over them; raises RuleError with every problem."""
    from pathlib import Path

    from summaryparse.errors import RuleError
    from summaryparse.rule_files import load
    from summaryparse.rules import patterns_folder

    paths = [Path(folder) for folder in folders]
    missing = [f"{path}: not a folder" for path in paths if not path.is_dir()]
    if missing:
        raise RuleError(missing)
    return load([patterns_folder(), *paths])
