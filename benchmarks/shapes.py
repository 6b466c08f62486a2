"""Texts of any length that are hard to read in linear time: what a careless or hostile author might send."""

from __future__ import annotations

from collections.abc import Callable

LINES = {
    "markers 一、": "一、",
    "markers （一）": "（一）",
    "markers 1.": "1.",
    "markers on lines": "一、\n",
    "markers inside a sentence 一是": "一是加强管理，",
    "digits": "7",
    "digits with commas": "1,234,",
    "Chinese digits": "三",
    "Chinese digits and scales": "九千九百万亿",
    "opening brackets": "（",
    "同比": "同比",
    "其中": "其中，",
    "其中 with figures": "其中门诊12人，",
    "list with 、": "门诊、",
    "list of figures with 、": "12人、",
    "figures": "门诊12.5万人次，同比增长8.1%，",
    "percent": "%",
    "ranges": "3-5-",
    "dates": "2021年",
    "masks": "XX",
    "blanks": " ",
    "wide blanks": "\u3000",
    "line breaks": "\n",
    "blank lines of blanks": " \r\n",
    "tabs": "\t",
    "table without end": "门诊\t12\n",
    "one line without end": "全院职工认真学习贯彻会议精神不断提高服务水平",
    "alternating scripts": "醫院医院",
    "著": "著",
    "combining marks": "a\u0301\u0302\u0303",
    "right-to-left marks": "\u202e\u200f收入12元",
    "private use": "\ue000\uf8ff",
    "lone surrogates": "\ud800\udc00\udfff",
    "NUL": "\0",
    "headings": "工作总结\n",
    "signatures": "某县医院\n2021年1月5日\n",
    "quotation marks": "“”",
    "punctuation": "，。；：",
    "hard-wrapped lines": "全院职工认真学习贯彻会议精神不断提高服务水平，门诊\n12人",
}


def repeated(line: str) -> Callable[[int], str]:
    """A shape that is one piece over and over."""
    return lambda length: (line * (length // len(line) + 1))[:length]


def nested_brackets(length: int) -> str:
    """Brackets that open and then close, as deep as the length allows."""
    return "（" * (length // 2) + "）" * (length - length // 2)


def long_numbers(length: int) -> str:
    """Numbers of ten thousand digits each."""
    number = "收入" + "1234567890" * 1000 + "元。\n"
    return repeated(number)(length)


def overflowing_values(length: int) -> str:
    """Numbers larger than any float."""
    return repeated("收入" + "9" * 400 + "亿亿亿元，增长1e999倍。\n")(length)


def heading_levels(length: int) -> str:
    """Headings a thousand levels deep: 1, 1.1, 1.1.1, …"""
    lines, total, depth = [], 0, 0
    while total < length:
        depth = depth % 1000 + 1
        lines.append(".".join("1" * depth) + " 工作\n")
        total += len(lines[-1])
    return "".join(lines)[:length]


def mixed_levels(length: int) -> str:
    """Every style of marker below the one before it, over and over with growing ordinals."""
    styles = ("第{}章 ", "{}、", "（{}）", "{}.", "({})", "{}是", "第{}，")
    lines, total, ordinal = [], 0, 0
    while total < length:
        ordinal += 1
        lines.append("".join(style.format(ordinal) + "工作\n" for style in styles))
        total += len(lines[-1])
    return "".join(lines)[:length]


def contents_of_itself(length: int) -> str:
    """A table of contents whose entries are the table of contents."""
    return ("目录\n" + repeated("一、目录……1\n")(length))[:length]


def contents_then_headings(length: int) -> str:
    """A table of contents for half of the text, and headings that all read the same for the rest."""
    entries = repeated("一、工作总结……1\n")(length // 2)
    return ("目录\n" + entries + "\n" + repeated("一、工作总结\n")(length))[:length]


SHAPES: dict[str, Callable[[int], str]] = {
    **{name: repeated(line) for name, line in LINES.items()},
    "nested brackets": nested_brackets,
    "numbers of 10,000 digits": long_numbers,
    "values that overflow": overflowing_values,
    "a thousand heading levels": heading_levels,
    "every style of marker, nested": mixed_levels,
    "contents that list themselves": contents_of_itself,
    "contents of headings that are alike": contents_then_headings,
}
