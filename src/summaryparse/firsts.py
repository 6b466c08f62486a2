"""Tells what the matches of an expression can begin with, from the tree that the standard library parses.

Where an expression is tried at one place after the other, most of the places show by their first character
that it does not match there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from summaryparse.expressions import number_groups, spell_han

Node = tuple[Any, Any]
WITHOUT_WIDTH = frozenset((ops.AT, ops.ASSERT, ops.ASSERT_NOT))
REPEATS = frozenset((ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT))


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


class Openings(dict[str, bool]):
    """By character whether a match of an expression can begin with it or be empty; "" is the end of a text.

    Where that is not known, as of what the standard library cannot parse, it is taken to be so.
    """

    def __init__(self, source: str) -> None:
        super().__init__({"": True})
        self.ranges: list[tuple[int, int]] = []
        self.others: list[Node] = []
        self.anything = False
        try:
            empty = self.read(parser.parse(number_groups(spell_han(source))).data)
            self.anything = self.anything or empty
        except (re.error, OverflowError, RecursionError):
            self.anything = True

    def __missing__(self, character: str) -> bool:
        code = ord(character)
        found = self[character] = (
            self.anything
            or any(low <= code <= high for low, high in self.ranges)
            or any(in_set((node,), character) for node in self.others)
        )
        return found

    def read(self, nodes: Iterable[Node]) -> bool:
        """Adds what a run of nodes can begin with; returns whether it can be empty."""
        return all(self.read_node(kind, told) for kind, told in nodes)

    def read_node(self, kind: Any, told: Any) -> bool:  # noqa: ANN401 the tree has no public types
        """The same for one node."""
        if kind in WITHOUT_WIDTH:
            return True
        if kind is ops.LITERAL:
            self.ranges.append((told, told))
            return False
        if kind is ops.IN:
            self.read_set(told)
            return False
        if kind in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            return self.read((told[3] if kind is ops.SUBPATTERN else told).data)
        if kind is ops.BRANCH:
            empty = [self.read(branch.data) for branch in told[1]]
            return any(empty)
        if kind in REPEATS:
            least, _, item = told
            return self.read(item.data) or least == 0
        self.anything = True
        return False

    def read_set(self, items: Sequence[Node]) -> None:
        """Adds the characters of a set."""
        if items[0][0] is ops.NEGATE:
            self.others.append((ops.IN, items))
            return
        for kind, told in items:
            if kind is ops.LITERAL:
                self.ranges.append((told, told))
            elif kind is ops.RANGE:
                self.ranges.append(told)
            else:
                self.others.append((kind, told))


def in_set(items: Iterable[Node], character: str) -> bool:
    """Whether a set of characters holds one."""
    code, found, negated = ord(character), False, False
    for kind, told in items:
        if kind is ops.NEGATE:
            negated = True
        elif kind is ops.IN:
            found = found or in_set(told, character)
        elif kind is ops.LITERAL:
            found = found or told == code
        elif kind is ops.RANGE:
            found = found or told[0] <= code <= told[1]
        else:
            found = found or in_category(told, character)
    return found != negated


def in_category(name: Any, character: str) -> bool:  # noqa: ANN401 the constants have no public type
    """Whether a character is a digit, blank or part of a word, or none, as `re` has it."""
    if name in (ops.CATEGORY_DIGIT, ops.CATEGORY_NOT_DIGIT):
        return (unicodedata.category(character) == "Nd") == (name is ops.CATEGORY_DIGIT)
    if name in (ops.CATEGORY_SPACE, ops.CATEGORY_NOT_SPACE):
        return character.isspace() == (name is ops.CATEGORY_SPACE)
    return (character.isalnum() or character == "_") == (name is ops.CATEGORY_WORD)
