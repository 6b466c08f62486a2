"""What a rule says of all its matches, so that most texts are spared the search, holds for all of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaryparse.expressions import number_groups, spell_han
from summaryparse.records import replace
from summaryparse.rules import RuleSet, Shape, default_rules

RULES = default_rules()
SHAPES = [rule for rule in RULES.by_id.values() if isinstance(rule, Shape)]
AROUND = st.sampled_from(["", "全院", "总数", "12", " "])


def written(rule: Shape) -> st.SearchStrategy[str]:
    """Texts that hold a match of a rule."""
    return st.from_regex(re.compile(number_groups(spell_han(RULES.source(rule.id)))))


@pytest.mark.parametrize("rule", [rule for rule in SHAPES if rule.needs], ids=lambda rule: rule.id)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_every_match_has_what_it_needs(rule: Shape, data: st.DataObject) -> None:
    text = data.draw(AROUND) + data.draw(written(rule))
    if RULES.pattern(rule.id).search(text):
        assert RULES.could_match(rule.id, text, 0, len(text))


@pytest.mark.parametrize("rule", [rule for rule in SHAPES if rule.at_end], ids=lambda rule: rule.id)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_the_last_character_never_hides_a_match(rule: Shape, data: st.DataObject) -> None:
    text = data.draw(AROUND) + data.draw(written(rule))
    plain = RULES.pattern(rule.id).search(text)
    found = RULES.search_end(rule.id, text, 0, len(text))
    assert (found and found.span()) == (plain and plain.span())


def test_a_rule_that_replaces_another_need_not_say_anything_beforehand() -> None:
    by_id = {
        rule.id: replace(rule, at_end=False, needs="") if isinstance(rule, Shape) else rule
        for rule in RULES.by_id.values()
    }
    rules = RuleSet(by_id, "silent")
    text = "全年门诊人次3.6万,同比增长"
    assert rules.could_match("share.of", text, 0, len(text))
    assert [m[0] for m in rules.matches("quantity.quoted-name", "推行“3+2”", 0, 7)] == ["“3+2”"]
    assert rules.search_end("change.tail", text, 0, len(text))
