"""Running text as it is to be read: hard-wrapped lines joined and page marks left out, with the way back.

Offsets are code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from summaryparse.expressions import compiled_by_regex
from summaryparse.paragraphs import outside
from summaryparse.spans import Span

BREAK = compiled_by_regex(r"[ \t\r]*\n[ \t\r\n]*")
SPLIT_DECIMAL = compiled_by_regex(r"(?<=\d\.) (?=\d{1,3}[%‰])")


class Run(NamedTuple):
    """`text[start:end]` is what to read; `places` gives the offset of each of its characters in the document,
    or is None where text and document agree."""

    text: str
    start: int
    end: int
    places: tuple[int, ...] | None = None

    def back(self, span: Span) -> Span:
        """A span of the run as a span of the document."""
        if self.places is None:
            return span
        start, end = span
        if start >= end:
            at = self.places[min(start, len(self.places) - 1)]
            return at, at
        return self.places[start], self.places[end - 1] + 1


def join_lines(folded: str, span: Span, excluded: Sequence[Span]) -> Run:
    """The run of a paragraph: the document itself unless lines break inside it."""
    start, end = span
    torn = bool(within(span, excluded))
    if not torn and "\n" not in folded[start:end].strip("\n"):
        return Run(folded, start, end)
    kept: list[int] = []
    for begin, stop, _ in outside(span, within(span, excluded)):
        at = begin
        breaks = [*BREAK.finditer(folded, begin, stop), *SPLIT_DECIMAL.finditer(folded, begin, stop)]
        for gap in sorted(breaks, key=lambda m: m.start()):
            kept.extend(range(at, gap.start()))
            if is_latin(folded, gap.start() - 1) and is_latin(folded, gap.end()):
                kept.append(gap.start())
            at = max(at, gap.end())
        kept.extend(range(at, stop))
    text = "".join(" " if folded[i] in "\r\n" else folded[i] for i in kept)
    return Run(text, 0, len(text), tuple(kept))


def within(span: Span, excluded: Sequence[Span]) -> Sequence[Span]:
    """The excluded spans, which are in order and disjoint, that overlap a span."""
    if not excluded:
        return ()
    first = bisect_left(excluded, span[0], key=lambda skip: skip[1])
    last = bisect_left(excluded, span[1], key=lambda skip: skip[0])
    return [skip for skip in excluded[first:last] if skip[1] > span[0]]


def is_latin(folded: str, at: int) -> bool:
    """Whether a Latin letter stands at an offset."""
    return 0 <= at < len(folded) and folded[at].isascii() and folded[at].isalpha()
