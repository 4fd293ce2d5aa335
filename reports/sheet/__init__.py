"""The meeting sheet: one page for an advisor's meeting with a company."""
