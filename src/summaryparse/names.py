"""Turns the words around a quantity into the name of what it measures.

Works on folded text; spans are half-open code points into it.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from summaryparse.expressions import compiled
from summaryparse.rules import RuleSet, word_set
from summaryparse.segment import cut, is_doubtful
from summaryparse.spans import Span

BRACKETED = compiled(
    r"\((?:[^()]{5,60}|[^()]*[\d,;、][^()]*)\)|\([^()]{0,60}\)$|\[[^\[\]]{0,60}\]|【[^【】]{0,40}】"
)
NOTE_MARK = compiled(r"\[\d{1,3}\]$")
EDGE = " \n\r\t、,;:.·。—-~\"'“”‘’()[]|"
BLANKS = compiled(r"\s+")
UNTIDY = compiled(r"[\s(\[【“”\"]")
JOINING = ("和", "与", "及", "以及", "或", "暨", "、", "而", "但", "且", "并")
OBJECT_WINDOW = 40
LONGEST_JOINED = 120


class Name(NamedTuple):
    """A name and where it stands; `span` is None where it was put together from several places."""

    text: str
    span: Span | None

    def joined(self, other: Name) -> Name:
        """This name followed by another; itself where it ends in that already, or is very long."""
        if other.text and (self.text.endswith(other.text) or len(self.text) > LONGEST_JOINED):
            return self
        return Name(self.text + other.text, None)


EMPTY = Name("", None)


def slice_name(folded: str, start: int, end: int) -> Name:
    """The words between two offsets without blanks, edges and brackets."""
    while start < end and folded[start] in EDGE:
        if folded[start] in '“"‘' and closing(folded, start, end):
            break
        start += 1
    while end > start and folded[end - 1] in EDGE:
        if folded[end - 1] in '”"’)' and opening(folded, start, end):
            break
        note = NOTE_MARK.search(folded, max(start, end - 5), end) if folded[end - 1] == "]" else None
        end = note.start() if note else end - 1
    if start >= end:
        return EMPTY
    text = folded[start:end]
    if UNTIDY.search(text):
        text = BLANKS.sub("", BRACKETED.sub("", text))
        text = text.strip(EDGE) if text.strip('“”"') == "" else text
    return Name(text, (start, end)) if text else EMPTY


def closing(folded: str, start: int, end: int) -> bool:
    """Whether the quotation mark at `start` is closed before `end`."""
    pairs = {"“": "”", '"': '"', "‘": "’"}
    return folded.find(pairs[folded[start]], start + 1, end) > 0


def opening(folded: str, start: int, end: int) -> bool:
    """Whether the mark before `end` was opened after `start`."""
    pairs = {"”": "“", '"': '"', "’": "‘", ")": "("}
    return folded.find(pairs[folded[end - 1]], start, end - 1) >= 0


@cache
def front_words(rules: RuleSet) -> dict[str, tuple[str, ...]]:
    """Announcing words by first character, longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(rules.words("name.announce"), key=lambda w: (-len(w), w)):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(words) for first, words in found.items()}


def trim_front(folded: str, start: int, end: int, rules: RuleSet) -> int:
    """The offset after the words that only announce a name: times, adverbs, light verbs."""
    words, times = front_words(rules), rules.openings("name.time-front")
    while start < end:
        first = folded[start]
        if first in " \n\r\t、,;:":
            start += 1
            continue
        if first.isdigit() and folded[start:end].endswith(("率", "比例", "占比")):
            break
        m = rules.pattern("name.time-front").match(folded, start, end) if times[first] else None
        if m and m.end() == end:
            break
        if m:
            start = m.end()
            continue
        if first not in words or folded.startswith(rules.words("name.keep-front"), start, end):
            break
        word = next((w for w in words[first] if folded.startswith(w, start, end)), "")
        if not word:
            break
        if start + len(word) < end and breaks_word(folded, start, start + len(word), end, rules):
            break
        start += len(word)
    return start


def breaks_word(folded: str, start: int, cut_at: int, end: int, rules: RuleSet) -> bool:
    """Whether cutting here would split a word, as jieba sees it: 对|外, 有|效, 使|用."""
    run = folded[start : min(end, start + 10)]
    if not is_doubtful(run, cut_at - start, rules):
        return False
    at = start
    for token in cut(run, rules):
        if at == cut_at:
            return False
        if at > cut_at:
            return True
        at += len(token)
    return at > cut_at


def object_after(folded: str, start: int, end: int, rules: RuleSet) -> Name:
    """The noun phrase that begins behind a quantity: what it counts, up to what is said of it."""
    if start >= end or rules.pattern("object.milestone").match(folded, start, end):
        return EMPTY
    m = rules.pattern("object.skip").match(folded, start, end)
    if m:
        start = m.end()
    begins = folded[start:end].lstrip()
    if not begins or begins.startswith(JOINING):
        return EMPTY
    while start < end and folded[start] in " \n\r\t":
        start += 1
    window = min(end, start + OBJECT_WINDOW)
    nouns = word_set(rules, "name.noun-tail")
    predicates, participles = word_set(rules, "name.predicate"), word_set(rules, "name.participle")
    at = start
    tokens = cut(folded[start:window], rules)
    for i, token in enumerate(tokens):
        if i and token[0].isdigit():
            break
        modifies = "的" in tokens[i + 1 : i + 5] or (i and tokens[i - 1] == "的")
        if not i and token in ("到", "至", "由", "从", "比", "较", "占", "为", "是", "均", "都", "已"):
            return EMPTY
        leads = not i and len(tokens) > 1 and token in participles
        names_thing = i + 1 < len(tokens) and tokens[i + 1] in nouns
        if token in predicates and not (modifies or leads or names_thing):
            break
        at += len(token)
    while at > start and folded[start:at].rstrip().endswith(open_ends(rules)):
        at -= 1
    name = slice_name(folded, start, at)
    return EMPTY if name.text in ("后", "前", "时", "内", "外", "中", "起", "间", "等", "者", "之") else name


@cache
def open_ends(rules: RuleSet) -> tuple[str, ...]:
    """What no noun phrase ends in."""
    return (*rules.words("link.conjunction"), "中", "对", "在")


def ends_in_verb(folded: str, start: int, end: int, rules: RuleSet) -> bool:
    """Whether the words before a quantity end in a verb or preposition whose noun stands behind it."""
    run = folded[max(start, end - 12) : end]
    verbs = word_set(rules, "name.verb-tail")
    if run in verbs or run.endswith("了"):
        return True
    if not run.endswith(verb_tails(rules).get(run[-1:], ())):
        return False
    *_, tail = cut(run, rules)
    return tail in verbs


@cache
def verb_tails(rules: RuleSet) -> dict[str, tuple[str, ...]]:
    """Verbs and prepositions that a noun may follow behind a quantity, by last character."""
    found: dict[str, list[str]] = {}
    for word in rules.words("name.verb-tail"):
        found.setdefault(word[-1], []).append(word)
    return {last: tuple(words) for last, words in found.items()}
