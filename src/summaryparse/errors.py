"""Errors that the library raises; everything else that is wrong with a document is a diagnostic.

SummaryParseError
├── InputError        a file that cannot be read as a report
├── RuleError         a rule file that cannot be used (all problems of all files in one error)
└── OutputError       a result that cannot be written
"""

from __future__ import annotations


class SummaryParseError(Exception):
    """Root of every error that this package raises on purpose."""


class InputError(SummaryParseError):
    """A file that cannot be read: missing, a folder, binary, or not decodable."""


class RuleError(SummaryParseError):
    """Rule files that cannot be used; `problems` holds one line for each: file, key, reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class OutputError(SummaryParseError):
    """A result that cannot be written whole."""
