"""Reads from the tree that `re` parses an expression into what its matches can begin or end with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any

Node = tuple[Any, Any]
WITHOUT_WIDTH = frozenset((ops.AT, ops.ASSERT, ops.ASSERT_NOT))
REPEATS = frozenset((ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT))
CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s", ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
ANYTHING = r"[\s\S]"


class Edge:
    """Collects the characters that stand first or last in the matches of an expression."""

    # The parser's tree has no public types.
    def __init__(self, tree: Any, *, last: bool = False, past: str = "") -> None:  # noqa: ANN401
        """`tree` is what the parser of `re` gives for the whole expression; where a match begins with
        characters of `past`, what follows them counts as first."""
        self.tree, self.last, self.past = tree, last, past
        self.sets: list[str] = []
        self.single: list[str] = []

    def expression(self) -> str:
        """An expression for one of the characters, or for any where there may be none or it is not known."""
        unread = self.tree.state.flags & re.IGNORECASE
        if unread or self.read(self.tree.data) or ANYTHING in self.sets:
            return ANYTHING
        single = f"[{''.join(dict.fromkeys(self.single))}]" if self.single else ""
        return "|".join(filter(None, (single, *dict.fromkeys(self.sets)))) or r"(?!)"

    def read(self, nodes: Sequence[Node]) -> bool:
        """Adds what a run of nodes can begin or end with; returns whether it can be empty, or all `past`."""
        return all(self.read_node(kind, told) for kind, told in (reversed(nodes) if self.last else nodes))

    def read_node(self, kind: Any, told: Any) -> bool:  # noqa: ANN401 as above
        """The same for one node."""
        if kind in WITHOUT_WIDTH:
            return True
        if kind is ops.LITERAL:
            self.single.append(re.escape(chr(told)))
            return chr(told) in self.past
        if kind is ops.IN:
            return self.read_set(told)
        if kind is ops.ATOMIC_GROUP:
            return self.read(told.data)
        if kind is ops.SUBPATTERN and not told[1] & re.IGNORECASE:
            return self.read(told[3].data)
        if kind is ops.BRANCH:
            empty = [self.read(branch.data) for branch in told[1]]
            return any(empty)
        if kind in REPEATS:
            least, _, item = told
            return self.read(item.data) or least == 0
        self.sets.append(ANYTHING)
        return False

    def read_set(self, items: Sequence[Node]) -> bool:
        """Adds the characters of a set; returns whether one of `past` is among them."""
        if items[0][0] is ops.NEGATE:
            expression = f"[^{''.join(spelt(items[1:]))}]"
            self.sets.append(expression)
        else:
            expression = f"[{''.join(spelt(items))}]"
            self.single += spelt(items)
        return bool(self.past) and re.search(expression, self.past) is not None


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
