"""Tables that were flattened to text: their figures, and the lines that are none."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summaryparse.cells import Cell
from summaryparse.normalise import fold
from summaryparse.rules import default_rules
from summaryparse.spans import Span
from summaryparse.tables import LINE, find_tables, table_lines, trim

RULES = default_rules()


def paragraphs(text: str) -> list[Span]:
    return [trim(text, *m.span()) for m in LINE.finditer(text) if m[0].strip()]


def read(text: str) -> tuple[list[Cell], list[str]]:
    folded = fold(text).folded
    cells, rest = find_tables(folded, paragraphs(text), RULES)
    return cells, [text[slice(*span)] for span in rest]


def shown(text: str, cell: Cell) -> str:
    """The figure as written, its name, value and unit, and what else is said of it."""
    said = [cell.period, cell.direction, cell.base, cell.bound if cell.bound != "exact" else ""]
    said += ["target" if cell.target else "", cell.kind if cell.kind != "level" else ""]
    words = [text[slice(*cell.span)], "=", cell.name, f"{cell.value:f}{cell.unit}", *said]
    return " ".join(word for word in words if word)


TABS = """\
各科室运行情况见下表：
科室\t门诊量（万人次）\t上年同期（万人次）\t同比（±%）\t次均费用（元）
内科\t1.25\t1.30\t-3.8\t212.5
外科\t0.86\t—\t\t305
"""
STACKED_YEARS = """\
年度
出院人数（人）
平均住院日（天）
抗菌药物使用率/%
2021年
18,204
8.1
41.2
2022年
17 960
7.9
39.0
"""
BARE_YEARS = """\
年份
献浆人次
血浆量（吨）
2019
3021
3.5
2020
2810
3.1
合计
5831
6.6
"""
GAPS = """\
单位：万元
序号  项 目  预算数  决算数  完成率
1  基本支出  320.5  318.2  99.3%
2  项目支出  1 210.0  1 105.4  91.4%
合  计  1530.5  1423.6  93.0%
"""
UNIT_COLUMN = """\
指标 单位 2022年 2023年 增长（%）
门诊总量 万人次 12.5 13.1 4.8
药品收入 亿元 2.1 1.9 -9.5
平均住院日 天 8.2 7.9 -3.7
"""
STACKED_UNITS = """\
指标名称
计量单位
本年
上年
一、总收入
万元
1234.5
1100.2
其中：医疗收入
万元
1000
/
（二）开放床位
张
600
580
"""
MARKDOWN = """\
| 县区 | 建档人数 | 占比（%） | 全市位次 |
|------|---------:|:---:|---|
| 甲县 | 1,234 | 33.1 | 第1 |
| 乙县 | 980 | 26.3 | 第2 |
"""
TWO_LEVELS = """\
病种\t发病数（例）\t\t死亡数（例）\t
\t2022年\t2021年\t2022年\t2021年
水痘\t120\t95\t0\t0
猩红热\t31\t40\t1\t0
"""
NO_HEADER = """\
急诊人次  1.3万人次
住院手术  8210台次
体检人数  3210人
"""
GOALS = """\
指标\t2023年实际\t2024年目标值\t责任科室
疫苗接种率\t93.2%\t≥95%\t免疫科
报告及时率\t98%↑\t100%\t应急办
"""
WORDS_OF_CHANGE = """\
月份　门诊量（人次）　环比
1月　3200　上升5.1%
2月　2800　下降12.5%
3月　2800　持平
"""
SUBHEADINGS = """\
机构  数量（个）  增减（个）
医院类
综合医院  12  -1
中医医院  4  0
基层类
卫生院  30  +2
诊所  210  15
"""

BARS_OUTSIDE = """\
| 指标名称 | 单位 | 数量 |
| 一、综合 | ||
| （一）区划 | ||
| 1.镇 | 个 | 679 |
| 2.乡 | 个 | 400 |
| 二、社会工作 | ||
| （1）孤儿数 | 人 | 1,374 |
| 补助标准 | 元/人·月 | 1,245.0 |
"""
BAR_BEHIND = """\
主要农产品产量 | |
单位：吨 | |
产品名称 | 产量 |
粮食 | 3972 |
#稻谷 | 2787 |
棉花 | 58 |
"""
CLASSES = """\
指标 | 年末数（万人） | 比重（%） |
常住人口 | 309 | 100.0 |
其中：0—14岁 | 28 | 9.3 |
15—64岁 | 226 | 72.9 |
65岁及以上 | 55 | 17.8 |
"""
INDEX = """\
指标 | 上年=100 |
居民消费价格 | 101.9 |
其中：食品 | 98.2 |
"""
TWO_SIDES = """\
单位：万元
收入 |
执行数 |
支出 |
执行数 |
总计 |
745 |
总计 |
745 |
一、本级收入 |
260 |
一、本级支出 |
763 |
上年结转 |
59 |
|
|
|
|
二、债务还本 |
51 |
"""
BARS_BETWEEN = """\
全年完成运输量如下。
|
单位
|
绝对数
|
比上年增长（%）
|
货运量
|
万吨
|
491.5
|
0.7
|
其中：铁路
|
万吨
|
32.3
|
-4.8
|
公路货运平稳增长。
"""

TWO_LEVELS_STACKED = """\
表1 医疗服务量

诊疗人次数（万人次）

诊疗人次增长（%）

出院人数（万人）

2018

1-10

2019

1-10

2018

1-10

2019

1-10

各类机构合计

682.8

701.9

2.8

205.0

210.3

一、医院

292.7

308.7

5.6

162.0

167.2
"""

CORNER_LOST = """\
表1 播种情况 | |||
面积（千公顷） | 单产（公斤/公顷） | 总产量（万吨） | |
全年粮食 | 113.5 | 5.4 | 62.5 |
一、分季节 | |||
1、夏粮 | 27.4 | 5.0 | 14.0 |
早稻 | — | | |
秋粮 | 79.8 | 5.5 | 44.2 |
"""
ORDINALS_WITHOUT_HEAD = """\
| 地区 | 当月产量（万吨） | 累计增长（%） | |
|---|---|---|---|
| 1 | 甲市 | 0.02 | -2.5 |
| 2 | 乙市 | 3.77 | 6.8 |
"""
NUMBERED_COLUMNS = """\
| 统计月报表 | ||||
| 编制单位：某省 | 2020年度01月份 | |||
| 指标名称 | 单 位 | 数量 | 上期 | 环比 |
| 甲 | 乙 | 1 | 2 | 3 |
| 一、综合 | ||||
| A 镇合计 | 个 | 251 | 270 | -7.04 |
| 2.苏木 | 个 | |||
| 3.街道 | 个 | 184 | 180 | 2.22 |
"""
YEARS_BELOW = """\
| 单位：亿美元 | ||||||
| 国家和地区 | 旅游支出 | 旅游收入 | ||||
| 2008 | 2009 | 2008 | 2009 | |||
| 甲国 | 770.9 | 1037.4 | 828.8 | 1143.8 | ||
| 乙国 | 24.7 | 41.0 | 31.8 | 44.1 | ||
"""
LAST_HEAD_DIVIDED = """\
单位：人、%
地区
人口数
比重[6]
2020年
2010年
全 国[5]
141177
100.00
100.00
甲省
2189
1.55
1.46
"""
SUBHEADINGS_BELOW_HEADS = """\
指 标
|
单 位
|
数 量
|
1.优抚
|
|
|
优抚对象
|
万人
|
467.0
|
安置义务兵
|
万人
|
1.3
|
2.救济
|
|
|
月人均支出
|
元/人、月
|
92.6
|
"""

SUBHEADINGS_STACKED = """\
指标名称
单位
数量
一、综合
（一）区划
乡镇合计
个
1,107
1.镇
个
653
（二）事业费支出
万元
76.3
二、社会工作
1.孤儿数
人
3,280
以上为年报数。
"""

CASES = {
    "one cell a line, subheadings": (
        SUBHEADINGS_STACKED,
        [
            "1,107 = 乡镇合计 1107个",
            "653 = 镇 653个",
            "76.3 = 事业费支出 763000元",
            "3,280 = 孤儿数 3280人",
        ],
        ["以上为年报数。"],
    ),
    "a corner that was lost, a unit of two units, rows without figures": (
        CORNER_LOST,
        [
            "113.5 = 粮食面积 113500公顷 全年",
            "5.4 = 粮食单产 5.4公斤/公顷 全年",
            "62.5 = 粮食总产量 625000吨 全年",
            "27.4 = 夏粮面积 27400公顷",
            "5.0 = 夏粮单产 5公斤/公顷",
            "14.0 = 夏粮总产量 140000吨",
            "79.8 = 秋粮面积 79800公顷",
            "5.5 = 秋粮单产 5.5公斤/公顷",
            "44.2 = 秋粮总产量 442000吨",
        ],
        ["表1 播种情况 | |||"],
    ),
    "ordinals without a head": (
        ORDINALS_WITHOUT_HEAD,
        [
            "0.02 = 甲市产量 200吨 当月",
            "2.5 = 甲市产量 2.5% down change",
            "3.77 = 乙市产量 37700吨 当月",
            "6.8 = 乙市产量 6.8% up change",
        ],
        [],
    ),
    "a row that numbers the columns, a caption of two cells": (
        NUMBERED_COLUMNS,
        [
            "251 = 镇合计 251个",
            "270 = 镇合计 270个 上期",
            "7.04 = 镇合计 7.04% down 环比 change",
            "184 = 街道 184个",
            "180 = 街道 180个 上期",
            "2.22 = 街道 2.22% up 环比 change",
        ],
        ["| 统计月报表 | ||||", "| 编制单位：某省 | 2020年度01月份 | |||"],
    ),
    "heads of several columns above years": (
        YEARS_BELOW,
        [
            "770.9 = 甲国旅游支出 77090000000美元 2008年",
            "1037.4 = 甲国旅游支出 103740000000美元 2009年",
            "828.8 = 甲国旅游收入 82880000000美元 2008年",
            "1143.8 = 甲国旅游收入 114380000000美元 2009年",
            "24.7 = 乙国旅游支出 2470000000美元 2008年",
            "41.0 = 乙国旅游支出 4100000000美元 2009年",
            "31.8 = 乙国旅游收入 3180000000美元 2008年",
            "44.1 = 乙国旅游收入 4410000000美元 2009年",
        ],
        [],
    ),
    "one cell a line, only the last head divided, footnotes": (
        LAST_HEAD_DIVIDED,
        [
            "141177 = 全国人口数 141177人",
            "100.00 = 全国比重 100% 2020年",
            "100.00 = 全国比重 100% 2010年",
            "2189 = 甲省人口数 2189人",
            "1.55 = 甲省比重 1.55% 2020年",
            "1.46 = 甲省比重 1.46% 2010年",
        ],
        [],
    ),
    "bars on lines of their own, subheadings below the heads": (
        SUBHEADINGS_BELOW_HEADS,
        [
            "467.0 = 优抚对象 4670000人",
            "1.3 = 安置义务兵 13000人",
            "92.6 = 月人均支出 92.6元/人、月",
        ],
        [],
    ),
    "one cell a line, two levels of heads, months below their year": (
        TWO_LEVELS_STACKED,
        [
            "682.8 = 各类机构合计诊疗人次数 6828000人次 2018年1-10月",
            "701.9 = 各类机构合计诊疗人次数 7019000人次 2019年1-10月",
            "2.8 = 各类机构合计诊疗人次 2.8% up change",
            "205.0 = 各类机构合计出院人数 2050000人 2018年1-10月",
            "210.3 = 各类机构合计出院人数 2103000人 2019年1-10月",
            "292.7 = 医院诊疗人次数 2927000人次 2018年1-10月",
            "308.7 = 医院诊疗人次数 3087000人次 2019年1-10月",
            "5.6 = 医院诊疗人次 5.6% up change",
            "162.0 = 医院出院人数 1620000人 2018年1-10月",
            "167.2 = 医院出院人数 1672000人 2019年1-10月",
        ],
        ["表1 医疗服务量"],
    ),
    "bars on both sides, subheadings, numbered labels, a unit that no rule knows": (
        BARS_OUTSIDE,
        [
            "679 = 镇 679个",
            "400 = 乡 400个",
            "1,374 = 孤儿数 1374人",
            "1,245.0 = 补助标准 1245元/人·月",
        ],
        [],
    ),
    "a bar behind each row, caption and unit as rows": (
        BAR_BEHIND,
        ["3972 = 粮食产量 3972吨", "2787 = 稻谷产量 2787吨", "58 = 棉花产量 58吨"],
        ["主要农产品产量 | |"],
    ),
    "classes of age": (
        CLASSES,
        [
            "309 = 常住人口 3090000人 年末",
            "100.0 = 常住人口比重 100%",
            "28 = 0—14岁 280000人 年末",
            "9.3 = 0—14岁比重 9.3%",
            "226 = 15—64岁 2260000人 年末",
            "72.9 = 15—64岁比重 72.9%",
            "55 = 65岁及以上 550000人 年末",
            "17.8 = 65岁及以上比重 17.8%",
        ],
        [],
    ),
    "two rows of an index": (INDEX, ["101.9 = 居民消费价格 101.9", "98.2 = 食品 98.2"], []),
    "one cell and a bar a line, tables side by side": (
        TWO_SIDES,
        [
            "745 = 收入总计执行数 7450000元",
            "745 = 支出总计执行数 7450000元",
            "260 = 本级收入执行数 2600000元",
            "763 = 本级支出执行数 7630000元",
            "59 = 上年结转执行数 590000元",
            "51 = 债务还本执行数 510000元",
        ],
        [],
    ),
    "bars on lines of their own": (
        BARS_BETWEEN,
        [
            "491.5 = 货运量 4915000吨",
            "0.7 = 货运量 0.7% up 比上年 change",
            "32.3 = 铁路 323000吨",
            "4.8 = 铁路 4.8% down 比上年 change",
        ],
        ["全年完成运输量如下。", "公路货运平稳增长。"],
    ),
    "tabs, past period, empty cells": (
        TABS,
        [
            "1.25 = 内科门诊量 12500人次",
            "1.30 = 内科门诊量 13000人次 上年同期",
            "3.8 = 内科门诊量 3.8% down 同比 change",
            "212.5 = 内科次均费用 212.5元",
            "0.86 = 外科门诊量 8600人次",
            "305 = 外科次均费用 305元",
        ],
        ["各科室运行情况见下表："],
    ),
    "one cell a line, years": (
        STACKED_YEARS,
        [
            "18,204 = 出院人数 18204人 2021年",
            "8.1 = 平均住院日 8.1天 2021年",
            "41.2 = 抗菌药物使用率 41.2% 2021年",
            "17 960 = 出院人数 17960人 2022年",
            "7.9 = 平均住院日 7.9天 2022年",
            "39.0 = 抗菌药物使用率 39% 2022年",
        ],
        [],
    ),
    "one cell a line, years without 年": (
        BARE_YEARS,
        [
            "3021 = 献浆人次 3021人次 2019年",
            "3.5 = 血浆量 3.5吨 2019年",
            "2810 = 献浆人次 2810人次 2020年",
            "3.1 = 血浆量 3.1吨 2020年",
            "5831 = 合计献浆人次 5831人次",
            "6.6 = 合计血浆量 6.6吨",
        ],
        [],
    ),
    "gaps, ordinals, a total, a unit line": (
        GAPS,
        [
            "320.5 = 基本支出预算数 3205000元 target",
            "318.2 = 基本支出决算数 3182000元",
            "99.3% = 基本支出完成率 99.3%",
            "1 210.0 = 项目支出预算数 12100000元 target",
            "1 105.4 = 项目支出决算数 11054000元",
            "91.4% = 项目支出完成率 91.4%",
            "1530.5 = 合计预算数 15305000元 target",
            "1423.6 = 合计决算数 14236000元",
            "93.0% = 合计完成率 93%",
        ],
        [],
    ),
    "single spaces, a unit column": (
        UNIT_COLUMN,
        [
            "12.5 = 门诊总量 125000人次 2022年",
            "13.1 = 门诊总量 131000人次 2023年",
            "4.8 = 门诊总量 4.8% up change",
            "2.1 = 药品收入 210000000元 2022年",
            "1.9 = 药品收入 190000000元 2023年",
            "9.5 = 药品收入 9.5% down change",
            "8.2 = 平均住院日 8.2天 2022年",
            "7.9 = 平均住院日 7.9天 2023年",
            "3.7 = 平均住院日 3.7% down change",
        ],
        [],
    ),
    "one cell a line, markers before labels": (
        STACKED_UNITS,
        [
            "1234.5 = 总收入 12345000元 本年",
            "1100.2 = 总收入 11002000元 上年",
            "1000 = 医疗收入 10000000元 本年",
            "600 = 开放床位 600张 本年",
            "580 = 开放床位 580张 上年",
        ],
        [],
    ),
    "markdown, ranks": (
        MARKDOWN,
        [
            "1,234 = 甲县建档人数 1234人",
            "33.1 = 甲县占比 33.1%",
            "1 = 甲县全市位次 1 rank",
            "980 = 乙县建档人数 980人",
            "26.3 = 乙县占比 26.3%",
            "2 = 乙县全市位次 2 rank",
        ],
        [],
    ),
    "two header rows": (
        TWO_LEVELS,
        [
            "120 = 水痘发病数 120例 2022年",
            "95 = 水痘发病数 95例 2021年",
            "0 = 水痘死亡数 0例 2022年",
            "0 = 水痘死亡数 0例 2021年",
            "31 = 猩红热发病数 31例 2022年",
            "40 = 猩红热发病数 40例 2021年",
            "1 = 猩红热死亡数 1例 2022年",
            "0 = 猩红热死亡数 0例 2021年",
        ],
        [],
    ),
    "labels and figures, no header": (
        NO_HEADER,
        ["1.3万人次 = 急诊人次 13000人次", "8210台次 = 住院手术 8210台次", "3210人 = 体检人数 3210人"],
        [],
    ),
    "aims, bounds, a column of words": (
        GOALS,
        [
            "93.2% = 疫苗接种率 93.2% 2023年",
            "95% = 疫苗接种率 95% 2024年 min target",
            "98% = 报告及时率 98% 2023年",
            "100% = 报告及时率 100% 2024年 target",
        ],
        [],
    ),
    "ideographic spaces, changes in words": (
        WORDS_OF_CHANGE,
        [
            "3200 = 门诊量 3200人次 1月",
            "5.1% = 门诊量 5.1% 1月 up 环比 change",
            "2800 = 门诊量 2800人次 2月",
            "12.5% = 门诊量 12.5% 2月 down 环比 change",
            "2800 = 门诊量 2800人次 3月",
        ],
        [],
    ),
    "subheadings": (
        SUBHEADINGS,
        [
            "12 = 综合医院 12个",
            "1 = 综合医院 1个 down change",
            "4 = 中医医院 4个",
            "0 = 中医医院 0个 change",
            "30 = 卫生院 30个",
            "2 = 卫生院 2个 up change",
            "210 = 诊所 210个",
            "15 = 诊所 15个 up change",
        ],
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected", "rest"), CASES.values(), ids=CASES.keys())
def test_table(text: str, expected: list[str], rest: list[str]) -> None:
    cells, running = read(text)
    assert [shown(text, cell) for cell in cells] == expected
    assert running == rest


def test_text_around_a_table_stays() -> None:
    before, after = "二、运行情况\n全年运行平稳，", "\n以上数据未经审计。\n（三）下一步"
    cells, rest = read(before + "\n" + STACKED_YEARS.rstrip() + after)
    assert len(cells) == 6
    assert rest == [*before.split("\n"), *after.strip().split("\n")]


def test_one_paragraph_of_several_lines_is_divided() -> None:
    text = f"主要数据如下\n{GOALS}数据来源于年报"
    cells, rest = find_tables(fold(text).folded, [(0, len(text))], RULES)
    assert len(cells) == 4
    assert [text[slice(*span)] for span in rest] == ["主要数据如下", "数据来源于年报"]


def test_change_belongs_to_the_column_told_for_two_periods() -> None:
    header = "区县\t发病数（例）\t上年同期（例）\t发病率（/10万）\t增减（%）"
    text = f"{header}\n东区\t30\t20\t5.1\t50\n西区\t10\t20\t2.2\t-50\n"
    cells, _ = read(text)
    changes = [cell for cell in cells if cell.kind == "change"]
    assert [text[slice(*cell.change_of)] for cell in changes if cell.change_of] == ["30", "10"]
    assert {cell.name for cell in changes} == {"东区发病数", "西区发病数"}
    assert [cell.unit for cell in cells if cell.name.endswith("发病率")] == ["/10万", "/10万"]


@pytest.mark.parametrize(
    ("header", "figure", "value", "unit"),
    [
        ("供血量（万单位）", "12.3", "123000", "单位"),
        ("发病率（1/10万）", "5.51", "5.51", "/10万"),
        ("金额（亿元）", "3.9", "390000000", "元"),
        ("金额/万元", "12", "120000", "元"),
        ("出生率（‰）", "6.1", "6.1", "‰"),
        ("占比", "6.1", "6.1", "%"),
        ("抽样（含复检）", "15", "15", ""),
        ("质量（千克）", "15", "15", "千克"),
        ("处理量（百万吨）", "1.5", "1500000", "吨"),
        ("库存", "1.5万件", "15000", "件"),
    ],
)
def test_unit_of_a_header(header: str, figure: str, value: str, unit: str) -> None:
    cells, _ = read(f"名称\t{header}\n甲\t{figure}\n乙\t{figure}\n丙\t{figure}\n")
    assert {(cell.value, cell.unit) for cell in cells} == {(Decimal(value), unit)}
    assert {cell.span[1] - cell.span[0] for cell in cells} == {len(figure)}


NO_TABLES = [
    "首页 |\n新闻 |\n3 |\n关于 |\n5 |\n联系 |",
    "甲市 | 26.2 | 71.4 | 14.0 |\n乙市 | 4.8 | 10.1 | 11.2 |\n丙市 | 7.3 | 36.3 | 19.5 |",
    "年龄 | 45岁 |\n0—14岁 | 备注 |\n男 | 无 |",
    "全年\t接诊病人3.2万人次，其中急诊\t1.1万人次。\n完成\t手术3200台。",
    "地址：某市某路12号\t邮编：430000\t电话：027-88880000\n开户行：某银行\t账号：4200120012\t户名：某医院",
    "首页  机构概况  新闻中心  1  2  3\n信息公开  通知公告  下一页  4  5  6",
    "首页\n新闻\n3\n关于\n5\n联系\n7",
    "姓名  电话\n张某  62118888\n李某  62119999\n王某  62117777",
    "科长  张某  13800001111\n副科长  李某  13900002222\n主任  王某  13700003333",
    "工作回顾  1\n主要成效  3\n存在问题  5\n下步打算  9",
    "- 1 -\n- 2 -\n3\n4\n5",
    "某市卫生健康委员会\n2023年2月9日",
    "热门文章\n1 献血须知10条 (15263)\n2 血液去哪里 (9817)\n3 返还流程 (7740)",
    "一、医疗服务\n二、护理工作\n三、科研教学\n四、后勤保障",
    "门诊量\n12.5\n住院量\n3.2",
    "会议时间 2023年 3月\n会议地点 某楼 301",
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_no_table(text: str) -> None:
    cells, rest = read(text)
    assert cells == []
    assert rest == text.split("\n")
    assert not any(table_lines(fold(text).folded, paragraphs(text), RULES))


def test_lines_of_tables_are_told() -> None:
    text = f"一、基本情况\n表1\n{GAPS}二、存在问题"
    marks = table_lines(fold(text).folded, paragraphs(text), RULES)
    assert marks == [False, False, True, True, True, True, True, False]


LABEL = st.sampled_from(
    [
        "东区",
        "2018年",
        "合计",
        "其中：男",
        "门诊（人次）",
        "增减（%）",
        "单位",
        "2021",
        "一、收入",
        "第一季度",
    ]
)
FIGURE = st.sampled_from(
    ["12", "-3.5", "1,234", "7.2↓", "95%", "—", "", "3.1万元", "≥90", "第3", "2020", "0"]
)
NOISE = st.text(st.sampled_from("一年区12.%（）-，。 \t|\n\u3000上升"), max_size=10)
ROW = st.lists(LABEL | FIGURE | NOISE, min_size=1, max_size=5)


@given(
    st.lists(ROW, max_size=9),
    st.sampled_from(["\t", "  ", " | ", " ", "\n", "\u3000"]),
    st.sampled_from(["\n", "\r\n"]),
)
@example([["增减（%）", "东区", "12"], ["2018年", "东区", "12", "12"]], "\t", "\n")
def test_figures_are_slices_and_never_overlap(rows: list[list[str]], between: str, end: str) -> None:
    text = end.join(between.join(row) for row in rows)
    folded = fold(text).folded
    spans = paragraphs(folded)
    cells, rest = find_tables(folded, spans, RULES)
    ordered = sorted(cell.span for cell in cells)
    assert all(a[1] <= b[0] for a, b in pairwise(ordered))
    assert all(any(c.isdigit() for c in folded[slice(*span)]) and span[0] < span[1] for span in ordered)
    assert all(cell.line[0] <= cell.span[0] and cell.span[1] <= cell.line[1] and cell.name for cell in cells)
    assert all(span[1] <= cell.span[0] or cell.span[1] <= span[0] for span in rest for cell in cells)
    if not cells:
        assert rest == spans


@pytest.mark.parametrize(
    "text",
    [
        "甲\n乙\n1\n2\n",
        "甲 |\n|\n1 |\n",
        "|\n",
        "| 甲 | |\n",
        "1\n",
        "甲\n1\n",
        "词 " * 40 + "\n",
        "\t" * 300 + "1\n",
        "甲\t1\t2\n",
    ],
)
def test_hostile_lines_take_linear_time(text: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        read(text * times)
        return time.process_time() - start

    seconds(20)
    seconds(20)  # compiles what is compiled when it is first used
    assert seconds(2000) < 14 * seconds(200) + 0.5
