"""Puts what the stages found into one dictionary, which is validated once as a `Document`.

Indexes become ids here, spans get their slices, and decimals become JSON numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from summaryparse.model import Document

Entry = dict[str, Any]
LARGEST = 300  # decimal digits; a longer number is no JSON number that other programs can read


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in one report."""

    report: Report
    outline: Outline
    metrics: Sequence[Metric]
    diagnostics: Sequence[Diagnostic]


def assemble(
    source: Source, text: Text, layout: Layout, readings: Sequence[Reading], *, with_text: bool
) -> Document:
    """The document of one file; spans are half-open code points of `text.original`."""
    from summaryparse.model import Document

    return Document.model_validate(document_entry(source, text, layout, readings, with_text=with_text))


def document_entry(
    source: Source, text: Text, layout: Layout, readings: Sequence[Reading], *, with_text: bool
) -> Entry:
    """The document as a dictionary whose keys stand in the order of the model's fields."""
    return {
        "schema_version": SCHEMA_VERSION,
        "source": {
            "path": readable(source.path),
            "media_type": source.media_type,
            "encoding": source.encoding,
            "sha256": source.sha256,
            "characters": len(text.original),
            "script": text.script,
            "text": text.original if with_text else None,
        },
        "reports": [report_entry(text, number, reading) for number, reading in enumerate(readings, 1)],
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
    """One report with its sections and metrics."""
    report, outline = reading.report, reading.outline
    sections = section_entries(text, outline.sections, "")
    places = Places(sections)
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
        "preamble": [slice_entry(text, span) for span in outline.preamble],
        "closing": [slice_entry(text, span) for span in outline.closing],
        "sections": sections,
        "metrics": [
            metric_entry(text, index, metric, places) for index, metric in enumerate(reading.metrics)
        ],
        "diagnostics": diagnostic_entries(reading.diagnostics),
    }


def section_entries(text: Text, sections: Iterable[Section], prefix: str) -> list[Entry]:
    """The section tree below `prefix`, the path of the parent with a dot behind it."""
    entries = []
    for number, section in enumerate(sections, 1):
        path = f"{prefix}{number}"
        entries.append(
            {
                "id": path,
                "level": path.count(".") + 1,
                "kind": section.kind,
                "marker": section.marker,
                "ordinal": section.ordinal,
                "heading": joined(text.simplified, section.heading) if section.heading else "",
                "heading_span": section.heading,
                "span": section.span,
                "run_in": section.run_in,
                "paragraphs": [slice_entry(text, span) for span in section.paragraphs],
                "sections": section_entries(text, section.children, f"{path}."),
                "rule": section.rule,
            }
        )
    return entries


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
    """Which section holds a place; the sections in file order, each with the index of its parent."""

    def __init__(self, sections: Iterable[Entry]) -> None:
        """Flattens the tree once, so that each question costs one binary search."""
        self.sections: list[tuple[Entry, int]] = []
        self._add(sections, -1)
        self.starts = [section["span"][0] for section, _ in self.sections]

    def _add(self, sections: Iterable[Entry], parent: int) -> None:
        for section in sections:
            self.sections.append((section, parent))
            self._add(section["sections"], len(self.sections) - 1)

    def innermost(self, span: Span) -> str | None:
        """The id of the deepest section that holds the span; None in the preamble or the closing."""
        index = bisect_right(self.starts, span[0]) - 1
        while index >= 0:
            section, parent = self.sections[index]
            if span[1] <= section["span"][1]:
                return str(section["id"])
            index = parent
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
