"""The key store of the operating system may fail in every way; it never leads to plain text."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from typing_extensions import override

from cocm_desktop.errors import Unavailable
from cocm_desktop.storage.device_share import SHARE_BYTES, OsKeyStore, new_share

VAULT = "01a20120-0000-7000-8000-00000000000a"


class Store(KeyringBackend):
    """A key store that keeps what it is given."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class WindowsStore(Store):
    persist = "enterprise"


class LockedStore(Store):
    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("dismissed")

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError("denied")


class BrokenStore(Store):
    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise ZeroDivisionError


class ForgetfulStore(Store):
    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class SlowStore(Store):
    def __init__(self) -> None:
        super().__init__()
        self.answer = threading.Event()

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self.answer.wait(30)
        return None


class PlainTextStore(Store):
    """As `keyrings.alt` has them."""


PlainTextStore.__module__ = "keyrings.alt.file"


@pytest.fixture(autouse=True)
def the_real_store_is_left_alone() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_share_is_kept_and_found() -> None:
    keyring.set_keyring(Store())
    share = new_share()

    OsKeyStore().keep(VAULT, share)

    assert OsKeyStore().fetch(VAULT) == share
    assert len(share) == SHARE_BYTES


def test_a_computer_without_the_share_has_none() -> None:
    keyring.set_keyring(Store())

    assert OsKeyStore().fetch(VAULT) is None


def test_windows_keeps_the_share_on_this_computer() -> None:
    store = WindowsStore()
    keyring.set_keyring(store)

    OsKeyStore().keep(VAULT, new_share())

    assert store.persist == "local machine"


@pytest.mark.parametrize(
    "store",
    [FailKeyring, NullKeyring, PlainTextStore, LockedStore, BrokenStore, ForgetfulStore],
    ids=["none", "null", "plain text", "locked", "broken", "forgetful"],
)
def test_a_store_that_keeps_no_secret_is_not_used(store: type[KeyringBackend]) -> None:
    keyring.set_keyring(store())

    with pytest.raises(Unavailable, match="key store of this computer"):
        OsKeyStore().keep(VAULT, new_share())


@pytest.mark.parametrize(
    "store",
    [FailKeyring, NullKeyring, PlainTextStore, LockedStore],
    ids=["none", "null", "plain text", "locked"],
)
def test_a_store_that_cannot_be_read_is_no_wrong_password(store: type[KeyringBackend]) -> None:
    keyring.set_keyring(store())

    with pytest.raises(Unavailable, match="recovery code"):
        OsKeyStore().fetch(VAULT)


def test_a_store_that_waits_for_a_person_is_not_waited_for_long() -> None:
    store = SlowStore()
    keyring.set_keyring(store)

    with pytest.raises(Unavailable):
        OsKeyStore(seconds=0.05).fetch(VAULT)

    store.answer.set()


@pytest.mark.parametrize(
    "stored", ["", "not base64!", base64.b64encode(bytes(31)).decode(), "\u00e9"]
)
def test_a_value_that_is_not_ours_is_not_used(stored: str) -> None:
    store = Store()
    store.kept["CoCM Desktop", VAULT] = stored
    keyring.set_keyring(store)

    with pytest.raises(Unavailable):
        OsKeyStore().fetch(VAULT)
