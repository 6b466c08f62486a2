import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaryparse.numerals import Numeral, chinese_ordinal, find_numerals, parse


def shown(numeral: Numeral) -> str:
    """`text=value`, with `..max`, and a letter for each flag that is set."""
    value = "?" if numeral.value is None else f"{numeral.value:f}"
    upper = "" if numeral.value_max is None else f"..{numeral.value_max:f}"
    flags = "".join(
        letter
        for letter, is_set in [
            ("~", numeral.approx),
            ("/", numeral.fraction),
            ("成", numeral.tenths),
        ]
        if is_set
    )
    return f"{numeral.text}={value}{upper}{flags}{numeral.percent}"


CASES = {
    "arabic": [
        ("开放床位1,234张", "1,234=1234"),
        ("总额1,234,567.89元", "1,234,567.89=1234567.89"),
        ("编号1234,56", "1234=1234 56=56"),
        ("2021.3.5印发", "2021=2021 3=3 5=5"),
        ("增长3.50%", "3.50=3.50"),
        ("CT64排", "64=64"),
        ("账号1234567890123456789012345678901共3户", "3=3"),
        ("下午3点三人到会", "3=3 三=3"),
    ],
    "scales": [
        ("收入3.9亿元", "3.9亿=390000000"),
        ("收入3.9 亿元", "3.9 亿=390000000"),
        ("收入3.9\n亿元", "3.9\n亿=390000000"),
        ("收入3.9\r\n亿元", "3.9\r\n亿=390000000"),
        ("面积5 万众一心", "5=5"),
        ("4,375万7千元", "4,375万7千=43757000"),
        ("37万4,206人", "37万4,206=374206"),
        ("19亿4,560万元", "19亿4,560万=1945600000"),
        ("1亿2000万元", "1亿2000万=120000000"),
        ("6万4000元", "6万4000=64000"),
        ("投入6万2024年完工", "6万=60000 2024=2024"),
        ("2万8千人", "2万8千=28000"),
        ("5千4百人", "5千4百=5400"),
        ("2.6万亿元", "2.6万亿=2600000000000"),
        ("20万万元", "20万万=2000000000"),
        ("七百万亿次", "七百万亿=700000000000000"),
        ("三十二兆六千亿元", "三十二兆六千亿=32600000000000"),
        ("宽带200兆", "200=200"),
        ("1千零20人", "1千零20=1020"),
        ("2万4百人", "2万4百=20400"),
        ("预算三万兆元", "三万兆=30000000000000000"),
        (
            "约123456789012345678901234567890万元",
            "123456789012345678901234567890万=1234567890123456789012345678900000",
        ),
    ],
    "scale or unit": [
        ("一千瓦", "一=1"),
        ("5千克", "5=5"),
        ("12万千瓦时", "12万=120000"),
        ("三百千瓦", "三百=300"),
        ("8百分点", "8=8"),
        ("三两", "三=3"),
        ("一千吨", "一千=1000"),
    ],
    "chinese": [
        ("一千零一人", "一千零一=1001"),
        ("两千四百五", "两千四百五=2450"),
        ("三万六", "三万六=36000"),
        ("三百一次性用品", "三百=300"),
        ("一万五千亿元", "一万五千亿=1500000000000"),
        ("六万零三十二", "六万零三十二=60032"),
        ("四亿五千六百万零一十五", "四亿五千六百万零一十五=456000015"),
        ("廿三人", "廿三=23"),
        ("二〇二三年", "二〇二三=2023"),
        ("一〇二室", "一〇二=102"),
        ("壹佰贰拾叁万肆仟元整", "壹佰贰拾叁万肆仟=1234000"),
        ("百万元以上", "百万=1000000"),
        ("近千人", "千=1000"),
        ("每千人口", ""),
        ("一百十五人", "一百十五=115"),
        ("一千零十五人", "一千零十五=1015"),
        ("六万零二人", "六万零二=60002"),
        ("一亿二千万五", "一亿二千万五=120005000"),
        ("二〇年代", "二〇=20"),
        ("门牌四六一八号", "四六一八=4618"),
        (
            "〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一",
            "〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一=10101010101010101010101010101",
        ),
        ("〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇一〇", ""),
        ("参佰元整", "参佰=300"),
        ("陆拾元", "陆拾=60"),
        ("二十参赛选手", "二十=20"),
        ("称得二十三两", "二十三=23"),
        ("上万人", "万=10000"),
        ("过亿元", "亿=100000000"),
    ],
    "side by side": [
        ("三万四万人次", "三万=30000 四万=40000"),
        ("三亿四亿元", "三亿=300000000 四亿=400000000"),
        ("三万五千万元", "三万=30000 五千万=50000000"),
        ("三千五千", "三千=3000 五千=5000"),
        ("三万六人", "三万=30000 六=6"),
        ("三万五六", "三万=30000 五六=5..6"),
        ("三统一行动", "三=3"),
    ],
    "decimals": [
        ("零点五", "零点五=0.5"),
        ("三点一四", "三点一四=3.14"),
        ("一点五万元", "一点五万=15000"),
        ("八点二十集合", "八=8 二十=20"),
        ("有三点一是认识不足", "三=3 一=1"),
    ],
    "sign": [
        ("增长-3.5%", "-3.5=-3.5"),
        ("\t-8\t", "-8=-8"),
        ("结余负20万元", "负20万=-200000"),
        ("为负三点五", "负三点五=-3.5"),
        ("1-10月", "1=1 10=10"),
        ("1月-10月", "1=1 10=10"),
        ("肩负两大使命", "两=2"),
        ("增长负百分之五", "负百分之五=-5%"),
        ("为负十分之一", "负十分之一=-0.1/"),
    ],
    "open": [
        ("81万余元", "81万余=810000~"),
        ("百余项", "百余=100~"),
        ("3万9千余人", "3万9千余=39000~"),
        ("二百余万元", "二百余万=2000000~"),
        ("三十几万", "三十几万=300000~"),
        ("十来万元", "十来万=100000~"),
        ("20来个", "20来=20~"),
        ("一千多人", "一千多=1000~"),
        ("十多万", "十多万=100000~"),
        ("一百零几万", "一百零几万=1000000~"),
        ("100多家", "100多=100~"),
        ("举办30多学科会诊", "30=30"),
        ("结余5余额", "5=5"),
        ("数十场", "数十=10~"),
        ("几百名", "几百=100~"),
        ("数千万元", "数千万=10000000~"),
        ("病人数十万", "十万=100000"),
        ("数据", ""),
        ("几何", ""),
        ("数万人", "数万=10000~"),
        ("捐款几亿元", "几亿=100000000~"),
        ("捐款数万元", "数万=10000~"),
        ("3亿2000余万元", "3亿2000余万=320000000~"),
        ("一百几十人", "一百几十=110~"),
        ("几百人，十人", "几百=100~ 十=10"),
    ],
    "two digits": [
        ("两三天", "两三=2..3"),
        ("三五天", "三五=3..5"),
        ("三四十人", "三四十=30..40"),
        ("七八百万元", "七八百万=7000000..8000000"),
        ("十七八岁", "十七八=17..18"),
        ("三十五六岁", "三十五六=35..36"),
        ("三八妇女节", ""),
        ("五一期间", ""),
        ("一二三产业", ""),
    ],
    "percent and fraction": [
        ("百分之九十五点六", "百分之九十五点六=95.6%"),
        ("百分之百", "百分之百=100%"),
        ("百分之七八十", "百分之七八十=70..80%"),
        ("百分之三十多", "百分之三十多=30~%"),
        ("百分之2.4", "百分之2.4=2.4%"),
        ("千分之三", "千分之三=3‰"),
        ("万分之五", "万分之五=5‱"),
        ("百万分之五", "百万分之五=0.000005/"),
        ("五分之二强", "五分之二=0.4/"),
        ("16分之5", "16分之5=0.3125/"),
        ("一又二分之一", "一又二分之一=1.5/"),
        ("百分之XX", "百分之XX=?%"),
        ("零分之一", "零=0"),
        ("一半以上", "一半=0.5/"),
        ("约百分之XX", "百分之XX=?%"),
        ("约三分之XX", "三分之XX=?"),
        ("百分之多少", ""),
        ("十万分之三十多", "十万分之三十多=0.0003~/"),
        ("五分之二，数据", "五分之二=0.4/"),
    ],
    "tenths": [
        ("约七成", "七成=7成"),
        ("四成三", "四成三=4.3成"),
        ("七八成", "七八成=7..8成"),
        ("六成多", "六成多=6~成"),
        ("三成半", "三成半=3.5成"),
        ("7.2成", "7.2成=7.2成"),
        ("两成员", "两=2"),
        ("一成立即", "一=1"),
        ("十成把握", "十成=10成"),
        ("共11成", "11=11"),
        ("共15成", "15=15"),
    ],
    "half": [
        ("进修半年", "半=0.5"),
        ("上半年", ""),
        ("半年度", ""),
        ("半月板损伤", ""),
        ("大半天", ""),
    ],
    "masks": [
        ("接诊157XX人次", "157XX=?"),
        ("XX万人次", "XX万=?"),
        ("XX余次", "XX余=?~"),
        ("支出**万元", "**万=?"),
        ("收入XX.XX亿元", "XX.XX亿=?"),
        ("共____台", "____=?"),
        ("拍X光片", ""),
        ("XXL号", ""),
        ("3×5", "3=3 5=5"),
        ("XX余万元", "XX余万=?~"),
        ("XX多人", "XX多=?~"),
    ],
    "words": [
        ("统一、唯一、万一、进一步", ""),
        ("十分重要", ""),
        ("十分钟", "十=10"),
        ("这一百人", "一百=100"),
        ("队伍一百人", "一百=100"),
        ("大陆、登陆、收拾、放肆", ""),
        ("“十四五”规划", ""),
        ("与群众一起", ""),
        ("发生一起事故", "一=1"),
        ("千方百计、成百上千、一分为二", ""),
        ("零距离", ""),
        ("零例", "零=0"),
        ("十万一千人", "十万一千=101000"),
        ("十分重要，共两千人", "两千=2000"),
        ("伍女士、陆女士", ""),
    ],
}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [pytest.param(*case, id=f"{form}: {case[0]}") for form, cases in CASES.items() for case in cases],
)
def test_numbers_of_a_sentence(sentence: str, expected: str) -> None:
    assert " ".join(map(shown, find_numerals(sentence))) == expected


def test_masks_and_script_are_flagged() -> None:
    found = find_numerals("XX台、三百台、3百台、壹佰台、百分之XX")
    assert [(n.masked, n.chinese) for n in found] == [
        (True, False),
        (False, True),
        (False, False),
        (False, True),
        (True, False),
    ]


def test_only_numbers_inside_the_bounds_are_found() -> None:
    text = "甲12乙34丙56"
    assert [n.text for n in find_numerals(text, 3, 7)] == ["34"]
    assert [n.text for n in find_numerals(text, 3, 6)] == ["34"]
    assert find_numerals(text, 3, 5) == []


ALL = "零一二三四五六七八九"


def below_ten_thousand(number: int) -> str:
    """A number under 10000 in Chinese, 零 in place of skipped units."""
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + ALL[digit] + name
            gap = False
        else:
            gap = True
    return written


def in_chinese(number: int) -> str:
    """A number up to 10^16 in Chinese, as a dictionary would write it."""
    if number == 0:
        return "零"
    written = ""
    for scale, name in ((10**12, "万"), (10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // scale % 10_000
        if section:
            gap = written and (section < 1000 or number // scale // 10_000 % 10 == 0)
            written += ("零" if gap else "") + below_ten_thousand(section) + name
        elif name == "亿" and written:
            written += name
    return written


@given(st.integers(0, 10**16 - 1) | st.integers(0, 10**5) | st.sampled_from([10**n for n in range(16)]))
def test_chinese_numbers_are_read_back(number: int) -> None:
    assert parse(in_chinese(number)) == number


@given(st.integers(0, 10**29), st.integers(0, 4))
def test_arabic_numbers_are_read_back(number: int, places: int) -> None:
    value = Decimal(number).scaleb(-places) if places and number < 10**20 else Decimal(number)
    assert parse(f"{value:f}") == value
    assert parse(f"{number:,}") == number


def test_long_numbers_lose_no_digit() -> None:
    assert parse("123456789012345678901234567890万") == 1234567890123456789012345678900000


@given(st.text("零〇一二三两几数十百千万亿兆点分之又成半余多来壹伍拾0123.,-XX*×负 \n年统", max_size=60))
def test_numbers_are_slices_in_order(text: str) -> None:
    at = 0
    for numeral in find_numerals(text):
        assert at <= numeral.start < numeral.end
        assert text[numeral.start : numeral.end] == numeral.text
        assert numeral.masked == (numeral.value is None)
        at = numeral.end


@pytest.mark.parametrize(
    "unit", ["一", "十", "万", "1,", "1.", "百分之", "一又", "零一", "点一", "X", "1万1", "二三"]
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    find_numerals(unit * 10_000)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("text", ["", "甲", "统一", "3个", "XX", "一二三", " 3"])
def test_parse_refuses_what_is_not_one_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse(text)


@pytest.mark.parametrize(
    ("marker", "ordinal"),
    [
        ("一", 1), ("十", 10), ("十一", 11), ("二十三", 23), ("廿一", 21), ("一百零二", 102), ("壹", 1),
        ("参", 3), ("拾", 10), ("12", 12), ("①", 1), ("⑳", 20), ("❶", 1), ("⑴", 1), ("⒈", 1), ("㈠", 1),
        ("(3)", 3), ("(十二)", 12), ("三、", 3), ("Ⅳ", 4), ("iv", 4), ("IX", 9),
    ],
)  # fmt: skip
def test_ordinals_of_markers(marker: str, ordinal: int) -> None:
    assert chinese_ordinal(marker) == ordinal


@pytest.mark.parametrize(
    "marker", ["", "甲", "A", "第", "几", "十几", "三四", "1.2", "1,234", "三点五", "一是"]
)
def test_other_text_is_no_ordinal(marker: str) -> None:
    with pytest.raises(ValueError, match="not an ordinal"):
        chinese_ordinal(marker)
