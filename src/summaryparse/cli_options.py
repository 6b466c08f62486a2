"""Options that several commands take, each with its one help text."""

import re
from pathlib import Path
from typing import Annotated

import typer

Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="Decode as this, whatever the content looks like.")
]
FilesFrom = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Read names from here, one a line; - is standard input."),
]
Rules = Annotated[
    Path | None,
    typer.Option(metavar="DIR", exists=True, file_okay=False, help="Rule files over the built-in ones."),
]
WithText = Annotated[bool, typer.Option("--with-text", help="Put the decoded text into source.text (json).")]
MaxSize = Annotated[str, typer.Option(metavar="SIZE", help="Size limit for one file, such as 500K or 20M.")]
SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]?)(?:i?B)?", re.IGNORECASE)


def size_of(text: str) -> int:
    """Bytes, from a number that may end in K, M or G; a usage error for anything else."""
    found = SIZE.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter(f"{text!r} is no size; write 500K, 20M or 1G", param_hint="--max-size")
    return int(float(found[1]) * SIZES[found[2].upper()])
