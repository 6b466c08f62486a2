"""The order of the stages; the one module that knows all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from summaryparse.blocks import Report, find_blocks
from summaryparse.collector import seldom_collected
from summaryparse.diagnostics import Diagnostic
from summaryparse.entries import Entry, Reading, document_entry, report_tree
from summaryparse.expressions import compiled
from summaryparse.metrics import Metric, find_metrics
from summaryparse.normalise import Text, fold
from summaryparse.outline import Outline, find_outline
from summaryparse.rules import RuleSet
from summaryparse.source import Source

if TYPE_CHECKING:
    from summaryparse.model import Document
    from summaryparse.parts import DocumentParts

SURROGATE = compiled("[\ud800-\udfff]")


def analyse(source: Source, rules: RuleSet, *, with_text: bool = False) -> Document:
    """Everything that is found in one decoded file; pure, and safe to call from several threads."""
    with seldom_collected():
        return analyse_in_parts(source, rules, with_text=with_text).whole()


def analyse_in_parts(source: Source, rules: RuleSet, *, with_text: bool = False) -> DocumentParts:
    """The same, each report read when it is taken."""
    from summaryparse.assemble import assemble  # the models take longer to load than a report to read

    text = fold(source.text)
    layout = find_blocks(text, rules)
    readings = map(partial(read_report, text, rules), layout.reports)
    return assemble(source, text, layout, readings, with_text=with_text)


def analyse_unchecked(source: Source, rules: RuleSet) -> Entry:
    """What `analyse` gives, as a dictionary that no model has validated."""
    text = fold(source.text)
    layout = find_blocks(text, rules)
    entry = document_entry(source, text, layout)
    entry["reports"] = [
        report_tree(text, number, read_report(text, rules, report))
        for number, report in enumerate(layout.reports, 1)
    ]
    return entry


def given_text(text: str, path: str) -> Source:
    """A text that is decoded already; lone surrogates, which no encoding can carry, become `\ufffd`."""
    remarks: list[Diagnostic] = []
    found = [match.start() for match in SURROGATE.finditer(text)]
    if found:
        message = f"{len(found):,} lone surrogates were replaced; this is the first."
        remarks.append(Diagnostic("unreadable", "warning", message, (found[0], found[0] + 1)))
        text = SURROGATE.sub("\ufffd", text)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Source(path, "text/plain", "utf-8", digest, text, tuple(remarks))


def read_report(text: Text, rules: RuleSet, report: Report) -> Reading:
    """The sections and metrics of one report of the file."""
    with seldom_collected():
        outline = find_outline(text, report.body, report.excluded, rules)
        metrics, remarks = find_metrics(text, report, outline, rules)
    found = (*outline.diagnostics, *remarks, *remarks_on(report, outline, metrics))
    return Reading(report, outline, metrics, found)


def remarks_on(report: Report, outline: Outline, metrics: list[Metric]) -> Iterator[Diagnostic]:
    """What can be said of a report only when all of it has been read."""
    masked = [metric for metric in metrics if metric.redacted]
    if masked:
        message = f"The digits of {len(masked)} of {len(metrics)} metrics are masked in the document."
        yield Diagnostic("redacted", "info", message, masked[0].span)
    if not outline.sections:
        yield Diagnostic("no-sections", "info", "No section heading was found in this report.", report.span)
    if not metrics:
        yield Diagnostic("no-metrics", "info", "No metric was found in this report.", report.span)
