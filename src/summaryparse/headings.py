"""Where a heading ends on its line, and which lines are headings without a number."""

from __future__ import annotations

from collections.abc import Sequence

from summaryparse.expressions import compiled
from summaryparse.levels import OF_YEAR, PLAIN
from summaryparse.markers import Candidate
from summaryparse.paragraphs import CLOSED, Paragraph
from summaryparse.records import dataclass
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

# Lengths in characters, measured on reports of hospitals, bureaus and counties.
LONGEST_TITLE = 80  # a line that no sentence end closes and that text stands under
LONGEST_PHRASE = 45  # a first sentence that announces what follows
LONGEST_LEAF = 30  # a sentence alone on its line with nothing under it
MOST_CLAUSES = 5
LONGEST_SEMICOLON, LONGEST_COLON, LONGEST_SPACED = 40, 24, 16
LEAST_TEXT_AFTER_SPACE = 30
PLAIN_LONGEST = 32
CLOSERS = "。;:,、!?.*# \r\n"
SHELTER = compiled('[“(《【〔"]')
QUOTES = {"“": "”", "(": ")", "《": "》", "【": "】", "〔": "〕"}


@dataclass(frozen=True, slots=True)
class Split:
    """What stands behind a marker: its heading, and where its own text begins, half-open code points.

    The punctuation that closes the heading is in neither. `doubtful` marks a sentence alone on its line.
    """

    heading: Span | None
    rest: int
    doubtful: bool = False


class HeadingRules:
    """Tells headings from sentences."""

    def __init__(self, rules: RuleSet) -> None:
        """Compiles the shapes once."""
        self.quantity = rules.pattern("heading.quantity")
        self.quoted = rules.pattern("heading.quoted")
        self.bracketed = rules.pattern("marker.bracketed")
        self.of_year = rules.pattern("heading.of-year")
        self.period = rules.pattern("date.period")
        self.lead_in = rules.compile("(?:%{heading.lead-in})")
        self.plain = rules.pattern("heading.plain")
        self.never = rules.pattern("heading.never")
        self.table_row = rules.pattern("heading.table-row")
        self.contents_line = rules.pattern("heading.contents-line")
        self.opening = frozenset(rules.words("heading.opening"))

    def split(self, folded: str, segment: Span, *, carries: bool, at_line: bool) -> Split:
        """Splits what stands behind a marker; `carries` says that paragraphs or sections stand under it."""
        start, end = trim(folded, segment)
        if start == end:
            return Split(None, end)
        bracketed = self.bracketed.match(folded, start, end) if at_line else None
        if bracketed:
            return Split(trim(folded, bracketed.span("n")), trim(folded, (bracketed.end(), end))[0])
        first = sentence_end(folded, start, end)
        if first < end and self.is_phrase(folded, start, first):
            return split_at(folded, start, first, end)
        if first >= end and at_line:
            heading = trim_closers(folded, (start, end))
            if self.is_whole(folded, heading, end, carries=carries):
                doubtful = not carries and bool(CLOSED.search(folded, start, end))
                return Split(heading, end, doubtful)
        for cut, longest in self.inner_cuts(folded, start, min(first, end), at_line=at_line):
            followed = trim(folded, (cut + 1, end))[0] < end
            if cut - start <= longest and followed and self.is_phrase(folded, start, cut):
                return split_at(folded, start, cut, end)
        return Split(None, start)

    def is_whole(self, folded: str, heading: Span, end: int, *, carries: bool) -> bool:
        """Whether a heading takes up the whole line, which is no sentence then."""
        closed = bool(CLOSED.search(folded, heading[0], end))
        length = heading[1] - heading[0]
        if carries and not closed:
            return 0 < length <= LONGEST_TITLE
        if not carries and folded[end - 1] in ";,、":
            return False
        longest, most = LONGEST_PHRASE, MOST_CLAUSES
        if closed and not carries:
            longest, most = LONGEST_LEAF, 2
        fits = 0 < length <= longest and clauses(folded, *heading) <= most
        return fits and not self.counts(folded, *heading)

    def is_phrase(self, folded: str, start: int, end: int) -> bool:
        """Whether a first sentence announces what follows, and does not report it already."""
        return (
            1 < end - start <= LONGEST_PHRASE
            and clauses(folded, start, end) <= MOST_CLAUSES
            and not self.counts(folded, start, end)
        )

    def counts(self, folded: str, start: int, end: int) -> bool:
        """Whether a quantity stands in a phrase outside the names in quotation marks."""
        names = [name.span() for name in self.quoted.finditer(folded, start, end)]
        return any(
            not any(low < found.start() < high for low, high in names)
            for found in self.quantity.finditer(folded, start, end)
        )

    def inner_cuts(self, folded: str, start: int, end: int, *, at_line: bool) -> list[tuple[int, int]]:
        """Places inside the first sentence where a heading may end, with the longest heading for each."""
        cuts = []
        colon = first_of(folded, ":", start, min(end, start + LONGEST_COLON + 1))
        if colon >= 0 and "," not in folded[start:colon] and not self.lead_in.search(folded, start, colon):
            cuts.append((colon, LONGEST_COLON))
        space = first_of(folded, " ", start, min(end, start + LONGEST_SPACED + 1))
        if at_line and space - start >= 2 and is_spaced_heading(folded, start, space, end):
            cuts.append((space, LONGEST_SPACED))
        semicolon = first_of(folded, ";", start, min(end, start + LONGEST_SEMICOLON + 1))
        alone = semicolon >= 0 and first_of(folded, ";", semicolon + 1, end) < 0
        if at_line and alone and end - semicolon > 1.5 * (semicolon - start):
            cuts.append((semicolon, LONGEST_SEMICOLON))
        return cuts

    def plain_candidates(
        self, folded: str, paragraphs: Sequence[Paragraph], begun: Sequence[Candidate | None]
    ) -> list[Candidate]:
        """Lines that are headings without a number, by their shape and the lines around them.

        `begun` holds the marker that each paragraph begins with; above one that goes on with a list, a line
        is a caption and no heading.
        """
        marked = [candidate is not None for candidate in begun]
        short = [not m and self.is_short(folded, p) for p, m in zip(paragraphs, marked, strict=True)]
        found = []
        for i, paragraph in enumerate(paragraphs):
            if not short[i] or i + 1 == len(paragraphs):
                continue
            if short[i + 1] and not marked[i + 1]:
                continue
            text = folded[paragraph.start : paragraph.end]
            part = self.of_year.match(text) is not None
            below = begun[i + 1]
            opens = below is not None and (below.ordinal or 1) == 1
            leads = opens or part or (below is None and closes(folded, paragraphs[i + 1]))
            before = i == 0 or marked[i - 1] or not short[i - 1]
            follows = before and (i == 0 or marked[i - 1] or part or closes(folded, paragraphs[i - 1]))
            if leads and follows and self.is_title(text):
                found.append(plain_candidate(paragraph, i, OF_YEAR if part else "heading.plain"))
        numberless = len(found) > 1
        return [c for c in found if c.paragraph or numberless or self.is_opening(folded, paragraphs[0])]

    def is_headline(self, folded: str, start: int, here: Sequence[Paragraph]) -> bool:
        """Whether a paragraph reads like a heading from `start` on, behind its marker, above running text."""
        if len(here) < 2 or not self.is_short(folded, here[0]) or self.is_short(folded, here[1]):
            return False
        return self.is_wording(folded[start : here[0].end])

    def is_short(self, folded: str, p: Paragraph) -> bool:
        """Whether a line is too short to be running text and no punctuation closes it."""
        return p.lines == 1 and p.end - p.start <= PLAIN_LONGEST and not CLOSED.search(folded, p.start, p.end)

    def is_title(self, text: str) -> bool:
        """Whether a short line is a heading without a number."""
        return self.plain.match(text) is not None and self.is_wording(text)

    def is_wording(self, text: str) -> bool:
        """Whether words read like a heading: few clauses, no figures, no cells of a table."""
        words = self.period.sub("", text)
        return (
            clauses(text, 0, len(text)) <= 3
            and sum("一" <= c <= "鿿" for c in words) * 3 >= len(words) * 2 > 0
            and not self.never.search(text)
            and not self.table_row.search(text)
            and not self.quantity.search(text)
        )

    def is_opening(self, folded: str, p: Paragraph) -> bool:
        """Whether the line is one of the known headings of an introduction."""
        return folded[p.start : p.end].replace(" ", "") in self.opening

    def is_contents_or_row(self, folded: str, start: int, end: int) -> bool:
        """Whether a line that begins with a marker is a line of a table or of a table of contents."""
        if end - start > 3 * PLAIN_LONGEST:
            return False
        if self.contents_line.search(folded, start, end):
            return True
        line = folded[start:end].strip(" ")
        return "\t" in line.strip("\t") or "|" in (line[:1], line[-1:])


def split_at(folded: str, start: int, cut: int, end: int) -> Split:
    """The heading up to a cut, and the text behind it."""
    rest = cut
    while rest < end and (folded[rest] in CLOSERS or (folded[rest] in "”’" and rest == cut)):
        rest += 1
    heading = trim_closers(folded, (start, cut))
    return Split(heading, rest) if heading[0] < heading[1] else Split(None, start)


def plain_candidate(paragraph: Paragraph, number: int, rule: str) -> Candidate:
    """A paragraph as a heading without a number."""
    return Candidate(
        start=paragraph.start,
        end=paragraph.start,
        paragraph=number,
        at_line=True,
        style=PLAIN,
        rule=rule,
        rank=0,
        ordinal=None,
    )


def closes(folded: str, p: Paragraph) -> bool:
    """Whether a paragraph ends as running text does."""
    return bool(CLOSED.search(folded, p.start, p.end))


def trim(folded: str, span: Span) -> Span:
    """The span without blanks at its ends."""
    start, end = span
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return start, end


def trim_closers(folded: str, span: Span) -> Span:
    """The span without blanks and the punctuation that closes a heading."""
    start, end = trim(folded, span)
    while end > start and folded[end - 1] in CLOSERS:
        end -= 1
    return start, end


def clauses(folded: str, start: int, end: int) -> int:
    """The number of clauses between commas."""
    return folded.count(",", start, end) + folded.count(";", start, end) + 1


def first_of(folded: str, sign: str, start: int, end: int) -> int:
    """Where a sign first stands outside quotation marks and brackets, -1 if it does not."""
    found = [at for one in sign if (at := folded.find(one, start, end)) >= 0]
    if not found or not SHELTER.search(folded, start, min(found)):
        return min(found, default=-1)
    until = ""
    straight = False
    for at in range(start, max(start, end)):
        character = folded[at]
        if character == '"':
            straight = not straight
        elif until:
            until = "" if character == until else until
        elif character in QUOTES:
            until = QUOTES[character]
        elif character in sign and not straight:
            return at
    return -1


def sentence_end(folded: str, start: int, end: int) -> int:
    """Where the first sentence ends: the place of its full stop, or `end` if it is the only one."""
    at = first_of(folded, "。!?", start, min(end, start + 4 * LONGEST_PHRASE))
    if at < 0:
        return end
    rest = at
    while rest < end and (folded[rest] in "。!?.” \r\n" or folded[rest].isspace()):
        rest += 1
    return at if rest < end else end


def is_spaced_heading(folded: str, start: int, space: int, end: int) -> bool:
    """Whether a space parts a short heading from a long text on the same line."""
    before, after = folded[start:space], folded[space:end].lstrip()
    return (
        all("一" <= c <= "鿿" or c in "、“”" for c in before)
        and len(after) >= LEAST_TEXT_AFTER_SPACE
        and "一" <= after[0] <= "鿿"
        and any(c in after for c in ",。;")
    )
