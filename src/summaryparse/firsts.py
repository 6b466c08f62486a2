"""Tells what the matches of an expression can begin or end with, from the tree that `re` parses it into.

Where an expression is tried at one place after the other, most of the places show by one character that it
does not match there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from summaryparse.expressions import compile_expression, number_groups, spell_han
from summaryparse.store import fact

Node = tuple[Any, Any]
Choice = TypeVar("Choice")
WITHOUT_WIDTH = frozenset((ops.AT, ops.ASSERT, ops.ASSERT_NOT))
REPEATS = frozenset((ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT))
CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s", ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
ANYTHING = r"[\s\S]"
MOST_KNOWN = 8_000  # characters; a text may hold any of Unicode


def alternatives(source: str) -> list[str]:
    """The alternatives of an expression as expressions of their own, which keep its free spacing."""
    free = source.startswith("(?x")
    if free:
        source = source[4:-2] if source.startswith("(?x:") else source[4:]
    found, depth, in_set, at, begin = [], 0, False, 0, 0
    while at < len(source):
        character = source[at]
        if character == "\\":
            at += 1
        elif in_set:
            in_set = character != "]"
        elif character == "[":
            in_set = True
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and not depth:
            found.append(source[begin:at])
            begin = at + 1
        at += 1
    found.append(source[begin:])
    return [f"(?x:{piece}\n)" if free else piece for piece in found]


class Edges(dict[str, bool]):
    """By character whether a match of an expression can begin with it, or end with it where `last` is set.

    It is also True where a match can be empty or that is not known, and for "", where there is none.
    """

    def __init__(self, source: str, *, last: bool = False, keep: bool = False) -> None:
        """`source` is an expression that `re` compiles; `keep` keeps what is found for the next run."""
        super().__init__({"": True})
        find = Edge(source, last=last).expression
        key = f"{'last' if last else 'first'}:{source}"
        self.match = compile_expression(fact(key, find) if keep else find(), keep=keep).match

    def __missing__(self, character: str) -> bool:
        found = self.match(character) is not None
        if len(self) < MOST_KNOWN:
            self[character] = found
        return found


class Choices(dict[str, tuple[Choice, ...]], Generic[Choice]):
    """By character, in their order, those of several things whose expression a match of can begin with it."""

    def __init__(self, things: Sequence[tuple[Choice, Edges]]) -> None:
        super().__init__()
        self.things = things

    def __missing__(self, character: str) -> tuple[Choice, ...]:
        found = tuple([thing for thing, edges in self.things if edges[character]])
        if len(self) < MOST_KNOWN:
            self[character] = found
        return found


class Edge:
    """Collects the characters that stand first or last in the matches of an expression."""

    def __init__(self, source: str, *, last: bool) -> None:
        self.source, self.last = source, last
        self.sets: list[str] = []
        self.single: list[str] = []

    def expression(self) -> str:
        """An expression for one of the characters."""
        try:
            tree = parser.parse(number_groups(spell_han(self.source)))
        except (re.error, OverflowError, RecursionError):
            return ANYTHING
        if self.read(tree.data) or ANYTHING in self.sets or tree.state.flags & re.IGNORECASE:
            return ANYTHING
        single = f"[{''.join(dict.fromkeys(self.single))}]" if self.single else ""
        return "|".join(filter(None, (single, *dict.fromkeys(self.sets)))) or r"(?!)"

    def read(self, nodes: Sequence[Node]) -> bool:
        """Adds what a run of nodes can begin or end with; returns whether it can be empty."""
        return all(self.read_node(kind, told) for kind, told in (reversed(nodes) if self.last else nodes))

    def read_node(self, kind: Any, told: Any) -> bool:  # noqa: ANN401 the tree has no public types
        """The same for one node."""
        if kind in WITHOUT_WIDTH:
            return True
        if kind is ops.LITERAL:
            self.single.append(re.escape(chr(told)))
        elif kind is ops.IN:
            self.read_set(told)
        elif kind is ops.ATOMIC_GROUP:
            return self.read(told.data)
        elif kind is ops.SUBPATTERN and not told[1] & re.IGNORECASE:
            return self.read(told[3].data)
        elif kind is ops.BRANCH:
            empty = [self.read(branch.data) for branch in told[1]]
            return any(empty)
        elif kind in REPEATS:
            least, _, item = told
            return self.read(item.data) or least == 0
        else:
            self.sets.append(ANYTHING)
        return False

    def read_set(self, items: Sequence[Node]) -> None:
        """Adds the characters of a set."""
        if items[0][0] is ops.NEGATE:
            self.sets.append(f"[^{''.join(spelt(items[1:]))}]")
        else:
            self.single += spelt(items)


def spelt(items: Iterable[Node]) -> list[str]:
    """The parts of a set as they are written."""
    found = []
    for kind, told in items:
        if kind is ops.CATEGORY:
            found.append(CATEGORIES[told])
        else:
            low, high = told if kind is ops.RANGE else (told, told)
            found.append(f"{re.escape(chr(low))}-{re.escape(chr(high))}")
    return found
