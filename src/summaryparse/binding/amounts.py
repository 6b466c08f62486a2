"""Amounts and counts, named by the noun before or behind them."""

from __future__ import annotations

from summaryparse.binding.antecedents import borrowed_name, complete, is_verb_only, with_owner
from summaryparse.binding.lists import open_group
from summaryparse.binding.parts import opens_parts, set_part
from summaryparse.binding.site import Draft, Site, has_object
from summaryparse.names import EMPTY, Name, ends_in_verb, object_after, slice_name, trim_front
from summaryparse.qualify import peel
from summaryparse.rules import word_set
from summaryparse.segment import cut

TOLD_WINDOW = 36


def read_level(site: Site) -> Draft | None:
    """An amount, count, rate or share with the noun before it, behind it, or given earlier."""
    folded, rules, memory = site.folded, site.rules, site.memory
    start, end = site.start, site.peeled.end
    parts = rules.pattern("name.parts-front").match(folded, start, end)
    if parts:
        start = parts.end()
    parts = parts or opens_parts(site)
    rule = "name.before"
    name = shared_lead(site) if follows_object(site) else site.own(start, end)
    verb = spending_verb(site, start, end)
    obj = spent_on(site, verb) if verb else counted_object(site)
    if (
        obj.text
        and site.context.quantity.dimension == "ratio"
        and name.text.endswith(rules.words("name.rate-noun"))
    ):
        obj = EMPTY
    if obj.text and (not name.text or leads_to_object(site, start) or ends_in_conjunction(site)):
        name, rule = obj, "name.object"
    elif obj.text:
        payer = site.own(start, end - len(verb)) if verb else name
        extent = payer.text in word_set(rules, "name.extent")
        name, rule = obj.joined(payer) if extent else payer.joined(obj), "name.around"
    elif not name.text and (told := told_class(site)).text:
        name, rule = told, "name.class"
    elif not name.text or is_verb_only(site, name):
        name, rule = borrowed_name(site, start, end), "name.antecedent"
    past = not obj.text and is_other_time(site, start, end)
    dealt = open_group(site, name, start)
    plain = rule == "name.before" and dealt is name
    name = with_owner(site, complete(site, name)) if plain else dealt
    if not name.text or modifies_next(site):
        return None
    draft = Draft(site.context, name, rule, past=past)
    set_part(draft, site, opened=bool(parts))
    if rule == "name.before" and draft.part_of and name.text in word_set(rules, "name.of-whole"):
        draft.name = draft.part_of.name.joined(name)
    if site.context.separator not in ("、", "", ","):
        memory.whole = draft.part_of
    return draft


def counted_object(site: Site) -> Name:
    """The noun that the quantity counts, with what is told of it where nothing stands before."""
    quantity, context = site.context.quantity, site.context
    if quantity.dimension in ("duration", "other") and quantity.unit:
        return EMPTY
    if quantity.role == "ratio" or labels_next(site):
        return EMPTY
    if counts_with_next(site):
        return object_after(site.folded, *site.ahead[0].right, site.rules)
    obj = counted_body(site, object_after(site.folded, *context.right, site.rules))
    if quantity.dimension == "count" and not site.own(context.left[0], site.peeled.end).text:
        start = obj.span[1] if obj.span else context.right[0]
        told = begins_predicate(site, start, context.right[1], alone=not obj.text)
        led = leads_on(site) and (obj.text or site.ahead[0].quantity.role in ("ordinal", "front"))
        if told and not led and context.right[1] - start <= TOLD_WINDOW:
            return slice_name(site.folded, obj.span[0] if obj.span else start, context.right[1])
    return obj


def counts_with_next(site: Site) -> bool:
    """Whether the next figure counts the same in another unit: 3批共计|24名医护人员, 为12户|30人发放补助."""
    if not leads_on(site):
        return False
    between = site.folded[site.context.quantity.after : site.ahead[0].quantity.start].strip()
    if between:
        return between in word_set(site.rules, "link.total")
    groups = site.context.quantity.unit in word_set(site.rules, "link.groups")
    if not groups or site.folded.startswith(" ", site.ahead[0].quantity.after):
        return False
    named = site.own(site.context.left[0], site.peeled.end).text
    return site.ahead[0].quantity.dimension == "count" and (not named or leads_to_object(site, site.start))


def leads_on(site: Site) -> bool:
    """Whether what is told behind the quantity leads to the next one without a break, which it then names."""
    ahead = site.ahead[:1]
    return bool(ahead) and ahead[0].separator == "" and ahead[0].clause == site.context.clause


def counted_body(site: Site, obj: Name) -> Name:
    """The noun behind the quantity without the name of the next figure: 5家医院|年门诊量30万人次."""
    if not leads_on(site) or obj.span is None:
        return obj
    heads = site.rules.words("list.shared-head")
    for body in site.rules.words("name.institution"):
        stop = obj.text.find(body) + len(body)
        if stop > len(body) - 1 and obj.text[stop:].endswith(heads):
            return slice_name(site.folded, obj.span[0], obj.span[0] + stop)
    return obj


def labels_next(site: Site) -> bool:
    """Whether the noun behind the quantity is the next one's, parted by blanks: 急诊 12人次 住院 3人次."""
    apart = site.folded.startswith(" ", site.context.quantity.after)
    return apart and leads_on(site) and bool(site.own(site.start, site.peeled.end).text)


def told_class(site: Site) -> Name:
    """What the things that are counted are, where that is said behind them: 7次为早期预警."""
    start, end = site.context.right
    if site.context.quantity.dimension != "count" or not site.drafts or end - start > TOLD_WINDOW:
        return EMPTY
    m = site.rules.pattern("name.class").match(site.folded, start, end)
    return slice_name(site.folded, m.end(), end) if m else EMPTY


def begins_predicate(site: Site, start: int, end: int, *, alone: bool) -> bool:
    """Whether what is told of the counted things begins here; `alone` where no noun stands between."""
    if site.rules.compile("\\s?(?:%{name.telling})").match(site.folded, start, end):
        return True
    words = site.folded[start : min(end, start + 8)].strip()
    predicates = word_set(site.rules, "name.predicate")
    if not alone or not any(words[:length] in predicates for length in range(2, len(words) + 1)):
        return False
    return cut(words, site.rules)[0] in predicates


def spending_verb(site: Site, start: int, end: int) -> str:
    """The verb of spending that leads to a sum: 累计投入|70万元; empty where there is none."""
    if site.context.quantity.dimension != "currency" or site.context.closes:
        return ""
    said = site.folded[trim_front(site.folded, start, end, site.rules) : end].strip()
    return max((w for w in site.rules.words("name.spent") if said.endswith(w)), key=len, default="")


def spent_on(site: Site, verb: str) -> Name:
    """What a sum was spent on, with the verb: 投入70万元完成设备升级."""
    right = site.context.right
    m = site.rules.pattern("name.spent-on").match(site.folded, *right)
    obj = object_after(site.folded, m.end() if m else right[0], right[1], site.rules)
    return Name(obj.text + verb, None) if obj.text else EMPTY


def follows_object(site: Site) -> bool:
    """Whether the words before the quantity belong to the counted thing before: 3起事故和|5起, 4个乡|6个."""
    if site.context.separator != "" or not site.drafts:
        return False
    left = site.folded[site.start : site.end].strip()
    if left.endswith(site.rules.words("link.conjunction")):
        return True
    previous = site.drafts[-1]
    took = previous.rule in ("name.object", "name.around") and previous.name.text.endswith(left)
    return bool(left) and took and previous.quantity.after == site.context.left[0] and has_object(site)


def ends_in_conjunction(site: Site) -> bool:
    """Whether the words before are other members of a list: 市医院、疾控中心和4家…."""
    words = site.folded[site.start : site.end].rstrip()
    return site.context.separator != "" and words.endswith(("和", "及", "以及", "与"))


def shared_lead(site: Site) -> Name:
    """The words that two counted things share: 慰问4个社区和6个家庭."""
    previous = site.drafts[-1]
    if previous.rule != "name.around":
        return EMPTY
    return site.own(previous.context.left[0], peel(site.folded, *previous.context.left, site.rules).end)


def modifies_next(site: Site) -> bool:
    """Whether a limit only tells which things the next quantity counts: 500万元以上投资项目12个."""
    quantity = site.context.quantity
    if quantity.bound not in ("min", "max") or not site.ahead or quantity.dimension == "ratio":
        return False
    following = site.ahead[0]
    between = site.folded[quantity.after : following.quantity.start].strip()
    bare = not between and quantity.unit not in word_set(site.rules, "link.grading")
    if following.separator or following.clause != site.context.clause or bare or between.startswith("的"):
        return False
    start = site.start if quantity.dimension == "duration" else quantity.start
    following.left = (start, following.left[1])
    return True


def leads_to_object(site: Site, start: int) -> bool:
    """Whether the words before the quantity end in a verb, a preposition or 等: the noun behind names it."""
    verbs = word_set(site.rules, "name.verb-tail")
    if any(word in verbs for word in site.peeled.words):
        return True
    name = site.own(start, site.peeled.end).text
    if any(name.endswith(noun) and len(name) > len(noun) + 1 for noun in site.rules.words("name.activity")):
        return False
    return ends_in_verb(site.folded, start, site.peeled.end, site.rules)


def is_other_time(site: Site, start: int, end: int) -> bool:
    """Whether only another time leads to the level: 上年为3.9%."""
    words = site.folded[start:end].strip()
    return bool(words and site.rules.pattern("baseline.time").fullmatch(words))
