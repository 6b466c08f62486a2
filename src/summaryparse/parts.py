"""A document in parts that come one after the other, so that a long one need not be held whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summaryparse.model import Document, Metric, Paragraph, Report, Section


@dataclass(frozen=True, slots=True)
class ReportParts:
    """A report: `frame` is all of it but its lists, whose items are made and validated as they are taken.

    Like everything here they can be taken once, in any order.
    """

    frame: Report
    preamble: Iterator[Paragraph]
    closing: Iterator[Paragraph]
    sections: Iterator[Section]
    metrics: Iterator[Metric]

    def lists(self) -> Mapping[str, Iterator[Paragraph] | Iterator[Section] | Iterator[Metric]]:
        """The lists by the name of their field."""
        return {
            "preamble": self.preamble,
            "closing": self.closing,
            "sections": self.sections,
            "metrics": self.metrics,
        }

    def whole(self) -> Report:
        """The report with all that is in it."""
        return self.frame.model_copy(update={name: tuple(items) for name, items in self.lists().items()})


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """A document: `frame` is all of it but its reports, which are read as they are taken.

    A report that its taker lets go of is freed before the next one is read.
    """

    frame: Document
    reports: Iterator[ReportParts]

    def whole(self) -> Document:
        """The document with all its reports."""
        return self.frame.model_copy(update={"reports": tuple(map(ReportParts.whole, self.reports))})
