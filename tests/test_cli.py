"""The command line as a user meets it; what depends on the process is run as one of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from summaryparse import Document, __version__, extract
from summaryparse.writers import Screen
from summaryparse.writers.as_csv import cell
from summaryparse.writers.as_json import escape
from summaryparse.writers.plain import plain
from summaryparse.writers.rows import COLUMNS
from tests.conftest import ROOT, SAMPLES, Cli, Run

REPORT = """某县人民医院2021年工作总结
一、医疗服务
全年门诊量12.5万人次，同比增长8.1%。
二、科研
立项3项。
"""
HOSTILE = "总结\n一、\x1b[31m红\x9b2J\u202e色\x07\n\x00收治=cmd患者12人次\x1b]0;x\x07。\n" + REPORT * 4


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def documents_of(run: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]


def test_json_is_the_librarys_document(here: Cli, sample: Path) -> None:
    run = here("extract", sample)
    assert (run.returncode, run.stderr) == (0, b"")
    assert Document.model_validate_json(run.stdout) == extract(sample)


def test_several_files_give_one_line_each(cli: Cli) -> None:
    found = documents_of(cli("extract", *SAMPLES))
    assert [document["source"]["path"] for document in found] == [str(path) for path in SAMPLES]


def test_jsonl_is_one_report_a_line(here: Cli, documents: dict[Path, Document]) -> None:
    lines = documents_of(here("extract", *SAMPLES, "--format", "jsonl"))
    reports = [(str(path), report) for path, document in documents.items() for report in document.reports]
    assert [(line["path"], line["id"]) for line in lines] == [(path, report.id) for path, report in reports]
    first = {key: value for key, value in lines[0].items() if key not in {"path", "sha256"}}
    assert first == json.loads(reports[0][1].model_dump_json())
    assert lines[0]["sha256"] == documents[SAMPLES[0]].source.sha256


def test_csv_is_one_metric_a_line_under_one_header(here: Cli, documents: dict[Path, Document]) -> None:
    run = here("extract", *SAMPLES, "--format", "csv")
    header, *rows = csv.reader(io.StringIO(run.stdout.decode("utf-8"), newline=""))
    assert tuple(header) == COLUMNS
    metrics = [
        (str(path), report.id, metric)
        for path, document in documents.items()
        for report in document.reports
        for metric in report.metrics
    ]
    table = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["file"], row["report"], int(row["start"])) for row in table] == [
        (path, report, metric.span[0]) for path, report, metric in metrics
    ]
    for row, (_, _, metric) in zip(table, metrics, strict=True):
        assert row["value"] == ("" if metric.value is None else str(metric.value))
        assert metric.text in row["sentence"]


def test_csv_file_has_the_mark_that_excel_needs(here: Cli, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "metrics.csv"
    assert here("extract", report, "--format", "csv", "-o", out).returncode == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfreport,file,")
    assert not here("extract", report, "--format", "csv").stdout.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-号", "'-号"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-2.5, -2.5),
        (None, None),
    ],
)
def test_no_text_becomes_a_formula(value: str | float | None, written: str | float | None) -> None:
    assert cell(value, Screen()) == written


def test_table_shows_metrics_under_their_sections(here: Cli, report: Path) -> None:
    lines = here("extract", report, "--format", "table").stdout.decode("utf-8").splitlines()
    shown = [line.strip() for line in lines if line.startswith((" 1 ", " 2 "))]
    assert shown == ["1 医疗服务", "2 科研"]
    assert any("125,000" in line and "人次" in line for line in lines)
    assert any("8.1" in line and "↑" in line for line in lines)


def test_tree_shows_outline_counts_and_diagnostics(here: Cli, tmp_path: Path) -> None:
    path = tmp_path / "gap.txt"
    path.write_text(REPORT.replace("二、", "三、"), encoding="utf-8")
    text = here("extract", path, "--format", "tree").stdout.decode("utf-8")
    assert "一、医疗服务  2 metrics" in text
    assert "三、科研  1 metric\n" in text
    assert "[numbering-gap]" in text


def test_standard_input(here: Cli, report: Path) -> None:
    (piped,) = documents_of(here("extract", "-", data=report.read_bytes()))
    (named,) = documents_of(here("extract", report))
    assert piped["source"]["path"] == "-"
    assert piped["reports"] == named["reports"]


def test_with_text(here: Cli, report: Path) -> None:
    (document,) = documents_of(here("extract", report, "--with-text"))
    assert document["source"]["text"] == REPORT
    assert documents_of(here("extract", report))[0]["source"]["text"] is None


def test_encoding_forces_the_decoding(here: Cli, tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes(REPORT.encode("gbk"))
    (document,) = documents_of(here("extract", path, "--encoding", "gb18030", "--with-text"))
    assert document["source"]["text"] == REPORT
    run = here("extract", path, "--encoding", "utf-8")
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.count(b"\n") == 1


def failing(tmp_path: Path) -> dict[str, Path]:
    """Inputs that hold no text, by what is wrong with them."""
    files = {name: tmp_path / name for name in ("missing", "folder", "binary", "undecodable")}
    files["folder"].mkdir()
    files["binary"].write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40)
    files["undecodable"].write_bytes(b"\xff\xff\x80\xff\xfe\xff" * 60)
    return files


@pytest.mark.parametrize("name", ["missing", "folder", "binary", "undecodable"])
def test_bad_input_is_one_plain_line(here: Cli, tmp_path: Path, name: str) -> None:
    path = failing(tmp_path)[name]
    run = here("extract", path)
    assert (run.returncode, run.stdout) == (1, b"")
    line = run.stderr.decode("utf-8")
    assert line.count("\n") == 1
    assert str(path) in line
    assert "fault of summaryparse" not in line


def test_one_bad_file_does_not_stop_the_rest(here: Cli, tmp_path: Path, report: Path) -> None:
    bad = failing(tmp_path)
    run = here("extract", bad["missing"], report, bad["folder"], report, "--format", "jsonl")
    assert run.returncode == 1
    assert [line["path"] for line in documents_of(run)] == [str(report), str(report)]
    first, second = lines(run.stderr)
    assert str(bad["missing"]) in first
    assert str(bad["folder"]) in second


def lines(data: bytes) -> list[str]:
    return data.decode("utf-8").splitlines()


@pytest.mark.parametrize(
    "text",
    [
        "没有标题也没有数字的一句话。",
        " \n\n\t\n",
        "\n" * 2000,
        HOSTILE,
        "\x00" * 10 + REPORT,
        "一、" * 500,
        "((((((((((" * 500,
        "1" * 20000,
        "\ufeff\ufeff" + REPORT,
        "📈" * 100 + REPORT,
        REPORT.replace("\n", "\r"),
        REPORT.replace("\n", "\u2028"),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_odd_text_gives_a_valid_document_or_a_plain_line(here: Cli, tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(text.encode("utf-8"))
    run = here("extract", path)
    if run.returncode == 0:
        document = Document.model_validate_json(run.stdout)
        assert document.diagnostics or any(r.diagnostics or r.metrics for r in document.reports)
    else:
        assert (run.returncode, run.stderr.count(b"\n")) == (1, 1)
        assert b"fault of summaryparse" not in run.stderr


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n"])
def test_a_file_without_text_gives_a_document_that_says_so(here: Cli, data: bytes) -> None:
    (document,) = documents_of(here("extract", "-", data=data))
    assert document["reports"] == []
    assert [d["code"] for d in document["diagnostics"]] == ["empty"]


def test_text_without_section_and_number_says_so(here: Cli) -> None:
    (document,) = documents_of(here("extract", "-", data="没有标题也没有数字的一句话。".encode()))
    codes = {d["code"] for report in document["reports"] for d in report["diagnostics"]}
    assert {"no-sections", "no-metrics"} <= codes


def test_a_line_of_five_megabytes(here: Cli, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("认真贯彻落实各项要求。" * 160_000 + "收治患者12人次。", encoding="utf-8")
    assert path.stat().st_size > 5_000_000
    run = here("extract", path)
    assert (run.returncode, run.stderr) == (0, b"")
    (metric,) = json.loads(run.stdout)["reports"][0]["metrics"]
    assert metric["span"] == [11 * 160_000 + 4, 11 * 160_000 + 8]


@pytest.mark.parametrize("format_name", ["json", "jsonl", "table", "tree"])
def test_nothing_a_terminal_obeys_comes_out(here: Cli, format_name: str) -> None:
    out = here("extract", "-", "--format", format_name, data=HOSTILE.encode()).stdout.decode("utf-8")
    assert "红" in out
    assert {letter for letter in out if not letter.isprintable()} <= {"\n"}


def test_escapes_keep_the_meaning() -> None:
    text = "红\x9b\u202e\x7f色"
    assert json.loads(escape(json.dumps(text, ensure_ascii=False))) == text
    assert plain("红\x9b\u202e\x7f色\n 1") == "红���色 1"


def test_a_hostile_file_name_stays_on_one_line(here: Cli, tmp_path: Path) -> None:
    run = here("extract", tmp_path / "a\n\x1b[2Jb")
    assert run.stderr.count(b"\n") == 1
    assert b"\x1b" not in run.stderr


@pytest.mark.parametrize(
    ("env", "form", "shown"),
    [
        ({"PYTHONIOENCODING": "gbk"}, "csv", "人次,level"),
        ({"PYTHONIOENCODING": "ascii"}, "tree", "├── 一、医疗服务"),
        ({"LANG": "C", "LC_ALL": "C"}, "csv", "人次,level"),
    ],
)
def test_bytes_do_not_depend_on_the_locale(
    cli: Cli, report: Path, env: dict[str, str], form: str, shown: str
) -> None:
    run = cli("extract", "没有.txt", report, "--format", form, **env)
    assert (run.returncode, run.stderr.count(b"\n")) == (1, 1)
    assert shown in run.stdout.decode("utf-8")
    assert cli("--help", **env).returncode == 0


def test_output_is_whole(here: Cli, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    run = here("extract", report, "--output", out)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert out.read_bytes() == here("extract", report).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "报告.txt"]


def test_output_stays_what_it_was_when_every_input_fails(here: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("before", encoding="utf-8")
    assert here("extract", tmp_path / "missing", "-o", out).returncode == 1
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_output_keeps_what_could_be_read(here: Cli, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert here("extract", tmp_path / "missing", report, "-o", out).returncode == 1
    assert json.loads(out.read_text(encoding="utf-8"))["source"]["path"] == str(report)


def test_output_never_replaces_an_input(here: Cli, report: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(report)
    for target in (report, link):
        assert here("extract", report, "-o", target).returncode == 2
    assert report.read_text(encoding="utf-8") == REPORT


def test_output_to_a_device_leaves_the_device(cli: Cli, report: Path) -> None:
    run = cli("extract", report, "-o", "/dev/stdout")
    assert json.loads(run.stdout)["source"]["path"] == str(report)
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(report: Path) -> None:
    command = [sys.executable, "-m", "summaryparse", "extract", str(report)]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (run.returncode, run.stderr.count(b"\n")) == (1, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "-", "--format", "xml"),
        ("extract", "-", "--encoding", "no-such"),
        ("extract", "-", "--encoding", "hex"),
        ("extract", "-", "--rules", "no-such-folder"),
        ("extract", "-", "-o", "no-such-folder/out.json"),
        ("extract", "-", "-o", "samples"),
        ("patterns", "check", "no-such-folder"),
        ("no-such-command",),
        ("--no-such-option",),
    ],
)
def test_wrong_usage_is_status_2(here: Cli, arguments: tuple[str, ...]) -> None:
    run = here(*arguments, cwd=ROOT)
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"Traceback" not in run.stderr


def test_closed_pipe_ends_quietly() -> None:
    command = [sys.executable, "-m", "summaryparse", "extract", *map(str, SAMPLES * 3), "--format", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        assert run.stdout.readline().startswith(b"report,")
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait(60) == 141


def test_ctrl_c_is_status_130_and_leaves_no_draft(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "summaryparse", "extract", "-", "-o", str(tmp_path / "out.json")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        deadline = time.monotonic() + 30
        while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert list(tmp_path.iterdir())
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 130
        assert run.stderr is not None
        assert b"Traceback" not in run.stderr.read()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("--version",), ("--version", "extract")])
def test_version(cli: Cli, arguments: tuple[str, ...]) -> None:
    assert cli(*arguments).stdout == f"summaryparse {__version__}\n".encode()


@pytest.mark.parametrize("command", [("extract",), ("schema",), ("patterns", "check")])
def test_every_command_shows_an_example(here: Cli, command: tuple[str, ...]) -> None:
    run = here(*command, "--help")
    assert run.returncode == 0
    assert f"Example: summaryparse {' '.join(command)}".encode() in run.stdout


def test_patterns_check_names_file_key_and_reason(here: Cli, tmp_path: Path) -> None:
    assert here("patterns", "check").returncode == 0
    (tmp_path / "a.toml").write_text('[[words]]\nid = "x.y"\nabout = "x"\nwords = []\nexamples = ["x"]\n')
    (tmp_path / "b.toml").write_text("not toml")
    run = here("patterns", "check", tmp_path)
    assert run.returncode == 1
    first, second = lines(run.stderr)
    assert all(part in first for part in ("a.toml", "x.y", "words"))
    assert "b.toml" in second


def test_patterns_check_runs_the_users_examples(here: Cli, tmp_path: Path) -> None:
    rule = '[[words]]\nid = "my.words"\nabout = "Mine."\nwords = ["苹果"]\nexamples = ["一篮⟦梨⟧"]\n'
    (tmp_path / "mine.toml").write_text(rule, encoding="utf-8")
    run = here("patterns", "check", tmp_path)
    assert (run.returncode, run.stdout) == (1, b"")
    assert "my.words" in run.stderr.decode("utf-8")


def test_nothing_but_the_output_is_written(report: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    before = sorted(path for path in (ROOT / "src").rglob("*") if "__pycache__" not in path.parts)
    env = {**os.environ, "HOME": str(home), "TMPDIR": str(home), "TMP": str(home), "TEMP": str(home)}
    command = [sys.executable, "-B", "-m", "summaryparse", "extract", str(report)]
    run = subprocess.run(command, cwd=home, env=env, capture_output=True, timeout=60, check=True)
    assert run.stderr == b""
    assert list(home.iterdir()) == []
    assert sorted(path for path in (ROOT / "src").rglob("*") if "__pycache__" not in path.parts) == before


def test_a_size_limit_names_the_file_and_does_the_rest(here: Cli, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("全年门诊量12万人次。" * 200, encoding="utf-8")
    (tmp_path / "short.txt").write_text("全年门诊量12万人次。", encoding="utf-8")
    run = here("extract", "long.txt", "short.txt", "--max-size", "2K", cwd=tmp_path)
    assert run.returncode == 1
    assert run.stderr.decode().splitlines() == [
        "summaryparse: long.txt: larger than the limit of 2,048 bytes"
    ]
    assert [json.loads(line)["source"]["path"] for line in run.stdout.splitlines()] == ["short.txt"]


def test_a_limit_that_is_no_size_is_wrong_usage(here: Cli) -> None:
    run = here("extract", "-", "--max-size", "much")
    assert run.returncode == 2
    assert "no size" in run.stderr.decode()
