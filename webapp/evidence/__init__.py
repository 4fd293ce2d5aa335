"""Evidence files: what may come in, and where files are kept."""
