"""Finds where each report of a file begins: its title, what stands above it, and the notice that wraps it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from summaryparse.contents import Announced, Contents, read_item
from summaryparse.identity import organisation_in_title
from summaryparse.lines import WEB_ROLES, Line, Role, squeeze
from summaryparse.numbering import Numbering
from summaryparse.records import dataclass, replace
from summaryparse.rules import RuleSet
from summaryparse.titles import Title, TitleReader

NOTICE_LINES = 40  # in so many lines a notice is followed by what it sends out
NOTICE_CHARACTERS = 4000
INTRODUCTION = 6  # lines of a site's own words that may stand above a title
INTRODUCTION_CHARACTERS = 1200
GATE_LINES = 60
UNTITLED = 40  # a longer first line is no title
LISTED = 90  # a longer line is no title that a table of contents announces
END_ROLES = frozenset({Role.DATE, Role.ORGANISATION_DATE, Role.CONTACT, Role.DISTRIBUTION, Role.OFFICIAL})
HEADING_ROLES = WEB_ROLES | END_ROLES | {Role.ORGANISATION, Role.MEETING, Role.ADDRESS, Role.ATTACHMENT}
SIGNED = frozenset({Role.ORGANISATION, Role.DATE, Role.ORGANISATION_DATE})
READABLE = frozenset({Role.TITLE, Role.NOTICE, Role.SUBTITLE, Role.COVER, Role.PART, Role.OTHER})
TEXT_ROLES = frozenset({Role.PROSE, Role.MARKER, Role.ROW, Role.ADDRESSEE})


@dataclass(frozen=True, slots=True)
class Head:
    """Where a report begins, in line numbers.

    `first` is the first line of its heading block, `body` the line after its title, `notice` the lines of the
    document that sends it out, `entry` its place in the table of contents.
    """

    first: int
    title: Title | None
    body: int
    notice: tuple[int, int] | None = None
    entry: int | None = None


def find_heads(lines: Sequence[Line], contents: Contents | None, rules: RuleSet) -> list[Head]:
    """The heads of all reports in file order, at least one for a file with any line."""
    finder = HeadFinder(lines, contents, rules)
    heads = finder.find()
    return heads[1:] if finder.only_introduces(heads) else heads


class HeadFinder:
    """Walks through the possible titles and keeps those that begin a report."""

    def __init__(self, lines: Sequence[Line], contents: Contents | None, rules: RuleSet) -> None:
        """Reads all possible titles outside the table of contents."""
        self.lines = lines
        self.rules = rules
        self.contents = contents
        self.skipped = range(contents.first, contents.end) if contents else range(0)
        self.announced = Announced(contents, rules)
        self.numbering = Numbering(lines, rules)
        self.summary = rules.pattern("report.summary-word")
        self.plan = rules.pattern("report.plan-word")
        self.salutation = rules.pattern("block.salutation")
        self.table_line = rules.pattern("block.table-line")
        self.reader = TitleReader(lines, rules)
        self.titles = self.read_titles()
        self.firsts = [title.first for title in self.titles]

    def read_titles(self) -> list[Title]:
        """Every possible title in order, none overlapping the one before."""
        titles: list[Title] = []
        for index, line in enumerate(self.lines):
            if index in self.skipped:
                continue
            title = self.reader.read(index) if line.role in READABLE else None
            title = title or self.read_announced(index)
            if title is None or (titles and title.last <= titles[-1].last):
                continue
            if titles and title.first <= titles[-1].last:
                titles.pop()
            titles.append(title)
        return titles

    def read_announced(self, index: int) -> Title | None:
        """The title on a line that the table of contents has word for word, whatever it looks like."""
        line = self.lines[index]
        if not self.announced.keys or len(line.text) > LISTED:
            return None
        item = read_item(line, self.rules)
        if item and (item.key in self.announced.keys or squeeze(line.text) in self.announced.keys):
            return self.reader.build(index, index, Role.TITLE, item.title)
        return None

    def find(self) -> list[Head]:
        """The first head, then every title after it that holds against the evidence."""
        heads = [self.first_head()]
        entries = {heads[0].entry}
        self.numbering.begin(heads[0].body)
        for number, title in enumerate(self.titles):
            if title.first < heads[-1].body:
                continue
            self.numbering.read_to(title.first)
            limit = self.firsts[number + 1] if number + 1 < len(self.titles) else len(self.lines)
            if not self.begins_report(title, limit, heads[-1].title, entries):
                continue
            head = self.head_of(title)
            if self.repeats(heads[-1], head):
                heads[-1] = replace(head, first=heads[-1].first, notice=heads[-1].notice or head.notice)
            else:
                heads.append(head)
            entries.add(head.entry)
            self.numbering.begin(head.body)
        return heads

    def first_head(self) -> Head:
        """The head of the first report: the best title above the first line of running text."""
        start = self.body_start()
        zone = [title for title in self.titles if title.last < start]
        if self.contents and self.contents.first < start:
            zone = [title for title in zone if title.first >= self.contents.end] or zone
        zone = zone or self.after_introduction(start)
        if not zone:
            return self.untitled(start)
        notice = next((title for title in zone if title.role is Role.NOTICE), None)
        if notice:
            return self.head_of(notice)
        best = max(zone, key=lambda title: title.weight)
        same = [title for title in zone if title.key == best.key]
        return replace(self.head_of(same[-1]), first=self.first_of_block(same))

    def body_start(self) -> int:
        """The first line of running text or with a section number, past menus, contents and blurbs."""
        top = self.lines[:GATE_LINES]
        gate = next((index for index, line in enumerate(top) if line.role is Role.TEXT_GATE), 0)
        for index, line in enumerate(self.lines):
            if line.role in TEXT_ROLES and index >= gate and index not in self.skipped:
                return index
        return len(self.lines)

    def after_introduction(self, start: int) -> list[Title]:
        """A full title shortly below, where only a few lines of a site's own words stand above it."""
        for title in self.titles:
            between = self.lines[start : title.first]
            if len(between) > INTRODUCTION or any(line.role is Role.MARKER for line in between):
                break
            if any(self.salutation.match(line.text) for line in between):
                break
            if title.weight >= 3 and self.closed_above(title):
                return [title]
        return []

    def untitled(self, start: int) -> Head:
        """A report whose title no rule knows: its first short line, or none."""
        listed = self.contents is not None and self.contents.first < start
        zone = range(self.skipped.stop if listed else 0, start)
        official = [index for index in zone if self.lines[index].role is Role.OFFICIAL]
        zone = range(official[-1] + 1 if official else zone.start, start)
        plain = [
            index
            for index in zone
            if self.lines[index].role is Role.OTHER
            and 4 <= len(self.lines[index].text) <= UNTITLED
            and not self.table_line.match(self.lines[index].text)
        ]
        if plain and start < len(self.lines):
            has_menu = any(self.lines[index].role in WEB_ROLES for index in zone)
            index = plain[-1] if has_menu else plain[0]
            return Head(index, self.reader.build(index, index, Role.OTHER), index + 1)
        first = next((index for index in zone if self.lines[index].role not in HEADING_ROLES), start)
        first = min(self.signed_above(zone, first), len(self.lines) - 1)
        return Head(first, None, first)

    def signed_above(self, zone: range, body: int) -> int:
        """The first of the names and dates right above an untitled text; `body` if they make no heading."""
        first = body
        while first > zone.start and self.lines[first - 1].role in SIGNED:
            first -= 1
        roles = {line.role for line in self.lines[first:body]}
        named = Role.ORGANISATION_DATE in roles or roles >= {Role.ORGANISATION, Role.DATE}
        return first if named else body

    def first_of_block(self, same: Sequence[Title]) -> int:
        """The first of equal titles that only the site's own lines keep from the last."""
        first = same[-1].first
        for title in reversed(same[:-1]):
            if any(line.role not in WEB_ROLES for line in self.lines[title.last + 1 : first]):
                break
            first = title.first
        return first

    def only_introduces(self, heads: Sequence[Head]) -> bool:
        """Whether the first head is the name of a collection with a few words, and no report."""
        if len(heads) < 2:
            return False
        first, second = heads[0], heads[1]
        between = self.lines[first.body : second.first]
        named = second.title is not None and second.title.role is Role.PART
        covered = first.title is not None and first.title.role is Role.COVER
        if (first.title and first.title.role is Role.PART) or not (named or covered):
            return False
        size = between[-1].end - between[0].start if between else 0
        return size <= INTRODUCTION_CHARACTERS and all(line.role is not Role.MARKER for line in between)

    def head_of(self, title: Title) -> Head:
        """The head that a title makes; a notice gives its place to the report that it sends out."""
        sent = self.sent_out(title) if title.role is Role.NOTICE else None
        if sent is None:
            return Head(title.first, title, title.last + 1, entry=self.announced.entry_of(title.key))
        entry = self.announced.entry_of(sent.key)
        return Head(sent.first, sent, sent.last + 1, (title.first, sent.first), entry)

    def sent_out(self, notice: Title) -> Title | None:
        """The title of what a notice sends out, if that comes in the file."""
        limit = self.lines[notice.last].end + NOTICE_CHARACTERS
        for index in range(bisect_right(self.firsts, notice.last), len(self.titles)):
            title = self.titles[index]
            if title.last > notice.last + NOTICE_LINES or self.lines[title.first].start > limit:
                return None
            above = self.lines[title.first - 1].role
            named = len(title.key) > 5 and (title.key in notice.key or quoted(notice) in title.key)
            ended = above in END_ROLES or above in (Role.ORGANISATION, Role.ATTACHMENT, Role.PAGE_MARK)
            if title.role is not Role.NOTICE and (named or ended):
                return title
        return None

    def begins_report(
        self, title: Title, limit: int, current: Title | None, entries: set[int | None]
    ) -> bool:
        """Whether a later title begins a report and is no part of the one that it stands in."""
        if title.role is Role.PART:
            return True
        if not self.closed_above(title) or title.last + 1 >= len(self.lines):
            return False
        entry = self.announced.entry_of(title.key)
        return (entry is not None and entry not in entries) or self.parts_from(title, limit, current)

    def parts_from(self, title: Title, limit: int, current: Title | None) -> bool:
        """Whether the lines around a title show that a report ends above it and another begins."""
        if (
            current
            and stem_of(title, self.rules)
            and stem_of(title, self.rules) == stem_of(current, self.rules)
        ):
            return title.key != current.key
        ended = self.ended_above(title)
        restarts = self.numbering.restarts(title.last + 1, limit)
        if title.role is Role.NOTICE:
            return ended or restarts
        if not title.strong or title.role is Role.COVER or self.is_part_of(title, current):
            return False
        if title.dated or title.named:
            return ended or self.other_name(title, current) or (restarts and self.same_sort(title, current))
        return ended and restarts

    def closed_above(self, title: Title) -> bool:
        """Whether the text above a title has come to an end there."""
        above = self.lines[title.first - 1]
        return above.closed or above.role in HEADING_ROLES or above.role is Role.PART

    def ended_above(self, title: Title) -> bool:
        """Whether a sign-off or the foot of a document stands right above a title."""
        above = self.lines[title.first - 1]
        if above.role in END_ROLES:
            return True
        return above.role is Role.ORGANISATION and title.first >= 2 and self.lines[title.first - 2].closed

    def is_part_of(self, title: Title, current: Title | None) -> bool:
        """Whether the title in force announces this one as a part: …总结和…计划."""
        if current is None or title.named:
            return False
        both = self.summary.search(current.text) and self.plan.search(current.text)
        return bool(both) or title.key in current.key

    def other_name(self, title: Title, current: Title | None) -> bool:
        """Whether a title names another body than the title in force."""
        return title.named and current is not None and self.name_in(title) != self.name_in(current)

    def same_sort(self, title: Title, current: Title | None) -> bool:
        """Whether two titles both look ahead or both back; one that names a body stands for itself."""
        return current is None or title.named or self.looks_ahead(title) == self.looks_ahead(current)

    def looks_ahead(self, title: Title) -> bool:
        """Whether a title announces a plan and no summary."""
        return self.plan.search(title.text) is not None and self.summary.search(title.text) is None

    def name_in(self, title: Title) -> str | None:
        """The body that a title names."""
        span = organisation_in_title(title.text, self.rules)
        return title.text[span[0] : span[1]] if span else None

    def repeats(self, head: Head, later: Head) -> bool:
        """Whether a later head only prints the title once more, with nothing but the site's lines between."""
        if not head.title or not later.title or head.title.key != later.title.key:
            return False
        return all(line.role in WEB_ROLES for line in self.lines[head.body : later.first])


def stem_of(title: Title, rules: RuleSet) -> str:
    """A title without the number that it ends in; empty if it ends in none."""
    match = rules.pattern("block.numbered-title").match(title.text)
    return squeeze(match["stem"]) if match else ""


def quoted(notice: Title) -> str:
    """The title between the brackets of a notice, squeezed."""
    start, end = notice.text.find("《"), notice.text.rfind("》")
    return squeeze(notice.text[start + 1 : end]) if 0 <= start < end else notice.key
