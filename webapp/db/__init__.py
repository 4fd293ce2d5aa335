"""The database: tables, queries and migrations. Nothing here commits."""
