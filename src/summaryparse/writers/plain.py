"""Text for a person's eyes: nothing in it that a terminal would act on."""

from __future__ import annotations

from summaryparse.expressions import compiled

SPACE = compiled(r"\s+")
ACTIVE = compiled(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def plain(text: str) -> str:
    """Text on one line, with control characters, escapes and direction marks replaced by `�`."""
    return ACTIVE.sub("\ufffd", SPACE.sub(" ", text))
