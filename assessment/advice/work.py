"""The limit on the search's work, counted and never timed, so that results are reproducible."""


class WorkLimitReached(Exception):
    """The search has used up its operations; never leaves `find_next_step`."""


class WorkLimit:
    """A number of label operations to spend."""

    def __init__(self, operations: int) -> None:
        self.allowed = operations
        self.spent = 0

    def spend(self, operations: int) -> None:
        """Count operations that are about to be done; raises WorkLimitReached beyond the limit."""
        self.spent += operations
        if self.spent > self.allowed:
            raise WorkLimitReached
