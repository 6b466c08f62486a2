"""Joins the lines of a PDF's pages to paragraphs and drops running heads, running feet and page numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from summaryparse.readers.pdf_lines import Line, number_length

# Running heads and feet stand above and below these shares of a page's height, in so many lines at most.
HEAD, FOOT = 0.1, 0.9
RUNNING_LINES = 3
RUNNING_SHARE = 0.3
FIGURES = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"[\s\-—–―·.~|_]{0,8}\d{1,4}(?:\s?/\s?\d{1,4})?[\s\-—–―·.~|_]{0,8}")
SENTENCE = re.compile(r"[。！？!?；;：:…][”’」』\"')）\]】》]{0,2}$")
ASCII_WORD = re.compile(r"[A-Za-z]$")
COUNTED = re.compile(r"(\d{1,2})([.．])")

# In heights of a character.
INDENTED = 0.8
NEAR_EDGE = 2.5
NARROWEST = 12  # lines that all are shorter are no wrapped text
SLACK = 0.6
OTHER_SIZE = 1.2
EXTRA_LEADING = 1.45


def drop_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of the pages without what the pages repeat at their edges."""
    shapes = Counter(shape for lines in pages for shape in {shape_of(line) for line in edge_lines(lines)})
    filled = sum(1 for lines in pages if lines)
    needed = max(2, int(RUNNING_SHARE * filled))
    kept: list[list[Line]] = []
    for lines in pages:
        edges = set(edge_lines(lines))
        kept.append(
            [
                line
                for line in lines
                if line not in edges or not (shapes[shape_of(line)] >= needed or is_page_number(line))
            ]
        )
    return kept


def edge_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines in the upper and the lower margin of a page."""
    head = [line for line in lines[:RUNNING_LINES] if line.place < HEAD]
    return head + [line for line in lines[-RUNNING_LINES:] if line.place > FOOT]


def shape_of(line: Line) -> tuple[str, bool]:
    """A line with its figures taken out, and whether it stands at the top."""
    return FIGURES.sub("0", line.text), line.place < HEAD


def is_page_number(line: Line) -> bool:
    """Whether a line in a margin is the number of its page, or near it where a cover is not counted."""
    match = PAGE_NUMBER.fullmatch(line.text)
    figures = FIGURES.search(line.text)
    return bool(match and figures) and line.place > FOOT


@dataclass(frozen=True, slots=True)
class Column:
    """The measure of the running text: its edges, the distance of its lines, how its paragraphs begin."""

    left: float
    right: float
    leading: float
    indented: bool
    spaced: bool


def measure(lines: Sequence[Line]) -> Column:
    """Finds the edges of the running text and what sets its paragraphs apart."""
    running = [line for line in lines if len(line.cells) == 1] or lines
    size = median(line.height for line in running)
    body = [line for line in running if abs(line.height - size) < 0.2 * size]
    rights = sorted(line.right for line in body)
    right = median(end for end in rights if end > rights[-1] - NEAR_EDGE * size)
    left = Counter(round(line.left) for line in body if right - line.right < 3 * size)
    edge = min(left, default=min(line.left for line in body))
    steps = [a.base - b.base for a, b in pairwise(body) if a.page == b.page and a.base > b.base]
    leading = sorted(steps)[len(steps) // 4] if steps else size
    begins = [b for a, b in pairwise(body) if right - a.right > 3 * size]
    indented = sum(line.left - edge > INDENTED * size for line in begins) * 2 > len(begins)
    steep = [b for a, b in pairwise(body) if a.page == b.page and a.base - b.base > leading * EXTRA_LEADING]
    if right - edge < NARROWEST * size:
        right = math.inf
    return Column(edge, right, leading, indented, spaced=len(steep) * 2 > len(begins) > 0)


def join_paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The paragraphs and table rows of all pages, each as one line."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    column = measure(lines)
    first, text = lines[0], lines[0].text
    for before, line in pairwise(lines):
        if continues(first, before, line, column):
            both_words = ASCII_WORD.search(text) and line.text[:1].isascii() and line.text[:1].isalpha()
            text += (" " if both_words else "") + line.text
        else:
            yield text
            first, text = line, line.text
    yield text


def continues(first: Line, before: Line, line: Line, column: Column) -> bool:
    """Whether a line goes on with the paragraph that began with `first` and came to the line before it."""
    size = before.height
    hanging = first.hanging is not None and abs(line.left - first.hanging) < INDENTED * size
    ended = (
        "\t" in before.text
        or "\t" in line.text
        or max(size, line.height) > OTHER_SIZE * min(size, line.height)
        # its first word had room on the line before, which was ended on purpose
        or before.right + line.first < column.right - SLACK * size
        or (line.left - column.left > INDENTED * size and not hanging)
        or (before.page == line.page and before.base - line.base > column.leading * EXTRA_LEADING)
    )
    if ended or hanging or column.indented or column.spaced:
        return not ended
    if not SENTENCE.search(before.text):
        return True
    title = line.right < column.right - NEAR_EDGE * size and not SENTENCE.search(line.text)
    return not (title or number_length(line.text) or counts_on(first.text, line.text))


def counts_on(before: str, text: str) -> bool:
    """Whether a text has the number after another's, be there a figure behind it: 1.65岁以上, 2.0至6岁."""
    one, two = COUNTED.match(before), COUNTED.match(text)
    if one is None or two is None:
        return False
    return (int(one[1]) + 1, one[2]) == (int(two[1]), two[2])
