"""Draws the text from a file of any format that is read; the format is told by content, never by the name.

Plain text and Markdown keep every character. Of the other formats `Source.text` is what the reader drew:
spans index that text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from summaryparse.diagnostics import Diagnostic
from summaryparse.errors import InputError
from summaryparse.readers.detect import REFUSED, Kind, detect
from summaryparse.source import MAX_BYTES, Source, load_bytes, read_bytes

# A page of a million figures is no report; what is drawn is held in memory several times over.
MAX_CHARACTERS = 32 * 1024 * 1024
Drawn = tuple[str, tuple[Diagnostic, ...]]


def read_any(
    content: bytes | str | Path,
    path: str | None = None,
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Source:
    """The text of a file, of standard input ("-") or of bytes; raises InputError with one plain sentence.

    `path` names the input in the result; `encoding` is for text and web pages, other formats carry their own.
    """
    data = content if isinstance(content, bytes) else load_bytes(content, max_bytes)
    name = path if path is not None else "<bytes>" if isinstance(content, bytes) else str(content)
    kind = detect(data)
    if kind is Kind.TEXT:
        return read_bytes(data, name, encoding)
    if kind in REFUSED:
        raise InputError(f"{name}: {REFUSED[kind]}")
    used = "utf-8"
    try:
        if kind is Kind.HTML:
            text, used, remarks = draw_page(data, name, encoding)
        else:
            text, remarks = drawer(kind)(data, name)
    except RecursionError:
        raise InputError(f"{name}: its elements are nested too deeply") from None
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name}: holds more than the limit of {MAX_CHARACTERS:,} characters")
    return Source(name, kind.value, used, hashlib.sha256(data).hexdigest(), text, remarks)


def draw_page(data: bytes, path: str, encoding: str | None) -> tuple[str, str, tuple[Diagnostic, ...]]:
    """A web page's text, the encoding it was read in, and remarks."""
    from summaryparse.readers.html import draw_html

    return draw_html(data, path, encoding)


def drawer(kind: Kind) -> Callable[[bytes, str], Drawn]:
    """The function that reads this kind; its library is loaded when the first such file comes."""
    if kind is Kind.DOCX:
        from summaryparse.readers.docx import draw_docx

        return draw_docx
    if kind is Kind.PDF:
        from summaryparse.readers.pdf import draw_pdf

        return draw_pdf
    from summaryparse.readers.office import draw_through_office

    return lambda data, path: draw_through_office(data, kind, path)
