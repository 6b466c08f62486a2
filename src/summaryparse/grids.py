"""Makes a table of rows of cells: finds the header of each column and what the column holds.

Nothing is known here of names and values. Works on folded text; spans are half-open code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

from summaryparse.pieces import Kind, Piece, Row, unit_forms
from summaryparse.records import dataclass
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

Role = Literal["ordinal", "label", "unit", "value", "note"]
MOST_GROUPS = 4
FEWEST_UNTOLD = 3  # so many columns of bare figures need heads


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for each column its header cells and role, and the rows below the header, equally wide.

    Of tables side by side each has a column of labels, which names the figures to its right.
    """

    columns: tuple[tuple[Piece, ...], ...]
    roles: tuple[Role, ...]
    rows: tuple[Row, ...]
    lines: Span

    @property
    def labels(self) -> tuple[int, ...]:
        """The numbers of the columns that name the rows."""
        return tuple(c for c, role in enumerate(self.roles) if role == "label")

    def label_of(self, c: int) -> int:
        """The number of the column that names the figures of a column."""
        labels = self.labels
        return max((at for at in labels if at < c), default=labels[0])


class Maker:
    """Makes tables of the lines of one text."""

    def __init__(self, lines: Sequence[Span], rules: RuleSet) -> None:
        """Keeps what all tables need."""
        self.lines, self.rules = lines, rules

    def header(
        self, above: Sequence[Row], body: Sequence[Row], *, strong: bool
    ) -> tuple[tuple[Piece, ...], ...]:
        """The header cells of each column, from the rows right above the body."""
        heads = [bare(row) for row in above if not self.has_unit_note(row) and not is_subheading(row)]
        near = heads[-2 if strong else -1 :]
        width = max(len(row.pieces) for row in (*body, *(near if strong else ())))
        if len(near) == 2 and not is_upper(near[0], near[1], width):
            del near[0]
        at_front = not (strong and near and self.has_corner(near[-1], body))
        levels = [
            filled
            for row in near
            if (filled := spread(row.pieces, width, strong=strong, whole=len(near) == 1, at_front=at_front))
        ]
        if len(levels) == 2 and (levels[0][0].kind == "value" or same_words(levels[0])):
            del levels[0]
        if len(levels) == 2:
            levels[0] = carry_right(levels[0], levels[1])
        columns = list(zip(*levels, strict=True)) if levels else []
        return tuple(tuple(p for p in dict.fromkeys(column) if p.text) for column in columns)

    def has_corner(self, head: Row, body: Sequence[Row]) -> bool:
        """Whether a header row begins with the head of the labels, so that no corner is missing before it."""
        figures = any(len(row.pieces) > 1 and row.pieces[1].kind == "value" for row in body)
        return figures and self.rules.pattern("table.corner").match(squeeze(head.pieces[0].text)) is not None

    def has_unit_note(self, row: Row) -> bool:
        """Whether a row above a table is its caption."""
        return any(self.rules.pattern("table.unit-note").search(p.text) for p in row.pieces)

    def make(self, columns: Sequence[tuple[Piece, ...]], body: Sequence[Row], *, strong: bool) -> Grid | None:
        """The table of a header and rows, None if they make none; a header of few cells is none."""
        if sum(map(bool, columns)) * 2 < len(columns):
            columns = ()
        width = max(len(columns), len(body[0].pieces), *(len(r.pieces) if strong else 0 for r in body))
        rows = [Row(pad(row.pieces, width, strong=strong), row.lines) for row in body]
        heads = [squeeze("".join(p.text for p in column)) for column in columns] or [""] * width
        if len(heads) != width:
            return None
        roles = self.roles(heads, rows, strong=strong)
        if roles is None or not enough(roles, rows, named=bool(columns), strong=strong):
            return None
        first = min([p.span[0] for column in columns for p in column], default=rows[0].pieces[0].span[0])
        begin = rows[0].lines[0]
        while begin > 0 and columns and self.lines[begin - 1][1] > first:
            begin -= 1
        return Grid(tuple(columns) or ((),) * width, roles, tuple(rows), (begin, rows[-1].lines[1]))

    def roles(self, heads: Sequence[str], rows: Sequence[Row], *, strong: bool) -> tuple[Role, ...] | None:
        """What each column holds, None where a column fits no role."""
        roles: list[Role] = []
        group = repeated(heads, rows)
        for c, head in enumerate(heads):
            kinds = [row.pieces[c].kind for row in rows]
            if group and c and c % group == 0:
                roles.append("label")
            elif "label" not in roles:
                if c == 0 and is_ordinal([row.pieces[c] for row in rows], kinds, head, self.rules):
                    roles.append("ordinal")
                elif not {"value", "other"} & set(kinds) and self.names(row.pieces[c] for row in rows):
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

    def names(self, cells: Iterable[Piece]) -> bool:
        """Whether cells can name rows: they hold words other than units."""
        forms = unit_forms(self.rules)
        return any(p.kind != "empty" and p.text.lstrip("百千万亿") not in forms for p in cells)


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


def spread(
    pieces: tuple[Piece, ...], width: int, *, strong: bool, whole: bool, at_front: bool
) -> tuple[Piece, ...] | None:
    """A header row at full width: the corner may be missing, and a cell may span several columns.

    In the `whole` header no cell spans others; `at_front` says where the cell of a row that lacks one is.
    """
    missing = width - len(pieces)
    if missing <= 0 or (strong and any(not p.text for p in pieces)):
        return pad(pieces, width, strong=True)
    if missing == 1:
        return pad(pieces, width, strong=not at_front)
    each, rest = divmod(width - 1, max(1, len(pieces) - 1))
    if not strong or rest or len(pieces) < 2 or whole:
        return pad(pieces, width, strong=True) if strong else None
    return (pieces[0], *(p for p in pieces[1:] for _ in range(each)))


def is_upper(row: Row, below: Row, width: int) -> bool:
    """Whether a row is the upper of two header rows: the corner is told once, in it, or in both alike."""
    first, corner = row.pieces[0].text, below.pieces[0].text
    return not corner or corner == first or len(below.pieces) < width


def bare(row: Row) -> Row:
    """The row without the empty cells at its end."""
    kept = len(row.pieces)
    while kept > 1 and not row.pieces[kept - 1].text:
        kept -= 1
    return Row(row.pieces[:kept], row.lines)


def squeeze(text: str) -> str:
    """The words of a label that was spaced out: 单  位."""
    return "".join(text.split())


def numbers_columns(row: Row, rules: RuleSet) -> bool:
    """Whether a row only numbers the columns: 栏次, 1, 2, or 甲, 乙, 1, 2."""
    texts = [p.text for p in row.pieces if p.text]
    numbers = [int(text) for text in texts if text.isdecimal()]
    signs = [text for text in texts if not text.isdecimal()]
    counted = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return counted and all(rules.pattern("table.column-sign").match(sign) for sign in signs)


def carry_right(top: tuple[Piece, ...], bottom: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The upper of two header rows, each cell given to the empty places to its right with a cell below."""
    filled = list(top)
    for c in range(2, len(filled)):
        if not filled[c].text and bottom[c].text and filled[c - 1].text and bottom[c - 1].text:
            filled[c] = filled[c - 1]
    return tuple(filled)


def repeated(heads: Sequence[str], rows: Sequence[Row]) -> int:
    """The width of the tables that stand side by side under a header told again, 0 if there is one only."""
    for count in range(MOST_GROUPS, 1, -1):
        group, rest = divmod(len(heads), count)
        if rest or group < 2:
            continue
        firsts = range(0, len(heads), group)
        told = all(heads[c] and heads[c] == heads[c % group] for c in range(len(heads)) if c not in firsts)
        kinds = [{row.pieces[c].kind for row in rows} for c in firsts]
        if told and all("word" in kind and "value" not in kind for kind in kinds):
            return group
    return 0


def same_words(pieces: Sequence[Piece]) -> bool:
    """Whether a row above the header has one cell only: a caption."""
    return len({p.text for p in pieces if p.text}) < 2


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


def enough(roles: Sequence[Role], rows: Sequence[Row], *, named: bool, strong: bool) -> bool:
    """Whether rows are a table: two of two figures or three of one, and without a header no list of pages.

    Under a header two of one are enough where signs part the cells; without one nothing tells figures in many
    columns apart, unless their units do.
    """
    values = [c for c, role in enumerate(roles) if role == "value"]
    filled = sum(any(row.pieces[c].kind in ("value", "year") for c in values) for row in rows)
    if not values or filled < (2 if len(values) > 1 or (named and strong) else 3):
        return False
    label = roles.index("label")
    labels = [row.pieces[label] for row in rows if row.pieces[label].text]
    if len(labels) * 2 < len(rows) or (len(values) == 1 and not named and len({p.text for p in labels}) < 3):
        return False
    if named:
        return True
    if len(values) >= FEWEST_UNTOLD and not any(
        row.pieces[c].text[-1:].isalpha() for row in rows for c in values
    ):
        return False
    plain = [int(row.pieces[values[0]].text) for row in rows if row.pieces[values[0]].text.isdecimal()]
    pages = len(values) == 1 and len(plain) == filled and all(a <= b for a, b in pairwise(plain))
    return not pages and any(p.kind == "word" for p in labels)


def is_body(row: Row) -> bool:
    """Whether a row holds figures, or a label and signs that there are none."""
    kinds = [p.kind for p in row.pieces]
    absent = set(kinds[1:]) == {"empty"} and any(p.text for p in row.pieces[1:])
    return "value" in kinds or (kinds[0] in ("word", "period") and absent)


def lacks_figures(row: Row) -> bool:
    """Whether a row has a label, at most a unit, and nothing in the places of figures."""
    told = bare(row).pieces
    return len(told) < min(3, len(row.pieces)) and all(p.kind not in ("value", "year") for p in told)


def is_subheading(row: Row) -> bool:
    """Whether a row has words in its first cell and nothing in the others."""
    return (
        bool(row.pieces[0].text) and row.pieces[0].kind != "value" and not any(p.text for p in row.pieces[1:])
    )
