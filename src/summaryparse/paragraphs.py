"""Lines of a report's body, put together to paragraphs where a text is wrapped at a fixed width.

A paragraph's span may hold excluded text: a sentence that a page mark interrupts goes on behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from summaryparse.expressions import compiled
from summaryparse.records import dataclass
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

LINE = compiled(r"[^\r\n]+")
CLOSED = compiled(r"[。;!?:…][”’\"')\]】》*]{0,2}$")
SENTENCE = compiled(r"[。!?…][”’\"')\]】》*]{0,2}$")
CLOSED_REACH = 4  # characters at the end of a line in which either is found
OPEN_END = (",", "、", "(", "《", "“")
CLAUSE_SIGN = compiled(r"[,。;]")

# A body is wrapped if this share of its lines ends near one width, and half of those inside a sentence;
# or if half of all lines do.
WRAPPED_SHARE = 0.4
AMID_SHARE, TORN_SHARE = 0.5, 0.08
FEWEST_FULL_LINES = 3
NARROWEST, WIDEST = 12, 120
NEAR = 0.88
RAGGED = 0.55  # so much of the width has a line that was cut early, to keep a word or a number whole
MOST_INDENTED_REST = 0.3  # a larger share of indented lines amid sentences is no first-line indent
LONG = 30  # a line so wide is running text, even where lines are paragraphs


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it, half-open code points; `gap`: blank lines stand above it.

    `turned`: a page mark parts it from the line above; `torn`: it goes on from there, whatever parts them.
    """

    start: int
    end: int
    indent: int
    gap: bool
    turned: bool = False
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line, or several that a fixed width has cut; `start` is where its first character stands.

    `first_end` is where its first line ends.
    """

    start: int
    end: int
    gap: bool
    lines: int
    first_end: int = 0


def split_lines(
    folded: str, body: Span, excluded: Sequence[Span], page_marks: frozenset[Span] = frozenset()
) -> list[Line]:
    """The lines of the body that are not blank, without what is excluded; `page_marks` are part of that."""
    lines: list[Line] = []
    previous = body[0]
    between: list[Span] = []
    for start, end, before in outside(body, excluded):
        between.extend(before)
        for match in LINE.finditer(folded, start, end):
            content = match[0].strip()
            if not content:
                continue
            first = match.start() + match[0].index(content[0])
            turned = bool(lines) and any(span in page_marks for span in between)
            breaks = folded.count("\n", previous, first) or folded.count("\r", previous, first)
            torn = turned and not breaks
            lines.append(
                Line(
                    first,
                    first + len(content),
                    first - match.start(),
                    breaks > 1 and not turned,
                    turned,
                    torn,
                )
            )
            previous = first + len(content)
            between = []
    return lines


def outside(body: Span, excluded: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """The stretches of the body that no excluded span covers, each with the excluded ones right before it."""
    at = body[0]
    before: list[Span] = []
    for start, end in excluded:
        if start >= body[1]:
            break
        if start > at:
            yield at, start, before
            before = []
        before.append((start, end))
        at = max(at, end)
    if at < body[1]:
        yield at, body[1], before


def width(text: str) -> float:
    """The width on paper, in full characters."""
    return len(text) - len(text.encode("latin-1", "ignore")) / 2


class LineStarts:
    """How lines begin that were cut from the line above."""

    def __init__(self, rules: RuleSet) -> None:
        """Compiles the shapes once."""
        self.inside = rules.pattern("paragraph.inside")
        self.after_digit = rules.pattern("paragraph.after-digit")
        self.after_number = rules.pattern("paragraph.after-number")

    def goes_on(self, folded: str, previous: Line, line: Line, *, cut: bool) -> bool:
        """Whether a line begins with what only stands behind something; `cut`: the line above may be cut."""
        if self.inside.match(folded, line.start, line.end):
            return True
        if not folded[previous.end - 1].isdigit():
            return False
        rule = self.after_number if cut else self.after_digit
        return rule.match(folded, line.start, line.end) is not None


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a body is wrapped: `full` is the least width of a cut line, None if lines are paragraphs.

    `margin` is the indent that all lines have; `spaced` says that blank lines stand between cut lines too.
    """

    starts: LineStarts
    full: float | None = None
    measure: Callable[[str], float] = width
    indented: bool = False
    margin: int = 0
    spaced: bool = False

    def width_of(self, folded: str, line: Line) -> float:
        """The width that a line takes up from the margin on."""
        return self.measure(folded[line.start : line.end]) + max(0, line.indent - self.margin)

    def continues(self, folded: str, previous: Line, line: Line, *, headed: bool) -> bool:
        """Whether a line goes on with the paragraph of the line above, as far as their shapes tell.

        `headed` says that a marker begins the line above: short of the full width, it is a heading.
        """
        if line.torn:
            return True
        if line.gap and not self.spaced:
            return False
        if ends_sentence(folded, previous):
            goes_on = self.full is not None and self.indented and line.indent <= self.margin
            return goes_on and self.width_of(folded, previous) >= (self.full or 0)
        wide = self.width_of(folded, previous)
        ragged = wide >= (LONG if self.full is None else RAGGED * self.full)
        if self.starts.goes_on(folded, previous, line, cut=ragged):
            return True
        if self.full is None:
            return self.is_left_open(folded, previous, line)
        if self.indented:
            return line.indent <= self.margin and ragged
        return wide >= self.full or (ragged and not headed and is_amid_sentence(folded, previous))

    def is_left_open(self, folded: str, previous: Line, line: Line) -> bool:
        """Whether the line above ends inside a sentence, where lines are paragraphs."""
        if line.turned and not is_closed(folded, previous):
            return self.width_of(folded, previous) >= LONG
        return folded.endswith(OPEN_END, previous.start, previous.end) and line.indent <= self.margin


def is_closed(folded: str, line: Line) -> bool:
    """Whether punctuation closes a line."""
    return CLOSED.search(folded, max(line.start, line.end - CLOSED_REACH), line.end) is not None


def ends_sentence(folded: str, line: Line) -> bool:
    """Whether a line ends as a sentence ends."""
    return SENTENCE.search(folded, max(line.start, line.end - CLOSED_REACH), line.end) is not None


def is_amid_sentence(folded: str, line: Line) -> bool:
    """Whether a line holds clauses and ends inside one."""
    return not is_closed(folded, line) and CLAUSE_SIGN.search(folded, line.start, line.end) is not None


def measure_wrapping(folded: str, lines: Sequence[Line], starts: LineStarts) -> Wrapping:
    """Finds the width at which lines are cut, as paper measures it or else in characters."""
    if len(lines) < FEWEST_FULL_LINES:
        return Wrapping(starts)
    on_paper = measure_by(width, folded, lines, starts)
    return on_paper if on_paper.full is not None else measure_by(len, folded, lines, starts)


def measure_by(
    measure: Callable[[str], float], folded: str, lines: Sequence[Line], starts: LineStarts
) -> Wrapping:
    """The width at which lines are cut in one measure, from how their lengths are distributed."""
    margin = sorted(line.indent for line in lines)[len(lines) // 20]
    plain = Wrapping(starts, measure=measure, margin=margin)
    widths = [plain.width_of(folded, line) for line in lines]
    long = sorted(w for w in widths if w >= NARROWEST)
    if len(long) < FEWEST_FULL_LINES:
        return plain
    widest = long[min(len(long) - 1, int(len(long) * 0.95))]
    full = widest * NEAR
    cut = [line for line, w in zip(lines, widths, strict=True) if full <= w <= widest * 1.15]
    if not NARROWEST <= widest <= WIDEST or not (
        ends_near_one_width(folded, lines, cut) or ends_amid_sentences(folded, lines, starts)
    ):
        return plain
    spaced = sum(line.gap for line in lines) > 0.8 * len(lines)
    indented = has_first_line_indent(folded, lines, widths, full, margin)
    return Wrapping(starts, full, measure, indented, margin, spaced)


def ends_near_one_width(folded: str, lines: Sequence[Line], cut: Sequence[Line]) -> bool:
    """Whether enough lines have about the full width, and half of those end inside a sentence."""
    unclosed = sum(not is_closed(folded, line) for line in cut)
    return len(cut) >= max(FEWEST_FULL_LINES, WRAPPED_SHARE * len(lines)) and unclosed * 2 >= len(cut)


def ends_amid_sentences(folded: str, lines: Sequence[Line], starts: LineStarts) -> bool:
    """Whether so many lines end inside a sentence that lines are no paragraphs, however ragged they are.

    Points of a list may all lack their full stop; but none of them ends in a comma or before a decimal point.
    """
    amid = torn = 0
    for previous, line in pairwise(lines):
        if is_amid_sentence(folded, previous):
            amid += 1
            ends_open = folded.endswith(OPEN_END, previous.start, previous.end)
            torn += ends_open or starts.goes_on(folded, previous, line, cut=False)
    return amid >= max(FEWEST_FULL_LINES, AMID_SHARE * len(lines)) and torn >= TORN_SHARE * amid


def has_first_line_indent(
    folded: str, lines: Sequence[Line], widths: Sequence[float], full: float, margin: int
) -> bool:
    """Whether the first line of a paragraph is set in and the others are not."""
    begun: list[bool] = []
    gone_on: list[bool] = []
    for (previous, line), wide in zip(pairwise(lines), widths, strict=False):
        if ends_sentence(folded, previous) or wide < RAGGED * full:
            begun.append(line.indent > margin)
        elif wide >= full and not is_closed(folded, previous):
            gone_on.append(line.indent > margin)
    return sum(begun) * 2 > len(begun) > 0 and sum(gone_on) <= MOST_INDENTED_REST * len(gone_on)


def join_lines(
    folded: str, lines: Sequence[Line], wrapping: Wrapping, marked: Sequence[bool]
) -> list[Paragraph]:
    """The paragraphs of the body; `marked` tells for each line whether a marker begins it."""
    paragraphs: list[Paragraph] = []
    for index, line in enumerate(lines):
        if (
            index
            and not marked[index]
            and wrapping.continues(folded, lines[index - 1], line, headed=marked[index - 1])
        ):
            last = paragraphs[-1]
            paragraphs[-1] = Paragraph(last.start, line.end, last.gap, last.lines + 1, last.first_end)
        else:
            paragraphs.append(Paragraph(line.start, line.end, line.gap, 1, line.end))
    return paragraphs
