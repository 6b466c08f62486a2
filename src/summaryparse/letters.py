"""What the characters of a sentence tell of the rules that can match in it."""

from __future__ import annotations

from summaryparse.rules import RuleSet


class Letters(dict[str, bool]):
    """By id whether a rule can match in a sentence: whether one of the characters it needs is there."""

    def __init__(self, sentence: str, rules: RuleSet) -> None:
        super().__init__()
        self.letters, self.needs = frozenset(sentence), rules.needs

    def __missing__(self, rule_id: str) -> bool:
        needs = self.needs(rule_id)
        found = self[rule_id] = not needs or not needs.isdisjoint(self.letters)
        return found
