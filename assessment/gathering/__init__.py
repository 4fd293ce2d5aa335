"""A gathering: what a company brings to it, who sits with whom, and why."""
