"""Background work: thin doors to the services."""
