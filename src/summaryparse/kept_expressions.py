"""Compiled expressions as the command keeps them between runs.

Either engine compiles in two steps: Python code turns the expression into words of a code, which takes nearly
all the time, and C code makes the matcher of them and checks them. The words are what is kept. How they are
had from `re` and `regex` may change with their version: what is kept of another is not used, and where it
cannot be had nothing is kept.
"""

from __future__ import annotations

import copyreg
from array import array
from typing import Any

import regex

from summaryparse.search_words import make
from summaryparse.store import Store


def revive(store: Store, key: str, source: str | bytes) -> Any:  # noqa: ANN401 a pattern of either engine
    """The expression made of what is kept under a key; None if it is not there or cannot be used."""
    entry = store.expressions.get(key)
    if entry is None:
        return None
    try:
        engine, version, words, *facts = entry[:-2]
        data = store.code(entry)
        if engine == "re":
            return make(source, data.cast("I").tolist(), facts)
        if version != regex.__version__:
            return None
        code = data.cast("I").tolist() if words else bytes(data)
        flags, names, lists, offset, letters, *rest = facts
        numbers = {number: name for name, number in names.items()}
        build, _ = regex_parts(regex.compile(""))
        return build(source, flags, code, names, numbers, {}, lists, offset, tuple(letters), *rest)
    except (AttributeError, LookupError, OverflowError, RuntimeError, TypeError, ValueError):
        return None


def keep_words(store: Store, key: str, words: list[int], facts: list[Any]) -> None:
    """Keeps what `search_words` makes of an expression."""
    store.keep_expression(key, ["re", "", True, *facts], array("I", words).tobytes())


def keep_arguments(store: Store, key: str, found: Any) -> None:  # noqa: ANN401 a pattern of `regex`
    """Keeps what `regex` pickles an expression as."""
    try:
        _, (_, flags, code, names, _, named_lists, *rest) = regex_parts(found)
        words = not isinstance(code, bytes)
        data = array("I", code).tobytes() if words else code
    except (LookupError, OverflowError, TypeError, ValueError):  # a version that does it otherwise
        return
    if not named_lists:
        store.keep_expression(key, ["regex", regex.__version__, words, flags, names, *rest], data)


def regex_parts(found: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401 a pattern of `regex`
    """The function that makes an expression of `regex`, and what it was given for this one."""
    parts: tuple[Any, tuple[Any, ...]] = copyreg.dispatch_table[type(found)](found)  # type: ignore[assignment]
    return parts
