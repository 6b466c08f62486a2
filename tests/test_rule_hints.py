"""What a rule says of all its matches, so that most texts are spared the search, holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaryparse import load_rules
from summaryparse.errors import RuleError
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


def certain(nodes: Iterable[tuple[Any, Any]], needs: str) -> bool:
    """Whether whatever a run of nodes of a parsed expression matches has one of the characters."""
    return any(certain_node(kind, told, needs) for kind, told in nodes)


def certain_node(kind: Any, told: Any, needs: str) -> bool:
    name = str(kind)
    if name == "LITERAL":
        return chr(told) in needs
    if name == "IN":
        return all(str(item) == "LITERAL" and chr(code) in needs for item, code in told)
    if name == "SUBPATTERN":
        return certain(told[3].data, needs)
    if name == "BRANCH":
        return all(certain(branch.data, needs) for branch in told[1])
    if name.endswith("_REPEAT"):
        return told[0] > 0 and certain(told[2].data, needs)
    return False


@pytest.mark.parametrize("rule", [rule for rule in SHAPES if rule.needs], ids=lambda rule: rule.id)
def test_no_match_can_do_without_what_it_needs(rule: Shape) -> None:
    tree = parser.parse(number_groups(spell_han(RULES.source(rule.id))))
    assert certain(tree.data, rule.needs)


def test_words_without_what_they_need_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        '[[words]]\nid = "status.done"\nabout = "Done."\n'
        'words = ["已", "建成"]\nneeds = "已"\nexamples = ["已"]\n',
        encoding="utf-8",
    )
    with pytest.raises(RuleError, match=r"status\.done: .*建成 has none of the characters in needs"):
        load_rules(tmp_path)


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
