"""Tables: what is written is read back by other programs, and no text in it is run."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from summaryparse import Document, OutputError, extract_text
from summaryparse.errors import InputError
from summaryparse.tabular import SUFFIXES, open_tables
from summaryparse.tabular.as_xlsx import MOST_UNITS, Workbook, cell_text
from summaryparse.tabular.columns import DIAGNOSTICS, METRICS, REPORTS, SECTIONS, choose
from summaryparse.tabular.records import walk
from summaryparse.tabular.results import read_results, result_of
from summaryparse.writers import Screen
from summaryparse.writers.as_csv import csv_lines, header
from summaryparse.writers.as_json import report_lines
from summaryparse.writers.rows import COLUMNS, report_rows
from tests.conftest import SAMPLES, Cli

REPORT = """某县人民医院2021年工作总结
一、医疗服务
全年门诊量12.5万人次，同比增长8.1%，出院1.2万人次，同比下降3%。
三、2022年计划
力争门诊量达到13万人次以上。
某县人民医院
2022年1月5日
"""


def written(path: Path, *documents: Any, fields: tuple[str, ...] | None = None) -> Path:
    with open_tables([path], fields) as tables:
        for document in documents:
            tables.add(document)
    return path


def metric_rows(documents: dict[Path, Document]) -> list[dict[str, Any]]:
    return [
        {column: getattr(row, column) for column in COLUMNS}
        for document in documents.values()
        for report in document.reports
        for row in report_rows(document.source.path, report, document.source.text)
    ]


def hostile(document: Document, text: str) -> dict[str, Any]:
    """A document in whose every text of a metric stands something else."""
    entry: dict[str, Any] = json.loads(document.model_dump_json())
    for report in entry["reports"]:
        report["title"]["text"] = report["organisation"]["text"] = text
        for metric in report["metrics"]:
            metric |= {"name": text, "unit": text, "text": text, "rule": text, "baseline": text}
        for section in report["sections"]:
            section |= {"heading": text, "marker": text}
    entry["source"]["path"] = text
    return entry


@pytest.fixture(scope="module")
def document() -> Document:
    found = extract_text(REPORT, path="报告.txt")
    assert len(found.reports[0].metrics) >= 4
    assert found.reports[0].diagnostics
    return found


def test_columns_are_those_of_the_rows() -> None:
    assert tuple(column.name for column in METRICS) == COLUMNS
    for columns in (METRICS, REPORTS, SECTIONS, DIAGNOSTICS):
        assert len({column.name for column in columns}) == len({column.heading for column in columns})


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_separated_text_is_read_back_equal(
    tmp_path: Path, documents: dict[Path, Document], suffix: str, delimiter: str
) -> None:
    path = written(tmp_path / f"out.{suffix}", *documents.values())
    assert path.read_bytes().startswith(b"\xef\xbb\xbfreport")
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file, delimiter=delimiter))
    assert found == [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in metric_rows(documents)
    ]


def test_pandas_reads_the_values_as_numbers_and_the_text_as_it_is(
    tmp_path: Path, documents: dict[Path, Document]
) -> None:
    frame = pd.read_csv(written(tmp_path / "out.csv", *documents.values()))
    rows = metric_rows(documents)
    assert list(frame.columns) == list(COLUMNS)
    for column in COLUMNS:
        found = [None if pd.isna(value) else value for value in frame[column]]
        expected = [None if row[column] == "" else row[column] for row in rows]
        assert found == expected, column
    assert frame["value"].dtype == float
    assert frame["start"].dtype == int


def test_json_lines_are_read_back_equal(tmp_path: Path, documents: dict[Path, Document]) -> None:
    path = written(tmp_path / "out.jsonl", *documents.values())
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    assert found == metric_rows(documents)


def sheet_rows(path: Path, title: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    rows = list(book[title].iter_rows(values_only=True))
    book.close()
    return rows


def test_workbook_is_read_back_equal(tmp_path: Path, documents: dict[Path, Document]) -> None:
    path = written(tmp_path / "out.xlsx", *documents.values())
    head, *rows = sheet_rows(path, "指标")
    assert head == tuple(column.heading for column in METRICS)
    assert rows == [
        tuple(value.replace("\r\n", "\n") if isinstance(value, str) else value for value in cells)
        for cells in ([None if v == "" else v for v in row.values()] for row in metric_rows(documents))
    ]
    reports = [report for document in documents.values() for report in document.reports]
    assert [row[0] for row in sheet_rows(path, "报告")[1:]] == [report.id for report in reports]
    sections = [section for report in reports for section in walk(report.sections)]
    assert [row[2] for row in sheet_rows(path, "章节")[1:]] == [section.id for section in sections]
    remarks = [d.code for document in documents.values() for d in document.diagnostics]
    remarks += [d.code for report in reports for d in report.diagnostics]
    assert sorted(row[3] for row in sheet_rows(path, "提示")[1:]) == sorted(remarks)


def test_workbook_is_ready_for_use(tmp_path: Path, document: Document) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "out.xlsx", document))
    assert book.sheetnames == ["指标", "报告", "章节", "提示"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.b
        assert sheet.column_dimensions["B"].width >= 9
    metrics, reports = book["指标"], book["报告"]
    looks = {metrics.cell(row, 10).value: metrics.cell(row, 10).number_format for row in range(2, 6)}
    assert looks[125000] == "#,##0"
    assert looks[8.1] == "#,##0.0"
    assert metrics["D2"].number_format == "General"
    issued = reports.cell(2, [column.name for column in REPORTS].index("issued") + 1)
    assert (issued.value, issued.number_format) == (datetime(2022, 1, 5), "yyyy-mm-dd")


def test_metrics_link_to_the_row_of_their_report(tmp_path: Path, document: Document) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "out.xlsx", document, hostile(document, "另一份")))
    for row in book["指标"].iter_rows(min_row=2, max_col=2):
        place = str(row[0].value).split('"')[1]
        sheet, _, cell = place.removeprefix("#").partition("!")
        target = book[sheet.strip("'")][cell]
        assert (target.value, target.offset(0, 1).value) == (str(row[0].value).split('"')[3], row[1].value)


def test_a_full_sheet_is_continued(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "out.xlsx"
    book = Workbook(path, METRICS, most_rows=4)
    for _ in range(4):
        book.add(result_of(document))
    book.close()
    count = len(document.reports[0].metrics) * 4
    found = openpyxl.load_workbook(path)
    titles = [title for title in found.sheetnames if title.startswith("指标")]
    assert titles == ["指标", *(f"指标 {n}" for n in range(2, -(-count // 3) + 1))]
    assert sum(found[title].max_row - 1 for title in titles) == count
    last = found[titles[-1]]
    assert last.cell(last.max_row, 1).value == '=HYPERLINK("#\'报告 2\'!A2","r1")'
    assert found["报告 2"].freeze_panes == "A2"


FORMULAS = [
    "=1+1",
    "+86",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u3000＝1",
    "\ufeff=1",
    "{=1}",
    "=cmd|' /C calc'!A0",
    "http://a.b/",
    '"r1"',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_no_formula_anywhere(tmp_path: Path, document: Document, text: str) -> None:
    entry = hostile(document, text)
    for report in entry["reports"]:
        report["id"] = text
    sheets = openpyxl.load_workbook(written(tmp_path / "out.xlsx", entry)).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows(min_row=2) for cell in row]
    active = {str(cell.value) for cell in cells if cell.data_type == "f" or cell.hyperlink}
    shown = text.replace("\r", "\n").replace('"', '""')
    assert active == {f'=HYPERLINK("#\'报告\'!A2","{shown}")'}
    for suffix, delimiter in (("csv", ","), ("tsv", "\t")):
        with written(tmp_path / f"out.{suffix}", entry).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter=delimiter))[1:]
        written_text = rows[0][COLUMNS.index("name")]
        assert written_text == (text if text[0] in '{h"' else f"'{text}")
        first = [cell.lstrip("\ufeff\u200b \u3000\n")[:1] for row in rows for cell in row]
        assert not set(first) & set("=+-@\t\r＝＋－＠")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x08c\x0bd\x1fe\ufffef", "abcdef"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("<r><x></r>", "<r><x></r> "),
        ("<b>&amp;", "<b>&amp;"),
        ("收" * 40_000, "收" * (MOST_UNITS - 1) + "…"),
        ("📈" * 20_000, "📈" * ((MOST_UNITS - 1) // 2) + "…"),
        (" 空 ", " 空 "),
    ],
    ids=["controls", "line ends", "rich", "markup", "long", "long astral", "spaces"],
)
def test_cells_hold_what_a_workbook_can(tmp_path: Path, document: Document, text: str, shown: str) -> None:
    path = written(tmp_path / "out.xlsx", hostile(document, text))
    assert [row[7] for row in sheet_rows(path, "指标")[1:]] == [shown] * len(document.reports[0].metrics)
    assert cell_text(shown.strip()) in {shown, shown.strip()}


def numbered(document: Document, *values: float) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(document.model_dump_json())
    for metric, value in zip(entry["reports"][0]["metrics"], values, strict=False):
        metric["value"] = value
    return entry


def test_numbers_too_long_for_a_program_keep_their_digits(tmp_path: Path, document: Document) -> None:
    values = (10**15 - 1, 12345678901234567890, -0.000125, 10**200)
    entry = numbered(document, *values)
    cells = [row[9] for row in sheet_rows(written(tmp_path / "a.xlsx", entry), "指标")[1:5]]
    assert cells == [values[0], str(values[1]), values[2], str(values[3])]
    with sqlite3.connect(written(tmp_path / "a.sqlite", entry)) as link:
        found = [value for (value,) in link.execute("SELECT value FROM metrics ORDER BY id LIMIT 4")]
    assert found == [values[0], float(values[1]), values[2], float(values[3])]


def test_dates_before_1900_are_text(tmp_path: Path, document: Document) -> None:
    entry = json.loads(document.model_dump_json())
    entry["reports"][0]["issued"]["date"] = "0949-10-01"
    row = sheet_rows(written(tmp_path / "out.xlsx", entry), "报告")[1]
    assert row[[column.name for column in REPORTS].index("issued")] == "0949-10-01"


@pytest.fixture
def database(tmp_path: Path, documents: dict[Path, Document]) -> Iterator[sqlite3.Connection]:
    link = sqlite3.connect(written(tmp_path / "out.sqlite", *documents.values()))
    yield link
    link.close()


def test_database_holds_everything_and_its_keys_hold(
    database: sqlite3.Connection, documents: dict[Path, Document]
) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    reports = [report for document in documents.values() for report in document.reports]
    counts = {
        "documents": len(documents),
        "reports": len(reports),
        "sections": sum(1 for report in reports for _ in walk(report.sections)),
        "metrics": sum(len(report.metrics) for report in reports),
        "diagnostics": sum(len(r.diagnostics) for r in reports)
        + sum(len(document.diagnostics) for document in documents.values()),
    }
    for table, count in counts.items():
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)
    query = """SELECT file, report, m.metric, c.metric, p.metric, section FROM metrics AS m
        JOIN reports AS r ON r.id = m.report_id JOIN documents AS d ON d.id = r.document_id
        LEFT JOIN sections AS s ON s.id = m.section_id LEFT JOIN metrics AS c ON c.id = m.change_of
        LEFT JOIN metrics AS p ON p.id = m.part_of ORDER BY m.id"""
    assert database.execute(query).fetchall() == [
        (document.source.path, report.id, m.id, m.change_of, m.part_of, m.section_id)
        for document in documents.values()
        for report in document.reports
        for m in report.metrics
    ]


def test_database_rows_are_the_rows_of_the_other_tables(
    database: sqlite3.Connection, documents: dict[Path, Document]
) -> None:
    names = ("file", "report", "organisation", "section", "name", "value", "unit", "text", "sentence", "rule")
    found = database.execute(f"SELECT {', '.join(names)} FROM metric_rows ORDER BY id").fetchall()
    assert found == [tuple(row[name] for name in names) for row in metric_rows(documents)]


def test_database_has_indexes_for_its_keys(database: sqlite3.Connection) -> None:
    for table in ("reports", "sections", "metrics", "diagnostics"):
        keys = {row[3] for row in database.execute(f"PRAGMA foreign_key_list({table})")}
        indexed = {
            database.execute(f"PRAGMA index_info({row[1]})").fetchone()[2]
            for row in database.execute(f"PRAGMA index_list({table})")
        }
        assert keys
        assert keys <= indexed


def test_views_answer_the_usual_questions(tmp_path: Path, document: Document) -> None:
    with sqlite3.connect(written(tmp_path / "out.sqlite", document)) as link:
        values = "SELECT organisation, year, value, unit FROM metric_values WHERE name = '门诊量'"
        assert link.execute(values).fetchall() == [("某县人民医院", 2021, 125000, "人次")]
        changes = "SELECT name, signed_value, unit, level_value FROM changes ORDER BY signed_value"
        assert [row[1:] for row in link.execute(changes)] == [(-3, "%", 12000), (8.1, "%", 125000)]
        targets = "SELECT value, bound FROM targets"
        assert link.execute(targets).fetchall() == [(130000, "min")]


def test_chosen_columns_keep_their_order(tmp_path: Path, document: Document) -> None:
    fields = ("value", "name", "report")
    with written(tmp_path / "out.csv", document, fields=fields).open(encoding="utf-8-sig") as file:
        assert file.readline() == "value,name,report\n"
    path = written(tmp_path / "out.xlsx", document, fields=fields)
    assert sheet_rows(path, "指标")[:2] == [("数值", "指标", "报告"), (125000, "门诊量", "r1")]
    line = written(tmp_path / "out.jsonl", document, fields=fields).read_text(encoding="utf-8").split("\n")[0]
    assert list(json.loads(line)) == list(fields)


@pytest.mark.parametrize("fields", [("nmae",), ("name", "指标"), ()])
def test_unknown_and_doubled_columns_are_refused(fields: tuple[str, ...]) -> None:
    with pytest.raises(OutputError):
        choose(fields)
    assert [column.name for column in choose(("指标", "value"))] == ["name", "value"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_is_whole_or_what_it_was(tmp_path: Path, document: Document, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_bytes(b"before")
    with suppress(KeyboardInterrupt), open_tables([path, tmp_path / "other.csv"]) as tables:
        tables.add(document)
        raise KeyboardInterrupt
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"before"
    first = written(path, document).read_bytes()
    assert first != b"before"
    assert written(path, document).read_bytes() == first
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_sentences_do_not_need_the_text(tmp_path: Path, documents: dict[Path, Document], suffix: str) -> None:
    def without_text(document: Document) -> dict[str, Any]:
        entry: dict[str, Any] = json.loads(document.model_dump_json())
        entry["source"]["text"] = None
        return entry

    with_text = written(tmp_path / f"a{suffix}", *documents.values()).read_bytes()
    entries = [without_text(document) for document in documents.values()]
    assert written(tmp_path / f"b{suffix}", *entries).read_bytes() == with_text


@pytest.mark.parametrize(
    "names", [("a.txt",), ("a",), ("a.csv", "./a.csv"), ("folder.csv",), ("missing/a.csv",)]
)
def test_targets_that_cannot_be(tmp_path: Path, names: tuple[str, ...]) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputError):
        open_tables([tmp_path / name for name in names])
    assert [item.name for item in tmp_path.iterdir()] == ["folder.csv"]


@pytest.mark.parametrize(
    "entry",
    [{}, {"schema_version": "1.0"}, {"schema_version": "2.0", "reports": []}, {"path": "a", "sha256": "b"}],
)
def test_other_json_is_refused_and_nothing_of_it_is_written(tmp_path: Path, entry: dict[str, Any]) -> None:
    with open_tables([tmp_path / "out.csv"]) as tables, pytest.raises(InputError):
        tables.add(entry)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").count("\n") == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('{"a":1}\n{"a":2}\n', ["dict", "dict"]),
        ('\ufeff{"a":1}', ["dict"]),
        ('{\n "a": 1\n}\n{\n "a": 2\n}\n', ["dict", "dict"]),
        ('{"a":1}\n{"a":\n{"a":3}\n', ["dict", "InputError", "dict"]),
        ("[1]", ["InputError"]),
        ("{\n", ["InputError"]),
        ("\x00\xff", ["InputError"]),
        ("[" * 100_000, ["InputError"]),
        ("", []),
    ],
    ids=["lines", "mark", "indented", "broken line", "list", "cut", "binary", "deep", "empty"],
)
def test_results_are_read_one_at_a_time(tmp_path: Path, text: str, kinds: list[str]) -> None:
    path = tmp_path / "in.json"
    path.write_text(text, encoding="utf-8")
    assert [type(entry).__name__ for entry in read_results(str(path))] == kinds


WRITER = """
import resource, sys
from pathlib import Path
from summaryparse import Document
from summaryparse.tabular import SUFFIXES, open_tables

document = Document.model_validate_json(sys.stdin.buffer.read())
report = document.reports[0]
report = report.model_copy(update={"metrics": (report.metrics * 50)[:50]})
paths = [Path(sys.argv[1], f"out{suffix}") for suffix in SUFFIXES]
with open_tables(paths, ("report", "name", "value", "sentence")) as tables:
    for index in range(int(sys.argv[2]) // 50):
        source = document.source.model_copy(update={"path": f"{index}.txt"})
        tables.add(document.model_copy(update={"source": source, "reports": (report,)}))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, document: Document) -> None:
    peaks = []
    for rows in (800, 4_000):
        command = [sys.executable, "-c", WRITER, str(tmp_path), str(rows)]
        data = document.model_dump_json().encode()
        run = subprocess.run(command, input=data, capture_output=True, check=True, timeout=100)
        peaks.append(int(run.stdout))
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 4_000
    assert peaks[1] < peaks[0] * 1.1


def csv_of(documents: Iterable[Document]) -> bytes:
    """What `extract --format csv -o` writes."""
    lines = (
        line for document in documents for line in csv_lines(document.source, document.reports, Screen())
    )
    return ("\ufeff" + header() + "".join(lines)).encode()


def test_table_of_a_folder_of_results(cli: Cli, tmp_path: Path, documents: dict[Path, Document]) -> None:
    results = tmp_path / "results"
    (results / "b").mkdir(parents=True)
    (results / ".hidden").mkdir()
    first, *others = documents.values()
    (results / "a.json").write_text(first.model_dump_json(indent=2), encoding="utf-8")
    lines = (line for document in others for line in report_lines(document.source, document.reports))
    (results / "b" / "c.jsonl").write_text("".join(lines), encoding="utf-8")
    for name in ("manifest.jsonl", "manifest-2-of-12.jsonl", ".hidden/x.json", "notes.txt"):
        (results / name).write_text("no result", encoding="utf-8")
    out = [tmp_path / "out.csv", tmp_path / "out.sqlite"]
    run = cli("table", results, "-o", out[0], "-o", out[1])
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert out[0].read_bytes() == csv_of(documents.values())
    with sqlite3.connect(out[1]) as link:
        assert link.execute("SELECT count(*) FROM documents").fetchone() == (len(SAMPLES),)


def test_bad_results_are_named_and_the_rest_is_done(here: Cli, tmp_path: Path, document: Document) -> None:
    good = document.model_dump_json().encode() + b"\n"
    out = tmp_path / "out.csv"
    run = here("table", "-", tmp_path / "missing.json", "-o", out, data=b"{}\n" + good + b'{"\n')
    lines = run.stderr.decode("utf-8").splitlines()
    assert (run.returncode, len(lines)) == (1, 3)
    assert all(name in line for name, line in zip((" -", " -", "missing"), lines, strict=True))
    assert out.read_bytes() == csv_of([document])
    assert here("table", tmp_path / "missing.json", "-o", tmp_path / "none.xlsx").returncode == 1
    assert not (tmp_path / "none.xlsx").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("samples",),
        ("samples", "-o", "out.docx"),
        ("samples", "-o", "no-such-folder/out.csv"),
        ("samples", "-o", "/tmp/out.csv", "--fields", "nmae"),
    ],
)
def test_wrong_usage(here: Cli, arguments: tuple[str, ...]) -> None:
    run = here("table", *arguments)
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"Traceback" not in run.stderr


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_reads_the_workbook_back(tmp_path: Path, documents: dict[Path, Document]) -> None:
    entry = hostile(next(iter(documents.values())), "=1+1")
    path = written(tmp_path / "out.xlsx", entry, *documents.values())
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    for title in ("指标", "报告", "章节", "提示"):
        with (tmp_path / f"out-{title}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        expected = [["" if v is None else shown(v) for v in row] for row in sheet_rows(path, title)]
        assert found == expected


def shown(value: Any) -> str:
    """A cell as LibreOffice exports its content: dates without a time, fifteen digits of a number."""
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def test_a_workbook_is_sound_xml(tmp_path: Path, document: Document) -> None:
    path = written(tmp_path / "out.xlsx", hostile(document, "<r><x></r>"), hostile(document, "\x01&<\ufffe>"))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    assert len(sheet_rows(path, "指标")) == 2 * len(document.reports[0].metrics) + 1
