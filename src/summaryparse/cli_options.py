"""Options that several commands take, each with its one help text."""

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
