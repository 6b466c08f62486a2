"""Tables of sentences with the name of every quantity in them, and of the links between quantities.

A row of a table of names is a sentence and, in reading order, all its quantities, each as "620张 全院⟦床位⟧":
the quantity as written, a space and the name at its fullest. The name found holds what stands in ⟦⟧ and no
letter that the fullest name lacks, the words that only announce a number among them. "|" parts names that are
equally good; "?" stands for a quantity that a reader may leave out. A link is "20张 change_of 620张".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from _pytest.mark.structures import ParameterSet

from summaryparse import Metric, extract_text

FRAME = "2023年工作总结\n\n一、主要情况\n{}\n"
FILLERS = frozenset("的了数率占比例")
OPTIONAL = "?"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and what a careful reader takes from it."""

    sentence: str
    expected: tuple[str, ...]


def case(sentence: str, *expected: str) -> ParameterSet:
    """One row of a table."""
    return pytest.param(Case(sentence, expected))


def gap(sentence: str, *expected: str, why: str) -> ParameterSet:
    """One row that the program does not read rightly yet."""
    return pytest.param(Case(sentence, expected), marks=pytest.mark.xfail(strict=True, reason=why))


def read(sentence: str) -> list[Metric]:
    """The metrics of a sentence that is the body of a report."""
    return [metric for report in extract_text(FRAME.format(sentence)).reports for metric in report.metrics]


def check_names(case: Case) -> None:
    """All quantities are found, no others, and each has its name."""
    found = read(case.sentence)
    wanted = [tuple(row.split(" ", 1)) for row in case.expected]
    optional = {text for text, name in wanted if name == OPTIONAL}
    rows = [(metric.text, metric.name) for metric in found if metric.text not in optional]
    core = [(text, name) for text, name in wanted if name != OPTIONAL]
    assert [text for text, _ in rows] == [text for text, _ in core], (case.sentence, rows)
    wrong = [
        f"{text} {name}, want {window}"
        for (text, name), (_, window) in zip(rows, core, strict=True)
        if not any(fits(name, one) for one in window.split("|"))
    ]
    assert wrong == [], case.sentence


def fits(name: str, window: str) -> bool:
    """Whether a name holds every head of the window and nothing beyond it."""
    heads = [letters(head) for head in re.findall("⟦(.+?)⟧", window)]
    assert heads, window
    plain = letters(name)
    return all(head in plain for head in heads) and set(plain) <= set(letters(window)) | FILLERS


def letters(text: str) -> str:
    """Letters and digits, so that spaces and punctuation do not decide."""
    return "".join(letter for letter in text if letter.isalnum())


def check_links(case: Case) -> None:
    """The links between the quantities of the sentence are the expected ones and no others."""
    found = read(case.sentence)
    texts = {metric.id: metric.text for metric in found}
    links = {
        f"{metric.text} {field} {texts[target]}"
        for metric in found
        for field, target in (("change_of", metric.change_of), ("part_of", metric.part_of))
        if target is not None
    }
    assert links == set(case.expected), case.sentence
