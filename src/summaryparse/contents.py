"""Finds a table of contents: its lines, its entries, and which line of the text each entry announces."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from summaryparse.lines import Line, Role, squeeze
from summaryparse.numerals import chinese_ordinal
from summaryparse.records import dataclass
from summaryparse.rules import RuleSet
from summaryparse.spans import Span

LEAST = 2  # under its heading
LEAST_UNHEADED = 3  # so many lines with leaders in a row are a table of contents without its heading
MOST_ADDED = 3  # characters that one spelling of a title may have more than another
MOST_COMPARED = 60
LEADERS = ("..", "……", "··", "…")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as printed; `span` is half-open code points, `key` its title squeezed."""

    ordinal: int | None
    title: Span
    page: int | None
    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: the lines from `first` to before `end`, its heading among them."""

    first: int
    end: int
    entries: tuple[Entry, ...]


class Announced:
    """The reports that a table of contents lists, to be known again by their titles."""

    def __init__(self, contents: Contents | None, rules: RuleSet) -> None:
        """Keeps nothing where the entries are headings of one report."""
        noun = rules.compile("(?:%{block.report-noun})$")
        entries = contents.entries if contents else ()
        reports = sum(noun.search(entry.key) is not None for entry in entries)
        listed = reversed(list(enumerate(entries))) if 2 * reports >= len(entries) else ()
        self.keys = {entry.key: index for index, entry in listed}
        self.by_figures: dict[str, list[str]] = {}
        for key in self.keys:
            self.by_figures.setdefault(figures(key), []).append(key)

    def entry_of(self, key: str) -> int | None:
        """The entry with this title, or one that differs from it in a few characters and in no figure."""
        if key in self.keys:
            return self.keys[key]
        near = self.by_figures.get(figures(key), [])[:MOST_COMPARED]
        return next((self.keys[known] for known in near if alike(known, key)), None)


def figures(key: str) -> str:
    """The digits of a squeezed title: those of another year are another report's."""
    return "".join(character for character in key if character.isdigit())


def alike(known: str, key: str) -> bool:
    """Whether two squeezed titles are one but for a few characters that only one of them has."""
    short, long = sorted((known, key), key=len)
    if len(long) - len(short) > MOST_ADDED:
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def find_contents(lines: Sequence[Line], rules: RuleSet) -> Contents | None:
    """The first table of contents of the file, None if it has none."""
    later: dict[str, int] | None = None
    for index, line in enumerate(lines):
        if line.role is Role.CONTENTS_HEADING:
            later = later or last_places(lines, rules)
            found = read_entries(lines, index, index + 1, later, rules)
        elif has_leaders(lines, index):
            later = later or last_places(lines, rules)
            found = read_entries(lines, index, index, later, rules)
        else:
            continue
        if len(found.entries) >= (LEAST if line.role is Role.CONTENTS_HEADING else LEAST_UNHEADED):
            return found
    return None


def has_leaders(lines: Sequence[Line], index: int) -> bool:
    """Whether enough lines from here on carry leaders and a page."""
    here = lines[index : index + LEAST_UNHEADED]
    return len(here) == LEAST_UNHEADED and all(
        line.text[-1].isdigit() and any(leader in line.text for leader in LEADERS) for line in here
    )


def last_places(lines: Sequence[Line], rules: RuleSet) -> dict[str, int]:
    """The last line of each wording, squeezed and without its number."""
    return {entry.key: index for index, line in enumerate(lines) if (entry := read_item(line, rules))}


def read_entries(
    lines: Sequence[Line], first: int, start: int, later: dict[str, int], rules: RuleSet
) -> Contents:
    """Entries from `start` on, up to the line where the text itself begins."""
    entries: list[Entry] = []
    seen: set[str] = set()
    pages = False
    index = start
    while index < len(lines):
        line = lines[index]
        if line.role is Role.PAGE_MARK:
            index += 1
            continue
        entry = read_entry(line, rules)
        item = read_item(line, rules)
        if item is None or item.key in seen or (entry and entry.key in seen):
            break
        if entry is None and index + 1 < len(lines):
            entry = read_wrapped(line, lines[index + 1], rules) if pages or not entries else None
            index += entry is not None
        if entry is None:
            comes_later = later[item.key] > index
            numbered = item.ordinal is not None and (not entries or entries[-1].ordinal is not None)
            if pages or not (comes_later or (numbered and line.role is Role.TITLE)):
                break
            entry = item
        pages = pages or entry.page is not None
        entries.append(entry)
        seen.add(entry.key)
        index += 1
    return Contents(first, index, tuple(entries))


def read_entry(line: Line, rules: RuleSet) -> Entry | None:
    """An entry with leaders or a page."""
    match = rules.pattern("block.contents-entry").match(line.text) if len(line.text) <= 120 else None
    return entry_of(line.start, line.end, match) if match else None


def read_item(line: Line, rules: RuleSet) -> Entry | None:
    """A line read as an entry without a page."""
    match = rules.pattern("block.contents-item").match(line.text) if len(line.text) <= 90 else None
    return entry_of(line.start, line.end, match) if match else None


def read_wrapped(line: Line, following: Line, rules: RuleSet) -> Entry | None:
    """An entry that goes on in the next line, which has no number but the page."""
    rest = read_entry(following, rules)
    item = read_item(line, rules)
    if item is None or rest is None or rest.ordinal is not None or item.ordinal is None or following.gap:
        return None
    return Entry(
        item.ordinal,
        (item.title[0], rest.title[1]),
        rest.page,
        (line.start, following.end),
        item.key + rest.key,
    )


def entry_of(start: int, end: int, match: regex.Match[str]) -> Entry:
    """The entry of one match of a contents rule."""
    groups = match.groupdict()
    title = match.span("title")
    page = groups.get("page")
    return Entry(
        ordinal_of(groups["ordinal"]),
        (start + title[0], start + title[1]),
        int(page) if page else None,
        (start, end),
        squeeze(groups["title"]),
    )


def ordinal_of(written: str | None) -> int | None:
    """The number of an entry, None where it has none or figures that make none."""
    try:
        return chinese_ordinal(written) if written else None
    except ValueError:
        return None
