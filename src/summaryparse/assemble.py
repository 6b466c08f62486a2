"""Validates what the stages found as the parts of a `Document`, each when it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count

from summaryparse import model
from summaryparse.blocks import Layout
from summaryparse.entries import (
    Entry,
    Reading,
    document_entry,
    metric_entries,
    report_entry,
    report_tree,
    section_entry,
    section_tree,
    slice_entry,
)
from summaryparse.normalise import Text
from summaryparse.outline import Section
from summaryparse.parts import LONG, DocumentParts, ReportParts, SectionParts
from summaryparse.source import Source
from summaryparse.spans import Span


def assemble(
    source: Source, text: Text, layout: Layout, readings: Iterable[Reading], *, with_text: bool
) -> DocumentParts:
    """The document of one file; spans are half-open code points of `text.original`."""
    entry = document_entry(source, text, layout)
    entry["source"]["text"] = text.original if with_text else None
    frame = model.Document.model_validate(entry)
    return DocumentParts(frame, map(partial(report_parts, text), count(1), readings))


def report_parts(text: Text, number: int, reading: Reading) -> ReportParts:
    """One report with its sections and metrics."""
    outline, (start, end) = reading.outline, reading.report.span
    return ReportParts(
        length=end - start,
        metric_count=len(reading.metrics),
        diagnostic_count=len(reading.diagnostics),
        whole=partial(whole_report, text, number, reading),
        frame=partial(report_frame, text, number, reading),
        preamble=paragraphs(text, outline.preamble),
        closing=paragraphs(text, outline.closing),
        sections=section_parts(text, outline.sections, ""),
        metrics=map(model.Metric.model_validate, metric_entries(text, reading)),
    )


def report_frame(text: Text, number: int, reading: Reading) -> model.Report:
    """A report without what is in its lists."""
    return model.Report.model_validate(report_entry(text, number, reading))


def whole_report(text: Text, number: int, reading: Reading) -> model.Report:
    """A report with all that is in it; that of a long one is validated piece by piece, which holds less."""
    outline, (start, end) = reading.outline, reading.report.span
    if end - start < LONG:
        return model.Report.model_validate(report_tree(text, number, reading))
    entry = report_entry(text, number, reading)
    entry["preamble"] = list(paragraphs(text, outline.preamble))
    entry["closing"] = list(paragraphs(text, outline.closing))
    entry["sections"] = [section.whole() for section in section_parts(text, outline.sections, "")]
    entry["metrics"] = [*map(model.Metric.model_validate, metric_entries(text, reading))]
    return model.Report.model_validate(entry)


def paragraphs(text: Text, spans: Iterable[Span]) -> Iterator[model.Paragraph]:
    """The paragraphs that stand here, made as they are taken."""
    return map(model.Paragraph.model_validate, map(partial(slice_entry, text), spans))


def section_parts(text: Text, sections: Iterable[Section], prefix: str) -> Iterator[SectionParts]:
    """The section tree below `prefix`, the path of the parent with a dot behind it."""
    for number, section in enumerate(sections, 1):
        path = f"{prefix}{number}"
        yield SectionParts(
            length=section.span[1] - section.span[0],
            whole=partial(made, section_tree, text, section, path),
            frame=partial(made, section_entry, text, section, path),
            paragraphs=paragraphs(text, section.paragraphs),
            sections=section_parts(text, section.children, f"{path}."),
        )


def made(
    entry: Callable[[Text, Section, str], Entry], text: Text, section: Section, path: str
) -> model.Section:
    """The validated section of an entry."""
    return model.Section.model_validate(entry(text, section, path))
