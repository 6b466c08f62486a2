"""Metrics as lines of text: comma- or tab-separated for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from summaryparse.tabular.columns import Column
from summaryparse.tabular.results import Result
from summaryparse.writers import Screen
from summaryparse.writers.as_csv import cell
from summaryparse.writers.as_json import escape
from summaryparse.writers.rows import report_rows

PLAIN = Screen()


class DelimitedTable:
    """CSV or TSV with the mark that Excel needs; what looks like a formula stands behind an apostrophe."""

    def __init__(self, path: Path, columns: Sequence[Column], delimiter: str) -> None:
        """Opens the file and writes the names of the columns."""
        self.names = [column.name for column in columns]
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.lines = csv.writer(self.file, delimiter=delimiter)
        self.lines.writerow(self.names)

    def add(self, result: Result) -> None:
        """Writes the metrics of a result."""
        for report in result.reports:
            for row in report_rows(result.file, report, result.text):
                self.lines.writerow([cell(getattr(row, name), PLAIN) for name in self.names])

    def close(self) -> None:
        """Writes what is still in memory."""
        self.file.close()

    def abandon(self) -> None:
        """Gives the file up."""
        self.file.close()


class JsonLinesTable:
    """JSON Lines: one metric an object, values and texts as they are."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        """Opens the file."""
        self.names = [column.name for column in columns]
        self.file = path.open("w", encoding="utf-8", newline="")

    def add(self, result: Result) -> None:
        """Writes the metrics of a result."""
        for report in result.reports:
            for row in report_rows(result.file, report, result.text):
                entry = {name: getattr(row, name) for name in self.names}
                line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
                self.file.write(escape(line) + "\n")

    def close(self) -> None:
        """Writes what is still in memory."""
        self.file.close()

    def abandon(self) -> None:
        """Gives the file up."""
        self.file.close()
