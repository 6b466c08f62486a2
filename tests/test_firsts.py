"""What an expression's matches can begin with, and what is spared because of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summaryparse.expressions import number_groups, spell_han
from summaryparse.firsts import Edges, alternatives
from summaryparse.guards import guard_patterns
from summaryparse.rules import Guard, RuleSet, Shape, default_rules

RULES = default_rules()
SHAPES = [
    rule
    for rule in RULES.by_id.values()
    if isinstance(rule, Shape)
    and not isinstance(rule, Guard)  # which have a test of their own below
    and isinstance(RULES.pattern(rule.id), re.Pattern)
]
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
LETTERS = st.one_of(HAN, st.sampled_from("0159一二十百千万两半每第近年月日级号:、,。;%( \n(【“ABCx.-~至到"))


@pytest.mark.parametrize(
    ("source", "yes", "no"),
    [
        ("增长|下降", "增下", "长降a"),
        ("(?:约|近)?百", "约近百", "千"),
        (r"(?<=第)\d+", "07", "第七a"),
        ("[^,;]率", "病a", ",;"),
        (r"\s*其中", " 其\n", "中"),
        ("(?P<low>低)|(?:高|多)出?", "低高多", "出"),
        (r"[\d.]+万", "3.", "万"),
        (r"[\p{Han}]{2}", "院", "a1,"),
        (r"(?x) (?=[一二]) . 号", "一二三", ""),
        ("(?>甲|乙)丙", "甲乙", "丙"),
        ("a++b", "a", "b"),
        ("(?P<q>“)?(?(q)x|y)", "“xyz", ""),
    ],
)
def test_openings(source: str, yes: str, no: str) -> None:
    openings = Edges(source)
    assert [c for c in yes if not openings[c]] == []
    assert [c for c in no if openings[c]] == []
    assert openings[""]


@pytest.mark.parametrize(
    ("source", "yes", "no"),
    [
        (r"\d{1,3}(?:号|楼)", "号楼9", "年a"),
        (r"[1-9]?\d(?:\.\d)?级", ".级", "年"),
        (r"20\d\d(?=年)", "年级a", ""),  # may be all figures
        (r"(?<!\d)1(?:0|两)合", "合两", "年"),
        ("A?[^年月]+日", "A日时", "年月"),
        (r"[A-Z][\w+]号", "A", "号"),
    ],
)
def test_what_stands_behind_figures(source: str, yes: str, no: str) -> None:
    behind = Edges(source, past="0123456789")
    assert [c for c in yes if not behind[c]] == []
    assert [c for c in no if behind[c]] == []


@pytest.mark.parametrize(
    "source", ["(?:约)?", "a*", "(?i)a", "(?i:a)b", "[", " (?P<a>", r"\p{Lu}", ".", "a|"]
)
def test_what_may_be_empty_or_is_not_understood_begins_with_anything(source: str) -> None:
    assert Edges(source)["丁"]


@pytest.mark.parametrize("rule", SHAPES, ids=lambda rule: rule.id)
@given(data=st.data())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_match_begins_otherwise(rule: Shape, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(number_groups(spell_han(RULES.source(rule.id))))))
    openings = RULES.openings(rule.id)
    for match in RULES.pattern(rule.id).finditer(text):
        assert not match[0] or openings[match[0][0]]


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("甲|乙(?:丙|丁)|[|(]", ["甲", "乙(?:丙|丁)", "[|(]"]),
        (r"\||\(a|b", [r"\|", r"\(a", "b"]),
        ("(?x:甲 | 乙\n)", ["(?x:甲 \n)", "(?x: 乙\n)"]),
    ],
)
def test_alternatives(source: str, pieces: list[str]) -> None:
    assert alternatives(source) == pieces


@given(st.text(LETTERS, min_size=1, max_size=24))
@settings(max_examples=300, deadline=None)
def test_the_guards_of_a_character_match_what_all_guards_match(text: str) -> None:
    patterns = guard_patterns(RULES)
    whole = RULES.compile("|".join(f"%{{{guard.id}}}" for guard in RULES.of(Guard)))
    for at in range(len(text)):
        if patterns.first.match(text, at):
            method = patterns.at(text, at)
            found, wanted = method and method(text, at), whole.match(text, at)
            assert (found and found.span()) == (wanted and wanted.span())


def test_guards_of_the_user_are_tried_everywhere() -> None:
    guard = Guard(id="guard.grade", about="", examples=(), pattern="院区三")
    rules = RuleSet({**RULES.by_id, "guard.grade": guard}, "own", {"guard.grade": "my.toml"})
    method = guard_patterns(rules).at("院区三", 0)
    assert method
    assert method("院区三", 0)


@pytest.mark.parametrize("pattern", ["(?i)abc", "(?:abc){e<=1}", "[[:alpha:]]b"])
def test_nothing_is_told_of_the_users_own_expressions(pattern: str) -> None:
    shape = Shape(id="name.time-front", about="", examples=(), pattern=pattern)
    rules = RuleSet({**RULES.by_id, shape.id: shape}, "own", {shape.id: "my.toml"})
    assert all(rules.openings(shape.id)[character] for character in "aXb丁")
    assert rules.pattern(shape.id).match("Xbc" if "e<" in pattern else "ABC" if "?i" in pattern else "xb")
