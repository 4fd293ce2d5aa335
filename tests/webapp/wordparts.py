"""Keys that are put together of parts, and the letters there are."""

from __future__ import annotations


def both(prefix: str, *names: str) -> set[str]:
    """Pages of errors have a title and a text."""
    return {f"{prefix}{name}.{part}" for name in names for part in ("title", "text")}


def each(prefix: str, *names: str, end: str = "") -> set[str]:
    return {f"{prefix}{name}{end}" for name in names}


def named(prefix: str, *names: str) -> set[str]:
    """Paragraphs with a heading."""
    return each(prefix, *names) | each(prefix, *names, end="_text")


LETTERS: dict[str, tuple[str, ...]] = {
    "signin": ("not_you", "code"),
    "keep": (),
    "invitation": ("section", "what", "until", "not_you"),
    "section_given": ("what",),
    "handed_in": ("receipt", "what"),
    "sent_back": ("what",),
    "reopened": ("what",),
    "advisor_added": ("what",),
    "waiting": ("once",),
    "address_change": ("browser", "not_you"),
    "address_changed": ("not_you",),
    "dead_links": ("what",),
    "activity_soon": ("when", "what"),
    "activity_place": ("when", "what"),
    "activity_moved": ("when", "what"),
    "activity_cancelled": ("when", "what"),
    "cohort_invitation": ("what", "deadline", "decline", "not_you"),
    "cohort_reminder": ("deadline", "what"),
}
"""What each kind of mail says beside its subject, its first sentence and its button."""
