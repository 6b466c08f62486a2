# lint and test
default: lint test

lint:
    ruff check .
    ruff format --check .
    mypy

test:
    pytest

# write samples/*.json anew after a change that is meant to change them; read the difference before committing
golden:
    python tests/regenerate.py
