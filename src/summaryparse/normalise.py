"""Folds a document to the one spelling that rules are written in, character for character.

Every step puts one code point in the place of one, so an offset into any of the three strings of a
`Text` is an offset into the decoded file.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal

from summaryparse.expressions import compile_expression, compiled
from summaryparse.records import dataclass
from summaryparse.rules import patterns_folder

if TYPE_CHECKING:
    import regex

Script = Literal["simplified", "traditional", "mixed"]
SIMPLIFIED: Script = "simplified"

# Share of Han characters that simplifying changes: 0 in simplified reports, 0.24-0.5 in a paragraph of a
# traditional one. Under the first is a stray variant, over the second more than half is traditional.
MIXED_FROM = 0.005
TRADITIONAL_FROM = 0.2


@dataclass(frozen=True, slots=True)
class Text:
    """One document's text in three forms of the same length, so that a span fits all of them.

    `original` is the decoded text; `simplified` has traditional characters folded and nothing else changed;
    `folded` is what rules match: simplified, with full-width letters, digits and punctuation in ASCII.
    """

    original: str
    simplified: str
    folded: str
    script: Script


def fold(original: str) -> Text:
    """All three forms of a text; never fails, whatever the text holds."""
    simplified, script = original, SIMPLIFIED
    if any(search(original) for search in foreign()):
        readable = translate(original, UNREADABLE_TABLE)
        converted = convert_exactly(readable, converter())
        simplified, script = translate(converted, VARIANT_TABLE), script_of(readable, converted)
    simplified = mend_particle(simplified)
    return Text(original, simplified, narrow(simplified), script)


@cache
def foreign() -> tuple[Callable[[str], object], ...]:
    """Searches for what a text in simplified characters does not hold: where none of them finds anything,
    OpenCC and the tables change nothing."""
    listed = (patterns_folder() / "traditional.txt").read_text(encoding="utf-8")
    lines = [line for line in listed.splitlines() if not line.startswith("#")]
    blank = lines.index("")
    codes = {*UNREADABLE_TABLE, *VARIANT_TABLE, *map(ord, "".join(lines[:blank])), *BEYOND}
    words = " ".join(lines[blank:]).split()
    return compile_expression(one_of(codes)).search, compile_expression("|".join(words)).search


def narrow(text: str) -> str:
    """A text with full-width letters, digits and punctuation in ASCII."""
    for wide, form in FREQUENT.items():
        text = text.replace(wide, form)
    return translate(text, WIDTH_TABLE) if rare().search(text) else text


@cache
def rare() -> regex.Pattern[str]:
    """Any of the characters that are seldom replaced."""
    return compile_expression(one_of(WIDTH_TABLE))


def one_of(codes: Iterable[int]) -> str:
    """An expression for one of several code points, those that follow each other as ranges."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    spelt = (
        f"{re.escape(chr(first))}-{re.escape(chr(last))}" if first < last else re.escape(chr(first))
        for first, last in runs
    )
    return f"[{''.join(spelt)}]"


def convert_exactly(text: str, convert: Callable[[str], str]) -> str:
    """The converted text, and the text itself where nothing changes."""
    converted = "".join(convert_lines(lines, convert) for lines in cut(text))
    return text if converted == text else converted


def cut(text: str) -> Iterator[str]:
    """The text in lots of lines: a conversion takes up many times its text, and no word goes over lines."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + LOT) + 1 or len(text)
        yield text[start:end]
        start = end


def convert_lines(text: str, convert: Callable[[str], str]) -> str:
    """Converted lines; where a conversion changes the length, only what converts one to one changes."""
    converted = convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(convert_line(line, convert) for line in text.splitlines(keepends=True))


def convert_line(line: str, convert: Callable[[str], str]) -> str:
    """One line, or character by character if the whole line changes its length."""
    converted = convert(line)
    if len(converted) == len(line):
        return converted
    return "".join(new if len(new := convert(old)) == 1 else old for old in line)


@cache
def converter() -> Callable[[str], str]:
    """OpenCC from traditional to simplified; its `convert` keeps no state, so threads may share it."""
    from opencc import OpenCC  # noqa: PLC0415 -- costs 24 ms, and `--help` needs none of it

    convert: Callable[[str], str] = OpenCC("hk2s").convert
    return convert


def script_of(text: str, converted: str) -> Script:
    """Which script a text is written in, by the share of its Han characters that conversion changed."""
    if text == converted:
        return "simplified"
    changed = sum(map(operator.ne, text, converted))
    share = changed / max(len(NOT_HAN.sub("", text)), 1)
    if share < MIXED_FROM:
        return "simplified"
    return "traditional" if share >= TRADITIONAL_FROM else "mixed"


def mend_particle(text: str) -> str:
    """Text with 著 written 着 in the words where it is that: 隨著, 著力, but 显著, 专著."""
    at = text.find("著")
    if at < 0:
        return text
    pieces: list[str] = []
    done = 0
    while at >= 0:
        before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
        is_noun = before in ZHU_BEFORE or after in ZHU_AFTER
        if not is_noun and (before in ZHE_BEFORE or after in ZHE_AFTER):
            pieces += text[done:at], "着"
            done = at + 1
        at = text.find("著", at + 1)
    return "".join((*pieces, text[done:])) if pieces else text


def translate(text: str, table: Mapping[int, str]) -> str:
    """`text.translate(table)`, for most texts at a third of the price; no character is both key and value."""
    present = table.keys() & set(map(ord, set(text)))
    if len(present) > FEW:
        return text.translate(table)
    for code in present:
        text = text.replace(chr(code), table[code])
    return text


def compatible(*ranges: tuple[int, int]) -> dict[int, str]:
    """The compatibility forms of the code points in the ranges, as far as they are one code point."""
    pairs = ((code, unicodedata.normalize("NFKC", chr(code))) for a, b in ranges for code in range(a, b + 1))
    return {code: form for code, form in pairs if len(form) == 1 and form != chr(code)}


def each(characters: Iterable[str], to: str) -> dict[int, str]:
    """A table that folds all the characters to the same one."""
    return {ord(character): to for character in characters}


BEYOND = range(0x20000, 0x323B0)  # Chinese characters beyond the first plane: OpenCC knows which it changes
LOT = 1 << 16  # characters that are converted at once
FEW = 24  # kinds of characters that are quicker replaced one kind after the other
NOT_HAN = compiled(r"[^㐀-鿿\U00020000-\U000323af]+")

# OpenCC stops at NUL and refuses surrogates; texts drawn from PDF files hold radicals in place of characters.
RADICALS = "⺠⻓⻔⻋⻅⻆⻉⻘⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰"
UNREADABLE_TABLE: Mapping[int, str] = (
    dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")
    | compatible((0x2E80, 0x2FD5), (0x3038, 0x303A), (0xF900, 0xFAFF))
    | dict(zip(map(ord, RADICALS), "民长门车见角贝青页风飞食马鱼鸟麦黄齐齿龙", strict=True))
)

# What the conversion for Hong Kong leaves: forms of Taiwan, Japan and old print.
VARIANT_TABLE: Mapping[int, str] = dict(
    zip(
        map(ord, "汚値痲痺脗岀砲谘戸吿歩硏靑淸緖眞愼塡顚倂凖甦鬭歳祕"),
        "污值麻痹吻出炮咨户告步研青清绪真慎填颠并准苏斗岁秘",
        strict=True,
    )
)

# 著 is 着 behind or before these, unless it stands behind or before those.
ZHE_BEFORE = frozenset("随沿接本朝有看带抱怀向跟顺照存试味绕执沉附衣穿围守走靠借藉凭占对急活过为握系载伴牵")
ZHE_AFTER = frozenset("力手重眼想急实落陆装火凉床色迷")
ZHU_BEFORE = frozenset("显专论编名原巨卓昭土合遗译拙")
ZHU_AFTER = frozenset("作名称者书述录")

WIDTH_TABLE: Mapping[int, str] = (
    compatible((0xFE10, 0xFE19), (0xFE30, 0xFE4F), (0xFE50, 0xFE6B), (0xFF01, 0xFF5E), (0x1D7CE, 0x1D7FF))
    | each("\u3000\u00a0\u00ad\u1680\u180e\u202f\u205f\u2060\u3164\ufeff\uffa0\ue5e5", " ")
    | each(map(chr, (*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))), " ")
    | each(map(chr, (*range(0x0E, 0x20), *range(0x01, 0x09), 0x7F)), " ")
    | each("\v\f\x85\u2028\u2029", "\n")
    | each("‐‑‒–−⁃－︲﹘﹣˗", "-")
    | each("―─━", "—")
    | each("〜∼∽⁓", "~")
    | each("⁄∕", "/")
    | each("∶︰﹕", ":")
    | each("‧・･•", "·")
    | each("｡", "。")
    | each("､", "、")
    | each("╳✕☓✖", "×")
    | each("「〝｢﹁", "“")
    | each("」〞〟｣﹂", "”")
    | each("『﹃", "‘")
    | each("』﹄", "’")
    | each("￥", "¥")
)

# What nearly every text has of it.
FREQUENT = {wide: WIDTH_TABLE[ord(wide)] for wide in "，；：（）％\u3000"}
