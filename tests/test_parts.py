"""Documents in parts: together they are the document, none is kept, and a file that fails leaves nothing."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from summaryparse import Document, assemble, extract_text, normalise, output, pipeline, plain_extract
from summaryparse.batch.job import Settings, Task, do_task
from summaryparse.model import Report
from summaryparse.normalise import fold
from summaryparse.parts import LONG, DocumentParts, ReportParts
from summaryparse.pipeline import analyse_in_parts, given_text
from summaryparse.rules import default_rules
from summaryparse.source import read_file
from summaryparse.writers import as_json
from summaryparse.writers.as_json import document_pieces, escape
from tests.conftest import SAMPLES, Cli

ONE = """甲市人民医院{year}年工作总结

{year}年，全院收治患者12人次。
一、医疗服务
（一）门诊。门诊量30万人次，同比增长5.1%。
（二）住院。出院2,400人次，其中手术600台次。
二、科研\x7f
立项3项，发表论文18篇。

甲市人民医院
{year}年12月31日
"""
CONTENTS = "目录\n1.乙县中医院2020年工作总结……1\n2.丙县妇幼保健院2020年工作总结……9\n\n"
TEXTS = {
    "no report": "",
    "no section": "收治患者12人次。",
    "one report": ONE.format(year=2020),
    "gaps": "总结\n一、概况\n收治12人次。\n三、其他\n\n门诊量30万人次。",
    "several reports": "".join(ONE.format(year=year) for year in range(2018, 2021)),
    "contents": CONTENTS + ONE.format(year=2020).replace("甲市人民医院", "乙县中医院"),
    **{path.stem: read_file(path).text for path in SAMPLES},
}


@pytest.fixture(params=[1, LONG], ids=["all in pieces", "long ones in pieces"])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_json, "LONG", request.param)


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("pretty", [False, True], ids=["one line", "pretty"])
@pytest.mark.parametrize("with_text", [False, True], ids=["without text", "with text"])
@pytest.mark.parametrize("name", TEXTS)
def test_pieces_together_are_the_json_of_the_model(name: str, *, with_text: bool, pretty: bool) -> None:
    source, rules = given_text(TEXTS[name], "a.txt"), default_rules()
    parts = analyse_in_parts(source, rules, with_text=with_text)
    whole = extract_text(TEXTS[name], path="a.txt", with_text=with_text)
    expected = escape(whole.model_dump_json(indent=2 if pretty else None)) + "\n"
    assert "".join(document_pieces(parts, pretty=pretty)) == expected
    assert Document.model_validate_json(expected) == whole


def test_texts_have_all_that_pieces_must_get_right() -> None:
    found = {name: extract_text(text) for name, text in TEXTS.items()}
    assert [len(found[name].reports) for name in ("no report", "one report", "several reports")] == [0, 1, 3]
    assert [entry.report_id for entry in found["contents"].toc] == ["r1", None]
    assert found["contents"].diagnostics
    assert found["gaps"].reports[0].diagnostics
    assert not found["no section"].reports[0].sections


@pytest.mark.usefixtures("piece")
def test_reports_are_freed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[Report]] = []
    alive: list[int] = []
    make = assemble.report_parts

    def watched(*arguments: Any) -> ReportParts:
        alive.append(sum(report() is not None for report in made))
        parts = make(*arguments)
        return parts._replace(whole=lambda: noted(parts.whole()), frame=lambda: noted(parts.frame()))

    def noted(report: Report) -> Report:
        made.append(weakref.ref(report))
        return report

    monkeypatch.setattr(assemble, "report_parts", watched)
    parts = analyse_in_parts(given_text(TEXTS["several reports"], "a"), default_rules())
    assert not alive
    for _ in document_pieces(parts, pretty=False):
        pass
    assert (alive, len(made)) == ([0, 0, 0], 3)


def test_a_long_section_is_not_made_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_json, "LONG", 1)
    parts = analyse_in_parts(given_text(TEXTS["one report"], "a"), default_rules())

    def never() -> Any:
        raise AssertionError("a long section was made whole")

    def guarded(report: ReportParts) -> ReportParts:
        sections = (section._replace(whole=never) for section in report.sections)
        return report._replace(whole=never, sections=sections)

    pieces = document_pieces(DocumentParts(parts.frame, map(guarded, parts.reports)), pretty=False)
    assert len(list(pieces)) > len(extract_text(TEXTS["one report"]).reports[0].metrics)


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third report that is read meets a fault of ours, and all before it has been written."""
    read = pipeline.read_report
    calls: list[None] = []

    def failing(*arguments: Any) -> Any:
        calls.append(None)
        if len(calls) == 3:
            raise ZeroDivisionError("what nobody thought of")
        return read(*arguments)

    monkeypatch.setattr(pipeline, "read_report", failing)
    monkeypatch.setattr(as_json, "LONG", 1)
    monkeypatch.setattr(plain_extract, "LONG", 1)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A file of one report, and one of three."""
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, name in zip(paths, ("one report", "several reports"), strict=True):
        path.write_text(TEXTS[name], encoding="utf-8")
    return paths


@pytest.mark.usefixtures("fault")
@pytest.mark.parametrize("name", ["json", "jsonl", "csv"])
@pytest.mark.parametrize("to_file", [True, False], ids=["file", "standard output"])
def test_a_fault_amid_a_file_leaves_nothing_of_it(
    here: Cli, tmp_path: Path, files: list[Path], name: str, *, to_file: bool
) -> None:
    out = tmp_path / "out"
    run = here("extract", *files, files[0], "--format", name, *(("-o", out) if to_file else ()))
    assert run.returncode == 1
    assert run.stderr.decode().splitlines() == [
        f"summaryparse: {files[1]}: fault of summaryparse, ZeroDivisionError: what nobody thought of"
    ]
    written = out.read_bytes() if to_file else run.stdout
    expected = here("extract", files[0], files[0], "--format", name, *(("-o", out) if to_file else ()))
    assert written == (out.read_bytes() if to_file else expected.stdout)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", *(["out"] * to_file)]


@pytest.mark.usefixtures("fault")
def test_a_fault_amid_the_only_file_leaves_what_was_there(
    here: Cli, tmp_path: Path, files: list[Path]
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("before")
    files[0].write_text(TEXTS["several reports"], encoding="utf-8")
    assert here("extract", files[0], "--format", "csv", "-o", out).returncode == 1
    assert out.read_text() == "before"


@pytest.mark.usefixtures("fault")
def test_a_long_result_that_breaks_off_on_standard_output_ends_its_line(
    here: Cli, monkeypatch: pytest.MonkeyPatch, files: list[Path]
) -> None:
    monkeypatch.setattr(output, "HELD", 1_000)
    run = here("extract", files[1], files[0])
    broken, good = run.stdout.decode().splitlines()
    assert run.returncode == 1
    assert broken.startswith('{"schema_version"')
    with pytest.raises(ValidationError, match="EOF"):
        Document.model_validate_json(broken)
    assert Document.model_validate_json(good).source.path == str(files[0])


@pytest.mark.usefixtures("fault")
def test_a_fault_amid_a_file_of_a_run_leaves_its_earlier_output(tmp_path: Path, files: list[Path]) -> None:
    done, draft = tmp_path / "b.txt.json", tmp_path / "draft.part"
    done.write_bytes(b"before")
    entry = do_task(
        Task("b.txt", str(files[1]), None, str(done), str(draft), None), Settings(), default_rules()
    )
    assert (entry.status, entry.bytes) == ("failed", files[1].stat().st_size)
    assert entry.error == "fault of summaryparse, ZeroDivisionError: what nobody thought of"
    assert done.read_bytes() == b"before"
    assert not draft.exists()


def test_an_entry_counts_what_is_in_the_output(tmp_path: Path, files: list[Path]) -> None:
    done, draft = tmp_path / "b.txt.json", tmp_path / "draft.part"
    entry = do_task(
        Task("b.txt", str(files[1]), None, str(done), str(draft), None), Settings(), default_rules()
    )
    document = Document.model_validate_json(done.read_bytes())
    remarks = [
        *document.diagnostics,
        *(remark for report in document.reports for remark in report.diagnostics),
    ]
    assert entry.reports == len(document.reports) == 3
    assert entry.metrics == sum(len(report.metrics) for report in document.reports)
    assert entry.diagnostics == len(remarks)
    assert entry.output_bytes == done.stat().st_size


@pytest.mark.parametrize("text", ["衞生署辦公廳\n二零二零年\n\n診療人次\r\n一\n", "卫生\n著力\n", "\n", ""])
def test_scripts_are_converted_alike_in_lots(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    whole = fold(text)
    monkeypatch.setattr(normalise, "LOT", 1)
    assert fold(text) == whole


def test_a_text_that_nothing_changes_in_is_not_copied() -> None:
    text = "门诊人次\n" * 20_000
    folded = fold(text)
    assert folded.simplified is text
    assert folded.folded is text


def test_metrics_of_tables_and_text_between_are_in_the_order_of_their_spans() -> None:
    head = "| 指标 | 2020年 | 增长 |\n| --- | --- | --- |\n"
    table = f"{head}| 门诊人次 | 12人次 | 5.1% |\n| 出院人次 | 3人次 | 6.1% |\n"
    text = f"总结\n一、概况\n{table}\n职工300人，其中医生100人。\n\n{table}"
    metrics = extract_text(text).reports[0].metrics
    assert [(metric.text, metric.change_of, metric.part_of) for metric in metrics] == [
        ("12人次", None, None),
        ("5.1%", "m1", None),
        ("3人次", None, None),
        ("6.1%", "m3", None),
        ("300人", None, None),
        ("100人", None, "m5"),
        ("12人次", None, None),
        ("5.1%", "m7", None),
        ("3人次", None, None),
        ("6.1%", "m9", None),
    ]


def test_a_mark_of_the_byte_order_comes_once_to_a_pipe(
    here: Cli, monkeypatch: pytest.MonkeyPatch, files: list[Path]
) -> None:
    written: list[bytes] = []
    monkeypatch.setattr(output, "write_all", lambda _descriptor, data: written.append(data))
    assert here("extract", *files, "--format", "csv", "-o", "/dev/null").returncode == 0
    assert len(written) == 2
    assert b"".join(written).count(b"\xef\xbb\xbf") == 1
