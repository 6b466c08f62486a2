"""A workbook with a sheet each for metrics, reports, sections and diagnostics, written row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from summaryparse.errors import OutputError
from summaryparse.tabular.columns import DIAGNOSTICS, REPORTS, SECTIONS, Column
from summaryparse.tabular.records import Cell, diagnostic_records, report_record, section_records
from summaryparse.tabular.results import Result
from summaryparse.writers.rows import report_rows

MOST_ROWS = 1_048_576
MOST_UNITS = 32_767  # of UTF-16 in one cell
EXACT = 10**15  # a sheet keeps fifteen digits of a number
MOST_DECIMALS = 10
FIRST_DATE = date(1900, 3, 1)  # before it, sheets count days in two ways
# what XML cannot carry, and line ends that sheets do not know
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|\r(?=\n)")
CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # one date for all, so that the same rows give the same bytes
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class Workbook:
    """The workbook; rows go to the disk as they come, and a full sheet is continued on a further one."""

    def __init__(self, path: Path, columns: Sequence[Column], most_rows: int = MOST_ROWS) -> None:
        """Creates the sheets with their headings."""
        self.scratch = TemporaryDirectory(prefix="summaryparse-", ignore_cleanup_errors=True)
        self.book = xlsxwriter.Workbook(str(path), {**OPTIONS, "tmpdir": self.scratch.name})
        self.book.set_properties({"created": CREATED.replace(tzinfo=None)})
        styles = Styles(self.book)
        self.names = [column.name for column in columns]
        self.metrics = Sheets(self.book, styles, "指标", columns, most_rows)
        self.reports = Sheets(self.book, styles, "报告", REPORTS, most_rows)
        self.sections = Sheets(self.book, styles, "章节", SECTIONS, most_rows)
        self.diagnostics = Sheets(self.book, styles, "提示", DIAGNOSTICS, most_rows)

    def add(self, result: Result) -> None:
        """Writes the rows of a result to every sheet; those of a report lead to its row."""
        places: dict[Cell, str] = {}
        for report in result.reports:
            place = places[report.id] = self.reports.add(report_record(result.file, report))
            for row in report_rows(result.file, report, result.text):
                self.metrics.add([getattr(row, name) for name in self.names], place)
            for record in section_records(result.file, report):
                self.sections.add(record, place)
        for record in diagnostic_records(result):
            self.diagnostics.add(record, places.get(record[0]))

    def close(self) -> None:
        """Puts the workbook together."""
        for sheets in (self.metrics, self.reports, self.sections, self.diagnostics):
            sheets.finish()
        try:
            self.book.close()
        except XlsxWriterException as error:
            raise OutputError(f"the workbook cannot be written: {error}") from error
        self.scratch.cleanup()

    def abandon(self) -> None:
        """Gives the workbook up."""
        self.book.fileclosed = True  # or it warns when it is forgotten
        for sheet in self.book.worksheets():
            sheet._opt_close()
        self.scratch.cleanup()


class Styles:
    """How cells look; a workbook wants each look made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 xlsxwriter has no types
        """Makes the looks that do not depend on values."""
        self.book = book
        self.head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        self.link = book.get_default_url_format()
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})
        self.numbers = [
            book.add_format({"num_format": f"#,##0.{'0' * decimals}".rstrip(".")})
            for decimals in range(MOST_DECIMALS + 1)
        ]

    def number(self, value: float) -> Any:  # noqa: ANN401 as above
        """Thousands commas and as many decimals as the value has."""
        exponent = 0 if isinstance(value, int) else Decimal(repr(value)).normalize().as_tuple().exponent
        return self.numbers[min(max(-int(exponent), 0), MOST_DECIMALS)]


class Sheets:
    """One table: a sheet, and further ones where it has more rows than a sheet can hold."""

    def __init__(
        self,
        book: Any,  # noqa: ANN401 xlsxwriter has no types
        styles: Styles,
        name: str,
        columns: Sequence[Column],
        most_rows: int,
    ) -> None:
        """Makes the first sheet."""
        self.book: Final = book
        self.styles = styles
        self.name = name
        self.columns = columns
        self.most_rows = most_rows
        self.number = 0
        self.open()

    def open(self) -> None:
        """Begins a sheet with its headings."""
        self.number += 1
        self.title = self.name if self.number == 1 else f"{self.name} {self.number}"
        self.sheet = self.book.add_worksheet(self.title)
        self.sheet.freeze_panes(1, 0)
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, column.width)
            self.sheet.write_string(0, index, column.heading, self.styles.head)
        self.used = 1

    def add(self, cells: Sequence[Cell], report: str | None = None) -> str:
        """Writes a row, whose report stands at the place `report`; returns the row's own place."""
        if self.used == self.most_rows:
            self.finish()
            self.open()
        for index, (column, value) in enumerate(zip(self.columns, cells, strict=True)):
            if value is not None and value != "":
                self.write(index, column, value, report)
        self.used += 1
        return f"'{self.title}'!A{self.used}"

    def write(self, index: int, column: Column, value: Cell, report: str | None) -> None:
        """One cell; text is always written as text."""
        row, sheet, styles = self.used, self.sheet, self.styles
        if isinstance(value, str):
            text = cell_text(value)
            if column.kind == "link" and report is not None:
                # a sheet holds 65,530 links and no more, but any number of these
                label = text[:80].replace('"', '""')
                sheet.write_formula(row, index, f'=HYPERLINK("#{report}","{label}")', styles.link, text[:80])
            else:
                sheet.write_string(row, index, text)
        elif isinstance(value, date):
            if value < FIRST_DATE:
                sheet.write_string(row, index, value.isoformat())
            else:
                sheet.write_datetime(row, index, value, styles.date)
        elif value is not None and abs(value) < EXACT:
            look = styles.number(value) if column.kind == "number" else None
            sheet.write_number(row, index, value, look)
        else:
            sheet.write_string(row, index, str(value))

    def finish(self) -> None:
        """Puts filters over the rows that were written."""
        self.sheet.autofilter(0, 0, self.used - 1, len(self.columns) - 1)


def cell_text(text: str) -> str:
    """Text that a cell can hold: without control characters, cut with an ellipsis where it is too long."""
    text = ILLEGAL.sub("", text).replace("\r", "\n")
    if len(text) > MOST_UNITS // 2:
        units = text.encode("utf-16-le")
        if len(units) // 2 > MOST_UNITS:
            text = units[: 2 * (MOST_UNITS - 1)].decode("utf-16-le", "ignore") + "…"
    # xlsxwriter takes what stands between these two tags for its own XML
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
