"""Which signs at the beginning of a line, or behind a clause boundary, may be markers."""

from __future__ import annotations

import pytest

from summaryparse.markers import Candidate, MarkerRules, keep_plausible
from summaryparse.normalise import fold
from summaryparse.paragraphs import Line, Paragraph
from summaryparse.rules import Marker, default_rules

RULES = default_rules()
MARKERS = MarkerRules(RULES)


def at_line(text: str) -> Candidate | None:
    folded = fold(text).folded
    return MARKERS.line_candidate(folded, Line(0, len(folded), 0, gap=False), 0)


@pytest.mark.parametrize(
    ("line", "marker", "style", "ordinal"),
    [
        ("第一部分 工作回顾", "第一部分 ", "part", 1),
        ("第十二章 附则", "第十二章 ", "chapter", 12),
        ("第二节　门诊管理", "第二节　", "subchapter", 2),
        ("參、財務概況", "參、", "formal", 3),
        ("拾参、附录", "拾参、", "formal", 13),
        ("四、三季度工作要点", "四、", "chinese", 4),
        ("【队伍建设】引进博士2名。", "", "bracketed", None),
        ("拾壹、结语", "拾壹、", "formal", 11),
        ("Ⅱ.主要成效", "Ⅱ.", "roman", 2),
        ("一、工作回顾", "一、", "chinese", 1),
        ("二十三．档案管理", "二十三．", "chinese", 23),
        ("四 后勤保障能力", "四 ", "chinese", 4),
        ("（三）院感防控", "（三）", "chinese-paren", 3),
        ("(十一)、对口支援", "(十一)、", "chinese-paren", 11),
        ("三）设备管理", "三）", "chinese-paren", 3),
        ("㈡人才培养", "㈡", "chinese-paren", 2),
        ("１．加强培训", "１．", "arabic", 1),
        ("12、规范采购", "12、", "arabic", 12),
        ("1.2023年完成改造", "1.", "arabic", 1),
        ("1.20XX年完成改造", "1.", "arabic", 1),
        ("2.3月组织义诊", "2.", "arabic", 2),
        ("3.五一”节前慰问", "3.", "arabic", 3),
        ("2 组织机构", "2 ", "arabic", 2),
        ("1.1总体目标", "1.1", "dotted-1", 1),
        ("2.3.4 例外情形", "2.3.4 ", "dotted-2", 4),
        ("（12）骨科", "（12）", "arabic-paren", 12),
        ("⑵内科", "⑵", "arabic-paren", 2),
        ("2)完善制度", "2)", "arabic-half-paren", 2),
        ("③回访患者", "③", "circled", 3),
        ("b)住院部", "b)", "latin", 2),
        ("二是优化流程", "二是", "ordinal-verb", 2),
        ("三要补齐短板", "三要", "ordinal-verb", 3),
        ("第二，经费不足", "第二，", "ordinal-word", 2),
        ("其次，落实责任", "其次，", "sequence", 2),
        ("## 工作回顾", "## ", "markdown-2", None),
        ("## 三、工作回顾", "## 三、", "chinese", 3),
        ("##工作回顾", "##", "markdown-2", None),
        ("# 工作回顾", "# ", "markdown-1", None),
        ("一、一年来的工作", "一、", "chinese", 1),
        ("二、五年间的变化", "二、", "chinese", 2),
    ],
)
def test_marker_at_a_line_start(line: str, marker: str, style: str, ordinal: int | None) -> None:
    found = at_line(line)
    assert found is not None
    assert (line[found.start : found.end], found.style, found.ordinal) == (marker, style, ordinal)


@pytest.mark.parametrize(
    "line",
    [
        "9.6%；同比下降",
        "3.5万人次",
        "3.5个百分点",
        "1.5T核磁投入使用",
        "2021年6月通过验收",
        "10余场讲座",
        "1,286人次",
        "12月31日",
        "三、四级手术占比35%",
        "一、二季度",
        "一、二年级",
        "#男性",
        "第一要务是发展",
        "第一批专家到岗",
        "第一部分内容已完成",
        "一要求职工参加",
        "三要素齐全",
        "【注】数据有误差",
        "Ⅰ类切口感染率",
        "(2020)年度",
        "(试行)",
        "0.8个单位",
        "百百、",
        "门诊量",
    ],
)
def test_figures_and_words_are_no_markers(line: str) -> None:
    assert at_line(line) is None


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("重点抓三件事：一是建制度；二是强培训，三是严考核。", ["一是", "二是", "三是"]),
        ("为此,我们一是查灾情。二是开会议。", ["一是", "二是"]),
        ("主要一是人员少;二是设备旧。", ["一是", "二是"]),
        ("万一是这样。二是开会议。", ["二是"]),
        ("分为三类:1.门诊;2.住院;3.体检。", ["1.", "2.", "3."]),
        ("包括①急诊，②重症，③麻醉。", ["②", "③"]),
        ("主要有：（1）门诊收入，（2）住院收入。", ["（1）", "（2）"]),
        ("首先，统一思想。其次，压实责任。最后，严格考核。", ["其次，", "最后，"]),
        ("同比增长8.6。2.公共卫生", ["2."]),
        ("任务完成情况 (一)民生工程 1、城乡低保", ["(一)", "1、"]),
        ("达到3.6万元，其中1.2万元为补助", []),
        ("表彰 3名先进个人 2 次", []),
        ("坚持人才第一，质量第二，服务第三", []),
        ("完成三、四级手术；一、二级手术下降", []),
    ],
)
def test_markers_inside_a_paragraph(text: str, markers: list[str]) -> None:
    folded = fold(text).folded
    found = MARKERS.inline_candidates(folded, Paragraph(0, len(text), gap=False, lines=1), 0)
    assert [text[c.start : c.end] for c in found] == markers


def candidate(start: int, ordinal: int, *, paragraph: int = 0, at_line: bool = False) -> Candidate:
    return Candidate(start, start + 2, paragraph, at_line, "chinese-paren", "x", 40, ordinal)


@pytest.mark.parametrize(
    ("candidates", "kept"),
    [
        ([candidate(5, 1)], []),
        ([candidate(5, 1), candidate(9, 2)], [5, 9]),
        ([candidate(5, 2), candidate(9, 3)], []),
        ([candidate(5, 1), candidate(30, 2, paragraph=1, at_line=True)], [5, 30]),
        (
            [candidate(0, 1, at_line=True), candidate(9, 2), candidate(30, 3, paragraph=1, at_line=True)],
            [0, 9, 30],
        ),
        ([candidate(5, 1), candidate(30, 5, paragraph=1, at_line=True)], [30]),
    ],
)
def test_a_marker_inside_a_line_needs_a_neighbour(candidates: list[Candidate], kept: list[int]) -> None:
    assert [c.start for c in keep_plausible(candidates)] == kept


def test_styles_nest_by_rank() -> None:
    ranks = {rule.style: rule.rank for rule in RULES.of(Marker)}
    usual = ["part", "chapter", "subchapter", "chinese", "chinese-paren", "arabic", "arabic-paren", "circled"]
    assert [ranks[style] for style in usual] == sorted(ranks[style] for style in usual)
