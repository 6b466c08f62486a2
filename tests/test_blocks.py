"""Reports, table of contents, chrome and sign-off of files that hold one report or several."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaryparse.blocks import Layout, Report, find_blocks
from summaryparse.normalise import Text, fold
from summaryparse.rules import default_rules

BODY = "一年来，全院职工团结一心，各项工作稳步推进，门诊量达到12万人次。"
PARTS = (
    f"一、主要工作\n{BODY}\n二、存在问题\n人才储备不足，学科发展不平衡。\n"
    "三、下步打算\n继续抓好各项工作落实。"
)


def read(original: str) -> tuple[Text, Layout]:
    text = fold(original)
    return text, find_blocks(text, default_rules())


def cut(text: Text, span: tuple[int, int] | None) -> str | None:
    return None if span is None else "".join(text.original[slice(*span)].split())


def titles(original: str) -> list[str | None]:
    text, layout = read(original)
    return [cut(text, report.title) for report in layout.reports]


def only(original: str) -> tuple[Text, Report]:
    text, layout = read(original)
    assert len(layout.reports) == 1, [cut(text, r.title) for r in layout.reports]
    return text, layout.reports[0]


def chrome(original: str) -> str:
    text, layout = read(original)
    return "\n".join(text.original[slice(*span)] for span in layout.chrome)


@pytest.mark.parametrize(
    ("original", "title"),
    [
        (f"青河县人民医院2021年度工作总结\n{BODY}", "青河县人民医院2021年度工作总结"),
        (f"   2022年工作要点\n\n{BODY}", "2022年工作要点"),
        (f"青河县疾病预防控制中心2021年\n工作总结\n{PARTS}", "青河县疾病预防控制中心2021年工作总结"),
        (f"青河县疾病预防控制中心2021年度工作总\n结\n\n　　{BODY}", "青河县疾病预防控制中心2021年度工作总结"),
        (
            f"青河县民政局\n2021年工作总结和2022年工作打算\n\n{BODY}",
            "青河县民政局2021年工作总结和2022年工作打算",
        ),
        (
            f"青河县民政局2021年工作总结\n暨2022年工作计划\n\n{BODY}",
            "青河县民政局2021年工作总结暨2022年工作计划",
        ),
        (
            f"青河县卫生健康局2021年工作总结和\n2022年工作计划\n\n{BODY}",
            "青河县卫生健康局2021年工作总结和2022年工作计划",
        ),
        (
            f"凝心聚力 真抓实干 开创新局\n——青河县人民医院2021年工作报告\n{BODY}",
            "凝心聚力真抓实干开创新局——青河县人民医院2021年工作报告",
        ),
        (
            f"凝心聚力谋发展——青河县人民医院2021年工作总结\n{BODY}",
            "凝心聚力谋发展——青河县人民医院2021年工作总结",
        ),
        (
            f"青河县第八届人民代表大会第二次会议\n关于青河县2021年预算执行情况和2022年预算的决议\n"
            f"(2022年1月20日青河县第八届人民代表大会第二次会议通过)\n\n{BODY}",
            "青河县第八届人民代表大会第二次会议关于青河县2021年预算执行情况和2022年预算的决议",
        ),
        (
            f"关于青河县2021年预算执行情况和2022年\n预算草案的报告\n{BODY}",
            "关于青河县2021年预算执行情况和2022年预算草案的报告",
        ),
        (
            f"青河县2021年国民经济和社会发展统计公报\n青河县统计局\n2022年3月\n{BODY}",
            "青河县2021年国民经济和社会发展统计公报",
        ),
        (f"学习《某某纲要》2021年工作情况汇报\n{BODY}", "学习《某某纲要》2021年工作情况汇报"),
        (
            f"政府工作报告\n——在青河县第八届人民代表大会第二次会议上\n县长 李某某\n{BODY}",
            "政府工作报告",
        ),
        (f"砥砺奋进谱新篇\n{BODY}\n{PARTS}", "砥砺奋进谱新篇"),
        (
            "財團法人青河醫院　民國112年度院務檢討報告\n"
            f"　　　　112.03.05 第8屆第2次院務會議通過\n壹、前言\n{BODY}",
            "財團法人青河醫院民國112年度院務檢討報告",
        ),
        (
            "关于青河县2021年预算执行情况和2022年\n预算草案的报告\n——2022年1月8日在青河县第八届人民代表大会第二次会议上\n"
            f"青河县财政局局长 李某某\n各位代表：\n{BODY}",
            "关于青河县2021年预算执行情况和2022年预算草案的报告",
        ),
        (
            f"夯实基础 提质增效\n书写健康青河新篇章\n——青河县卫生健康局2021年工作报告\n{BODY}",
            "夯实基础提质增效书写健康青河新篇章——青河县卫生健康局2021年工作报告",
        ),
        (
            f"在改革中前行\n——青河县人民医院2021年工作总结\n{BODY}",
            "在改革中前行——青河县人民医院2021年工作总结",
        ),
        (
            f"第七次人口普查公報[1](第七號)\n——城鄉人口情況\n青河縣統計局\n2021年5月11日\n{BODY}",
            "第七次人口普查公報[1](第七號)——城鄉人口情況",
        ),
        (f"青 河 市\n2021年統計公報\n{BODY}", "青河市2021年統計公報"),
        (
            f"青河县疾病预防控制中心\n2021年度决算公开说明\n{PARTS}",
            "青河县疾病预防控制中心2021年度决算公开说明",
        ),
        (f"• 手機版 | 網站導航\n健康要聞\n某日報 | 2021-06-08 08:25:01\n{BODY}", "健康要聞"),
        (f"返回列表 回復 發帖\n\n門診量創新高\n\n{BODY}", "門診量創新高"),
        (
            f"出版：2026-Jan-20 18:31\n更新：2026-Jan-20 18:31\n急症室求診人次減少\n{BODY}",
            "急症室求診人次減少",
        ),
        (
            f"2022年社会服务统计报表\n发布日期：2022-04-18 16:54\n指标名称单位数量\n{BODY}",
            "2022年社会服务统计报表",
        ),
        (f"指标名称单位数量\n| 甲项 | 12 |\n{BODY}", None),
        (f"1.1结构失衡\n{BODY}\n1.2负担加大\n{BODY}", None),
        (f"各位代表：\n现在，我代表县人民政府，向大会报告工作。\n2021年工作回顾\n{BODY}", None),
        (BODY, None),
        (PARTS, None),
        (f"三、2022年工作计划\n{BODY}", None),
        (f"按照全年工作计划，现将有关情况汇报如下。\n{PARTS}", None),
        ("统计月报表\n| 指标 | 数量 |\n| 二、社会工作 | ||\n| 孤儿数 | 37 |", "统计月报表"),
        (f"首页 |\n新闻 | 公告 |\n青河医院2021年工作总结\n{PARTS}", "青河医院2021年工作总结"),
    ],
)
def test_title_is_read_from_the_lines_that_hold_it(original: str, title: str | None) -> None:
    text, report = only(original)
    assert cut(text, report.title) == title


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        pytest.param(
            f"青河市第一医院2021年工作总结\n{PARTS}\n青河市第二医院2021年工作总结\n{PARTS}",
            ["青河市第一医院2021年工作总结", "青河市第二医院2021年工作总结"],
            id="names",
        ),
        pytest.param(
            f"2020年工作总结\n{PARTS}\n青河县医院\n2021年1月5日\n2021年工作计划\n{PARTS}",
            ["2020年工作总结", "2021年工作计划"],
            id="after a sign-off",
        ),
        pytest.param(
            f"XX卫生院20XX年工作总结\n{PARTS}\nXX卫生院\n20XX年12月10日\n青河卫生院20XX年工作总结\n{PARTS}",
            ["XX卫生院20XX年工作总结", "青河卫生院20XX年工作总结"],
            id="after a sign-off whose year is masked and whose day is not",
        ),
        pytest.param(
            f"2020年工作总结\n{PARTS}\n2021年工作总结\n{PARTS}",
            ["2020年工作总结", "2021年工作总结"],
            id="numbers restart",
        ),
        pytest.param(
            f"医院工作总结（精选3篇）\n篇一：青河医院年终总结\n{PARTS}\n篇二：内科年终总结\n{PARTS}\n篇三：护理部小结\n{BODY}",
            ["青河医院年终总结", "内科年终总结", "护理部小结"],
            id="篇一",
        ),
        pytest.param(
            f"年度工作总结汇编\n第一篇\n青河医院2021年工作总结\n{PARTS}\n第二篇\n青河保健院2021年工作总结\n{PARTS}",
            ["青河医院2021年工作总结", "青河保健院2021年工作总结"],
            id="第一篇",
        ),
        pytest.param(
            f"人口普查公报(第一号)\n{PARTS}\n人口普查公报(第二号)\n{BODY}",
            ["人口普查公报(第一号)", "人口普查公报(第二号)"],
            id="第二号",
        ),
        pytest.param(
            f"医院总结范文\n[范文一]\n{PARTS}\n[范文二]\n{PARTS}",
            ["[范文一]", "[范文二]"],
            id="范文",
        ),
        pytest.param(
            f"医院年终总结 篇1\n{PARTS}\n医院年终总结 篇2\n{PARTS}",
            ["医院年终总结篇1", "医院年终总结篇2"],
            id="number last",
        ),
        pytest.param(
            f"护理工作总结（精选2篇）\n岁月如梭，下面是小编整理的总结。\n护理工作总结1\n{PARTS}\n护理工作总结2\n{PARTS}",
            ["护理工作总结1", "护理工作总结2"],
            id="numbered titles",
        ),
        pytest.param(
            f"青河医院2021年工作总结\n{PARTS}\n2022年工作安排\n{PARTS}",
            ["青河医院2021年工作总结"],
            id="a plan inside a summary",
        ),
        pytest.param(
            f"青河医院2021年工作总结和2022年工作计划\n2021年工作总结\n{PARTS}\n2022年工作计划\n{PARTS}",
            ["青河医院2021年工作总结和2022年工作计划"],
            id="parts that the title announces",
        ),
        pytest.param(
            f"青河医院2021年工作总结\n{PARTS}\n2022年工作打算\n{BODY}",
            ["青河医院2021年工作总结"],
            id="unnumbered heading",
        ),
        pytest.param(
            f"青河医院2021年工作总结\n一、党建\n按时完成半年工作小结和全年\n青河县卫健局2021年工作总结\n的撰写。\n二、业务\n{BODY}",
            ["青河医院2021年工作总结"],
            id="a sentence over several lines",
        ),
        pytest.param(
            f"青河医院2021年工作总结\n一、党建\n{BODY}\n二、业务\n主要指标完成情况\n{BODY}\n一、队伍\n{BODY}",
            ["青河医院2021年工作总结"],
            id="heading with a weak word",
        ),
        pytest.param(
            f"青河医院2021年工作总结\n一、党建\n认真召开党员大会，听取并审议2021年工作总结\n二、业务\n{BODY}",
            ["青河医院2021年工作总结"],
            id="a sentence ends in the word",
        ),
    ],
)
def test_reports_of_a_file(original: str, expected: list[str]) -> None:
    assert titles(original) == expected


LISTED = f"""某市医院总结汇编
目  录
1.20XX年青河市第一医院工作总结 2
2.青河县人民医院20XX年度工作总结 14
3.青河县中医院20XX年工作总结 23
20XX年青河市第一医院工作总结
{PARTS}
青河县人民医院20XX年度工作总结
{PARTS}
"""


def test_contents_are_matched_to_the_reports_that_come() -> None:
    text, layout = read(LISTED)
    assert [(e.ordinal, e.title, e.page, e.report) for e in layout.toc] == [
        (1, "20XX年青河市第一医院工作总结", 2, 0),
        (2, "青河县人民医院20XX年度工作总结", 14, 1),
        (3, "青河县中医院20XX年工作总结", 23, None),
    ]
    assert [d.code for d in layout.diagnostics] == ["toc-unmatched"]
    assert cut(text, layout.diagnostics[0].span) == "3.青河县中医院20XX年工作总结23"
    assert [cut(text, r.title) for r in layout.reports] == [e.title for e in layout.toc[:2]]


@pytest.mark.parametrize(
    ("contents", "entries"),
    [
        ("目录\n一、主要工作……………1\n二、存在问题……………5\n三、下步打算……………9", 3),
        ("目 录\n一、主要工作\n二、存在问题\n三、下步打算", 3),
        ("一、主要工作……1\n二、存在问题……5\n三、下步打算……9", 3),
        ("【目录】\n一、主要工作.......1\n二、存在问题.......5\n—1—\n三、下步打算.......9", 3),
    ],
)
def test_contents_of_one_report_name_its_headings(contents: str, entries: int) -> None:
    text, layout = read(f"{contents}\n青河医院2021年工作总结\n{PARTS}\n")
    assert len(layout.toc) == entries
    assert {entry.report for entry in layout.toc} == {0}
    assert [cut(text, r.title) for r in layout.reports] == ["青河医院2021年工作总结"]
    text, layout = read(f"青河医院2021年工作总结\n{contents}\n{PARTS}\n")
    assert len(layout.toc) == entries
    assert cut(text, layout.reports[0].body) == "".join(PARTS.split())


def test_titles_differ_from_their_entries_in_space_and_punctuation() -> None:
    original = (
        "目录\n1、青河医院2021年工作总结……1\n2、党建引领 业务争先……7\n"
        f"青河医院 2021年 工作总结\n{PARTS}\n党建引领，业务争先\n{PARTS}"
    )
    _, layout = read(original)
    assert [e.report for e in layout.toc] == [0, 1]
    assert len(layout.reports) == 2


WRAPPED = f"""青河县人民医院文件
青医发〔2022〕8号
青河县人民医院
关于印发《2021年度工作总结》的通知
各科室：
《2021年度工作总结》已经院长办公会研究通过，现印发给你们，请遵照执行。
            青河县人民医院
            2022年1月12日
2021年度工作总结
{PARTS}
抄送：县卫生健康局，县医保局。
青河县人民医院办公室        2022年1月13日印发
"""


def test_notice_gives_its_name_and_date_to_what_it_sends_out() -> None:
    text, report = only(WRAPPED)
    assert cut(text, report.title) == "2021年度工作总结"
    assert cut(text, report.organisation) == "青河县人民医院"
    assert report.issued is not None
    assert report.issued[0] == date(2022, 1, 12)
    assert cut(text, report.document_number) == "青医发〔2022〕8号"
    assert report.kind == "summary"
    assert text.original[slice(*report.body)] == PARTS
    assert "抄送" in chrome(WRAPPED)
    assert "各科室" in chrome(WRAPPED)


def test_notice_that_holds_the_text_itself_is_the_report() -> None:
    text, report = only(
        f"关于印发2022年工作要点的通知\n各科室：\n现将2022年工作要点印发给你们。\n{PARTS}\n青河县医院\n2022年2月1日"
    )
    assert cut(text, report.title) == "关于印发2022年工作要点的通知"
    assert report.kind == "plan"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("网站首页 合同范本 活动策划 读后感 自我介绍 主持词", "Tags:医院\n相关阅读\n某院2019年工作总结"),
        ("首页 > 政务公开 > 计划总结 > 正文", "上一篇：某局2020年工作总结\n下一篇：没有了"),
        ("您当前的位置：首页>信息公开", "【打印】【关闭】\n版权所有：某市卫健委 某ICP备00000000号"),
        ("登录 | 注册 | 收藏", "扫一扫在手机打开当前页\n打印本页 关闭窗口"),
        ("来源：某网 作者：李某 浏览次数：120", "责任编辑：王某\n分享到：微信 微博"),
        ("索引号：011/2021-00012\n发布机构：某县卫健局", "抄送：县政府办。\n校对：李某\n（共印30份）"),
        ("首页\n新闻中心\n信息公开", "院址：某市某路12号　电话：000-1234567"),
    ],
)
def test_page_around_a_report_is_none_of_it(above: str, below: str) -> None:
    core = f"青河医院2021年工作总结\n{PARTS}\n青河医院\n2021年12月30日"
    text, report = only(f"{above}\n{core}\n{below}\n")
    assert text.original[slice(*report.span)] == core
    assert chrome(f"{above}\n{core}\n{below}\n") == f"{above}\n{below}"


def test_title_nearest_to_the_text_is_the_title() -> None:
    original = (
        "首页 范文 总结 计划 公文 论文\n2021年医院工作总结\n发布时间：2021-12-30 人气：120\n"
        "【概述】\n2021年医院工作总结\n"
        f"小编精心收集了这份年终材料，仅供大家参考。\n【正文】\n{PARTS}"
    )
    text, report = only(original)
    assert report.title is not None
    assert report.title[0] == original.rindex("2021年医院工作总结")
    assert report.span[0] == original.index("2021年医院工作总结")
    assert text.original[slice(*report.body)] == PARTS
    assert report.issued is None


@pytest.mark.parametrize("mark", ["—3—", "- 3 -", "· 3 ·", "第3页 共8页", "3/8页", "[1] [2] 下一页"])
def test_page_marks_inside_the_body_are_excluded(mark: str) -> None:
    text, report = only(f"2021年工作总结\n一、工作\n{BODY}\n{mark}\n{BODY}\n二、问题\n{BODY}")
    assert [cut(text, span) for span in report.excluded] == ["".join(mark.split())]


PAGE = "各科室认真落实核心制度，持续改进医疗质量，优化就诊流程，群众满意度稳步提升。\n" * 8


@pytest.mark.parametrize(
    ("before", "first", "second", "excluded"),
    [
        ("", "1", "2", ["1", "2"]),
        ("", "7", "8", ["7", "8"]),
        ("", "1", "3", []),
        ("", "2", "1", []),
        ("青河县人民医院\n", "1", "2", ["青河县人民医院", "1", "青河县人民医院", "2"]),
        ("青河县人民医院\n", "— 1 —", "— 2 —", ["青河县人民医院", "—1—", "青河县人民医院", "—2—"]),
        ("", "青河县年度公报  1", "青河县年度公报  2", ["青河县年度公报1", "青河县年度公报2"]),
        ("", "门诊人次  120", "门诊人次  121千", []),
    ],
)
def test_what_every_page_prints_is_excluded(
    before: str, first: str, second: str, excluded: list[str]
) -> None:
    text, report = only(
        f"2021年工作总结\n一、工作\n{PAGE}{before}{first}\n{PAGE}{before}{second}\n{PAGE}二、问题\n{BODY}"
    )
    assert [cut(text, span) for span in report.excluded] == excluded


def test_row_numbers_of_a_table_are_no_page_numbers() -> None:
    rows = "".join(f"{n}\n门诊\n{n * 35}\n" for n in range(1, 9))
    _, report = only(f"2021年工作总结\n一、工作\n{BODY}\n{rows}{BODY}\n二、问题\n{BODY}")
    assert report.excluded == ()


@pytest.mark.parametrize(
    ("sentence", "excluded"),
    [
        ("全年完成各类手术— 3 —3200台，同比增长5%。", ["—3—"]),
        ("规范管理第2页 共8页率达到九成。", ["第2页共8页"]),
        ("2019—2021—2023年逐年增长，比例为3—5—7。", []),
    ],
)
def test_page_mark_inside_a_line_is_excluded(sentence: str, excluded: list[str]) -> None:
    text, report = only(f"2021年工作总结\n一、工作\n{BODY}\n{sentence}\n二、问题\n{BODY}")
    assert [cut(text, span) for span in report.excluded] == excluded


def test_day_of_the_meeting_dates_a_report() -> None:
    text, report = only(
        "青河县卫生健康工作报告\n——2022年1月8日在青河县第八届人民代表大会第二次会议上\n"
        f"各位代表：\n2021年工作回顾\n{BODY}\n{PARTS}"
    )
    assert cut(text, report.title) == "青河县卫生健康工作报告"
    assert report.issued is not None
    assert report.issued[0] == date(2022, 1, 8)
    assert report.period is not None
    assert report.period.text == "2021年"


def test_title_of_several_lines_inside_a_notice() -> None:
    text, report = only(
        "青河医院关于印发《2021年度\n工作报告》的通知\n各科室：\n现将报告印发给你们。\n青河医院\n2022年2月1日\n\n"
        f"凝心聚力 实干争先\n奋力开创医院发展新局面\n——青河医院2021年度工作报告\n{PARTS}".replace(
            "\n", "\r\n"
        )
    )
    assert cut(text, report.title) == "凝心聚力实干争先奋力开创医院发展新局面——青河医院2021年度工作报告"
    assert report.issued is not None
    assert report.issued[0] == date(2022, 2, 1)


@pytest.mark.parametrize(
    ("masthead", "name", "day"),
    [
        (
            "青河县人民医院\n工 作 简 报\n2021年第2期（总第17期）\n医院办公室编      2021年7月10日",
            "青河县人民医院",
            date(2021, 7, 10),
        ),
        (
            "青河县卫生健康局工作简报\n第3期\n局办公室编印   2021年7月10日",
            "青河县卫生健康局",
            date(2021, 7, 10),
        ),
        ("（第3期）\n青河县民政局办公室   2021年7月10日", "青河县民政局办公室", date(2021, 7, 10)),
        ("网站首页\n青河县民政局", None, None),
    ],
)
def test_masthead_of_a_brief_names_and_dates_it(masthead: str, name: str | None, day: date | None) -> None:
    text, report = only(f"{masthead}\n\n二季度重点工作推进情况\n\n    4至6月，各项工作有序推进。\n{PARTS}")
    assert cut(text, report.title) == "二季度重点工作推进情况"
    assert cut(text, report.organisation) == name
    assert (report.issued[0] if report.issued else None) == day
    assert (report.period.start if report.period else None) == (date(2021, 4, 1) if day else None)


@pytest.mark.parametrize(
    "line",
    [
        "同时抄送各相关科室，确保信息畅通。",
        "2021年12月25日，医院召开年度总结大会。",
        "来源于基层的意见得到落实。",
        "地址变更手续全部办理完毕。",
        "门诊人次 出院人次 手术台次",
        "3",
        "3/8",
        "微信",
        "时间：2021年3月",
        "手术台次",
        "关键词检索功能上线运行。",
    ],
)
def test_lines_of_the_body_stay_in_it(line: str) -> None:
    text, report = only(f"2021年工作总结\n一、工作\n{BODY}\n{line}\n{BODY}\n二、问题\n{BODY}")
    assert report.excluded == ()
    assert line in text.original[slice(*report.body)]


@pytest.mark.parametrize(
    ("end", "signed", "day", "name"),
    [
        ("青河医院\n2021年12月30日", 2, date(2021, 12, 30), "青河医院"),
        (
            "                    青河县卫生健康局\n                    二〇二一年十二月三十日",
            2,
            date(2021, 12, 30),
            "青河县卫生健康局",
        ),
        ("青河县民政局  2021年12月30日", 1, date(2021, 12, 30), "青河县民政局"),
        ("2021年12月30日", 1, date(2021, 12, 30), None),
        ("青河医院\n2021年12月", 2, None, "青河医院"),
        (
            "青河医院（盖章）\n2021-12-30\n（联系人：李某，电话：0000-1234567）",
            3,
            date(2021, 12, 30),
            "青河医院",
        ),
        ("青河健康促进联合体\n2021.12.30", 2, date(2021, 12, 30), "青河健康促进联合体"),
        ("青河医院\n2021年12月30日\n（此件公开发布）", 3, date(2021, 12, 30), "青河医院"),
        ("青河医院", 1, None, "青河医院"),
        ("青河医院\n2021年12月30日\n附件：1.指标表", 3, date(2021, 12, 30), "青河医院"),
        ("中華民國111年1月5日", 1, date(2022, 1, 5), None),
        ("会议于2021年12月30日在青河医院召开。", 0, None, None),
        ("20XX年X月X日", 1, None, None),
    ],
)
def test_sign_off_ends_a_report(end: str, signed: int, day: date | None, name: str | None) -> None:
    text, report = only(f"2021年工作总结\n{PARTS}\n{end}\n")
    assert len(report.sign_off) == signed
    assert (report.issued[0] if report.issued else None) == day
    assert cut(text, report.organisation) == name
    assert report.span[1] == len(text.original) - 1


def test_attachments_below_a_sign_off_stay_in_the_report() -> None:
    text, report = only(
        f"2021年工作总结\n{PARTS}\n青河医院\n2021年12月30日\n附件：主要指标表\n门诊人次 12万\n出院人次 3万"
    )
    assert report.issued is not None
    assert report.issued[0] == date(2021, 12, 30)
    assert [cut(text, span) for span in report.excluded] == ["青河医院", "2021年12月30日"]
    assert "出院人次" in text.original[slice(*report.body)]


@pytest.mark.parametrize(
    ("title", "kind", "name", "start", "end"),
    [
        ("青河县人民医院2021年度工作总结", "summary", "青河县人民医院", "2021-01-01", "2021-12-31"),
        ("2021年青河市第二医院医联体工作总结", "summary", "青河市第二医院医联体", "2021-01-01", "2021-12-31"),
        (
            "青河县疾病预防控制中心2022年工作计划",
            "plan",
            "青河县疾病预防控制中心",
            "2022-01-01",
            "2022-12-31",
        ),
        (
            "青河县民政局2021年上半年工作总结及下半年工作打算",
            "summary",
            "青河县民政局",
            "2021-01-01",
            "2021-06-30",
        ),
        ("2022年第一季度卫生工作要点", "plan", None, "2022-01-01", "2022-03-31"),
        ("青河县2021年国民经济和社会发展统计公报", "other", None, "2021-01-01", "2021-12-31"),
        ("关于青河县2021年预算执行情况和2022年预算草案的报告", "other", None, "2021-01-01", "2021-12-31"),
        ("20XX年青河中医院志愿服务工作总结", "summary", "青河中医院", None, None),
        ("XX县妇幼保健院20XX年度工作总结", "summary", "XX县妇幼保健院", None, None),
        ("2021年医院工作总结", "summary", None, "2021-01-01", "2021-12-31"),
        ("2021年上半年民政局重点工作总结", "summary", "民政局", "2021-01-01", "2021-06-30"),
        ("2021年区残联康复项目总结", "summary", "区残联", "2021-01-01", "2021-12-31"),
        ("市残联领导来我县调研2021年工作的汇报", "summary", None, "2021-01-01", "2021-12-31"),
        ("2021青河县人民医院2021年工作总结", "summary", "青河县人民医院", "2021-01-01", "2021-12-31"),
        ("2021年青河县经济和信息化局工作总结", "summary", "青河县经济和信息化局", "2021-01-01", "2021-12-31"),
        ("青河县120急救中心2021年工作总结", "summary", "青河县120急救中心", "2021-01-01", "2021-12-31"),
        ("2021年政府工作报告(第十七届人民代表大会第三次会议)", "summary", None, "2021-01-01", "2021-12-31"),
        ("青河县2021年人口普查公报", "other", None, "2021-01-01", "2021-12-31"),
        ("青河镇卫生院2021年公共卫生自评", "summary", "青河镇卫生院", "2021-01-01", "2021-12-31"),
        ("2021年自查工作方案", "plan", None, "2021-01-01", "2021-12-31"),
        ("青河县卫健委“十四五”工作思路", "plan", "青河县卫健委", "2021-01-01", "2025-12-31"),
        ("年卫生局2021年工作总结", "summary", "卫生局", "2021-01-01", "2021-12-31"),
        ("年丰镇卫生院2021年工作总结", "summary", "年丰镇卫生院", "2021-01-01", "2021-12-31"),
        ("青河县水务局2021年1-11月工作情况汇报", "summary", "青河县水务局", "2021-01-01", "2021-11-30"),
    ],
)
def test_title_says_who_what_and_when(
    title: str, kind: str, name: str | None, start: str | None, end: str | None
) -> None:
    text, report = only(f"{title}\n全体职工团结一心，各项工作稳步推进。\n{PARTS}")
    assert report.kind == kind
    assert cut(text, report.organisation) == name
    assert report.period is not None
    assert (report.period.start and report.period.start.isoformat()) == start
    assert (report.period.end and report.period.end.isoformat()) == end


@pytest.mark.parametrize(
    ("original", "name"),
    [
        (
            "2021年工作总结\n2021年，在市委、市卫健委的正确领导下，青河市口腔医院全体职工奋力拼搏。",
            "青河市口腔医院",
        ),
        ("2021年工作总结\n2021年，在市委、市卫健委的正确领导下，我院全体职工奋力拼搏。", None),
        ("工作总结\n按照市卫生健康委员会要求，现将工作总结如下。", None),
        ("关于预算草案的报告\n青河县财政局局长 李某某\n各位代表：\n请予审议。", "青河县财政局"),
        ("政府工作报告\n青河县人民政府县长 李某某\n各位代表：\n请予审议。", "青河县人民政府"),
        ("关于预算草案的决议\n（2022年1月9日青河县人民代表大会通过）\n会议决定批准。", None),
        ("青河县统计公报\n青河县统计局\n2022年3月1日\n初步核算，全年生产总值120亿元。", "青河县统计局"),
    ],
)
def test_name_is_found_below_the_title(original: str, name: str | None) -> None:
    text, report = only(original)
    assert cut(text, report.organisation) == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("今年以来，县卫生健康局认真贯彻上级部署。", "县卫生健康局"),
        ("青河县疾病预防控制中心2021年共处置疫情3起。", "青河县疾病预防控制中心"),
        ("青河大学附属第二医院（青河市第二医院）始建于1952年。", "青河大学附属第二医院"),
        ("1月26日，青河医院党委书记李某介绍了情况。", "青河医院"),
        ("区妇幼保健院（以下简称我院）门诊12万人次。", "区妇幼保健院"),
        ("民政局为困难群众发放补贴。", "民政局"),
        ("中国共产党青河大学附属第四医院代表大会召开。", "青河大学附属第四医院"),
        ("各位代表：现在，我代表青河县人民政府，向大会报告工作。", "青河县人民政府"),
        ("我谨代表市人大常委会向大会报告工作。", "市人大常委会"),
        ("下面，我代表领导班子向大会作报告。", None),
        ("新建村卫生所1260所，用三年时间建成1260所标准化村卫生所。", None),
        ("7岁以下聋儿送往青河市康复中心训练。", None),
        ("回忆一年来所做的工作，收获很多。", None),
        ("多年来我校工会工作有序开展。", None),
        ("受国务院委托，财政部提请审议。", None),
        ("记者从青河县卫生健康局获悉，全县接种12万剂。", None),
        ("据青河县公安局统计，发案12起。", None),
        ("居住在本镇、离开户口所在地半年以上。", None),
        ("与上次相比，东部人口所占比重上升。", None),
        ("家庭调查显示，国民所得统计有所不同。", None),
        ("我局与工商分局、市技术监督局、市食品药品监督管理局等部门联合检查。", None),
        ("基层机构中，社区卫生服务中心（站）3.5万个，妇幼保健院3071个。", None),
        ("中等职业学校（不含技工学校）56所，乡镇卫生院门诊13亿人次。", None),
        ("年末局用交换机容量101万门。", None),
        ("城乡就业格局发生历史性改变。", None),
        ("防控政府性债务风险，规范公共场所管理。", None),
        ("以区残联为主导，乡办事处残联为骨干。", None),
        ("青河大学公共卫生学院教授陈某表示，筛查范围扩大。", None),
        ("青河县第八届人民代表大会第三次会议审查了报告。", None),
        ("深入推进“两馆一站”免费开放。", None),
        ("辖4个村委会，有1个县级机构、21个乡镇卫生院。", None),
        ("发放慰问款3万元，重点慰问青河县人民医院的病人。", None),
        ("各项工作有序推进，实施公立医院改革。", None),
        ("公墓建设有序推进，建成城市中心公墓1座。", None),
        ("建成区人民医院门诊12万人次。", "建成区人民医院"),
        ("招商成效明显，引进上市公司2家。", None),
        ("上半年医院门诊量为46万人次。", None),
        ("上半年县人民医院门诊量为46万人次。", "县人民医院"),
        ("低保对象3300户，其中市本级2300户，青山集团600户。", None),
        ("2021年3月5日，青河县民政局召开会议。", "青河县民政局"),
        ("2021-03-08 青河县统计局\n全年邮政业务量1500万元。", "青河县统计局"),
        ("20XX年，青河县民政局扎实工作。", "青河县民政局"),
        ("收入增长9%；市财政局持续推进改革。", "市财政局"),
        ("平均每个中心年诊疗4万人次，防疫站5个。", None),
        ("青河三院与其他医院合办讲座。", None),
        ("地方政府进入披露季，二级以上医院每日汇总。", None),
        ("常务委员会第二十九次会议上\n青河县人民政府\n各项工作稳步推进。", "青河县人民政府"),
        ("依据区政府安排，现将有关情况汇报如下。", None),
        ("惟青河医院等3家医院未达标。", None),
    ],
)
def test_name_in_running_text_is_a_whole_name(sentence: str, name: str | None) -> None:
    text, report = only(f"工作总结\n{sentence}")
    assert cut(text, report.organisation) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("发布时间：2021-04-20 来源：青河市统计局 点击：12", "青河市统计局"),
        ("来源：青河日报 作者：李某", None),
        ("发布时间：2021-04-20 来源：计划财务处", None),
    ],
)
def test_page_names_who_reports_where_the_report_does_not(source: str, name: str | None) -> None:
    for body, expected in ((BODY, name), (f"2021年，青河县医院奋力拼搏。{BODY}", "青河县医院")):
        text, report = only(f"2021年统计公报\n{source}\n{body}")
        assert cut(text, report.organisation) == expected


def test_title_with_blanks_is_cut_from_one_long_line() -> None:
    text, report = only(f"2021 年度青河市人力资源 事业发展统计公报 2021 年，{BODY * 2}")
    assert cut(text, report.title) == "2021年度青河市人力资源事业发展统计公报"
    text, report = only(f"全院职工 认真完成年度工作总结 经验丰富，{BODY * 2}")
    assert report.title is None


def test_names_and_date_above_an_untitled_text_are_its_heading_block() -> None:
    text, report = only(f"青河市统计局\n国家统计局青河调查队\n2012年3月19日\n{BODY}\n{PARTS}")
    assert report.span[0] == 0
    assert report.title is None
    assert cut(text, report.organisation) == "青河市统计局"
    assert report.issued is not None
    assert report.issued[0] == date(2012, 3, 19)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("2011年，全市经济平稳增长。", 2011),
        ("截至2011年底，全市有医院12家。", 2011),
        ("与2010年相比，人口比重上升2个百分点。", None),
        ("较2010年下降6.8%。", None),
        ("死亡率由2019年的18%提高到2022年的27%。", None),
        ("参保人数增加到2022年6月的10亿人。", None),
        ("目标与“十四五”规划相衔接。", None),
        ("2018年《施政报告》中宣布的措施继续推行。", None),
        ("到2025年，床位达到12万张。", None),
        ("与2010年相比，2020年人口比重上升2个百分点。", 2020),
        ("发病率与2010年同比上升9%。", None),
        ("发病率与2010年同期持平。", None),
        ("全市的康复工作起步于1987年。", None),
        ("青河医院始于1936年，规模逐年扩大。", None),
        ("医院前身为1952年的县卫生所。", None),
        ("1952年由县政府创办，规模逐年扩大。", None),
        ("1952年经批准设立，规模逐年扩大。", None),
        ("2011年由市局牵头检查工地12处。", 2011),
        ("2016年以来，全市修桥12座。", None),
        ("尤其是2016年以来，步伐加快。", None),
        ("2016年以来，全市修桥12座。2020年修桥3座。", 2020),
        ("圆满完成“十四五”学科建设规划任务。", None),
        ("“十四五”期间我市完成学科建设规划。", 2021),
        ("各项指标如下。\n图1 2011-2015年修桥座数\n", None),
        ("2011年的图书发行量上升。", 2011),
    ],
)
def test_period_is_none_that_the_text_only_compares_with(sentence: str, year: int | None) -> None:
    _, report = only(f"{sentence}全市上下团结一心。")
    assert (report.period.start.year if report.period and report.period.start else None) == year
    assert report.last_year is None


@pytest.mark.parametrize(
    ("original", "last_year"),
    [
        ("青河县2020—2022年工作情况\n各项工作稳步推进。", 2022),
        ("青河县事业概况\n2020年，举办培训班2期。", None),
        ("青河县工作总结\n2020年，举办培训班2期。", 2020),
        ("青河县事业概况\n2020年，举办培训班2期。\n青河县民政局\n2020年12月30日", 2020),
    ],
)
def test_last_year_is_known_where_more_than_the_text_says_it(original: str, last_year: int | None) -> None:
    _, report = only(original)
    assert report.last_year == last_year


@pytest.mark.parametrize(
    ("original", "kind", "year"),
    [
        ("2021年以来，我院认真履职，现将工作总结如下：\n" + PARTS, "summary", 2021),
        ("2022年工作的总体思路是：以人民健康为中心。\n" + PARTS, "plan", 2022),
        ("工作总结\n2021年，我局认真履职。\n" + PARTS, "summary", 2021),
        ("上半年工作总结\n我局认真履职。\n" + PARTS + "\n青河县水务局\n2021年7月5日", "summary", 2021),
        ("四季度工作总结\n我局认真履职。\n" + PARTS + "\n青河县水务局\n2022年1月5日", "summary", 2021),
        ("年终工作总结\n我局认真履职。\n" + PARTS + "\n青河县水务局\n2022年1月5日", "summary", 2021),
        ("年终工作总结\n我局认真履职。\n" + PARTS + "\n青河县水务局\n2021年12月25日", "summary", 2021),
        ("工作总结\n我院始建于1952年。2021年，我院认真履职。\n" + PARTS, "summary", 2021),
        ("工作总结\n康复工作起步于1987年。2021年，我院认真履职。\n" + PARTS, "summary", 2021),
        ("工作总结\n“十四五”规划落地。2021年，我院认真履职。\n" + PARTS, "summary", 2021),
        ("工作报告\n2022年是关键之年。回顾2021年，成绩突出。\n" + PARTS + "\n2022年1月8日", "summary", 2021),
        ("工作计划\n2021年成绩突出。2022年要抓好改革。\n" + PARTS + "\n2022年1月8日", "plan", 2022),
        ("青河醫院一一〇年度業務報告\n本院认真履职。\n" + PARTS + "\n民國111年1月8日", "summary", 2021),
        ("青河醫院一百一十年度業務年報\n本院认真履职。\n" + PARTS, "summary", 2021),
    ],
)
def test_text_says_what_the_title_does_not(original: str, kind: str, year: int) -> None:
    _, report = only(original)
    assert report.kind == kind
    assert report.period is not None
    assert report.period.start is not None
    assert report.period.start.year == year


@pytest.mark.parametrize("original", ["", " \n\t\r\n　"])
def test_blank_text_has_no_report(original: str) -> None:
    _, layout = read(original)
    assert layout.reports == ()
    assert [d.code for d in layout.diagnostics] == ["empty"]


def test_quick_checks_know_the_last_character_of_every_word() -> None:
    rules = default_rules()
    names = rules.words("organisation.ending") + rules.words("organisation.short-ending")
    assert [word for word in names if not rules.pattern("organisation.last").match(word[-1])] == []
    nouns = rules.words("block.report-noun") + rules.words("block.weak-noun")
    assert [word for word in nouns if not rules.pattern("block.title-last").match(word[-1])] == []


VOCABULARY = [
    "青河医院2021年工作总结",
    "2022年工作计划",
    "——青河医院2021年工作总结",
    "目录",
    "1.青河医院2021年工作总结 2",
    "一、主要工作",
    "（一）党建",
    "三、2022年工作计划",
    BODY,
    "—3—",
    "首页 > 总结",
    "Tags:医院",
    "上一篇：没有了",
    "抄送：县政府。",
    "青河医院",
    "2021年12月30日",
    "篇一：内科总结",
    "关于印发《2021年工作总结》的通知",
    "各科室：",
    "附件：指标表",
    "青医发〔2022〕8号",
    "青河医院文件",
    "【概述】",
    "【正文】",
    "",
    "   ",
    "砥砺前行",
    "结",
    "院址：某路1号",
    "2021年工作总结》的通知",
    "第二篇",
    "医院总结（3篇）",
    "x" * 300,
    "一是抓党建。",
    "1",
    "2",
    "全年手术— 3 —320台",
    "第3期",
    "——2022年1月8日在第二次会议上",
    "20XX年12月10日",
    "主要工作……3",
    "\t",
    "“",
    "1.",
]


@given(st.lists(st.sampled_from(VOCABULARY), max_size=40), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_character_has_one_place(chosen: list[str], newline: str) -> None:
    text, layout = read(newline.join(chosen))
    count = [0] * len(text.original)
    for report in layout.reports:
        assert report.span[0] >= 0
        inside = [0] * len(text.original)
        parts = [*report.front, report.body, *report.sign_off, *([report.title] if report.title else [])]
        for start, end in parts:
            assert report.span[0] <= start <= end <= report.span[1]
            inside[start:end] = [n + 1 for n in inside[start:end]]
        for index in range(*report.span):
            assert inside[index] == 1 or (inside[index] == 0 and text.folded[index].isspace())
            count[index] += 1
        for start, end in report.excluded:
            assert report.body[0] <= start < end <= report.body[1]
    held = {
        index
        for report in layout.reports
        for a, b in (*report.front, *report.excluded)
        for index in range(a, b)
    }
    for start, end in layout.chrome:
        count[start:end] = [n + 1 for n in count[start:end]]
    for entry in layout.toc:
        for index in range(*entry.span):
            count[index] += index not in held
    for index, character in enumerate(text.folded):
        assert count[index] == 1 or (character.isspace() and count[index] == 0), (
            index,
            character,
            count[index],
        )
    assert bool(layout.reports) == bool(text.folded.strip())
    assert [r.span for r in layout.reports] == sorted(r.span for r in layout.reports)


@given(st.text(alphabet="一二、（）0123456789.年月日总结目录篇：。\n\r 　—《》医院XX", max_size=200))
def test_no_text_makes_it_fail(original: str) -> None:
    text, layout = read(original)
    assert bool(layout.reports) == bool(text.folded.strip())


def test_one_long_line_has_its_title_and_sign_off_cut_from_it() -> None:
    text, report = only(f"  青河医院2021年工作总结　　{BODY * 3}  青河医院　2021年12月30日 ")
    assert cut(text, report.title) == "青河医院2021年工作总结"
    assert text.original[slice(*report.body)] == BODY * 3
    assert [cut(text, span) for span in report.sign_off] == ["青河医院", "2021年12月30日"]
