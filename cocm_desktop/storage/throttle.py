"""Wrong passwords are counted in two small files, so that no restart and no copy forgets them.

One lies with the clinic, one where this computer keeps its own state; the worse one counts. They
name no person. They slow down who tries at this program: who tries at a copy of keys.json pays
for each password by what it costs to stretch.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from cocm_desktop.domain.throttle import ALTERED_COUNT, FREE_TRIES, Moment, Tries, worse
from cocm_desktop.errors import CocmError, TooManyTries, WrongSecret
from cocm_desktop.safe_file import OWNER_ONLY_FOLDER, write_safely
from cocm_desktop.storage.key_file import same_name

NAME: Final = "tries.json"
KEY_NAME: Final = "tries-key"
RECOVERY_CODE: Final = "recovery code"
NOBODY: Final = "nobody on the list"
"""All names that nobody signs in by are counted as one, or they would crowd out those who do."""
_KEY_BYTES: Final = 32
_LARGEST: Final = 65_536
_MOST_NAMES: Final = 100
_MANY: Final = "others"
_ALTERED: Final = ""
"""Counts for everybody: a file was altered."""
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


def moment_now() -> Moment:
    """Tell the time since the computer started, asleep or awake, and which start it was."""
    since_boot = getattr(time, "CLOCK_BOOTTIME", None)
    ticks = time.monotonic_ns() if since_boot is None else time.clock_gettime_ns(since_boot)
    try:
        boot = _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        boot = ""
    return Moment(ticks // 1_000_000, boot)


class Throttle:
    """Counts for one clinic. `state` is this computer's own folder; None where it has none.

    `clinic` is None where only a backup is opened, into a folder that has to stay empty.
    """

    def __init__(
        self,
        clinic: Path | None,
        state: Path | None,
        *,
        vault_id: str,
        now: Callable[[], Moment] = moment_now,
    ) -> None:
        self._vault_id = vault_id
        self._state = state
        self._files = [clinic / NAME] if clinic is not None else []
        if state is not None:
            self._files.append(state / f"tries-{vault_id}.json")
        self._now = now

    def seconds_left(self, name: str) -> int:
        """Give how long this name has to wait for its next try."""
        return self._tries_of(self._read(), _label(self._vault_id, name)).seconds_left(self._now())

    @contextmanager
    def attempt(self, name: str) -> Iterator[int]:
        """Yield the wrong passwords before this one; whoever is too early gets TooManyTries.

        The try is counted before it is made, so that ending the program does not take it back.
        WrongSecret leaves it counted; a file that is damaged or in use does not count.
        """
        kept, label = self._read(), _label(self._vault_id, name)
        label = label if label in kept or len(kept) < _MOST_NAMES else _MANY
        before = self._tries_of(kept, label)
        if seconds := before.seconds_left(self._now()):
            raise TooManyTries(seconds)
        counted = before.one_more(self._now())
        self._write({**kept, label: counted})
        try:
            yield before.count
        except WrongSecret as error:
            error.wait_seconds = counted.seconds_left(self._now())
            raise
        except CocmError:
            self._write({**kept, label: before})
            raise
        self._write({key: tries for key, tries in kept.items() if key not in {label, _ALTERED}})

    def _tries_of(self, kept: dict[str, Tries], label: str) -> Tries:
        label = label if label in kept or len(kept) < _MOST_NAMES else _MANY
        altered = kept.get(_ALTERED, Tries())
        return worse(kept.get(label, Tries()), altered)

    def _read(self) -> dict[str, Tries]:
        """Give the counts of both files together; one that was altered counts for everybody."""
        kept: dict[str, Tries] = {}
        for file in self._files:
            for label, tries in self._read_one(file).items():
                kept[label] = worse(kept.get(label, Tries()), tries)
        return kept

    def _read_one(self, file: Path) -> dict[str, Tries]:
        try:
            content = file.read_bytes() if file.stat().st_size <= _LARGEST else b""
        except OSError:
            return {}
        key = self._key(make=False)
        try:
            return _parsed(content, key)
        except (ValueError, TypeError, KeyError, AttributeError):
            return self._begun_again(file)

    def _begun_again(self, file: Path) -> dict[str, Tries]:
        """Let everybody wait from now on: nobody can say how long ago it was that they tried."""
        kept = {_ALTERED: Tries(ALTERED_COUNT, self._now())}
        with suppress(OSError):
            write_safely(file, _written(kept, self._key(make=True)))
        return kept

    def _write(self, kept: dict[str, Tries]) -> None:
        """Write both files, or remove them where nothing is counted. A full disk stops nobody."""
        kept = {label: tries for label, tries in kept.items() if tries.count}
        key = self._key(make=bool(kept))
        content = _written(kept, key)
        for file in self._files:
            with suppress(OSError):
                if not kept:
                    file.unlink(missing_ok=True)
                    continue
                if max(tries.count for tries in kept.values()) > FREE_TRIES:
                    write_safely(file, content)
                else:
                    _write_quickly(file, content)

    def _key(self, *, make: bool) -> bytes:
        """Give this computer's key for the two files; empty where it has none."""
        if self._state is None:
            return b""
        file = self._state / KEY_NAME
        with suppress(OSError):
            key = file.read_bytes()
            if len(key) == _KEY_BYTES:
                return key
        key = secrets.token_bytes(_KEY_BYTES) if make else b""
        if make:
            with suppress(OSError):
                self._state.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
                write_safely(file, key)
        return key


def _label(vault_id: str, name: str) -> str:
    """Name an account in the file without saying who it is, however the name is spelled."""
    return hashlib.sha256(f"{vault_id}/{same_name(name)}".encode()).hexdigest()[:16]


def _written(kept: dict[str, Tries], key: bytes) -> bytes:
    body = {
        "computer": hashlib.sha256(key).hexdigest()[:16],
        "tries": {
            label: [tries.count, tries.at.ticks_ms, tries.at.boot] for label, tries in kept.items()
        },
    }
    return json.dumps({**body, "mac": _mac(body, key)}).encode()


def _parsed(content: bytes, key: bytes) -> dict[str, Tries]:
    """Read a file, or raise. Another computer's file cannot be checked; it counts as it stands."""
    body: Any = json.loads(content)
    mac = body.pop("mac")
    is_ours = body["computer"] == hashlib.sha256(key).hexdigest()[:16]
    if is_ours and not hmac.compare_digest(mac, _mac(body, key)):
        raise ValueError("altered")
    kept = {}
    for label, (count, ticks_ms, boot) in body["tries"].items():
        if not (isinstance(count, int) and isinstance(ticks_ms, int) and isinstance(boot, str)):
            raise TypeError("no count")
        if count < 0 or ticks_ms < 0:
            raise ValueError("no count")
        kept[label] = Tries(count, Moment(ticks_ms, boot))
    return kept


def _mac(body: dict[str, Any], key: bytes) -> str:
    text = json.dumps(body, sort_keys=True).encode()
    return hmac.new(b"tries" + key, text, "sha256").hexdigest()


def _write_quickly(file: Path, content: bytes) -> None:
    """Replace a file without waiting for the disk: so few tries are free anyway."""
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(content)
    part.replace(file)
