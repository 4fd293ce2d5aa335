"""The pages: thin doors to the services."""
