"""What stands out in a result and what to do about it: strengths, gaps, advice, next step, contradictions."""
