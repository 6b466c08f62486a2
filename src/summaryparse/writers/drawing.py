"""Drawings of the `rich` library as text."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType

from summaryparse.writers import Screen


def draw(drawing: RenderableType, screen: Screen) -> str:
    """A rich drawing as text."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=screen.width,
        force_terminal=screen.colour,
        no_color=not screen.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(drawing)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
