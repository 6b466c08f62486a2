"""The reading of all markers: bounding the search by what the first reading costs finds the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summaryparse.levels import NO_BOUND, WIDTH, State, place_candidates, search, total_cost
from summaryparse.markers import Candidate

STYLES = {"chinese": 20, "chinese-paren": 30, "arabic": 40, "arabic-paren": 50, "circled": 76, "plain": 0}


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Markers that go on, skip, repeat and turn back as those of careless reports do."""
    found = []
    paragraph = at = 0
    for _ in range(draw(st.integers(0, 24))):
        style = draw(st.sampled_from(sorted(STYLES)))
        at_line = draw(st.booleans()) or style == "plain"
        paragraph += draw(st.integers(0, 2)) if not at_line else draw(st.integers(1, 2))
        at += 10
        ordinal = None if style == "plain" else draw(st.integers(1, 5))
        headline = draw(st.booleans())
        found.append(
            Candidate(
                at,
                at + 2,
                paragraph,
                at_line,
                style,
                f"marker.{style}",
                STYLES[style],
                ordinal,
                headline=headline,
            )
        )
    return found


def decisions(state: State | None) -> list[tuple[int | None, str]]:
    """Depth and way of each candidate."""
    found = []
    step = state.step if state else None
    while step is not None:
        found.append((step.depth, step.how))
        step = step.before
    return found[::-1]


@given(candidates())
@settings(max_examples=400, deadline=None)
def test_the_bounded_search_finds_the_cheapest_reading(found: list[Candidate]) -> None:
    bare = frozenset(c.paragraph + 1 for c in found if c.at_line)
    whole = search(found, bare, WIDTH, NO_BOUND)
    assert whole is not None
    depths = [depth for depth, _ in decisions(whole) if depth is not None]
    assert [placed.depth for placed in place_candidates(found, bare)] == depths
    again = search(found, bare, WIDTH, total_cost(whole))
    assert decisions(again) == decisions(whole)
    assert found == [] or search(found, bare, WIDTH, total_cost(whole) - 0.01) is None
