"""Use cases: one function each, free of request, terminal and exit codes."""
