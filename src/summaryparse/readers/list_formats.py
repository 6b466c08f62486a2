"""Writes the number of an automatic list in the format that a document names for it."""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
COUNTING = ("", "十", "百", "千")
LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"))
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"
BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
STOPPED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
CIRCLED_HAN = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
LARGEST = 9999  # no list is longer; above it, figures


def format_number(number: int, format_name: str, picture: str = "") -> str:
    """The number as a list shows it: 3 as chineseCounting is 三; `picture` shows a custom format."""
    if format_name in ("none", "bullet"):
        return ""
    if format_name == "custom":
        return str(number).zfill(len(picture.partition(",")[0].strip()) if picture.startswith("0") else 1)
    write = FORMATS.get(format_name)
    return str(number) if write is None or not 0 <= number <= LARGEST else write(number)


def from_row(row: str) -> Callable[[int], str]:
    """A format that takes its characters from a row and goes on in figures behind its end."""
    return lambda number: row[number - 1] if 1 <= number <= len(row) else str(number)


def positional(number: int) -> str:
    """Figure by figure: 一〇五."""
    return "".join(DIGITS[int(figure)] for figure in str(number))


def counting(number: int) -> str:
    """As lists count to 99: 十, 二十一; above that, figure by figure."""
    return thousand(number) if number < 100 else positional(number)


def thousand(number: int, digits: str = "零一二三四五六七八九", ranks: tuple[str, ...] = COUNTING) -> str:
    """In full: 一百零五; ten to nineteen without 一."""
    if number == 0:
        return digits[0]
    written = ""
    for rank in range(len(str(number)) - 1, -1, -1):
        figure = number // 10**rank % 10
        if figure:
            written += digits[figure] + ranks[rank]
        elif written and number % 10**rank and not written.endswith(digits[0]):
            written += digits[0]
    return written[1:] if 10 <= number < 20 and ranks is COUNTING else written


def letters(number: int) -> str:
    """A … Z, then AA, BB …, as word processors do."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else "0"


def roman(number: int) -> str:
    """In Roman figures."""
    written = ""
    for value, figures in ROMAN:
        written += figures * (number // value)
        number %= value
    return written or "0"


def full_width(number: int) -> str:
    """In full-width figures: １２."""
    return "".join(chr(ord(figure) + 0xFEE0) for figure in str(number))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda number: letters(number).lower(),
    "chineseCounting": counting,
    "taiwaneseCounting": counting,
    "japaneseCounting": thousand,
    "chineseCountingThousand": thousand,
    "taiwaneseCountingThousand": thousand,
    "ideographDigital": positional,
    "japaneseDigitalTenThousand": positional,
    "taiwaneseDigital": positional,
    "chineseLegalSimplified": lambda number: thousand(number, *LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": lambda number: thousand(number, *LEGAL_TRADITIONAL),
    "ideographTraditional": from_row(STEMS),
    "ideographZodiac": from_row(BRANCHES),
    "decimalEnclosedCircle": from_row(CIRCLED),
    "decimalEnclosedCircleChinese": from_row(CIRCLED),
    "decimalEnclosedParen": from_row(BRACKETED),
    "decimalEnclosedFullstop": from_row(STOPPED),
    "ideographEnclosedCircle": from_row(CIRCLED_HAN),
}
