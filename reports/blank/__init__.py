"""The blank questionnaire: every question on paper, to read or to fill in by hand."""
