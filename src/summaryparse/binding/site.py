"""What a reading of a quantity looks at: the text around it, what was read before, and the draft it makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from summaryparse.clauses import Context
from summaryparse.letters import Letters
from summaryparse.names import EMPTY, Name, object_after, slice_name, trim_front
from summaryparse.qualify import Peeled, baseline_in, peel
from summaryparse.quantities import Quantity
from summaryparse.records import dataclass, field
from summaryparse.rules import RuleSet, word_set
from summaryparse.spans import Span

RATIO_UNITS = ("%", "‰", "百分点", "千分点", "倍", "")


@dataclass(slots=True, eq=False)
class Draft:
    """A metric in the making; `past` marks a level of another time that a change is counted from.

    `period_text` is the draft's own time, `not_period` the time of the level before it in its clause; of a
    share of a whole `subject` is what has that share; `index` is its place among the metrics of the report,
    once it has one.
    """

    context: Context
    name: Name
    rule: str
    kind: str = "level"
    direction: str | None = None
    baseline: Name = EMPTY
    bound: str = "exact"
    unit: str = ""
    past: bool = False
    period_text: str = ""
    not_period: str = ""
    change_of: Draft | None = None
    part_of: Draft | None = None
    subject: Name = EMPTY
    index: int | None = None

    @property
    def quantity(self) -> Quantity:
        """The quantity that is being named."""
        return self.context.quantity


@dataclass(slots=True)
class Memory:
    """What earlier words of the paragraph offer to a quantity that has no name of its own.

    `heading` is a short run-in heading that ends in a colon, `fund` one that names an account, whose 收入
    and 支出 follow, `said` the subject of a sentence before that counts nothing; `progress` is what is
    measured against the budget just given, `fronted` what the changes of the sentence are compared with;
    `last` holds the latest level at each depth of brackets; `whole` is the level whose parts are listed.
    """

    heading: Name = EMPTY
    fund: Name = EMPTY
    said: Name = EMPTY
    owner: Name = EMPTY
    progress: Name = EMPTY
    fronted: Name = EMPTY
    last: dict[int, Draft] = field(default_factory=dict)
    whole: Draft | None = None
    group: list[Name] = field(default_factory=list)
    dealt: list[Name] = field(default_factory=list)
    before: list[Draft] = field(default_factory=list)

    def latest(self, level: int) -> Draft | None:
        """The nearest level before, at this depth of brackets or outside it."""
        for depth in range(level, -1, -1):
            if depth in self.last:
                return self.last[depth]
        return None


class Site:
    """What a reading looks at: the text, the quantity in its place, what was read before, the rules.

    `start` and `end` are those of the words on the left, blanks at their end aside; `names` keeps what `own`
    has read.
    """

    def __init__(
        self,
        folded: str,
        sentence: Span,
        context: Context,
        peeled: Peeled,
        drafts: Sequence[Draft],
        memory: Memory,
        rules: RuleSet,
        ahead: Sequence[Context],
        letters: Letters,
    ) -> None:
        self.folded, self.sentence, self.context, self.peeled = folded, sentence, context, peeled
        self.letters = letters
        self.drafts, self.memory, self.rules, self.ahead = drafts, memory, rules, ahead
        self.names: dict[Span, Name] = {}
        self.start, self.end = context.left
        while self.end > self.start and folded[self.end - 1] in " \n\r":
            self.end -= 1

    @property
    def previous(self) -> Draft | None:
        """The reading before this one in the same sentence."""
        return self.drafts[-1] if self.drafts else None

    def baseline(self, start: int, end: int) -> Span | None:
        """The words between two offsets that say what a change is compared with."""
        return baseline_in(self.folded, start, end, self.rules) if self.letters["baseline.words"] else None

    def antecedent(self) -> Draft | None:
        """The level that a quantity without a name speaks of."""
        return self.memory.latest(self.context.level)

    def alike(self) -> Draft | None:
        """The nearest level of the same unit, else the nearest of all: what a change without a name is of."""
        unit = self.context.quantity.unit
        level = self.context.level
        near = [d for d in self.drafts if d.kind == "level" and not d.past and d.context.level <= level]
        points = unit in ("百分点", "千分点", "万分点", "十万分点")
        for draft in reversed(near):
            if draft.quantity.unit == unit and unit not in RATIO_UNITS:
                return draft
            if points and draft.quantity.dimension == "ratio":
                return draft
        return self.antecedent()

    def alike_name(self) -> Name:
        """The name of that level, or the run-in heading; what has a share grows by per cent, not that."""
        found = self.alike()
        if found and found.subject.text and self.context.quantity.unit == "%":
            return found.subject
        return found.name if found else self.memory.heading

    def antecedent_name(self) -> Name:
        """Its name, or the run-in heading, or nothing."""
        found = self.antecedent()
        if found and found.subject.text and self.context.quantity.dimension != "ratio":
            return found.subject
        return found.name if found else self.memory.heading

    def told_before(self) -> Name:
        """The subject of the clause before, where that clause counts nothing: 流失率偏高,达6.2%."""
        start, end = self.context.prior
        if self.context.separator != "," or start >= end or self.baseline(start, end):
            return EMPTY
        name = self.own(start, end)
        if name.span is None or not name.text:
            return EMPTY
        m = self.rules.pattern("name.state").search(self.folded, name.span[0] + 2, name.span[1])
        return slice_name(self.folded, name.span[0], m.start()) if m else EMPTY

    def told_list(self) -> Name:
        """The clause before, where it only lists names: 心脑血管病、恶性肿瘤居前."""
        start, end = self.context.prior
        name = self.own(start, end) if self.context.separator == "," and start < end else EMPTY
        if name.span is None or self.baseline(start, end):
            return EMPTY
        m = self.rules.pattern("name.state").search(self.folded, name.span[0] + 2, name.span[1])
        return slice_name(self.folded, name.span[0], m.start() if m else name.span[1])

    def following(self) -> list[Context]:
        """The further values of the list that the quantity opens: 5.3%、6.1%和0.7个百分点."""
        found = []
        for context in self.ahead:
            between = self.folded[context.left[0] : context.left[1]].strip(" 、")
            change = self.rules.search_end("change.tail", between, 0, len(between))
            between = between[: change.start()] if change else between
            if context.clause != self.context.clause or context.separator not in ("", "、"):
                break
            if change and (change["to"] or change["level"]):
                break
            joined = context.separator == "、" or change or between
            if not joined or (between and between not in word_set(self.rules, "link.conjunction")):
                break
            found.append(context)
        return found

    def own(self, start: int, end: int) -> Name:
        """The name that stands between two offsets, announcing words and a mere time or place aside."""
        found = self.names.get((start, end))
        if found is None:
            stop = self.strip_time(start, end)
            if stop < end:
                stop = peel(self.folded, start, stop, self.rules).end
            found = self.names[start, end] = self.read_own(start, stop)
        return found

    def read_own(self, start: int, end: int) -> Name:
        """The name between two offsets that no time stands before."""
        name = slice_name(self.folded, trim_front(self.folded, start, end, self.rules), end)
        if not name.text or self.is_bare(name.text):
            return EMPTY
        if not self.rules.could_match("name.inner", name.text, 0, len(name.text)):
            return name
        return Name(self.rules.pattern("name.inner").sub("", name.text), name.span)

    def is_bare(self, text: str) -> bool:
        """Whether the words are no name: an announcing word, a place, a time, a numeral."""
        rules = self.rules
        if text in filler_words(rules):
            return True
        if rules.openings("name.numeral-only")[text[0]] and rules.pattern("name.numeral-only").search(text):
            return True
        for rule_id in ("name.time-front", "link.time-tail"):
            if rules.openings(rule_id)[text[0]]:
                m = rules.pattern(rule_id).match(text)
                if m and m.end() == len(text):
                    return True
        return False

    def strip_time(self, start: int, end: int) -> int:
        """The offset before a time that stands between a name and its level."""
        m = self.rules.search_end("link.time-tail", self.folded, max(start, end - 16), end)
        return m.start() if m and m.start() > start else end


@cache
def filler_words(rules: RuleSet) -> frozenset[str]:
    """Words that are no name by themselves."""
    return (
        word_set(rules, "name.announce") | word_set(rules, "link.tail-words") | word_set(rules, "name.region")
    )


def has_object(site: Site) -> bool:
    """Whether a noun follows that the quantity counts."""
    return bool(object_after(site.folded, *site.context.right, site.rules).text)
