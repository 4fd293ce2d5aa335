"""A gathering: who sits with whom, and why."""
