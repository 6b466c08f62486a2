"""Fails when a score lies under its floor: gate.py SCORES.json FLOORS.json. Floors may only rise."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> int:
    """0 when every score of all texts together reaches its floor, else 1."""
    scores, floors = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    low = {name: floor for name, floor in floors.items() if scores["ALL"][name] < floor}
    for name, floor in low.items():
        sys.stderr.write(f"{name} is {scores['ALL'][name]:.3f}, its floor {floor:.3f}\n")
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
