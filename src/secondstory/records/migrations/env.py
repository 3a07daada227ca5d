"""Alembic's entry point: runs migrations on the connection that `Database.migrate` hands over."""

from alembic import context

from secondstory.records.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=False)
context.run_migrations()
