"""Cuts a short Chinese run into words with jieba, where no rule says where a noun phrase begins or ends.

The tokenizer is private: its dictionary is `patterns/lexicon.txt`, read a first character at a time when
needed, so jieba's own dictionary and its shared cache are never touched.
"""

from __future__ import annotations

import sys
import warnings
from functools import cache
from importlib import import_module
from math import inf, log
from threading import Lock
from types import ModuleType

from summaryparse.deferred import defer
from summaryparse.expressions import compiled
from summaryparse.rules import RuleSet, patterns_folder

ENTRY = compiled(r"([^\d\s]*)(\d+)")
TOTAL = 60_101_967
LOG_TOTAL = log(TOTAL)
CHINESE = compiled("[\u4e00-\u9fd5]*")  # what jieba takes for one block


class Lexicon:
    """Word frequencies, loaded by first character as they are needed; a prefix of a word counts zero.

    `words` is what jieba's tokenizer takes for its dictionary; it is right for a run once `load` has seen it.
    """

    def __init__(self, terms: tuple[str, ...]) -> None:
        text = (patterns_folder() / "lexicon.txt").read_text(encoding="utf-8")
        self.lines = {line[0]: line for line in text.splitlines() if not line.startswith("#")}
        self.words: dict[str, int] = {}
        self.loaded: set[str] = set()
        self.terms: dict[str, list[str]] = {}
        for term in terms:
            self.terms.setdefault(term[0], []).append(term)
        self.lock = Lock()

    def load(self, run: str) -> None:
        """Makes the words that begin with any character of a run known."""
        for first in set(run).difference(self.loaded):
            with self.lock:
                self.words.update(self.group(first))
                self.loaded.add(first)

    def group(self, first: str) -> dict[str, int]:
        """Words and prefixes that begin with one character."""
        found: dict[str, int] = {}
        entries = [(first + rest, int(count)) for rest, count in ENTRY.findall(self.lines.get(first, "")[2:])]
        entries += [(term, 2000) for term in self.terms.get(first, ())]
        for word, count in entries:
            for length in range(1, len(word)):
                found.setdefault(word[:length], 0)
            found[word] = max(count, found.get(word, 0))
        return found


@cache
def lexicon(rules: RuleSet) -> Lexicon:
    """The lexicon with the announcing verbs and predicates of the rules added."""
    terms = {
        w
        for name in ("name.announce", "name.predicate", "name.keep-front", "lexicon.terms")
        for w in rules.words(name)
    }
    return Lexicon(tuple(sorted(terms)))


@cache
def tokenizer(rules: RuleSet) -> object:
    """A jieba tokenizer over our lexicon."""
    found = import_jieba().Tokenizer()
    found.FREQ = lexicon(rules).words
    found.total = TOTAL
    found.initialized = True
    return found


def import_jieba() -> ModuleType:
    """jieba without setuptools: it asks that where its own files are, and finds them as well by itself, in a
    quarter of the time. Its model of words that are in no dictionary is loaded by whoever asks for one."""
    asks = "pkg_resources" not in sys.modules
    if asks:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment] # what the import system reads as: not there
    defer("jieba", "finalseg")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return import_module("jieba")
    finally:
        if asks:
            del sys.modules["pkg_resources"]


def cut(run: str, rules: RuleSet) -> list[str]:
    """The words of a run, in order; together they are the run."""
    known = lexicon(rules)
    known.load(run)
    if CHINESE.fullmatch(run):
        return likeliest(run, known.words)
    return list(tokenizer(rules).cut(run, HMM=False))  # type: ignore[attr-defined]


def likeliest(run: str, words: dict[str, int]) -> list[str]:
    """The words of a run of Chinese characters that are likeliest together: what jieba's tokenizer finds,
    without the graph that it builds for it, which takes two thirds of its time."""
    length = len(run)
    best, ends = [0.0] * (length + 1), [0] * length
    for begin in range(length - 1, -1, -1):
        score, chosen = -inf, begin + 1
        end = begin + 1
        while end <= length and (count := words.get(run[begin:end])) is not None:
            if count:
                reached = log(count) - LOG_TOTAL + best[end]
                if reached >= score:  # of words that are as likely the longest
                    score, chosen = reached, end
            end += 1
        if score == -inf:
            score = best[chosen] - LOG_TOTAL
        best[begin], ends[begin] = score, chosen
    found, at = [], 0
    while at < length:
        found.append(run[at : ends[at]])
        at = ends[at]
    return found


def is_doubtful(run: str, at: int, rules: RuleSet) -> bool:
    """Whether a word of the lexicon, or one in Latin letters and digits, lies across an offset of a run.

    Where none does, every way to cut the run cuts it there.
    """
    if run[at - 1 : at + 1].isascii():
        return True
    known = lexicon(rules)
    known.load(run[:at])
    words = known.words
    for begin in range(at):
        end = begin + 1
        while end <= len(run) and (count := words.get(run[begin:end])) is not None:
            if end > at and count:
                return True
            end += 1
    return False
