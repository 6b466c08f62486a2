"""The time that a figure speaks of: said in its clause, or carried on from what stands before it.

A cell lists `words start..end` for each metric, `-` where it has no period; `*` leaves a date open, `null`
asks for none, and `a|b` are words that are as good.
"""

import pytest

from tests.phenomena.cases import metrics_of, report

YEAR = "2023-01-01..2023-12-31"

SAID = [
    ("全年办理公证3200件。", f"全年 {YEAR}"),
    ("上半年受理案件640件。", "上半年 2023-01-01..2023-06-30"),
    ("1-10月接待来访2100人次。", "1-10月 2023-01-01..2023-10-31"),
    ("截至9月30日，注册调解员达420人。", "截至9月30日 *..2023-09-30"),
    ("2022年末在册律师812人。", "2022年末 *..2022-12-31"),
    ("三季度签订合同12份。", "三季度 2023-07-01..2023-09-30"),
    ("8月份接待咨询530人次。", "8月份 2023-08-01..2023-08-31"),
    ("2021年至2023年培养业务骨干65名。", "2021年至2023年 2021-01-01..2023-12-31"),
    ("年底在册矫正对象286人。", "年底 *..2023-12-31"),
    ("2023年前三季度办结援助案件360件。", "2023年前三季度 2023-01-01..2023-09-30"),
    ("下半年巡查公证处96次。", "下半年 2023-07-01..2023-12-31"),
    ("3月至6月走访村居14个。", "3月至6月 2023-03-01..2023-06-30"),
    ("截至目前，已建成公共法律服务站38个。", "截至目前 *..*"),
    ("本年度开展普法宣讲410次。", f"本年度 {YEAR}"),
    ("2020年度结余资金15万元。", "2020年度 2020-01-01..2020-12-31"),
    ("十二月份发放补贴52万元。", "十二月份 2023-12-01..2023-12-31"),
    pytest.param(
        "合同争议仲裁本年受理18件。",
        f"本年 {YEAR}",
        marks=pytest.mark.xfail(strict=True, reason="本年 is not read"),
    ),
    ("2024年计划新增调解室50个。", "2024年 2024-01-01..2024-12-31"),
    ("截止2023年11月底，司法所达标率为92%。", "截止2023年11月底 *..2023-11-30"),
    ("第一季度回访解矫人员75名。", "第一季度 2023-01-01..2023-03-31"),
    ("今年以来，收到锦旗26面。", "今年以来 2023-01-01..*"),
    ("2023年12月，举办年终述职1场。", "2023年12月 2023-12-01..2023-12-31"),
    ("去年同期受理案件610件。", "去年同期|去年 *..*"),
    ("1—11月，办结信访件380件。", "1—11月 2023-01-01..2023-11-30"),
    pytest.param(
        "一至三季度公证收费27万元。",
        "一至三季度 2023-01-01..2023-09-30",
        marks=pytest.mark.xfail(strict=True, reason="span of quarters in Chinese numerals is cut"),
    ),
    ("5月份以来新增法律顾问单位22家。", "5月份以来|5月份 2023-05-01..*"),
    ("2023年1月1日至3月31日，报告病例11例。", "2023年1月1日至3月31日 2023-01-01..2023-03-31"),
    ("7月1-31日，报告病例20例。", "7月1-31日 2023-07-01..2023-07-31"),
    ("止5月底，筹集基金180万元。", "止5月底 *..2023-05-31"),
    ("今年前5个月报销费用36万元。", "今年前5个月 2023-01-01..2023-05-31"),
    ("7月末，贷款余额90亿元。", "7月末 *..2023-07-31"),
    ("2022 年全县务工人员2.7万人。", "2022 年|2022年 2022-01-01..2022-12-31"),
    ("每人每月补助500元，全年支出16万元。", f"每月 *..*; 全年 {YEAR}"),
    ("每人每月补助500元，发放资金16万元。", "每月 *..*; -"),
    # times that belong to a name or to what is compared
    ("受教育年限由9.08年提高到9.91年。", "-; -"),
    ("参保人数比上年末增加37万人。", "-"),
    ("支出完成年初预算的45.5%。", "-"),
    ("受理案件数较2022年增长5%。", "-"),
    ("按照《2021年度考核办法》，评定优秀干部46名。", "-"),
    ("2019级法学专业学生实习310人。", "-"),
    ("2018年建成的办公楼改造房间12间。", "-"),
    ("1998年参加工作的民警有23名。", "-"),
    ("0-3岁婴幼儿托位有200个。", "-"),
    ("培训司法所长30名。", "-"),
]

CARRIED = [
    ("全年立案500件，结案480件。", f"全年 {YEAR}; 全年 {YEAR}"),
    (
        "1-6月受理申请800件；批准申请640件。",
        "1-6月 2023-01-01..2023-06-30; 1-6月 2023-01-01..2023-06-30",
    ),
    pytest.param(
        "2023年，全局共调解纠纷900件。其中邻里纠纷120件。",
        f"2023年 {YEAR}; 2023年 {YEAR}",
        marks=pytest.mark.xfail(strict=True, reason="period is not carried on to 其中 in the next sentence"),
    ),
    ("全年公证收费36万元，同比增长4%。", f"全年 {YEAR}; 全年 {YEAR}"),
    (
        "上半年接警300起，下半年接警260起。",
        "上半年 2023-01-01..2023-06-30; 下半年 2023-07-01..2023-12-31",
    ),
    (
        "2022年调解成功率为91%，2023年调解成功率为94%。",
        f"2022年 2022-01-01..2022-12-31; 2023年 {YEAR}",
    ),
    (
        "截至12月末，全区有律师事务所31家，执业律师420人。",
        "截至12月末 *..2023-12-31; 截至12月末 *..2023-12-31",
    ),
    ("全年办理案件210件（刑事案件60件、民事案件150件）。", "; ".join([f"全年 {YEAR}"] * 3)),
    (
        "9月组织考试2场，参考人员510人。10月组织考试1场。",
        "9月 2023-09-01..2023-09-30; 9月 2023-09-01..2023-09-30; 10月 2023-10-01..2023-10-31",
    ),
    ("全年办理公证3200件，比2022年增加200件。", f"全年 {YEAR}; 全年 {YEAR}"),
    ("调解员队伍由2021年的80人增至2023年的126人。", f"2021年 2021-01-01..2021-12-31; 2023年 {YEAR}"),
    # what is not carried on
    ("全年调解纠纷900件。\n现有调解室15间。", f"全年 {YEAR}; -"),
    ("全年调解纠纷900件，其中9月调解82件。", f"全年 {YEAR}; 9月 2023-09-01..2023-09-30"),
    ("12月举办宪法讲座6场。\n慰问老干部12名。", "12月 2023-12-01..2023-12-31; -"),
    pytest.param(
        "全年培训人民陪审员300人次。明年计划培训人民陪审员350人次。",
        f"全年 {YEAR}; 明年|明年计划 2024-01-01..2024-12-31",
        marks=pytest.mark.xfail(strict=True, reason="明年 is not read as a period"),
    ),
]

TITLES = [
    ("市法院2022年度工作报告", "全年收案700件。", "全年 2022-01-01..2022-12-31"),
    ("市法院2022年上半年工作总结", "1至6月收案700件。", "1至6月 2022-01-01..2022-06-30"),
    ("縣立醫院113年度工作報告", "全年服務1,200人次。", "全年 2024-01-01..2024-12-31"),
    ("縣立醫院113年度工作報告", "112年度服務1,150人次。", "112年度 2023-01-01..2023-12-31"),
    ("市法院2019—2021学年工作情况", "2020年收案700件。", "2020年 2020-01-01..2020-12-31"),
    ("某校2024年工作计划", "上半年开设讲座16场。", "上半年 2024-01-01..2024-06-30"),
    ("区卫健局二〇二一年工作总结", "年末有执业医师980人。", "年末 *..2021-12-31"),
    ("市统计局2020年国民经济和社会发展统计公报", "全年粮食产量12万吨。", "全年 2020-01-01..2020-12-31"),
    (
        "区民政局2023年工作总结和2024年工作计划",
        "截至10月底，救助困难群众860人次。",
        "截至10月底 *..2023-10-31",
    ),
    ("某镇2022年工作总结", "第四季度化解矛盾45起。", "第四季度 2022-10-01..2022-12-31"),
    # a title that gives no year
    ("市法院工作总结", "全年收案700件。", "全年 null..null"),
    ("市法院20XX年工作总结", "上半年收案700件。", "上半年 null..null"),
    ("市法院工作总结", "2021年收案700件。", "2021年 2021-01-01..2021-12-31"),
    ("市法院20XX年工作总结", "20XX年收案700件。", "20XX年 null..null"),
]


def periods_of(text: str) -> list[str]:
    """The periods of the metrics, as a cell writes them."""
    return [
        f"{metric.period.text} {metric.period.start or 'null'}..{metric.period.end or 'null'}"
        if metric.period
        else "-"
        for metric in metrics_of(text)
    ]


def agrees(found: str, wanted: str) -> bool:
    """Whether the period is the one of the cell, open dates and other words allowed."""
    if "-" in {found, wanted}:
        return found == wanted
    (words, dates), (options, limits) = found.rsplit(" ", 1), wanted.rsplit(" ", 1)
    pairs = zip(dates.split(".."), limits.split(".."), strict=True)
    return words in options.split("|") and all(limit in {"*", day} for day, limit in pairs)


def check_periods(text: str, cell: str) -> None:
    """The metrics of `text` have the periods of the cell."""
    wanted, found = cell.split("; "), periods_of(text)
    assert [w if agrees(f, w) else f for f, w in zip(found, wanted, strict=False)] == wanted, found


@pytest.mark.parametrize(("sentence", "periods"), SAID)
def test_periods_said_in_the_clause(sentence: str, periods: str) -> None:
    check_periods(report("某某区司法局2023年工作总结", ("一、主要工作", sentence)), periods)


@pytest.mark.parametrize(("paragraphs", "periods"), CARRIED)
def test_periods_carried_on(paragraphs: str, periods: str) -> None:
    check_periods(report("某某区司法局2023年工作总结", ("一、主要工作", paragraphs)), periods)


@pytest.mark.parametrize(("title", "sentence", "periods"), TITLES)
def test_periods_resolved_through_the_report(title: str, sentence: str, periods: str) -> None:
    check_periods(report(title, ("一、主要工作", sentence)), periods)
