"""Restores the numbers of automatic lists: what a Word document shows and its paragraphs do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from summaryparse.readers.list_formats import format_number
from summaryparse.readers.xml import Element

PLACE = re.compile(r"%([1-9])")
LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `restart`: None behind every higher level, 0 never, n behind levels up to n."""

    start: int
    format: str
    picture: str
    text: str
    restart: int | None
    legal: bool
    style: str


@dataclass(frozen=True, slots=True)
class List:
    """One use of a list definition; `starts` holds the levels that begin anew with it."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says about numbering; None where it leaves that to the style it is based on."""

    based_on: str
    number: str | None
    level: int | None


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    lists: Mapping[str, List]
    styles: Mapping[str, Style]
    default_style: str
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next_marker(self, properties: Element | None) -> str:
        """The number that this paragraph shows, "" if none; call it once for each paragraph, in order."""
        place = self.place_of(properties)
        if place is None:
            return ""
        number, depth = place
        used = self.lists[number]
        level = used.levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(used.definition, {})
        if number not in self.begun:
            self.begun.add(number)
            for restarted in used.starts:
                counts.pop(restarted, None)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            if restarts(used.levels.get(deeper), depth):
                del counts[deeper]
        return write_marker(used.levels, depth, counts)

    def place_of(self, properties: Element | None) -> tuple[str, int] | None:
        """The list and the level of a paragraph, its own or those of its style."""
        number, depth = read_place(properties)
        style = value_of(properties, "pStyle") or self.default_style
        styled_depth: int | None = None
        if number is None:
            number, styled_depth = self.place_of_style(style)
            if number is None or number not in self.lists:
                return None
            linked = (at for at, level in self.lists[number].levels.items() if level.style == style)
            styled_depth = next(linked, styled_depth)
        if number not in self.lists:
            return None
        return number, (styled_depth or 0) if depth is None else depth

    def place_of_style(self, style: str) -> tuple[str | None, int | None]:
        """The list and the level that a style or one of those it is based on names."""
        depth: int | None = None
        for _ in range(LONGEST_CHAIN):
            found = self.styles.get(style)
            if found is None:
                break
            depth = found.level if depth is None else depth
            if found.number is not None:
                return found.number, depth
            style = found.based_on
        return None, None


def restarts(level: Level | None, used: int) -> bool:
    """Whether a level begins anew after a paragraph of the higher level `used`."""
    return level is None or level.restart is None or used < level.restart


def write_marker(levels: Mapping[int, Level], depth: int, counts: Mapping[int, int]) -> str:
    """The text of a level with the numbers of all levels in their places."""
    level = levels[depth]
    if level.format == "bullet":
        return ""

    def number_at(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = levels.get(at)
        if other is None:
            return ""
        number = counts.get(at, other.start)
        return format_number(number, "decimal" if level.legal else other.format, other.picture)

    return PLACE.sub(number_at, level.text)


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists and the styles of a document, either part of which may be missing."""
    found = dict(read_styles(styles))
    default = next(
        (
            style.get("styleId", "")
            for style in children(styles, "style")
            if style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on")
        ),
        "",
    )
    definitions = {d.get("abstractNumId", ""): d for d in children(numbering, "abstractNum")}
    numbers = {n.get("numId", ""): n for n in children(numbering, "num")}
    lists = {
        number: read_list(element, definitions, numbers, found)
        for number, element in numbers.items()
        if number != "0"
    }
    return Numbering(lists, found, default)


def read_list(
    element: Element,
    definitions: Mapping[str, Element],
    numbers: Mapping[str, Element],
    styles: Mapping[str, Style],
) -> List:
    """One use of a list with what it overrides."""
    name = value_of(element, "abstractNumId")
    for _ in range(LONGEST_CHAIN):  # a definition may only point at the style that has the list
        link = value_of(definitions.get(name), "numStyleLink")
        style = styles.get(link) if link else None
        linked = numbers.get(style.number or "") if style else None
        if linked is None:
            break
        name = value_of(linked, "abstractNumId")
    levels = dict(map(read_level, children(definitions.get(name), "lvl")))
    starts: dict[int, int] = {}
    for override in children(element, "lvlOverride"):
        at = whole(override.get("ilvl"), 0)
        for _, level in map(read_level, children(override, "lvl")):
            levels[at] = level
        start = value_of(override, "startOverride")
        if start:
            starts[at] = whole(start, 1)
            if at in levels:
                levels[at] = replace(levels[at], start=starts[at])
    return List(name, levels, starts)


def read_level(element: Element) -> tuple[int, Level]:
    """The depth of a level, from 0, and what it looks like."""
    formats = list(element.iter("numFmt"))
    plain = [child for child in formats if child.get("val") != "custom"]
    shown = next((child for child in formats if child.get("val") == "custom"), plain[0] if plain else None)
    restart = value_of(element, "lvlRestart")
    legal = element.find("isLgl")
    level = Level(
        start=whole(value_of(element, "start"), 0),
        format="decimal" if shown is None else shown.get("val", "decimal"),
        picture="" if shown is None else shown.get("format", ""),
        text=value_of(element, "lvlText"),
        restart=whole(restart, 0) if restart else None,
        legal=legal is not None and legal.get("val") not in ("0", "false", "off"),
        style=value_of(element, "pStyle"),
    )
    return whole(element.get("ilvl"), 0), level


def read_styles(styles: Element | None) -> Iterator[tuple[str, Style]]:
    """The paragraph and list styles by their names."""
    for element in children(styles, "style"):
        number, level = read_place(element.find("pPr"))
        yield element.get("styleId", ""), Style(value_of(element, "basedOn"), number, level)


def read_place(properties: Element | None) -> tuple[str | None, int | None]:
    """The list and the level that properties name themselves."""
    place = None if properties is None else properties.find("numPr")
    if place is None:
        return None, None
    depth = value_of(place, "ilvl")
    return value_of(place, "numId") or None, whole(depth, 0) if depth else None


def children(element: Element | None, tag: str) -> list[Element]:
    """The children of this name; none where there is no element."""
    return [] if element is None else element.findall(tag)


def value_of(element: Element | None, tag: str) -> str:
    """The `val` of a child, "" if there is no such child."""
    child = None if element is None else element.find(tag)
    return "" if child is None else child.get("val", "")


def whole(written: str | None, otherwise: int) -> int:
    """A small whole number, or another value for what is none."""
    known = written is not None and written.isascii() and written.isdigit() and len(written) < 7
    return int(written or 0) if known else otherwise
