"""Tells the tables among a section's paragraphs from its running text and reads their figures.

Works on folded text; spans are half-open code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from summaryparse.cells import Cell, CellReader, Measure, caption_measure
from summaryparse.expressions import compiled
from summaryparse.pieces import BLANK_OR_BAR
from summaryparse.row_tables import find_grids
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

LINE = compiled(r"[^\r\n]+")
LINE_END = compiled(r"[\r\n]")
SENTENCE = compiled("[。;!?]")
BLANK = " \t"
LONGEST_CAPTION = 60
LONGEST_MARKER = 12


def find_tables(folded: str, spans: Sequence[Span], rules: RuleSet) -> tuple[list[Cell], list[Span]]:
    """The figures of all tables among the paragraphs of a section, and the paragraphs outside tables."""
    if all(is_running(folded, *span) for span in spans):
        return [], list(spans)
    lines, owners = split_lines(folded, spans)
    taken = [False] * len(lines)
    cells: list[Cell] = []
    for table in read_tables(folded, lines, rules):
        taken[table.begin : table.end] = [True] * (table.end - table.begin)
        cells += table.cells
    if not any(taken):
        return [], list(spans)
    return cells, list(outside_tables(folded, spans, lines, owners, taken))


def is_running(folded: str, start: int, end: int) -> bool:
    """Whether a paragraph is one line with a sentence in it, and so no part of a table."""
    return SENTENCE.search(folded, start, end) is not None and LINE_END.search(folded, start, end) is None


def table_lines(folded: str, lines: Sequence[Span], rules: RuleSet) -> list[bool]:
    """For each line whether it is part of a table: a row, its header, the line that gives its unit.

    A line with a marker that parts two tables under one header heads a section, unless such a line stands
    below the header too.
    """
    found = [False] * len(lines)
    marker = rules.pattern("block.line-marker")
    marked = [
        marker.match(folded[start : min(end, start + LONGEST_MARKER)]) is not None for start, end in lines
    ]
    parted, last = False, 0
    for table in read_tables(folded, [widen(folded, *line) for line in lines], rules):
        again = table.begin < last
        parted = parted if again else any(marked[table.begin : table.body])
        begin = table.body if again and not parted else table.begin
        found[begin : table.end] = [True] * (table.end - begin)
        last = table.end
    return found


class Table(NamedTuple):
    """A table by its line numbers, its first row of figures that of `body`, and its figures."""

    begin: int
    body: int
    end: int
    cells: Sequence[Cell]


def read_tables(folded: str, lines: Sequence[Span], rules: RuleSet) -> Iterator[Table]:
    """The tables among lines with the blanks around them."""
    for grid in find_grids(folded, lines, rules):
        begin, end = grid.lines
        caption, alone = read_caption(folded, lines[max(0, begin - 2) : begin], rules)
        figures = list(CellReader(grid, caption, rules).cells(lines))
        if figures:  # lines of which no figure can be named are no table
            yield Table(begin - alone, grid.rows[0].lines[0], end, figures)


def split_lines(folded: str, spans: Sequence[Span]) -> tuple[list[Span], list[int]]:
    """The lines of the paragraphs with the tabs around them, and the number of each one's paragraph."""
    lines: list[Span] = []
    owners: list[int] = []
    for number, (begin, stop) in enumerate(spans):
        for match in LINE.finditer(folded, begin, stop):
            start, end = match.span()
            if match[0].strip():
                lines.append(widen(folded, start, end))
                owners.append(number)
    return lines, owners


def read_caption(folded: str, above: Sequence[Span], rules: RuleSet) -> tuple[Measure | None, bool]:
    """The unit that the lines above a table give, and whether the last of them says nothing else."""
    for start, end in reversed(above):
        text = folded[start:end].strip(BLANK_OR_BAR)
        if len(text) > LONGEST_CAPTION:
            break
        if match := rules.pattern("table.unit-line").match(text):
            return caption_measure(match["units"], rules), (start, end) == above[-1]
        if match := rules.pattern("table.unit-note").search(text):
            return caption_measure(match["units"], rules), False
    return None, False


def outside_tables(
    folded: str, spans: Sequence[Span], lines: Sequence[Span], owners: Sequence[int], taken: Sequence[bool]
) -> Iterator[Span]:
    """The paragraphs, without their lines that belong to tables."""
    own: list[list[int]] = [[] for _ in spans]
    for line, owner in enumerate(owners):
        own[owner].append(line)
    for span, numbers in zip(spans, own, strict=True):
        if not any(taken[i] for i in numbers):
            yield span
            continue
        for inside, group in groupby(numbers, key=taken.__getitem__):
            if not inside:
                kept = list(group)
                yield trim(folded, lines[kept[0]][0], lines[kept[-1]][1])


def trim(folded: str, start: int, end: int) -> Span:
    """The span without blanks at its ends."""
    text = folded[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def widen(folded: str, start: int, end: int) -> Span:
    """A line with the blanks around it: a tab there tells of an empty cell."""
    while start > 0 and folded[start - 1] in BLANK:
        start -= 1
    while end < len(folded) and folded[end] in BLANK:
        end += 1
    return start, end
