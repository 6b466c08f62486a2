"""Puts the characters of a page together to lines by where they stand, not by their order in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# In heights of a character: what stands nearer to a baseline is on the line; gaps that show as blank or tab.
SAME_LINE = 0.45
BLANK = 0.22
WIDE_BLANK = 0.7
COLUMN = 1.6
DOUBLE = 0.12
# A gap that is a blank in running text, and a column's edge in a line that has wider gaps.
NARROW = "\0"
AROUND_TAB = re.compile(r" *\t *")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, the sides of its box, its baseline and its height, in points from the lower left."""

    text: str
    left: float
    right: float
    base: float
    height: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line between tabs, with its sides."""

    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; `place` is how far down the page it stands, from 0 to 1."""

    text: str
    left: float
    right: float
    base: float
    height: float
    page: int
    place: float
    first: float  # the width of its first piece that a line end cannot cut
    hanging: float | None  # where its text begins behind a number that stands apart from it
    cells: tuple[Cell, ...]


def make_lines(glyphs: Sequence[Glyph], page: int, page_height: float) -> list[Line]:
    """The lines of a page from top to bottom."""
    rows: list[list[Glyph]] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.base, glyph.left)):
        height = max(glyph.height, 1.0)
        if rows and abs(base - glyph.base) <= SAME_LINE * min(height, max(rows[-1][0].height, 1.0)):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base = glyph.base
    lines = (make_line(row, page, page_height) for row in rows)
    return [line for line in lines if line.text]


def make_line(row: list[Glyph], page: int, page_height: float) -> Line:
    """One line, with blanks and tabs where there is room between its characters."""
    row.sort(key=lambda glyph: glyph.left)
    size = median(glyph.height for glyph in row) or 1.0
    pieces: list[str] = []
    shown: list[Glyph] = []
    for glyph in row:
        last = shown[-1] if shown else None
        if last is not None and last.text == glyph.text and abs(last.left - glyph.left) < DOUBLE * size:
            continue  # printed twice to look bold
        if last is not None:
            between = blank_between(last, glyph, size)
            pieces.append(between if between == "\t" or not pieces[-1].isspace() else "")
        if glyph.text.isspace():
            pieces.append(" " if shown else "")
            continue
        pieces.append(glyph.text)
        shown.append(glyph)
    whole = "".join(pieces)
    number, gap, rest = whole.partition(NARROW)
    if gap and number_length(number) == len(number):
        whole = number + rest
    text = AROUND_TAB.sub("\t", whole.replace(NARROW, "\t" if "\t" in whole else " ")).strip()
    if not shown:
        return Line("", 0, 0, 0, 0, page, 0, 0, None, ())
    place = 1 - shown[0].base / page_height if page_height else 0.5
    hanging: float | None = None
    number, tab, rest = text.partition("\t")
    if tab and number_length(number) == len(number) and "\t" not in rest:
        text = number + rest
        hanging = shown[len("".join(number.split()))].left
    return Line(
        text=text,
        left=shown[0].left,
        right=shown[-1].right,
        base=shown[0].base,
        height=size,
        page=page,
        place=place,
        first=first_width(shown),
        hanging=hanging,
        cells=split_cells(text, shown),
    )


def split_cells(text: str, shown: Sequence[Glyph]) -> tuple[Cell, ...]:
    """The pieces of a line between tabs; `shown` holds its characters without blanks."""
    cells: list[Cell] = []
    at = 0
    for piece in text.split("\t"):
        end = at + len("".join(piece.split()))
        if end > at:
            cells.append(Cell(shown[at].left, shown[end - 1].right, piece))
        at = end
    return tuple(cells)


def blank_between(last: Glyph, glyph: Glyph, size: float) -> str:
    """What the room between two characters stands for."""
    room = (glyph.left - last.right) / size
    if glyph.text.isspace():
        return ""
    if room > COLUMN:
        return "\t"
    narrow = last.text < "\x7f" and glyph.text < "\x7f"
    if room > WIDE_BLANK:
        return NARROW
    return " " if narrow and room > BLANK else ""


def first_width(shown: Sequence[Glyph]) -> float:
    """The width of what no line end can cut: a word, or a character with the marks behind it."""
    end = 0
    while end < len(shown) - 1 and shown[end].text in OPENING:
        end += 1
    end = behind_word(shown, end)
    while end < len(shown) and not (shown[end].text.isalnum() or shown[end].text in OPENING):
        end += 1
    if end < len(shown) and shown[end].text.isdigit() and shown[end - 1].text in CLOSING:
        end = behind_word(shown, end)  # 元）43.4%。 is not cut behind the bracket
    return shown[end - 1].right - shown[0].left


def behind_word(shown: Sequence[Glyph], start: int) -> int:
    """The end of the word that begins there: of one character, or of all that 92.86%（26/28）， holds."""
    end = start + 1
    if shown[start].text < "\x7f":
        while end < len(shown) and (shown[end].text < "\x7f" or not shown[end].text.isalnum()):
            end += 1
    return end


def number_length(text: str) -> int:
    """The length of the number that a line begins with, with the mark behind it: 三、 （2） 4.; 0 if none."""
    at = 1 if text and unicodedata.category(text[0]) == "Ps" else 0
    end = at
    while end < len(text) and text[end].isnumeric() and end < at + 4:
        end += 1
    mark, following = text[end : end + 1], text[end + 1 : end + 2]
    marked = end > at and mark and unicodedata.category(mark)[0] == "P" and not following.isdigit()
    return end + 1 if marked else 0


OPENING = "（(《〈「『【〔“‘["
CLOSING = "）)》〉」』】〕”’]"
