"""Reads tables that were flattened to one cell a line, with or without a bar between the cells.

Works on folded text; spans are half-open code points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import starmap

from summaryparse.grids import Grid, Maker, fits
from summaryparse.pieces import Cutter, Piece, Row
from summaryparse.records import dataclass, replace

MOST_COLUMNS = 16
HEADS = frozenset({"word", "year", "period"})


@dataclass(frozen=True, slots=True)
class Run:
    """Cells that follow each other, each as a row of its own; `barred` if bars part them."""

    cells: tuple[Row, ...]
    barred: bool

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The cells between two places."""
        return tuple(row.pieces[0] for row in self.cells[start:end])

    def row(self, start: int, end: int) -> Row:
        """The cells between two places as a row."""
        return Row(self.pieces(start, end), (self.cells[start].lines[0], self.cells[end - 1].lines[1]))


class StackReader:
    """Reads tables with a cell on each line."""

    def __init__(self, cutter: Cutter, maker: Maker) -> None:
        """Keeps what all readings need."""
        self.cutter, self.maker = cutter, maker

    def tables(self, taken: Sequence[bool]) -> Iterator[Grid]:
        """The tables among the lines that are in none yet."""
        for run in self.runs(taken):
            yield from self.read_run(run)

    def runs(self, taken: Sequence[bool]) -> Iterator[Run]:
        """Short lines that follow each other; a bar alone on its line closes the cell above or is empty."""
        cells: list[Row] = []
        barred = is_open = False
        for number in range(len(taken) + 1):
            cell = self.cutter.single(number) if number < len(taken) and not taken[number] else None
            if cell is None:
                if cells:
                    yield Run(tuple(cells), barred)
                cells, barred, is_open = [], False, False
                continue
            if cell.text or not is_open:
                cells.append(Row((cell,), (number, number + 1)))
            else:
                cells[-1] = Row(cells[-1].pieces, (cells[-1].lines[0], number + 1))
            has_bar = self.cutter.is_barred(number)
            barred = barred or has_bar
            is_open = not has_bar

    def read_run(self, run: Run) -> Iterator[Grid]:
        """The tables in one run."""
        lines = [row.lines[0] for row in run.cells]
        cells = run.pieces(0, len(lines))
        at, low = 0, 0
        while at < len(cells):
            if cells[at].kind != "value":
                at += 1
                continue
            tried = [
                self.unstack(run, start, width, named=named)
                for start in range(max(low, at - 3), at + 1)
                for named, width in [
                    (False, 2),
                    *((True, w) for w in range(2, heads_above(cells, low, start) + 1)),
                ]
            ]
            grids = [grid for grid, _ in tried if grid]
            if grids:
                best = max(grids, key=lambda g: (figures(g), len(g.labels), -len(g.roles)))
                yield best
                low = bisect_left(lines, best.lines[1])
            at = max(at + 1, low, *(end for _, end in tried))

    def unstack(self, run: Run, start: int, width: int, *, named: bool) -> tuple[Grid | None, int]:
        """The table of this width whose first row begins at `start`, its header right above if it has one.

        The number says up to where no table need be looked for if these rows, being many, make none.
        """
        shape = [piece.kind in ("value", "year", "empty") for piece in run.pieces(start, start + width)]
        shape[0] = run.cells[start].pieces[0].kind == "value"
        rows: list[Row] = []
        at = start
        while at + width <= len(run.cells) and is_row(run.pieces(at, at + width), shape):
            rows.append(run.row(at, at + width))
            at += width
        done = at if len(rows) > MOST_COLUMNS else 0
        if len(rows) < 2 or (not named and not any(is_measure(row.pieces[1].text) for row in rows)):
            return None, done
        total = run.pieces(at, at + width - 1)
        closes = all(starmap(suits, zip(total[1:], shape[2:], strict=False)))
        if shape[0] and closes and fits(rows[0], Row(total, (0, 0))):
            rows.append(run.row(at, at + width - 1))
        first = start - width if named else start
        columns = [(head,) if head.text else () for head in run.pieces(first, start)]
        grid = self.maker.make(columns, rows, strong=run.barred)
        return grid and replace(grid, lines=(run.cells[first].lines[0], grid.lines[1])), done


def figures(grid: Grid) -> int:
    """How many places of figures a table has."""
    values = [c for c, role in enumerate(grid.roles) if role == "value"]
    return sum(bool(row.pieces[c].text) for row in grid.rows for c in values)


def heads_above(cells: Sequence[Piece], low: int, start: int) -> int:
    """How many cells that can head a column stand right above a place."""
    count = 0
    while count < min(MOST_COLUMNS, start - low) and is_head(cells[start - 1 - count]):
        count += 1
    return count


def is_head(piece: Piece) -> bool:
    """Whether a cell can head a column: words, a period, or nothing in a corner."""
    return piece.kind in HEADS or not piece.text


def is_row(cells: Sequence[Piece], shape: Sequence[bool]) -> bool:
    """Whether cells suit the places of a row, with words before its figures."""
    if not all(starmap(suits, zip(cells, shape, strict=True))):
        return False
    named = shape[0]
    for number, (cell, figure) in enumerate(zip(cells, shape, strict=True)):
        if not figure:
            named = bool(cell.text) or (named and number > 0 and not shape[number - 1])
        elif cell.text and not named:
            return False
    return True


def suits(piece: Piece, figure: bool) -> bool:  # noqa: FBT001 — a cell and its place, side by side
    """Whether a cell can stand in a place of figures, or of words."""
    return not piece.text or piece.kind == "year" or figure == (piece.kind in ("value", "empty"))


def is_measure(text: str) -> bool:
    """Whether a figure is more than a plain integer, as a page number is."""
    return not text.isdecimal()
