"""Reads one report from its lines: its parts as spans, and who reports what about when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from summaryparse import identity
from summaryparse.dates import Period, parse_period
from summaryparse.identity import Kind
from summaryparse.lines import Line, Role
from summaryparse.normalise import Text
from summaryparse.records import dataclass
from summaryparse.regions import Region
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

FOOT_LINES = 12  # lines below a report in which its date of printing may stand
NAMING = (Role.ORGANISATION, Role.ORGANISATION_DATE)
HEADED = (Role.OFFICIAL, *NAMING)
TOP = 3000  # characters in which a document shows how it counts years


@dataclass(frozen=True, slots=True)
class Report:
    """One report: what is not blank between its ends is title, front, body or sign-off, and in one of them.

    All spans are half-open code points. `excluded` lists what inside the body is none of the report's text.
    `last_year` is the last one that it is about, None where only a year named in its text makes one think so.
    """

    span: Span
    title: Span | None
    kind: Kind
    organisation: Span | None
    period: Period | None
    last_year: int | None
    issued: tuple[date, Span] | None
    document_number: Span | None
    body: Span
    front: tuple[Span, ...]
    sign_off: tuple[Span, ...]
    excluded: tuple[Span, ...]


class ReportReader:
    """Turns the line numbers of a region into a report with its metadata."""

    def __init__(self, text: Text, lines: Sequence[Line], rules: RuleSet) -> None:
        """Keeps what every report of the file is read from."""
        self.text = text
        self.lines = lines
        self.rules = rules

    def read(self, region: Region, start: int) -> Report:
        """The report of a region; what stands above it begins at line `start`."""
        lines, head = self.lines, region.head
        title = head.title.span if head.title else None
        first = lines[head.first].start
        body = self.body_span(region)
        sign_off = tuple(line.span for line in lines[region.sign_off : region.foot])
        end = max(
            body[1], sign_off[-1][1] if sign_off else 0, title[1] if title else 0, self.front_end(region)
        )
        roc = self.counts_from_1911(title)
        words = head.title.text if head.title else ""
        opening = self.text.folded[body[0] : min(body[1], body[0] + identity.OPENING)]
        issued = self.issued(region, start, roc=roc)
        dated = (issued[0], self.text.original[slice(*issued[1])]) if issued else None
        kind = identity.kind_of(words, opening, self.rules)
        period = identity.period_of_report(words, opening, dated, kind, roc=roc, rules=self.rules)
        known = dated or kind != "other" or parse_period(words, roc=roc, rules=self.rules)
        return Report(
            span=(first, end),
            title=title,
            kind=kind,
            organisation=self.organisation(region, start, body),
            period=period,
            last_year=period.end.year if known and period and period.end else None,
            issued=issued,
            document_number=identity.document_number(
                self.pairs([*range(start, head.first), *self.front_lines(region)], Role.OFFICIAL), self.rules
            ),
            body=body,
            front=tuple(self.front(region)),
            sign_off=sign_off,
            excluded=self.excluded(region, body),
        )

    def excluded(self, region: Region, body: Span) -> tuple[Span, ...]:
        """What of the body is none of the text: whole lines, and page marks that stand inside a line."""
        whole = [self.lines[index].span for index in region.excluded]
        inside = self.rules.pattern("web.page-mark-inside").finditer(self.text.folded, *body)
        free = [m.span() for m in inside if not any(a < m.end() and m.start() < b for a, b in whole)]
        return tuple(sorted([*whole, *free]))

    def body_span(self, region: Region) -> Span:
        """From the first to the last line of the body; empty where there is none."""
        if region.body < region.sign_off:
            return self.lines[region.body].start, self.lines[region.sign_off - 1].end
        end = self.front_end(region)
        return end, end

    def front_end(self, region: Region) -> int:
        """The end of the last line above the body."""
        return (
            self.lines[region.body - 1].end
            if region.body > region.head.first
            else self.lines[region.head.first].start
        )

    def front_lines(self, region: Region) -> list[int]:
        """The lines of the heading block that hold nothing of the title."""
        inside = self.title_lines(region)
        return [index for index in range(region.head.first, region.body) if index not in inside]

    def title_lines(self, region: Region) -> range:
        """The lines of the title."""
        title = region.head.title
        return range(title.first, title.last + 1) if title else range(0)

    def front(self, region: Region) -> Iterator[Span]:
        """What of the heading block is not the title, pieces of the title's lines among it."""
        title = region.head.title
        for index in range(region.head.first, region.body):
            line = self.lines[index]
            if not title or line.end <= title.span[0] or line.start >= title.span[1]:
                yield line.span
                continue
            if line.start < title.span[0]:
                yield line.start, title.span[0]
            if line.end > title.span[1]:
                yield title.span[1], line.end

    def counts_from_1911(self, title: Span | None) -> bool:
        """Whether the document's years are counted from 1911."""
        cue = self.rules.pattern("date.counts-from-1911")
        if title and cue.search(self.text.folded, title[0], title[1]):
            return True
        return self.text.script == "traditional" and cue.search(self.text.folded, 0, TOP) is not None

    def pairs(self, indexes: Iterable[int], *roles: Role) -> list[tuple[int, str]]:
        """Offset and text of the lines that have one of the roles."""
        return [(self.lines[i].start, self.lines[i].text) for i in indexes if self.lines[i].role in roles]

    def issued(self, region: Region, start: int, *, roc: bool) -> tuple[date, Span] | None:
        """The date of the sign-off, else under the title, else of the notice around, else of the printing."""
        dated = (Role.DATE, Role.ORGANISATION_DATE)
        notice = range(*region.head.notice) if region.head.notice else range(start, start)
        masthead = self.masthead(region, start)
        places = (
            self.pairs(reversed(range(region.sign_off, region.foot)), *dated),
            self.pairs(reversed(region.signed), *dated),
            self.pairs(self.front_lines(region), *dated, Role.MEETING),
            self.pairs(masthead, *dated, Role.OFFICIAL),
            self.pairs(reversed(notice), *dated),
            self.pairs(range(region.foot, min(region.end, region.foot + FOOT_LINES)), Role.DISTRIBUTION),
        )
        found = (identity.first_date(place, roc=roc, rules=self.rules) for place in places)
        return next((item for item in found if item), None)

    def masthead(self, region: Region, start: int) -> range:
        """The lines above a report that make the masthead of a brief: they hold the number of the issue."""
        lines = range(start, region.head.first)
        issue = self.rules.pattern("block.issue-line")
        return lines if any(issue.match(self.lines[index].text) for index in lines) else range(0)

    def organisation(self, region: Region, start: int, body: Span) -> Span | None:
        """Who reports: sign-off or title, heading, masthead, the notice around, the opening, the page."""
        title = region.head.title
        signed = self.named_in([*range(region.sign_off, region.foot), *region.signed], *NAMING, Role.OTHER)
        entitled = self.in_title(*title.span) if title else None
        front = self.front_lines(region)
        return (
            self.fuller(signed, entitled)
            or self.named_in(front, *NAMING)
            or self.first_name(identity.organisation_in_byline, front, Role.MEETING)
            or self.first_name(identity.organisation_in_head, self.masthead(region, start), *HEADED)
            or self.around(region)
            or self.in_opening(body)
            or self.first_name(identity.organisation_in_source, range(start, region.body), Role.WEB)
        )

    def around(self, region: Region) -> Span | None:
        """The name in the notice around a report: its sign-off, else its title."""
        notice = range(*region.head.notice) if region.head.notice else range(0)
        signed = self.named_in(reversed(notice), *NAMING)
        return signed or self.first_name(identity.organisation_in_title, notice, Role.NOTICE, Role.OTHER)

    def fuller(self, signed: Span | None, entitled: Span | None) -> Span | None:
        """The sign-off's name, unless the title has the same name with more to it."""
        if signed and entitled:
            short, long = (self.text.folded[slice(*span)] for span in (signed, entitled))
            return entitled if short in long else signed
        return signed or entitled

    def in_title(self, start: int, end: int) -> Span | None:
        """The name in a title that stands here."""
        return moved(identity.organisation_in_title(self.text.folded[start:end], self.rules), start)

    def in_opening(self, body: Span) -> Span | None:
        """The name in the first sentences of a body."""
        opening = self.text.folded[body[0] : min(body[1], body[0] + identity.OPENING)]
        return moved(identity.organisation_in_text(opening, self.rules), body[0])

    def named_in(self, indexes: Iterable[int], *roles: Role) -> Span | None:
        """The first name on lines of a heading or a sign-off that have one of the roles."""
        return self.first_name(identity.organisation_in_line, indexes, *roles)

    def first_name(
        self, find: Callable[[str, RuleSet], Span | None], indexes: Iterable[int], *roles: Role
    ) -> Span | None:
        """The first name that `find` sees on the lines that have one of the roles."""
        for start, text in self.pairs(indexes, *roles):
            found = find(text, self.rules)
            if found:
                return moved(found, start)
        return None


def moved(span: Span | None, offset: int) -> Span | None:
    """A span of a slice as a span of the text that the slice was cut from."""
    return span and (span[0] + offset, span[1] + offset)
