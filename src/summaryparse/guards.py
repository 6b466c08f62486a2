"""Text that holds a number but is no quantity: where the guards of the rules match.

Guards have many alternatives, and few of them can begin with a given character, or go on with the one behind
a run of figures: at each place only those are tried. Offsets are code points of the folded text, half-open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from string import ascii_letters
from typing import Any

from summaryparse.expressions import compiled
from summaryparse.firsts import MOST_KNOWN, Edges, alternatives
from summaryparse.rules import Guard, RuleSet
from summaryparse.spans import Span
from summaryparse.store import fact

EVERYWHERE = compiled(r"\d+|\D")
FIGURES = "0123456789"
RUN = compiled("[0-9]*")
ALIKE = ("一二三四五六七八九十", ascii_letters)


class GuardPatterns(dict[str, Any]):
    """The method that matches every guard that can stand at a place, by the first character there; where that
    is a figure, by a 0 and the character behind the run of figures."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__()
        self.rules = rules
        guards = rules.of(Guard)
        self.users = any(guard.id in rules.users for guard in guards) or bool(
            rules.users_among(guard.id for guard in guards)
        )
        self.first = EVERYWHERE if self.users else rules.pattern("guard.first")
        self.all = "|".join(f"%{{{guard.id}}}" for guard in guards)
        self.methods: dict[str, Any] = {}

    def at(self, folded: str, start: int) -> Any:  # noqa: ANN401 a method of either engine's patterns, or None
        """The method for the guards that can stand at an offset; None where no guard can."""
        first = folded[start]
        if first in FIGURES:
            end = RUN.match(folded, start).end()  # type: ignore[union-attr]
            return self["0" + folded[end : end + 1]]
        return self[first]

    def __missing__(self, key: str) -> Any:  # noqa: ANN401 as above
        if self.users:
            return self.rules.compile(self.all).match
        alike = next((kind for kind in ALIKE if key in kind), key)
        found = self.method(alike)
        if len(self) < MOST_KNOWN:
            self.update(dict.fromkeys((key,) if key[0] == "0" else alike, found))
        return found

    def method(self, alike: str) -> Any:  # noqa: ANN401 as above
        """The method for places that are treated alike; None where no guard can stand there."""
        numbers = self.told(alike, lambda: " ".join(self.able(alike)))
        if numbers not in self.methods:
            able = self.told(
                f"of {numbers}", lambda: "|".join(f"(?:{self.pieces[int(n)][0]})" for n in numbers.split())
            )
            self.methods[numbers] = self.rules.compiled(able, (), unread=True).match if able else None
        return self.methods[numbers]

    def told(self, key: str, find: Callable[[], str]) -> str:
        """What is told about the built-in guards, found once for all runs."""
        return find() if self.rules.users else fact(f"guards:{self.rules.digest}:{key}", find)

    def able(self, alike: str) -> Iterator[str]:
        """The numbers of the alternatives of all guards that can stand where a text goes on so."""
        figures = alike[0] == "0"
        for number, (_, first, behind) in enumerate(self.pieces):
            if figures and behind[alike[1:]] and any(first[figure] for figure in FIGURES):
                yield str(number)
            if not figures and any(first[character] for character in alike):
                yield str(number)

    @cached_property
    def pieces(self) -> list[tuple[str, Edges, Edges]]:
        """The alternatives of all guards, what each can begin with, and go on with behind figures."""
        sources = (self.rules.source(guard.id) for guard in self.rules.of(Guard))
        pieces = (piece for source in sources for piece in alternatives(source))
        return [(piece, Edges(piece), Edges(piece, past=FIGURES)) for piece in pieces]


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
        find = folded.rfind
        ends = find("。", begin, at), find(";", begin, at), find(",", begin, at), find("\n", begin, at)
        begin = max(begin, max(ends) + 1)
        for first in patterns.first.finditer(folded, begin, at + 1):
            start = first.start()
            if start < begin or start > at:
                continue
            match = patterns.at(folded, start)
            found = match(folded, start, self.end) if match else None
            if found:
                self.latest = found.span()
                begin = found.end()
        self.read = max(begin, at)
