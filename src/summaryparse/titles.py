"""Reads titles: single lines, titles over several lines, titles with a ——subtitle."""

from __future__ import annotations

from collections.abc import Sequence

from summaryparse.identity import organisation_in_title
from summaryparse.lines import Line, Role, squeeze
from summaryparse.records import dataclass
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

LONGEST_PART = 45  # a longer line is no part of a title over several lines
MOST_LINES = 4
FRAGMENT = 4  # what a break inside the last word of a title leaves over
FAR_RIGHT = 8  # a line set so far in is a signature and not the first half of a title
ANCHORS = frozenset({Role.TITLE, Role.NOTICE, Role.SUBTITLE, Role.COVER, Role.PART})
JOINABLE = frozenset({Role.OTHER, Role.ORGANISATION, Role.TITLE, Role.NOTICE})
ENDS_ABOVE = frozenset(
    {
        Role.DATE,
        Role.ORGANISATION_DATE,
        Role.WEB,
        Role.WEB_END,
        Role.PAGE_MARK,
        Role.OFFICIAL,
        Role.DISTRIBUTION,
    }
)


@dataclass(frozen=True, slots=True)
class Title:
    """A possible title on lines `first` to `last`; `span` half-open code points, `text` folded and joined."""

    first: int
    last: int
    span: Span
    text: str
    key: str
    role: Role
    dated: bool
    named: bool
    strong: bool

    @property
    def weight(self) -> int:
        """How much of what a title holds is there: year, name, a word that stands for a report."""
        rank = {Role.COVER: -5, Role.PART: 5}.get(self.role, 0)
        return 2 * self.dated + 2 * self.named + self.strong + rank


class TitleReader:
    """Reads the title at a line with the lines above and below that belong to it."""

    def __init__(self, lines: Sequence[Line], rules: RuleSet) -> None:
        """Keeps the lines and the rules."""
        self.lines = lines
        self.rules = rules
        self.title = rules.pattern("block.title")
        self.part = rules.pattern("block.part")
        self.notice = rules.pattern("block.notice")
        self.notice_end = rules.pattern("block.notice-end")
        self.noun = rules.compile('(?:%{block.report-noun})(?:%{block.title-tail})[》”"]?$')
        self.period = rules.pattern("date.period")
        self.opening = rules.pattern("block.title-goes-on")
        self.continued = rules.pattern("block.title-continued")
        self.place = rules.pattern("block.place-line")

    def read(self, index: int) -> Title | None:
        """The title whose last word stands on this line, None if there is none."""
        line = self.lines[index]
        if line.role is Role.PART:
            return self.read_part(index)
        if line.role in ANCHORS:
            return self.build(self.first_line(index), self.last_line(index), line.role)
        if line.role is Role.OTHER and index:
            return self.read_rest(index)
        return None

    def read_rest(self, index: int) -> Title | None:
        """The title that only ends on this line: the end of a notice's name, or of a broken word."""
        line, above = self.lines[index], self.lines[index - 1]
        if above.role not in JOINABLE:
            return None
        if self.notice_end.search(line.text):
            whole = self.build(self.first_line(index), index, Role.NOTICE)
            return whole if self.notice.match(whole.text) else None
        if len(line.text) <= FRAGMENT and not line.gap and self.title.match(above.text + line.text):
            return self.build(self.first_line(index - 1), index, Role.TITLE)
        return None

    def read_part(self, index: int) -> Title:
        """The title of a text in a collection: on its number's line, on the next line, or the line itself."""
        line = self.lines[index]
        match = self.part.match(line.text)
        inner = match.span("title") if match else (-1, -1)
        if inner[1] - inner[0] >= FRAGMENT:
            return self.build(index, index, Role.PART, (line.start + inner[0], line.start + inner[1]))
        if index + 1 < len(self.lines) and self.lines[index + 1].role is Role.TITLE:
            last = self.last_line(index + 1)
            span = self.lines[index + 1].start, self.lines[last].end
            return self.build(index, last, Role.PART, span)
        return self.build(index, index, Role.PART)

    def build(self, first: int, last: int, role: Role, span: Span | None = None) -> Title:
        """The title on these lines."""
        lines = self.lines[first : last + 1]
        span = span or (lines[0].start, lines[-1].end)
        text = "".join(
            line.text[max(0, span[0] - line.start) : span[1] - line.start]
            for line in lines
            if line.end > span[0]
        )
        return Title(
            first,
            last,
            span,
            text,
            squeeze(text),
            role,
            dated=self.period.search(text) is not None,
            named=self.names(text),
            strong=self.noun.search(text) is not None,
        )

    def names(self, text: str) -> bool:
        """Whether a title names a body."""
        return organisation_in_title(text, self.rules) is not None

    def first_line(self, index: int) -> int:
        """The first line of the title that ends on line `index`."""
        first = index
        while first > 0 and index - first < MOST_LINES - 1 and self.goes_on(first - 1, first, index):
            first -= 1
        return first

    def goes_on(self, above: int, below: int, last: int) -> bool:
        """Whether the title goes on from line `above` to the line below it."""
        upper, lower = self.lines[above], self.lines[below]
        if (
            upper.role not in JOINABLE
            or len(upper.text) > LONGEST_PART
            or upper.indent - lower.indent > FAR_RIGHT
        ):
            return False
        joined = "".join(line.text for line in self.lines[below : last + 1])
        if joined.count("《") < joined.count("》") and upper.text.count("《") > upper.text.count("》"):
            return True
        if upper.closed or not self.free_above(above):
            return False
        if self.lines[last].role is Role.SUBTITLE and (below == last or self.is_slogan(above)):
            return True
        return not lower.gap and self.completes(upper, lower, joined)

    def is_slogan(self, index: int) -> bool:
        """Whether a line is the first of several that make the title above a ——subtitle."""
        upper, lower = self.lines[index : index + 2]
        begins = index == 0 or upper.gap or self.lines[index - 1].role in ENDS_ABOVE
        return begins and not lower.gap and upper.role is Role.OTHER is lower.role

    def completes(self, upper: Line, lower: Line, joined: str) -> bool:
        """Whether the line above holds what a title has and the lines below lack."""
        if self.opening.search(upper.text) or self.continued.match(lower.text):
            return True
        if upper.role in (Role.TITLE, Role.NOTICE):
            return False
        names = self.names(upper.text) or upper.role is Role.ORGANISATION or self.place.match(upper.text)
        lacks_name = not self.names(joined) and names
        lacks_year = self.period.search(joined) is None and self.period.search(upper.text) is not None
        return bool(lacks_name or lacks_year)

    def free_above(self, index: int) -> bool:
        """Whether the line is no signature: it begins a block of lines, or what stands above is no text."""
        line = self.lines[index]
        if index == 0 or line.gap or line.role is not Role.ORGANISATION:
            return True
        return self.lines[index - 1].role in ENDS_ABOVE or not self.lines[index - 1].closed

    def last_line(self, index: int) -> int:
        """The last line of the title with its noun on line `index`: a subtitle or open bracket adds lines."""
        last = index
        text = self.lines[index].text
        while last + 1 < len(self.lines) and last - index < MOST_LINES - 1:
            below = self.lines[last + 1]
            is_open = text.count("《") > text.count("》")
            if not (below.role is Role.SUBTITLE or (is_open and len(below.text) <= LONGEST_PART)):
                break
            text += below.text
            last += 1
        return last
