"""Output formats: each writer turns a document into text as its reports are read, a report at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from summaryparse.records import dataclass

if TYPE_CHECKING:
    from summaryparse.parts import DocumentParts

FormatName = Literal["json", "jsonl", "csv", "table", "tree"]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the text goes to: whether a person reads it, how wide it is, and whether it shows colours."""

    terminal: bool = False
    width: int = 120
    colour: bool = False


def render(
    document: DocumentParts, name: FormatName, screen: Screen, fields: Sequence[str] = ()
) -> Iterator[str]:
    """The pieces of text for one document, the last with its line end; `fields` are columns of CSV.

    Formats other than JSON quote sentences or count lines and need a document that holds its text.
    """
    source, reports = document.frame.source, (report.whole() for report in document.reports)
    if name == "json":
        from summaryparse.writers.as_json import document_pieces

        yield from document_pieces(document, pretty=screen.terminal)
    elif name == "jsonl":
        from summaryparse.writers.as_json import report_lines

        yield from report_lines(source, reports)
    elif name == "csv":
        from summaryparse.writers.as_csv import csv_lines

        yield from csv_lines(source, reports, screen, fields)
    elif name == "table":
        from summaryparse.writers.as_table import report_tables

        yield from report_tables(source, reports, screen)
    else:
        from summaryparse.writers.as_tree import report_tree

        yield report_tree(document.whole(), screen)


def heading_row(name: FormatName, fields: Sequence[str] = ()) -> str:
    """What stands once at the head of an output, before any document."""
    if name == "csv":
        from summaryparse.writers.as_csv import header

        return header(fields)
    return ""
