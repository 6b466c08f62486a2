"""Writes made-up reports: `python benchmarks/generate.py OUT COUNT [--seed N]`, the same for the same seed.

Summaries, plans and bulletins of 300 to 3,000 characters, put together from sentences of our own writing with
other figures each time.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from sentences import ACTUAL, BULLETIN, FILLERS, HEADINGS, PLACES, PLANNED, SUBJECTS

SLOT = re.compile(r"\{(\w+)\}")
DIGITS = "零一二三四五六七八九"
STYLES = ("", "（{}）", "{}.", "{}是")
LONGEST = 2_700  # what is begun goes beyond it by a sentence or two
SHORTEST = 300


def reports(count: int, seed: int = 0) -> Iterator[str]:
    """That many reports; the n-th of a seed is the same however many are asked for."""
    for number in range(count):
        draw = random.Random(f"{seed}/{number}")
        yield draw.choice((summary, summary, plan, bulletin))(draw)


def summary(draw: random.Random) -> str:
    """A year looked back on, with a look ahead at its end."""
    year, place = draw.randint(2015, 2025), institution(draw)
    return report(
        draw,
        title=f"{place}{year}年工作总结",
        opening=f"{year}年，在上级的正确领导下，{place}紧紧围绕年度目标，各项工作取得新的进展。现将有关情况总结如下：",
        pools=(ACTUAL, ACTUAL, ACTUAL, PLANNED),
        headings=HEADINGS[:-1],
        last=f"{year + 1}年工作打算",
        sign_off=f"{place}\n{year}年12月{draw.randint(10, 31)}日",
    )


def plan(draw: random.Random) -> str:
    """A year looked forward to."""
    year, place = draw.randint(2016, 2026), institution(draw)
    return report(
        draw,
        title=f"{place}{year}年工作计划",
        opening=f"为做好{year}年各项工作，结合实际，制定本计划。",
        pools=(PLANNED,),
        headings=HEADINGS,
        last="加强组织保障",
        sign_off=f"{place}\n{year}年{draw.randint(1, 3)}月{draw.randint(1, 28)}日",
    )


def bulletin(draw: random.Random) -> str:
    """Figures and hardly anything else."""
    year, place = draw.randint(2014, 2025), draw.choice(PLACES)
    return report(
        draw,
        title=f"{place}{year}年卫生健康事业发展统计公报",
        opening=f"现将{year}年全{place[-1]}卫生健康事业发展情况公布如下。",
        pools=(BULLETIN, BULLETIN, ACTUAL),
        headings=HEADINGS,
        last="妇幼卫生与健康老龄化",
        sign_off=f"{place}卫生健康委员会\n{year + 1}年{draw.randint(2, 6)}月{draw.randint(1, 28)}日",
    )


def report(
    draw: random.Random,
    *,
    title: str,
    opening: str,
    pools: tuple[tuple[str, ...], ...],
    headings: tuple[str, ...],
    last: str,
    sign_off: str,
) -> str:
    """Title, opening, sections until the length that was drawn is reached, and the signature."""
    length = round(SHORTEST * (LONGEST / SHORTEST) ** draw.random())
    names = [*draw.sample(headings, min(len(headings), 1 + length // 400)), last]
    room = length - len(title) - len(opening) - len(sign_off) - 20
    parts = [title, "", opening]
    for number, name in enumerate(names, 1):
        pool = pools[min(len(pools) - 1, number * len(pools) // len(names))]
        parts.append(f"{chinese(number)}、{name}")
        parts += section(draw, pool, room // len(names) - len(name) - 3)
    return "\n".join([*parts, "", sign_off, ""])


def section(draw: random.Random, pool: tuple[str, ...], room: int) -> Iterator[str]:
    """The paragraphs of one section: plain, or numbered in one of the usual ways."""
    style = draw.choice(STYLES)
    sentences = draw.sample([*pool, *FILLERS, *FILLERS[::2]], len(pool) + len(FILLERS))
    number = 0
    while room > 0 and sentences:
        number += 1
        text = style.format(chinese(number) if "是" in style or "（" in style else number)
        if text and "是" not in text:
            text += draw.choice(SUBJECTS) + "。"
        for _ in range(draw.randint(1, 3)):
            if sentences and len(text) < room:
                text += fill(draw, sentences.pop())
        room -= len(text)
        yield text


def fill(draw: random.Random, sentence: str) -> str:
    """A sentence with its slots filled."""
    return SLOT.sub(lambda slot: FILL[slot[1]](draw), sentence)


def institution(draw: random.Random) -> str:
    """Whose report it is."""
    return draw.choice(PLACES) + draw.choice(
        ("人民医院", "中医医院", "卫生健康委员会", "疾病预防控制中心", "妇幼保健院")
    )


def amount(draw: random.Random) -> str:
    """A sum of money with its scale."""
    billions, exact, tenths = (
        draw.randint(11, 999) / 100,
        draw.randint(20, 9999),
        draw.randint(101, 9999) / 10,
    )
    return draw.choice((f"{billions}亿元", f"{exact}万元", f"{tenths}万元"))


def count(draw: random.Random) -> str:
    """A count, in one of the ways in which counts are written."""
    return draw.choice((str(draw.randint(3, 999)), str(draw.randint(3, 99)), chinese(draw.randint(3, 10))))


def many(draw: random.Random) -> str:
    """A large count: 12,345 or 1.2万."""
    number = draw.randint(1000, 999_999)
    return draw.choice((str(number), f"{number:,}", f"{number / 10_000:.2f}万", f"{number // 1000 / 10}万"))


def percent(draw: random.Random) -> str:
    """A share or a rate of change."""
    return f"{draw.randint(1, 9999) / draw.choice((10, 100, 100)) % 100:g}%"


def chinese(number: int) -> str:
    """A number below one hundred in Chinese digits."""
    tens, ones = divmod(number, 10)
    return (
        (DIGITS[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (DIGITS[ones] if ones or not tens else "")
    )


FILL: dict[str, Callable[[random.Random], str]] = {
    "amount": amount,
    "count": count,
    "many": many,
    "percent": percent,
    "digit": lambda draw: str(draw.randint(1, 9)),
    "small": lambda draw: str(draw.randint(2, 60)),
    "days": lambda draw: f"{draw.randint(51, 120) / 10}",
    "rate": lambda draw: f"{draw.randint(100, 99999) / 100:g}/10万",
    "up": lambda draw: draw.choice(("增长", "上升", "提高", "下降", "减少")),
    "month": lambda draw: str(draw.randint(1, 12)),
    "bound": lambda draw: draw.choice(("不低于", "达到", "超过", "控制在")),
}


def main() -> int:
    """Writes the files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("count", type=int, metavar="COUNT")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(reports(arguments.count, arguments.seed)):
        (arguments.out / f"{number:05}.txt").write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
