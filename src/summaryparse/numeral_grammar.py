"""The grammar of a written number: what may follow what, and the value it makes.

Each reader takes the text and a position and gives the `Part` that begins there, or None. None of them goes
back over what it has read more than once, so a text is read in linear time.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from summaryparse.expressions import compiled

DIGITS = dict(zip("零〇○一二三四五六七八九两", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True)) | dict(
    zip("壹贰叁肆伍陆柒捌玖参", (1, 2, 3, 4, 5, 6, 7, 8, 9, 3), strict=True)
)
ZEROS = frozenset("零〇○")
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卅": 30, "卌": 40}
SCALES = {"万亿": 10**12, "万万": 10**8, "亿": 10**8, "万": 10**4, "兆": 10**12}
PAIRS = frozenset(("一两", "一二", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"))
LIMIT = 30  # digits; longer runs are identifiers

ALL_DIGITS = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
# 两 begins a number or stands in 一两; in 三两 it is a weight.
DIGIT_RUN = compiled(f"一两(?![{ALL_DIGITS}])|[{ALL_DIGITS}][{ALL_DIGITS.replace('两', '')}○]*+")
# 3.5 is one number, 2021.3.5 are three; 3,500 has exactly three digits behind each comma. A blank groups
# digits only where a unit or a scale follows: 22 517人次. Behind 亿 a group may begin with a zero:
# 1亿0,800万.
GROUPED = r"(?<![\d.,])(?<!\d )[1-9]\d{0,2}(?: \d{3})++(?!\d)(?=(?:\.\d{1,4})? ?[%‰一-鿿])"
WHOLE = rf"(?:{GROUPED}|[1-9]\d{{0,2}}(?:,\d{{3}})++(?!\d)|(?<=亿)0,\d{{3}}(?!\d)|\d++)"
ARABIC = compiled(rf"(?<!\d\.){WHOLE}(?:\.\d++(?!\.\d))?|{WHOLE}")
# In 千瓦, 千克, 千米 the thousand belongs to the unit.
UNIT_OF_MEASURE = "瓦|克|米|卡|伏|赫|帕|焦|方百计|家万户"
ARABIC_THOUSAND = compiled(
    rf"千(?!{UNIT_OF_MEASURE})(?:(?P<hundreds>\d)百)?(?:零(?P<rest>\d{{1,2}})(?!\d))?|百(?![分姓强家年日])"
)
NO_THOUSAND = compiled(f"千(?:{UNIT_OF_MEASURE})|百分点")
# 余 and 多 belong to the number unless they begin the next word; 来 only before a measure word.
MORE = (
    r"(?:余(?![额款杭姚粮热震地下量])"
    r"|多(?!学科|元化|媒体|功能|渠道|部门|层次|中心|形式|模式|病种|途径|举措|措施|[发重样维方边点部])"
    r"|(?<=[十百千万亿0])来(?=[万亿个名人次家项岁天年张台件条篇例场批份所户套部])|(?<=[十百千])几(?![何乎率经]))"
)
SURPLUS = compiled(rf"(?<=[\d十百千万亿廿卅卌拾佰仟]){MORE}")
# One blank or line break may part digits from their scale, as in hard-wrapped lines. 兆 is a scale before 元
# and before a smaller part; elsewhere it is mega (10兆瓦, 100兆带宽).
SCALE = compiled(
    rf"(?P<more>(?<=[\d十百千廿卅卌拾佰仟]){MORE})?"
    r"(?:(?<=\d)(?: |\r?\n)(?=[万亿](?![众物能象一古里州宁科达国年事])))?"
    rf"(?P<scale>万亿|万万|亿|万(?![众物能象])|兆(?=元|日元|韩元|[{ALL_DIGITS}]|\d{{1,4}}亿|\d,\d{{3}}亿))"
)
# 一百五 for 150 stands at the end of a phrase: in 三百一次性 the 一 begins a word.
PHRASE_END = compiled(r"\Z|[^\w]|左右|以上|以下|分之|元|块|多|[点万亿]")
# Digits behind 万 that still belong to it: 37万4,206 and 3万4000, but not a year.
ARABIC_REST = compiled(r"\d,\d{3}(?![\d,])|\d{3,4}(?![\d.,%年])")
# A blank parts the rest off where others part the scale off too: 19 万 7,434.
PARTED = compiled(r"(?<=\d [万亿]) (?=\d{1,3},\d{3}(?![\d,]))")
# 数 is a number word only before a scale, and not at the end of 人数, 总数 and the like.
SOME = compiled(
    r"(?:几|(?<![人次总例件天户床指基参系函变倍台套篇项分个位点小多少奇偶计代正负整复单双算岁])数)(?=[十百千万亿])"
)
# 百, 千万 and the like count by themselves only beside a word that says so.
BARE = compiled(
    r"(?:(?<=[上近约逾超过破达])(?![百千万亿](?:[众物能象分年]|家万户|方百计))|(?=[百千万亿]{1,2}[余多来])"
    r"|(?=(?:[百千]万|[百千万]亿)[元人次吨亩户千平立美斤公]))[百千万亿](?!瓦|克|赫|帕|焦)"
)
# Not the clock's 八点二十, nor 三点一是, where the first of three points begins.
POINT = compiled("点([零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,12}+)(?![两十百千刻是要、])")


class Part(NamedTuple):
    """A number read up to `end`; `low` and `high` differ for 两三, `unit` is the least unit or scale."""

    end: int
    low: Decimal
    high: Decimal
    approx: bool = False
    unit: int = 1
    arabic: bool = False

    def times(self, factor: int) -> Part:
        """The same part with its value multiplied."""
        return self._replace(low=self.low * factor, high=self.high * factor)


def read_number(text: str, at: int) -> Part | None:
    """A number in either script with its scales, decimals and a trailing 余 or 多."""
    run = DIGIT_RUN.match(text, at)
    if run and (len(run[0]) > 1 or text[at] in ZEROS):
        part = read_digits(text, run[0], at)
    else:
        part = read_scaled(text, at)
    if part is None:
        return None
    part = read_decimals(text, part)
    surplus = SURPLUS.match(text, part.end)
    return part._replace(end=surplus.end(), approx=True) if surplus else part


def read_digits(text: str, run: str, at: int) -> Part | None:
    """Digits side by side: 二〇二三 as it stands, 三五 as a range; 五一 and 一二三 are names, not numbers."""
    if run in PAIRS:
        return read_scaled(text, at)
    if len(run) == 1:
        return Part(at + 1, Decimal(0), Decimal(0))
    in_order = all(DIGITS[b] == DIGITS[a] + 1 for a, b in pairwise(run))
    if len(run) > LIMIT or in_order or (len(run) == 2 and not ZEROS & set(run)):
        return None
    value = Decimal("".join(str(DIGITS[c]) for c in run))
    return Part(at + len(run), value, value)


def read_decimals(text: str, part: Part) -> Part:
    """The part with 点 and its decimals behind it, and a scale behind those: 一点五万."""
    point = None if part.arabic else POINT.match(text, part.end)
    if point is None:
        return part
    decimals = Decimal("0." + "".join(str(DIGITS[c]) for c in point[1]))
    part = part._replace(end=point.end(), low=part.low + decimals, high=part.high + decimals)
    scale = SCALE.match(text, part.end) if part.unit < 10**4 else None
    if scale is None:
        return part
    factor = SCALES[scale["scale"]]
    return part.times(factor)._replace(
        end=scale.end(), unit=factor, approx=part.approx or bool(scale["more"])
    )


def read_scaled(text: str, at: int) -> Part | None:
    """Sections joined by descending scales: 3亿4000万, 一万五千亿, 37万4,206, 百余万."""
    part = read_section(text, at) or read_arabic(text, at) or read_bare(text, at)
    scale = SCALE.match(text, part.end) if part else None
    if part is None or scale is None:
        return part
    total = apply_scale(part, scale)
    # 万 may be followed once by a greater scale that takes both in: 一万五千亿.
    joined = False
    while True:
        begin = total.end + (text[total.end : total.end + 1] in ZEROS or bool(PARTED.match(text, total.end)))
        part = read_section(text, begin) or read_arabic(text, begin)
        scale = SCALE.match(text, part.end if part else total.end)
        factor = SCALES[scale["scale"]] if scale else 1
        if part and scale and factor < total.unit:
            part = apply_scale(part, scale)
            total = add(total, part)
        elif scale and total.unit == 10**4 < factor and not joined:
            joined = True
            total = apply_scale(add(total, part) if part else total, scale)
        else:
            return add_rest(text, total, part if part and not (scale and factor > 1) else None, begin)


def apply_scale(part: Part, scale: re.Match[str]) -> Part:
    """The part multiplied by the scale found behind it."""
    factor = SCALES[scale["scale"]]
    return part.times(factor)._replace(
        end=scale.end(), unit=factor, approx=part.approx or bool(scale["more"])
    )


def add(total: Part, part: Part) -> Part:
    """Both parts as one number, the second being the lower."""
    return Part(
        part.end, total.low + part.low, total.high + part.high, total.approx or part.approx, part.unit
    )


def add_rest(text: str, total: Part, part: Part | None, begin: int) -> Part:
    """The number with the part below its last scale, if what stands there is one: 4,375万7千, 九万四."""
    if part is None:
        return total
    after_zero = begin > total.end
    if part.arabic:
        rest = ARABIC_REST.match(text, begin)
        belongs = part.unit > 1 or (rest is not None and rest.end() == part.end)
        return add(total, part)._replace(arabic=True) if belongs else total
    if part.unit > 1 and (after_zero or text[begin] not in UNITS):
        return add(total, part)
    if after_zero:
        return add(total, part)
    if part.end == begin + 1 and text[begin] in DIGITS and PHRASE_END.match(text, part.end):
        return add(total, part.times(total.unit // 10))
    return total


def read_section(text: str, at: int) -> Part | None:
    """A Chinese number under ten thousand: 一千零一, 两千四百五, 三四十, 几百, 廿三."""
    position, limit, low, high, approx = at, 10_000, 0, 0, False
    while limit > 1:
        start = position + (position > at and text[position : position + 1] in ZEROS)
        least, most, end, some = read_digit(text, start)
        unit = UNITS.get(text[end : end + 1], 1)
        if unit == 1000 and NO_THOUSAND.match(text, end):
            unit = 1
        if text[start : start + 1] in TENS:
            least = most = TENS[text[start]] // 10
            end, unit = start, 10
        elif end == start and unit == 10 and (position == at or start > position or limit > 10):
            least = most = 1
        if least and 1 < unit < limit:
            low, high, approx = low + least * unit, high + most * unit, approx or some
            position, limit = end + 1, unit
            continue
        if some and SOME.match(text, start) and position == at:
            return Part(end, Decimal(1), Decimal(1), approx=True)
        if start > position and text[start : start + 1] == "几":
            position, approx = start + 1, True
        elif least and not some and (position == at or limit == 10 or start > position):
            low, high, position = low + least, high + most, end
        elif least == most and least and not some and PHRASE_END.match(text, end):
            low, high, position = low + least * (limit // 10), high + least * (limit // 10), end
        break
    if position == at:
        return None
    return Part(position, Decimal(low), Decimal(high), approx, limit if limit < 10_000 else 1)


def read_digit(text: str, at: int) -> tuple[int, int, int, bool]:
    """A digit, a pair (两三), or 几 and 数 before a unit: least, most, end, and whether it is 几 or 数."""
    pair = text[at : at + 2]
    if pair in PAIRS and text[at + 2 : at + 3] not in DIGITS:
        return DIGITS[pair[0]], DIGITS[pair[1]], at + 2, False
    character = text[at : at + 1]
    if character == "参" and text[at + 1 : at + 2] not in UNITS:
        return 0, 0, at, False
    # 三两 is a weight.
    if character in DIGITS and not (character == "两" and text[max(at - 1, 0) : at] in DIGITS):
        return DIGITS[character], DIGITS[character], at + 1, False
    if SOME.match(text, at):
        return 1, 1, at + 1, True
    return 0, 0, at, False


def read_arabic(text: str, at: int) -> Part | None:
    """Digits with commas and decimals, and 千 or 百 behind them: 3千, 4千6百, 1千零20."""
    found = ARABIC.match(text, at)
    if found is None or len(found[0]) > LIMIT + LIMIT // 3:
        return None
    value = Decimal(found[0].replace(",", "").replace(" ", ""))
    thousand = ARABIC_THOUSAND.match(text, found.end())
    if thousand is None:
        return Part(found.end(), value, value, arabic=True)
    if thousand[0] == "百":
        return Part(thousand.end(), value * 100, value * 100, unit=100, arabic=True)
    value = value * 1000 + int(thousand["hundreds"] or 0) * 100 + int(thousand["rest"] or 0)
    return Part(thousand.end(), value, value, unit=1000, arabic=True)


def read_bare(text: str, at: int) -> Part | None:
    """百, 千, 万 or 亿 without a digit, where a neighbour shows that it counts: 上百, 千余, 百万元."""
    bare = BARE.match(text, at)
    if bare is None:
        return None
    if bare[0] in SCALES:
        return Part(at, Decimal(1), Decimal(1), approx=False)
    return Part(bare.end(), Decimal(UNITS[bare[0]]), Decimal(UNITS[bare[0]]), unit=UNITS[bare[0]])
