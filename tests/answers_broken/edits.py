"""One edit of ``good.json`` for every kind of mistake, with what must be said of it.

Each makes exactly one mistake: where (path and line), which kind, which words the message holds,
and which words say what is allowed.
"""

from __future__ import annotations

from tests.answers_broken.edits_answers import ANSWERS
from tests.answers_broken.edits_head import HEAD
from tests.answers_broken.edits_tables import TABLES
from tests.answers_broken.edits_values import VALUES

EDITS = [*HEAD, *ANSWERS, *VALUES, *TABLES]
