"""Column types that hide what databases do differently."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from cocm_desktop.domain.staff import Role


class Instant(TypeDecorator[datetime]):
    """A moment. SQLite keeps no time zone: UTC goes in, UTC comes out, naive is refused."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Answers(TypeDecorator[tuple[int | None, ...]]):
    """The answers to an instrument's items, in order, as 0,1,,3: nothing where none was given."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(
        self, value: tuple[int | None, ...] | None, dialect: Dialect
    ) -> str | None:
        if value is None:
            return None
        return ",".join("" if answer is None else str(answer) for answer in value)

    @override
    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> tuple[int | None, ...] | None:
        if value is None:
            return None
        return tuple(int(answer) if answer else None for answer in value.split(","))


class Roles(TypeDecorator[frozenset[Role]]):
    """The roles of a staff member, by name, in the order of the alphabet."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: frozenset[Role] | None, dialect: Dialect) -> str | None:
        return None if value is None else ",".join(sorted(role.name for role in value))

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Role] | None:
        return None if value is None else frozenset(Role[name] for name in value.split(",") if name)
