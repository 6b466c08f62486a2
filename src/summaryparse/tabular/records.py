"""Reports, sections and diagnostics as flat rows, in the order of their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from summaryparse.model import Diagnostic, Report, Section
from summaryparse.tabular.results import Result
from summaryparse.writers.rows import Value, heading_paths, year_of

Cell = Value | date
Record = tuple[Cell, ...]


def report_record(file: str, report: Report) -> Record:
    """The row of `REPORTS`."""
    period = report.period
    return (
        report.id,
        file,
        report.title.text if report.title else None,
        report.kind,
        report.organisation.text if report.organisation else None,
        year_of(period),
        period.text if period else None,
        period.start if period else None,
        period.end if period else None,
        report.issued.date if report.issued else None,
        report.document_number.text if report.document_number else None,
        sum(1 for _ in walk(report.sections)),
        len(report.metrics),
        len(report.diagnostics),
        *report.span,
    )


def section_records(file: str, report: Report) -> Iterator[Record]:
    """The rows of `SECTIONS` of one report, in file order; the metrics counted are a section's own."""
    paths = dict(heading_paths(report.sections, ()))
    counts = Counter(metric.section_id for metric in report.metrics)
    for section in walk(report.sections):
        yield (
            report.id,
            file,
            section.id,
            section.level,
            section.kind,
            section.marker,
            section.ordinal,
            section.heading,
            paths[section.id],
            own_text(section),
            counts[section.id],
            *section.span,
            section.rule,
        )


def diagnostic_records(result: Result) -> Iterator[Record]:
    """The rows of `DIAGNOSTICS`: of the file first, which have no report, then of each report."""
    for diagnostic in result.diagnostics:
        yield diagnostic_record(None, result.file, diagnostic)
    for report in result.reports:
        for diagnostic in report.diagnostics:
            yield diagnostic_record(report.id, result.file, diagnostic)


def diagnostic_record(report: str | None, file: str, diagnostic: Diagnostic) -> Record:
    """One row of `DIAGNOSTICS`."""
    start, end = diagnostic.span or (None, None)
    return report, file, diagnostic.severity, diagnostic.code, diagnostic.message, start, end


def own_text(section: Section) -> str:
    """A section's own paragraphs, one a line."""
    return "\n".join(paragraph.text for paragraph in section.paragraphs)


def walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    """All sections of a tree, parents before their children."""
    for section in sections:
        yield section
        yield from walk(section.sections)
