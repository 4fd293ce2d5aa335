"""Definitions of questionnaires: models, conditions, loading, checks, versions, and the content itself."""
