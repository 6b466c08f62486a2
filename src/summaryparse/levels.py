"""Gives each marker its depth: the cheapest way to read all candidates as lists that contain lists.

The lists that are open form a stack. A candidate continues one of them, opens a new one below the current
member of one of them, or is body text. A beam keeps the cheapest readings, so the work is linear in the
number of candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from summaryparse.markers import WEAK_RANK, Candidate

DEEPEST = 12
WIDTH, WORK = 10, 24_000  # readings kept for each candidate, fewer where there are more than a report has
NO_BOUND = float("inf")
HOPELESS = 5.5  # a reading that is so much dearer than the cheapest is dropped
NESTED_ALIKE = 2  # a style may stand so often in the stack
PLAIN = "plain"  # the style of headings without a number
OF_YEAR = "heading.of-year"  # the rule of those that name a year: they head the outermost parts
SEQUENCE = "sequence"  # 首先, 其次, 最后: words may be left out

# What each irregularity costs; regular numbering costs nothing.
REJECT_LINE, REJECT_WEAK, REJECT_INLINE = 5.0, 1.2, 0.6
REJECT_PLAIN, REJECT_OF_YEAR, INNER_OF_YEAR = 3.0, 5.0, 1.5
# Before a figure: the two may be a decimal or a pair, and a pair they are unless the list lacks the number.
COUNTS = {"marker.arabic-count": 0.8, "marker.chinese-count": 0.8, "marker.chinese-pair": 1.5}
REJECT_COUNT = 1.0
SKIP, SKIP_MORE, SKIP_MOST = 1.6, 0.4, 3.6
REPEAT, RESTART, BACKWARDS = 3.0, 4.5, 4.0
OTHER_FORM = 0.4
GLUED, UNGLUED = 0.8, 1.0
OPEN_AT = {None: 0.0, 1: 0.0, 2: 2.0, 3: 3.5}
OPEN_LATER, OPEN_HEADLINE = 5.5, 3.5
INVERTED, SAME_STYLE, INVERTED_WEAK = 1.6, 3.0, 0.5
SECOND_LIST, OUTER_LIST = 2.0, 0.8
SINGLE_LINE, SINGLE_WEAK, SINGLE_INLINE = 0.7, 4.0, 5.0
PLAIN_MEMBER, PLAIN_AGAIN, PLAIN_BELOW, PLAIN_LAST, PLAIN_NO_BODY = 0.9, 0.2, 1.5, 1.0, 3.0
PLAIN_THEN_LIST = 0.6


# Tuples, because the search makes and compares millions of them on hostile input.
class Frame(NamedTuple):
    """An open list: its style, the number of its last member, and where that member stands."""

    style: str
    rule: str
    rank: int
    last: int
    members: int
    paragraph: int
    at_line: bool
    prefix: str
    filled: int  # headings without a number since the last numbered member
    closing: float  # what it costs to close the list now


class Step(NamedTuple):
    """A decision on one candidate: `depth` 0 is the top, None is body text; `how` it joined its list."""

    candidate: int
    depth: int | None
    how: str
    before: Step | None


class State(NamedTuple):
    """One reading of the candidates so far."""

    cost: float
    frames: tuple[Frame, ...]
    step: Step | None


# A way to read the next candidate after a reading: its cost, the reading, and depth and how as in Step.
Choice = tuple[float, State, int | None, str]
CHEAPEST = itemgetter(0)


class Placed(NamedTuple):
    """An accepted candidate with its depth; `how` is open, next, skip, repeat or back."""

    candidate: Candidate
    depth: int
    how: str


def place_candidates(candidates: Sequence[Candidate], bare: frozenset[int]) -> list[Placed]:
    """The accepted candidates in order; `bare` holds the paragraphs that come right behind a heading.

    What the first reading costs that comes to mind bounds the search for the cheapest. Most reports are so
    regular that it costs nothing.
    """
    width = min(WIDTH, 1 + WORK // (len(candidates) + 1))
    best = search(candidates, bare, 1, NO_BOUND)
    if best and width > 1 and total_cost(best) > 0:
        best = search(candidates, bare, width, total_cost(best))
    best = best or search(candidates, bare, width, NO_BOUND)
    placed = []
    step = best.step if best else None
    while step is not None:
        if step.depth is not None:
            placed.append(Placed(candidates[step.candidate], step.depth, step.how))
        step = step.before
    return placed[::-1]


def search(candidates: Sequence[Candidate], bare: frozenset[int], width: int, bound: float) -> State | None:
    """The cheapest reading that a beam finds, None if all that it keeps cost more than `bound`."""
    states = [State(0.0, (), None)]
    for index, candidate in enumerate(candidates):
        states = read_on(states, candidate, index, width, bound, bare=candidate.paragraph in bare)
        if not states:
            return None
    best = min(states, key=total_cost)
    return best if total_cost(best) <= bound else None


def total_cost(state: State) -> float:
    """What a reading costs when the lists that are open are closed."""
    return state.cost + sum([frame.closing for frame in state.frames])


def read_on(
    states: Sequence[State], c: Candidate, index: int, width: int, bound: float, *, bare: bool
) -> list[State]:
    """The cheapest readings of one more candidate, one for each stack of lists; `states` rise in cost."""
    rejected, opened = reject_cost(c), OPEN_AT.get(c.ordinal, OPEN_HEADLINE if c.headline else OPEN_LATER)
    opened += form_cost(c.rule, c.rule)
    worst = min(states[0].cost + rejected + HOPELESS, bound)
    choices: list[Choice] = []
    for state in states:
        if state.cost > worst:
            break
        if state.cost + rejected <= worst:
            choices.append((state.cost + rejected, state, None, ""))
        read_one(state, c, opened, worst, choices, bare=bare)
    if not choices:
        return []
    choices.sort(key=CHEAPEST)
    worst = choices[0][0] + HOPELESS
    found: dict[tuple[Frame, ...], State] = {}
    for cost, state, depth, how in choices:
        if len(found) == width or cost > worst:
            break
        frames = state.frames if depth is None else frames_of(state.frames, c, depth, how)
        if frames not in found:
            found[frames] = State(cost, frames, Step(index, depth, how, state.step))
    return list(found.values())


def read_one(
    state: State, c: Candidate, open_cost: float, worst: float, choices: list[Choice], *, bare: bool
) -> None:
    """Adds every reading of one more candidate as a heading that costs no more than `worst`."""
    so_far, frames, _ = state
    style, plain = c.style, c.style == PLAIN
    may_open = c.at_line or c.ordinal == 1
    alike = sum([frame.style == style for frame in frames])
    other: Frame | None = None
    for depth in range(len(frames), -1, -1):
        if depth < len(frames):
            other = frames[depth]
            if plain:
                added = cost_of_plain(frames, c, depth, bare=bare)
                if added is not None and so_far + added <= worst:
                    choices.append((so_far + added, state, depth, "next"))
            if style == other.style:
                alike -= 1
                stepped = None if plain else step_cost(other, c)
                if stepped is not None and so_far + stepped[0] <= worst:
                    choices.append((so_far + stepped[0], state, depth, stepped[1]))
            so_far += other.closing
        if so_far + open_cost > worst:
            if so_far > worst:
                return
            continue
        if may_open and alike < NESTED_ALIKE and depth < DEEPEST:
            added = cost_of_opening(frames[depth - 1] if depth else None, c, other)
            if added is not None and so_far + open_cost + added <= worst:
                choices.append((so_far + open_cost + added, state, depth, "open"))


def frames_of(frames: tuple[Frame, ...], c: Candidate, depth: int, how: str) -> tuple[Frame, ...]:
    """The open lists after a candidate is read as a heading."""
    style, rule, rank, at_line = c.style, c.rule, c.rank, c.at_line
    number, members, paragraph, prefix, filled = (
        1 if c.ordinal is None else c.ordinal,
        1,
        c.paragraph,
        c.prefix,
        0,
    )
    if how != "open":
        frame = frames[depth]
        members = frame.members + 1
        if style == PLAIN:
            filled = 0 if frame.style == PLAIN else frame.filled + 1
            style, rule, rank, number = frame.style, frame.rule, frame.rank, frame.last
            at_line, prefix = frame.at_line, frame.prefix
        else:
            number = number_after(frame, c)
    closing = close_cost(style, rank, members, filled, depth, at_line=at_line)
    return (
        *frames[:depth],
        Frame(style, rule, rank, number, members, paragraph, at_line, prefix, filled, closing),
    )


def reject_cost(c: Candidate) -> float:
    """What it costs to read a candidate as body text."""
    if c.style == PLAIN:
        return REJECT_OF_YEAR if c.rule == OF_YEAR else REJECT_PLAIN
    if c.rule in COUNTS:
        return REJECT_COUNT
    if not c.at_line:
        return REJECT_INLINE
    return REJECT_WEAK if c.weak else REJECT_LINE


def close_cost(style: str, rank: int, members: int, filled: int, depth: int, *, at_line: bool) -> float:
    """What it costs to close a list: one member is hardly one, and unnumbered headings rarely end one."""
    if style == PLAIN:
        return SINGLE_LINE if members == 1 and depth == 0 else 0.0
    cost = PLAIN_LAST if filled else 0.0
    if members == 1:
        cost += SINGLE_WEAK if rank >= WEAK_RANK else SINGLE_LINE if at_line else SINGLE_INLINE
    return cost


def cost_of_plain(frames: tuple[Frame, ...], c: Candidate, depth: int, *, bare: bool) -> float | None:
    """What it costs that a heading without a number joins the list at `depth`, None if it can't."""
    frame = frames[depth]
    if not frame.at_line or frame.style.startswith("markdown"):
        return None
    again = frame.style == PLAIN
    cost = PLAIN_AGAIN if again else PLAIN_MEMBER
    cost += INNER_OF_YEAR if depth and c.rule == OF_YEAR else 0.0
    if bare and not again and depth == len(frames) - 1:
        cost += PLAIN_NO_BODY
    return cost


def number_after(frame: Frame, c: Candidate) -> int:
    """The number of a new member; members without one are counted."""
    return frame.last + 1 if c.ordinal is None else c.ordinal


def step_cost(frame: Frame, c: Candidate) -> tuple[float, str] | None:
    """What it costs that a candidate follows the last member of its list, None if it can't."""
    n = number_after(frame, c)
    cost = form_cost(frame.rule, c.rule)
    if frame.paragraph != c.paragraph and not (c.at_line and frame.at_line):
        return (cost + (UNGLUED if c.at_line else GLUED), "next") if n == frame.last + 1 else None
    if n == frame.last + 1 or (c.style == SEQUENCE and n > frame.last):
        return cost, "next"
    if c.prefix and c.prefix != frame.prefix and n == 1:
        return cost + OTHER_FORM, "next"
    if n > frame.last:
        return cost + skip_cost(n - frame.last - 1, frame.filled), "skip"
    if c.at_line and n == frame.last:
        return cost + REPEAT, "repeat"
    return (cost + (RESTART if n == 1 else BACKWARDS), "back") if c.at_line else None


def form_cost(before: str, rule: str) -> float:
    """What it costs that a marker is written otherwise than the one before it, or may be a decimal."""
    if rule in COUNTS:
        return COUNTS[rule]
    return 0.0 if before == rule or before in COUNTS else OTHER_FORM


def skip_cost(missing: int, filled: int) -> float:
    """What it costs that numbers are missing; headings without a number may stand in their place."""
    return 0.0 if missing <= filled else min(SKIP + SKIP_MORE * (missing - 1), SKIP_MOST)


def cost_of_opening(parent: Frame | None, c: Candidate, other: Frame | None) -> float | None:
    """What it costs, beyond what any opening does, that a candidate opens a list below a member of `parent`.

    `other` is the list that is closed for it there, None where it opens below the innermost one. None if it
    can't.
    """
    if parent is not None and not parent.at_line and parent.paragraph != c.paragraph:
        return None
    beside = 0.0 if other is None else cost_beside(other, c)
    if beside is None or parent is None:
        return beside
    return beside + cost_below(parent, c)


def cost_below(parent: Frame, c: Candidate) -> float:
    """What it costs to open a list below a member of another."""
    if c.style == PLAIN:
        return PLAIN_BELOW + (INNER_OF_YEAR if c.rule == OF_YEAR else 0.0)
    if parent.style == c.style:
        return SAME_STYLE
    if parent.rank < c.rank:
        return 0.0
    return INVERTED_WEAK if parent.rank >= WEAK_RANK else INVERTED


def cost_beside(other: Frame, c: Candidate) -> float | None:
    """What it costs to open a list where another has just been closed under the same parent."""
    if other.style == c.style:
        return None
    if not other.at_line:
        return 0.0
    if other.style == PLAIN:
        return PLAIN_THEN_LIST
    if c.style == PLAIN:
        return PLAIN_MEMBER + PLAIN_LAST
    return OUTER_LIST if c.rank < other.rank else SECOND_LIST
