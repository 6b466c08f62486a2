"""Compiles an expression with the quicker of two engines that can, or takes it as an earlier run compiled it.

Rules are written for `regex`. Most of them mean the same to the standard library's `re`, which compiles them
in a third of the time and matches them in a quarter; what only `regex` knows (lookbehinds of varying width, a
group name used twice, other Unicode properties than Han) stays with it.
"""

from __future__ import annotations

import re
import warnings
from typing import AnyStr, cast

import regex

from summaryparse.kept_expressions import keep_arguments, keep_words, revive
from summaryparse.search_words import make, search_words
from summaryparse.store import Store, opened

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"


def compiled(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives."""
    store = opened()
    if store is None:
        return compile_words(None, "", source, flags)
    key = f"{flags}:{source}" if isinstance(source, str) else f"{flags}:bytes:{source.decode('latin-1')}"
    found = revive(store, key, source)
    return cast("re.Pattern[AnyStr]", found or compile_words(store, key, source, flags))


def compile_words(store: Store | None, key: str, spelt: AnyStr, flags: int) -> re.Pattern[AnyStr]:
    """The expression compiled for `re`, and kept if there is a store; raises `re.error`."""
    try:
        words, facts = search_words(spelt, flags)
        found = make(spelt, words, facts)
    except (
        AttributeError,
        ImportError,
        LookupError,
        TypeError,
        RuntimeError,
    ):  # an interpreter that compiles otherwise
        return re.compile(spelt, flags)
    if store:
        keep_words(store, key, words, facts)
    return cast("re.Pattern[AnyStr]", found)


TOKEN = compiled(r"\\p\{Han\}|\\.|[\[\]]", re.DOTALL)
GROUP_NAME = compiled(r"(\(\?P[<=])(\w+)")


def compile_expression(source: str, *, keep: bool = True) -> regex.Pattern[str]:
    """The compiled expression; raises `regex.error` where neither engine takes it. `keep` lets it be kept."""
    store = opened() if keep else None
    found = revive(store, source, source) if store else None
    if found is not None:
        return cast("regex.Pattern[str]", found)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = compile_words(store, source, spell_han(source), 0)
    except (re.error, FutureWarning, DeprecationWarning, OverflowError):
        found = regex.compile(source)
        if store:
            keep_arguments(store, source, found)
    return cast("regex.Pattern[str]", found)


def compiled_by_regex(source: str) -> regex.Pattern[str]:
    """What `regex.compile` gives."""
    store = opened()
    key = f"regex:{source}"
    found = revive(store, key, source) if store else None
    if found is None:
        found = regex.compile(source)
        if store:
            keep_arguments(store, key, found)
    return cast("regex.Pattern[str]", found)


def number_groups(source: str) -> str:
    """The expression with every further group of a name called by a name of its own, as `re` demands."""
    seen: dict[str, int] = {}

    def rename(group: re.Match[str]) -> str:
        opening, name = group.groups()
        if opening[-1] == "<":
            seen[name] = seen.get(name, 0) + 1
        return f"{opening}{name}" if seen.get(name, 1) == 1 else f"{opening}{name}_{seen[name]}"

    return GROUP_NAME.sub(rename, source)


def spell_han(source: str) -> str:
    """The expression with the property of Chinese characters written out as ranges."""
    if "\\p{Han}" not in source:
        return source
    in_set = False

    def spell(token: re.Match[str]) -> str:
        nonlocal in_set
        if token[0] == "\\p{Han}":
            return HAN if in_set else f"[{HAN}]"
        if token[0] == "[":
            in_set = True
        elif token[0] == "]":
            in_set = False
        return token[0]

    return TOKEN.sub(spell, source)
