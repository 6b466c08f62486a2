"""Lines of a document and the part that each plays by its shape alone."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from summaryparse.expressions import compiled
from summaryparse.firsts import Choices
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

if TYPE_CHECKING:
    import regex

# every character at which str.splitlines ends a line
LINE = compiled(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
SHORT = 60  # a longer line is running text, whatever it ends in
SHAPED = 200  # a longer line is not looked at for a shape at all
SENTENCE_END = '。;!?:,、;…”".'
CLOSED_END = '。;!?…”".)】'


class Role(StrEnum):
    """What a line looks like on its own; what it is depends on where it stands."""

    PAGE_MARK = "page_mark"
    CONTENTS_HEADING = "contents_heading"
    MENU = "menu"
    WEB = "web"
    WEB_END = "web_end"
    BLURB_GATE = "blurb_gate"
    TEXT_GATE = "text_gate"
    BLURB = "blurb"
    DATE = "date"
    ORGANISATION_DATE = "organisation_date"
    MEETING = "meeting"
    OFFICIAL = "official"
    CONTACT = "contact"
    DISTRIBUTION = "distribution"
    ADDRESS = "address"
    ATTACHMENT = "attachment"
    MARKER = "marker"
    ROW = "row"
    NOTICE = "notice"
    ADDRESSEE = "addressee"
    COVER = "cover"
    PART = "part"
    SUBTITLE = "subtitle"
    TITLE = "title"
    ORGANISATION = "organisation"
    PROSE = "prose"
    OTHER = "other"


# In this order, the first that fits decides; each role's rules are alternatives.
RULES: Sequence[tuple[Role, tuple[str, ...]]] = (
    (Role.PAGE_MARK, ("web.page-mark",)),
    (Role.CONTENTS_HEADING, ("block.contents-heading",)),
    (Role.DATE, ("block.date-line",)),
    (Role.ORGANISATION_DATE, ("organisation.dated-line",)),
    (Role.MEETING, ("block.meeting",)),
    (Role.PART, ("block.part",)),
    (Role.WEB_END, ("web.end",)),
    (Role.WEB, ("web.breadcrumb", "web.data-line", "web.control")),
    (Role.MENU, ("web.navigation",)),
    (Role.TEXT_GATE, ("web.text-gate",)),
    (Role.BLURB_GATE, ("web.blurb-gate",)),
    (Role.CONTACT, ("block.contact",)),
    (Role.DISTRIBUTION, ("block.distribution",)),
    (Role.ADDRESS, ("block.address",)),
    (Role.OFFICIAL, ("block.number-line", "block.signer", "block.letterhead", "block.issue-line")),
    (Role.ATTACHMENT, ("block.attachment",)),
    (Role.MARKER, ("block.line-marker",)),
    (Role.ROW, ("block.row",)),
    (Role.NOTICE, ("block.notice",)),
    (Role.ADDRESSEE, ("block.addressee",)),
    (Role.COVER, ("block.cover",)),
    (Role.SUBTITLE, ("block.subtitle",)),
    (Role.TITLE, ("block.title",)),
    (Role.ORGANISATION, ("organisation.line",)),
)
WEB_ROLES = frozenset(
    {Role.WEB, Role.WEB_END, Role.MENU, Role.BLURB_GATE, Role.TEXT_GATE, Role.BLURB, Role.PAGE_MARK}
)
FOOT_ROLES = frozenset({Role.WEB, Role.WEB_END, Role.PAGE_MARK, Role.DISTRIBUTION, Role.ADDRESS})
SIGN_OFF_ROLES = frozenset({Role.DATE, Role.ORGANISATION, Role.ORGANISATION_DATE, Role.CONTACT})


class Line(NamedTuple):
    """A line without the blanks around it: `start`, `end` half-open code points, `text` its folded slice."""

    start: int
    end: int
    text: str
    indent: int
    gap: bool  # blank lines stand above it
    role: Role

    @property
    def span(self) -> Span:
        """Where the line stands, half-open code points."""
        return self.start, self.end

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence ends."""
        return self.text[-1] in CLOSED_END


def read_lines(folded: str, rules: RuleSet) -> list[Line]:
    """All lines that are not blank, in order, each with its role."""
    role_of = Roles(rules)
    places = [(match.start(), match.end()) for match in LINE.finditer(folded) if not match[0].isspace()]
    if places:
        places[-1:] = split_sign_off(folded, *places[-1], rules)
        places[:1] = split_title(folded, *places[0], rules)
    lines: list[Line] = []
    previous = 0
    for begin, end in places:
        whole = folded[begin:end]
        text = whole.strip()
        start = begin + len(whole) - len(whole.lstrip())
        lines.append(
            Line(start, start + len(text), text, start - begin, is_gap(folded[previous:start]), role_of(text))
        )
        previous = start + len(text)
    return lines


def is_gap(between: str) -> bool:
    """Whether a blank line stands between two lines."""
    return max(between.count("\n"), between.count("\r")) > 1


def split_title(folded: str, begin: int, end: int, rules: RuleSet) -> list[Span]:
    """A long first line as two where it begins with a title and a gap."""
    start = begin + len(folded[begin:end]) - len(folded[begin:end].lstrip())
    match = rules.pattern("block.title-run-in").match(folded[start : min(end, start + SHAPED)])
    if match is None or end - start <= SHORT or not rules.pattern("block.title").match(match[0]):
        return [(begin, end)]
    return [(begin, start + match.end()), (start + match.end(), end)]


def split_sign_off(folded: str, begin: int, end: int, rules: RuleSet) -> list[Span]:
    """A long last line as several where it ends in a gap, a name and a date."""
    end = begin + len(folded[begin:end].rstrip())
    start = max(begin, end - SHAPED)
    match = rules.pattern("block.sign-off-run-in").search(folded[start:end])
    if match is None or end - begin <= SHORT:
        return [(begin, end)]
    cuts = [begin, *(start + match.start(name) for name in ("name", "date") if match[name]), end]
    return list(pairwise(cuts))


@cache
def role_choices(rules: RuleSet) -> Choices[tuple[Role, regex.Pattern[str]]]:
    """The roles by what their lines can begin with, each with its rules as one pattern."""
    templates = [(role, "|".join(f"%{{{i}}}" for i in rule_ids)) for role, rule_ids in RULES]
    return Choices([((role, rules.compile(shape)), rules.edges(shape)) for role, shape in templates])


class Roles:
    """Gives a line its role; equal lines are looked at once."""

    def __init__(self, rules: RuleSet) -> None:
        """Takes the shapes of the roles."""
        self.blurb = rules.pattern("web.blurb")
        self.choices = role_choices(rules)
        self.seen: dict[str, Role] = {}

    def __call__(self, text: str) -> Role:
        """The role of one stripped line."""
        if len(text) > SHAPED:
            return Role.PROSE
        role = self.seen.get(text)
        if role is None:
            role = self.seen[text] = self.role_of(text)
        return role

    def role_of(self, text: str) -> Role:
        """The role of a line that is short enough to have a shape."""
        for role, shape in self.choices[text[0]]:
            if shape.match(text):
                return role
        if self.blurb.search(text):
            return Role.BLURB
        if len(text) > SHORT or text[-1] in SENTENCE_END or "。" in text:
            return Role.PROSE
        return Role.OTHER


def squeeze(folded: str) -> str:
    """Letters and digits only, so that two spellings of a title compare equal."""
    return "".join(filter(str.isalnum, folded))
