"""From a definition to a form, and from what a form sends to answers: no queries, no rules of its own."""
