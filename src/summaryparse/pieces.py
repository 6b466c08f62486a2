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
TAB, BAR = "\t", "|"
BLANK_OR_BAR = " \t|"
SEPARATORS = (TAB, r" *\| *", r" {2,}|\t", r" +(?!\()")
STRONG = SEPARATORS[:2]  # these keep the place of an empty cell
LONGEST_ROW, LONGEST_CELL, LONGEST_WORD = 400, 60, 30
DIGIT = compiled(r"\d")
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
        barred = [folded[start:end].strip() for start, end in lines if folded.find(BAR, start, end) >= 0]
        rows = [line for line in barred if line != BAR]
        self.fenced = sum(line[0] == BAR for line in rows) * 2 > len(rows)

    def counts(self, number: int) -> bool:
        """Whether a line that is no running text holds a figure."""
        return not self.running[number] and DIGIT.search(self.folded, *self.lines[number]) is not None

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
        if self.rules.pattern("table.class").match(text):
            return "word"
        if match_value(text, self.rules):
            return "value"
        return "word" if any(c.isalpha() for c in text) and not text[0].isdecimal() else self.odd(text)

    def odd(self, text: str) -> Kind:
        """A label may begin with a figure (5G基站), a number (1.镇) or be a class (0-14岁)."""
        lead = self.rules.pattern("table.label-lead").match(text)
        words = text[lead.end() :] if lead else text
        counted = sum(c.isalpha() for c in words) * 2 >= len(words) > 0
        return "word" if counted or self.rules.pattern("table.class").match(words) else "other"

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
            bare = self.unfenced(bare) if BAR in separator else bare
            start += text.index(bare) if bare else 0
            text = bare
        cuts = [(m.start() + start, m.end() + start) for m in re.finditer(separator, text)]
        starts, ends = [start, *(b for _, b in cuts)], [*(a for a, _ in cuts), start + len(text)]
        if separator not in STRONG:
            starts, ends = close_up(self.folded, starts, ends)
        pieces = tuple(self.piece(a, b) for a, b in zip(starts, ends, strict=True))
        if separator not in STRONG and any(len(p.text) > LONGEST_WORD for p in pieces):
            return None
        return Row(pieces, (number, number + 1)) if len(pieces) > 1 else None

    def unfenced(self, text: str) -> str:
        """A row without the bars at its ends that part no two cells."""
        if self.fenced:
            text = text.removeprefix(BAR)
        return text.removesuffix(BAR).strip()

    def single(self, number: int) -> Piece | None:
        """A short line as a cell, without the bar that parts it from the next; None if it is running text."""
        if self.running[number]:
            return None
        start, end = self.lines[number]
        text = self.folded[start:end].strip()
        bare = text.strip(BLANK_OR_BAR)
        if not text or len(bare) > LONGEST_WORD:
            return None
        start += self.folded[start:end].index(bare) if bare else 0
        return self.piece(start, start + len(bare))

    def is_barred(self, number: int) -> bool:
        """Whether a bar ends the line."""
        return self.folded[slice(*self.lines[number])].rstrip().endswith(BAR)


def close_up(folded: str, starts: Sequence[int], ends: Sequence[int]) -> tuple[list[int], list[int]]:
    """The ends of cells with words that were only spaced out put together: 合  计."""
    single = [b - a == 1 and folded[a].isalpha() for a, b in zip(starts, ends, strict=True)]
    apart = [i == 0 or not (single[i] and single[i - 1]) for i in range(len(starts))]
    last = [*apart[1:], True]
    return list(compress(starts, apart)), list(compress(ends, last))
