"""Words are cut by jieba over the project's own lexicon, and only where that can make a difference."""

from __future__ import annotations

import subprocess
import sys
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from summaryparse.rules import default_rules
from summaryparse.segment import cut, is_doubtful, lexicon, likeliest, tokenizer

WORDS = [
    "有效",
    "有",
    "效率",
    "使用",
    "用药",
    "对外",
    "外科",
    "全年",
    "年度",
    "开展",
    "展开",
    "工作",
    "作业",
    "A",
    "12",
    "(",
    "万",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join), st.data())
@settings(max_examples=200, deadline=None)
def test_where_nothing_is_doubtful_every_cut_agrees(run: str, data: st.DataObject) -> None:
    rules = default_rules()
    at = data.draw(st.integers(1, len(run)))
    words = cut(run, rules)
    assert "".join(words) == run
    if not is_doubtful(run, at, rules):
        assert at in set(accumulate(map(len, words)))


CHARACTERS = "有效率使用药对外科全年度开展工作业务量医院长治疗养老人数中心理想象牙髓核"


@given(st.text(st.sampled_from(CHARACTERS), max_size=24))
@settings(max_examples=500, deadline=None)
def test_chinese_runs_are_cut_as_jieba_cuts_them(run: str) -> None:
    rules = default_rules()
    known = lexicon(rules)
    known.load(run)
    assert likeliest(run, known.words) == list(tokenizer(rules).cut(run, HMM=False))  # type: ignore[attr-defined]


def test_a_word_across_the_place_is_doubtful() -> None:
    rules = default_rules()
    assert is_doubtful("使用寿命", 1, rules)
    assert not is_doubtful("使用寿命", 2, rules)
    assert is_doubtful("AB型", 1, rules)


def test_jieba_is_imported_without_setuptools_and_leaves_no_trace() -> None:
    script = (
        "import sys; from summaryparse.segment import import_jieba; import_jieba();"
        "assert 'pkg_resources' not in sys.modules and 'setuptools' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_jieba_keeps_its_model_of_unknown_words_for_who_asks_for_it() -> None:
    script = (
        "import sys; from summaryparse.segment import import_jieba; jieba = import_jieba();"
        "assert 'jieba.finalseg.prob_emit' not in sys.modules;"
        "from concurrent.futures import ThreadPoolExecutor;"
        "cut = lambda _: list(jieba.finalseg.cut('他来到了网易杭研大厦'));"
        "words = list(ThreadPoolExecutor(4).map(cut, range(8)));"
        "assert words == [['他来', '到', '了', '网易', '杭', '研大厦']] * 8, words;"
        "import jieba.finalseg; assert jieba.finalseg is sys.modules['jieba.finalseg']"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True)
