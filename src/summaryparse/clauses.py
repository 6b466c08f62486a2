"""What stands around each quantity: sentences, clauses, brackets, and the text to its left and right.

Offsets are code points of the folded text, half-open.
"""

from __future__ import annotations

from collections.abc import Iterator

from summaryparse.expressions import compile_expression, compiled
from summaryparse.quantities import Quantity
from summaryparse.records import dataclass
from summaryparse.spans import Span

# It begins with the characters that can stand first, which is what the engine looks for.
SENTENCE_END = compile_expression(
    r"[。!?.\n](?:(?<=[。!?])[。!?]*[”’\"》)]*|(?<=\p{Han}\.)(?![\d.])|(?<=\n)\s*\n)"
)
PUNCTUATION = compiled(r"[,;:、()\[\]{}|\t]")
QUOTED = compiled(r"“[^“”\n]{1,60}”|‘[^‘’\n]{1,60}’|《[^《》\n]{1,80}》|\"[^\"\n]{1,60}\"")
LONGEST_SENTENCE = 1000
OPEN, CLOSE = "([{", ")]}"


@dataclass(slots=True)
class Context:
    """A quantity in its sentence.

    `left` reaches back to the last boundary or quantity, `right` on to the next; `separator` is the boundary
    on the left ("" after another quantity of the clause, "^" where the sentence begins); `level` counts open
    brackets; `clause` numbers the clauses of the sentence; `lead` is the clause before a colon, `prior` the
    clause before this one where it counts nothing, `outer` the words before the quantity's bracket.
    """

    quantity: Quantity
    left: Span
    right: Span
    separator: str
    level: int
    clause: int
    lead: Span
    prior: Span
    outer: Span
    closes: bool = False


def split_sentences(folded: str, start: int, end: int) -> Iterator[Span]:
    """Sentences between two offsets, in order; one that never ends is cut at its clauses."""
    at = start
    for m in SENTENCE_END.finditer(folded, start, end):
        yield from cut_clauses(folded, at, m.end())
        at = m.end()
    if folded[at:end].strip():
        yield from cut_clauses(folded, at, end)


def cut_clauses(folded: str, start: int, end: int) -> Iterator[Span]:
    """A sentence whole, or in pieces of bounded length, so that work on pairs of clauses stays linear."""
    while end - start > LONGEST_SENTENCE:
        window = (start, start + LONGEST_SENTENCE)
        at = max(folded.rfind(";", *window), folded.rfind(",", *window)) + 1
        at = at if at > start else window[1]
        yield start, at
        start = at
    yield start, end


def read_contexts(folded: str, sentence: Span, quantities: list[Quantity]) -> list[Context]:
    """The surroundings of each quantity of one sentence, in order."""
    start, end = sentence
    quoted = [m.span() for m in QUOTED.finditer(folded, start, end)]
    marks = [m.start() for m in PUNCTUATION.finditer(folded, start, end)]
    if quoted:
        marks = [at for at in marks if not any(a < at < b for a, b in quoted)]
    events: list[tuple[int, Quantity | None]] = []
    waiting = iter(marks)
    mark = next(waiting, end)
    for quantity in quantities:
        while mark < quantity.start:
            events.append((mark, None))
            mark = next(waiting, end)
        events.append((quantity.start, quantity))
        while mark < quantity.end and mark < end:
            mark = next(waiting, end)
    while mark < end:
        events.append((mark, None))
        mark = next(waiting, end)
    return walk(folded, sentence, events)


def walk(folded: str, sentence: Span, events: list[tuple[int, Quantity | None]]) -> list[Context]:
    """One pass over the marks and quantities of a sentence."""
    start, end = sentence
    found: list[Context] = []
    left, separator, clause, lead, prior = start, "^", 0, (start, start), (start, start)
    counted = listed = False
    outer: list[tuple[int, str, bool, Span]] = []
    waiting: Context | None = None
    for i, (at, quantity) in enumerate(events):
        if waiting and runs_on(folded, events, i):
            continue
        if waiting:
            waiting.right = (waiting.quantity.after, max(at, waiting.quantity.after))
            waiting = None
        if quantity:
            around = outer[-1][3] if outer else (start, start)
            waiting = Context(
                quantity,
                (left, quantity.start),
                (end, end),
                separator,
                len(outer),
                clause,
                lead,
                prior,
                around,
            )
            found.append(waiting)
            left, separator, counted, listed = quantity.after, "", True, False
            continue
        mark = folded[at]
        if at < left:
            continue
        if mark == "、":
            if counted or listed:
                left, separator = at + 1, mark
        elif mark in OPEN:
            outer.append((left, separator, counted, (left, at)))
            left, separator, counted = at + 1, mark, False
        elif mark in CLOSE:
            if outer:
                held = counted
                left, separator, counted, (_, opened) = outer.pop()
                listed = held and found[-1].left[0] == opened + 1
                if found and found[-1].level > len(outer):
                    found[-1].closes = True
        else:
            lead = (left, at) if mark == ":" and not counted else (at, at)
            prior = (left, at) if mark == "," and not counted and not outer else (at, at)
            left, separator, counted, listed, clause = at + 1, mark, False, False, clause + 1
    if waiting:
        waiting.right = (waiting.quantity.after, max(trim_end(folded, end), waiting.quantity.after))
    return found


def runs_on(folded: str, events: list[tuple[int, Quantity | None]], i: int) -> bool:
    """Whether a 、 only parts the nouns that one quantity counts: 8名临床、管理人才."""
    at, quantity = events[i]
    if quantity or folded[at] != "、":
        return False
    for later, following in events[i + 1 :]:
        if following:
            return False
        if folded[later] in ",;:" + CLOSE:
            return True
    return True


def trim_end(folded: str, end: int) -> int:
    """The offset before closing punctuation and blanks."""
    while end and folded[end - 1] in '。!?.”’"》) \n\r':
        end -= 1
    return end
