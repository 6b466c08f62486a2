"""Folder runs: one JSON for each input, a record of the run, and nothing lost when something breaks.

    from contextlib import closing
    from summaryparse.batch import Plan, Settings, find_inputs, run

    if __name__ == "__main__":  # worker processes import the main module again
        plan = Plan(find_inputs(["reports"], target="out"), "out", Settings())
        with closing(run(plan)) as entries:
            for entry in entries:
                print(entry.status, entry.input, entry.error)

An input keeps its whole name: `a/b.txt` becomes `a/b.txt.json`, so `b.txt` and `b.docx` never meet. Outputs
hold the relative path as `source.path` and are the same bytes for any number of workers. `manifest.jsonl` has
a line for each input; while a run is going, and after one that was broken off, the last line of an input
counts.
"""

from __future__ import annotations

from summaryparse.batch.cluster import Cluster
from summaryparse.batch.inputs import Inputs, Selection, find_inputs
from summaryparse.batch.job import Settings
from summaryparse.batch.manifest import Entry
from summaryparse.batch.run import Plan, run

__all__ = ["Cluster", "Entry", "Inputs", "Plan", "Selection", "Settings", "find_inputs", "run"]
