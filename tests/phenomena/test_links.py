"""A change belongs to its level, a part to its whole; every link of the sentence is listed."""

from __future__ import annotations

import pytest

from tests.phenomena.naming import Case, case, check_links, gap

CHANGES = [
    case("开放床位620张，比上年增加20张。", "20张 change_of 620张"),
    case(
        "门诊量18.6万人次，同比增长7.4%，增加1.28万人次。",
        "7.4% change_of 18.6万人次",
        "1.28万人次 change_of 18.6万人次",
    ),
    case("贷款余额6.8亿元。比年初增加1.1亿元。", "1.1亿元 change_of 6.8亿元"),
    case(
        "收入3.2亿元，增长6.1%；支出3.05亿元，增长5.4%。",
        "6.1% change_of 3.2亿元",
        "5.4% change_of 3.05亿元",
    ),
    case(
        "城镇和农村居民人均可支配收入分别为46210元和22370元，同比分别增长4.8%和6.9%。",
        "4.8% change_of 46210元",
        "6.9% change_of 22370元",
    ),
    case("结案率96.4%，提高1.3个百分点。", "1.3个百分点 change_of 96.4%"),
    case("非税收入占比19.8%，较上年下降1.6个百分点。", "1.6个百分点 change_of 19.8%"),
    case("较上年提高2.1个百分点，巩固率达到99.3%。", "2.1个百分点 change_of 99.3%"),
    case("中考平均分612分，高于去年8分。", "8分 change_of 612分"),
    case("住院人次增长3.5%，达到4.1万人次。", "3.5% change_of 4.1万人次"),
    case("办结时限压缩到20个工作日，缩短了10个工作日。", "10个工作日 change_of 20个工作日"),
    case("社會局核發津貼4,200件（較上年增加310件）。", "310件 change_of 4,200件"),
    case("网上立案4120件，这一数字比上年多出600件。", "600件 change_of 4120件"),
    case(
        "儿童口腔检查9200人，窝沟封闭3100颗，分别比上年增加5%和11%。",
        "5% change_of 9200人",
        "11% change_of 3100颗",
    ),
    case("开放床位由400张增加到450张，净增50张。", "50张 change_of 450张"),
    case(
        "门诊次均费用268元，同比下降2.3%，低于全市平均水平35元。",
        "2.3% change_of 268元",
        "35元 change_of 268元",
    ),
    case(
        "粮食总产量12.4万吨，其中秋粮8.1万吨，分别增长2.2%和3.0%。",
        "8.1万吨 part_of 12.4万吨",
        "2.2% change_of 12.4万吨",
        "3.0% change_of 8.1万吨",
    ),
]

CHANGES_ALONE = [
    case("病床周转次数41次，医疗纠纷同比下降15%。"),
    case("收治患者3400人；体检收入增长6%。"),
    case("门诊量由12万人次增至14万人次。"),
    case("新增就业岗位2300个，失业率下降0.2个百分点。"),
    case("净增床位80张，门诊量21万人次。"),
    case("全年用电量同比下降4.4%。"),
]

PARTS = [
    case(
        "在编职工512人，其中专业技术人员438人、工勤人员29人。",
        "438人 part_of 512人",
        "29人 part_of 512人",
    ),
    case("新收案件2460件（其中涉外案件17件）。", "17件 part_of 2460件"),
    case(
        "减免费用36.5万元（低保对象21.2万元、特困人员14.3万元）。",
        "21.2万元 part_of 36.5万元",
        "14.3万元 part_of 36.5万元",
    ),
    case(
        "门急诊总量52万人次，其中：急诊6.1万人次，互联网门诊1.9万人次。",
        "6.1万人次 part_of 52万人次",
        "1.9万人次 part_of 52万人次",
    ),
    case(
        "一般公共预算支出78亿元，其中民生支出61亿元，占78.2%。",
        "61亿元 part_of 78亿元",
        "78.2% part_of 78亿元",
    ),
    case(
        "审结案件1480件，包括刑事案件310件、民事案件1170件。",
        "310件 part_of 1480件",
        "1170件 part_of 1480件",
    ),
    case("全区养老机构26家，其中公办7家，民办19家。", "7家 part_of 26家", "19家 part_of 26家"),
    gap(
        "培训340人次，其中教师220人次（骨干教师60人次），行政人员120人次。",
        "220人次 part_of 340人次",
        "60人次 part_of 220人次",
        "120人次 part_of 340人次",
        why="after a bracket inside 其中 the whole is the part before it",
    ),
    case(
        "收到投诉61件（来信9件、来电40件、来访12件）。",
        "9件 part_of 61件",
        "40件 part_of 61件",
        "12件 part_of 61件",
    ),
    case(
        "学校有教职工180人，其中党员65人，占36%。",
        "65人 part_of 180人",
        "36% part_of 180人",
    ),
    case(
        "财政拨款1.86亿元。其中，基本支出1.31亿元，项目支出0.55亿元。",
        "1.31亿元 part_of 1.86亿元",
        "0.55亿元 part_of 1.86亿元",
    ),
    gap(
        "进出口总额92亿元，增长3.3%。其中，出口58亿元，增长5.0%；进口34亿元，增长0.6%。",
        "3.3% change_of 92亿元",
        "58亿元 part_of 92亿元",
        "5.0% change_of 58亿元",
        "34亿元 part_of 92亿元",
        "0.6% change_of 34亿元",
        why="其中 after a full stop or before a colon begins no part",
    ),
    case(
        "受理申请540件，增长11%，其中农民工讨薪210件，下降4%。",
        "11% change_of 540件",
        "210件 part_of 540件",
        "4% change_of 210件",
    ),
    gap(
        "门诊量12万人次，其中急诊2万人次，住院量9000人次。",
        "2万人次 part_of 12万人次",
        why="a total of another kind ends 其中",
    ),
    case("新增床位90张（含ICU床位12张）。", "12张 part_of 90张"),
    case(
        "全市法院结案8.9万件，其中基层法院7.6万件，中级法院1.3万件。",
        "7.6万件 part_of 8.9万件",
        "1.3万件 part_of 8.9万件",
    ),
    case("在1200份有效问卷中，选择“非常满意”的占85.5%。", "85.5% part_of 1200份"),
    case(
        "参加比赛的有58支队伍（小学组30支，中学组28支）。",
        "30支 part_of 58支",
        "28支 part_of 58支",
    ),
    case("化解纠纷1790起，其中，婚姻家庭类占42%，邻里类占31%。", "42% part_of 1790起", "31% part_of 1790起"),
]

NO_PARTS = [
    case("在职党员74人，其中不少同志主动请战；捐款2.6万元。"),
    case("病床使用率（含加床）91.4%，开放床位600张。"),
    case("全院职工300人，门诊量12万人次，其中急诊2万人次。", "2万人次 part_of 12万人次"),
    case("教师120人，学生1900人（住宿生700人）。", "700人 part_of 1900人"),
    case("举办讲座6场，受众480人。"),
    case("收入3.2亿元，支出3.05亿元。"),
]


@pytest.mark.parametrize("case", CHANGES)
def test_change_of_a_level(case: Case) -> None:
    check_links(case)


@pytest.mark.parametrize("case", CHANGES_ALONE)
def test_no_level_to_belong_to(case: Case) -> None:
    check_links(case)


@pytest.mark.parametrize("case", PARTS)
def test_part_of_a_whole(case: Case) -> None:
    check_links(case)


@pytest.mark.parametrize("case", NO_PARTS)
def test_only_parts_are_linked(case: Case) -> None:
    check_links(case)
