"""Finds the tables among the lines of a text, whatever was put between their cells.

A table was flattened with tabs, bars, wide gaps or single spaces between its cells, or to one cell a line.
Works on folded text; spans are half-open code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summaryparse.grids import Grid, Maker, bare, fits, is_body, is_subheading, lacks_figures, numbers_columns
from summaryparse.pieces import SEPARATORS, STRONG, Cutter, Piece, Row
from summaryparse.rules import RuleSet
from summaryparse.spans import Span
from summaryparse.stacks import StackReader

NAMED_ONLY = SEPARATORS[3]  # single spaces are no sign of a table unless a header fits
FEWEST_ROWS = 2


def find_grids(folded: str, lines: Sequence[Span], rules: RuleSet) -> list[Grid]:
    """The tables among the lines, in order; a line may have blanks at its ends.

    A table that goes on below a subheading with the same header is told again, from its header on.
    """
    cutter = Cutter(folded, lines, rules)
    if sum(cutter.counts(number) for number in range(len(lines))) < FEWEST_ROWS:
        return []
    maker = Maker(lines, rules)
    taken = [False] * len(lines)
    found: list[Grid] = []
    for separator in SEPARATORS:
        for grid in RowReader(cutter, maker, separator).tables(taken):
            taken[slice(*grid.lines)] = [True] * (grid.lines[1] - grid.lines[0])
            found.append(grid)
    found.extend(StackReader(cutter, maker).tables(taken))
    return sorted(found, key=lambda grid: grid.lines)


class RowReader:
    """Reads tables with a row on each line, one sort of separator between its cells."""

    def __init__(self, cutter: Cutter, maker: Maker, separator: str) -> None:
        """Keeps what all readings need."""
        self.cutter, self.maker, self.separator = cutter, maker, separator

    def tables(self, taken: Sequence[bool]) -> Iterator[Grid]:
        """The tables among the lines that are in none yet."""
        block: list[Row] = []
        waiting: list[Row] = []
        last: Grid | None = None
        for number in range(len(self.cutter.lines) + 1):
            row = (
                self.cutter.cut(number, self.separator)
                if number < len(self.cutter.lines) and not taken[number]
                else None
            )
            if row and all(
                self.maker.rules.pattern("table.rule").match(p.text) for p in row.pieces if p.text
            ):
                continue
            if row:
                if not numbers_columns(row, self.maker.rules):
                    block.append(row)
                continue
            for grid in self.read_block(block, last, waiting):
                last = grid
                yield grid
            if block:
                waiting = [row for row in block[-2:] if not is_body(row) and not is_subheading(row)]
            block = []

    def read_block(self, block: Sequence[Row], last: Grid | None, waiting: Sequence[Row]) -> Iterator[Grid]:
        """The tables in lines that follow each other and can all be cut.

        Where no header stands above the first, it has the one `waiting` above a subheading, or that of the
        table before.
        """
        strong, at = self.separator in STRONG, 0
        while at < len(block):
            begin = next((i for i in range(at, len(block)) if is_body(block[i])), len(block))
            end = begin
            while end < len(block) and (
                lacks_figures(block[end])
                or (is_body(block[end]) and (strong or fits(block[begin], block[end])))
            ):
                end += 1
            while end > begin and lacks_figures(block[end - 1]):
                end -= 1
            body = [bare(row) for row in block[begin:end]]
            if body:
                columns = self.maker.header(block[at:begin], body, strong=strong)
                if not columns and waiting and begin == 0 and body[0].lines[0] - waiting[-1].lines[1] <= 2:
                    columns = self.maker.header(waiting, body, strong=strong)
                if not columns and last and body[0].lines[0] - last.lines[1] <= 2:
                    columns = inherited(last, body)
                if columns or self.separator != NAMED_ONLY:
                    grid = self.maker.make(columns, body, strong=strong)
                    last = grid or last
                    if grid:
                        yield grid
            at = max(end, at + 1)


def inherited(last: Grid, body: Sequence[Row]) -> tuple[tuple[Piece, ...], ...]:
    """The header of the table before, if the rows are as wide."""
    return last.columns if len(last.columns) == len(body[0].pieces) and any(last.columns) else ()
