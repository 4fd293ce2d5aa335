"""What must hold of a definition beyond its shape; docs/scoring.md section 7 says why."""
