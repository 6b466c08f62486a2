"""Inputs whose outputs would be in each other's way: a.txt and A.txt, where a system takes both for one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from summaryparse.batch.target import lock_name


def same(name: str) -> str:
    """What names have in common that a system may take for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def clashes(names: Sequence[str], target: Path, tag: str) -> dict[str, str]:
    """The names whose outputs cannot be in this folder, each with the one whose output is in their way."""
    found = dict(below_outputs(names))
    if takes_for_one(target, tag):
        first: dict[str, str] = {}
        for name in names:
            other = first.setdefault(same(name), name)
            if other != name:
                found[name] = other
    return found


def below_outputs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names in folders that are called as the output of another: a.txt.json/b.txt beside a.txt."""
    deep = [name for name in names if ".json/" in name]
    known = set(names) if deep else set()
    for name in deep:
        for end in re.finditer(r"\.json/", name):
            if name[: end.start()] in known:
                yield name, name[: end.start()]


def takes_for_one(target: Path, tag: str) -> bool:
    """Whether the folder, in which the lock stands, takes capital and small letters for the same."""
    return (target / lock_name(tag).upper()).exists()
