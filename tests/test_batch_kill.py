"""Folder runs that are killed, interrupted, starved or poisoned, for real: nothing finished is lost."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from summaryparse.batch import Settings
from summaryparse.batch.target import write_whole
from summaryparse.errors import OutputError
from summaryparse.tabular import open_tables
from tests.batch_cases import REPORT, entries_of, fill, misread, outputs, statuses
from tests.conftest import Cli

COUNT = 12
linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds worker processes in /proc")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports that take a while, so that there is a middle to be killed in."""
    return fill(tmp_path_factory.mktemp("in"), COUNT, repeat=10)


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The outputs of a run that nothing happened to."""
    target = tmp_path_factory.mktemp("out")
    assert set(statuses(entries_of(source, target)).values()) == {"done"}
    return outputs(target)


@pytest.fixture
def start(source: Path, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts the command in a session of its own, and leaves none of its processes behind."""
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "summaryparse", "batch", str(source), str(tmp_path), "-j2"]
        run = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
        started.append(run)
        return run

    yield begin
    for run in started:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.01)


def finished(target: Path) -> int:
    """How many inputs are on record."""
    record = target / "manifest.jsonl"
    return record.read_bytes().count(b"\n") if record.exists() else 0


def workers(run: subprocess.Popen[bytes]) -> list[int]:
    """The worker processes of a run."""
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def lives(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def resumed(source: Path, target: Path, undisturbed: dict[str, bytes]) -> int:
    """Runs again, checks that all is as after an undisturbed run, and tells how many outputs were kept."""
    table, expected = target.with_suffix(".csv"), target.with_suffix(".tables.csv")
    found = statuses(entries_of(source, target, tables=(table,)))
    assert outputs(target) == undisturbed
    with open_tables([expected]) as tables:
        for name in sorted(undisturbed):
            tables.add(json.loads(undisturbed[name]))
    assert table.read_bytes() == expected.read_bytes()
    records = [json.loads(line) for line in (target / "manifest.jsonl").read_bytes().splitlines()]
    assert [f"{record['input']}.json" for record in records] == sorted(undisturbed)
    return list(found.values()).count("unchanged")


@linux
def test_killed_workers_cost_nothing(
    start: Callable[[], subprocess.Popen[bytes]], tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    run = start()
    for count in (1, 4):
        until(lambda: finished(tmp_path) >= count)  # noqa: B023 it is called in this round
        os.kill(workers(run)[0], signal.SIGKILL)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, b" 0 failed" in said) == (0, True)
    assert outputs(tmp_path) == undisturbed


@linux
def test_killed_run_goes_on_where_it_stopped(
    start: Callable[[], subprocess.Popen[bytes]],
    source: Path,
    tmp_path: Path,
    undisturbed: dict[str, bytes],
) -> None:
    run = start()
    until(lambda: finished(tmp_path) >= 3)
    children = workers(run)
    run.kill()
    run.wait()
    until(lambda: not any(map(lives, children)), seconds=5)
    left = {name: data for name, data in outputs(tmp_path).items() if name.endswith(".json")}
    assert left.items() <= undisturbed.items()
    assert 3 <= len(left) < COUNT
    assert resumed(source, tmp_path, undisturbed) >= 3


def test_run_that_is_killed_at_its_tables_leaves_nothing_behind(source: Path, tmp_path: Path) -> None:
    target, tables = tmp_path / "out", tmp_path / "tables"
    tables.mkdir()
    options = [arg for suffix in ("csv", "xlsx") for arg in ("--table", str(tables / f"m.{suffix}"))]
    command = [sys.executable, "-m", "summaryparse", "batch", str(source), str(target), "-q", *options]
    with subprocess.Popen(command) as run:
        until(lambda: any(tables.iterdir()))
        run.kill()
    assert {path.suffix for path in tables.iterdir()} == {".part"}
    others = tables / f".summaryparse-{run.pid + 1}-1.part"
    others.touch()
    subprocess.run(command, check=True, timeout=60)
    assert {path.name for path in tables.iterdir()} == {"m.csv", "m.xlsx", others.name}


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to a process group")
def test_interrupt_ends_in_a_second_and_the_next_run_goes_on(
    start: Callable[[], subprocess.Popen[bytes]],
    source: Path,
    tmp_path: Path,
    undisturbed: dict[str, bytes],
) -> None:
    run = start()
    until(lambda: finished(tmp_path) >= 2)
    begun = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)  # as Ctrl-C does: to the workers too
    while run.poll() is None:  # and somebody keeps the keys down
        time.sleep(0.01)
        with suppress(ProcessLookupError):
            run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=10)
    assert time.monotonic() - begun < 1
    assert run.returncode == 130
    (line,) = said.decode().splitlines()
    counted = re.fullmatch(r"summaryparse: interrupted after (\d+) of 12 inputs: .*", line)
    assert counted is not None
    assert outputs(tmp_path).items() <= undisturbed.items()
    assert resumed(source, tmp_path, undisturbed) == int(counted[1]) >= 2


def test_files_that_harm_their_worker_are_named_and_all_else_is_done(tmp_path: Path) -> None:
    source, target = fill(tmp_path / "in", 4), tmp_path / "out"
    for name in ("poison.txt", "slow.txt", "huge.txt", "odd.txt"):
        (source / name).write_text(REPORT, encoding="utf-8")
    (source / "部0" / "once.txt").write_text(str(tmp_path / "marker"))
    entries = entries_of(source, target, Settings(reader=misread), jobs=2, seconds=3.0)
    assert (tmp_path / "marker").exists()
    assert {name: entry.error for name, entry in entries.items() if entry.status == "failed"} == {
        "poison.txt": "its worker process died twice: killed by SIGKILL",
        "huge.txt": "its worker process died twice: out of memory",
        "slow.txt": "took longer than 3 s",
        "odd.txt": "fault of summaryparse, ZeroDivisionError: what nobody thought of",
    }
    assert len(outputs(target)) == 5


@linux
def test_libreoffice_ends_with_the_worker_that_waits_for_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source, pids = tmp_path / "in", tmp_path / "pids"
    for folder in ("in", "bin", "work"):
        (tmp_path / folder).mkdir()
    program = tmp_path / "bin" / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $$ $! > '{pids}'\nwait\n")
    program.chmod(0o755)
    (source / "a.rtf").write_text("{\\rtf1 a}")
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "work"))
    entries = entries_of(source, tmp_path / "out", seconds=2.0)
    assert entries["a.rtf"].error == "took longer than 2 s"
    processes = [int(pid) for pid in pids.read_text().split()]
    until(lambda: not any(map(lives, processes)), seconds=5)
    until(lambda: not any((tmp_path / "work").iterdir()), seconds=5)


@pytest.fixture
def small_disk(tmp_path: Path, undisturbed: dict[str, bytes]) -> Iterator[Path]:
    """A file system of its own with room for some of the outputs."""
    disk, mount = tmp_path / "disk", shutil.which("mount")
    disk.mkdir()
    command = [
        mount or "",
        "-t",
        "tmpfs",
        "-o",
        f"size={sum(map(len, undisturbed.values())) // 2}",
        "tmpfs",
        str(disk),
    ]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("file systems cannot be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_full_disk_is_one_line_and_the_next_run_goes_on(
    small_disk: Path, cli: Cli, source: Path, undisturbed: dict[str, bytes]
) -> None:
    target = small_disk / "out"
    run = cli("batch", source, target, "--quiet", "--jobs", "1")
    assert run.returncode == 1
    (line,) = run.stderr.decode().splitlines()
    assert line.startswith(f"summaryparse: {target}")
    assert line.endswith(": No space left on device")
    assert 0 < len(outputs(target)) < COUNT
    assert outputs(target).items() <= undisturbed.items()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    read_only = cli("batch", source, target, "--quiet")
    assert (read_only.returncode, read_only.stderr.count(b"\n")) == (1, 1)
    assert read_only.stderr.decode().endswith(": Read-only file system\n")
    subprocess.run(["mount", "-o", "remount,rw,size=20m", str(small_disk)], check=True)
    assert resumed(source, target, undisturbed) > 0


@pytest.mark.parametrize(
    ("code", "raised"),
    [(errno.ENOSPC, OutputError), (errno.EROFS, OutputError), (errno.ENAMETOOLONG, OSError)],
)
@pytest.mark.parametrize("step", ["open", "replace"])
def test_a_file_that_cannot_be_written_leaves_the_one_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str, code: int, raised: type[Exception]
) -> None:
    path, draft = tmp_path / "a.json", tmp_path / "draft"
    write_whole(path, draft, [b"before"])

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(os if step == "open" else Path, step, fail)
        with pytest.raises(raised, match=re.escape(os.strerror(code))):
            write_whole(path, draft, [b"after"])
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]
    assert path.read_bytes() == b"before"
