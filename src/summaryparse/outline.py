"""Reads a report's body into a tree of sections, paragraphs and numbered items.

Every character of the body that is not blank and not excluded belongs to exactly one marker, heading or
paragraph; the punctuation that closes a heading stands between the heading and the text behind it and belongs
to neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from summaryparse.diagnostics import Diagnostic
from summaryparse.figure_lines import FigureLines
from summaryparse.headings import HeadingRules
from summaryparse.levels import SEQUENCE, place_candidates
from summaryparse.markers import Candidate, MarkerRules, keep_plausible, trust_line_markers
from summaryparse.normalise import Text
from summaryparse.paragraphs import Line, LineStarts, Paragraph, join_lines, measure_wrapping, split_lines
from summaryparse.pieces import BAR
from summaryparse.records import dataclass
from summaryparse.rules import RuleSet
from summaryparse.spans import Span
from summaryparse.tables import table_lines
from summaryparse.tree import Node, alone_on_line, build_tree, fill, mark_items, split_bodies

GLUED = "marker.arabic-glued"  # the rule of numbers that are sections only above those that begin with them
MOST_MARKERS = 20_000  # a text with more of them is no report


@dataclass(frozen=True, slots=True)
class Section:
    """A headed or numbered block and all that stands under it; spans are half-open code points."""

    kind: Literal["section", "item"]
    marker: str
    ordinal: int | None
    style: str
    span: Span
    heading: Span | None
    run_in: bool
    paragraphs: tuple[Span, ...]
    children: tuple[Section, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A body as a tree; `preamble` and `closing` are the paragraphs that belong to no section."""

    preamble: tuple[Span, ...]
    sections: tuple[Section, ...]
    closing: tuple[Span, ...]
    diagnostics: tuple[Diagnostic, ...]


def find_outline(text: Text, body: Span, excluded: Sequence[Span], rules: RuleSet) -> Outline:
    """The sections of a body; text without any marker gives no sections and stands in the preamble whole."""
    folded = text.folded
    headings = HeadingRules(rules)
    paragraphs, candidates = read_candidates(folded, body, excluded, rules, headings)
    placed = place_candidates(candidates, right_below_marker(candidates))
    roots, nodes = build_tree(placed)
    mark_items(nodes)
    preamble, closing = fill(folded, paragraphs, nodes, rules)
    split_bodies(folded, paragraphs, nodes, headings)
    sections = tuple(finish(text, node) for node in roots)
    remarks = list(numbering_remarks(text, nodes))
    if len(candidates) >= MOST_MARKERS:
        message = f"More than {MOST_MARKERS} markers: what follows the last of them is read as its text."
        remarks.append(Diagnostic("truncated", "warning", message, body))
    return Outline(preamble, sections, closing, tuple(remarks))


def read_candidates(
    folded: str, body: Span, excluded: Sequence[Span], rules: RuleSet, headings: HeadingRules
) -> tuple[list[Paragraph], list[Candidate]]:
    """The paragraphs of the body and everything in them that may be a marker, in order."""
    markers = MarkerRules(rules)
    page_mark = rules.compile(r"%{web.page-mark}|%{web.numbered-header}|^\d{1,3}$")
    page_marks = frozenset(span for span in excluded if page_mark.match(folded[slice(*span)]))
    lines = split_lines(folded, body, excluded, page_marks)
    rows = table_lines(folded, [(line.start, line.end) for line in lines], rules)
    begun = line_candidates(folded, lines, rows, markers, headings)
    lines = FigureLines(folded, lines, rows, [c is not None for c in begun], rules).joined()
    wrapping = measure_wrapping(folded, lines, LineStarts(rules))
    trusted = trust_line_markers(folded, lines, begun, wrapping)
    paragraphs = join_lines(folded, lines, wrapping, trusted)
    at = {c.start: c for c, trust in zip(begun, trusted, strict=True) if c and trust}
    found: list[Candidate] = []
    for number, paragraph in enumerate(paragraphs):
        first = at.get(paragraph.start)
        if first:
            headline = headings.is_headline(folded, first.end, paragraphs[number : number + 2])
            found.append(first._replace(paragraph=number, headline=headline))
        inside = markers.inline_candidates(folded, paragraph, number) if len(found) < MOST_MARKERS else ()
        found.extend(c for c in inside if first is None or c.start >= first.end)
    plain = headings.plain_candidates(folded, paragraphs, [at.get(p.start) for p in paragraphs])
    kept = [*keep_plausible(found), *plain[:MOST_MARKERS]]
    return paragraphs, sorted(kept, key=lambda c: c.start)


def line_candidates(
    folded: str, lines: Sequence[Line], rows: Sequence[bool], markers: MarkerRules, headings: HeadingRules
) -> list[Candidate | None]:
    """For each line the marker that it begins with, if any; none any more where no report has so many.

    The number before the label of a table's row is none.
    """
    found: list[Candidate | None] = []
    left = MOST_MARKERS
    for number, line in enumerate(lines):
        barred = BAR in (folded[line.start], folded[line.end - 1])
        is_row = (
            not left or barred or rows[number] or headings.is_contents_or_row(folded, line.start, line.end)
        )
        found.append(None if is_row else markers.line_candidate(folded, line, number))
        left -= found[-1] is not None
    above = {c.prefix for c in found if c and c.style.startswith("dotted")}
    return [None if c and c.rule == GLUED and str(c.ordinal) not in above else c for c in found]


def right_below_marker(candidates: Sequence[Candidate]) -> frozenset[int]:
    """Numbers of the paragraphs that directly follow one which begins with a marker."""
    return frozenset(c.paragraph + 1 for c in candidates if c.at_line)


def finish(text: Text, node: Node) -> Section:
    """The finished section of a node."""
    c, split = node.candidate, node.split
    children = tuple(finish(text, child) for child in node.children)
    own = [(split.rest, node.body[1])] if split.rest < node.body[1] else []
    paragraphs = (*own, *node.paragraphs)
    ends = [c.end, node.body[1], *(end for _, end in paragraphs), *(child.span[1] for child in children)]
    return Section(
        kind="item" if node.is_item else "section",
        marker=text.original[c.start : c.end].rstrip(),
        ordinal=node.position if c.style == SEQUENCE else c.ordinal,
        style=c.style,
        span=(c.start, max(ends)),
        heading=split.heading,
        run_in=bool((own and not alone_on_line(text.folded, split)) or node.inside),
        paragraphs=paragraphs,
        children=children,
        rule=c.rule,
    )


def numbering_remarks(text: Text, nodes: Sequence[Node]) -> Iterator[Diagnostic]:
    """What is irregular in the numbers of the lists."""
    previous: dict[int, Node] = {}
    for node in nodes:
        depth, how = node.placed.depth, node.placed.how
        c = node.candidate
        span = (c.start, c.end)
        marker = text.original[c.start : c.end].strip()
        before = previous.get(depth)
        if how == "skip" and before is not None:
            after = text.original[before.candidate.start : before.candidate.end].strip()
            yield Diagnostic(
                "numbering-gap", "warning", f"{marker} follows {after}; a number is missing.", span
            )
        elif how == "open" and (c.ordinal or 0) > 1:
            yield Diagnostic("numbering-gap", "warning", f"A list begins with {marker}.", span)
        elif how == "repeat":
            yield Diagnostic(
                "numbering-repeat", "warning", f"{marker} comes a second time in its list.", span
            )
        elif how == "back":
            yield Diagnostic("numbering-repeat", "warning", f"{marker} starts its list over.", span)
        if c.ordinal is not None:
            previous[depth] = node
