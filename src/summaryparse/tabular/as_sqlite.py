"""A database with a table each for documents, reports, sections, metrics and diagnostics."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

from summaryparse.errors import OutputError
from summaryparse.model import Diagnostic, Metric, Period, Report, Section
from summaryparse.tabular.records import own_text
from summaryparse.tabular.results import Result
from summaryparse.writers.rows import Row, Value, heading_paths, report_rows, year_of

LARGEST = 2**63 - 1
TABLES = ("documents", "reports", "sections", "metrics", "diagnostics")


class Database:
    """The database; all columns, since its views need them, and indexes when the rows are in."""

    def __init__(self, path: Path) -> None:
        """Creates the tables; what a crash leaves of the file is thrown away, so there is no journal."""
        self.rows = dict.fromkeys(TABLES, 0)
        self.last: tuple[str, str] | None = None
        self.link = sqlite3.connect(path, isolation_level=None)
        self.link.execute("PRAGMA journal_mode = OFF")
        self.link.execute("PRAGMA synchronous = OFF")
        self.link.executescript(script("schema.sql"))
        self.link.execute("BEGIN")

    def add(self, result: Result) -> None:
        """Writes the rows of a result to every table."""
        try:
            self.add_result(result)
        except sqlite3.Error as error:
            raise OutputError(f"the database cannot be written: {error}") from error

    def close(self) -> None:
        """Makes indexes and views."""
        try:
            self.link.execute("COMMIT")
            self.link.executescript(script("views.sql"))
            self.link.execute("PRAGMA optimize")
            self.link.close()
        except sqlite3.Error as error:
            raise OutputError(f"the database cannot be written: {error}") from error

    def abandon(self) -> None:
        """Gives the database up."""
        self.link.close()

    def add_result(self, result: Result) -> None:
        """The document once, also where its reports come one at a time, and what belongs to it."""
        key = (result.file, result.sha256)
        if result.whole or key != self.last:
            facts = (result.media_type, result.encoding, result.script, result.characters)
            self.insert("documents", *key, *facts)
        self.last = None if result.whole else key
        document = self.rows["documents"]
        self.add_diagnostics(document, None, result.diagnostics)
        for report in result.reports:
            self.add_report(document, result, report)

    def add_report(self, document: int, result: Result, report: Report) -> None:
        """One report with its sections, metrics and diagnostics."""
        number = self.insert(
            "reports",
            document,
            report.id,
            report.title.text if report.title else None,
            report.kind,
            report.organisation.text if report.organisation else None,
            year_of(report.period),
            *period_cells(report.period),
            report.issued.date.isoformat() if report.issued else None,
            report.document_number.text if report.document_number else None,
            *report.span,
        )
        places: dict[str | None, int] = {}
        self.add_sections(number, None, report.sections, dict(heading_paths(report.sections, ())), places)
        first = self.rows["metrics"] + 1
        metrics: dict[str | None, int] = {metric.id: first + i for i, metric in enumerate(report.metrics)}
        rows = report_rows(result.file, report, result.text)
        for metric, row in zip(report.metrics, rows, strict=True):
            relations = (metrics.get(metric.change_of), metrics.get(metric.part_of))
            section = places.get(metric.section_id)
            self.insert("metrics", number, section, *relations, *metric_cells(metric, row))
        self.add_diagnostics(document, number, report.diagnostics)

    def add_sections(
        self,
        report: int,
        parent: int | None,
        sections: tuple[Section, ...],
        paths: dict[str, str],
        places: dict[str | None, int],
    ) -> None:
        """Sections under one parent; `places` learns the key of each."""
        for section in sections:
            text = own_text(section)
            cells = (section.level, section.kind, section.marker, section.ordinal, section.heading)
            key = self.insert(
                "sections",
                report,
                parent,
                section.id,
                *cells,
                paths[section.id],
                text,
                *section.span,
                section.rule,
            )
            places[section.id] = key
            self.add_sections(report, key, section.sections, paths, places)

    def add_diagnostics(self, document: int, report: int | None, found: tuple[Diagnostic, ...]) -> None:
        """Remarks about a document or about one of its reports."""
        for remark in found:
            start, end = remark.span or (None, None)
            self.insert(
                "diagnostics", document, report, remark.code, remark.severity, remark.message, start, end
            )

    def insert(self, table: str, *cells: Value) -> int:
        """Writes a row and returns its key."""
        self.rows[table] += 1
        marks = ", ?" * len(cells)
        row = (self.rows[table], *map(storable, cells))
        self.link.execute(f"INSERT INTO {table} VALUES (?{marks})", row)
        return self.rows[table]


def metric_cells(metric: Metric, row: Row) -> tuple[Value, ...]:
    """The columns of a metric from its id on."""
    return (
        metric.id,
        metric.name,
        metric.indicator,
        metric.value,
        metric.value_max,
        metric.unit,
        metric.dimension,
        metric.kind,
        metric.direction,
        metric.baseline,
        metric.bound,
        metric.status,
        metric.redacted,
        *period_cells(metric.period),
        metric.text,
        row.sentence,
        *metric.span,
        metric.rule,
    )


def period_cells(period: Period | None) -> tuple[str | None, str | None, str | None]:
    """The words of a period, its first day and its last."""
    if period is None:
        return None, None, None
    start, end = period.start, period.end
    return period.text, start.isoformat() if start else None, end.isoformat() if end else None


def storable(value: Value) -> Value:
    """A cell that SQLite can hold: of integers longer than eight bytes, the digits."""
    return str(value) if isinstance(value, int) and abs(value) > LARGEST else value


def script(name: str) -> str:
    """The SQL of a file beside this module."""
    return files("summaryparse.tabular").joinpath(name).read_text(encoding="utf-8")
