"""Cuts a short Chinese run into words with jieba, where no rule says where a noun phrase begins or ends.

The tokenizer is private: its dictionary is `patterns/lexicon.txt`, read a first character at a time when
needed, so jieba's own dictionary and its shared cache are never touched.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache
from threading import Lock

from summaryparse.rules import RuleSet, patterns_folder

ENTRY = re.compile(r"([^\d\s]*)(\d+)")
TOTAL = 60_101_967


class Lexicon:
    """Word frequencies by first character; a prefix of a word counts zero, as jieba's tokenizer expects."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        text = (patterns_folder() / "lexicon.txt").read_text(encoding="utf-8")
        self.lines = {line[0]: line for line in text.splitlines() if not line.startswith("#")}
        self.words: dict[str, dict[str, int]] = {}
        self.terms: dict[str, list[str]] = {}
        for term in terms:
            self.terms.setdefault(term[0], []).append(term)
        self.lock = Lock()

    def group(self, first: str) -> dict[str, int]:
        """Words and prefixes that begin with one character."""
        found = self.words.get(first)
        if found is None:
            found = {}
            entries = [
                (first + rest, int(count)) for rest, count in ENTRY.findall(self.lines.get(first, "")[2:])
            ]
            entries += [(term, 2000) for term in self.terms.get(first, ())]
            for word, count in entries:
                for length in range(1, len(word)):
                    found.setdefault(word[:length], 0)
                found[word] = max(count, found.get(word, 0))
            with self.lock:
                self.words[first] = found
        return found

    def get(self, word: str, default: int | None = None) -> int | None:
        """The frequency of a word, zero for a prefix, `default` for neither."""
        return self.group(word[0]).get(word, default)

    def __getitem__(self, word: str) -> int:
        return self.group(word[0])[word]

    def __contains__(self, word: str) -> bool:
        return word in self.group(word[0])


@cache
def tokenizer(rules: RuleSet) -> object:
    """A jieba tokenizer over our lexicon, the announcing verbs and predicates of the rules added."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 — a hundredth of a second that most short texts never need

    terms = {
        w
        for name in ("name.announce", "name.predicate", "name.keep-front", "lexicon.terms")
        for w in rules.words(name)
    }
    found = jieba.Tokenizer()
    found.FREQ = Lexicon(tuple(sorted(terms)))
    found.total = TOTAL
    found.initialized = True
    return found


def cut(run: str, rules: RuleSet) -> Iterator[str]:
    """The words of a run, in order; together they are the run."""
    return tokenizer(rules).cut(run, HMM=False)  # type: ignore[attr-defined, no-any-return]
