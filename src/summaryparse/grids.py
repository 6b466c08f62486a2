"""Finds the tables among the lines of a text and cuts them into rows and columns.

A table was flattened with tabs, bars, wide gaps or single spaces between its cells, or to one cell a line.
Nothing is known here of names and values. Works on folded text; spans are half-open code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, starmap
from typing import Literal

from summaryparse.pieces import SEPARATORS, STRONG, Cutter, Kind, Piece, Row
from summaryparse.records import dataclass
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

Role = Literal["ordinal", "label", "unit", "value", "note"]
NAMED_ONLY = SEPARATORS[3]  # single spaces are no sign of a table unless a header fits
MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for each column its header cells and role, and the rows below the header, equally wide."""

    columns: tuple[tuple[Piece, ...], ...]
    roles: tuple[Role, ...]
    rows: tuple[Row, ...]
    lines: Span

    @property
    def label(self) -> int:
        """The number of the column that names the rows."""
        return self.roles.index("label")


def find_grids(folded: str, lines: Sequence[Span], rules: RuleSet) -> list[Grid]:
    """The tables among the lines, in order; a line may have blanks at its ends.

    A table that goes on below a subheading with the same header is told again, from its header on.
    """
    reader = Reader(folded, lines, rules)
    if all(reader.cutter.running):
        return []
    taken = [False] * len(lines)
    found: list[Grid] = []
    for separator in SEPARATORS:
        for grid in reader.in_rows(separator, taken):
            taken[slice(*grid.lines)] = [True] * (grid.lines[1] - grid.lines[0])
            found.append(grid)
    found.extend(reader.stacked(taken))
    return sorted(found, key=lambda grid: grid.lines)


class Reader:
    """Reads the lines of one text as tables."""

    def __init__(self, folded: str, lines: Sequence[Span], rules: RuleSet) -> None:
        """Keeps what all readings need."""
        self.cutter, self.lines, self.rules = Cutter(folded, lines, rules), lines, rules

    def in_rows(self, separator: str, taken: Sequence[bool]) -> Iterator[Grid]:
        """Tables with a row on each line."""
        block: list[Row] = []
        waiting: list[Row] = []
        last: Grid | None = None
        for number in range(len(self.lines) + 1):
            row = (
                self.cutter.cut(number, separator) if number < len(self.lines) and not taken[number] else None
            )
            if row and all(self.rules.pattern("table.rule").match(p.text) for p in row.pieces if p.text):
                continue
            if row:
                block.append(row)
                continue
            for grid in self.read_block(block, separator, last, waiting):
                last = grid
                yield grid
            if block:
                waiting = [row for row in block[-2:] if not is_body(row)]
            block = []

    def read_block(
        self, block: Sequence[Row], separator: str, last: Grid | None, waiting: Sequence[Row]
    ) -> Iterator[Grid]:
        """The tables in lines that follow each other and can all be cut.

        Where no header stands above the first, it has the one `waiting` above a subheading, or that of the
        table before.
        """
        strong, at = separator in STRONG, 0
        while at < len(block):
            begin = next((i for i in range(at, len(block)) if is_body(block[i])), len(block))
            end = begin
            while end < len(block) and is_body(block[end]) and (strong or fits(block[begin], block[end])):
                end += 1
            body = block[begin:end]
            if body:
                columns = self.header(block[at:begin], body, strong=strong)
                if not columns and waiting and begin == 0 and body[0].lines[0] - waiting[-1].lines[1] == 1:
                    columns = self.header(waiting, body, strong=strong)
                if not columns and last and body[0].lines[0] - last.lines[1] <= 2:
                    columns = inherited(last, body)
                if columns or separator != NAMED_ONLY:
                    grid = self.make(columns, body, strong=strong)
                    last = grid or last
                    if grid:
                        yield grid
            at = max(end, at + 1)

    def header(
        self, above: Sequence[Row], body: Sequence[Row], *, strong: bool
    ) -> tuple[tuple[Piece, ...], ...]:
        """The header cells of each column, from the rows right above the body."""
        width = max(len(row.pieces) for row in body)
        near = [row for row in above if not self.has_unit_note(row)][-2 if strong else -1 :]
        if strong and near:
            width = max(width, *(len(row.pieces) for row in near))
        levels = [filled for row in near if (filled := spread(row.pieces, width, strong=strong))]
        if len(levels) == 2 and (levels[0][0].kind == "value" or same_words(levels[0])):
            del levels[0]
        if len(levels) == 2:
            levels[0] = carry_right(levels[0], levels[1])
        columns = list(zip(*levels, strict=True)) if levels else []
        return tuple(tuple(p for p in dict.fromkeys(column) if p.text) for column in columns)

    def has_unit_note(self, row: Row) -> bool:
        """Whether a row above a table is its caption."""
        return any(self.rules.pattern("table.unit-note").search(p.text) for p in row.pieces)

    def make(self, columns: Sequence[tuple[Piece, ...]], body: Sequence[Row], *, strong: bool) -> Grid | None:
        """The table of a header and rows, None if they make none."""
        width = max(len(columns), len(body[0].pieces), *(len(r.pieces) if strong else 0 for r in body))
        rows = [Row(pad(row.pieces, width, strong=strong), row.lines) for row in body]
        heads = ["".join(p.text for p in column) for column in columns] or [""] * width
        if len(heads) != width:
            return None
        roles = self.roles(heads, rows, strong=strong)
        if roles is None or not enough(roles, rows, named=bool(columns)):
            return None
        first = min([p.span[0] for column in columns for p in column], default=rows[0].pieces[0].span[0])
        begin = rows[0].lines[0]
        while begin > 0 and columns and self.lines[begin - 1][1] > first:
            begin -= 1
        return Grid(tuple(columns) or ((),) * width, roles, tuple(rows), (begin, rows[-1].lines[1]))

    def roles(self, heads: Sequence[str], rows: Sequence[Row], *, strong: bool) -> tuple[Role, ...] | None:
        """What each column holds, None where a column fits no role."""
        roles: list[Role] = []
        for c, head in enumerate(heads):
            kinds = [row.pieces[c].kind for row in rows]
            if "label" not in roles:
                if c == 0 and is_ordinal([row.pieces[c] for row in rows], kinds, head, self.rules):
                    roles.append("ordinal")
                elif "value" not in kinds and "other" not in kinds and set(kinds) != {"empty"}:
                    roles.append("label")
                elif strong and c < 2:
                    roles.append("note")
                else:
                    return None
            elif self.rules.pattern("table.unit-column").match(head):
                roles.append("unit")
            elif "word" not in kinds and "other" not in kinds and "period" not in kinds:
                measured = not self.rules.pattern("table.not-measured").match(head)
                roles.append("value" if measured and {"value", "year"} & set(kinds) else "note")
            elif strong:
                roles.append("note")
            else:
                return None
        if "label" in roles:
            move_label(roles, rows)
        return tuple(roles) if "label" in roles else None

    def stacked(self, taken: Sequence[bool]) -> Iterator[Grid]:
        """Tables with a cell on each line."""
        run: list[Row] = []
        for number in range(len(self.lines) + 1):
            cell = self.cutter.single(number) if number < len(self.lines) and not taken[number] else None
            if cell:
                run.append(Row((cell,), (number, number + 1)))
                continue
            yield from self.read_run(run)
            run = []

    def read_run(self, run: Sequence[Row]) -> Iterator[Grid]:
        """The tables in short lines that follow each other."""
        cells = [row.pieces[0] for row in run]
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
                best = max(grids, key=lambda g: (len(g.rows) * g.roles.count("value"), -len(g.roles)))
                yield best
                low = best.lines[1] - run[0].lines[0]
            at = max(at + 1, low, *(end for _, end in tried))

    def unstack(self, run: Sequence[Row], start: int, width: int, *, named: bool) -> tuple[Grid | None, int]:
        """The table of this width whose first row begins at `start`, its header right above if it has one.

        The number says up to where no table need be looked for if these rows, being many, make none.
        """
        shape = [row.pieces[0].kind in ("value", "year", "empty") for row in run[start : start + width]]
        shape[0] = run[start].pieces[0].kind == "value"
        rows: list[Row] = []
        at = start
        while at + width <= len(run):
            cells = tuple(row.pieces[0] for row in run[at : at + width])
            if not all(starmap(suits, zip(cells, shape, strict=True))):
                break
            rows.append(Row(cells, (run[at].lines[0], run[at + width - 1].lines[1])))
            at += width
        done = at if len(rows) > MOST_COLUMNS else 0
        if len(rows) < 2 or (not named and not any(is_measure(row.pieces[1].text) for row in rows)):
            return None, done
        total = tuple(row.pieces[0] for row in run[at : at + width - 1])
        closes = all(starmap(suits, zip(total[1:], shape[2:], strict=False)))
        if shape[0] and closes and fits(rows[0], Row(total, (0, 0))):
            rows.append(Row(total, (run[at].lines[0], run[at + width - 2].lines[1])))
        header = [row.pieces for row in run[start - width : start]] if named else []
        return self.make(header, rows, strong=False), done


def heads_above(cells: Sequence[Piece], low: int, start: int) -> int:
    """How many cells that can head a column stand right above a place."""
    count = 0
    while count < min(MOST_COLUMNS, start - low) and cells[start - 1 - count].kind in (
        "word",
        "year",
        "period",
    ):
        count += 1
    return count


def suits(piece: Piece, figure: bool) -> bool:  # noqa: FBT001 — a cell and its place, side by side
    """Whether a cell can stand in a place of figures, or of words."""
    return piece.kind == "year" or figure == (piece.kind in ("value", "empty"))


def is_body(row: Row) -> bool:
    """Whether a row holds figures, or a label and signs that there are none."""
    kinds = [p.kind for p in row.pieces]
    return "value" in kinds or (kinds[0] in ("word", "period") and set(kinds[1:]) == {"empty"})


def fits(first: Row, row: Row) -> bool:
    """Whether a row is as wide as the first, or lacks only the number before its label."""
    missing = len(first.pieces) - len(row.pieces)
    if missing == 1:
        return first.pieces[0].kind == "value" and row.pieces[0].kind in ("word", "period")
    return missing == 0


def pad(pieces: tuple[Piece, ...], width: int, *, strong: bool) -> tuple[Piece, ...]:
    """The row with empty cells where it is short: at its end, or in a weak table before its label."""
    blank = tuple(Piece((pieces[-1].span[1],) * 2, "", "empty") for _ in range(width - len(pieces)))
    return (*pieces, *blank) if strong else (*blank, *pieces)


def spread(pieces: tuple[Piece, ...], width: int, *, strong: bool) -> tuple[Piece, ...] | None:
    """A header row at full width: the corner may be missing, and a cell may span several columns."""
    missing = width - len(pieces)
    if missing <= 0 or (strong and any(not p.text for p in pieces)):
        return pad(pieces, width, strong=True)
    if missing == 1:
        return pad(pieces, width, strong=False)
    each, rest = divmod(width - 1, max(1, len(pieces) - 1))
    if not strong or rest or len(pieces) < 2:
        return pad(pieces, width, strong=True) if strong else None
    return (pieces[0], *(p for p in pieces[1:] for _ in range(each)))


def carry_right(top: tuple[Piece, ...], bottom: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The upper of two header rows, each cell given to the empty places to its right with a cell below."""
    filled = list(top)
    for c in range(2, len(filled)):
        if not filled[c].text and bottom[c].text and filled[c - 1].text and bottom[c - 1].text:
            filled[c] = filled[c - 1]
    return tuple(filled)


def same_words(pieces: Sequence[Piece]) -> bool:
    """Whether a row above the header has one cell only: a caption."""
    return len({p.text for p in pieces if p.text}) < 2


def inherited(last: Grid, body: Sequence[Row]) -> tuple[tuple[Piece, ...], ...]:
    """The header of the table before, if the rows are as wide."""
    return last.columns if len(last.columns) == len(body[0].pieces) and any(last.columns) else ()


def is_ordinal(cells: Sequence[Piece], kinds: Sequence[Kind], head: str, rules: RuleSet) -> bool:
    """Whether a first column numbers the rows."""
    if not set(kinds) <= {"value", "empty", "word"} or "value" not in kinds:
        return False
    numbers = [int(p.text) for p in cells if p.text.isdecimal()]
    counted = len(numbers) == kinds.count("value") and all(b - a == 1 for a, b in pairwise(numbers))
    return counted and (numbers[0] == 1 or bool(rules.pattern("table.not-measured").match(head)))


def move_label(roles: list[Role], rows: Sequence[Row]) -> None:
    """Makes a second column of words the label where the first only groups the rows."""
    first = roles.index("label")
    if first + 1 >= len(roles) or roles[first + 1] != "note":
        return
    groups = [row.pieces[first].text for row in rows]
    labels = [row.pieces[first + 1] for row in rows]
    if len(set(groups)) < len(groups) and all(piece.kind == "word" for piece in labels):
        roles[first], roles[first + 1] = "note", "label"


def is_measure(text: str) -> bool:
    """Whether a figure is more than a plain integer, as a page number is."""
    return not text.isdecimal()


def enough(roles: Sequence[Role], rows: Sequence[Row], *, named: bool) -> bool:
    """Whether rows are a table: two of two figures or three of one, and without a header no list of pages."""
    values = [c for c, role in enumerate(roles) if role == "value"]
    filled = sum(any(row.pieces[c].kind in ("value", "year") for c in values) for row in rows)
    if not values or filled < (2 if len(values) > 1 else 3):
        return False
    label = roles.index("label")
    labels = [row.pieces[label] for row in rows if row.pieces[label].text]
    if len(labels) * 2 < len(rows) or (len(values) == 1 and not named and len({p.text for p in labels}) < 3):
        return False
    if named:
        return True
    plain = [int(row.pieces[values[0]].text) for row in rows if row.pieces[values[0]].text.isdecimal()]
    pages = len(values) == 1 and len(plain) == filled and all(a <= b for a, b in pairwise(plain))
    return not pages and any(p.kind == "word" for p in labels)
