"""The outline for a person: sections with the number of their metrics, and what was noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from summaryparse.model import Diagnostic, Document, Report, Section
from summaryparse.writers import Screen
from summaryparse.writers.drawing import draw
from summaryparse.writers.plain import plain
from summaryparse.writers.rows import interval

STYLE = {"info": "cyan", "warning": "yellow", "error": "red"}


def report_tree(document: Document, screen: Screen) -> str:
    """The outlines of all reports of a document."""
    source = document.source
    facts = f"{source.encoding}, {source.script}, {source.characters:,} characters"
    trees: list[RenderableType] = [Text(f"{plain(source.path)}: {facts}", style="bold")]
    text = source.text or ""
    trees += [outline(report, text) for report in document.reports]
    trees += remarks(document.diagnostics, text)
    return draw(Group(*trees), screen)


def outline(report: Report, text: str) -> Tree:
    """One report: who, when, its sections, its diagnostics."""
    title = plain(report.title.text) if report.title else "(no title)"
    who = plain(report.organisation.text) if report.organisation else ""
    facts = (report.kind, who, interval(report.period), metric_count(len(report.metrics)))
    tree = Tree(Text(f"{report.id} {title} [{', '.join(filter(None, facts))}]", style="bold"))
    add_sections(tree, report.sections, Counter(metric.section_id for metric in report.metrics))
    for remark in remarks(report.diagnostics, text):
        tree.add(remark)
    return tree


def add_sections(tree: Tree, sections: Iterable[Section], counts: Counter[str | None]) -> None:
    """Adds sections and their children; the count is of a section's own metrics."""
    for section in sections:
        words = section.heading or (section.paragraphs[0].text[:24] + "…" if section.paragraphs else "")
        label = Text(plain(section.marker + words) or "(no heading)")
        if counts[section.id]:
            label.append(f"  {metric_count(counts[section.id])}", style="dim")
        add_sections(tree.add(label), section.sections, counts)


def remarks(diagnostics: Iterable[Diagnostic], text: str) -> list[Text]:
    """Diagnostics with the line that they are about."""
    lines = []
    for d in diagnostics:
        place = f" line {text.count(chr(10), 0, d.span[0]) + 1}" if d.span else ""
        lines.append(Text(f"{d.severity}{place}: {plain(d.message)} [{d.code}]", style=STYLE[d.severity]))
    return lines


def metric_count(number: int) -> str:
    """1 metric, 2 metrics."""
    return f"{number} metric" if number == 1 else f"{number} metrics"
