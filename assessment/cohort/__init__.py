"""Figures about many companies together, of which none tells of one."""
