"""Scores, levels, caps, coverage and indicators, exactly as docs/scoring.md lays down."""
