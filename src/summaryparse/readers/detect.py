"""Tells what a file is by its first bytes, the members of its container and the look of its markup."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from summaryparse.expressions import compiled

if TYPE_CHECKING:
    from zipfile import ZipFile


class Kind(StrEnum):
    """What a file is; the value is its media type."""

    TEXT = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    ZIP = "application/zip"
    DAMAGED_ZIP = "application/zip; damaged"
    SHEET = "application/vnd.ms-excel"
    SLIDES = "application/vnd.ms-powerpoint"
    OFD = "application/ofd"
    LOCKED = "application/encrypted"
    OLE = "application/x-ole-storage"
    PACKED = "application/x-compressed"


REFUSED = {
    Kind.ZIP: "is a zip archive; `summaryparse batch` reads what is in it",
    Kind.DAMAGED_ZIP: "is a damaged zip container (.docx files are such containers too)",
    Kind.SHEET: "is a spreadsheet, which is not read",
    Kind.SLIDES: "is a presentation, which is not read",
    Kind.OFD: "is an OFD document, which is not read; save it as PDF or .docx",
    Kind.LOCKED: "is encrypted with a password; save it without one",
    Kind.OLE: "is a binary container, but no Word or WPS text",
    Kind.PACKED: "is a packed archive; unpack it or pack it as .zip",
}

MANIFEST = "META-INF/manifest.xml"  # of OpenDocument; tells which members are encrypted
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC: dict[Kind, tuple[bytes, ...]] = {
    Kind.RTF: (b"{\\rtf",),
    Kind.PACKED: (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0"),
}
# A name in an OLE container is written in UTF-16; the first that is there tells what the container is.
STREAMS = (
    ("EncryptedPackage", Kind.LOCKED),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.SHEET),
    ("PowerPoint Document", Kind.SLIDES),
)
WORD_STREAM = 512  # where the text stream of most .doc files begins
WORD_MAGIC = b"\xec\xa5"
LOCKED_FLAG = 0x0100

SNIFFED = 4096
PREAMBLE = compiled(rb"(?:\s+|\xef\xbb\xbf|<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,2000}-->){0,20}", re.DOTALL)
PAGE = compiled(rb"<(?:!doctype\s+html|html|head|body|meta|title)[\s>/]", re.IGNORECASE)
ELEMENTS = rb"(?:div|p|table|h[1-6]|span|article|section|ul|ol|center|font|link|style|script)"
FRAGMENT = compiled(rb"<" + ELEMENTS + rb"[\s>]", re.IGNORECASE)
CLOSING = compiled(rb"</" + ELEMENTS + rb">", re.IGNORECASE)


def detect(data: bytes) -> Kind:
    """The kind of file that these bytes are; what nothing else fits is taken for text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return detect_zip(data)
    if data.startswith(OLE_MAGIC):
        return detect_ole(data)
    if is_pdf(data):
        return Kind.PDF
    for kind, magic in MAGIC.items():
        if data.startswith(magic):
            return kind
    return Kind.HTML if is_page(data) else Kind.TEXT


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF, perhaps behind a few others, which readers of PDF allow."""
    head = data[:1024]
    return head.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-") or (
        b"%PDF-" in head and b"%%EOF" in data[-2048:]
    )


def detect_zip(data: bytes) -> Kind:
    """What a zip container holds: a document, or files."""
    import io
    import zipfile

    from summaryparse.readers.archive import DAMAGE

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
            mime = beginning(container, "mimetype", 80) if "mimetype" in names else b""
            locked = (
                b"encryption-data" in beginning(container, MANIFEST, 1 << 20) if MANIFEST in names else False
            )
    except DAMAGE:
        return Kind.DAMAGED_ZIP
    if "[Content_Types].xml" in names:
        folders = {name.partition("/")[0] for name in names}
        for folder, kind in (("word", Kind.DOCX), ("xl", Kind.SHEET), ("ppt", Kind.SLIDES)):
            if folder in folders:
                return kind
        return Kind.DOCX
    if mime.startswith(b"application/vnd.oasis.opendocument."):
        kinds = {b"text": Kind.ODT, b"spreadsheet": Kind.SHEET, b"presentation": Kind.SLIDES}
        return Kind.LOCKED if locked else kinds.get(mime.rpartition(b".")[2].strip(), Kind.ZIP)
    return Kind.OFD if "OFD.xml" in names else Kind.ZIP


def beginning(container: ZipFile, name: str, size: int) -> bytes:
    """The first bytes of a member, which may unpack to any number of them."""
    with container.open(name) as member:
        return member.read(size)


def detect_ole(data: bytes) -> Kind:
    """What an OLE container holds, by the names of its streams."""
    head = data[WORD_STREAM : WORD_STREAM + 12]
    if head.startswith(WORD_MAGIC) and int.from_bytes(head[10:12], "little") & LOCKED_FLAG:
        return Kind.LOCKED
    for name, kind in STREAMS:
        if name.encode("utf-16-le") in data:
            return kind
    return Kind.OLE


def is_page(data: bytes) -> bool:
    """Whether the bytes begin as a web page does, or as a piece of one with several closed elements."""
    head = data[:SNIFFED].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    match = PREAMBLE.match(head)
    start = match.end() if match else 0
    if PAGE.match(head, start):
        return True
    return bool(FRAGMENT.match(head, start)) and len(CLOSING.findall(data, 0, 1 << 16)) > 1
