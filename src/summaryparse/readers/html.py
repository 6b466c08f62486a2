"""Draws the text of a web page, without the site's furniture, with the numbers that lists show."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from summaryparse.diagnostics import Diagnostic
from summaryparse.errors import InputError
from summaryparse.readers.furniture import find_furniture
from summaryparse.readers.list_formats import format_number
from summaryparse.readers.tables import row_lines
from summaryparse.records import dataclass, field, replace
from summaryparse.source import MARKS, decode, decode_as

CHARSET = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
DECLARED_WITHIN = 4096
SPACE = re.compile(r"[ \t\r\n\f]+")
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
DEEPEST = 4_000
SELF_CLOSING = frozenset(
    ["p", "li", "td", "tr", "th", "dt", "dd", "option", "br", "hr", "img", "input", "meta", "link", "col"]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "ul",
    ]
)
LIST_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LIST_STYLES = {
    "decimal": ("decimal", "."),
    "lower-alpha": ("lowerLetter", "."),
    "upper-alpha": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", "."),
    "upper-roman": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCountingThousand", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "none": ("none", ""),
}
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z -]{1,40})")


def draw_html(data: bytes, path: str, encoding: str | None) -> tuple[str, str, tuple[Diagnostic, ...]]:
    """The text of a page, the encoding it was read in, and remarks."""
    remarks: list[Diagnostic] = []
    markup, used = decode_page(data, path, encoding, remarks)
    remarks = [
        replace(remark, span=None) for remark in remarks
    ]  # places in the markup, which is not the text
    if is_too_deep(markup):
        raise InputError(f"{path}: its elements are nested too deeply")
    root = LexborHTMLParser(markup).body
    if root is None:
        return "", used, tuple(remarks)
    lines = draw_lines(root, find_furniture(root))
    if not lines:
        lines = draw_lines(root, frozenset())
    return "\n".join(lines) + "\n" if lines else "", used, tuple(remarks)


def is_too_deep(markup: str) -> bool:
    """Whether far more elements are open than a page has; the time to parse grows with the square of that."""
    depth = 0
    for match in TAG.finditer(markup):
        if match[2].lower() not in SELF_CLOSING:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            if depth > DEEPEST:
                return True
    return False


def decode_page(data: bytes, path: str, encoding: str | None, remarks: list[Diagnostic]) -> tuple[str, str]:
    """The markup: as told, by its mark, as UTF-8 if it is, as it declares, else as its content shows."""
    if encoding is not None:
        return decode_as(data, path, encoding)
    if not data.startswith(tuple(mark for mark, _ in MARKS)):
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
        declared = CHARSET.search(data[:DECLARED_WITHIN])
        if declared:
            try:
                return decode_as(data, path, declared[1].decode("ascii"))
            except InputError:
                pass
    return decode(data, path, remarks)


@dataclass(slots=True)
class Frame:
    """An open table, row or cell, or the page itself: the lines that are finished in it."""

    tag: str
    lines: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    hanging: dict[int, int] = field(default_factory=dict)  # column → rows that a cell reaches down into


@dataclass(slots=True)
class Drawing:
    """The state of a walk over the page: open frames, and the pieces of the line that is being written."""

    frames: list[Frame]
    pieces: list[str] = field(default_factory=list)
    preformatted: int = 0
    number: str = ""  # that of an item of which nothing else is written yet
    counts: list[int] = field(default_factory=list)  # of the open lists, the number of the item to come

    def end_line(self) -> None:
        """Finishes the line, but not behind the number of an item whose text is in an element of its own."""
        if not self.number or "".join(self.pieces).strip() != self.number:
            self.finish_line()

    def finish_line(self) -> None:
        """Finishes the line, if it holds anything."""
        whole = "".join(self.pieces)
        self.pieces.clear()
        self.number = ""
        self.frames[-1].lines += [line for piece in whole.split("\n") if (line := piece.strip())]

    def add_text(self, text: str) -> None:
        """Adds text; outside of <pre> line ends are spaces, and none between two Chinese characters."""
        self.pieces.append(text if self.preformatted else SPACE.sub(space_for, text))


def space_for(match: re.Match[str]) -> str:
    """What blanks show as: nothing where a line of the markup ends beside a full-width character."""
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return "" if "\n" in match[0] and (before > "\x7f" or after > "\x7f" or not before) else " "


def draw_lines(root: LexborNode, left_out: frozenset[int]) -> list[str]:
    """The lines that the page shows, in order, without the elements whose ids are left out."""
    drawing = Drawing([Frame("body")])
    node: LexborNode | None = root
    while node is not None:
        entered = node.mem_id not in left_out and node.tag not in ("-comment", "template")
        if entered:
            enter(drawing, node)
        following = node.child if entered else None
        while following is None and node is not None:
            if entered:
                leave(drawing, node)
            if node.mem_id == root.mem_id:
                node = None
                break
            following = node.next
            if following is None:
                node, entered = node.parent, True
        node = following
    drawing.end_line()
    return drawing.frames[0].lines


def enter(drawing: Drawing, node: LexborNode) -> None:
    """Takes in the beginning of an element, or a text."""
    tag = node.tag
    if tag == "-text":
        drawing.add_text(node.text_content or "")
    elif tag == "br":
        drawing.pieces.append("\n")
    elif tag in ("table", "tr", "td", "th"):
        drawing.finish_line()
        drawing.frames.append(Frame(tag or ""))
    elif tag == "li":
        drawing.finish_line()
        drawing.number = item_number(node, drawing.counts)
        drawing.pieces.append(drawing.number)
    elif tag in BLOCKS:
        drawing.end_line()
        if tag == "pre":
            drawing.preformatted += 1
        elif tag == "ol":
            drawing.counts.append(attribute_number(node, "start", 1, 9999))


def leave(drawing: Drawing, node: LexborNode) -> None:
    """Takes in the end of an element."""
    tag = node.tag
    if tag in ("table", "tr", "td", "th"):
        drawing.finish_line()
        close_frame(drawing, drawing.frames.pop(), node)
    elif tag == "li":
        drawing.finish_line()
    elif tag in BLOCKS:
        drawing.end_line()
        if tag == "pre":
            drawing.preformatted -= 1
        elif tag == "ol":
            drawing.counts.pop()


def close_frame(drawing: Drawing, frame: Frame, node: LexborNode) -> None:
    """Gives what a table, a row or a cell holds to the element around it."""
    outer = drawing.frames[-1]
    if frame.tag in ("td", "th"):
        rows = next((f for f in reversed(drawing.frames) if f.tag == "table"), outer).hanging
        fill_hanging(outer.cells, rows)
        first = len(outer.cells)
        outer.cells.append(frame.lines)
        outer.cells += [[] for _ in range(attribute_number(node, "colspan", 1, 50) - 1)]
        below = attribute_number(node, "rowspan", 1, 500) - 1
        if below:
            rows.update(dict.fromkeys(range(first, len(outer.cells)), below))
    elif frame.tag == "tr":
        outer.lines += frame.lines + row_lines(frame.cells)
    else:
        outer.lines += frame.lines


def fill_hanging(cells: list[list[str]], hanging: dict[int, int]) -> None:
    """Puts empty cells where cells of the rows above reach down."""
    while hanging.get(len(cells), 0) > 0:
        hanging[len(cells)] -= 1
        cells.append([])


def item_number(node: LexborNode, counts: list[int]) -> str:
    """The number that an item of an ordered list shows, "" where there is none or the text has its own.

    `counts` holds the number of the next item of each open list, and is counted on.
    """
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return ""
    number = attribute_number(node, "value", 0, 9999) or counts[-1]
    counts[-1] = number + 1
    name, end = list_format(parent)
    if name == "none" or first_text(node)[:1].isdigit():
        return ""
    return format_number(number, name) + end


def first_text(node: LexborNode) -> str:
    """The text that an element begins with, "" if it begins with none."""
    below = node.child
    while below is not None and below.tag != "-text":
        below = below.child
    return "" if below is None else (below.text_content or "").lstrip()


def list_format(node: LexborNode) -> tuple[str, str]:
    """The format of an ordered list's numbers and what stands behind them."""
    style = LIST_STYLE.search((node.attributes.get("style") or "").lower())
    for word in style[1].split() if style else ():
        if word in LIST_STYLES:
            return LIST_STYLES[word]
    return LIST_TYPES.get(node.attributes.get("type") or "1", "decimal"), "."


def attribute_number(node: LexborNode, name: str, otherwise: int, most: int) -> int:
    """The whole number in an attribute, or another value; never above `most`."""
    written = (node.attributes.get(name) or "").strip()
    known = written.isascii() and written.isdigit() and len(written) < 9
    return min(int(written), most) if known else otherwise
