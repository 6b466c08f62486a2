"""Cuts lines into the cells of a table and tells what each cell looks like on its own.

Works on folded text; spans are half-open code points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import compress
from typing import Literal

import regex

from summaryparse.expressions import compiled
from summaryparse.records import dataclass
from summaryparse.rules import RuleSet, Unit
from summaryparse.spans import Span

Kind = Literal["value", "year", "period", "empty", "word", "other"]
TAB = "\t"
SEPARATORS = (TAB, r" *\| *", r" {2,}|\t", r" +(?!\()")
STRONG = SEPARATORS[:2]  # these keep the place of an empty cell
LONGEST_ROW, LONGEST_CELL, LONGEST_WORD = 400, 60, 30
RUNNING = compiled("[。;!?]|[,:]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell and what it looks like on its own."""

    span: Span
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `lines` are the numbers of its first line and of the line after it."""

    pieces: tuple[Piece, ...]
    lines: Span


@cache
def unit_forms(rules: RuleSet) -> dict[str, Unit]:
    """All units by their written forms."""
    forms: dict[str, Unit] = {}
    for unit in rules.of(Unit):
        for form in unit.forms:
            forms.setdefault(form, unit)
    return forms


def match_value(text: str, rules: RuleSet) -> regex.Match[str] | None:
    """The parts of a cell that is a figure: number, scale, a known unit."""
    match = rules.pattern("table.value").match(text)
    if match is None or is_telephone(match):
        return None
    unit = (match["unit"] or "").removeprefix("个") or match["unit"] or ""
    return match if not unit or unit in unit_forms(rules) or match["unit"] in unit_forms(rules) else None


def is_telephone(match: regex.Match[str]) -> bool:
    """Whether the figure is a mobile number."""
    return len(match["number"]) == 11 and match["number"].isdigit() and match["number"][0] == "1"


class Cutter:
    """Cuts the lines of one text."""

    def __init__(self, folded: str, lines: Sequence[Span], rules: RuleSet) -> None:
        """Keeps what every cut needs."""
        self.folded, self.lines, self.rules = folded, lines, rules
        self.running = [
            end - start > LONGEST_ROW or bool(RUNNING.search(folded[start:end].strip()))
            for start, end in lines
        ]
        self.seen: dict[str, Kind] = {}

    def kind(self, text: str) -> Kind:
        """What a cell looks like."""
        if not text or self.rules.pattern("table.empty").match(text):
            return "empty"
        if len(text) > LONGEST_CELL:
            return "other"
        if self.rules.pattern("table.year").match(text):
            return "year"
        if self.rules.pattern("table.period-only").match(text):
            return "period"
        if match_value(text, self.rules):
            return "value"
        return "word" if any(c.isalpha() for c in text) and not text[0].isdecimal() else self.odd(text)

    def odd(self, text: str) -> Kind:
        """A label may begin with a figure (5G基站); a date or a range is no label."""
        return "word" if sum(c.isalpha() for c in text) * 2 >= len(text) else "other"

    def piece(self, start: int, end: int) -> Piece:
        """The cell between two offsets, blanks aside."""
        written = self.folded[start:end]
        text = written.strip()
        start += len(written) - len(written.lstrip())
        kind = self.seen.get(text)
        if kind is None:
            kind = self.seen[text] = self.kind(text)
        return Piece((start, start + len(text)), text, kind)

    def cut(self, number: int, separator: str) -> Row | None:
        """A line cut at its separators, None if it is running text or one cell."""
        if self.running[number]:
            return None
        start, end = self.lines[number]
        text = self.folded[start:end]
        bare = text.strip()
        if not re.search(separator, bare):
            return None
        if separator != TAB:
            bare = text.strip(" \t|") if "|" in separator else bare
            start += text.index(bare[0]) if bare else 0
            text = bare
        cuts = [(m.start() + start, m.end() + start) for m in re.finditer(separator, text)]
        starts, ends = [start, *(b for _, b in cuts)], [*(a for a, _ in cuts), start + len(text)]
        if separator not in STRONG:
            starts, ends = close_up(self.folded, starts, ends)
        pieces = tuple(self.piece(a, b) for a, b in zip(starts, ends, strict=True))
        if separator not in STRONG and any(len(p.text) > LONGEST_WORD for p in pieces):
            return None
        return Row(pieces, (number, number + 1)) if len(pieces) > 1 else None

    def single(self, number: int) -> Piece | None:
        """A short line as a cell, None if it is running text."""
        if self.running[number]:
            return None
        start, end = self.lines[number]
        text = self.folded[start:end].strip()
        if not text or len(text) > LONGEST_WORD:
            return None
        return self.piece(start, end)


def close_up(folded: str, starts: Sequence[int], ends: Sequence[int]) -> tuple[list[int], list[int]]:
    """The ends of cells with words that were only spaced out put together: 合  计."""
    single = [b - a == 1 and folded[a].isalpha() for a, b in zip(starts, ends, strict=True)]
    apart = [i == 0 or not (single[i] and single[i - 1]) for i in range(len(starts))]
    last = [*apart[1:], True]
    return list(compress(starts, apart)), list(compress(ends, last))
