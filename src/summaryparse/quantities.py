"""Finds the quantities of a text: a number, its unit, a range, and what guards say is no quantity.

Everything here looks at folded text; offsets are code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from summaryparse.firsts import MOST_KNOWN
from summaryparse.guards import Guards
from summaryparse.numerals import Numeral, find_numerals, plain
from summaryparse.rules import RuleSet, word_set
from summaryparse.spans import Span
from summaryparse.units import match_unit

Bound = Literal["exact", "approx", "min", "max"]
Role = Literal["amount", "ordinal", "front", "doubling", "ratio", "fraction"]
SECONDS = {"天": 86400, "小时": 3600, "个小时": 3600, "分钟": 60, "分": 60, "秒": 1, "秒钟": 1}


class Quantity(NamedTuple):
    """A number with its unit: `span` text runs from the first character of the number to the end of the unit.

    `after` is where the words behind it go on (past 以上, 余); `bound` is what they say.
    """

    start: int
    end: int
    after: int
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    dimension: str
    bound: Bound
    redacted: bool
    chinese: bool
    role: Role
    rule: str


class Spans:
    """Disjoint spans in order, asked whether one of them holds a position."""

    def __init__(self, spans: list[Span]) -> None:
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def holds(self, at: int) -> bool:
        """Whether a span contains the code point at this offset."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.ends[index]


def find_quantities(folded: str, start: int, end: int, rules: RuleSet) -> list[Quantity]:
    """Quantities between two offsets, in order, not overlapping."""
    numerals = find_numerals(folded, start, end)
    if not numerals and not rules.could_match("quantity.doubling", folded, start, end):
        return []
    special = list(special_quantities(folded, start, end, rules))
    guards = Guards(folded, start, end, rules)
    quoted = Spans([m.span() for m in rules.matches("quantity.quoted-name", folded, start, end)])
    taken = Spans([(q.start, q.end) for q in special])
    found: list[Quantity] = []
    free = start
    for numeral in numerals:
        if numeral.start < free or (special and taken.holds(numeral.start)):
            continue
        if quoted.starts and quoted.holds(numeral.start):
            continue
        quantity = read_quantity(folded, numeral, end, rules)
        if quantity is None or guards.holds(numeral.start):
            continue
        free = quantity.end
        joined = join(folded, found[-1], quantity, rules) if found else None
        if joined:
            found[-1] = joined
        elif quantity.unit or is_bare_quantity(folded, start, quantity, rules):
            found.append(quantity)
        else:
            found.append(quantity._replace(rule=""))
    kept = [q for q in lend_units(folded, found, rules) if q.rule and is_placed(folded, start, q, rules)]
    return sorted([*kept, *special], key=lambda q: q.start) if special else kept


def lend_units(folded: str, found: list[Quantity], rules: RuleSet) -> list[Quantity]:
    """Gives a number without a unit, or with 个 for one, that of the next in its list: 升0.3、0.6个百分点."""
    lent = list(found)
    points = word_set(rules, "quantity.after-ge")
    for i in range(len(found) - 2, -1, -1):
        first, second = lent[i], lent[i + 1]
        open_unit = not first.unit or (first.unit == "个" and second.unit in points)
        if not open_unit or first.role != "amount" or not second.rule or not second.unit:
            continue
        if folded[first.end : second.start].strip() in word_set(rules, "link.conjunction"):
            lent[i] = first._replace(unit=second.unit, dimension=second.dimension, rule=second.rule)
    return lent


def is_placed(folded: str, start: int, quantity: Quantity, rules: RuleSet) -> bool:
    """Whether an ordinal is a place in a ranking and no mere 第三批 or 前三季度."""
    if quantity.role not in ("ordinal", "front"):
        return True
    if quantity.unit not in ("位", "名", "", "%", "强"):
        return False
    if quantity.unit == "" and folded[quantity.end : quantity.end + 1] not in ("", *",;。)(、 \n"):
        return False
    end = quantity.start - 1
    clause = max(start, end - 30, *(folded.rfind(mark, start, end) + 1 for mark in ",;。:"))
    return bool(rules.pattern("rank.cue").search(folded, clause, end))


def special_quantities(folded: str, start: int, end: int, rules: RuleSet) -> Iterator[Quantity]:
    """Ratios such as 1:1.5, proportions of three, fractions such as 3/4, and doublings such as 翻一番."""
    guards: Guards | None = None
    for m in rules.matches("quantity.ratio", folded, start, end):
        guards = guards or Guards(folded, start, end, rules)
        clause = folded[max(start, m.start() - 48) : m.start()]
        below = Decimal(m["b"])
        if below and rules.pattern("quantity.ratio-cue").search(clause) and not guards.holds(m.start()):
            value = (Decimal(m["a"]) / below).normalize()
            yield amount(m.start(), m.end(), value, "", "ratio", "quantity.ratio", role="ratio")
    for m in rules.matches("quantity.proportion", folded, start, end):
        if rules.pattern("quantity.proportion-cue").search(folded[max(start, m.start() - 44) : m.start()]):
            for part in ("a", "b", "c"):
                value = plain(Decimal(m[part]))
                first, last = m.span(part)
                yield amount(first, last, value, "", "ratio", "quantity.proportion", role="ratio")
    guards = None
    for m in rules.matches("quantity.fraction", folded, start, end):
        guards = guards or Guards(folded, start, end, rules)
        if not guards.holds(m.start()):
            value = Decimal(m["a"]) / Decimal(m["b"])
            yield amount(m.start(), m.end(), value, "", "ratio", "quantity.fraction", role="fraction")
    for m in rules.matches("quantity.doubling", folded, start, end):
        times = find_numerals(m["n"])[0].value
        if times:
            value = (2**times - 1) * 100
            doubled = amount(m.start("n"), m.end(), value, "%", "ratio", "quantity.doubling", role="doubling")
            after, bound = bound_after(folded, m.end(), end, rules)
            yield doubled._replace(after=after, bound=bound)


def amount(
    start: int, end: int, value: Decimal, unit: str, dimension: str, rule: str, *, role: Role
) -> Quantity:
    """An exact quantity with nothing behind it."""
    return Quantity(
        start=start, end=end, after=end, value=value, value_max=None, unit=unit, dimension=dimension,
        bound="exact", redacted=False, chinese=False, role=role, rule=rule,
    )  # fmt: skip


def read_quantity(folded: str, numeral: Numeral, end: int, rules: RuleSet) -> Quantity | None:
    """The quantity that begins with this number, or None where the number counts nothing."""
    if glued_to_latin(folded, numeral):
        return None
    value, value_max, unit, dimension, unit_end, rule = unit_of(folded, numeral, end, rules)
    role = role_of(folded, numeral, rules)
    if role == "amount":
        if numeral.fraction:
            role = "fraction"
        elif not counts(folded, numeral, unit, unit_end, rules):
            return None
    after, bound = bound_after(folded, unit_end, end, rules)
    if numeral.approx and bound == "exact":
        bound = "approx"
    return Quantity(
        numeral.start, unit_end, after, value, value_max, unit, dimension, bound, numeral.masked,
        numeral.chinese, role, rule,
    )  # fmt: skip


def glued_to_latin(folded: str, numeral: Numeral) -> bool:
    """Whether Latin letters make the number part of a name: AB12, 5G; not SCI12篇 and not 5GB."""
    if numeral.masked or numeral.chinese or not numeral.start:
        return False
    before = folded[numeral.start - 1]
    if not before.isascii():
        return False
    if before in "-/_." and numeral.start > 1:
        return folded[numeral.start - 2].isascii() and folded[numeral.start - 2].isalpha()
    following = folded[numeral.end : numeral.end + 1]
    return before.isalpha() and not ("一" <= following <= "鿿" or following in "%‰")


def unit_of(
    folded: str, numeral: Numeral, end: int, rules: RuleSet
) -> tuple[Decimal | None, Decimal | None, str, str, int, str]:
    """Value, upper value, unit, dimension, end of the unit, and the rule that named the unit."""
    value, value_max = numeral.value, numeral.value_max
    if numeral.percent:
        return value, value_max, numeral.percent, "ratio", numeral.end, "unit.percent"
    if numeral.tenths and value is not None:
        top = None if value_max is None else value_max * 10
        return value * 10, top, "%", "ratio", numeral.end, "unit.tenths"
    if numeral.fraction:
        return value, value_max, "", "ratio", numeral.end, "quantity.fraction"
    found = match_unit(folded, numeral.end, end, rules)
    if found:
        form, unit_end, unit = found
        return value, value_max, unit.base or form, unit.dimension, unit_end, unit.id
    return value, value_max, "", "other", numeral.end, "quantity.bare"


def role_of(folded: str, numeral: Numeral, rules: RuleSet) -> Role:
    """Whether 第 or 前 before the number makes it a place in an order."""
    start = numeral.start
    if not start or not before_order(rules)[folded[start - 1]]:
        return "amount"
    before = folded[max(0, start - 4) : start]
    if rules.pattern("quantity.ordinal-before").search(before):
        return "ordinal"
    if rules.pattern("quantity.front-before").search(before):
        return "front"
    return "amount"


class BeforeOrder(dict[str, bool]):
    """By character whether words that end in it, blanks aside, can make the number behind them a place in an
    order."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__()
        self.ends = rules.endings("quantity.ordinal-before"), rules.endings("quantity.front-before")

    def __missing__(self, character: str) -> bool:
        found = character.isspace() or any(ends is None or ends[character] for ends in self.ends)
        if len(self) < MOST_KNOWN:
            self[character] = found
        return found


@cache
def before_order(rules: RuleSet) -> BeforeOrder:
    """What stands before places in an order, as a set of rules has it."""
    return BeforeOrder(rules)


def counts(folded: str, numeral: Numeral, unit: str, unit_end: int, rules: RuleSet) -> bool:
    """Whether a number that is no ordinal counts something, as far as its own form tells."""
    if numeral.masked:
        return unit in word_set(rules, "quantity.masked-units")
    if not numeral.chinese or numeral.percent or numeral.tenths:
        return True
    if unit not in word_set(rules, "quantity.counted-in-chinese"):
        return False
    large = numeral.value is not None and numeral.value > 10
    if numeral.value == 1 and numeral.value_max is None:
        before = folded[max(0, numeral.start - 8) : numeral.start]
        if rules.pattern("quantity.one-bounded").search(before) and not folded.startswith("的", unit_end):
            return True
        stands_alone = rules.pattern("quantity.one-after").match(folded, unit_end)
        if unit == "家":
            return False
        return unit == "倍" or bool(stands_alone and not rules.pattern("quantity.one-before").search(before))
    if (
        numeral.value is not None
        and 0 < numeral.value < 1
        and not numeral.fraction
        and "点" not in numeral.text
    ):
        return unit in ("小时", "天", "年", "个小时") and bool(
            rules.pattern("quantity.one-after").match(folded, unit_end)
        )
    if not large and unit in word_set(rules, "quantity.small-chinese-never"):
        return numeral.approx and numeral.value is not None and numeral.value >= 10
    following = folded[unit_end : unit_end + 4]
    return large or not following.startswith(tuple(word_set(rules, "name.abstract")))


def bound_after(folded: str, at: int, end: int, rules: RuleSet) -> tuple[int, Bound]:
    """Where the bound words behind a quantity end, and what they say."""
    bound: Bound = "exact"
    openings = rules.openings("quantity.after-bound")
    for _ in range(2):
        if at < end and not openings[folded[at]]:
            break
        m = rules.pattern("quantity.after-bound").match(folded, at, end)
        if not m:
            break
        at = m.end()
        for name in ("approx", "min", "max"):
            if m.groupdict().get(name) and bound in ("exact", "approx"):
                bound = name
    return at, bound


def join(folded: str, first: Quantity, second: Quantity, rules: RuleSet) -> Quantity | None:
    """The range or compound that two neighbouring quantities make, or None where they stand apart."""
    if (
        second.role != "amount"
        or first.redacted
        or second.redacted
        or first.value is None
        or second.value is None
    ):
        return None
    gap = folded[first.end : second.start].strip(" \n")
    if not gap and first.unit in SECONDS and second.unit in SECONDS:
        factor = SECONDS[first.unit] // max(SECONDS[second.unit], 1)
        if factor > 1:
            return second._replace(start=first.start, value=first.value * factor + second.value)
        return None
    if gap not in word_set(rules, "quantity.range") or first.value_max is not None:
        return None
    if first.role == "ordinal":
        return second._replace(start=first.start, role="ordinal")
    opened = folded[max(0, first.start - 8) : first.start]
    begins_change = gap in ("至", "到") and rules.pattern("quantity.change-from").search(opened)
    same_unit = first.unit in ("", second.unit)
    if not same_unit or begins_change or first.role not in ("amount", "front"):
        return None
    low, high = scaled_low(folded, first, second), second.value
    if low is None or high < low:
        return None
    return second._replace(start=first.start, value=low, value_max=high, role=first.role)


def scaled_low(folded: str, first: Quantity, second: Quantity) -> Decimal | None:
    """The lower end of a range whose scale stands only at its upper end: 3-5万元 is 30 000 to 50 000."""
    if first.value is None or second.value is None:
        return None
    if first.unit or first.value >= second.value:
        return first.value
    if folded[first.end - 1] in "百千万亿":
        return first.value
    for scale in ("万亿", "亿", "万"):
        if scale in folded[second.start : second.end]:
            factor = {"万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
            return first.value * factor if first.value < factor else first.value
    return first.value


def is_bare_quantity(folded: str, start: int, quantity: Quantity, rules: RuleSet) -> bool:
    """Whether a number without a unit measures something: a total with its scale, an index, a ratio."""
    if quantity.role in ("ordinal", "front", "ratio", "fraction", "doubling"):
        return True
    if quantity.chinese:
        return False
    written = folded[quantity.start : quantity.end]
    before = folded[max(start, quantity.start - 16) : quantity.start].rstrip()
    marked = rules.pattern("object.milestone").match(folded, quantity.after)
    at = marked.end() if marked else quantity.after
    following = folded[at : at + 4]
    if following.startswith(rules.words("quantity.people-without-unit")):
        return True
    if written[-1] in "万亿" and following.startswith(rules.words("quantity.people-after-scale")):
        return True
    if before.endswith("(") and following.startswith(")") and "." in written:
        return True
    if rules.pattern("quantity.change-from").search(before) and rules.pattern("change.level-verb").match(
        folded, quantity.end
    ):
        return True
    at_boundary = not following.strip(" ") or following.lstrip(" ")[0] in ",;。:、)\n\t|"
    if not at_boundary or not before or (before[-1].isascii() and before[-1] != "("):
        return False
    has_scale = written[-1] in "万亿余多"
    if "." in written and rules.search_end("change.tail", before, 0, len(before)):
        return True
    return has_scale or bool(rules.pattern("quantity.bare-name").search(before))
