"""Small value types that every part of a definition is made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticKnownError

Language: TypeAlias = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
"""The languages every published version is complete in."""

Depth: TypeAlias = Literal["basic", "advanced"]
"""Which questions an assessment asks; an advanced one includes the basic questions."""

Effort: TypeAlias = Literal["small", "medium", "large"]
AdviceStep: TypeAlias = Literal[2, 3]
"""The score a piece of advice leads to."""

FactKind: TypeAlias = Literal["boolean", "integer", "text"]
QuestionKind: TypeAlias = Literal[
    "single_choice", "multiple_choice", "yes_no", "number", "text", "date", "table", "computed"
]
"""What an answer looks like. ``computed`` is never asked; ``text``, ``date``, ``table`` never score."""

Direction: TypeAlias = Literal["higher_is_better", "lower_is_better"]

_WORD = r"[a-z][a-z0-9_]*"
Id = Annotated[str, StringConstraints(pattern=rf"^{_WORD}$", max_length=60)]
QuestionId = Annotated[str, StringConstraints(pattern=rf"^{_WORD}\.{_WORD}$", max_length=100)]
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=60)]
OptionPattern = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_*]+$", max_length=60)]
IndicatorId = Annotated[str, StringConstraints(pattern=r"^F[0-9]+[a-z]?$", max_length=6)]
VersionNumber = Annotated[
    str, StringConstraints(pattern=r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$", max_length=20)
]
NOT_BLANK = r"\S"
ShortText = Annotated[str, StringConstraints(pattern=NOT_BLANK, max_length=300)]
LongText = Annotated[str, StringConstraints(pattern=NOT_BLANK, max_length=4000)]
ConditionText = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


def _number(value: object, info: ValidationInfo) -> object:
    """A number is written as one, not as text; only our own JSON (the cache) holds it in quotes."""
    if info.mode == "python" and type(value) not in (int, Decimal):
        raise PydanticKnownError("decimal_type")
    return value


Quantity = Annotated[Decimal, Field(strict=False, max_digits=15, decimal_places=6), BeforeValidator(_number)]
Score = Annotated[int, Field(ge=0, le=4)]
Weight = Annotated[int, Field(ge=0, le=3)]


class Frozen(BaseModel):
    """Base of every part of a definition: immutable, strictly typed, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)
