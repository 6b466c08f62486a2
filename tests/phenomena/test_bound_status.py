"""How firm a figure is, and whether it was reached, aimed at or set by others."""

import pytest

from tests.phenomena.cases import check, report

BOUNDS = [
    ("床位使用率在90%以上。", "床位使用率: 90 % ≥"),
    ("单次住院费用不超过5000元。", "住院费用: 5000 元 ≤"),
    ("工地巡查次数不少于24次。", "巡查次数: 24 次 ≥"),
    ("园区总收入突破3亿元。", "总收入: 300000000 元 ≥ -突破"),
    ("展馆客流量逾60万人次。", "客流量: 600000 人次 ≥ -逾"),
    ("选修课到课率不足七成。", "到课率: 70 % ≤ -不足"),
    pytest.param(
        "每个班组至少配备安全员4名。",
        "安全员: 4 名 ≥ -至少",
        marks=pytest.mark.xfail(strict=True, reason="bound before the verb is lost"),
    ),
    ("病区夜间噪声小于55分贝。", "噪声: 55 分贝 ≤"),
    ("作业优良率大于85%。", "优良率: 85 % ≥"),
    ("审批时限压缩至3个工作日以内。", "审批时限: 3 工作日|个工作日 ≤ -压缩"),
    ("受益群众超2万人。", "受益群众: 20000 人 ≥ -超"),
    ("病历甲级率高于95%。", "病历甲级率: 95 % ≥"),
    ("录入出错率低于0.1%。", "出错率: 0.1 % ≤"),
    ("每户最高补贴1.5万元。", "补贴: 15000 元 ≤ or 15000 元"),
    ("到场参训人员不下300人。", "参训人员: 300 人 ≥"),
    ("往来款余额未超过800万元。", "往来款余额: 8000000 元 ≤"),
    ("出警到场时间在10分钟内。", "到场时间: 10 分钟 ≤"),
    ("单项合同额上限为50万元。", "单项合同额: 500000 元 ≤"),
    ("年诊疗量达20万人次以上。", "年诊疗量: 200000 人次 ≥"),
    ("近千名师生参加升旗仪式。", "师生: 1000 名 ≈"),
    ("村级活动室面积均不小于100平方米。", "活动室面积: 100 平方米 ≥"),
    ("剖宫产率不到三成。", "剖宫产率: 30 % ≤"),
    ("窗口好评率99%强。", "好评率: 99 % ≈"),
    ("超过四百名家长到校参观。", "家长: 400 名 ≥"),
    ("单次住院费用不超过 5000元。", "住院费用: 5000 元 ≤"),
    ("接待来访群众近 300人。", "来访群众: 300 人 ≈"),
    # of two words that bound, the limit says more
    ("每套单价不超过约300元。", "单价: 300 元 ≤"),
    ("门诊次均费用不超过300元左右。", "门诊次均费用: 300 元 ≤"),
    ("参训学员不少于300余人。", "学员: 300 人 ≥"),
    ("病区床位使用率约90%以上。", "床位使用率: 90 % ≥"),
    ("站点服务半径大约在5公里以内。", "服务半径: 5 公里 ≤"),
    # limits that belong to the name, and words that hold such characters
    ("副高以上职称人员86名。", "副高以上职称人员: 86 名"),
    ("60岁以下教师占74%。", "60岁以下教师: 74 %"),
    ("超声检查9.4万人次。", "超声检查: 94000 人次"),
    ("规模以上企业212家。", "规模以上企业: 212 家"),
    ("80岁以上老人1200名享受高龄津贴。", "80岁以上老人: 1200 名"),
    ("超市抽检食品46批次。", "食品: 46 批次"),
    ("补齐人手不足短板，招聘护士40名。", "护士: 40 名"),
    ("最高人民法院发布典型案例6件。", "典型案例: 6 件"),
    ("以内科为主的病区设床80张。", "床: 80 张"),
    ("带动上下游企业320家。", "上下游企业: 320 家"),
    ("派至少数民族地区的教师12名。", "教师: 12 名"),
]

CLAUSES = [
    ("力争门诊量达到50万人次。", "门诊量: 500000 人次 target -力争"),
    ("确保住院死亡率控制在0.8%以内。", "住院死亡率: 0.8 % ≤ target -确保 -控制"),
    ("计划投资4.2亿元新建传染病楼。", "投资|传染病楼: 420000000 元 target -计划"),
    ("到2025年底，全市养老床位将达1.6万张。", "养老床位: 16000 张 target"),
    ("明年拟招聘硕士以上人才15名。", "硕士以上人才: 15 名 target -拟"),
    ("预计全年税收达12亿元。", "税收: 1200000000 元 target -预计"),
    ("目标是把投诉率降到1%以下。", "投诉率: 1 % ≤ target"),
    ("争取再获批省级课题3项。", "省级课题: 3 项 target -争取"),
    ("下一步，将新建发热门诊6个。", "发热门诊: 6 个 target"),
    ("“十四五”末森林覆盖率要达到42%以上。", "森林覆盖率: 42 % ≥ target"),
    ("规划到2030年建成口袋公园20座。", "口袋公园: 20 座 target"),
    ("拟于下半年开展联合执法8次。", "联合执法: 8 次 target"),
    pytest.param(
        "企业有望实现利润900万元。",
        "利润: 9000000 元 target -有望",
        marks=pytest.mark.xfail(strict=True, reason="word of intent stays in the name"),
    ),
    ("力争三年内培养学科带头人10名，引进博士5名。", "学科带头人: 10 名 target; 博士: 5 名 target"),
    ("去年计划招生600人，实际招生612人。", "招生: 600 人 target; 招生: 612 人"),
    ("2025年全县生产总值预期增长6%左右。", "生产总值: 6 % ↑ ≈ target -预期"),
    ("年内还要改造老旧小区18个。", "老旧小区: 18 个 target"),
    ("争创国家级重点专科2个。", "国家级重点专科: 2 个 target"),
    pytest.param(
        "项目建成后，年处理垃圾可达9万吨。",
        "垃圾: 90000 吨 target",
        marks=pytest.mark.xfail(strict=True, reason="可达 after …后 makes no target"),
    ),
    pytest.param(
        "二期工程拟投入资金6500万元。",
        "资金: 65000000 元 target -拟",
        marks=pytest.mark.xfail(strict=True, reason="word of intent stays in the name"),
    ),
    # words of intent that intend nothing
    ("发扬力争上游的精神，帮扶困难户64户。", "困难户: 64 户"),
    ("目标任务完成率达104%。", "目标任务完成率: 104 %"),
    ("将闲置泊位改造成充电桩35个。", "充电桩: 35 个"),
    ("将涉案款物1200万元及时返还当事人。", "涉案款物: 12000000 元"),
    ("利用计划经济时期的厂房改建展厅4个。", "展厅: 4 个"),
    ("预约计划免疫儿童2.2万名。", "儿童: 22000 名"),
    ("按计划完成审计项目24个。", "审计项目: 24 个"),
    ("目标人群筛查5.4万人。", "目标人群: 54000 人"),
    ("计划生育手术820例。", "计划生育手术: 820 例"),
    ("将军路社区接种疫苗3400剂次。", "疫苗: 3400 剂次"),
    ("提前实现减排目标，减排二氧化碳1.2万吨。", "二氧化碳: 12000 吨"),
    ("确保了活动零事故，排查隐患260处。", "隐患: 260 处"),
    ("争取到上级资金680万元。", "上级资金: 6800000 元"),
    ("部门预算执行率97.8%。", "预算执行率: 97.8 %"),
    ("规划馆接待参观者1.1万人次。", "参观者: 11000 人次"),
    ("已超额完成年度目标，签约企业52家。", "企业: 52 家"),
]

REQUIREMENTS = [
    ("国家规定急救反应时间不超过15分钟。", "急救反应时间: 15 分钟 ≤ requirement"),
    pytest.param(
        "评审标准为护床比不低于0.4。",
        "护床比: 0.4 ≥ requirement",
        marks=pytest.mark.xfail(strict=True, reason="bare decimal after a bound is not read"),
    ),
    ("省里下达的考核指标为85%。", "考核指标: 85 % requirement"),
    ("本次测试合格线为60分。", "合格线: 60 分 requirement"),
    ("处方合格率98.6%（标准≥95%）。", "处方合格率: 98.6 %; 处方合格率|标准: 95 % ≥ requirement"),
    ("按规定，班额不得超过45人。", "班额: 45 人 ≤ requirement"),
    (
        "抗菌药物使用率为38%，低于国家60%的控制线。",
        "抗菌药物使用率: 38 %; 控制线|抗菌药物使用率: 60 % requirement or 60 % ≤ requirement",
    ),
    ("上级要求建档率达到90%，我县实际达到93.2%。", "建档率: 90 % requirement; 建档率: 93.2 %"),
    ("规范要求每百张床位配备药师不少于8名。", "药师: 8 名 ≥ requirement"),
    pytest.param(
        "公务接待限额为每人每餐60元。",
        "限额: 60 元 requirement -为 or 60 元 ≤ requirement",
        marks=pytest.mark.xfail(
            strict=True, reason="限额 makes no requirement and 为每人每餐 stays in the name"
        ),
    ),
    ("国家规定的人均用房标准为12平方米。", "人均用房标准: 12 平方米 requirement"),
    ("余氯含量应≤0.05毫克/升。", "余氯含量: 0.05 毫克/升 ≤ requirement"),
    pytest.param(
        "省定任务为新建校舍30所，我市实际新建34所。",
        "校舍: 30 所 requirement or 30 所 target; 校舍: 34 所",
        marks=pytest.mark.xfail(
            strict=True,
            reason="任务为 makes neither target nor requirement; 实际 does not take the name before it",
        ),
    ),
    (
        "优于国家二级标准限值35微克/立方米。",
        "限值: 35 微克/立方米 requirement or 35 微克/立方米 ≤ requirement",
    ),
    pytest.param(
        "规定学时为72学时，实际人均完成80学时。",
        "学时: 72 学时 requirement; 学时|人均完成: 80 学时",
        marks=pytest.mark.xfail(
            strict=True,
            reason="规定 before the name makes no requirement; 实际 does not take the name before it",
        ),
    ),
    # words of norms that set none
    ("投诉办结率100%，高于市定指标5个百分点。", "投诉办结率: 100 %; 投诉办结率: 5 百分点 ↑市定指标"),
    ("应患者要求延长服务，加开夜间门诊46场。", "夜间门诊: 46 场"),
    ("建成标准化病房32间。", "标准化病房: 32 间"),
    ("参与制定行业标准5项。", "行业标准: 5 项"),
    pytest.param(
        "考核指标完成率为96%。",
        "考核指标完成率: 96 %",
        marks=pytest.mark.xfail(strict=True, reason="考核指标 inside a name makes a requirement"),
    ),
    ("要求整改单位17家。", "整改单位: 17 家"),
    ("按标准配备校医63名。", "校医: 63 名"),
]

SUMMARY = "市图书馆2023年工作总结"
PLAN = "市图书馆2024年工作计划"
DONE = ("一、主要工作", "全年举办讲座56场。")

SECTIONS = [
    (
        report(SUMMARY, DONE, ("二、2024年工作打算", "举办讲座70场。")),
        "讲座: 56 场; 讲座: 70 场 target",
    ),
    (
        report(SUMMARY, DONE, ("二、下一步工作思路", "新建分馆5个，采购图书3万册。")),
        "讲座: 56 场; 分馆: 5 个 target; 图书: 30000 册 target",
    ),
    (
        report(SUMMARY, DONE, ("二、明年工作计划", "（一）抓服务。办证率达到60%以上。")),
        "讲座: 56 场; 办证率: 60 % ≥ target",
    ),
    (
        report(SUMMARY, DONE, ("二、今后努力方向", "读者满意度保持在95%以上。")),
        "讲座: 56 场; 读者满意度: 95 % ≥ target",
    ),
    (
        report(SUMMARY, DONE, ("二、下阶段重点任务", "1.新增自助借还机12台。\n2.培训馆员200人次。")),
        "讲座: 56 场; 自助借还机: 12 台 target; 馆员: 200 人次 target",
    ),
    (
        report(PLAN, ("一、阅读推广", "组织读书会24场，服务读者1万人次。")),
        "读书会: 24 场 target; 读者: 10000 人次 target",
    ),
    (report("市图书馆2024年工作要点", ("一、阵地建设", "建设城市书房6家。")), "城市书房: 6 家 target"),
    # what is still lacking is a fact, also where the heading joins a look back with one ahead
    (
        report(
            SUMMARY, DONE, ("二、存在问题与下一步打算", "书架缺口尚有40组，办证率仅为81%。新购书架60组。")
        ),
        "讲座: 56 场; 书架缺口: 40 组; 办证率: 81 %; 书架: 60 组 target",
    ),
    (
        report(SUMMARY, DONE, ("二、今后努力方向", "读者满意度不仅要保持，还要达到95%以上。")),
        "讲座: 56 场; 读者满意度: 95 % ≥ target",
    ),
    # the year that a text names first is its own only where more than that says so
    (
        report("图书馆事业", ("一、概况", "2007年，举办讲座25场。2008年，举办讲座29场。")),
        "讲座: 25 场; 讲座: 29 场",
    ),
    (
        report("图书馆事业", ("一、概况", "2007年，举办讲座25场。到2010年，举办讲座90场。")),
        "讲座: 25 场; 讲座: 90 场 target",
    ),
    (
        report("市图书馆工作总结", ("一、概况", "2022年，举办讲座25场。2023年，举办讲座29场。")),
        "讲座: 25 场; 讲座: 29 场 target",
    ),
    (
        report("市图书馆2021—2023年工作总结", ("一、概况", "2022年，举办讲座25场。")),
        "讲座: 25 场",
    ),
    (report("市图书馆2023年服务自评", ("一、概况", "制定实施方案。举办讲座25场。")), "讲座: 25 场"),
    ("规划今后三年建设城市书房6家。", "城市书房: 6 家 target"),
    (
        report("县中学2024年春季学期工作打算", ("一、教学", "开设校本课程15门。")),
        "校本课程: 15 门 target",
    ),
    (
        report(
            PLAN, ("一、2023年工作回顾", "接待读者42万人次。"), ("二、2024年工作安排", "接待读者45万人次。")
        ),
        "读者: 420000 人次; 读者: 450000 人次 target",
    ),
    (
        report(
            "某县2023年预算执行情况和2024年预算草案的报告",
            ("一、2023年预算执行情况", "教育支出完成8.1亿元。"),
            ("二、2024年预算安排", "教育支出安排8.6亿元。"),
        ),
        "教育支出: 810000000 元; 教育支出: 860000000 元 target",
    ),
    # headings that only sound like it
    (report(SUMMARY, ("一、计划生育工作", "发放药具1200份。")), "药具: 1200 份"),
    (report(SUMMARY, ("一、强化目标管理", "签订责任书40份。")), "责任书: 40 份"),
    (report(SUMMARY, ("一、主要目标完成情况", "新办读者证9600张。")), "读者证: 9600 张"),
    (
        report(SUMMARY, DONE, ("二、下一步打算", "今年已落实经费80万元，明年再增设书架60个。")),
        "讲座: 56 场; 经费: 800000 元; 书架: 60 个 target",
    ),
    (report(SUMMARY, ("一、“十四五”规划实施情况", "建成村级书屋130个。")), "村级书屋: 130 个"),
    (report("2023年工作计划完成情况的报告", ("一、阅读推广", "举办朗诵会18场。")), "朗诵会: 18 场"),
]


@pytest.mark.parametrize(("sentence", "rows"), BOUNDS)
def test_bounds(sentence: str, rows: str) -> None:
    check(sentence, rows)


@pytest.mark.parametrize(("sentence", "rows"), CLAUSES)
def test_targets_said_in_the_clause(sentence: str, rows: str) -> None:
    check(sentence, rows)


@pytest.mark.parametrize(("sentence", "rows"), REQUIREMENTS)
def test_requirements(sentence: str, rows: str) -> None:
    check(sentence, rows)


# headings of one summary: what they have of a plan was carried out, or is no plan at all
DONE_HEADINGS = [
    "突出抓好了读者的座位安排",
    "妥善安排老年读者借阅",
    "认真做好寒假读者活动安排",
    "汛期值守安排",
    "圆满完成目标任务",
    "超额完成年度工作计划",
    "主要指标达到年度目标要求",
    "提前实现办证目标",
    "丢书率控制在目标范围",
    "目标任务全面完成",
    "计划免疫工作",
    "计划生育宣传",
    "围绕目标抓落实",
    "理清工作思路",
    "落实人才培养计划",
    "圆满完成重点任务",
]
PLAN_HEADINGS = [
    "2023年工作目标",
    "奋斗目标",
    "主要预期目标",
    "明年计划",
    "工作安排",
    "明年的目标",
    "下半年工作安排",
    "存在不足，下一步安排",
    "重点工作任务及安排",
    "预算安排情况",
    "三年发展计划",
    "工作思路",
    "努力实现明年目标",
    "确保完成下半年工作任务",
]


@pytest.mark.parametrize("heading", DONE_HEADINGS)
def test_heading_tells_that_a_plan_was_carried_out(heading: str) -> None:
    check(report(SUMMARY, ("一、" + heading, "举办讲座56场。")), "讲座: 56 场")
    check(report(PLAN, ("一、" + heading, "举办讲座56场。")), "讲座: 56 场 target")


@pytest.mark.parametrize("heading", PLAN_HEADINGS)
def test_heading_tells_that_a_plan_follows(heading: str) -> None:
    check(report(SUMMARY, DONE, ("二、" + heading, "举办讲座70场。")), "讲座: 56 场; 讲座: 70 场 target")


@pytest.mark.parametrize(("text", "rows"), SECTIONS)
def test_targets_by_section_and_kind_of_report(text: str, rows: str) -> None:
    check(text, rows)
