"""Draws the text of a Word document: what its pages show, without headers, footers and deleted text."""

from __future__ import annotations

from collections.abc import Iterator

from summaryparse.diagnostics import Diagnostic
from summaryparse.errors import InputError
from summaryparse.readers.numbering import Numbering, read_numbering, value_of
from summaryparse.readers.tables import row_lines
from summaryparse.readers.xml import Element, Package

BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
UNSEEN = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "sectPr",
        "sdtPr",
        "tblPr",
        "trPr",
        "tcPr",
        "rt",
        "rubyPr",
        "footnoteReference",
        "endnoteReference",
        "footnoteRef",
        "endnoteRef",
        "annotationRef",
        "separator",
        "continuationSeparator",
        "binData",
        "fldData",
    ]
)
DELETED = ("del", "moveFrom")
OFF = ("0", "false", "off")


def draw_docx(data: bytes, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a Word document, one line for each paragraph and table row, and remarks."""
    package = Package(data, path)
    main = package.related("").get("officeDocument", "word/document.xml")
    document = package.part(main)
    body = None if document is None else document.find("body")
    if body is None:
        raise InputError(f"{path}: the Word document has no text part")
    related = package.related(main)
    numbering = read_numbering(
        package.part(related.get("numbering", "")), package.part(related.get("styles", ""))
    )
    story = Story(numbering)
    story.read(body)
    text = "\n".join(story.finish())
    return (text + "\n" if text else ""), tuple(remarks(body))


def remarks(body: Element) -> Iterator[Diagnostic]:
    """What was left out of the text."""
    notes = sum(1 for tag in ("footnoteReference", "endnoteReference") for _ in body.iter(tag))
    if notes:
        message = f"{notes:,} footnotes or endnotes were left out of the text."
        yield Diagnostic("notes-left-out", "info", message)
    changes = sum(1 for tag in DELETED for change in body.iter(tag) if change.find("r") is not None)
    if changes:
        message = f"{changes:,} tracked deletions were taken as done."
        yield Diagnostic("tracked-changes", "info", message)


class Story:
    """Collects the lines of a body, a cell or a text box; all of a document share one numbering."""

    def __init__(self, numbering: Numbering) -> None:
        """Starts with no line."""
        self.numbering = numbering
        self.lines: list[str] = []
        self.open = ""  # text of a paragraph whose end was deleted

    def finish(self) -> list[str]:
        """All lines."""
        if self.open:
            self.lines += self.open.split("\n")
            self.open = ""
        return self.lines

    def read(self, parent: Element) -> None:
        """Adds what stands in a body, a cell or a text box."""
        for child in blocks(parent):
            if child.tag == "p":
                self.read_paragraph(child)
            else:
                self.read_table(child)

    def read_paragraph(self, paragraph: Element) -> None:
        """Adds one paragraph with its number, and the text boxes that hang on it."""
        properties = paragraph.find("pPr")
        boxes: list[Element] = []
        text = "".join(inline(paragraph, boxes))
        if has_deleted_end(properties):
            self.open += text
        else:
            marker = self.numbering.next_marker(properties)
            self.lines += (marker + gap(marker, self.open + text) + self.open + text).split("\n")
            self.open = ""
        for box in boxes:
            inner = Story(self.numbering)
            inner.read(box)
            self.lines += inner.finish()

    def read_table(self, table: Element) -> None:
        """Adds a table, a line for each row."""
        for row in below(table, "tr"):
            properties = row.find("trPr")
            if properties is not None and properties.find("del") is not None:
                continue
            cells: list[list[str]] = [[] for _ in range(span_of(properties, "gridBefore", 0))]
            for cell in below(row, "tc"):
                inner = Story(self.numbering)
                inner.read(cell)
                cells.append(inner.finish())
                cells += [[] for _ in range(span_of(cell.find("tcPr"), "gridSpan", 1) - 1)]
            self.lines += row_lines(cells)


def blocks(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables of a part, through the wrappers that Word puts around them."""
    for child in parent:
        if child.tag in ("p", "tbl"):
            yield child
        elif child.tag == "AlternateContent":
            yield from blocks(chosen(child))
        elif child.tag not in UNSEEN and not is_placeholder(child):
            yield from blocks(child)


def below(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through wrappers."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in UNSEEN and child.tag not in ("tbl", "p", "tr", "tc"):
            yield from below(child, tag)


def inline(parent: Element, boxes: list[Element]) -> Iterator[str]:
    """The visible text inside a paragraph; text boxes are put aside for after it."""
    for child in parent:
        tag = child.tag
        if tag == "t":
            yield child.text or ""
        elif tag in BREAKS:
            yield BREAKS[tag]
        elif tag == "sym":
            yield symbol(child.get("char", ""))
        elif tag == "txbxContent":
            boxes.append(child)
        elif tag == "AlternateContent":
            yield from inline(chosen(child), boxes)
        elif is_hidden(child) or is_placeholder(child):
            continue
        elif tag not in UNSEEN:
            yield from inline(child, boxes)


def chosen(alternatives: Element) -> Element:
    """The one of several forms of the same content to read: the first that has any text."""
    for form in alternatives:
        if next(form.iter("t"), None) is not None:
            return form
    return Element("nothing")


def symbol(code: str) -> str:
    """A character given by its code; those of symbol fonts mean nothing outside of their font."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else ""


def is_hidden(run: Element) -> bool:
    """Whether a run is formatted as hidden."""
    properties = run.find("rPr") if run.tag == "r" else None
    vanish = None if properties is None else properties.find("vanish")
    return vanish is not None and vanish.get("val") not in OFF


def is_placeholder(element: Element) -> bool:
    """Whether a control still shows the words that ask for text."""
    properties = element.find("sdtPr") if element.tag == "sdt" else None
    return properties is not None and properties.find("showingPlcHdr") is not None


def has_deleted_end(properties: Element | None) -> bool:
    """Whether the end of a paragraph was deleted, so that the next one continues it."""
    mark = None if properties is None else properties.find("rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in DELETED)


def gap(marker: str, text: str) -> str:
    """What keeps a number from running into the text behind it: 一、总结, but 1. 2021年 and 1 总结."""
    if not marker or not text:
        return ""
    if marker[-1] in ".．":
        return " " if text[0].isdigit() else ""
    return " " if marker[-1].isalnum() and not marker[-1].isspace() else ""


def span_of(properties: Element | None, tag: str, otherwise: int) -> int:
    """Over how many columns a cell reaches, or how many are left out before the first."""
    written = value_of(properties, tag)
    return min(int(written), 100) if written.isascii() and written.isdigit() else otherwise
