"""Tells the lines on which a figure stands apart from its words, as text drawn from a page may have them.

公用经费 / 8059.35 / 万元,… are three lines of one sentence. Offsets are code points, half-open.
"""

from __future__ import annotations

from collections.abc import Sequence

from summaryparse.expressions import compiled
from summaryparse.paragraphs import CLAUSE_SIGN, Line, ends_sentence
from summaryparse.quantities import Quantity, find_quantities
from summaryparse.records import replace
from summaryparse.rules import RuleSet

FIGURE = compiled(r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,4})?")
REACH = 40  # a figure and its unit are no longer
MEASURED = frozenset({"currency", "ratio", "area", "length", "mass", "volume", "energy"})
CLAUSE_END = (",", "。", ";")
UNIT_END = (*CLAUSE_END, "、", ":", ")", "的")
CLOSING = ")]》”"
SCALES = ("万", "亿", "%", "‰")
DATE_SIGNS = ("年", "月", "日")
LONGEST_PAGE = 3  # a longer figure is no page number
FEWEST_DRAWN = 3  # from so many on, all figures of a text may stand apart


class FigureLines:
    """Finds the lines that go on from the line above because a figure was set apart from it."""

    def __init__(
        self,
        folded: str,
        lines: Sequence[Line],
        apart: Sequence[bool],
        marked: Sequence[bool],
        rules: RuleSet,
    ) -> None:
        """Keeps the lines; those `apart` belong to tables, a marker begins those `marked`."""
        self.folded, self.lines, self.apart, self.marked, self.rules = folded, lines, apart, marked, rules
        self.spaced = sum(line.gap for line in lines) > 0.8 * len(lines)

    def joined(self) -> list[Line]:
        """The lines, those that go on from the line above marked as torn."""
        torn = [False] * len(self.lines)
        bare: dict[int, bool] = {}
        for number, line in enumerate(self.lines):
            if self.apart[number] or not self.folded[line.start].isdecimal():
                continue
            if FIGURE.fullmatch(self.folded, line.start, line.end):
                bare[number] = self.is_certain(number)
            else:
                torn[number] = self.is_cut_before(number)
        drawn = sum(bare.values()) >= FEWEST_DRAWN
        for number, certain in bare.items():
            if certain or (drawn and self.has_unit_below(number)):
                torn[number], torn[number + 1] = self.goes_on(number), True
        return [replace(line, torn=True) if cut else line for line, cut in zip(self.lines, torn, strict=True)]

    def is_cut_before(self, number: int) -> bool:
        """Whether a line begins with a figure and its unit that only words on the line above can name."""
        if not self.goes_on(number) or not self.names_something(number - 1):
            return False
        line = self.lines[number]
        quantity = self.quantity(self.folded[line.start : min(line.end, line.start + REACH)])
        if quantity is None or quantity.dimension == "duration":
            return False
        end = line.start + quantity.end
        alone = end == line.end and quantity.dimension in MEASURED
        clause = self.folded.startswith(CLAUSE_END, end) and (self.spaced or not line.gap)
        return alone or clause

    def is_certain(self, number: int) -> bool:
        """Whether a bare figure has its unit on the line below and is no page number above a word."""
        if not self.has_unit_below(number):
            return False
        line, below = self.lines[number], self.lines[number + 1]
        if line.end - line.start > LONGEST_PAGE or self.folded.startswith(SCALES, below.start):
            return True
        quantity = self.across(line, below)
        end = below.start + quantity.end - (line.end - line.start) if quantity else below.start
        return quantity is not None and (end == below.end or self.folded.startswith(UNIT_END, end))

    def has_unit_below(self, number: int) -> bool:
        """Whether the line below a bare figure begins with its unit, or with what makes it a date."""
        if number + 1 == len(self.lines) or self.apart[number + 1] or self.marked[number + 1]:
            return False
        line, below = self.lines[number], self.lines[number + 1]
        if below.gap and not self.spaced:
            return False
        quantity = self.across(line, below)
        figure = self.folded[line.start : line.end]
        dated = figure.isdecimal() and self.folded.startswith(DATE_SIGNS, below.start)
        return dated or (quantity is not None and quantity.end > len(figure))

    def across(self, line: Line, below: Line) -> Quantity | None:
        """The quantity that a bare figure makes with the line below it."""
        return self.quantity(
            self.folded[line.start : line.end] + self.folded[below.start : below.end][:REACH]
        )

    def quantity(self, text: str) -> Quantity | None:
        """The quantity with a unit that a text begins with."""
        found = find_quantities(text, 0, len(text), self.rules)
        return found[0] if found and found[0].start == 0 and found[0].unit else None

    def goes_on(self, number: int) -> bool:
        """Whether the line above a figure is left open: it ends no sentence and is no heading."""
        above = number - 1
        if above < 0 or self.apart[above] or self.lines[number].turned:
            return False
        line = self.lines[above]
        heading = self.marked[above] and not CLAUSE_SIGN.search(self.folded, line.start, line.end)
        return not heading and not ends_sentence(self.folded, line)

    def names_something(self, number: int) -> bool:
        """Whether a line ends in a word."""
        last = self.folded[self.lines[number].end - 1]
        return last.isalpha() or last in CLOSING
