"""Parts of an Office container as element trees with plain names; document types and entities are refused."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree as ET

from summaryparse.errors import InputError
from summaryparse.readers.archive import open_zip, read_info

CHUNK = 1 << 16
MAX_TAGS = 4_000_000
Element = ET.Element


class ForbiddenError(Exception):
    """The part declares a document type, which is where entities are declared."""


class StrictTree(ET.TreeBuilder):
    """Builds a tree of a part that has no document type."""

    def doctype(self, *_: str | None) -> None:
        """Refuses a document type."""
        raise ForbiddenError


def parse(data: bytes, path: str) -> Element:
    """The root of an XML part; tags and attributes lose their namespace: `w:p` is `p`, `w:val` is `val`.

    Raises InputError if the part is broken, could expand without end, or holds more than any report.
    """
    if data.count(b"<") > MAX_TAGS:
        raise InputError(f"{path}: a part of it has more than {MAX_TAGS:,} tags")
    parser = ET.XMLParser(target=StrictTree())
    try:
        for at in range(0, len(data), CHUNK):
            parser.feed(data[at : at + CHUNK])
        root: Element = parser.close()
    except ForbiddenError:
        raise InputError(f"{path}: its XML declares a document type, which is refused") from None
    except (ET.ParseError, ValueError, AssertionError, LookupError) as error:
        raise InputError(f"{path}: its XML is damaged ({error})") from None
    plain: dict[str, str] = {}
    for element in root.iter():
        element.tag = plain_name(element.tag, plain)
        if element.attrib:
            element.attrib = {plain_name(name, plain): value for name, value in element.attrib.items()}
    return root


def plain_name(name: str, known: dict[str, str]) -> str:
    """The name without its namespace."""
    found = known.get(name)
    if found is None:
        found = known[name] = name.rpartition("}")[2]
    return found


class Package:
    """The parts of an Office document; relations to anything outside of the file are never followed."""

    def __init__(self, data: bytes, path: str) -> None:
        """Opens the container; `path` names it in errors."""
        self.container = open_zip(data, path)
        self.path = path
        self.names = {info.filename: info for info in self.container.infolist()}

    def part(self, name: str) -> Element | None:
        """The root of a part, None if there is no such part."""
        info = self.names.get(name)
        return None if info is None else parse(read_info(self.container, info, self.path), self.path)

    def related(self, name: str) -> dict[str, str]:
        """The parts inside the file that a part refers to, by the last word of the relation's type."""
        folder, base = posixpath.split(name)
        relations = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, str] = {}
        for relation in [] if relations is None else relations.iter("Relationship"):
            kind = relation.get("Type", "").rpartition("/")[2]
            if relation.get("TargetMode") != "External" and kind not in found:
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                found[kind] = target.lstrip("/")
        return found
