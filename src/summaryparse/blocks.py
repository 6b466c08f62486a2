"""Cuts a file into reports, its table of contents and what belongs to neither."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from summaryparse.contents import Contents, find_contents, read_item
from summaryparse.diagnostics import Diagnostic
from summaryparse.heads import find_heads
from summaryparse.lines import Line, read_lines
from summaryparse.normalise import Text
from summaryparse.pages import mark_pages
from summaryparse.records import dataclass
from summaryparse.regions import Region, cut_region
from summaryparse.reports import Report, ReportReader
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

__all__ = ["Layout", "Report", "TocEntry", "find_blocks"]


@dataclass(frozen=True, slots=True)
class TocEntry:
    """An entry of the file's table of contents;
    `report` is an index into the reports, None if the text never comes.
    """

    ordinal: int | None
    title: str
    page: int | None
    span: Span
    report: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file consists of; spans are half-open code points."""

    reports: tuple[Report, ...]
    toc: tuple[TocEntry, ...]
    chrome: tuple[Span, ...]
    diagnostics: tuple[Diagnostic, ...]


def find_blocks(text: Text, rules: RuleSet) -> Layout:
    """The reports of a file; any text that is not blank gives at least one."""
    lines = mark_pages(read_lines(text.folded, rules), rules)
    if not lines:
        empty = Diagnostic("empty", "warning", "The text is empty: nothing to read in it.")
        return Layout((), (), (), (empty,))
    contents = find_contents(lines, rules)
    listed = range(contents.first, contents.end) if contents else range(0)
    heads = find_heads(lines, contents, rules)
    ends = [head.notice[0] if head.notice else head.first for head in heads[1:]] + [len(lines)]
    regions = [cut_region(lines, head, end, listed) for head, end in zip(heads, ends, strict=True)]
    reader = ReportReader(text, lines, rules)
    starts = [0, *(region.end for region in regions[:-1])]
    reports = tuple(reader.read(region, start) for region, start in zip(regions, starts, strict=True))
    toc = tuple(read_toc(text, lines, contents, regions, rules)) if contents else ()
    chrome = tuple(find_chrome(lines, regions, toc))
    return Layout(reports, toc, chrome, tuple(remarks(toc)))


def read_toc(
    text: Text, lines: Sequence[Line], contents: Contents, regions: Sequence[Region], rules: RuleSet
) -> Iterator[TocEntry]:
    """The entries of the table of contents with the report that each announces or heads a part of."""
    announced = {
        region.head.entry: number for number, region in enumerate(regions) if region.head.entry is not None
    }
    places = {
        item.key: index
        for index, line in enumerate(lines)
        if index >= contents.end and (item := read_item(line, rules))
    }
    firsts = [region.head.first for region in regions]
    for index, entry in enumerate(contents.entries):
        report = announced.get(index)
        if report is None and not announced and entry.key in places:
            report = bisect_right(firsts, places[entry.key]) - 1
        title = "".join(part.strip() for part in text.simplified[slice(*entry.title)].splitlines())
        yield TocEntry(
            entry.ordinal, title, entry.page, entry.span, report if report is None or report >= 0 else None
        )


def find_chrome(lines: Sequence[Line], regions: Sequence[Region], toc: Sequence[TocEntry]) -> Iterator[Span]:
    """Runs of lines that belong to no report and no table of contents."""
    inside = bytearray(len(lines))
    for region in regions:
        last = max(region.foot, region.body, region.head.body)
        inside[region.head.first : last] = b"\1" * (last - region.head.first)
    starts = [line.start for line in lines]
    for entry in toc:
        first = bisect_right(starts, entry.span[0]) - 1
        last = bisect_right(starts, entry.span[1] - 1)
        inside[first:last] = b"\1" * (last - first)
    start: int | None = None
    for index, line in enumerate(lines):
        if inside[index]:
            if start is not None:
                yield start, lines[index - 1].end
            start = None
        elif start is None:
            start = line.start
    if start is not None:
        yield start, lines[-1].end


def remarks(toc: Iterable[TocEntry]) -> Iterator[Diagnostic]:
    """One remark for each text that the table of contents announces and the file does not hold."""
    for entry in toc:
        if entry.report is None:
            message = f"The table of contents lists “{entry.title}”, which never comes."
            yield Diagnostic("toc-unmatched", "warning", message, entry.span)
