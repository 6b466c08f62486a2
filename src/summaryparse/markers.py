"""Candidates for section markers, at line starts and behind clause boundaries; `levels` decides on them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from summaryparse.firsts import Choices
from summaryparse.numerals import chinese_ordinal
from summaryparse.paragraphs import CLOSED, Line, Paragraph, Wrapping
from summaryparse.rules import Marker, RuleSet

# At this rank and over a marker needs only a clause boundary before it, and a line that begins with one
# needs a second member of its list to count.
WORD_RANK = 60
BRACKETED = "bracketed"  # the style of headings whose brackets stand for a marker
WEAK_RANK = 75


class Candidate(NamedTuple):  # made for every line of a hostile text, and quicker than a dataclass
    """What may be a marker: `start`, `end` half-open code points, `at_line` if it begins a line."""

    start: int
    end: int
    paragraph: int
    at_line: bool
    style: str
    rule: str
    rank: int
    ordinal: int | None
    prefix: str = ""
    after_sentence: bool = True
    headline: bool = False  # the rest of its line reads like a heading, and running text stands below

    @property
    def weak(self) -> bool:
        """Whether the marker means nothing without a second one."""
        return self.rank >= WEAK_RANK


@cache
def marker_choices(rules: RuleSet) -> Choices[Marker]:
    """The marker rules by what their markers can begin with."""
    return Choices([(rule, rules.openings(rule.id)) for rule in rules.of(Marker)])


@cache
def inner_markers(rules: RuleSet) -> tuple[tuple[Any, Sequence[Marker]], ...]:
    """Expressions that find markers inside a line behind a sort of boundary, and which markers those are."""
    inline = [rule for rule in rules.of(Marker) if rule.inline]
    numbers = [r for r in inline if r.rank < WORD_RANK]
    return (
        scanner(rules, "marker.clause-boundary", [r for r in inline if r.rank >= WORD_RANK]),
        scanner(rules, "marker.sentence-boundary", numbers),
        scanner(rules, "marker.blank-boundary", numbers),
    )


def scanner(rules: RuleSet, boundary: str, inside: Sequence[Marker]) -> tuple[Any, Sequence[Marker]]:
    """An expression that finds a boundary with the blanks behind it before any of the markers."""
    union = "|".join(f"%{{{rule.id}}}" for rule in inside)
    return rules.compile(f"%{{{boundary}}}[ \\r\\n]{{0,4}}+(?={union})"), inside


class MarkerRules:
    """The marker rules compiled for matching at a place."""

    def __init__(self, rules: RuleSet) -> None:
        """Takes what is asked most often: can a marker begin here at all."""
        self.choices = marker_choices(rules)
        self.pattern = rules.pattern
        self.known: dict[tuple[str, str], int | None] = {}
        self.order = rules.words("marker.sequence-order")
        self.first = rules.pattern("heading.line-start")
        self.prefix = rules.pattern("marker.prefix")
        self.inside = inner_markers(rules)

    def at(self, folded: str, start: int, end: int) -> tuple[Marker, Any] | None:
        """The first rule that matches at a place, and its match."""
        for rule in self.choices[folded[start : start + 1]]:
            match = self.pattern(rule.id).match(folded, start, end)
            if match:
                return rule, match
        return None

    def line_candidate(self, folded: str, line: Line, number: int) -> Candidate | None:
        """The marker that a line begins with, if any."""
        if not self.first.match(folded, line.start, line.end):
            return None
        prefix = self.prefix.match(folded, line.start, line.end)
        found = self.at(folded, prefix.end(), line.end) if prefix else None
        found = found or self.at(folded, line.start, line.end)
        return self.candidate(found, line.start, number, at_line=True) if found else None

    def inline_candidates(self, folded: str, paragraph: Paragraph, number: int) -> list[Candidate]:
        """All markers inside a paragraph that stand behind a boundary, in order."""
        found: list[Candidate] = []
        for boundary, inside in self.inside:
            for match in boundary.finditer(folded, paragraph.start, paragraph.end):
                start = match.end()
                for rule in inside:
                    marker = self.pattern(rule.id).match(folded, start, paragraph.end)
                    if marker:
                        closed = bool(
                            CLOSED.search(folded, max(paragraph.start, start - 8), match.start() + 1)
                        )
                        one = self.candidate(
                            (rule, marker), start, number, at_line=False, after_sentence=closed
                        )
                        found.extend([one] if one else ())
                        break
        return sorted(found, key=lambda c: c.start)

    def candidate(
        self,
        found: tuple[Marker, Any],
        start: int,
        number: int,
        *,
        at_line: bool,
        after_sentence: bool = True,
    ) -> Candidate | None:
        """A candidate of one rule, None if what it has for a number is none."""
        rule, match = found
        style, prefix, written = rule.style, "", match["n"]
        rank = rule.rank
        key = rule.ordinal, written
        if key not in self.known:
            try:
                self.known[key] = self.ordinal(rule, written)
            except ValueError:
                self.known[key] = 0
        ordinal = self.known[key]
        if ordinal == 0:
            return None
        if rule.ordinal == "dotted":
            depth = written.count(".")
            style, prefix, rank = f"{style}-{depth}", written.rpartition(".")[0], rank + depth
        elif written[0] == "#":
            style, rank = f"{style}-{len(written)}", len(written)
        end = start if style == BRACKETED else match.end()
        return Candidate(start, end, number, at_line, style, rule.id, rank, ordinal, prefix, after_sentence)

    def ordinal(self, rule: Marker, written: str) -> int | None:
        """The number that a marker carries, None for headings without one; raises ValueError for 百十."""
        if rule.ordinal == "none":
            return self.order.index(written) + 1 if written in self.order else None
        if rule.ordinal == "latin":
            return ord(written.lower()) - ord("a") + 1
        if rule.ordinal == "circled":
            return int(unicodedata.numeric(written))
        if rule.ordinal == "dotted":
            return int(written.rpartition(".")[2])
        return chinese_ordinal(written)


def trust_line_markers(
    folded: str, lines: Sequence[Line], found: Sequence[Candidate | None], wrapping: Wrapping
) -> list[bool]:
    """For each line whether it begins with a marker that can be one, and is not merely wrapped there."""
    last: dict[str, int] = {}
    trusted: list[bool] = []
    for index, (line, candidate) in enumerate(zip(lines, found, strict=True)):
        if candidate is None:
            trusted.append(False)
            continue
        wrapped = wrapping.full is not None or line.turned
        doubtful = (
            wrapped
            and index > 0
            and wrapping.continues(folded, lines[index - 1], line, headed=trusted[index - 1])
        )
        fits = candidate.ordinal in {None, 1, last.get(candidate.style, 0) + 1}
        strong = candidate.rank < WEAK_RANK and candidate.style != BRACKETED
        trusted.append(not doubtful or (fits and strong))
        if trusted[-1]:
            last[candidate.style] = candidate.ordinal or 0
    return trusted


def keep_plausible(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates without a lone 【…】 and those inside a line that no neighbour of the same list supports."""
    ordinals: dict[tuple[int, str], set[int]] = {}
    line_marks: dict[str, list[tuple[int, int]]] = {}
    for c in candidates:
        ordinals.setdefault((c.paragraph, c.style), set()).add(c.ordinal or 0)
        if c.at_line:
            line_marks.setdefault(c.style, []).append((c.start, c.ordinal or 0))
    places = dict.fromkeys(line_marks, 0)
    kept = []
    bracketed = sum(c.style == BRACKETED for c in candidates)
    for c in candidates:
        if c.at_line:
            if c.style != BRACKETED or bracketed > 1:
                kept.append(c)
            continue
        here = ordinals[c.paragraph, c.style]
        n = c.ordinal or 0
        chained = (n == 1 and 2 in here) or (n > 1 and (n - 1 in here or n - 2 in here) and 1 in here)
        if chained or (c.after_sentence and is_glued(c, n, line_marks, places)):
            kept.append(c)
    return kept


def is_glued(
    c: Candidate, n: int, line_marks: dict[str, list[tuple[int, int]]], places: dict[str, int]
) -> bool:
    """Whether a marker inside a line goes on from the last one at a line start, or the next one from it."""
    marks = line_marks.get(c.style)
    if not marks:
        return False
    at = places[c.style]
    while at < len(marks) and marks[at][0] < c.start:
        at += 1
    places[c.style] = at
    before = marks[at - 1][1] if at else None
    after = marks[at][1] if at < len(marks) else None
    return after == n + 1 or (n > 1 and before == n - 1)
