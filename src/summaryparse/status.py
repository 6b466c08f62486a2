"""Exit statuses of every command; 0 means that all went well."""

FAILED = 1
USAGE = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
