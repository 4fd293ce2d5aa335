"""What every table shares: names of constraints, times in UTC, random ids."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from webapp.db.ids import ID_LENGTH, new_id

HASH_LENGTH = 64
"""SHA-256 in hexadecimal digits."""


class Base(DeclarativeBase):
    """Every table. Constraints have names, so that migrations can change them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class UtcTime(TypeDecorator[datetime]):
    """A time that knows it is UTC, also where the database keeps none of that."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What is stored. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        found = value.astimezone(UTC)
        return found.replace(tzinfo=None) if dialect.name == "sqlite" else found

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What was stored, in UTC."""
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


OwnId = Annotated[str, mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)]
Serial = Annotated[int, mapped_column(primary_key=True, autoincrement=True)]
Hash = Annotated[str, mapped_column(String(HASH_LENGTH))]
Name = Annotated[str, mapped_column(String(300))]
Email = Annotated[str, mapped_column(String(254))]
Code = Annotated[str, mapped_column(String(100))]
"""A short word of ours: a state, a question's id, a version."""

Body = Annotated[str, mapped_column(Text)]
Time = Annotated[datetime, mapped_column(UtcTime)]


def refers(target: str, *, on_delete: str = "CASCADE", index: bool = True) -> Any:
    """A column that holds another row's id; that row's end is this one's unless said otherwise."""
    return mapped_column(String(ID_LENGTH), ForeignKey(target, ondelete=on_delete), index=index)


def mentions_person() -> Any:
    """A column that says who did it; the deed stays when the person is erased, found by the index."""
    return mapped_column(String(ID_LENGTH), ForeignKey("person.id", ondelete="SET NULL"), index=True)
