"""Section numbers at the beginning of lines, as evidence of where a report begins."""

from __future__ import annotations

from collections.abc import Sequence

from summaryparse.lines import Line, Role
from summaryparse.numerals import chinese_ordinal
from summaryparse.rules import RuleSet

REACH = 40  # lines below a title in which its first section has to begin


class Numbering:
    """The highest section number of each style since the last report began."""

    def __init__(self, lines: Sequence[Line], rules: RuleSet) -> None:
        """Starts at the first line with nothing seen."""
        self.lines = lines
        self.marker = rules.pattern("block.line-marker")
        self.highest: dict[str, int] = {}
        self.seen = 0

    def begin(self, index: int) -> None:
        """Forgets all numbers: a report begins at this line."""
        self.highest = {}
        self.seen = index

    def read_to(self, index: int) -> None:
        """Takes in the numbers of the lines before this one."""
        for line in self.lines[self.seen : index]:
            if line.role is Role.MARKER:
                style, number = self.number_of(line)
                self.highest[style] = max(self.highest.get(style, 0), number)
        self.seen = max(self.seen, index)

    def restarts(self, index: int, limit: int) -> bool:
        """Whether the first section number from this line on is 1 in a style that had come further."""
        for line in self.lines[index : min(limit, index + REACH)]:
            if line.role is Role.MARKER:
                style, number = self.number_of(line)
                return number == 1 and self.highest.get(style, 0) >= 2
        return False

    def number_of(self, line: Line) -> tuple[str, int]:
        """The style and the number of a line that begins with one; 0 for figures that make no number."""
        match = self.marker.match(line.text)
        style, written = next((name, number) for name, number in match.groupdict().items() if number)
        try:
            return style, chinese_ordinal(written)
        except ValueError:
            return style, 0
