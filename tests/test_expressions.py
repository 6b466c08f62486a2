"""Expressions compiled with their first characters find what `re` finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaryparse.expressions import compile_expression, number_groups, spell_han
from summaryparse.normalise import fold
from summaryparse.rules import Shape, default_rules
from summaryparse.search_words import FIRST_IS_KNOWN, MASK, search_words

RULES = default_rules()
SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
SPELT = {
    rule.id: spell_han(number_groups(RULES.source(rule.id)))
    for rule in RULES.by_id.values()
    if isinstance(rule, Shape)
}


def told(source: str) -> bool:
    """Whether the engine is told what a match can begin with."""
    words, _ = search_words(source, 0)
    return words[MASK] == FIRST_IS_KNOWN


def by_re(source: str) -> re.Pattern[str] | None:
    try:
        return re.compile(source)
    except re.error:  # one for the other engine
        return None


def test_rules_find_what_the_standard_library_finds() -> None:
    texts = [fold(path.read_bytes().decode("utf-8", "replace")).folded for path in SAMPLES]
    compared = 0
    for rule_id, source in SPELT.items():
        plain = by_re(source)
        if plain is None:
            continue
        ours = compile_expression(source)
        for text in texts:
            spans = [m.regs for m in plain.finditer(text)]
            assert [m.regs for m in ours.finditer(text)] == spans, rule_id
            compared += len(spans)
    assert compared > 5000


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("(?:同比|较[上去]年)增", True),
        (r"(?<=年)(?:增|减)\d", True),
        (r"(?=\d)[1-9]?\d", True),
        ("(?:a|b?)c", True),
        ("[^。;]+年", True),
        ("(?:(?P<x>a)|(?:b|[c-e]))x", True),
        ("增长", False),  # a prefix says more
        ("(?:a|b?)", False),  # may be empty
        (".年", False),
        ("(?i)(?:a|b)c", False),
        ("(?:a|(?i:b))c", False),
        (r"(?:a|[^b])c", False),
        ("", False),
    ],
)
def test_first_characters_are_told_where_they_are_known(source: str, *, known: bool) -> None:
    assert told(source) is known
    assert bool(compile_expression(source).search("")) is bool(re.search(source, ""))


PIECES = ["a", "b", "[ab]", "[^a]", "(?:a|b)", "(a|bc)", "a?", "b*", "(?:ab){2}", r"\b", "^", "$", "(?=a)"]
PIECES += ["(?<=b)", "(?!b)", ".", r"\d", r"\W", "(?>a|ab)", "a*+", "(?i:a)", "(?:b|)", "(?P<n>c)?"]


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=3).map("".join), min_size=1, max_size=4),
    st.text("abcAB1 \n", max_size=12),
)
def test_any_expression_finds_what_re_finds(branches: list[str], text: str) -> None:
    source = number_groups("|".join(branches))
    plain = by_re(source)
    if plain is not None:
        ours = compile_expression(source)
        assert [m.regs for m in ours.finditer(text)] == [m.regs for m in plain.finditer(text)]
        assert (ours.search(text) is None) is (plain.search(text) is None)
        assert ours.groups == plain.groups
        assert ours.groupindex == plain.groupindex
