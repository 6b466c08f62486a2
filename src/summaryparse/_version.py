"""The version, alone in its module so that `--version` can answer before anything else is imported."""

__version__ = "0.1.0"
