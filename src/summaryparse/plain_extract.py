"""`summaryparse extract FILE...` without options, the command that is given most and has to start quickly.

It needs neither the parser of options nor the models of the library, which take longer to load than a report
takes to read. What it prints is what the command prints, byte for byte.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial

from summaryparse.complaints import complain, tried
from summaryparse.errors import RuleError, SummaryParseError
from summaryparse.output import Output, is_terminal, write_part, write_stdout
from summaryparse.parts import LONG
from summaryparse.pipeline import analyse_in_parts, analyse_unchecked
from summaryparse.readers import read_any
from summaryparse.rules import RuleSet, default_rules
from summaryparse.status import FAILED
from summaryparse.writers.as_json import document_pieces, entry_text


def extract_files(files: list[str]) -> int:
    """Prints the documents of files, and gives the exit status."""
    failed, pretty, out = False, is_terminal(), Output(write_stdout)
    try:
        rules = default_rules()
        gc.freeze()  # what was loaded stays, and need not be looked through
        gc.enable()
        for file in files:
            if not tried(file, partial(write_part, out, pieces(file, rules, pretty=pretty))):
                failed = True
    except RuleError as error:
        for problem in error.problems:
            complain(problem)
        return FAILED
    except SummaryParseError as error:
        complain(str(error))
        return FAILED
    return FAILED if failed else 0


def pieces(file: str, rules: RuleSet, *, pretty: bool) -> Iterator[str]:
    """The JSON of what a file holds; that of a long text is written by the models while it is read."""
    source = read_any(file)
    if len(source.text) < LONG:
        yield entry_text(analyse_unchecked(source, rules), pretty=pretty)
    else:
        yield from document_pieces(analyse_in_parts(source, rules), pretty=pretty)
