"""A document in parts that come one after the other, so that a long one need not be held whole.

What is iterated over can be taken once; each item is made and validated when it is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from summaryparse.model import Document, Metric, Paragraph, Report, Section


LONG = 1 << 16  # characters; what is shorter is validated and written at once


class SectionParts(NamedTuple):
    """A section of so many characters: to be had whole, or as a `frame` and what is in its lists."""

    length: int
    whole: Callable[[], Section]
    frame: Callable[[], Section]
    paragraphs: Iterator[Paragraph]
    sections: Iterator[SectionParts]


class ReportParts(NamedTuple):
    """A report of so many characters, metrics and diagnostics, in the same two ways."""

    length: int
    metric_count: int
    diagnostic_count: int
    whole: Callable[[], Report]
    frame: Callable[[], Report]
    preamble: Iterator[Paragraph]
    closing: Iterator[Paragraph]
    sections: Iterator[SectionParts]
    metrics: Iterator[Metric]


class DocumentParts(NamedTuple):
    """A document: `frame` is all of it but its reports.

    A report that its taker lets go of is freed before the next one is read.
    """

    frame: Document
    reports: Iterator[ReportParts]

    def whole(self) -> Document:
        """The document with all its reports."""
        return self.frame.model_copy(update={"reports": tuple(report.whole() for report in self.reports)})
