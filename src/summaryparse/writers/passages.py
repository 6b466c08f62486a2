"""The words of a report by their place, for results that do not hold the text of their file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from summaryparse.model import Report, Section

Piece = tuple[int, int, str]


class Passages:
    """What a report's own fields repeat of its text; places are half-open spans of code points.

    Headings are in simplified characters even where the document's are not.
    """

    def __init__(self, report: Report) -> None:
        """Lists title, headings and paragraphs in file order."""
        self.pieces = sorted(piece for piece in report_pieces(report) if piece[2])
        self.starts = [piece[0] for piece in self.pieces]

    def text(self, start: int, end: int) -> str:
        """The words between two places; where something lies between two pieces, a line end stands for it."""
        found: list[str] = []
        reached = start
        for index in range(max(bisect_right(self.starts, start) - 1, 0), len(self.pieces)):
            first, last, words = self.pieces[index]
            if first >= end:
                break
            here, there = max(first, reached), min(last, end)
            if here < there:
                found += ["\n"] if found and here > reached else []
                found.append(words[here - first : there - first])
                reached = there
        return "".join(found)


def report_pieces(report: Report) -> Iterator[Piece]:
    """Title and paragraphs that belong to no section, then those of the sections."""
    for passage in (report.title, *report.preamble, *report.closing):
        if passage:
            yield (*passage.span, passage.text)
    yield from section_pieces(report.sections)


def section_pieces(sections: tuple[Section, ...]) -> Iterator[Piece]:
    """Marker, heading and paragraphs of each section and of those under it."""
    for section in sections:
        yield section.span[0], section.span[0] + len(section.marker), section.marker
        if section.heading_span and section.heading_span[1] - section.heading_span[0] == len(section.heading):
            yield (*section.heading_span, section.heading)
        for paragraph in section.paragraphs:
            yield (*paragraph.span, paragraph.text)
        yield from section_pieces(section.sections)
