"""Spans: half-open `(start, end)` pairs of code points into the document's decoded text."""

from __future__ import annotations

Span = tuple[int, int]
