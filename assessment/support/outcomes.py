"""What can come of a referral."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

Outcome: TypeAlias = Literal["contacted", "helped", "declined", "no_answer"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
