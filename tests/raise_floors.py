"""Raises the floors of `gold/floors.json` to just under the present scores: `python -m tests.raise_floors`.

A floor never falls. When a text or an annotation was changed, scores before and after cannot be compared:
then the floors are set anew, but only with --new-data, and `gold/README.md` has to say what was changed.
"""

from __future__ import annotations

import json
import math
import sys

from tests.scores import FLOORS, Floors, digest, evaluations, read_json, scores_by_group

# One row of a small group, so that a change which wins two rows and loses one elsewhere can pass.
MARGIN = 0.01


def under(score: float) -> float:
    """A floor for a score."""
    return max(0.0, math.floor((score - MARGIN) * 1000) / 1000)


def raised(floors: Floors, scores: Floors) -> Floors:
    """The floors, each raised where the score allows it."""
    return {
        group: {
            name: max(floors.get(group, {}).get(name, 0.0), under(score)) for name, score in found.items()
        }
        for group, found in scores.items()
    }


def main(arguments: list[str]) -> int:
    """0 when the file was written; 1 where the data are others than those of the floors."""
    stored = read_json(FLOORS) if FLOORS.exists() else {"digest": None, "floors": {}}
    present = digest()
    anew = "--new-data" in arguments
    if stored["digest"] != present and not anew:
        sys.stderr.write("texts or annotations are not those that the floors stand for; see --new-data\n")
        return 1
    scores = scores_by_group(evaluations())
    floors = raised({} if anew else stored["floors"], scores)
    content = json.dumps({"digest": present, "floors": floors}, indent=1) + "\n"
    FLOORS.write_text(content, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
