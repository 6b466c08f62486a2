"""Puts what the stages found into dictionaries, whose keys stand in the order of the models' fields.

Indexes become ids here, spans get their slices, and decimals become JSON numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from summaryparse._version import SCHEMA_VERSION
from summaryparse.blocks import Layout, Report
from summaryparse.dates import Period
from summaryparse.diagnostics import Diagnostic
from summaryparse.metrics import Metric
from summaryparse.normalise import Text
from summaryparse.outline import Outline, Section
from summaryparse.records import dataclass
from summaryparse.source import Source
from summaryparse.spans import Span

Entry = dict[str, Any]
LARGEST = 300  # decimal digits; a longer number is no JSON number that other programs can read


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in one report."""

    report: Report
    outline: Outline
    metrics: Sequence[Metric]
    diagnostics: Sequence[Diagnostic]


def document_entry(source: Source, text: Text, layout: Layout) -> Entry:
    """A document without its reports and its text; spans are half-open code points of `text.original`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "source": {
            "path": readable(source.path),
            "media_type": source.media_type,
            "encoding": source.encoding,
            "sha256": source.sha256,
            "characters": len(text.original),
            "script": text.script,
            "text": None,
        },
        "reports": (),
        "toc": [
            {
                "ordinal": entry.ordinal,
                "title": entry.title,
                "page": entry.page,
                "span": entry.span,
                "report_id": None if entry.report is None else f"r{entry.report + 1}",
            }
            for entry in layout.toc
        ],
        "diagnostics": diagnostic_entries((*source.diagnostics, *layout.diagnostics)),
    }


def report_entry(text: Text, number: int, reading: Reading) -> Entry:
    """One report without what is in its lists."""
    report = reading.report
    issued = None
    if report.issued:
        day, span = report.issued
        issued = {**slice_entry(text, span), "date": day}
    return {
        "id": f"r{number}",
        "span": report.span,
        "title": report.title and slice_entry(text, report.title),
        "kind": report.kind,
        "organisation": report.organisation and slice_entry(text, report.organisation),
        "period": period_entry(report.period),
        "issued": issued,
        "document_number": report.document_number and slice_entry(text, report.document_number),
        "preamble": (),
        "closing": (),
        "sections": (),
        "metrics": (),
        "diagnostics": diagnostic_entries(reading.diagnostics),
    }


def report_tree(text: Text, number: int, reading: Reading) -> Entry:
    """A report with all that is in it."""
    outline = reading.outline
    entry = report_entry(text, number, reading)
    entry["preamble"] = [slice_entry(text, span) for span in outline.preamble]
    entry["closing"] = [slice_entry(text, span) for span in outline.closing]
    entry["sections"] = [section_tree(text, one, str(path)) for path, one in enumerate(outline.sections, 1)]
    entry["metrics"] = list(metric_entries(text, reading))
    return entry


def section_tree(text: Text, section: Section, path: str) -> Entry:
    """A section with all that is in it."""
    entry = section_entry(text, section, path)
    entry["paragraphs"] = [slice_entry(text, span) for span in section.paragraphs]
    entry["sections"] = [
        section_tree(text, child, f"{path}.{number}") for number, child in enumerate(section.children, 1)
    ]
    return entry


def section_entry(text: Text, section: Section, path: str) -> Entry:
    """A section without what is in its lists."""
    return {
        "id": path,
        "level": path.count(".") + 1,
        "kind": section.kind,
        "marker": section.marker,
        "ordinal": section.ordinal,
        "heading": joined(text.simplified, section.heading) if section.heading else "",
        "heading_span": section.heading,
        "span": section.span,
        "run_in": section.run_in,
        "paragraphs": (),
        "sections": (),
        "rule": section.rule,
    }


def metric_entries(text: Text, reading: Reading) -> Iterator[Entry]:
    """The metrics of a report."""
    places = Places(reading.outline.sections)
    for index, metric in enumerate(reading.metrics):
        yield metric_entry(text, index, metric, places)


def metric_entry(text: Text, index: int, metric: Metric, places: Places) -> Entry:
    """One metric; `change_of` and `part_of` are given as ids of the same report."""
    return {
        "id": metric_id(index),
        "section_id": places.innermost(metric.span),
        "name": metric.name,
        "name_span": metric.name_span,
        "value": json_number(metric.value),
        "value_max": json_number(metric.value_max),
        "unit": metric.unit,
        **slice_entry(text, metric.span),
        "dimension": metric.dimension,
        "kind": metric.kind,
        "direction": metric.direction,
        "baseline": metric.baseline,
        "bound": metric.bound,
        "status": metric.status,
        "redacted": metric.redacted,
        "period": period_entry(metric.period),
        "change_of": metric_id(metric.change_of),
        "part_of": metric_id(metric.part_of),
        "indicator": metric.indicator,
        "sentence_span": metric.sentence,
        "rule": metric.rule,
    }


def metric_id(index: int | None) -> str | None:
    """The id of the metric at an index of its report."""
    return None if index is None else f"m{index + 1}"


class Places:
    """Which section holds a place; the sections in file order, each with its path and its parent's index."""

    def __init__(self, sections: Sequence[Section]) -> None:
        """Flattens the tree once, so that each question costs one binary search."""
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.paths: list[str] = []
        self.parents: list[int] = []
        self._add(sections, "", -1)

    def _add(self, sections: Sequence[Section], prefix: str, parent: int) -> None:
        for number, section in enumerate(sections, 1):
            self.starts.append(section.span[0])
            self.ends.append(section.span[1])
            self.paths.append(f"{prefix}{number}")
            self.parents.append(parent)
            self._add(section.children, f"{prefix}{number}.", len(self.paths) - 1)

    def innermost(self, span: Span) -> str | None:
        """The id of the deepest section that holds the span; None in the preamble or the closing."""
        index = bisect_right(self.starts, span[0]) - 1
        while index >= 0:
            if span[1] <= self.ends[index]:
                return self.paths[index]
            index = self.parents[index]
        return None


def json_number(value: Decimal | None) -> int | float | None:
    """An int where the value is integral, else a float; None for what JSON cannot carry."""
    if value is None or not value.is_finite() or value.adjusted() > LARGEST:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def joined(characters: str, span: Span) -> str:
    """The words of a span without the line breaks of hard-wrapped text."""
    return "".join(line.strip() for line in characters[span[0] : span[1]].splitlines())


def readable(path: str) -> str:
    """A path as text; bytes of a file name that are not UTF-8 become `\ufffd`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def slice_entry(text: Text, span: Span) -> Entry:
    """A span with the document's own characters."""
    return {"text": text.original[span[0] : span[1]], "span": span}


def period_entry(period: Period | None) -> Entry | None:
    """A period with its dates."""
    if period is None:
        return None
    return {"text": period.text, "start": period.start, "end": period.end}


def diagnostic_entries(diagnostics: Iterable[Diagnostic]) -> list[Entry]:
    """Diagnostics in the order in which they were made."""
    return [
        {"code": d.code, "severity": d.severity, "message": d.message, "span": d.span} for d in diagnostics
    ]
