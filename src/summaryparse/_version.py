"""The versions of the package and of its output, alone in their module so that `--version` can answer before
anything else is imported."""

__version__ = "0.1.0"
SCHEMA_VERSION = "1.0"
