"""Moments go in and out in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from cocm_desktop.storage.column_types import Answers, Instant
from cocm_desktop.storage.engine import WRITE, memory_engine

EVENT = Table("event", MetaData(), Column("at", Instant), Column("answers", Answers))


def round_trip(value: datetime | None) -> datetime | None:
    with memory_engine().connect().execution_options(**WRITE) as connection, connection.begin():
        EVENT.create(connection)
        connection.execute(insert(EVENT).values(at=value))
        stored: datetime | None = connection.execute(select(EVENT.c.at)).scalar_one()
        return stored


def test_an_instant_comes_back_in_utc() -> None:
    evening = datetime(2026, 3, 1, 21, 30, tzinfo=timezone(timedelta(hours=-5)))

    stored = round_trip(evening)

    assert stored == evening
    assert stored is not None
    assert stored.tzinfo is UTC


def test_no_instant_stays_none() -> None:
    assert round_trip(None) is None


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        round_trip(datetime(2026, 3, 1, 21, 30))  # noqa: DTZ001  what must be refused


@pytest.mark.parametrize("answers", [None, (0, 1, None, 3)], ids=["none", "one left out"])
def test_answers_come_back_in_their_order(answers: tuple[int | None, ...] | None) -> None:
    with memory_engine().connect().execution_options(**WRITE) as connection, connection.begin():
        EVENT.create(connection)
        connection.execute(insert(EVENT).values(answers=answers))

        assert connection.execute(select(EVENT.c.answers)).scalar_one() == answers
