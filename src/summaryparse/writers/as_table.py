"""A table for a person: the metrics of each report under the headings of its sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from summaryparse.model import Metric, Report, Source
from summaryparse.writers import Screen
from summaryparse.writers.drawing import draw
from summaryparse.writers.plain import plain
from summaryparse.writers.rows import heading_paths, interval

BOUND = {"exact": "", "approx": "≈", "min": "≥", "max": "≤"}
ARROW = {"up": "↑", "down": "↓"}


def report_tables(source: Source, reports: Iterable[Report], screen: Screen) -> Iterator[str]:
    """One table for each report."""
    for report in reports:
        title = report.title.text if report.title else "(no title)"
        caption = Text(f"{plain(source.path)} {report.id} {plain(title)}", style="bold")
        yield draw(Group(caption, report_table(report)), screen)


def report_table(report: Report) -> Table:
    """The metrics of one report, each section's under a line with its headings."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("name", ratio=4, overflow="fold")
    table.add_column("value", justify="right", overflow="fold")
    table.add_column("unit", overflow="fold")
    table.add_column("change", overflow="fold")
    table.add_column("status", overflow="fold")
    table.add_column("period", overflow="fold")
    headings = dict(heading_paths(report.sections, ()))
    current: str | None = ""  # no section has this id, so the first metric always begins a group
    for metric in report.metrics:
        if metric.section_id != current:
            current = metric.section_id
            path = f"{current} {headings[current]}" if current else "(outside the sections)"
            table.add_row(Text(plain(path), style="bold"))
        table.add_row(*(Text(plain(text)) for text in cells(metric)))
    return table


def cells(metric: Metric) -> Iterator[str]:
    """The columns of one metric."""
    yield metric.name
    yield BOUND[metric.bound] + value_text(metric)
    yield metric.unit
    yield " ".join(filter(None, (ARROW.get(metric.direction or "", ""), metric.baseline or "")))
    yield "" if metric.status == "actual" else metric.status
    yield interval(metric.period) or ""


def value_text(metric: Metric) -> str:
    """The value with thousands commas, both ends of a range, or the mask that the document shows."""
    if metric.value is None:
        return metric.text if metric.redacted else "?"
    rank = "#" if metric.kind == "rank" else ""
    upper = "" if metric.value_max is None else f"–{metric.value_max:,}"
    return f"{rank}{metric.value:,}{upper}"
