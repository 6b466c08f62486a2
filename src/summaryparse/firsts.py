"""Tells what the matches of an expression can begin or end with, from the tree that `re` parses it into.

Where an expression is tried at one place after the other, most of the places show by one character that it
does not match there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Generic, TypeVar

from summaryparse.edges import ANYTHING, Edge
from summaryparse.expressions import compile_expression, number_groups, spell_han
from summaryparse.store import fact

Choice = TypeVar("Choice")
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

    def __init__(self, source: str, *, last: bool = False, past: str = "", keep: bool = False) -> None:
        """`source` is an expression that `re` compiles; `keep` keeps what is found for the next run. With
        `past` it is what a match can go on with behind all of these characters that it begins with."""
        super().__init__({"": True})

        def find() -> str:
            return edge_expression(source, last=last, past=past)

        key = f"{'last' if last else 'first'}{past}:{source}"
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


def edge_expression(source: str, *, last: bool, past: str) -> str:
    """An expression for what the matches of an expression can begin or end with."""
    try:
        tree = parser.parse(number_groups(spell_han(source)))
    except (re.error, OverflowError, RecursionError):
        return ANYTHING
    return Edge(tree, last=last, past=past).expression()
