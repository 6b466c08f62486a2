"""Documents that hypothesis makes up: the parts of real reports, in any order and state of repair."""

from __future__ import annotations

from hypothesis import strategies as st

MARKERS = [
    *("一、", "二、", "三、", "（一）", "（二）", "(三)", "1."),
    *("2．", "3、", "（1）", "①", "②", "第一部分 ", "第二章 ", ""),
]
INLINE = ["一是", "二是", "三是", "一要", "首先，", "其中：", "(一)"]
HEADINGS = ["医疗服务", "强化责任，狠抓落实", "主要工作及成效", "存在的问题", "下一年工作打算", "党的建设"]
TITLES = ["某县医院2021年工作总结", "20XX年工作计划", "关于印发《工作要点》的通知", "目录", "——某局年度报告"]
SENTENCES = [
    "全年门诊量12.5万人次，同比增长8.1%。",
    "收入由3.2亿元增至3.9亿元，其中医疗收入占比86.14 %；",
    "举办讲座50余场，受益群众近6000人次。",
    "力争到2025年底，床位使用率达到90%以上",
    "培训XX人，考核合格率为XX%。",
    "死亡率4.37/10万，排名第11位，前移2位。",
    "药占比下降到三成以下，平均住院日缩短至7.5～8天。",
    "無感染事件；門診服務達4,375萬7千元。",
    "认真贯彻落实会议精神，",
]
FURNITURE = [
    *("首页 > 新闻 > 正文", "- 3 -", "某某局"),
    *("2022年1月5日", "抄送：各科室。", "指标\t数量\t增幅", "1.概况……1"),
]
ANY = st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF)
NOISE = st.text(ANY | st.sampled_from("一二三、（）.1２％\t\r\n\u3000\x00\x1b"), max_size=12)
BODY = st.lists(st.sampled_from(SENTENCES) | st.sampled_from(INLINE) | NOISE, max_size=4).map("".join)
CLOSE = st.sampled_from(["", "。", "：", "\n"])
SECTION = st.tuples(st.sampled_from(MARKERS), st.sampled_from(HEADINGS) | st.just(""), CLOSE, BODY)
LINE = SECTION.map("".join) | st.sampled_from(TITLES) | st.sampled_from(FURNITURE) | BODY
BREAK = st.sampled_from(["\n", "\r\n", "\n\n", "\n\u3000\u3000"])
TEXTS = st.builds(str.join, BREAK, st.lists(LINE, max_size=14))
