"""JSON: one document as a whole, or one report a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from summaryparse.model import Document

# DEL, the C1 controls and the marks that turn the direction of text: JSON allows them, terminals obey them
ACTIVE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def document_text(document: Document, *, pretty: bool) -> str:
    """One document as JSON, on one line unless a person reads it."""
    return escape(document.model_dump_json(indent=2 if pretty else None)) + "\n"


def report_lines(document: Document) -> Iterator[str]:
    """One line of JSON for each report: its fields, and before them the file that it comes from."""
    source = {"path": document.source.path, "sha256": document.source.sha256}
    head = json.dumps(source, ensure_ascii=False, separators=(",", ":"))[:-1]
    for report in document.reports:
        yield escape(f"{head},{report.model_dump_json()[1:]}") + "\n"


def escape(text: str) -> str:
    """JSON that means the same and holds no character that a terminal would act on."""
    return ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
