"""What the tests of folder runs share: inputs, readers that misbehave, and a look at the results."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from summaryparse.batch import Entry, Plan, Selection, Settings, find_inputs, run
from summaryparse.readers import read_any
from summaryparse.source import Source

REPORT = """某县人民医院{year}年工作总结
一、医疗服务
全年门诊量12.5万人次，同比增长8.1%。出院3,420人次，平均住院日7.2天。
二、科研
立项3项，发表论文18篇，其中核心期刊6篇。
"""


def fill(folder: Path, count: int, *, repeat: int = 1) -> Path:
    """A folder with two levels and `count` reports that differ."""
    for number in range(count):
        path = folder / f"部{number % 3}" / f"报告{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REPORT.format(year=2001 + number) * repeat, encoding="utf-8")
    return folder


def entries_of(source: Path, target: Path, settings: Settings | None = None, **plan: Any) -> dict[str, Entry]:
    """Runs a folder and gives the entries by input."""
    found = find_inputs([source], target=target, selection=Selection(shard=plan.get("shard")))
    given = Plan(found, target, settings or Settings(), **{"jobs": 1, **plan})
    with closing(run(given)) as entries:
        return {entry.input: entry for entry in entries}


def outputs(target: Path) -> dict[str, bytes]:
    """All files of a target, by relative path, but for the record, which holds times, and the lock."""
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.name not in {"manifest.jsonl", ".summaryparse.lock"}
    }


def statuses(entries: dict[str, Entry]) -> dict[str, str]:
    return {name: entry.status for name, entry in sorted(entries.items())}


def misread(content: bytes, name: str) -> Source:
    """Kills, hangs or starves the worker, or fails, at certain names; at "once" the first time only."""
    if "poison" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "once" in name and not (marker := Path(content.decode())).exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "slow" in name:
        time.sleep(600)
    if "huge" in name:
        raise MemoryError
    if "odd" in name:
        raise ZeroDivisionError("what nobody thought of")
    return read_any(content, name)
