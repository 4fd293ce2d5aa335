"""Who helps with what: offers that fit a gap, and help laid beside what companies lack."""
