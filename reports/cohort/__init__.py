"""The cohort report: what a cohort has been told of itself, on paper and on a screen."""
