"""The gathering pack: what is printed before people meet."""
