"""CSV: one metric a line, in a form that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from summaryparse.model import Report, Source
from summaryparse.writers import Screen
from summaryparse.writers.plain import plain
from summaryparse.writers.rows import COLUMNS, Value, report_rows

# What programs pass over before a formula, and what begins one.
FORMULA = re.compile("[\ufeff\u200b\u00a0\u3000 \n]*[=+\\-@\t\r＝＋－＠]")


def header(fields: Sequence[str] = ()) -> str:
    """The first line: the names of the chosen columns, of all without a choice."""
    return ",".join(fields or COLUMNS) + "\r\n"


def csv_lines(
    source: Source, reports: Iterable[Report], screen: Screen, fields: Sequence[str] = ()
) -> Iterator[str]:
    """The lines of each report, with the columns of `header`."""
    for report in reports:
        out = io.StringIO()
        writer = csv.writer(out)
        for row in report_rows(source.path, report, source.text):
            writer.writerow(cell(getattr(row, field), screen) for field in fields or COLUMNS)
        yield out.getvalue()


def cell(value: Value, screen: Screen) -> Value:
    """Numbers as they are; text that a spreadsheet would take for a formula behind an apostrophe."""
    if not isinstance(value, str):
        return value
    if screen.terminal:
        value = plain(value)
    return f"'{value}" if FORMULA.match(value) else value
