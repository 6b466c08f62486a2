"""Expressions in which a rule of the user has a part: matched under a time limit.

An expression may take time that doubles with every character (`(a|aa)+b`), and no look at it tells which do.
So these are compiled by `regex` alone, whose every call can be given a limit; the built-in rules keep the
quicker engine. Searching ends with a RuleError that names file, rule and text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import regex

from summaryparse.errors import RuleError

SECONDS = 2.0  # of processor time, for one call
SECONDS_A_CHARACTER = 1e-4  # five times what all stages together take
SHOWN = 20

Match = re.Match[str]
Answer = TypeVar("Answer")


class TimedPattern:
    """The methods of a compiled expression that the stages use; each raises RuleError at its limit."""

    def __init__(self, source: str, names: tuple[str, ...]) -> None:
        """Compiles the expression; `names` say which rules of the user are part of it, with their files."""
        self.names = names
        try:
            self.pattern = regex.compile(source)
        except (regex.error, ValueError, OverflowError) as error:
            raise self.refused(f"{error}") from None
        except RecursionError:
            raise self.refused("is nested too deeply") from None
        except MemoryError:
            raise self.refused("needs too much memory") from None

    @property
    def groups(self) -> set[str]:
        """The names of its groups."""
        return set(self.pattern.groupindex)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """As the method of an expression."""
        found: Match | None = self.timed(text, start, end, self.pattern.search)
        return found

    def match(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """As the method of an expression."""
        found: Match | None = self.timed(text, start, end, self.pattern.match)
        return found

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """As the method of an expression."""
        found: Match | None = self.timed(text, start, end, self.pattern.fullmatch)
        return found

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """As the method of an expression; all matches are found before the first is given."""

        def matches(text: str, start: int, end: int, *, timeout: float) -> list[Match]:
            return list(self.pattern.finditer(text, start, end, timeout=timeout))

        return iter(self.timed(text, start, end, matches))

    def sub(self, replacement: str | Callable[[Match], str], text: str) -> str:
        """As the method of an expression."""

        def replaced(text: str, start: int, end: int, *, timeout: float) -> str:
            return str(self.pattern.sub(replacement, text, pos=start, endpos=end, timeout=timeout))

        return self.timed(text, 0, None, replaced)

    def timed(self, text: str, start: int, end: int | None, call: Callable[..., Answer]) -> Answer:
        """The answer of a call; raises RuleError where it takes too long or too much memory."""
        end = len(text) if end is None else min(end, len(text))
        limit = SECONDS + SECONDS_A_CHARACTER * max(end - start, 0)
        try:
            return call(text, start, end, timeout=limit)
        except TimeoutError:
            reason = f"takes more than {limit:.0f} seconds"
        except MemoryError:
            reason = "needs too much memory"
        raise self.refused(f"{reason} on the text {text[start:end][:SHOWN]!r}") from None

    def refused(self, reason: str) -> RuleError:
        """The error for every rule of the user that is part of the expression."""
        return RuleError([f"{name}: pattern: {reason}" for name in self.names])
