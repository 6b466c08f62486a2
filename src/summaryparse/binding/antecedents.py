"""Names that lean on what was said before: thin nouns, bare verbs, brackets."""

from __future__ import annotations

from summaryparse.binding.site import Draft, Site
from summaryparse.names import EMPTY, Name, slice_name
from summaryparse.qualify import peel
from summaryparse.rules import RuleSet, word_set
from summaryparse.segment import cut


def is_verb_only(site: Site, name: Name) -> bool:
    """Whether a subject was told in the clause before and this one only has its verb: …反弹,报告612例."""
    if site.told_before().text:
        return name.text in word_set(site.rules, "name.verb-tail")
    headed = site.memory.heading.text and not site.drafts
    return bool(headed) and name.text in word_set(site.rules, "name.activity")


def complete(site: Site, name: Name) -> Name:
    """A thin name with what it needs before it: 支出 of a fund, 死亡率 after a count of deaths, 日均."""
    rules, heading = site.rules, site.memory.heading
    antecedent = site.antecedent()
    siblings = word_set(rules, "name.of-whole")
    if name.text in siblings and site.previous:
        counts = site.previous.subject.text and site.context.quantity.dimension != "ratio"
        before = (site.previous.subject if counts else site.previous.name).text
        found = [w for w in siblings if w in before] if before not in siblings else []
        sibling = max(found, key=lambda w: (before.rfind(w), len(w)), default="")
        head, _, tail = before.rpartition(sibling) if sibling else ("", "", "")
        return Name(head + name.text + tail, None) if sibling else name
    if name.text in word_set(rules, "name.added") and antecedent:
        alike = antecedent.quantity.unit == site.context.quantity.unit and antecedent in site.drafts
        return antecedent.name.joined(name) if alike else name
    if name.text in word_set(rules, "name.average") and antecedent:
        return base_name(antecedent, rules).joined(name)
    if name.text in word_set(rules, "name.head-stop"):
        if site.memory.fund.text and name.span:
            return site.memory.fund.joined(name)
        if antecedent and antecedent.quantity.dimension == site.context.quantity.dimension:
            return base_name(antecedent, rules).joined(name)
        return heading.joined(name)
    if name.text in word_set(rules, "name.thin-rate"):
        if antecedent and antecedent.quantity.dimension == "count" and antecedent in site.drafts:
            base = base_name(antecedent.part_of or antecedent, rules)
            return name if name.text.startswith(base.text) else base.joined(name)
        if not antecedent:
            return heading.joined(name)
        return rate_of_subject(site, name)
    return name


def rate_of_subject(site: Site, name: Name) -> Name:
    """A thin rate with the subject of the rate before it: 高血压患者随访率95%、管理率80%."""
    previous = site.previous
    if previous is None or site.context.separator != "、" or previous.kind != "level":
        return name
    before = previous.name.text
    for thin in sorted(site.rules.words("name.thin-rate"), key=len, reverse=True):
        if before.endswith(thin):
            return Name(before[: -len(thin)] + name.text, None) if before != thin else name
    return name


def with_base(site: Site, draft: Draft) -> Name:
    """The name with the base of the rate before it where it goes on in a list, or can count nothing whole:
    每千人口医师3.1人，护士3.5人."""
    previous, context = site.previous, site.context
    value = context.quantity.value
    if previous is None or value is None or draft.kind != "level" or not previous.name.text.startswith("每"):
        return draft.name
    counts = context.quantity.dimension == previous.quantity.dimension == "count"
    listed = context.separator == "、" and context.clause == previous.context.clause
    broken = context.separator == "," and value % 1 != 0
    base = site.rules.pattern("name.rate-base").match(previous.name.text)
    if not base or not counts or not (listed or broken) or draft.name.text.startswith(("每", "人均", "平均")):
        return draft.name
    return Name(base[0], None).joined(draft.name)


def with_owner(site: Site, name: Name) -> Name:
    """The name with the department before the colon whose figures are listed: 急诊科：床位12张，医师9名."""
    memory, context = site.memory, site.context
    if context.separator == ":":
        label = slice_name(site.folded, *context.lead)
        memory.owner = label if site.rules.pattern("name.owner").search(label.text) else EMPTY
    elif context.separator in (";", "^"):
        memory.owner = EMPTY
    return memory.owner.joined(name) if memory.owner.text and name.span else name


def base_name(draft: Draft, rules: RuleSet) -> Name:
    """A name as the beginning of another: without its own thin head and without the verb before it."""
    text = draft.name.text
    for thin in sorted(rules.words("name.head-stop"), key=len, reverse=True):
        if text.endswith(thin) and len(text) > len(thin):
            text = text[: -len(thin)]
            break
    for token in cut(text[:12], rules):
        if token in word_set(rules, "name.verb-tail") and len(text) > len(token) + 1:
            text = text[len(token) :]
        break
    return Name(text, None)


def borrowed_name(site: Site, start: int, end: int) -> Name:
    """A name for a quantity that only a verb or nothing announces: 获批9项, 全年举办40期."""
    folded, rules = site.folded, site.rules
    if site.context.level and site.context.separator in "([{":
        head = bracket_head(site)
        if head.text:
            return head
    time = rules.pattern("name.time-front").match(folded, start, end)
    verb = slice_name(folded, time.end() if time else start, end)
    if verb.text in word_set(rules, "name.region") or verb.text in word_set(rules, "link.tail-words"):
        verb = EMPTY
    antecedent = site.antecedent()
    if site.context.separator == ":" and not verb.text:
        label = site.own(*site.context.lead)
        if label.text:
            return label
    told = site.told_before()
    if told.text:
        return told.joined(verb) if verb.text else told
    for said in (told_event(site, verb), total_told(site)):
        if said.text:
            return said
    previous = site.previous
    if previous and not verb.text and previous.context.clause == site.context.clause:
        if site.folded[previous.quantity.end : site.context.quantity.start].strip() == "":
            return previous.name
        if previous.rule == "name.around" and site.context.separator == "、":
            return site.own(previous.context.left[0], peel(folded, *previous.context.left, rules).end)
    if verb.text and verb.text not in word_set(rules, "name.result-verb"):
        heading = site.memory.heading
        return heading.joined(verb) if heading.text and not site.drafts else verb
    base = site.antecedent_name()
    if (
        not antecedent
        and site.context.level
        and site.previous
        and site.previous.context.clause == site.context.clause
    ):
        base = site.previous.name
    return base.joined(verb) if verb.text and base.text else (base if base.text else verb)


def told_event(site: Site, verb: Name) -> Name:
    """The event that the sentence has announced, of which the clause counts how often it took place:
    召开分析会，查找不足，全年召开8次."""
    rules, context = site.rules, site.context
    if context.separator != "," or context.quantity.unit not in word_set(rules, "name.event-units"):
        return EMPTY
    if not rules.pattern("name.event-verb").search(verb.text):
        return EMPTY
    found = EMPTY
    for m in rules.pattern("name.event-told").finditer(site.folded, site.sentence[0], context.left[0]):
        found = site.own(*m.span("event"))
    return found


def total_told(site: Site) -> Name:
    """The word for a total before the sum of things with names of their own: 医师3人、护士5人，合计8人."""
    quantity = site.context.quantity
    said = next((w for w in site.peeled.words if w in word_set(site.rules, "link.total")), "")
    if not said or quantity.value is None:
        return EMPTY
    summed, names = quantity.value * 0, set[str]()
    for draft in reversed(site.drafts):
        if draft.kind != "level" or draft.quantity.unit != quantity.unit or draft.quantity.value is None:
            break
        summed += draft.quantity.value
        names.add(draft.name.text)
        if summed == quantity.value and len(names) > 1:
            return Name(said, None)
    return EMPTY


def bracket_head(site: Site) -> Name:
    """The noun before a bracket that only holds its quantity: 新建实训楼(6800平方米)."""
    start, end = site.context.outer
    if start >= end:
        return EMPTY
    m = site.rules.pattern("name.bracket-head").match(site.folded, start, end)
    if m:
        return slice_name(site.folded, m.end(), end)
    return site.own(start, peel(site.folded, start, end, site.rules).end)
