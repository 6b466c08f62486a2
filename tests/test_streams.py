"""Streams, lists of files, chosen columns, and the configuration file."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from summaryparse import extract
from summaryparse.lists import listed_files
from tests.conftest import ROOT, Cli

REPORT = """某县人民医院2021年工作总结
一、医疗服务
全年门诊量12.5万人次。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "summaryparse", *map(str, arguments)]
    pipe = subprocess.PIPE
    run = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, **options)
    guard = threading.Timer(60, run.kill)  # a line that never comes must not be waited for without end
    guard.daemon = True
    guard.start()
    return run


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_report_is_out_before_the_next_name_is_read(report: Path, form: str) -> None:
    with start("extract", "--files-from", "-", "--format", form) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        for _ in range(2):
            run.stdin.write(os.fsencode(report) + b"\n")
            run.stdin.flush()
            line = run.stdout.readline()
            while line.startswith(b"report,"):
                line = run.stdout.readline()
            assert "人次".encode() in line
        run.stdin.close()
        assert run.wait(60) == 0


def test_a_reader_that_goes_away_ends_the_run_quietly(report: Path) -> None:
    with start("extract", "--files-from", "-", "--format", "jsonl") as run:
        assert run.stdin
        assert run.stdout
        assert run.stderr
        name = os.fsencode(report) + b"\n"
        run.stdin.write(name)
        run.stdin.flush()
        assert run.stdout.readline()
        run.stdout.close()
        run.stdin.write(name)
        run.stdin.flush()
        assert run.wait(60) == 141
        assert run.stderr.read() == b""
        run.stdin.close()


@pytest.mark.skipif(sys.platform == "win32", reason="closes descriptors in a shell")
@pytest.mark.parametrize("end", ["2>&-", "2>/dev/full", "2>&- <&- >&-"])
def test_work_goes_on_where_nothing_can_be_said(report: Path, tmp_path: Path, end: str) -> None:
    command = f"{sys.executable} -m summaryparse batch none.txt {report} out --table out/m.csv {end}"
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False).returncode == 1
    assert "门诊量" in (tmp_path / "out" / "m.csv").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "manifest.jsonl").read_bytes().count(b"\n") == 2


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"a\nb c\r\n\nd", ["a", "b c", "d"]),
        (b"a\0b\nc\0", ["a", "b", "c"]),
        ("报告.txt\n".encode(), ["报告.txt"]),
        (b"\xb1\xa8.txt", ["\udcb1\udca8.txt"]),
        (b"", []),
    ],
)
def test_names_of_a_list(tmp_path: Path, data: bytes, names: list[str]) -> None:
    path = tmp_path / "list"
    path.write_bytes(data)
    assert list(listed_files(str(path))) == names


def test_a_list_with_a_bad_name(here: Cli, tmp_path: Path, report: Path) -> None:
    (tmp_path / "list").write_bytes(b"missing\n" + os.fsencode(report))
    run = here("extract", "--files-from", tmp_path / "list", "--format", "csv")
    assert (run.returncode, run.stderr.count(b"\n")) == (1, 1)
    assert run.stdout.count(b"\n") == 2


def test_a_list_never_names_the_output(here: Cli, report: Path) -> None:
    run = here("extract", "--files-from", "-", "-o", report, data=os.fsencode(report))
    assert run.returncode == 2
    assert report.read_text(encoding="utf-8") == REPORT


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "a", "--files-from", "b"),
        ("extract", "-", "--fields", "nmae", "--format", "csv"),
        ("extract", "-", "--fields", "name"),
        ("--config", "no-such-file", "schema"),
    ],
)
def test_wrong_usage(here: Cli, arguments: tuple[str, ...]) -> None:
    run = here(*arguments)
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"Traceback" not in run.stderr


def test_missing_list_is_one_line(here: Cli) -> None:
    run = here("extract", "--files-from", "no-such-list")
    assert (run.returncode, run.stdout, run.stderr.count(b"\n")) == (1, b"", 1)


def test_fields_choose_columns_and_their_order(here: Cli, report: Path) -> None:
    run = here("extract", report, "--format", "csv", "--fields", "unit, 数值,name")
    lines = run.stdout.decode("utf-8").splitlines()
    assert lines == ["unit,value,name", "人次,125000,门诊量"]


@pytest.mark.parametrize(
    "env", [{"PYTHONIOENCODING": "gbk"}, {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}]
)
def test_bytes_are_utf8_whatever_the_locale(
    cli: Cli, report: Path, tmp_path: Path, env: dict[str, str]
) -> None:
    listed = cli("extract", "--files-from", "-", "--format", "csv", data=os.fsencode(report), **env)
    assert (listed.returncode, listed.stderr) == (0, b"")
    assert "门诊量".encode() in listed.stdout
    result = extract(report).model_dump_json() + "\n"
    (tmp_path / "in.jsonl").write_text(result, encoding="utf-8")
    assert cli("table", tmp_path / "in.jsonl", "-o", tmp_path / "表.csv", **env).returncode == 0
    assert (tmp_path / "表.csv").read_bytes() == b"\xef\xbb\xbf" + listed.stdout


def coloured(report: Path, **env: str) -> bytes:
    """What a terminal gets."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "summaryparse", "extract", str(report), "--format", "tree"]
    settings = {**os.environ, "TERM": "xterm-256color", **env}
    subprocess.run(command, stdout=theirs, env=settings, cwd=ROOT, check=True, timeout=60)
    time.sleep(0.05)
    shown = os.read(ours, 65536)
    os.close(ours)
    os.close(theirs)
    return shown


def test_no_color_is_respected(report: Path) -> None:
    assert b"\x1b[" in coloured(report, NO_COLOR="")
    assert b"\x1b" not in coloured(report, NO_COLOR="1")


@pytest.mark.parametrize(
    ("config", "arguments", "head"),
    [
        ('format = "csv"\n', (), b"report,file,"),
        ('[extract]\nformat = "csv"\nfields = ["value", "name"]\n', (), b"value,name\r\n"),
        ('[extract]\nformat = "csv"\nfields = "value,name"\n', (), b"value,name\r\n"),
        ('format = "tree"\n[extract]\nformat = "csv"\n', (), b"report,file,"),
        ('format = "tree"\nfields = "name"\n', ("--format", "jsonl"), b'{"path":'),
        ("with-text = true\n", ("--format", "json"), b'{"schema_version":'),
        ("", (), b'{"schema_version":'),
    ],
)
def test_config_sets_what_is_not_typed(
    here: Cli,
    monkeypatch: pytest.MonkeyPatch,
    report: Path,
    config: str,
    arguments: tuple[str, ...],
    head: bytes,
) -> None:
    (report.parent / "summaryparse.toml").write_text(config, encoding="utf-8")
    monkeypatch.chdir(report.parent)
    run = here("extract", report, *arguments)
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.startswith(head)
    assert (b'"text":null' in run.stdout) == (b"schema_version" in head and "with-text" not in config)


def test_config_file_can_be_named(
    here: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, report: Path
) -> None:
    (tmp_path / "summaryparse.toml").write_text('format = "tree"\n')
    mine = tmp_path / "mine.toml"
    mine.write_text('[table]\noutput = ["a.csv", "b.tsv"]\n[extract]\nformat = "jsonl"\n')
    monkeypatch.chdir(tmp_path)
    run = here("--config", mine, "extract", report)
    assert run.stdout.startswith(b'{"path":')
    (tmp_path / "in.jsonl").write_bytes(run.stdout)
    assert here("--config", mine, "table", "in.jsonl").returncode == 0
    assert (tmp_path / "a.csv").read_bytes().count(b"\n") == 2
    assert (tmp_path / "b.tsv").exists()


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ('fromat = "csv"\n', ("fromat", "did you mean format?")),
        ('[extract]\nencodnig = "gbk"\n', ("[extract] encodnig", "did you mean encoding?")),
        ("[extrac]\n", ("[extrac]", "did you mean extract?")),
        ('[extract]\nformat = "xml"\n', ("format", "xml")),
        ("[extract]\nwith-text = 'perhaps'\n", ("with-text", "boolean")),
        ("version = true\n", ("version is no option",)),
        ("format = csv\n", ("not TOML", "line 1")),
        ("\x00", ("not TOML",)),
    ],
)
def test_config_errors_name_file_and_key(
    here: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, config: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "summaryparse.toml").write_text(config, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run = here("extract", "-")
    message = run.stderr.decode("utf-8")
    assert (run.returncode, run.stdout) == (2, b"")
    assert all(word in message for word in ("summaryparse.toml", *words)), message


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("summaryparse ta", "table"),
        ("summaryparse extract --fi", "--fields"),
        ("summaryparse --co", "--config"),
    ],
)
def test_shells_complete_commands_and_options(cli: Cli, typed: str, found: str) -> None:
    last = str(len(typed.split()) - 1)
    run = cli(_SUMMARYPARSE_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=last)
    assert found in run.stdout.decode().split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(cli: Cli, shell: str) -> None:
    run = cli("--show-completion", shell)
    assert run.returncode == 0
    assert b"_SUMMARYPARSE_COMPLETE" in run.stdout
