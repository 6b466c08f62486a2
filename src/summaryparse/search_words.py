"""Compiles an expression for `re` with what its matches can begin with told to the engine.

The engine looks only at places where an expression can begin, if it knows the characters. The compiler of
`re` tells it those of the simplest expressions; here it is told those of all from which they can be read. The
matches are the same.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
from importlib import import_module
from typing import Any

from summaryparse.edges import ANYTHING, Edge

INFO, SIZE, MASK, LEAST = range(4)  # the words of the block that an expression's code begins with
FIRST_IS_KNOWN = 4  # the mask of a block that ends in a set of first characters
HEAD = 5  # words of a block that ends in none


def search_words(spelt: str | bytes, flags: int) -> tuple[list[int], list[Any]]:
    """The words of the engine's code, and what else it takes: flags, number of groups, groups by name.

    Raises `re.error` as `re.compile` does, and AttributeError or ImportError where an interpreter compiles
    otherwise.
    """
    steps, parser = import_module("re._compiler"), import_module("re._parser")
    tree = parser.parse(spelt, flags)
    words: list[int] = steps._code(tree, flags)
    if words[MASK] == 0 and words[LEAST] > 0 and isinstance(spelt, str):
        first = Edge(tree).expression()
        head = steps._code(parser.parse(first, 0), 0) if first != ANYTHING else words
        if head[MASK] == FIRST_IS_KNOWN:
            block = [
                words[INFO],
                head[SIZE],
                FIRST_IS_KNOWN,
                *words[LEAST:HEAD],
                *head[HEAD : head[SIZE] + 1],
            ]
            words = [*block, *words[words[SIZE] + 1 :]]
    return words, [flags | tree.state.flags, tree.state.groups - 1, dict(tree.state.groupdict)]


def make(source: str | bytes, words: list[int], facts: list[Any]) -> Any:  # noqa: ANN401 the engine's own type
    """The pattern of such words; `source` is what it says it was compiled from."""
    flags, groups, names = facts
    return _sre.compile(source, flags, words, groups, names, by_number(names, groups + 1))


def by_number(names: dict[str, int], groups: int) -> tuple[str | None, ...]:
    """The name of each group."""
    found: list[str | None] = [None] * groups
    for name, number in names.items():
        found[number] = name
    return tuple(found)
