"""A metric as a flat row: the long form of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from summaryparse.model import Metric, Period, Report, Section
from summaryparse.writers.passages import Passages

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One metric with all that tells it from the metrics of other sections, reports and files."""

    report: str
    file: str
    organisation: str | None
    year: int | None
    report_kind: str
    section: str | None
    heading: str
    name: str
    indicator: str | None
    value: int | float | None
    value_max: int | float | None
    unit: str
    kind: str
    direction: str | None
    baseline: str | None
    bound: str
    status: str
    period: str | None
    text: str
    sentence: str
    start: int
    end: int
    rule: str

    def values(self) -> Iterator[Value]:
        """The cells in the order of `COLUMNS`."""
        return (getattr(self, column) for column in COLUMNS)


COLUMNS = tuple(field.name for field in fields(Row))


def report_rows(file: str, report: Report, text: str | None) -> Iterator[Row]:
    """The rows of one report; without the text of its file, sentences are taken from its paragraphs."""
    headings = dict(heading_paths(report.sections, ()))
    passages = Passages(report) if text is None else None
    for metric in report.metrics:
        start, end = metric.sentence_span
        sentence = passages.text(start, end) if passages else (text or "")[start:end]
        yield metric_row(file, report, metric, headings.get(metric.section_id or "", ""), sentence)


def metric_row(file: str, report: Report, metric: Metric, heading: str, sentence: str) -> Row:
    """The row of one metric."""
    return Row(
        report=report.id,
        file=file,
        organisation=report.organisation.text if report.organisation else None,
        year=year_of(report.period),
        report_kind=report.kind,
        section=metric.section_id,
        heading=heading,
        name=metric.name,
        indicator=metric.indicator,
        value=metric.value,
        value_max=metric.value_max,
        unit=metric.unit,
        kind=metric.kind,
        direction=metric.direction,
        baseline=metric.baseline,
        bound=metric.bound,
        status=metric.status,
        period=interval(metric.period),
        text=metric.text,
        sentence=sentence,
        start=metric.span[0],
        end=metric.span[1],
        rule=metric.rule,
    )


def year_of(period: Period | None) -> int | None:
    """The year in which a period begins."""
    return period.start.year if period and period.start else None


def heading_paths(sections: tuple[Section, ...], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each section's id with the headings that lead to it."""
    for section in sections:
        here = (*above, section.heading) if section.heading else above
        yield section.id, " / ".join(here)
        yield from heading_paths(section.sections, here)


def interval(period: Period | None) -> str | None:
    """A period as an ISO 8601 interval, or the words for it where a date is missing."""
    if period is None:
        return None
    return f"{period.start}/{period.end}" if period.start and period.end else period.text
