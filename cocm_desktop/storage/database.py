"""Read and write the clinic's file, one transaction at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cocm_desktop.errors import Unavailable
from cocm_desktop.storage.engine import WRITE
from cocm_desktop.storage.read_only import REFUSED
from cocm_desktop.storage.sqlite import (
    blaming_the_file,
    error_for,
    must_reopen,
    wrote_while_reading,
)

AUDIT_KEY = "key of the audit chain"
"""In the `info` of each session."""
LATE = "what the audit could not be told yet"
LATE_WRITTEN = "how much of that this transaction tells"
"""In the `info` of each session: entries of reads that found the disk full, for the next write."""
KEPT = "kept while the file is open"
"""In the `info` of each session: what reads may keep for the next, gone when the file closes."""


class Database:
    """One open file over one connection. Values cross the border of storage, sessions do not."""

    def __init__(self, engine: Engine, audit_key: bytes = b"", *, reads_only: bool = False) -> None:
        """Give the file's engine and the key of its audit chain, without which nothing is noted."""
        self.audit_key = audit_key
        self.reads_only = reads_only
        self._engine = engine
        self._writing = engine.execution_options(**WRITE)
        self._here = threading.local()
        self._closed = False
        self._kept: dict[str, Any] = {}
        self._late: list[Any] = []

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one moment and cannot write.

        Inside a `read` or `write` of the same thread it is that one's session.
        """
        outer = self._outer()
        if outer is not None:
            yield outer.session
            return
        with self._transaction(writes=False) as transaction:
            yield transaction.session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Commit if the block succeeds, roll everything back if it raises.

        A write inside a write of the same thread joins it: one commit, at the end of the
        outermost. If the inner one raises, nothing is kept, even where the error is caught.
        """
        outer = self._outer()
        if outer is not None:
            with outer.joined():
                yield outer.session
            return
        if self.reads_only:
            raise Unavailable(REFUSED)
        with self._transaction(writes=True) as transaction:
            yield transaction.session
            transaction.commit()
            del self._late[: transaction.session.info.get(LATE_WRITTEN, 0)]

    @property
    def is_busy(self) -> bool:
        """Whether this thread is inside a `read` or `write`."""
        return self._outer() is not None

    def tell_later(self, entry: Any) -> None:
        """Keep an entry of the audit until the next write, because none could be made now."""
        self._late.append(entry)

    @contextmanager
    def outside_transactions(self) -> Iterator[Any]:
        """Yield the driver's own connection, to copy or to check the whole file."""
        if self._outer() is not None:
            raise RuntimeError("the file is copied and checked between transactions")
        self._require_open()
        with blaming_the_file():
            connection = self._engine.raw_connection()
            try:
                yield connection.driver_connection
            finally:
                connection.close()

    def reopen(self) -> None:
        """Let go of a connection that gave up at a bad page: it would read no good one either."""
        self._engine.dispose()

    def move_to(self, engine: Engine) -> None:
        """Go on in another file that holds the same."""
        self._engine.dispose()
        self._engine = engine
        self._writing = engine.execution_options(**WRITE)

    def close(self) -> None:
        """Close the file. Later reads and writes are refused."""
        self._closed = True
        self._kept.clear()
        self._engine.dispose()

    def _require_open(self) -> None:
        if self._closed:
            raise Unavailable("The clinic is locked. Unlock it to go on.")

    def _outer(self) -> _Transaction | None:
        return getattr(self._here, "transaction", None)

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[_Transaction]:
        self._require_open()
        engine = self._writing if writes else self._engine
        info = {KEPT: self._kept, AUDIT_KEY: self.audit_key, LATE: self._late}
        session = Session(engine, expire_on_commit=False, info=info)
        transaction = _Transaction(session, writes=writes)
        self._here.transaction = transaction
        try:
            with transaction.session:
                yield transaction
        except DBAPIError as error:
            told = transaction.blame(error)
            if must_reopen(error.orig):
                self._engine.dispose()
            if told is None:
                raise
            raise told from error
        finally:
            self._here.transaction = None


class _Transaction:
    """One transaction, from the outermost `read` or `write` to its end."""

    def __init__(self, session: Session, *, writes: bool) -> None:
        self.session = session
        self._writes = writes
        self._committing = False
        self._broken_by: BaseException | None = None

    @contextmanager
    def joined(self) -> Iterator[None]:
        if not self._writes:
            raise RuntimeError("a write inside a read: open the write first")
        try:
            yield
        except BaseException as error:
            self._broken_by = error
            raise

    def commit(self) -> None:
        if self._broken_by is not None:
            raise self._broken_by
        self.session.flush()
        self._committing = True
        self.session.commit()

    def blame(self, error: DBAPIError) -> Unavailable | None:
        """Tell what the surroundings did to us from what we did wrong ourselves."""
        if not self._writes and wrote_while_reading(error.orig):
            return None
        return error_for(error.orig, at_commit=self._committing)
