"""Text that holds a number but is no quantity: where the guards of the rules match.

Guards have many alternatives, and few of them can begin with a given character: at each place only those are
tried. Offsets are code points of the folded text, half-open.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from string import ascii_letters
from typing import Any

from summaryparse.expressions import compiled
from summaryparse.firsts import Edges, alternatives
from summaryparse.rules import Guard, RuleSet
from summaryparse.spans import Span
from summaryparse.store import fact

EVERYWHERE = compiled(r"\d+|\D")
CLAUSE_END = compiled("[。;,\n]")
ALIKE = ("0123456789", "一二三四五六七八九十", ascii_letters)


class GuardPatterns(dict[str, Any]):
    """By the first character of a match, the method that matches every guard that can begin with it."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__()
        self.rules = rules
        guards = rules.of(Guard)
        self.users = any(guard.id in rules.users for guard in guards) or bool(
            rules.users_among(guard.id for guard in guards)
        )
        self.first = EVERYWHERE if self.users else rules.pattern("guard.first")
        self.all = "|".join(f"%{{{guard.id}}}" for guard in guards)

    def __missing__(self, character: str) -> Any:  # noqa: ANN401 a method of either engine's patterns
        if self.users:
            return self.rules.compile(self.all).match
        alike = next((kind for kind in ALIKE if character in kind), character)
        found = self.method(alike)
        self.update(dict.fromkeys(alike, found))
        return found

    def method(self, alike: str) -> Any:  # noqa: ANN401 as above
        """The method for characters that are treated alike; None where no guard begins with any of them."""
        if self.rules.users:
            able = "|".join(self.able(alike))
        else:
            able = fact(f"guards:{self.rules.digest}:{alike}", lambda: "|".join(self.able(alike)))
        return self.rules.compiled(able, (), unread=True).match if able else None

    def able(self, alike: str) -> Iterator[str]:
        """The alternatives of all guards that can begin with one of the characters."""
        for piece, edges in self.pieces:
            if any(edges[character] for character in alike):
                yield f"(?:{piece})"

    @cached_property
    def pieces(self) -> list[tuple[str, Edges]]:
        """The alternatives of all guards, and what each can begin with."""
        sources = (self.rules.source(guard.id) for guard in self.rules.of(Guard))
        return [(piece, Edges(piece)) for source in sources for piece in alternatives(source)]


@cache
def guard_patterns(rules: RuleSet) -> GuardPatterns:
    """The guards of a set of rules by their first characters."""
    return GuardPatterns(rules)


class Guards:
    """What guards match between two offsets, read only as far as it is asked for, position after position.

    A guard does not begin before the clause of the number that it holds.
    """

    def __init__(self, folded: str, start: int, end: int, rules: RuleSet) -> None:
        self.folded, self.end = folded, end
        self.patterns = guard_patterns(rules)
        self.read = start
        self.latest: Span = (start, start)

    def holds(self, at: int) -> bool:
        """Whether a guard's match contains the code point at this offset; offsets must not fall."""
        if at >= self.latest[1]:
            self.read_to(at)
        return self.latest[0] <= at < self.latest[1]

    def read_to(self, at: int) -> None:
        """Reads all guards that begin at or before an offset, in its clause."""
        folded, patterns, begin = self.folded, self.patterns, self.read
        for mark in CLAUSE_END.finditer(folded, begin, at):
            begin = mark.end()
        for first in patterns.first.finditer(folded, begin, at + 1):
            start = first.start()
            if start < begin:
                continue
            match = patterns[folded[start]]
            found = match(folded, start, self.end) if match else None
            if found:
                self.latest = found.span()
                begin = found.end()
        self.read = max(begin, at)
