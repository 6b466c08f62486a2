"""One program that reads texts, in a process of its own: `contender.py NAME TEXTS`.

TEXTS is a JSON list. Each line of standard input, `FIRST LAST REPEAT`, is answered by the processor seconds
(of all threads) that those texts took, read REPEAT times. What the programs print goes to standard error.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

Read = Callable[[str], object]
WARM_UP = "2023年，全院完成门诊12.5万人次，同比增长8.1%；医疗收入三亿九千万元，不低于上年。"


def summaryparse() -> Read:
    """All stages, validation and JSON."""
    from summaryparse import extract_text

    return lambda text: extract_text(text).model_dump_json()


def jieba() -> Read:
    """Words only, with the default dictionary."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    cut: Read = jieba.lcut
    return cut


def cn2an() -> Read:
    """Chinese numerals rewritten as digits."""
    import cn2an

    return lambda text: cn2an.transform(text, "cn2an")


def jionlp() -> Read:
    """Amounts of money and expressions of time."""
    import jionlp

    logging.disable(logging.CRITICAL)

    def read(text: str) -> object:
        money = jionlp.ner.extract_money(text, with_parsing=True)
        return money, jionlp.ner.extract_time(text, with_parsing=True)

    return by_line(read)


def duckling() -> Read:
    """Numerals, quantities, amounts and times."""
    from duckling_chinese import Duckling, DucklingDimension

    names = "NUMERAL FRACTION MULTIPLE ORDINAL QUANTITY CURRENCY AREA DISTANCE DURATION TIME"
    reader = Duckling()
    context = reader.gen_context()
    options = reader.gen_options(targets={DucklingDimension[name] for name in names.split()})
    return by_line(lambda text: reader.parse_entities(text, context, options))


def by_line(read: Read) -> Read:
    """For programs that are made for sentences and slow on whole documents."""
    return lambda text: [read(line) for line in text.splitlines() if line.strip()]


CONTENDERS = {
    "summaryparse": summaryparse,
    "jieba": jieba,
    "cn2an": cn2an,
    "jionlp": jionlp,
    "duckling": duckling,
}


def main() -> None:
    """Answers until standard input ends."""
    name, path = sys.argv[1:]
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    texts: list[str] = json.loads(Path(path).read_text(encoding="utf-8"))
    read = CONTENDERS[name]()
    read(WARM_UP)
    for line in sys.stdin:
        first, last, repeat = map(int, line.split())
        gc.collect()
        start = time.process_time()
        for _ in range(repeat):
            for text in texts[first:last]:
                read(text)
        answers.write(f"{time.process_time() - start}\n")
        answers.flush()


if __name__ == "__main__":
    main()
