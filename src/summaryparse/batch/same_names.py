"""Names that differ, and that some systems take for the same: a.txt and A.txt, é in one character or two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from summaryparse.batch.target import lock_name


def same(name: str) -> str:
    """What names have in common that a system may take for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def clashes(names: Iterable[str], target: Path, tag: str) -> dict[str, str]:
    """The names whose outputs would replace those of others in this folder, each with the first of these."""
    found: dict[str, str] = {}
    if not takes_for_one(target, tag):
        return found
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(same(name), name)
        if other != name:
            found[name] = other
    return found


def takes_for_one(target: Path, tag: str) -> bool:
    """Whether the folder, in which the lock stands, takes capital and small letters for the same."""
    return (target / lock_name(tag).upper()).exists()
