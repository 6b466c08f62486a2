"""Puts cells of a PDF's table together again whose text was wrapped within its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summaryparse.readers.pdf_lines import Cell, Line

FEWEST_COLUMNS = 3
# In heights of a character: how near a wrapped line stands, the room between columns, the longest first word.
NEAR = 2.0
PADDING = 1.5
WORD = 3.0


def merge_wrapped_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, in which what was wrapped in a cell stands in its row."""
    merged: list[Line] = []
    for line in lines:
        cells = wrapped_into(merged[-1], line) if merged else None
        if cells is None:
            merged.append(line)
        else:
            text = "\t".join(cell.text for cell in cells)
            merged[-1] = replace(merged[-1], text=text, cells=cells, base=line.base)
    return merged


def wrapped_into(row: Line, line: Line) -> tuple[Cell, ...] | None:
    """The cells of the row with those of the line behind them; None if the line is one of its own."""
    columns = row.cells
    if len(columns) < FEWEST_COLUMNS or not len(line.cells) < len(columns):
        return None
    if row.base - line.base > NEAR * row.height:
        return None
    cells = list(columns)
    for piece in line.cells:
        at = column_of(piece, columns, row.height)
        if at is None:
            return None
        cell = cells[at]
        right = max(cell.right, piece.right)
        cells[at] = Cell(min(cell.left, piece.left), right, cell.text + piece.text)
    return tuple(cells)


def column_of(piece: Cell, columns: Sequence[Cell], height: float) -> int | None:
    """The column that a piece continues: it lies within it, and the cell above it was full."""
    for at, cell in enumerate(columns):
        begin = columns[at - 1].right if at else cell.left - height
        end = columns[at + 1].left if at + 1 < len(columns) else cell.right + height
        if begin < piece.left and piece.right < end:
            word = min(piece.right - piece.left, WORD * height)
            full = cell.right + word + PADDING * height > end
            over = piece.left < cell.right and cell.left < piece.right
            return at if full and over else None
    return None
