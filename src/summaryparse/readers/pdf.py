"""Draws the text of a PDF: characters by their place on the page, lines joined to paragraphs again."""

from __future__ import annotations

import ctypes
import math
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from summaryparse.diagnostics import Diagnostic
from summaryparse.errors import InputError
from summaryparse.readers.pdf_lines import Glyph, Line, make_lines
from summaryparse.readers.pdf_paragraphs import drop_running_lines, join_paragraphs
from summaryparse.readers.pdf_tables import merge_wrapped_cells
from summaryparse.source import IMPLAUSIBLE

MAX_PAGES = 5_000
MAX_GLYPHS = 5_000_000
UPRIGHT = math.radians(10)
SCANNED_BELOW = 15  # a page with a picture and fewer characters is the picture of a page
GARBLED_SHARE = 0.2
PDFIUM = Lock()  # the library keeps global state: one thread at a time


def draw_pdf(data: bytes, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a PDF, one line for each paragraph and table row, and remarks."""
    with PDFIUM:
        pages, scanned = read_pages(data, path)
    tables = [merge_wrapped_cells(page) for page in drop_running_lines(pages)]
    text = "\n".join(join_paragraphs(tables))
    return (text + "\n" if text else ""), tuple(remarks(text, scanned, len(pages)))


def remarks(text: str, scanned: list[int], pages: int) -> list[Diagnostic]:
    """What a reader of the text has to know: pages without text, text that is none."""
    found: list[Diagnostic] = []
    if scanned:
        all_pages = len(scanned) == pages
        which = "All pages are" if all_pages else f"{len(scanned)} of {pages} pages, first {scanned[0]}, are"
        message = f"{which} pictures without text; run character recognition (OCR) on the file first."
        found.append(Diagnostic("scanned-pdf", "error" if all_pages else "warning", message))
    odd = len(IMPLAUSIBLE.findall(text))
    if odd > GARBLED_SHARE * max(len(text), 1):
        message = "Most characters have no known meaning: the fonts of this PDF do not say what they show."
        found.append(Diagnostic("garbled-pdf", "warning", message))
    return found


def read_pages(data: bytes, path: str) -> tuple[list[list[Line]], list[int]]:
    """The lines of every page, and the numbers of the pages that are only pictures."""
    document = open_pdf(data, path)
    pages: list[list[Line]] = []
    scanned: list[int] = []
    total = 0
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise InputError(f"{path}: {count:,} pages, more than the limit of {MAX_PAGES:,}")
        for number in range(count):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                pages.append([])
                continue
            glyphs = read_glyphs(page)
            total += len(glyphs)
            if total > MAX_GLYPHS:
                raise InputError(f"{path}: more than {MAX_GLYPHS:,} characters")
            if len(glyphs) < SCANNED_BELOW and has_picture(page):
                scanned.append(number + 1)
            pages.append(make_lines(glyphs, number, page.get_height()))
            page.close()
    except pdfium.PdfiumError as error:
        raise InputError(f"{path}: the PDF is damaged ({error})") from None
    finally:
        document.close()
    return pages, scanned


def open_pdf(data: bytes, path: str) -> pdfium.PdfDocument:
    """The document; raises InputError if it is damaged or asks for a password."""
    try:
        document = pdfium.PdfDocument(data)
        len(document)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(f"{path}: is encrypted with a password; save it without one") from None
        raise InputError(f"{path}: the PDF is damaged") from None
    return document


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether there is an image on the page."""
    kinds = (pdfium_c.FPDF_PAGEOBJ_IMAGE,)
    return next(iter(page.get_objects(filter=kinds, max_depth=5)), None) is not None


def read_glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """The characters of a page with their places; slanted ones, as of watermarks, are left out."""
    textpage = page.get_textpage()
    raw = textpage.raw
    box, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    glyphs: list[Glyph] = []
    high = 0
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code == 2:  # the library's sign for a hyphen at the end of a line
            code = 0x2D
        if code < 0x20 or pdfium_c.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if UPRIGHT < pdfium_c.FPDFText_GetCharAngle(raw, index) < 2 * math.pi - UPRIGHT:
            continue
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y)
        glyphs.append(Glyph(chr(code), box.left, box.right, y.value, box.top - box.bottom))
    textpage.close()
    return glyphs
