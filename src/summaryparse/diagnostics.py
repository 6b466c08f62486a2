"""What a stage noticed about a document that is not an error of the tool."""

from __future__ import annotations

from typing import Literal

from summaryparse.records import dataclass

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One remark: `code` is stable, `message` one plain sentence, `span` half-open code points or None."""

    code: str
    severity: Severity
    message: str
    span: tuple[int, int] | None = None
