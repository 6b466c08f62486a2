"""Scores on the annotated texts of `gold/`, in groups, and the digest of texts and annotations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from summaryparse import extract, load_rules
from summaryparse.evaluation import Evaluation, evaluate, find_text, merge, read_gold
from tests.conftest import ROOT

GOLD = ROOT / "tests" / "gold"
TEXTS = (ROOT / "tests" / "corpus", ROOT / "samples")
FLOORS = GOLD / "floors.json"
ABOUT = GOLD / "texts.json"
SCORES = ("quantity_f1", "triple_f1", "record_f1", "section_f1", "tree_f1", "heading_f1", "meta")
ALL = "all"
Floors = dict[str, dict[str, float]]


def gold_files() -> list[Path]:
    """The annotations, without what else lies in the folder."""
    return sorted(set(GOLD.glob("*.json")) - {FLOORS, ABOUT})


def group_of(name: str) -> str:
    """u1 … u9 are one group, v1 … v8 another; what has a name of its own is a sample."""
    return name[0] if name[1:].isdigit() else "samples"


def evaluations() -> dict[str, Evaluation]:
    """Every annotated text read and compared."""
    rules = load_rules()
    found = {}
    for path in gold_files():
        gold = read_gold(path)
        found[path.stem] = evaluate(gold, extract(find_text(gold, path, TEXTS)), rules)
    return found


def scores_by_group(found: Mapping[str, Evaluation]) -> Floors:
    """The scores that have floors, of each group and of all texts."""
    groups = {
        name: [one for stem, one in found.items() if name in {ALL, group_of(stem)}] for name in names(found)
    }
    return {
        name: {score: figures[score] for score in SCORES}
        for name, group in groups.items()
        for figures in [merge(group).figures]
    }


def names(found: Mapping[str, Evaluation]) -> list[str]:
    """The groups, and all."""
    return [*dict.fromkeys(map(group_of, found)), ALL]


def digest() -> str:
    """One for all texts and annotations: it changes with any character of them."""
    whole = hashlib.sha256()
    for path in gold_files():
        text = find_text(read_gold(path), path, TEXTS)
        for file in (path, text):
            whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
