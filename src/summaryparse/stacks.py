"""Reads tables that were flattened to one cell a line, with or without a bar between the cells.

Works on folded text; spans are half-open code points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import starmap

from summaryparse.grids import Grid, Maker, fits, is_subheading, numbers_columns, squeeze
from summaryparse.pieces import Cutter, Piece, Row
from summaryparse.records import dataclass, replace

MOST_COLUMNS = 16
MOST_SUBHEADINGS = 4  # so many rows of words may part a header from the first figures
PERIODS = frozenset({"year", "period"})
HEADS = PERIODS | {"word"}
FIGURES = frozenset({"value", "year", "empty"})


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
            if cells and self.tells_months(cells[-1].pieces[0], cell):
                cells[-1] = Row((with_months(cells[-1].pieces[0], cell),), (cells[-1].lines[0], number + 1))
            elif cell.text or not is_open:
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
            tried += [self.two_levels(run, start, low) for start in range(max(low, at - 1), at)]
            grids = [grid for grid, _ in tried if grid]
            if grids:
                best = max(grids, key=lambda g: (figures(g), len(g.labels), depth(g), -len(g.roles)))
                yield best
                low = bisect_left(lines, best.lines[1])
            at = max(at + 1, low, *(end for _, end in tried))

    def unstack(self, run: Run, start: int, width: int, *, named: bool) -> tuple[Grid | None, int]:
        """The table of this width whose first row begins at `start`, its header right above if it has one.

        The number says up to where no table need be looked for if these rows, being many, make none.
        """
        above = self.past_subheadings(run, start, -1) if named else start
        first = above - width if named else start
        if first < 0:
            return None, 0
        lowest = start - width * MOST_SUBHEADINGS
        while named and first >= max(lowest, width) and is_subheading(run.row(first, first + width)):
            first -= width
        columns = [(head,) if head.text else () for head in run.pieces(first, first + width) if named]
        return self.below(run, columns, first, start, width, parted=above < start)

    def two_levels(self, run: Run, start: int, low: int) -> tuple[Grid | None, int]:
        """The table below two levels of heads whose first row begins at `start`.

        Each head has all periods below it, one of changes none: 发病数, 增长, 死亡数, then 2022, 2021 twice.
        """
        width, above = 1, start
        for piece in run.pieces(start + 1, start + 1 + MOST_COLUMNS):
            if piece.kind not in FIGURES:
                break
            width += 1
        while above > max(low, start - MOST_COLUMNS) and run.cells[above - 1].pieces[0].kind in PERIODS:
            above -= 1
        periods = run.pieces(above, start)
        for first in range(above - 1, max(low, above - width) - 1, -1):
            if run.cells[first].pieces[0].kind != "word":
                break
            heads, corner = (
                run.pieces(first, above),
                first > low and self.is_corner(run.pieces(first - 1, first)),
            )
            columns = self.spread(heads, periods)
            if corner and len(columns) != width:
                columns = [(), *((head,) for head in heads[:-1]), *((heads[-1], p) for p in periods)]
            if len(columns) == width:
                return self.below(run, columns, first - corner, start, width, parted=False)
        return None, 0

    def spread(self, heads: Sequence[Piece], periods: Sequence[Piece]) -> list[tuple[Piece, ...]]:
        """The heads of all columns, the first without any; none if heads and periods do not fit."""
        moved = [self.is_change(head) for head in heads]
        levels = len(heads) - sum(moved)
        each, rest = divmod(len(periods), max(1, levels))
        told = [piece.text for piece in periods]
        suit = told == told[:each] * levels and len(set(told)) == each > 1
        if rest or not suit or len(heads) < 2:
            return []
        columns: list[tuple[Piece, ...]] = [()]
        for head, change in zip(heads, moved, strict=True):
            columns += [(head,)] if change else [(head, period) for period in periods[:each]]
        return columns

    def next_row(self, run: Run, at: int, shape: Sequence[bool], *, parted: bool) -> int | None:
        """Where the next row begins, at a place or behind subheadings there; None if none follows."""
        for start in range(at, (self.past_subheadings(run, at, 1) if parted else at) + 1):
            if is_row(run.pieces(start, start + len(shape)), shape):
                return start
        return None

    def past_subheadings(self, run: Run, at: int, step: int) -> int:
        """The place behind, or for a `step` of -1 before, the words with a marker that stand at a place."""
        for _ in range(MOST_SUBHEADINGS):
            number = min(at, at + step)
            if not 0 <= number < len(run.cells) or not self.is_marked(run.cells[number].pieces[0]):
                break
            at += step
        return at

    def is_marked(self, piece: Piece) -> bool:
        """Whether a cell is words behind the number of a section."""
        return (
            piece.kind == "word"
            and self.maker.rules.pattern("block.line-marker").match(piece.text) is not None
        )

    def is_corner(self, cells: Sequence[Piece]) -> bool:
        """Whether a cell heads the labels of the rows."""
        return self.maker.rules.pattern("table.corner").match(squeeze(cells[0].text)) is not None

    def is_change(self, head: Piece) -> bool:
        """Whether a column holds changes."""
        rules = self.maker.rules
        bare = rules.pattern("table.bracket").sub("", head.text)
        return rules.pattern("table.change").search(bare) is not None

    def tells_months(self, year: Piece, cell: Piece) -> bool:
        """Whether a cell goes on with the year above it: 2018, then 1-10."""
        return year.kind == "year" and self.maker.rules.pattern("table.months").match(cell.text) is not None

    def below(
        self,
        run: Run,
        columns: Sequence[tuple[Piece, ...]],
        first: int,
        start: int,
        width: int,
        *,
        parted: bool,
    ) -> tuple[Grid | None, int]:
        """The table of the rows from `start` on, whose heads begin at `first`; `parted` by subheadings."""
        shape = [piece.kind in FIGURES for piece in run.pieces(start, start + width)]
        shape[0] = run.cells[start].pieces[0].kind == "value"
        if len(shape) < width:
            return None, 0
        rows: list[Row] = []
        at = start
        while (found := self.next_row(run, at, shape, parted=parted)) is not None:
            rows.append(run.row(found, found + width))
            at = found + width
        done = at if len(rows) > MOST_COLUMNS else 0
        if rows and numbers_columns(rows[0], self.maker.rules):
            del rows[0]
        if len(rows) < 2 or (not columns and not any(is_measure(row.pieces[1].text) for row in rows)):
            return None, done
        total = run.pieces(at, at + width - 1)
        closes = all(starmap(suits, zip(total[1:], shape[2:], strict=False)))
        if shape[0] and closes and fits(rows[0], Row(total, (0, 0))):
            rows.append(run.row(at, at + width - 1))
        grid = self.maker.make(columns, rows, strong=run.barred)
        return grid and replace(grid, lines=(run.cells[first].lines[0], grid.lines[1])), done


def figures(grid: Grid) -> int:
    """How many places of figures a table has."""
    values = [c for c, role in enumerate(grid.roles) if role == "value"]
    return sum(bool(row.pieces[c].text) for row in grid.rows for c in values)


def depth(grid: Grid) -> int:
    """How many heads stand above each other."""
    return max(len(column) for column in grid.columns)


def with_months(year: Piece, months: Piece) -> Piece:
    """A year and its months in one cell: 2018年1-10月."""
    return Piece((year.span[0], months.span[1]), f"{year.text}年{months.text.rstrip('月')}月", "period")


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
    if len(cells) < len(shape) or not all(starmap(suits, zip(cells, shape, strict=True))):
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
