"""Documents of many kinds with the tree that a careful reader would draw."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summaryparse.collector import seldom_collected
from summaryparse.normalise import Text, fold
from summaryparse.outline import Outline, Section, find_outline
from summaryparse.rules import default_rules
from summaryparse.spans import Span

RULES = default_rules()


def read(original: str, excluded: Sequence[Span] = ()) -> tuple[Text, Outline]:
    text = fold(original)
    return text, find_outline(text, (0, len(original)), excluded, RULES)


def draw(text: Text, sections: Sequence[Section], depth: int = 0) -> Iterator[str]:
    """One line for each section: marker (# for none, * before an item), heading (- for none)."""
    for section in sections:
        star = "*" if section.kind == "item" else ""
        heading = text.simplified[slice(*section.heading)].replace("\n", "") if section.heading else "-"
        yield f"{'  ' * depth}{star}{section.marker.strip() or '#'} {heading}"
        yield from draw(text, section.children, depth + 1)


def walk(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from walk(section.children)


DOCUMENTS = {
    "restarted lists inside parts": (
        """第一部分 上年工作回顾
一、主要成绩
接诊量稳步增长，全年门诊12.3万人次。
二、存在不足
人才梯队仍需完善。
第二部分 今年工作安排
一、总体要求
坚持稳中求进。
二、重点任务
抓好三项改革。
""",
        """第一部分 上年工作回顾
  一、 主要成绩
  二、 存在不足
第二部分 今年工作安排
  一、 总体要求
  二、 重点任务""",
    ),
    "dotted numbers beside decimals": (
        """1 总则
1.1 编制目的
为了规范采购工作，制定本方案。
1.2 适用范围
适用于全院各科室。
1.2.1 例外情形
急救物资除外。
2 组织体系
2.1 领导小组
组长由院长担任。
3.5万元以上的项目须集体研究。
2.2 办公室
设在总务科。
""",
        """1 总则
  1.1 编制目的
  1.2 适用范围
    1.2.1 例外情形
2 组织体系
  2.1 领导小组
  2.2 办公室""",
    ),
    "first, second, last in a paragraph, and 首先 in a sentence": (
        """一、思想建设
首先，抓好理论学习，全年组织学习12次。其次，抓好阵地建设，建成活动室3个。最后，抓好典型宣传。
首先要说明的是，经费仍然紧张。
第一，制度不健全。第二，人员不稳定。
二、业务工作
第一，门诊量创新高，全年接诊9万人次，同比增长3%。
""",
        """一、 思想建设
  *首先， -
  *其次， -
  *最后， -
  *第一， -
  *第二， -
二、 业务工作""",
    ),
    "circled numbers inside a paragraph and at line starts": (
        """（一）应急管理。①修订预案12项；②组织演练4次；③储备物资3类。
（二）信息建设
①上线新系统。运行平稳，覆盖全部科室。
②改造机房。新增机柜6个。
""",
        """（一） 应急管理
  *① -
  *② -
  *③ -
（二） 信息建设
  ① 上线新系统
  ② 改造机房""",
    ),
    "markdown": (
        """# 年度总结
## 一、运行情况
全年出院2.1万人次。
## 二、重点工作
### 1. 学科建设
新增重点专科2个。
### 2. 人才培养
引进博士3名。
""",
        """# 年度总结
  ## 一、 运行情况
  ## 二、 重点工作
    ### 1. 学科建设
    ### 2. 人才培养""",
    ),
    "headings without numbers over restarted lists": (
        """基本情况
全院现有职工320人，开放床位400张。
主要做法
一、强化管理
出台制度12项。
二、优化服务
增设窗口4个。
存在问题
一、人才不足
缺少学科带头人。
二、经费紧张
建设资金缺口较大。
""",
        """# 基本情况
# 主要做法
  一、 强化管理
  二、 优化服务
# 存在问题
  一、 人才不足
  二、 经费紧张""",
    ),
    "a heading that lost its number fills the gap": (
        """一、业务工作
（一）门诊服务
全年接诊稳中有升。
住院服务能力持续提升
床位使用率保持高位。
（三）急诊服务
平均响应时间缩短。
二、党建工作
支部活动正常开展。
""",
        """一、 业务工作
  （一） 门诊服务
  # 住院服务能力持续提升
  （三） 急诊服务
二、 党建工作""",
    ),
    "a heading without a number between outer ones": (
        """一、业务工作
（一）门诊服务
全年接诊稳中有升。
（二）住院服务
床位使用率保持高位。
后勤与安全保障
全年未发生安全事故。
二、党建工作
支部活动正常开展。
""",
        """一、 业务工作
  （一） 门诊服务
  （二） 住院服务
# 后勤与安全保障
二、 党建工作""",
    ),
    "cells of a flattened table are no headings": (
        """一、主要指标
各项指标如下。
指标名称
绝对数
增长
门诊人次
12.3
二、财务情况
项目\t期初\t期末
1、固定资产\t320\t355
收支平衡。
""",
        """一、 主要指标
二、 财务情况""",
    ),
    "numbers in brackets inside a paragraph": (
        """一、财务收支
全年收入由三部分组成：(1)医疗收入8200万元;(2)财政补助1300万元;(3)其他收入95万元。
二、资产管理
盘点资产全部入账。
""",
        """一、 财务收支
  *(1) -
  *(2) -
  *(3) -
二、 资产管理""",
    ),
    "figures at line starts": (
        """1、党建工作
（1）开展主题党日12次。
（2）发展党员5名。
2、业务工作
完成手术900台。
1.5T核磁投入使用。
2021年6月通过验收。
10余场讲座顺利举办。
3、后勤工作
1.2023年更换电梯2部。
2.2024年拟改造配电房3处。
""",
        """1、 党建工作
  （1） -
  （2） -
2、 业务工作
3、 后勤工作
  1. -
  2. -""",
    ),
    "a full stop before a figure that is no decimal": (
        """一、公共卫生
1.65岁以上老人体检3200人。
2.0～6岁儿童管理率95%。
3.严重精神障碍患者随访到位。
二、设备更新
1.5T核磁投入使用。
3.5台次为日均手术量。
""",
        """一、 公共卫生
  1. -
  2. -
  3. -
二、 设备更新""",
    ),
    "a list glued to the end of a paragraph inside a list of its own style": (
        """一、质量管理
(一)狠抓环节质量
每月抽查病历，强化培训，各项指标向好。(一)前三季度，出院2.1万人次。
(二)前三季度，平均住院日8.1天。
(三)前三季度，开展手术5600例。
(二)严格考核奖惩
每季度通报一次。
(三)加强信息支撑
上线质控系统。
""",
        """一、 质量管理
  (一) 狠抓环节质量
    (一) -
    (二) -
    (三) -
  (二) 严格考核奖惩
  (三) 加强信息支撑""",
    ),
    "siblings glued to the line before": (
        """(一)加强培训
全年培训30期。(二)规范考核
考核合格率98%。
(三)强化激励
发放奖励12万元。
""",
        """(一) 加强培训
(二) 规范考核
(三) 强化激励""",
    ),
    "a chain that begins at the end of a paragraph": (
        """一、存在问题
主要表现在三个方面：一是人员老化，平均年龄48岁。
二是设备陈旧，超期服役23台。
三是用房紧张，人均面积不足10平方米。
二、下步打算
争取专项资金。
""",
        """一、 存在问题
  一是 -
  二是 -
  三是 -
二、 下步打算""",
    ),
    "a chain that begins behind its subject": (
        """一、救灾工作
面对灾情，我们一是组织人员查灾，争取救灾款30万元。二是召开会议，安排生产自救。三是发放棉衣500件。
二、低保工作
发放低保金80万元。
""",
        """一、 救灾工作
  *一是 -
  *二是 -
  *三是 -
二、 低保工作""",
    ),
    "rows of a table that are parts of the row above": (
        """一、人口
年末总人口
85.6
#男性
44.1
二、就业
就业形势稳定。
""",
        """一、 人口
二、 就业""",
    ),
    "levels left out": (
        """一、落实责任
1.健全机制。成立专班，明确分工，压实责任。
2.强化督查。每月通报一次，限期整改。
二、补齐短板
一要抓培训。分批组织骨干进修。
二要抓投入。设备更新列入预算。
""",
        """一、 落实责任
  1. 健全机制
  2. 强化督查
二、 补齐短板
  一要 抓培训
  二要 抓投入""",
    ),
    "headings of years over lists": (
        """    各位代表，我向大会报告工作。
    2021年工作回顾
    2021年，全院接诊12.3万人次，各项指标稳中有升。
    一、医疗服务持续改善
    开展新技术12项。
    二、党建引领作用增强
    发展党员5名。
    我们也看到，人才队伍仍有短板。
    2022年工作安排
    新的一年，我们将重点抓好三项改革。
""",
        """# 2021年工作回顾
  一、 医疗服务持续改善
  二、 党建引领作用增强
# 2022年工作安排""",
    ),
    "a heading of a year closes all lists, a caption with a year none": (
        """一、医疗服务
（一）门诊
全年接诊12.3万人次。
2021年各月门诊人次
一月
1.1万
（二）住院
全年出院1.2万人次。
2022年工作打算
继续抓好各项工作，力争门诊人次增长5%。
""",
        """一、 医疗服务
  （一） 门诊
  （二） 住院
# 2022年工作打算""",
    ),
    "headings in brackets with their text behind them": (
        """本学年，学校各项工作稳步推进。
【招生规模】全年招生1312人，完成率109.3%。
【师资、科研】教职工296人。①专任教师251人；②外聘技师33人。
【下步打算】
招生稳定在1300人左右。
""",
        """# 招生规模
# 师资、科研
  *① -
  *② -
# 下步打算""",
    ),
    "notes in brackets, and one alone, are no headings": (
        """一、主要指标
【注】数据未经审计。
【来源】统计年报。
二、财务情况
【青河经验】被省报报道，在全省推广。
收支平衡。
""",
        """一、 主要指标
二、 财务情况""",
    ),
    "brackets behind a number": (
        """1.【学科建设】新增重点专科2个。
2.【人才培养】引进博士3名。
""",
        """1. 学科建设
2. 人才培养""",
    ),
    "a chapter cut from a longer text": (
        """十、卫生健康和社会服务

年末全市共有医疗卫生机构2846个，比上年末增加37个。

全年总诊疗人次3108.6万，下降1.3%。
""",
        """十、 卫生健康和社会服务""",
    ),
    "a list that goes on below the next heading": (
        """一、重点工作
（一）学科建设
新增专科2个。
（二）人才培养
引进博士3名。
二、其他工作
（四）后勤保障
改造食堂1处。
""",
        """一、 重点工作
  （一） 学科建设
  （二） 人才培养
二、 其他工作
  （四） 后勤保障""",
    ),
    "a figure at a line start that begins no section": (
        """本年度共接诊12.3万人次。
12、13日连续举办义诊，受益群众800人次。
全年出院1.2万人次。
""",
        "",
    ),
    "numbers behind numbers": (
        """一、二季度运行情况
门诊量增长5%。
二、存在问题
预约率偏低。
三、四级手术占比偏低，仅为12.5%。
三、三季度工作要点
确保门诊量增长。
四、四季度工作安排
抓好收官。
""",
        """一、 二季度运行情况
二、 存在问题
三、 三季度工作要点
四、 四季度工作安排""",
    ),
    "a pair that fills a gap, and one that is the name of a row": (
        """一、总体情况
运行平稳。
二、三类切口管理工作
通过评审。
三、主要指标
各项指标如下。
三、四级手术占比
35.2%
四、存在问题
人才不足。
""",
        """一、 总体情况
二、 三类切口管理工作
三、 主要指标
四、 存在问题""",
    ),
    "a figure in the name of a project is no result": (
        """（一）推进“15分钟就医圈”建设。新改建村卫生室40所。
（二）新增“流动医院”车辆3台。覆盖12个乡镇。
""",
        """（一） 推进“15分钟就医圈”建设
（二） -""",
    ),
    "lines put together to one": (
        """一、任务完成情况 (一)民生工程圆满完成 1、城乡低保。低保8779户。 2、医疗救助。人均水平达 到328元 \
3、五保供养。新建敬老院4所。 (二)基层建设稳步推进 1、村务公开。公开12次。 2、社区建设。新建3个。 \
二、存在问题。人员不足。
""",
        """*一、 任务完成情况
  *(一) 民生工程圆满完成
    *1、 城乡低保
    *2、 医疗救助
    *3、 五保供养
  *(二) 基层建设稳步推进
    *1、 村务公开
    *2、 社区建设
*二、 存在问题""",
    ),
    "a number glued to its heading, above those that begin with it": (
        """1机构现状
全市有机构12个，建成防控体系。
1.1主要职责
负责传染病监测。
1.2房屋情况
占地700平方米。
5楼病区改造工程
已经完成。
""",
        """1 机构现状
  1.1 主要职责
  1.2 房屋情况
# 5楼病区改造工程""",
    ),
    "captions of pictures that are gone": (
        """三、支出决算情况
2021年支出合计4021万元，其中基本支出2719万元。
支出决算结构图
四、收入决算情况
2021年收入总计1614万元，增长50%。
收入变动情况
五、其他情况
2021年无其他情况。
""",
        """三、 支出决算情况
四、 收入决算情况
五、 其他情况""",
    ),
    "cells between bars": (
        """一、预算执行
全县收入12万元，具体如下。
一、本级收入 |
12 |
二、上级补助 |
35 |
二、存在问题
财力不足。
""",
        """一、 预算执行
二、 存在问题""",
    ),
    "rows of a table": (
        """一、收支情况
单位：万元
收入 |
金额 |
一、财政拨款 |
1225 |
二、事业收入 |
1380 |
#门诊收入 |
902 |
二、农业
产品 | 产量（吨） |
粮食 | 3972 |
#稻谷 | 2787 |
1.棉花 | 58 |
收成好于上年。
三、其他
一、未列明 |
""",
        """一、 收支情况
二、 农业
三、 其他""",
    ),
    "sections between tables under one header": (
        """一、收入情况
项目\t金额（万元）
财政拨款\t1225
门诊收入\t902.5
住院收入\t90
二、支出情况
人员经费\t380.2
公用经费\t459.1
设备购置\t12
三、其他
无。
""",
        """一、 收入情况
二、 支出情况
三、 其他""",
    ),
    "subheadings below the header of a table": (
        """一、基本情况
| 指标 | 数量（个） |
| 一、综合 |
| 镇 | 653 |
| 乡 | 251 |
| 二、社会工作 |
| 养老机构 | 12 |
| 儿童机构 | 7 |
二、其他
无。
""",
        """一、 基本情况
二、 其他""",
    ),
    "sections between tables of one cell a line": (
        """一、收入情况
项目
金额（万元）
财政拨款
1225
门诊收入
902.5
二、支出情况
人员经费
380.2
公用经费
459.1
三、其他
无。
""",
        """一、 收入情况
二、 支出情况
三、 其他""",
    ),
    "Taiwan": (
        """壹、前言
　　本院成立於民國七十年。
貳、醫療服務
一、門診
(一)初診：全年1萬2千人次。
(二)複診：全年8萬人次。
二、住院
1、全年住院9千人次。
2、平均住院日6.2日。
參、結語
　　感謝各界支持。
""",
        """壹、 前言
貳、 医疗服务
  一、 门诊
    (一) 初诊
    (二) 复诊
  二、 住院
    1、 -
    2、 -
參、 结语""",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_tree(name: str) -> None:
    original, tree = DOCUMENTS[name]
    text, outline = read(original)
    assert "\n".join(draw(text, outline.sections)) == tree
    check_tiles(text, outline)


WRAPPED = [
    "一、疾病控制工作有序推进",
    "全年报告法定传染病3215例，发病率为每十万人19.6，较上年下降3.5个百分点，其中手足口病1200例，流感占比最高，"
    "达到往年2、3月份的峰值水平。重点开展三项工作：一是加强监测，覆盖12个乡镇；二是加强培训，举办班次8期，"
    "培训业务骨干460人次；三是强化督导，下沉基层32次。",
    "二、免疫规划工作",
    "（一）规范接种门诊建设。全区建成数字化门诊7家，覆盖率达到八成以上，群众满意度持续提升。",
    "（二）疫苗管理",
    "严格冷链管理制度，全年无过期疫苗。全年更新冷藏设备21台，投入经费3.5万元。",
    "三、坚持以人民健康为中心全面推进爱国卫生运动向纵深发展努力建设更高水平的健康城区",
    "新建公厕12座，改造农贸市场5个，清理卫生死角300余处，病媒生物密度控制水平达到国家标准C级。",
]
WRAPPED_TREE = """一、 疾病控制工作有序推进
  *一是 -
  *二是 -
  *三是 -
二、 免疫规划工作
  （一） 规范接种门诊建设
  （二） 疫苗管理
三、 坚持以人民健康为中心全面推进爱国卫生运动向纵深发展努力建设更高水平的健康城区"""


def wrap(paragraph: str, columns: int, indent: str) -> str:
    lines, line, width = [], indent, float(len(indent))
    for character in paragraph:
        step = 0.5 if character.isascii() else 1.0
        if width + step > columns and character not in "，。；：、":
            lines.append(line)
            line, width = "", 0.0
        line, width = line + character, width + step
    return "\n".join([*lines, line])


@pytest.mark.parametrize("columns", [18, 24, 32])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_lines_cut_at_a_width_are_one_paragraph(columns: int, indent: str) -> None:
    text, outline = read("\n".join(wrap(p, columns, indent) for p in WRAPPED))
    tree = "\n".join(draw(text, outline.sections)).replace("　", "")
    assert tree == WRAPPED_TREE
    assert [len(section.paragraphs) for section in walk(outline.sections) if section.marker == "（二）"] == [
        1
    ]


CUT_ANYWHERE = """　　一、基本医疗
　　上半年门诊诊疗26438人次，比去年同期增加1915人次，
增长7.81%；住院1072人次，平均住院日6.
2天，床位使用率只有58.3%。药品收入占比36
.5%，下降2.8个百
分点。严格落实医保政策，门诊次均费用1
847元，均在规定的5%涨幅以内，较上年同期翻了一
番。
　　二、公共卫生
　　（一）健康档案。全镇常住人口34816人，累计建档325
第 1 页 共 4 页
70份，建档率93.55%，动态使用率68.2%。
　　（二）妇幼保健。新生儿91人，访视率97.8%，婴
儿死亡1例。
"""


@pytest.mark.parametrize(
    "mark", ["第 1 页 共 4 页\n", "\n—1—\n\n", "· 1 ·\n", "1\n", "                    — 1 —\n", ""]
)
def test_lines_cut_anywhere_are_joined_across_a_page_mark(mark: str) -> None:
    original = CUT_ANYWHERE.replace("第 1 页 共 4 页\n", mark)
    at = CUT_ANYWHERE.index("第 1 页") + len(mark) - len(mark.lstrip())
    excluded = [(at, at + len(mark.strip()))] if mark else []
    text, outline = read(original, excluded)
    tree = "一、 基本医疗\n二、 公共卫生\n  （一） 健康档案\n  （二） 妇幼保健"
    assert "\n".join(draw(text, outline.sections)) == tree
    assert [len(section.paragraphs) for section in walk(outline.sections)] == [1, 0, 1, 1]


def test_points_without_full_stops_are_not_joined() -> None:
    points = [
        "门诊12万人次，同比增长3%",
        "出院1.2万人次，其中县外患者2300人次，同比增长5.6%，占比接近两成",
        "手术3200台，三四级手术占比35%，微创手术占比28%",
        "体检2.3万人次，增长7%，收入首次突破千万元",
        "急诊3.2万人次，抢救成功率96.5%，较上年提高0.8个百分点，院前急救平均反应时间12分钟",
    ]
    original = "\n".join(["一、运行情况", *points, "二、存在问题", "人才不足。"])
    _, outline = read(original)
    assert [original[a:b] for a, b in outline.sections[0].paragraphs] == points


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ("拨付公用经费|805.3|万元，惠及全县。", ["拨付公用经费805.3万元，惠及全县。"]),
        ("公用经费到位。|805.3|万元用于建设。", ["公用经费到位。", "805.3万元用于建设。"]),
        ("公用经费|805.3万元，惠及全县。", ["公用经费805.3万元，惠及全县。"]),
        ("净收入|2,246,065元|说明附后。", ["净收入2,246,065元", "说明附后。"]),
        ("建设周转房|90|套；安排资金|1073|万元。", ["建设周转房90套；安排资金1073万元。"]),
        (
            "为|1464|名学生减免，改建|4|所学校，|316|所学校受益，自|2021|年起发放|80|万元。",
            ["为1464名学生减免，改建4所学校，316所学校受益，自2021年起发放80万元。"],
        ),
        ("工作回顾|3|人员情况|5|项目建设|8", ["工作回顾", "3", "人员情况", "5", "项目建设", "8"]),
        ("深入推进健康行动|12|人民满意度提升。", ["深入推进健康行动", "12", "人民满意度提升。"]),
        ("上年情况|2021年，全县财政运行平稳。", ["上年情况", "2021年，全县财政运行平稳。"]),
        ("获奖名单|3人获省级表彰", ["获奖名单", "3人获省级表彰"]),
        ("点击量|128次|来源不明", ["点击量", "128次", "来源不明"]),
        ("拨付情况如下：|150万元，用于改薄。", ["拨付情况如下：", "150万元，用于改薄。"]),
    ],
)
def test_figure_apart_from_its_words_goes_on_with_them(lines: str, paragraphs: list[str]) -> None:
    text, outline = read(lines.replace("|", "\n"))
    assert [text.original[a:b].replace("\n", "") for a, b in outline.preamble + outline.closing] == paragraphs


def test_figure_below_a_heading_is_no_part_of_it() -> None:
    text, outline = read("一、公用经费\n805.3\n万元用于建设。\n二、其他\n无。")
    assert list(draw(text, outline.sections)) == ["一、 公用经费", "二、 其他"]


def test_page_mark_joins_no_heading_to_the_text_below_it() -> None:
    original = "一、工作成效\n—3—\n全年完成任务。\n—4—\n各项指标向好，\n"
    marks = [(at, at + 3) for at in (original.index("—3—"), original.index("—4—"))]
    text, outline = read(original, marks)
    assert list(draw(text, outline.sections)) == ["一、 工作成效"]
    assert [original[a:b] for a, b in outline.sections[0].paragraphs] == ["全年完成任务。", "各项指标向好，"]


def test_page_mark_inside_a_line_is_in_no_paragraph_of_its_own() -> None:
    original = "一、工作成效\n全年完成手术— 3 —320台。\n"
    at = original.index("— 3 —")
    _, outline = read(original, [(at, at + 5)])
    assert [original[a:b] for a, b in outline.sections[0].paragraphs] == ["全年完成手术— 3 —320台。"]


FULL_LINE = """一、加强党的建设，凝聚发展合力
院党委坚持把政治建设摆在首位，全年召开
党委会议24次，开展专题学习12次，发展党
员5名，组织生活制度得到有效落实。
二、坚持质量为先持续改进，提升服务能力
质控中心每月对病历进行抽查，全院甲级病
历率达到98%，处方合格率99%，不良事件上
报320例，整改率达到百分之百。
三、坚持科教兴院，注重人才培养
引进硕士5名，选送进修12人，举办继续教育
项目3项，发表论文36篇，其中核心期刊8篇。
"""


def test_heading_that_fills_its_line_ends_there() -> None:
    text, outline = read(FULL_LINE)
    assert [line.split(" ")[1] for line in draw(text, outline.sections)] == [
        "加强党的建设，凝聚发展合力",
        "坚持质量为先持续改进，提升服务能力",
        "坚持科教兴院，注重人才培养",
    ]
    assert [section.run_in for section in outline.sections] == [False, False, False]


def test_sentence_that_fills_its_line_goes_on() -> None:
    original = FULL_LINE.replace(
        "二、坚持质量为先持续改进，提升服务能力\n", "二、全年抽查病历三千份，处方九千张，各\n科"
    )
    _, outline = read(original)
    assert outline.sections[1].heading is None


def test_blank_lines_between_cut_lines_part_nothing() -> None:
    text, outline = read("\n\n".join(wrap(p, 24, "　　") for p in WRAPPED).replace("\n", "\n\n"))
    assert "\n".join(draw(text, outline.sections)).replace("　", "") == WRAPPED_TREE


def test_text_with_more_markers_than_any_report_is_cut_short() -> None:
    original = "1.\n" * 20_010
    _, outline = read(original)
    assert sum(1 for _ in walk(outline.sections)) == 20_000
    assert "truncated" in {d.code for d in outline.diagnostics}


@pytest.mark.parametrize(
    ("line", "heading", "run_in"),
    [
        ("一、重点工作", "重点工作", False),
        ("一、重点工作。", "重点工作", False),
        ("1.坚持预防为主，筑牢防线。全年开展巡查40次。", "坚持预防为主，筑牢防线", True),
        ("1.收入情况：全年收入1.2亿元，增长3%。", "收入情况", True),
        ("1.全年收入1.2亿元，增长3%；支出1.1亿元。", None, True),
        ("1.新增设备20台。总值300万元。", None, True),
        (
            "1.建立质量管理机制,修订手册,明确分工,落实奖惩,每季度组织督查并形成报告,持续改进。全年督查4次。",
            None,
            True,
        ),
        ("1.深化“一盘棋、一本账。一家人”理念。全年下派专家百人。", "深化“一盘棋、一本账。一家人”理念", True),
        ("1.现将情况报告如下:全年完成任务12项。", None, True),
        (
            "（一）种植业 全年粮食种植面积32万亩，比上年增加0.3万亩，增长0.9%，其中夏粮面积下降。",
            "种植业",
            True,
        ),
        ("（一）回望2019年，汗水与成果同在", "回望2019年，汗水与成果同在", False),
        ("1.明年的总收入预计为六千二百六十亿元。地价收入增加百分之五，按年下跌。", None, True),
        ("2.免费“ 两癌”筛查目标人群为本区妇女，去年以来已有多批参加，全部免费完成。", None, True),
    ],
)
def test_where_a_heading_ends(line: str, heading: str | None, run_in: bool) -> None:  # noqa: FBT001
    text, outline = read(line + "\n")
    (section,) = outline.sections
    assert (text.simplified[slice(*section.heading)] if section.heading else None) == heading
    assert section.run_in is run_in


@pytest.mark.parametrize(
    ("original", "code"),
    [
        ("一、甲项工作\n完成。\n三、丙项工作\n完成。\n", "numbering-gap"),
        ("二、乙项工作\n完成。\n三、丙项工作\n完成。\n", "numbering-gap"),
        ("一、甲项工作\n完成。\n二、乙项工作\n完成。\n二、丙项工作\n完成。\n", "numbering-repeat"),
    ],
)
def test_irregular_numbers_are_remarked(original: str, code: str) -> None:
    _, outline = read(original)
    assert [d.code for d in outline.diagnostics] == [code]
    assert len(outline.sections) == original.count("、")


def test_text_without_markers_is_preamble() -> None:
    original = "全区卫生工作稳步推进。\n全年诊疗32万人次。\n"
    _, outline = read(original)
    assert not outline.sections
    assert [original[a:b] for a, b in outline.preamble] == original.splitlines()


def test_last_words_are_the_closing() -> None:
    sections = "一、工作成效\n全年完成任务。\n\n二、主要不足\n服务意识有待加强。\n\n"
    original = sections + "总之，任重道远。\n\n以上报告，请审议。\n"
    _, outline = read(original)
    assert [original[a:b] for a, b in outline.closing] == ["总之，任重道远。", "以上报告，请审议。"]


def test_words_to_the_reader_close_without_a_blank_line() -> None:
    original = "一、工作成效\n全年完成任务。\n各位代表，让我们携手前进！\n"
    _, outline = read(original)
    assert [original[a:b] for a, b in outline.closing] == ["各位代表，让我们携手前进！"]


def test_ordinary_last_paragraph_stays_in_its_section() -> None:
    _, outline = read("一、工作成效\n全年完成任务。\n\n二、主要不足\n意识不强。\n\n培训不够，投入不足。\n")
    assert not outline.closing
    assert len(outline.sections[1].paragraphs) == 2


@pytest.mark.parametrize(
    ("original", "in_closing"),
    [
        ("一要落实，二是检查\n后续工作照旧\n", 1),
        ("一要落实，二是检查\n后续工作照旧\n一、成效\n良好。\n", 0),
    ],
)
def test_text_behind_items_without_a_section_is_no_preamble(original: str, in_closing: int) -> None:
    text, outline = read(original)
    assert not outline.preamble
    assert len(outline.closing) == in_closing
    check_tiles(text, outline)


def test_excluded_lines_are_in_no_paragraph() -> None:
    original = "一、工作成效\n全年完成任务。\n- 3 -\n各项指标向好。\n"
    at = original.index("- 3 -")
    _, outline = read(original, [(at, at + 5)])
    assert [original[a:b] for a, b in outline.sections[0].paragraphs] == ["全年完成任务。", "各项指标向好。"]


def check_tiles(text: Text, outline: Outline) -> None:
    """Spans nest, siblings are disjoint and in order, and no character is lost or read twice."""
    owned = [0] * len(text.original)

    def own(span: Span) -> None:
        assert 0 <= span[0] <= span[1] <= len(owned)
        for at in range(*span):
            owned[at] += 1

    def visit(sections: Sequence[Section], low: int, high: int) -> None:
        for section in sections:
            start, end = section.span
            assert low <= start <= end <= high
            assert text.original.startswith(section.marker, start)
            assert not text.original[end - 1].isspace()
            low = end
            own((start, start + len(section.marker)))
            for span in (*([section.heading] if section.heading else []), *section.paragraphs):
                assert start <= span[0] < span[1] <= end
                own(span)
            visit(section.children, start, end)

    visit(outline.sections, 0, len(owned))
    for span in (*outline.preamble, *outline.closing):
        own(span)
    assert max(owned, default=0) <= 1
    lost = {character for character, n in zip(text.folded, owned, strict=True) if not n}
    assert all(character.isspace() or character in "。;:,、!?.*#”’【】" for character in lost)


MARKS = [
    "一、",
    "二、",
    "三、",
    "（一）",
    "(二)",
    "1.",
    "2、",
    "3.",
    "（1）",
    "①",
    "②",
    "1)",
    "1.1",
    "一是",
    "二是",
    "首先，",
    "【工作】",
]
MARKS += ["第一部分 ", "第一，", "其次，", "## ", "壹、", "A.", "**", "", "", "\t", "　　"]
BODIES = [
    "2021年工作回顾",
    "加强培训。",
    "工作成效",
    "全年完成3.5万例；",
    "如下：",
    "“一本账”。",
    "2、3月份",
    "；",
    "。",
    "",
    " ",
    "甲" * 40,
    "表\t1",
    "\r",
]


@given(
    st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(BODIES), st.sampled_from(["\n", "", "\n\n"])))
)
@example([("首先，", " ", ""), ("其次，", "2021年工作回顾", "\n")])
@settings(max_examples=300, deadline=None)
def test_every_document_is_tiled(pieces: list[tuple[str, str, str]]) -> None:
    text, outline = read("".join("".join(piece) for piece in pieces))
    check_tiles(text, outline)


@given(st.text(alphabet="一二、（）1.2。；：是\n 甲#①,", max_size=80))
@settings(max_examples=300, deadline=None)
def test_arbitrary_text_is_tiled(original: str) -> None:
    text, outline = read(original)
    check_tiles(text, outline)


@pytest.mark.parametrize(
    "unit",
    [
        "一、",
        "（一）（一）",
        "一、\n",
        "1.1.1.",
        "。一是二是",
        "#",
        "(",
        "“",
        "1、a；2、b；",
        "甲 ",
        "一、甲\n(一)乙\n1.丙\n①丁\n",
        "公用经费\n3\n万元\n",
        "一、甲 |\n1 |\n",
    ],
)
def test_hostile_text_costs_linear_time(unit: str) -> None:
    def seconds(characters: int) -> float:
        original = unit * (characters // len(unit))
        text = Text(original, original, original, "simplified")
        with seldom_collected():  # as where reports are read: what else the process holds costs no time
            begun = time.process_time()
            find_outline(text, (0, len(original)), (), RULES)
            return time.process_time() - begun

    seconds(1_000)  # compiles what is compiled when it is first used
    assert seconds(24_000) < 8 * max(seconds(6_000), 0.03)
