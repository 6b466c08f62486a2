"""Numbers as Chinese reports write them, found and read in folded text; the caller adds units and ranges.

An open number gives its lower end, and one without a leading digit counts from one: 百余 → 100,
数十 and 几十 → 10, 十几万 → 100000, all with `approx`. Two digits side by side are a range (三四十).
A number inside a word (统一, 万一, 十分重要) is none. Offsets are code points of the given text, half-open.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from decimal import Context, Decimal, localcontext
from functools import cache
from typing import Literal, NamedTuple

from summaryparse.expressions import compiled
from summaryparse.numeral_grammar import ALL_DIGITS, DIGIT_RUN, DIGITS, UNITS, Part, read_number
from summaryparse.numeral_words import WORDS

Percent = Literal["", "%", "‰", "‱"]
Words = tuple[tuple[int, str], ...]

EXACT = Context(prec=100)  # more digits than the longest number has after its scales
QUOTIENT = Context(prec=28)


class Numeral(NamedTuple):
    """A number as written: `[start, end)` takes in scales and 余, 多, 来, 几 but neither 近, 约 nor a unit.

    `value` has the scale applied and is None where digits are masked; `value_max` is the upper end of 两三 or
    七八十. With `percent` the value is in hundredths, thousandths or ten-thousandths (百分之九十 → 90, "%");
    with `fraction` it is the quotient (三分之一); with `tenths` it counts tenths (四成三 → 4.3, 成 included).
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    value_max: Decimal | None = None
    approx: bool = False
    masked: bool = False
    chinese: bool = False
    percent: Percent = ""
    fraction: bool = False
    tenths: bool = False


BASES: dict[str, Percent] = {
    **dict.fromkeys(("百", "佰", "一百"), "%"),
    **dict.fromkeys(("千", "仟", "一千"), "‰"),
    **dict.fromkeys(("万", "一万"), "‱"),
}
BARE_BASE = compiled("(?:[十百千]?万{1,2}|[百佰千仟])(?=分之)")
LONG_RUN = compiled(r"(?:\d{31,}+|\d{1,3}(?:,\d{3}){13,}+)(?:[.,]\d++)*+")
MASK = compiled(
    r"(?:(?<![A-Za-z\d×*_○\-])(?:\d{0,12}(?:[Xx]{1,8}|×{1,8}|\*{1,8})|○{2,8}|_{2,12})"
    r"(?:(?<=[Xx×*]{2})\d{1,6})?"
    r"(?:[.,](?:[Xx]{1,4}|×{1,4}|\*{1,4})|\.\d{1,4})?(?![A-Za-z\d×*_○]|[光线射型片染轴刀])"
    r"(?:余|多)?(?:[十百千]?(?:万亿|万|亿)|[百千](?![分瓦克米]))?(?:余|多)?)"
)
# A hyphen is a minus at the start of a cell, behind punctuation and words that take a value, before a rate.
NEGATIVE = compiled(
    r"(?<![\d%‰] )(?<![^\s(\[:,;、。=|/<>长率为是达值降幅度至约到额量比差])-(?=\d)"
    r"|(?<=[\u4e00-\u9fff])-(?=\d{1,6}(?:\.\d{1,4})?\s?(?:[%‰℃]|个?百分点))"
    r"|(?<![肩担自抱减正欺胜背承])负(?=\d|百分之|千分之)"
    rf"|(?<![^\s(\[:,;、。=|为是达])负(?=[{ALL_DIGITS}十百])"
)
# 成 after a digit is tenths unless it begins a word.
TENTHS = compiled(
    "成(?![立功为员本果绩效熟长都交人品年就分份套型像因语形批片千百群册活药县灾风才田家天事骨名婚瘾]|行(?!业))"
    "(?P<rest>[一二三四五六七八九半](?![个项家名是要、]))?多?"
)
HALF = compiled(
    r"一半|(?<![上下前后大多过夜小年月天个时])半(?=年(?!度|报)|天|月(?!板|刊)|日(?!制)|个|小时|岁|公里|亩|米|斤|吨)"
)
ADVERB = compiled("[十万]分(?!之|钟)")
# 一起 counts an event or means together.
TOGETHER = compiled(
    r"(?<!发生)(?<!超过)(?<!至少)(?<![处查办受报新共仅有为告理置结每])一起(?!\w{0,8}(?:案|事故|事件|疫情|纠纷|投诉))"
)
# A banker's numeral standing alone is more often part of a word or a name.
LONE = frozenset("肆伍陆捌拾佰仟参")
HIGHER = frozenset("百千万亿")  # 这一百人: the 一 is not the end of 这一
FIRST_OF_NUMBER = rf"\d{ALL_DIGITS}参廿卅卌十百千万亿拾佰仟几数半负Xx×*○_\-"


# A number in plain figures, perhaps with 万 or 亿, and nothing behind it that could belong to it: what most
# numbers are. Everything else is read by the grammar.
PLAIN_FIGURES = compiled(
    r"(?<!\d\.)(?P<figures>\d{1,15}(?:\.\d{1,6})?)(?![\d.,Xx×*○_ \r\n千百十万亿兆余多来几成分又])"
    rf"|(?<!\d\.)(?P<scaled>\d{{1,15}}(?:\.\d{{1,6}})?)(?P<scale>[万亿])"
    rf"(?![\d.,Xx×*○_ \r\n{ALL_DIGITS}○参廿卅卌十百千万亿拾佰仟兆余多来几数半成分又众物能象])"
)
SCALE_OF = {"万": Decimal(10**4), "亿": Decimal(10**8)}
SINGLE = {
    digit: Decimal(value) for digit, value in DIGITS.items() if value and digit not in LONE and digit != "两"
}
# What may carry a number on that begins with a Chinese digit.
GOES_ON = frozenset(f"\n\r {ALL_DIGITS}○参廿卅卌十百千万亿拾佰仟兆余多来几数半成分又点起0123456789.,Xx×*_")


@cache
def start_of_number() -> re.Pattern[str]:
    """A character that a number can begin with."""
    return compiled(f"[{FIRST_OF_NUMBER}]")


@cache
def words_by_numeral() -> tuple[dict[str, Words], dict[str, Words]]:
    """The words that hold no number, each with the offset of the first numeral character in it: those that
    begin before it by the two characters that end in it, the others by the two that they begin with."""
    before: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    behind: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word in WORDS:
        first = start_of_number().search(word)
        if first:
            at = first.start()
            (before[word[at - 1 : at + 1]] if at else behind[word[:2]]).append((at, word))
    return in_order(before), in_order(behind)


def in_order(table: dict[str, list[tuple[int, str]]]) -> dict[str, Words]:
    """The words of each entry, those that reach farther back first, then longer ones."""
    return {
        pair: tuple(sorted(words, key=lambda w: (-w[0], -len(w[1]), w[1]))) for pair, words in table.items()
    }


def find_numerals(text: str, start: int = 0, end: int | None = None) -> list[Numeral]:
    """All numbers that begin between `start` and `end`, leftmost and longest, without overlap."""
    stop = len(text) if end is None else end
    search = start_of_number().search
    if search(text, start, stop) is None:
        return []
    found: list[Numeral] = []
    before, behind = words_by_numeral()
    with localcontext(EXACT):
        at = start
        while match := search(text, at, stop):
            here = match.start()
            words, longer = (
                behind.get(text[here : here + 2], ()),
                before.get(text[max(0, here - 1) : here + 1], ()),
            )
            if (words or longer) and (after := skip_word(text, at, here, longer + words)):
                at = after
                continue
            at, numeral = read_at(text, here)
            if numeral and at <= stop:
                found.append(numeral)
    return found


def skip_word(text: str, low: int, here: int, words: Words) -> int:
    """The end of the word that holds the character at `here` and no number, and begins at `low` or later;
    0 if there is none."""
    for back, word in words:
        begin = here - back
        if begin >= low and text.startswith(word, begin):
            end = begin + len(word)
            if not (word[-1] == "一" and text[end : end + 1] in HIGHER):
                return end
    return 0


def read_at(text: str, at: int) -> tuple[int, Numeral | None]:
    """The number that begins at this position, and where what stands there ends, number or not."""
    first = text[at]
    plain_figures = PLAIN_FIGURES.match(text, at) if first.isdecimal() else None
    if plain_figures:
        end = plain_figures.end()
        figures, scaled, scale = plain_figures.groups()
        if figures is None:
            value = plain(Decimal(scaled) * SCALE_OF[scale])
        else:
            value = Decimal(figures) if "." not in figures else plain(Decimal(figures))
        return end, Numeral(at, end, plain_figures[0], value)
    single = SINGLE.get(first)
    if single is not None and text[at + 1 : at + 2] not in GOES_ON:
        return at + 1, Numeral(at, at + 1, first, single, chinese=True)
    skipped = LONG_RUN.match(text, at) or ADVERB.match(text, at) or TOGETHER.match(text, at)
    if skipped:
        return skipped.end(), None
    numeral = read_numeral(text, at)
    if numeral is None:
        run = DIGIT_RUN.match(text, at)
        return run.end() if run else at + 1, None
    return numeral.end, None if numeral.end == at + 1 and first in LONE else numeral


def read_numeral(text: str, at: int) -> Numeral | None:
    """The number that begins at this position, whatever its form."""
    mask = MASK.match(text, at)
    if mask:
        return make(text, at, mask.end(), None, masked=True)
    half = HALF.match(text, at)
    if half:
        return make(
            text, at, half.end(), Part(half.end(), Decimal("0.5"), Decimal("0.5")), fraction=len(half[0]) == 2
        )
    minus = NEGATIVE.match(text, at)
    begin = minus.end() if minus else at
    number = read_number(text, begin)
    numeral = read_fraction(text, at, begin, number)
    if numeral is None and number is not None:
        numeral = read_tenths(text, at, number) or make(
            text, at, number.end, number.times(-1) if minus else number
        )
    return numeral


def read_fraction(text: str, at: int, begin: int, number: Part | None) -> Numeral | None:
    """百分之九十, 三分之一 and 一又二分之一; `number` is what was read at `begin`, if anything."""
    sign = -1 if begin > at else 1
    bare = BARE_BASE.match(text, begin)
    whole = None
    if number and text.startswith("又", number.end):
        whole, begin = number, number.end + 1
        number = read_number(text, begin)
    base_end = bare.end() if bare else number.end if number else -1
    if base_end < 0 or not text.startswith("分之", base_end):
        return None
    top = base_end + 2
    percent = BASES.get(text[begin:base_end], "")
    if mask := MASK.match(text, top):
        return make(text, at, mask.end(), None, masked=True, percent=percent)
    part = read_number(text, top)
    if part is None and text.startswith("百", top):
        part = Part(top + 1, Decimal(100), Decimal(100))
    if part is None:
        return None
    if percent and whole is None:
        return make(text, at, part.end, part.times(sign), percent=percent)
    base = number.low if number else Decimal(bare_base(text[begin:base_end]))
    if not base:
        return None
    low, high = (
        QUOTIENT.divide(value, base) + (whole.low if whole else 0) for value in (part.low, part.high)
    )
    return make(text, at, part.end, Part(part.end, low, high, part.approx).times(sign), fraction=True)


def bare_base(text: str) -> int:
    """The value of a denominator without a digit: 百万 in 百万分之五."""
    value = 1
    for character in text:
        value *= UNITS.get(character, 10**4)
    return value


def read_tenths(text: str, at: int, number: Part) -> Numeral | None:
    """七成, 四成三, 七八成; not 两成员, 三成立."""
    found = TENTHS.match(text, number.end) if number.low <= 10 else None
    if found is None:
        return None
    rest = Decimal("0.5") if found["rest"] == "半" else Decimal(DIGITS.get(found["rest"] or "零", 0)) / 10
    low, high = number.low + rest, number.high + rest
    approx = number.approx or found[0].endswith("多")
    return make(text, at, found.end(), Part(found.end(), low, high, approx), tenths=True)


def make(
    text: str,
    start: int,
    end: int,
    part: Part | None,
    *,
    masked: bool = False,
    percent: Percent = "",
    fraction: bool = False,
    tenths: bool = False,
) -> Numeral:
    """A numeral over the slice, with the values of the part."""
    written = text[start:end]
    low = plain(part.low) if part else None
    high = plain(part.high) if part and part.high != part.low else None
    approx = part.approx if part else written.rstrip("万亿千百十")[-1:] in ("余", "多")
    chinese = not masked and not any(character.isdecimal() for character in written)
    return Numeral(start, end, written, low, high, approx, masked, chinese, percent, fraction, tenths)


def plain(value: Decimal) -> Decimal:
    """The same value, without decimals if it is whole: 3.9亿 is 390000000."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def parse(text: str) -> Decimal:
    """The value of a string that is one number and nothing else; raises ValueError otherwise."""
    with localcontext(EXACT):
        numeral = read_numeral(text, 0) if text else None
    if numeral is None or numeral.end != len(text) or numeral.value is None:
        raise ValueError(f"not a number: {text!r}")
    return numeral.value


ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
FORMAL_THREE = str.maketrans("参參", "叁叁")
WRAPPED = compiled(r"[(（\[【〔]?\s*(.{1,12}?)\s*[)）\]】〕.、]?")


def chinese_ordinal(text: str) -> int:
    """The number of a section marker: 二十三, 壹, 12, ①, ⑴, (三), Ⅳ or iv; raises ValueError otherwise."""
    wrapped = WRAPPED.fullmatch(text.strip())
    written = wrapped[1].translate(FORMAL_THREE) if wrapped else ""
    if len(written) == 1 and unicodedata.category(written) in ("No", "Nl"):
        return int(unicodedata.numeric(written))
    if written.isdecimal():
        return int(written)
    if written and all(letter in ROMAN for letter in written.upper()):
        return roman(written.upper())
    number = read_number(written, 0) if written and not written[0].isascii() else None
    if number is None or number.end != len(written) or number.approx or number.low != number.high:
        raise ValueError(f"not an ordinal: {text!r}")
    if number.low != int(number.low):
        raise ValueError(f"not an ordinal: {text!r}")
    return int(number.low)


def roman(text: str) -> int:
    """The value of a Roman numeral in capitals."""
    values = [ROMAN[letter] for letter in text]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))
