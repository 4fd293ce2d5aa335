"""What changed between two results, and moving answers to another version."""
