"""Tells what a page prints above or below its text: bare page numbers and the running header beside them.

One line alone shows nothing; several in the same place of several pages do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summaryparse.expressions import compiled
from summaryparse.lines import Line, Role, squeeze
from summaryparse.rules import RuleSet

FEWEST = 2  # pages that have to show the same
SHORTEST_PAGE = 200  # characters; numbers nearer to each other are cells of a table
LONGEST_NUMBER, LONGEST_HEADER = 3, 60
PAGE_NUMBER = compiled(r"\d[^\d]{0,12}$")
RUNNING = 15  # so long is one of the lines around a bare page number
HEADERS = frozenset({Role.OTHER, Role.TITLE, Role.ORGANISATION, Role.OFFICIAL, Role.MENU, Role.WEB})


def mark_pages(lines: Sequence[Line], rules: RuleSet) -> list[Line]:
    """The same lines with the role of a page mark for page numbers and running headers."""
    marks = {index for index, line in enumerate(lines) if line.role is Role.PAGE_MARK}
    marks.update(bare_numbers(lines))
    marks.update(numbered_headers(lines, rules))
    marks.update(running_headers(lines, marks))
    return [
        line._replace(role=Role.PAGE_MARK) if index in marks else line for index, line in enumerate(lines)
    ]


def bare_numbers(lines: Sequence[Line]) -> list[int]:
    """Lines that hold only a number and count the pages: one up from page to page, amid running text."""
    bare = [i for i, line in enumerate(lines) if len(line.text) <= LONGEST_NUMBER and line.text.isdecimal()]
    found = [index for index in bare if is_amid_text(lines, index) and index + 1 < len(lines)]
    if not counts_pages([(lines[i].start, int(lines[i].text)) for i in found]):
        return []
    ends = bare[-1] == len(lines) - 1 and int(lines[-1].text) == int(lines[found[-1]].text) + 1
    return [*found, bare[-1]] if ends else found


def is_amid_text(lines: Sequence[Line], index: int) -> bool:
    """Whether running text stands right above or below, with no more than a header between."""
    return any(len(line.text) >= RUNNING for line in lines[max(0, index - 2) : index + 3])


def counts_pages(numbers: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers, each with its offset, go up by one and a page lies between any two."""
    return len(numbers) >= FEWEST and all(
        after == before + 1 and there - here >= SHORTEST_PAGE
        for (here, before), (there, after) in pairwise(numbers)
    )


def numbered_headers(lines: Sequence[Line], rules: RuleSet) -> Iterator[int]:
    """Lines of one wording that end in the number of the page."""
    header = rules.pattern("web.numbered-header")
    found: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) > LONGEST_HEADER or line.role is Role.MARKER:
            continue
        match = PAGE_NUMBER.search(line.text) and header.match(line.text)
        if match:
            found[squeeze(match["header"])].append((line.start, int(match["page"]), index))
    for places in found.values():
        if counts_pages([(start, page) for start, page, _ in places]):
            yield from (index for _, _, index in places)


def running_headers(lines: Sequence[Line], marks: set[int]) -> Iterator[int]:
    """Lines that stand beside one page mark after another."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for mark in sorted(marks):
        for index in (mark - 1, mark + 1):
            line = lines[index] if 0 <= index < len(lines) and index not in marks else None
            if line and line.role in HEADERS and len(line.text) <= LONGEST_HEADER:
                found[squeeze(line.text)].append(index)
    for key, places in found.items():
        if key and len(set(places)) >= FEWEST:
            yield from places
