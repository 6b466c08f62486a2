"""Folder runs: what is taken, what is written, what is skipped, and what is said of it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from summaryparse import Document
from summaryparse.batch import Entry, Plan, Selection, Settings, find_inputs, job, same_names
from summaryparse.batch.manifest import line_of, opened, parse
from summaryparse.batch.progress import Tally, duration, shown
from summaryparse.batch.run import forecast
from summaryparse.batch.same_names import takes_for_one
from summaryparse.batch.target import held
from summaryparse.cli import app
from summaryparse.errors import OutputError
from summaryparse.tabular import SUFFIXES, open_tables
from summaryparse.tabular.results import find_results, read_results
from tests.batch_cases import REPORT, entries_of, fill, outputs, statuses
from tests.conftest import Cli


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("一、总结\n", encoding="utf-8")
    return folder


def names(folder: Path, given: list[Path], selection: Selection | None = None) -> list[str]:
    return find_inputs(given, target=folder / "out", selection=selection).names


def test_a_folder_gives_known_kinds_and_counts_the_others(tmp_path: Path) -> None:
    tree(
        tmp_path / "in", "b.txt", "a/c.MD", "a/x.jpg", "x", ".hidden.txt", ".git/c.txt", "~$b.docx", "z.docx"
    )
    found = find_inputs([tmp_path / "in"], target=tmp_path / "out")
    assert found.names == ["a/c.MD", "b.txt", "z.docx"]
    assert found.other_kinds == {".jpg": 1, "": 1}


@pytest.mark.parametrize(
    ("include", "exclude", "taken"),
    [
        ((), (), ["a/b/y.txt", "a/x.txt", "x.md"]),
        (("*.TXT",), (), ["a/b/y.txt", "a/x.txt"]),
        (("*",), (), ["a/b/y.txt", "a/x.txt", "a/z.log", "x.md"]),
        ((), ("b",), ["a/x.txt", "x.md"]),
        ((), ("a/b/*",), ["a/x.txt", "x.md"]),
        (("a/*",), ("x.*",), ["a/b/y.txt", "a/z.log"]),
    ],
)
def test_patterns(
    tmp_path: Path, include: tuple[str, ...], exclude: tuple[str, ...], taken: list[str]
) -> None:
    tree(tmp_path / "in", "a/b/y.txt", "a/x.txt", "a/z.log", "x.md")
    assert names(tmp_path, [tmp_path / "in"], Selection(include, exclude)) == taken


def test_names_are_relative_to_what_holds_all_inputs(tmp_path: Path) -> None:
    one, two = tree(tmp_path / "r" / "one", "a.txt", "s/b.txt"), tree(tmp_path / "r" / "two", "a.txt")
    assert names(tmp_path, [one]) == ["a.txt", "s/b.txt"]
    assert names(tmp_path, [one, two]) == ["one/a.txt", "one/s/b.txt", "two/a.txt"]
    assert names(tmp_path, [one / "a.txt", one, one / "s" / ".." / "a.txt"]) == ["a.txt", "s/b.txt"]
    assert names(tmp_path, [one / "s" / "b.txt"]) == ["b.txt"]
    assert names(tmp_path, [tmp_path / "r" / "*" / "a.txt"]) == ["one/a.txt", "two/a.txt"]
    assert names(tmp_path, [one / "**" / "*.txt"]) == ["a.txt", "s/b.txt"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    tree(tmp_path, "[a].log", ".b")
    assert names(tmp_path, [tmp_path / "[a].log", tmp_path / ".b"]) == [".b", "[a].log"]


def test_names_that_lead_nowhere_are_problems(tmp_path: Path) -> None:
    found = find_inputs([tmp_path / "none.txt", tmp_path / "*.docx"], target=tmp_path / "out")
    assert found.problems == [("*.docx", "nothing matches this pattern"), ("none.txt", "no such file")]


@pytest.mark.skipif(sys.platform == "win32", reason="needs the right to make links")
def test_links_do_not_lead_out_of_the_tree(tmp_path: Path) -> None:
    inside = tree(tmp_path / "in", "a.txt", "sub/b.txt")
    tree(tmp_path / "elsewhere", "c.txt")
    (inside / "out-file.txt").symlink_to(tmp_path / "elsewhere" / "c.txt")
    (inside / "out-folder").symlink_to(tmp_path / "elsewhere")
    (inside / "in-file.txt").symlink_to(inside / "a.txt")
    (inside / "sub" / "loop").symlink_to(inside)
    (inside / "self.txt").symlink_to(inside / "self.txt")
    found = find_inputs([inside], target=tmp_path / "out")
    assert found.names == ["a.txt", "in-file.txt", "sub/b.txt"]
    assert found.links_outside == 3
    assert "out-folder/c.txt" not in names(tmp_path, [inside / "**" / "*.txt"])


def test_the_target_is_no_input(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "out/b.txt")
    assert names(tmp_path, [tmp_path]) == ["a.txt"]


def test_shards_share_out_all_inputs(tmp_path: Path) -> None:
    fill(tmp_path / "in", 40)
    everything = names(tmp_path, [tmp_path / "in"])
    parts = [names(tmp_path, [tmp_path / "in"], Selection(shard=(part, 3))) for part in (1, 2, 3)]
    assert sorted(name for part in parts for name in part) == everything
    assert all(len(part) > 4 for part in parts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports, an archive, two files that differ in their suffix only, and broken files."""
    folder = fill(tmp_path_factory.mktemp("in"), 5)
    (folder / "报告.txt").write_bytes(REPORT.format(year=2020).encode("gb18030"))
    (folder / "报告.md").write_text(REPORT.format(year=2021), encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    (folder / "big.txt").write_bytes("总结\n".encode() * 40_000)
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("里/报告.txt", REPORT.format(year=2022))
        archive.writestr("里/x.exe", b"MZ")
    return folder


BROKEN = {"binary.txt", "broken.docx", "big.txt"}
SETTINGS = Settings(max_bytes=200_000)


@pytest.fixture(scope="module")
def one_worker(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Entry]]:
    target = tmp_path_factory.mktemp("one") / "deep" / "out"
    return target, entries_of(folder, target, SETTINGS, jobs=1)


def test_every_good_input_has_its_output_and_every_bad_one_its_reason(
    folder: Path,
    one_worker: tuple[Path, dict[str, Entry]],
) -> None:
    target, entries = one_worker
    good = [name for name in entries if name not in BROKEN]
    assert len(good) == 8
    assert "包.zip/里/报告.txt" in good
    assert list(outputs(target)) == sorted(f"{name}.json" for name in good)
    for name in good:
        document = Document.model_validate_json((target / f"{name}.json").read_bytes())
        assert document.source.path == name
        assert entries[name].sha256 == document.source.sha256
        assert entries[name].metrics == sum(len(report.metrics) for report in document.reports) > 0
    assert {name for name, entry in entries.items() if entry.status == "failed"} == BROKEN
    assert entries["big.txt"].error == "280,000 bytes are more than the limit of 200,000"
    assert all(entries[name].error for name in BROKEN)
    binary = folder / "binary.txt"
    assert entries["binary.txt"].sha256 == hashlib.sha256(binary.read_bytes()).hexdigest()
    assert entries["big.txt"].sha256 is None  # it was never read
    lines = (target / "manifest.jsonl").read_bytes().splitlines(keepends=True)
    assert [parse(line) for line in lines] == [entries[name] for name in sorted(entries)]


@pytest.mark.parametrize("jobs", [3])
def test_outputs_are_the_same_bytes_for_any_number_of_workers(
    folder: Path, one_worker: tuple[Path, dict[str, Entry]], tmp_path: Path, jobs: int
) -> None:
    entries_of(folder, tmp_path, SETTINGS, jobs=jobs)
    assert outputs(tmp_path) == outputs(one_worker[0])


def test_tables_hold_what_was_skipped_and_equal_those_of_the_folder(
    folder: Path, one_worker: tuple[Path, dict[str, Entry]], tmp_path: Path
) -> None:
    target, first = one_worker
    tables = tuple(tmp_path / f"run{suffix}" for suffix in SUFFIXES)
    entries = entries_of(folder, target, SETTINGS, tables=tables, fields=("name", "file", "value"))
    again = {"done": "unchanged", "failed": "failed"}
    assert statuses(entries) == {name: again[status] for name, status in statuses(first).items()}
    expected = [tmp_path / f"folder{suffix}" for suffix in SUFFIXES]
    with open_tables(expected, ("name", "file", "value")) as written:
        for file in find_results([str(target)]):
            for result in read_results(file):
                assert isinstance(result, dict)
                written.add(result)
    for table, other in zip(tables, expected, strict=True):
        assert table.read_bytes() == other.read_bytes()
    rows = (tmp_path / "run.jsonl").read_bytes().splitlines()
    assert len(rows) == sum(entry.metrics for entry in first.values())
    assert list(json.loads(rows[0])) == ["name", "file", "value"]


def test_a_table_that_would_lack_rows_is_not_written(tmp_path: Path) -> None:
    source, target, table = fill(tmp_path / "in", 2), tmp_path / "out", tmp_path / "out" / "m.csv"
    arguments = (source, target, "--quiet", "--table", table, "--jobs", "1")
    assert invoke(*arguments, "--fields", "name").exit_code == 0
    before = table.read_bytes()
    assert before.startswith(b"\xef\xbb\xbfname\r\n")
    spoiled = target / "部0" / "报告0.txt.json"
    spoiled.write_bytes(b"?" * spoiled.stat().st_size)
    run = invoke(*arguments)
    assert (run.exit_code, run.stderr.count("\n")) == (1, 1)
    assert "报告0.txt.json: not what was written there; no table was written" in run.stderr
    assert table.read_bytes() == before
    (source / "a.txt").write_bytes(b"\0\1\2" * 400)
    assert invoke(*arguments, "--fail-fast", "--force").exit_code == 1
    assert table.read_bytes() == before


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    source, target = fill(tmp_path / "in", 3), tmp_path / "out"
    first, second, third = (f"部{number}/报告{number}.txt" for number in range(3))
    assert set(statuses(entries_of(source, target)).values()) == {"done"}
    before = outputs(target)
    (source / second).write_bytes(b"\0\1\2" * 400)
    (target / f"{third}.json").unlink()
    assert statuses(entries_of(source, target)) == {first: "unchanged", second: "failed", third: "done"}
    assert outputs(target) == {name: data for name, data in before.items() if second not in name}
    assert foretold(source, target, Settings()) == ["unchanged", "done", "unchanged"]
    assert foretold(source, target, Settings(with_text=True)) == ["done"] * 3
    assert foretold(source, target, Settings(), force=True) == ["done"] * 3


def foretold(source: Path, target: Path, settings: Settings, *, force: bool = False) -> list[str]:
    """What a dry run says of each input."""
    plan = Plan(find_inputs([source], target=target), target, settings, force=force)
    return [entry.status for entry in forecast(plan)]


def test_record_drops_a_line_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    kept = Entry("b", "done", metrics=1), Entry("a\udcff", "failed", "because")
    path.write_bytes(line_of(kept[0]) + b"{}\nno json\n" + line_of(kept[1]) + line_of(kept[0])[:20])
    with opened(path, tmp_path / "draft") as manifest:
        manifest.add(Entry("b", "done", metrics=2))
        assert manifest.lookup("b") == Entry("b", "done", metrics=2)
        assert manifest.lookup("c") is None
        manifest.tidy_up()
    assert path.read_bytes() == line_of(kept[1]) + line_of(Entry("b", "done", metrics=2))


def invoke(*arguments: str | Path) -> Result:
    """The command in this process, for runs that end before any worker starts."""
    return CliRunner().invoke(app, ["batch", *map(str, arguments)])


def test_a_second_run_on_a_target_is_refused(tmp_path: Path) -> None:
    source, target = fill(tmp_path / "in", 1), tmp_path / "out"
    with held(target, ""):
        run = invoke(source, target, "--quiet")
    assert run.exit_code == 1
    (line,) = run.stderr.splitlines()
    assert f"{target}: another run is writing here (process {os.getpid()} on " in line
    with held(target, "-1-of-2"), held(target, "-2-of-2"):
        pass


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    tree(tmp_path, ".summaryparse-12-3.part", "a/.summaryparse-12-4.part", "a/.summaryparse-1-of-2-12-3.part")
    (tmp_path / ".summaryparse.lock").write_text("process 12")
    with held(tmp_path, ""):
        assert [path.name for path in tmp_path.rglob("*.part")] == [".summaryparse-1-of-2-12-3.part"]


def test_a_target_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 1)
    (tmp_path / "file").write_text("")
    run = invoke(source, tmp_path / "file" / "out", "--quiet")
    assert (run.exit_code, run.stderr.count("\n")) == (1, 1)
    assert run.stderr.startswith(f"summaryparse: {tmp_path / 'file' / 'out'}: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("in",),
        ("in", "in"),
        ("in", "file"),
        ("in", "out", "--shard", "3/2"),
        ("in", "out", "--max-size", "x"),
        ("in", "out", "--table", "x.doc"),
        ("in", "out", "--table", "no/x.csv"),
        ("in", "out", "--table", "out/x.jsonl"),
        ("in", "out", "--table", "x.csv", "--table", "./x.csv"),
        ("in", "out", "--table", "x.csv", "--fields", "nmae"),
        ("in", "out", "--fields", "name"),
        ("in", "x.csv", "out", "--table", "x.csv"),
    ],
)
def test_wrong_usage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    tree(tmp_path, "in/a.txt", "file", "x.csv")
    monkeypatch.chdir(tmp_path)
    assert invoke(*arguments).exit_code == 2
    assert not (tmp_path / "out").exists()


def test_command_names_failures_and_sums_up(cli: Cli, tmp_path: Path) -> None:
    fill(tmp_path / "in", 2)
    (tmp_path / "in" / "bad\x1b[31m.txt").write_bytes(b"\0\1\2" * 400)
    listed = "\n".join(str(path) for path in (tmp_path / "in").rglob("*.txt")) + "\nin/none.txt\n"
    arguments = ("batch", "--files-from", "-", "--root", "in", "out")
    run = cli(*arguments, data=listed.encode(), cwd=tmp_path, LANG="C", PYTHONIOENCODING="gbk")
    text = run.stderr.decode("utf-8")
    assert (run.returncode, run.stdout) == (1, b"")
    assert "none.txt: no such file\n" in text
    assert "bad\ufffd[31m.txt: " in text
    assert "4 of 4 inputs: 2 done, 0 unchanged, 2 failed; 2 reports, " in text
    assert len(outputs(tmp_path / "out")) == 2


def test_fail_fast_stops_at_the_first_failure(tmp_path: Path) -> None:
    arguments = (tmp_path / "a.none", tmp_path / "b.none", tmp_path / "out", "--fail-fast")
    run = invoke(*arguments, "--quiet")
    assert (run.exit_code, run.stderr) == (1, "summaryparse: a.none: no such file\n")
    said = invoke(*arguments, "--table", tmp_path / "m.csv").stderr
    assert said.endswith("manifest.jsonl; no table, for not all is done\n")
    assert not (tmp_path / "m.csv").exists()


@pytest.mark.parametrize(
    ("names", "refused"),
    [
        (["a.txt", "A.txt", "b.txt"], {"a.txt": "A.txt"}),
        (["部/a.txt", "部/a.TXT", "B/a.txt"], {"部/a.txt": "部/a.TXT"}),
        (["\u00e9.txt", "e\u0301.txt"], {"\u00e9.txt": "e\u0301.txt"}),
    ],
)
def test_names_that_a_folder_takes_for_one_never_replace_each_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, names: list[str], refused: dict[str, str]
) -> None:
    source, target = tree(tmp_path / "in", *names), tmp_path / "out"
    assert set(statuses(entries_of(source, target / "1")).values()) == {"done"}
    monkeypatch.setattr(same_names, "takes_for_one", lambda *_: True)
    for _ in range(2):
        entries = entries_of(source, target / "2")
        failed = {name: entry.error for name, entry in entries.items() if entry.status == "failed"}
        assert failed == {
            name: f"its output and that of {other} cannot both be in this folder"
            for name, other in refused.items()
        }
        assert {f"{name}.json" for name in names if name not in refused} == set(outputs(target / "2"))
    monkeypatch.undo()
    shards = {Selection(shard=(number, 7)).holds("部/a.TXT") for number in range(1, 8)}
    assert shards == {True, False}
    parts = [Selection(shard=(number, 7)) for number in range(1, 8)]
    assert all(part.holds("部/a.TXT") == part.holds("部/A.txt") for part in parts)


def test_a_folder_that_is_called_as_an_output_is_refused(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", "a.txt", "a.txt.json/b/c.txt", "b.txt.json/c.txt")
    entries = entries_of(source, tmp_path / "out", jobs=2)
    assert statuses(entries) == {"a.txt": "done", "a.txt.json/b/c.txt": "failed", "b.txt.json/c.txt": "done"}
    assert entries["a.txt.json/b/c.txt"].error == "its output and that of a.txt cannot both be in this folder"


def test_the_tables_are_announced_when_all_inputs_are_done(tmp_path: Path) -> None:
    lines = invoke(tmp_path / "a.none", tmp_path / "out", "--table", tmp_path / "m.csv").stderr.splitlines()
    assert [line.partition(": ")[2] for line in lines[:2]] == [
        "a.none: no such file",
        "all inputs are done; the tables are being written",
    ]
    assert lines[2].endswith(f"written: {tmp_path}/out/manifest.jsonl, {tmp_path}/m.csv")


def test_whether_a_folder_takes_names_for_one_is_tried(tmp_path: Path) -> None:
    tree(tmp_path, ".summaryparse.lock")
    assert not takes_for_one(tmp_path, "")
    tree(tmp_path, ".SUMMARYPARSE.LOCK")
    assert takes_for_one(tmp_path, "")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, summaryparse.cli; "
        "print([name for name in ('opencc', 'jieba', 'summaryparse.model', 'rich.progress') "
        "if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("screen", "quiet", "bar"), [(Screen(), False, True), (Screen(), True, False)])
def test_bar_only_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, screen: Screen, *, quiet: bool, bar: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    tally = Tally(3)
    with shown(tally, quiet=quiet) as show:
        for name, status in (("a", "done"), ("b\x1b[2J", "failed")):
            tally.add(Entry(name, "failed" if status == "failed" else "done", "is [red]binary[/red]"))
            show.entry(Entry(name, "failed" if status == "failed" else "done", "is [red]binary[/red]"))
    seen = screen.getvalue()
    assert "b\ufffd[2J: is [red]binary[/red]\n" in seen
    assert ("2/3" in seen, "1 failed" in seen) == (bar, bar)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0.0 s"), (99, "99.0 s"), (125, "2 min 5 s"), (9000, "2 h 30 min")]
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_unwritable_output_of_one_input_is_its_failure(tmp_path: Path) -> None:
    source, target = fill(tmp_path / "in", 2), tmp_path / "out"
    (target / "部0" / "报告0.txt.json").mkdir(parents=True)
    entries = entries_of(source, target)
    assert statuses(entries) == {"部0/报告0.txt": "failed", "部1/报告1.txt": "done"}
    assert (entries["部0/报告0.txt"].error or "").startswith("cannot be written: ")
    assert not list(target.rglob("*.part"))


def test_rules_are_part_of_what_an_output_depends_on() -> None:
    digests = {Settings(with_text=text).digest(rules) for text in (True, False) for rules in ("1", "2")}
    assert len(digests) == 4


def test_libraries_are_part_of_what_an_output_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(job.versions())
    before = Settings().digest("1")
    monkeypatch.setattr(job, "versions", lambda: ("0.1",))
    assert Settings().digest("1") != before


def test_record_is_json_with_the_promised_fields(one_worker: tuple[Path, dict[str, Entry]]) -> None:
    record = json.loads((one_worker[0] / "manifest.jsonl").read_bytes().splitlines()[0])
    promised = "input sha256 bytes encoding reports metrics diagnostics seconds status error"
    assert set(promised.split()) <= set(record)


def test_error_of_a_worker_that_cannot_go_on_ends_the_run(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 1)
    rules = tmp_path / "rules"
    rules.mkdir()
    with pytest.raises(OutputError, match="changed while the run was going"):
        entries_of(source, tmp_path / "out", Changing(rules=(str(rules),)))


class Changing(Settings):
    """Settings whose rules change as soon as the run has read them."""

    def digest(self, rules_digest: str) -> str:
        Path(self.rules[0], "units.toml").write_text("", encoding="utf-8")
        return super().digest(rules_digest)
