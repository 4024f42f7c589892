"""The half of a sign-in that belongs to one computer, kept by its operating system.

Mixed into a slot where the practice wants it: then the password and a copy of the folder open
nothing on another computer. It never opens anything alone, and it is never kept in a file.
"""

from __future__ import annotations

import base64
import secrets
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Final, Protocol

from cocm_desktop.errors import Unavailable

SHARE_BYTES: Final = 32
_SERVICE: Final = "CoCM Desktop"
_SECONDS: Final = 10.0
_REFUSED_BACK_ENDS: Final = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class DeviceShares(Protocol):
    """Where device shares are kept, by the vault id of the clinic."""

    def fetch(self, vault_id: str) -> bytes | None: ...

    def keep(self, vault_id: str, share: bytes) -> None: ...


class OsKeyStore:
    """The key store of the operating system, asked in a thread: it may wait for a person."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds

    def fetch(self, vault_id: str) -> bytes | None:
        """Return the share, None where this computer has none."""
        stored = self._ask("get_password", _SERVICE, vault_id)
        if stored is None:
            return None
        try:
            share = base64.b64decode(stored, validate=True)
        except (TypeError, ValueError) as error:
            raise _unusable() from error
        if len(share) != SHARE_BYTES:
            raise _unusable()
        return share

    def keep(self, vault_id: str, share: bytes) -> None:
        """Store the share, and read it back: some key stores accept and forget."""
        self._ask("set_password", _SERVICE, vault_id, base64.b64encode(share).decode())
        if self.fetch(vault_id) != share:
            raise _unusable()

    def _ask(self, question: str, *values: str) -> Any:
        answer: Future[Any] = Future()

        def ask() -> None:
            with _Reporting(answer):
                answer.set_result(getattr(_back_end(), question)(*values))

        threading.Thread(target=ask, daemon=True, name="key store").start()
        try:
            failed = answer.exception(timeout=self._seconds)
        except TimeoutError:
            failed = TimeoutError("the key store did not answer")
        if failed is not None:
            raise _unusable() from failed
        return answer.result()


class AskedOnce:
    """A key store that is not asked again once it failed: it may have asked a person."""

    def __init__(self, store: DeviceShares) -> None:
        self._store = store
        self._failed = False

    def fetch(self, vault_id: str) -> bytes | None:
        with self._trying():
            return self._store.fetch(vault_id)

    def keep(self, vault_id: str, share: bytes) -> None:
        with self._trying():
            self._store.keep(vault_id, share)

    @contextmanager
    def _trying(self) -> Iterator[None]:
        if self._failed:
            raise _unusable()
        try:
            yield
        except Unavailable:
            self._failed = True
            raise


class _Reporting:
    """Hand whatever a foreign key store raises to the thread that asked."""

    def __init__(self, answer: Future[Any]) -> None:
        self._answer = answer

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if error is not None:
            self._answer.set_exception(error)
        return True


def new_share() -> bytes:
    return secrets.token_bytes(SHARE_BYTES)


def loaded_back_end() -> str:
    """Name the key store that answers here; empty where none was asked so far."""
    keyring = sys.modules.get("keyring")
    return type(keyring.get_keyring()).__module__ if keyring else ""


def _back_end() -> Any:
    import keyring  # noqa: PLC0415  slow to load, and most clinics never need it

    back_end = keyring.get_keyring()
    if type(back_end).__module__.startswith(_REFUSED_BACK_ENDS):
        raise LookupError("there is no key store that keeps a secret")
    if hasattr(back_end, "persist"):
        # Windows would copy the share to every computer of the same account.
        back_end.persist = "local machine"
    return back_end


def _unusable() -> Unavailable:
    return Unavailable(
        "The key store of this computer cannot be used now. Nothing was changed. "
        "Unlock it and try again, or open the clinic with the recovery code."
    )
