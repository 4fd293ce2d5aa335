"""What Alembic runs: the steps, in one transaction, on the connection it is given."""

from __future__ import annotations

from alembic import context

from webapp.db.tables.all import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
