"""`summaryparse extract FILE...` without options, the command that is given most and has to start quickly.

It needs neither the parser of options nor the models of the library, which take longer to load than a report
takes to read. What it prints is what the command prints, byte for byte.
"""

from __future__ import annotations

import gc

from summaryparse.complaints import complain, results
from summaryparse.errors import RuleError, SummaryParseError
from summaryparse.output import is_terminal, write_stdout
from summaryparse.pipeline import analyse_unchecked
from summaryparse.readers import read_any
from summaryparse.rules import default_rules
from summaryparse.status import FAILED
from summaryparse.writers.as_json import entry_text


def extract_files(files: list[str]) -> int:
    """Prints the documents of files, and gives the exit status."""
    failed: list[str] = []
    pretty = is_terminal()
    try:
        rules = default_rules()
        gc.freeze()  # what was loaded stays, and need not be looked through
        gc.enable()
        for entry in results(files, failed, lambda file: analyse_unchecked(read_any(file), rules)):
            write_stdout(entry_text(entry, pretty=pretty))
    except RuleError as error:
        for problem in error.problems:
            complain(problem)
        return FAILED
    except SummaryParseError as error:
        complain(str(error))
        return FAILED
    return FAILED if failed else 0
