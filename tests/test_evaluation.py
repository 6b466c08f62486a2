"""Scores of small annotations against documents made by hand, and the command that prints them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from summaryparse import Document, extract, load_rules
from summaryparse.errors import InputError
from summaryparse.evaluation import Evaluation, Gold, evaluate, find_text, merge, read_gold
from summaryparse.evaluation.rows import number
from summaryparse.evaluation.table import document_table, mistake_lines, phenomenon_table
from tests.conftest import Cli

RULES = load_rules()
CORE: dict[str, Any] = {
    "start": 10,
    "label": "core",
    "value": "12",
    "unit": "张",
    "names": [{"head": "床位", "max": "新增养老床位"}],
    "kind": "level",
    "bound": "exact",
    "status": "actual",
}
FOUND = {
    "id": "m1",
    "section_id": None,
    "name": "养老床位",
    "name_span": None,
    "value": 12,
    "value_max": None,
    "unit": "张",
    "text": "12张",
    "span": (10, 13),
    "dimension": "count",
    "kind": "level",
    "direction": None,
    "baseline": None,
    "bound": "exact",
    "status": "actual",
    "redacted": False,
    "period": None,
    "change_of": None,
    "part_of": None,
    "indicator": None,
    "sentence_span": (0, 20),
    "rule": "unit.count",
}
SECTION = {
    "id": "1",
    "level": 1,
    "kind": "section",
    "marker": "一、",
    "ordinal": 1,
    "heading": "养老服务",
    "heading_span": None,
    "span": (20, 60),
    "run_in": False,
    "paragraphs": [],
    "sections": [],
    "rule": "marker.chinese",
}
REPORT: dict[str, Any] = {
    "id": "r1",
    "span": (0, 100),
    "title": {"text": "某区民政局2024年工作总结", "span": (0, 14)},
    "kind": "summary",
    "organisation": {"text": "某区民政局", "span": (0, 5)},
    "period": {"text": "2024年", "start": "2024-01-01", "end": "2024-12-31"},
    "issued": {"text": "2025年1月6日", "date": "2025-01-06", "span": (90, 99)},
    "document_number": None,
    "preamble": [],
    "closing": [],
    "sections": [],
    "metrics": [],
    "diagnostics": [],
}
META = {
    "at": 0,
    "title": "某区民政局2024年工作总结",
    "organisation": "某区民政局",
    "year": 2024,
    "kind": "summary",
    "issued": "2025-01-06",
}
Part = dict[str, Any]


def document_of(metrics: Sequence[Part] = (), sections: Sequence[Part] = (), **report: Any) -> Document:
    source = {
        "path": "a.txt",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "sha256": "0" * 64,
        "characters": 100,
        "script": "simplified",
    }
    one = {**REPORT, "metrics": [FOUND | m for m in metrics], "sections": sections, **report}
    return Document.model_validate(
        {"schema_version": "1.0", "source": source, "reports": [one], "toc": [], "diagnostics": []}
    )


def compared(gold: Sequence[Part], found: Sequence[Part], **more: Any) -> Evaluation:
    """Rows that differ from the usual one only in what a case says."""
    annotation = Gold.model_validate({"file": "a.txt", "metrics": [CORE | item for item in gold], **more})
    return evaluate(annotation, document_of(found), RULES)


def whats(evaluation: Evaluation) -> list[str]:
    return [mistake.what for mistake in evaluation.mistakes]


@pytest.mark.parametrize(
    ("gold", "found", "mistakes"),
    [
        ({}, {}, []),
        ({}, {"value": 13}, ["quantity"]),
        ({}, {"unit": "个"}, ["quantity"]),
        ({"units": ["个"]}, {"unit": "个"}, []),
        ({"value": "1/4"}, {"value": 0.25}, []),
        ({"value": "1:4"}, {"value": 0.25}, []),
        ({"value": "1,200"}, {"value": 1200}, []),
        ({"value": "1/4", "alts": [{"value": "25", "unit": "%"}]}, {"value": 25, "unit": "%"}, []),
        ({"value": "1/4", "alts": [{"value": "25", "unit": "%"}]}, {"value": 25}, ["quantity"]),
        ({"value_max": "15"}, {"value_max": 15}, []),
        ({"value_max": "15"}, {}, ["quantity"]),
        ({}, {"value_max": 15}, ["quantity"]),
        ({"value": "XX"}, {"value": None, "redacted": True}, []),
        ({"value": "XX"}, {"value": 12}, ["quantity"]),
        ({}, {"span": (11, 13)}, []),
        ({}, {"span": (12, 13)}, ["missed", "spurious"]),
        ({"starts": [12]}, {"span": (12, 13)}, []),
        ({}, {"name": "床位"}, []),
        ({}, {"name": "新增“养老”床位 数"}, []),
        ({}, {"name": "养老"}, ["name"]),
        ({}, {"name": "全区养老床位"}, ["name"]),
        ({}, {"kind": "change", "direction": "up"}, ["attribute"]),
        ({"kind_alt": ["change"]}, {"kind": "change", "direction": "up"}, []),
        ({"kind": "change", "direction": "up"}, {"kind": "change", "direction": "down"}, ["attribute"]),
        ({}, {"bound": "min"}, ["attribute"]),
        ({"bound_alt": ["min"]}, {"bound": "min"}, []),
        ({}, {"status": "target", "name": "养老"}, ["name", "attribute"]),
        ({"label": "optional"}, {"value": 13, "name": "无关"}, []),
        ({"label": "optional"}, {"span": (12, 13)}, ["spurious"]),
    ],
)
def test_row(gold: Part, found: Part, mistakes: list[str]) -> None:
    assert whats(compared([gold], [found])) == mistakes


def test_figures_of_rows() -> None:
    gold: list[Part] = [
        {"start": 10},
        {"start": 20},
        {"start": 30},
        {"start": 40},
        {"start": 50, "label": "optional"},
    ]
    found: list[Part] = [
        {"span": (10, 13)},
        {"span": (20, 23), "name": "养老"},
        {"span": (30, 33), "status": "target"},
        {"span": (50, 53)},
        {"span": (60, 63)},
    ]
    scores = compared(gold, found).figures
    assert scores["core"] == 4
    assert (scores["quantity_p"], scores["quantity_r"]) == (0.75, 0.75)
    assert (scores["triple_p"], scores["triple_r"]) == (0.5, 0.5)
    assert scores["record_f1"] == 0.25
    assert scores["status"] == pytest.approx(2 / 3)
    assert scores["kind"] == 1.0


def test_the_right_one_of_two_at_a_place_is_taken() -> None:
    found = [{"value": 13}, {"value": 12}]
    assert whats(compared([{}], found)) == ["spurious"]
    assert compared([{}], found).figures["quantity_r"] == 1.0


def test_each_metric_answers_once() -> None:
    assert whats(compared([{}, {"start": 11}], [{}])) == ["missed"]


def test_only_the_annotated_part_counts() -> None:
    found = [{}, {"span": (60, 63)}]
    assert whats(compared([{}], found)) == ["spurious"]
    assert whats(compared([{}], found, range=[0, 60])) == []


@pytest.mark.parametrize(
    ("text", "same"),
    [("1/3", "0.333333333"), ("2:1", "2"), ("1,000.50", "1000.5"), ("x", "x"), ("1/0", "1/0")],
)
def test_numbers_are_compared_to_nine_decimals(text: str, same: str) -> None:
    assert number(text) == number(same)


def test_nothing_annotated_and_nothing_found_is_all_right() -> None:
    scores = compared([], []).figures
    assert (scores["record_f1"], scores["section_f1"], scores["meta"]) == (1.0, 1.0, 1.0)


def test_nothing_found_is_all_wrong() -> None:
    scores = compared([{}], []).figures
    assert (scores["record_p"], scores["record_r"], scores["record_f1"]) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("row", "phenomena"),
    [
        ({}, {"dimension count"}),
        ({"unit": "%", "name": "养老床位占比"}, {"dimension ratio", "share"}),
        ({"unit": "%", "name": "养老床位使用率"}, {"dimension ratio"}),
        ({"unit": "元"}, {"dimension currency"}),
        ({"unit": "天"}, {"dimension duration"}),
        ({"unit": ""}, {"dimension none"}),
        ({"unit": "位", "kind": "rank"}, {"dimension rank", "kind rank"}),
        ({"kind": "change", "direction": "up"}, {"dimension count", "kind change", "direction up"}),
        ({"bound": "min", "status": "target"}, {"dimension count", "bound min", "status target"}),
        ({"value_max": 15}, {"dimension count", "range"}),
        ({"value": None, "redacted": True}, {"dimension count", "masked"}),
    ],
)
def test_phenomena_are_the_same_on_both_sides(row: Part, phenomena: set[str]) -> None:
    gold = {key: value for key, value in row.items() if key not in {"name", "redacted"}}
    if row.get("redacted"):
        gold["value"] = "XX"
    if "name" in row:
        gold["names"] = [{"head": row["name"], "max": row["name"]}]
    scores = compared([gold], [row]).phenomena
    assert set(scores) == phenomena
    assert all(figures["record_f1"] == 1.0 for figures in scores.values())


def test_precision_of_a_phenomenon_is_over_what_was_taken_for_it() -> None:
    gold: list[Part] = [{"start": 10, "bound": "min"}, {"start": 20}, {"start": 30}]
    found = [{"span": (start, start + 3), "bound": "min"} for start in (10, 20)]
    scores = compared(gold, found).phenomena["bound min"]
    assert (scores["gold"], scores["found"]) == (1, 2)
    assert (scores["record_p"], scores["record_r"]) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("gold", "found", "mistakes"),
    [
        ({}, {}, []),
        ({"at": 21}, {}, ["section", "section"]),
        ({"parent": 5}, {}, ["parent"]),
        ({"parent": 5, "parents": [None]}, {}, []),
        ({"heading": "养老"}, {}, ["heading"]),
        ({"heading": "养老 服务。"}, {}, []),
        ({"heading": "养老", "accept": ["养老服务"]}, {}, []),
    ],
)
def test_section(gold: Part, found: Part, mistakes: list[str]) -> None:
    item = {"at": 20, "parent": None, "marker": "一、", "heading": "养老服务", **gold}
    annotation = Gold.model_validate({"file": "a.txt", "sections": [item]})
    assert whats(evaluate(annotation, document_of(sections=[SECTION | found]), RULES)) == mistakes


def test_parents_are_told_by_their_offset() -> None:
    child = {**SECTION, "id": "1.1", "level": 2, "span": (30, 60), "heading": "助餐"}
    items = [
        {"at": 20, "parent": None, "heading": "养老服务"},
        {"at": 30, "parent": 20, "heading": "助餐"},
    ]
    annotation = Gold.model_validate({"file": "a.txt", "sections": items})
    found = evaluate(annotation, document_of(sections=[{**SECTION, "sections": [child]}]), RULES)
    assert found.figures["tree_f1"] == 1.0
    flat = evaluate(annotation, document_of(sections=[SECTION, child]), RULES)
    assert flat.figures["section_f1"] == 1.0
    assert flat.figures["tree_f1"] == 0.5


@pytest.mark.parametrize(
    ("gold", "report", "right"),
    [
        ({}, {}, 6),
        ({"title": "某区民政局 2024年工作总结"}, {}, 6),
        ({"title": "别的"}, {}, 5),
        ({"title": "别的", "accept": {"title": ["某区民政局2024年工作总结"]}}, {}, 6),
        ({"year": 2023}, {}, 5),
        ({"year": 2023, "year_alt": [2024]}, {}, 6),
        ({"year": None}, {"period": None}, 6),
        ({"year": None}, {}, 5),
        ({"issued": None}, {"issued": None}, 6),
        ({"issued": "2025-01-07"}, {}, 5),
        ({"kind": "plan"}, {}, 5),
        ({"kind": "plan", "kind_alt": ["summary"]}, {}, 6),
        ({"organisation": None}, {"organisation": None}, 6),
        ({}, {"organisation": None}, 5),
        ({"at": 2}, {}, 6),
        ({"at": 3}, {}, 0),
        ({"at": 7}, {"title": {"text": META["title"], "span": (7, 21)}}, 6),
    ],
)
def test_meta(gold: Part, report: Part, right: int) -> None:
    annotation = Gold.model_validate({"file": "a.txt", "meta": {"reports": [META | gold]}})
    found = evaluate(annotation, document_of(**report), RULES)
    assert found.counts["meta_right"] == right
    assert found.figures["meta"] == right / 6


def test_merged_counts_are_those_of_all_documents() -> None:
    one, other = compared([{}], [{}]), compared([{"start": 50}], [{}])
    both = merge([one, other])
    assert both.figures["core"] == 2
    assert both.figures["record_f1"] == 0.5
    assert both.phenomena["dimension count"]["gold"] == 2
    assert merge([]).figures["core"] == 0


def test_tables_and_mistakes_show_what_a_reader_needs() -> None:
    found = compared([{}, {"start": 50}], [{"name": "养老"}])
    head, columns, line = document_table({"文本": found.figures}).splitlines()
    assert "quantity" in head
    assert columns.split()[:3] == ["document", "core", "P"]
    assert line.split()[:5] == ["文本", "2", "1.000", "0.500", "0.667"]
    assert phenomenon_table(found.phenomena).splitlines()[2].split()[:4] == ["dimension", "count", "2", "1"]
    text = "全区新增养老\n床位\x1b" + "1" * 60
    lines = list(mistake_lines(found.mistakes, text))
    assert len(lines) == 2
    assert all(line.isprintable() for line in map(str.rstrip, lines))
    assert "床位" in lines[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "no annotation"),
        ("{", "no annotation"),
        ('{"metrics": []}', "file"),
        ('{"file": "a.txt", "metrics": [{"start": 1, "label": "core", "value": "1"}]}', "metrics.0"),
        ('{"file": "a.txt", "metrics": [{"start": 1, "label": "perhaps"}]}', "metrics.0.label"),
    ],
)
def test_what_is_no_annotation_is_named(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=f"gold.json: .*{said}"):
        read_gold(path)


def test_text_is_beside_its_annotation_or_in_the_folders_that_are_named(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("gold", "one", "two")]
    for folder in folders:
        folder.mkdir()
        (folder / "a.txt").touch()
    gold, path = Gold(file="a.txt"), folders[0] / "a.json"
    assert find_text(gold, path, ()) == folders[0] / "a.txt"
    assert find_text(gold, path, (tmp_path, folders[2], folders[1])) == folders[2] / "a.txt"
    with pytest.raises(InputError, match=r"a\.txt is not in"):
        find_text(gold, path, (tmp_path,))


TEXT = "某区民政局2024年工作总结\n\n一、养老服务\n全区新增养老床位120张。\n"


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """An annotation beside its text, in which a row is right and another is asked for in vain."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    at = TEXT.index("120")
    items = [CORE | {"start": at, "value": "120"}, CORE | {"start": at + 20, "value": "7"}]
    path = tmp_path / "a.json"
    content = json.dumps({"file": "a.txt", "metrics": items}, ensure_ascii=False)
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(("encoding", "newline"), [("gb18030", "\n"), ("utf-8-sig", "\n"), ("utf-8", "\r\n")])
def test_offsets_are_code_points_of_the_decoded_text(tmp_path: Path, encoding: str, newline: str) -> None:
    path, text = tmp_path / "a.txt", TEXT.replace("\n", newline)
    path.write_bytes(text.encode(encoding))
    gold = Gold.model_validate(
        {"file": "a.txt", "metrics": [CORE | {"start": text.index("120"), "value": 120}]}
    )
    assert evaluate(gold, extract(path), RULES).figures["quantity_f1"] == 1.0


def test_command_prints_scores_and_mistakes_and_writes_them(
    cli: Cli, annotated: Path, tmp_path: Path
) -> None:
    out = tmp_path / "scores.json"
    run = cli("evaluate", annotated, "--json", out, "--errors")
    assert (run.returncode, run.stderr) == (0, b"")
    shown = [line.split() for line in run.stdout.decode("utf-8").splitlines()]
    assert ["a", "2", "1.000", "0.500", "0.667"] in [words[:5] for words in shown]
    assert ["ALL", "2", "1.000", "0.500", "0.667"] in [words[:5] for words in shown]
    assert "missed" in [word for words in shown for word in words]
    scores = json.loads(out.read_text(encoding="utf-8"))
    assert scores["all"]["figures"]["quantity_r"] == 0.5
    assert scores["documents"][0]["gold"] == str(annotated)
    assert "missed" in {error["what"] for error in scores["documents"][0]["errors"]}


def test_command_uses_the_users_rules(cli: Cli, annotated: Path, tmp_path: Path) -> None:
    content = annotated.read_text(encoding="utf-8").replace(CORE["names"][0]["max"], "床位")
    annotated.write_text(content, encoding="utf-8")
    rules, out = tmp_path / "rules", tmp_path / "scores.json"
    rules.mkdir()
    words = ", ".join(f'"{letter}"' for letter in "全区新增养老")
    rule = f'[[words]]\nid = "evaluation.fillers"\nabout = "Mine."\nwords = [{words}]\nexamples = ["新"]\n'
    (rules / "mine.toml").write_text(rule, encoding="utf-8")
    found = []
    for arguments in ((), ("--rules", rules)):
        run = cli("evaluate", annotated, "--json", out, *arguments)
        assert (run.returncode, b"missed" in run.stdout) == (0, False)
        found.append(json.loads(out.read_text(encoding="utf-8"))["all"]["figures"]["triple_r"])
    assert found == [0.0, 0.5]


def test_command_does_the_rest_where_an_annotation_fails(cli: Cli, annotated: Path, tmp_path: Path) -> None:
    missing, alone = tmp_path / "missing.json", tmp_path / "alone.json"
    alone.write_text('{"file": "nowhere.txt"}', encoding="utf-8")
    run = cli("evaluate", missing, annotated, alone)
    assert run.returncode == 1
    first, second = run.stderr.decode("utf-8").splitlines()
    assert "missing.json" in first
    assert "nowhere.txt" in second
    assert b"ALL" in run.stdout
    none = cli("evaluate", missing, "--json", tmp_path / "scores.json")
    assert (none.returncode, none.stdout) == (1, b"")
    assert not (tmp_path / "scores.json").exists()


@pytest.mark.parametrize("arguments", [(), ("{gold}", "--text", "no-such"), ("{gold}", "--json", "{gold}")])
def test_wrong_usage_of_the_command(cli: Cli, annotated: Path, arguments: tuple[str, ...]) -> None:
    run = cli("evaluate", *(argument.format(gold=annotated) for argument in arguments))
    assert (run.returncode, run.stdout) == (2, b"")
    assert json.loads(annotated.read_text(encoding="utf-8"))["file"] == "a.txt"
