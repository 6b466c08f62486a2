"""The samples give what was reviewed; `python tests/regenerate.py` writes the files anew."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice
from pathlib import Path

from summaryparse import Document
from tests.regenerate import golden_text


def test_sample_gives_its_golden_file(sample: Path, document: Document) -> None:
    golden = sample.with_suffix(".json").read_text(encoding="utf-8").splitlines()
    found = golden_text(document, sample).splitlines()
    difference = list(islice(unified_diff(golden, found, "golden", "found", lineterm=""), 40))
    assert not difference, "\n".join(difference)
