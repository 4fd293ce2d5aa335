"""The words of our documents in each language: plain tables."""
