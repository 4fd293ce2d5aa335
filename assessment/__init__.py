"""From answers to an explained level: pure functions over a definition and an answer set."""
