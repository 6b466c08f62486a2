"""Rows of a table as lines: cells with tabs between them, unless the table only lays a page out."""

from __future__ import annotations

from collections.abc import Sequence

# A cell with more text than this in several paragraphs is a frame for running text.
FRAMED_LINES = 3
FRAMED_TEXT = 100


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """The lines of one row, whose cells are given as lists of lines; empty cells keep their place."""
    filled = [cell for cell in cells if any(line.strip() for line in cell)]
    if not filled:
        return []
    framed = any(len(cell) >= FRAMED_LINES and sum(map(len, cell)) > FRAMED_TEXT for cell in filled)
    if framed or len(cells) == 1:
        return [line for cell in filled for line in cell]
    return ["\t".join(one_line(cell) for cell in cells).rstrip("\t")]


def one_line(cell: Sequence[str]) -> str:
    """The text of a cell without line ends and tabs of its own."""
    return " ".join(" ".join(cell).split("\t")).replace("\n", " ").strip()
