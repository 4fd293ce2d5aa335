"""From a finished page to a PDF, in worker processes with limits."""
