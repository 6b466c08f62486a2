"""The same work on Dask: two real worker processes, one of them killed, and nothing lost or done twice."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster

from summaryparse import OutputError, RuleError, __version__
from summaryparse.batch import Cluster, Entry, Plan, Settings, cluster, find_inputs, run
from summaryparse.batch.cluster import ONE_MORE_ATTEMPT, answer, with_own_draft
from summaryparse.batch.job import Task
from summaryparse.batch.manifest import parse
from summaryparse.batch.target import draft_name, is_draft
from tests.batch_cases import entries_of, fill, misread, outputs, statuses
from tests.conftest import SAMPLES, Cli


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two processes."""
    with (
        dask.config.set(ONE_MORE_ATTEMPT),
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=logging.CRITICAL
        ) as found,
    ):
        yield str(found.scheduler_address)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The samples and inputs that cannot be read."""
    folder = fill(tmp_path / "in", 6)
    for path in SAMPLES:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "bytes.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.mark.parametrize("gather", [False, True])
def test_the_outputs_and_the_record_are_those_of_the_local_engine(
    scheduler: str, source: Path, tmp_path: Path, gather: int
) -> None:
    local = entries_of(source, tmp_path / "local")
    remote = entries_of(source, tmp_path / "dask", cluster=Cluster(scheduler, bool(gather)), seconds=None)
    assert outputs(tmp_path / "dask") == outputs(tmp_path / "local")
    without_time = [
        {name: (entry.status, entry.error, entry.sha256, entry.output_bytes) for name, entry in run.items()}
        for run in (local, remote)
    ]
    assert without_time[0] == without_time[1]
    assert statuses(remote)["bytes.txt"] == "failed"
    again = entries_of(source, tmp_path / "dask", cluster=Cluster(scheduler), seconds=None)
    assert set(statuses(again).values()) == {"unchanged", "failed"}


@pytest.mark.parametrize(("count", "repeat", "gather"), [(60, 40, False), (240, 1, True)])
def test_a_worker_that_is_killed_costs_nothing(
    scheduler: str, tmp_path: Path, count: int, repeat: int, gather: int
) -> None:
    source = fill(tmp_path / "in", count, repeat=repeat)
    target = tmp_path / "dask"
    found = find_inputs([source], target=target)
    place = Cluster(scheduler, bool(gather))
    names = []
    with (
        Client(scheduler, set_as_default=False) as client,
        closing(run(Plan(found, target, Settings(), seconds=None, cluster=place))) as entries,
    ):
        for entry in entries:
            names.append(entry.input)
            assert (entry.status, entry.error) == ("done", None)
            if len(names) in (8, 80):  # of small reports some are done then, and their answers not fetched
                os.kill(min(client.run(os.getpid).values()), signal.SIGKILL)
    assert sorted(names) == sorted(found.names)
    entries_of(source, tmp_path / "local")
    assert outputs(target) == outputs(tmp_path / "local")
    assert record(target) == record(tmp_path / "local")


def record(target: Path) -> list[Entry]:
    """The record of a run but for the times."""
    lines = (target / "manifest.jsonl").read_bytes().splitlines()
    return [entry._replace(seconds=0) for entry in map(parse, lines) if entry]


def test_a_file_that_kills_its_workers_is_named_and_the_rest_is_done(scheduler: str, tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 6)
    for name in ("poison.txt", "huge.txt"):
        (source / name).write_text("总结", encoding="utf-8")
    settings = Settings(reader=misread)
    found = entries_of(source, tmp_path / "out", settings, cluster=Cluster(scheduler), seconds=None)
    assert found["poison.txt"].error == "its worker process died every time"
    assert found["huge.txt"].error == "out of memory"
    assert sorted(statuses(found).values()) == ["done"] * 6 + ["failed"] * 2
    assert not list((tmp_path / "out").rglob("*.part"))


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1:9",
        "tls://127.0.0.1:9",
        "http://127.0.0.1:9",
        "127.0.0.1",
        "",
        "tcp://no-such-host.invalid:9",
    ],
)
def test_a_scheduler_that_does_not_answer_is_one_line(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(cluster, "LONGEST_WAIT", 1)
    with pytest.raises(OutputError, match=f"^{address}: no Dask scheduler answers [^\n]*$"):
        entries_of(source, tmp_path / "out", cluster=Cluster(address), seconds=None)


def test_a_scheduler_without_workers_is_one_line(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LONGEST_WAIT", 1)
    with (
        LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=logging.CRITICAL) as empty,
        pytest.raises(OutputError, match="has no workers"),
    ):
        entries_of(source, tmp_path / "out", cluster=Cluster(str(empty.scheduler_address)), seconds=None)


def test_a_scheduler_that_goes_away_is_one_line_and_the_next_run_goes_on(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 30, repeat=40)
    target = tmp_path / "out"
    place = LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=":0", silence_logs=logging.CRITICAL
    )
    plan = Plan(
        find_inputs([source], target=target),
        target,
        Settings(),
        seconds=None,
        cluster=Cluster(place.scheduler_address),
    )
    with place, closing(run(plan)) as entries:
        assert next(entries).status == "done"
        place.close()
        with pytest.raises(OutputError, match=r"^tcp://\S+: the scheduler went away [^\n]*$"):
            list(entries)
    assert len(entries_of(source, target, seconds=None)) == 30
    entries_of(source, tmp_path / "local")
    assert outputs(target) == outputs(tmp_path / "local")


def test_workers_that_come_later_are_given_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "AHEAD", 2)
    source = fill(tmp_path / "in", 40, repeat=40)
    found = find_inputs([source], target=tmp_path / "out")
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=":0", silence_logs=logging.CRITICAL
        ) as grows,
        Client(grows, set_as_default=False) as client,
    ):
        plan = Plan(
            found, tmp_path / "out", Settings(), seconds=None, cluster=Cluster(grows.scheduler_address)
        )
        most = 0
        with closing(run(plan)) as entries:
            for number, entry in enumerate(entries):
                assert entry.status == "done"
                if number == 0:
                    grows.scale(2)
                    client.wait_for_workers(2, timeout=30)
                most = max(most, sum(map(len, client.processing().values())))
    assert most > 2


def test_attempts_at_one_task_write_drafts_of_their_own_which_a_sweep_knows(tmp_path: Path) -> None:
    draft = str(tmp_path / draft_name("-1-of-2", 7))
    task = Task("a.txt", str(tmp_path / "a.txt"), None, str(tmp_path / "a.json"), draft, None)
    drafts = {Path(with_own_draft(task).draft).name for _ in range(50)}
    assert len(drafts) == 50
    assert all(is_draft(name, "-1-of-2") and not is_draft(name, "") for name in drafts)


def test_without_the_extra_the_line_says_how_to_install_it(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(OutputError, match="pip install"):
        entries_of(source, tmp_path / "out", cluster=Cluster(), seconds=None)


def test_workers_of_another_version_or_with_other_rules_do_nothing(tmp_path: Path) -> None:
    task = Task("a.txt", f"{tmp_path}/a.txt", None, f"{tmp_path}/a.json", f"{tmp_path}/.part", None)
    with pytest.raises(OutputError, match="a worker has summaryparse"):
        answer(task, Settings(), "", "0.0", gather=False)
    with pytest.raises(RuleError, match="other rule files"):
        answer(task, Settings(), "", __version__, gather=False)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--scheduler", "tcp://127.0.0.1:8786"), "--engine dask"),
        (("--gather",), "--engine dask"),
        (("--engine", "dask", "--timeout", "5"), "time limit"),
    ],
)
def test_options_that_do_not_go_together_are_named(
    here: Cli, tmp_path: Path, options: tuple[str, ...], word: str
) -> None:
    outcome = here("batch", SAMPLES[0], tmp_path / "out", *options)
    assert outcome.returncode == 2
    assert word in outcome.stderr.decode()


def test_the_command_line_starts_workers_of_its_own(cli: Cli, tmp_path: Path) -> None:
    outcome = cli("batch", *SAMPLES, tmp_path / "out", "--engine", "dask", "--jobs", "2")
    assert outcome.returncode == 0, outcome.stderr
    assert len(outputs(tmp_path / "out")) == len(SAMPLES)
    assert b"6 done, 0 unchanged, 0 failed" in outcome.stderr.splitlines()[-1]
